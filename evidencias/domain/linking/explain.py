"""What an activity explains of the words of a file: by the word itself or by a shared topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.sparse import Grid, Rows, product, rows
from evidencias.domain.linking.vocabulary import Plan, fields, frequent, topics_of

Weighted = Mapping[str, float]
Soft = Mapping[str, Mapping[int, float]]


def aligned(weighted: Sequence[Weighted], plan: Plan, soft: Soft, rare: Weighted) -> Grid:
    """How much of each activity a text says, each word matched with what is nearest to it there."""
    return product(_root_rows(weighted, soft, rare), _aligned_rows(soft), len(plan.views))


def _aligned_rows(soft: Soft) -> Rows:
    """What each root is worth to each activity: its own weight there, or its topic's."""
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


def _root_rows(weighted: Sequence[Weighted], soft: Soft, rare: Weighted) -> Rows:
    ids = {root: i for i, root in enumerate(soft)}
    return rows(
        [[ids[r] for r in words] for words in weighted],
        [[w * frequent(rare.get(r, 1.0)) for r, w in words.items()] for words in weighted],
    )


def _own_words(plan: Plan) -> dict[str, dict[int, float]]:
    exact: dict[str, dict[int, float]] = {}
    for at, view in enumerate(plan.views):
        mine = fields(view)
        for root in (*view.axis, *view.department, *mine):
            exact.setdefault(root, {})[at] = 1.0 if root in mine else 0.7
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
) -> dict[str, dict[int, float]]:
    """For each root the activities that explain it: by the word itself, a topic, axis or office."""
    exact, evoked = _own_words(plan), _own_topics(plan)
    most = max(4, len(plan.views) // 4)
    out = {}
    for root in sorted(roots):
        found: dict[int, float] = {}
        for topic in language.topics().get(root, ()):
            if len(evoked.get(topic, ())) <= most:
                found.update(evoked.get(topic, {}))
        for target, share in ((root, 1.0), *alias.get(root, ())):
            for at, value in exact.get(target, {}).items():
                found[at] = max(found.get(at, 0.0), share * value)
        out[root] = found
    return out


def telling(root: str, rare: Mapping[str, float]) -> float:
    """How much a word asks to be explained: rare content words do, office words hardly."""
    if (
        root in language.weak_stems()
        or root in language.kind_stems()
        or root in language.generic_stems()
    ):
        return 0.1
    return frequent(rare.get(root, 1.0))


def explained(weighted: Sequence[Weighted], plan: Plan, soft: Soft, rare: Weighted) -> Grid:
    """The share of a file's telling words that each activity explains."""
    ids = {root: i for i, root in enumerate(soft)}
    postings = rows([list(x) for x in soft.values()], [list(x.values()) for x in soft.values()])
    items, weights = [], []
    for words in weighted:
        value = [telling(root, rare) for root in words]
        total = sum(value) or 1.0
        items.append([ids[root] for root in words])
        weights.append([v / total for v in value])
    return product(rows(items, weights), postings, len(plan.views))
