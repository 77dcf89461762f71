"""What the words of a whole archive are worth to a plan, read once for all its tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import explain, foreign, kin, language, shapes
from evidencias.domain.linking.prepare import FileView, roots_of
from evidencias.domain.linking.sparse import Rows, rows
from evidencias.domain.linking.vocabulary import Plan, aliases, frequent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much each root, by number, counts, is of a subject, and asks to be explained."""

    word: Floats
    subject: Floats
    telling: Floats


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of a whole archive are worth to a plan; read once."""

    plan: Plan
    ids: Mapping[str, int]
    rarity: Mapping[str, float]
    counts: Counts
    means: Rows
    evokes: Rows
    explainers: explain.Explainers
    kin: kin.Kin
    holders: foreign.Holders
    named: foreign.Named
    titles: tuple[shapes.Titles, shapes.Titles]


@lru_cache(maxsize=5000)
def words_above(folders: tuple[str, ...]) -> Mapping[str, float]:
    """The words of a route of folders; nearer ones weigh more."""
    found: dict[str, float] = {}
    for depth, part in enumerate(folders):
        weight = 0.75 ** (len(folders) - 1 - depth)
        for root in roots_of(part):
            found[root] = max(weight, found.get(root, 0.0))
    return found


def _rarity(users: Mapping[str, int], size: int) -> dict[str, float]:
    """How telling a root is in this archive: 1 in one file only, near 0 when everywhere."""
    top = math.log(size + 1)
    return {r: math.log((size + 1) / n) / top for r, n in users.items()}


@dataclass(frozen=True, slots=True)
class Users:
    """In how many files of `size` each root stands, and the roots of names and folders."""

    size: int
    roots: Counter[str]
    named: set[str]


def users(views: Sequence[FileView]) -> Users:
    """How often some files use each root."""
    found: Counter[str] = Counter()
    named: set[str] = set()
    for (roots, folders, lines), n in Counter((v.roots, v.folders, v.lines) for v in views).items():
        seen = {*roots, *words_above(folders)}
        named |= seen
        for root in seen.union(*lines):
            found[root] += n
    return Users(len(views), found, named)


def lexicon(parts: Sequence[Users], plan: Plan) -> Lexicon:
    """What the words of all files are worth, from what each part of them uses."""
    found = sum((part.roots for part in parts), Counter[str]())
    named = set[str]().union(*(part.named for part in parts))
    alias = aliases(list(plan.ids), named - plan.ids.keys())
    rare = _rarity(found, sum(part.size for part in parts))
    explainers = explain.explainers(plan, found, alias)
    ids, holders = explainers.ids, foreign.holders(plan)
    return Lexicon(
        plan, ids, rare, _counts(ids, rare), _means(ids, plan, alias), _evokes(ids, plan),
        explainers, kin.kin(found, plan, alias), holders, foreign.named(ids, holders),
        shapes.titles(plan),
    )  # fmt: skip


def _counts(ids: Iterable[str], rare: Mapping[str, float]) -> Counts:
    weak = language.weak_stems()
    word = np.array([frequent(rare[root]) for root in ids])
    subject = np.array([0.3 if root in weak else 1.0 for root in ids])
    return Counts(word, subject, np.array([explain.telling(root, rare) for root in ids]))


def _means(
    ids: Iterable[str], plan: Plan, alias: Mapping[str, tuple[tuple[str, float], ...]]
) -> Rows:
    """Each root of the archive → the plan's root that it is, or those it may stand for."""
    found = [((r, 1.0),) if r in plan.ids else alias.get(r, ()) for r in ids]
    return rows([[plan.ids[t] for t, _ in x] for x in found], [[w for _, w in x] for x in found])


def _evokes(ids: Iterable[str], plan: Plan) -> Rows:
    """Each root of the archive → the plan's topics it evokes, less the more topics it has."""
    table = language.topics()
    found = [table.get(root, ()) for root in ids]
    return rows(
        [[plan.topic_ids[t] for t in names if t in plan.topic_ids] for names in found],
        [[math.sqrt(len(n)) for t in n if t in plan.topic_ids] for n in found],
    )
