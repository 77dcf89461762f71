"""Words that go together: how near two roots are by the topics they share, and what that covers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from evidencias.domain.linking import language
from evidencias.domain.linking.explain import shares
from evidencias.domain.linking.products import Product, product
from evidencias.domain.linking.sparse import Rows, as_rows, rows
from evidencias.domain.linking.vocabulary import Plan, fields

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Weighted = Mapping[str, float]
Aliases = Mapping[str, tuple[tuple[str, float], ...]]
LEAST: Final = 0.12  # below this two words have hardly anything to do with each other
TOPICAL: Final = 0.9  # the most that a shared topic is worth; the word itself is worth 1
SOFTENED: Final = 0.7  # so that words of many topics do not lose their kin
PLACE: Final = 0.7  # a word of the axis or the office explains less than one of the activity


@dataclass(frozen=True, slots=True)
class Kin:
    """`near`: root of the archive → roots of the plan with likeness; `ids` numbers the former.

    `shares`: root of the plan → its share of what tells each activity apart, `themes` of its
    theme.
    """

    ids: Mapping[str, int]
    near: Rows
    explains: Rows
    shares: Rows
    themes: Rows


def likeness(one: str, other: str) -> float:
    """How near two roots are, 0 to 1: 1 for the same root, else by the topics they share."""
    if one == other:
        return 1.0
    mine, theirs = language.topics().get(one, ()), language.topics().get(other, ())
    shared = len(set(mine) & set(theirs))
    cosine = shared / math.sqrt(len(mine) * len(theirs)) if shared else 0.0
    return TOPICAL * float(cosine**SOFTENED)


def kin(roots: Iterable[str], plan: Plan, alias: Aliases) -> Kin:
    """What each root of the archive may stand for in the plan."""
    found = sorted(roots)
    by_topic: dict[str, list[str]] = defaultdict(list)
    for root in plan.ids:
        for topic in language.topics().get(root, ()):
            by_topic[topic].append(root)
    near = []
    for root in found:
        mine = dict(alias.get(root, ()))
        others = {r for t in language.topics().get(root, ()) for r in by_topic.get(t, ())}
        for other in (others | {root}) & plan.ids.keys():
            mine[other] = max(mine.get(other, 0.0), likeness(root, other))
        near.append({plan.ids[r]: v for r, v in mine.items() if v >= LEAST})
    table = rows([list(x) for x in near], [list(x.values()) for x in near])
    return Kin(
        {root: i for i, root in enumerate(found)}, table,
        as_rows(product(table, _members(plan), len(plan.views), how="max"), len(found)),
        _activities(plan, plan.weight), _activities(plan, _plain(plan)),
    )  # fmt: skip


def _plain(plan: Plan) -> dict[str, float]:
    """The weight of a root as part of a theme, however many activities share it."""
    weak, kinds = language.weak_stems(), language.kind_stems()
    return {r: 0.1 if r in weak else 0.3 if r in kinds else 1.0 for r in plan.weight}


def _members(plan: Plan) -> Rows:
    users: list[dict[int, float]] = [{} for _ in plan.ids]
    for at, view in enumerate(plan.views):
        for root in {*view.axis, *view.department} & plan.ids.keys():
            users[plan.ids[root]][at] = PLACE
        for root, chance in view.narrated.items():
            users[plan.ids[root]][at] = max(users[plan.ids[root]].get(at, 0.0), PLACE * chance)
        for root in fields(view):
            users[plan.ids[root]][at] = 1.0
    return rows([list(x) for x in users], [list(x.values()) for x in users])


def _activities(plan: Plan, weight: Weighted) -> Rows:
    """Each root of the plan → its share of each activity's whole weight."""
    users: list[dict[int, float]] = [{} for _ in plan.ids]
    for at, view in enumerate(plan.views):
        mine = {r: w * weight[r] for r, w in fields(view).items()}
        total = sum(mine.values()) or 1.0
        for root, value in mine.items():
            users[plan.ids[root]][at] = value / total
    return rows([list(x) for x in users], [list(x.values()) for x in users])


def reached(words: Rows, known: Kin, plan: Plan) -> tuple[Product, Product]:
    """The share of each activity that some words reach: of what tells it apart, of its theme."""
    width = len(plan.views)
    best = as_rows(product(words, known.near, len(plan.ids), most=400, how="max"), words.size)
    return Product(best, known.shares, width), Product(best, known.themes, width)


def understood(words: Rows, known: Kin, plan: Plan, telling: Floats) -> Product:
    """The share of a file's telling words that each activity's words stand near to."""
    width = len(plan.views)
    return Product(shares(words, telling), known.explains, width)
