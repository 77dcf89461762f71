"""What an activity explains of the words of a file: by the word itself or by a shared topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.products import Product
from evidencias.domain.linking.sparse import Rows, rows
from evidencias.domain.linking.vocabulary import Plan, fields, frequent, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NARRATED = 0.8  # a word of the report explains less than one of the plan
Weighted = Mapping[str, float]
Soft = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Explainers:
    """Root of the archive → the activities that explain it, as a table and as rows.

    `worth` is what each root is worth to each activity: its own weight there, or its topic's.
    """

    width: int
    ids: Mapping[str, int]
    soft: Soft
    shares: Rows
    worth: Rows


def aligned(words: Rows, by: Explainers, counts: Floats) -> Product:
    """How much of each activity a text says, each word matched with what is nearest to it there."""
    weights = words.weights * counts[words.items]
    return Product(Rows(words.start, words.items, weights), by.worth, by.width)


def _worth(soft: Soft) -> Rows:
    rare = 1.0 / np.array([1.0 + len(x) for x in soft.values()])
    listed = [list(x) for x in soft.values()]
    weights = [
        [
            v * min(1.0, 0.25 + 3 * r) * (1.0 if root not in language.weak_stems() else 0.2)
            for v in x.values()
        ]
        for (root, x), r in zip(soft.items(), rare.tolist(), strict=True)
    ]
    return rows(listed, weights)


def _own_words(plan: Plan) -> dict[str, dict[int, float]]:
    exact: dict[str, dict[int, float]] = {}
    for at, view in enumerate(plan.views):
        mine = fields(view)
        for root in (*view.axis, *view.department, *mine):
            exact.setdefault(root, {})[at] = 1.0 if root in mine else 0.7
        for root, chance in view.narrated.items():
            held = exact.setdefault(root, {})
            held[at] = max(held.get(at, 0.0), NARRATED * chance)
    return exact


def _own_topics(plan: Plan) -> dict[str, dict[int, float]]:
    evoked: dict[str, dict[int, float]] = {}
    weak = language.weak_stems()
    for at, view in enumerate(plan.views):
        for topic, weight in topics_of({r: 1.0 for r in fields(view) if r not in weak}).items():
            if weight > 0.25:
                evoked.setdefault(topic, {})[at] = 0.65
    return evoked


def explainers(
    plan: Plan, roots: Iterable[str], alias: Mapping[str, tuple[tuple[str, float], ...]]
) -> Explainers:
    """For each root the activities that explain it: by the word itself, a topic, axis or office."""
    exact, evoked = _own_words(plan), _own_topics(plan)
    most = max(4, len(plan.views) // 4)
    out: dict[str, dict[int, float]] = {}
    for root in sorted(roots):
        found: dict[int, float] = {}
        for topic in language.topics().get(root, ()):
            if len(evoked.get(topic, ())) <= most:
                found.update(evoked.get(topic, {}))
        for target, share in ((root, 1.0), *alias.get(root, ())):
            for at, value in exact.get(target, {}).items():
                found[at] = max(found.get(at, 0.0), share * value)
        out[root] = found
    ids = {root: i for i, root in enumerate(out)}
    whole = rows([list(x) for x in out.values()], [list(x.values()) for x in out.values()])
    return Explainers(len(plan.views), ids, out, whole, _worth(out))


def telling(root: str, rare: Mapping[str, float]) -> float:
    """How much a word asks to be explained: rare content words do, office words hardly."""
    if (
        root in language.weak_stems()
        or root in language.kind_stems()
        or root in language.generic_stems()
    ):
        return 0.1
    return frequent(rare.get(root, 1.0))


def explained(words: Rows, by: Explainers, telling_: Floats) -> Product:
    """The share of a file's telling words that each activity explains."""
    return Product(shares(words, telling_), by.shares, by.width)


def shares(words: Rows, telling_: Floats) -> Rows:
    """The share that each word of a file has in what its words tell."""
    owner = np.repeat(np.arange(words.size), np.diff(words.start))
    value = telling_[words.items]
    total = np.bincount(owner, value, words.size)
    total[total == 0] = 1.0
    return Rows(words.start, words.items, value / total[owner])
