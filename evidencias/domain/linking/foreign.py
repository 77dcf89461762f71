"""Subjects and groups of people that a file names and an activity, or the whole plan, does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.sparse import Grid, Rows, product, rows
from evidencias.domain.linking.vocabulary import Plan, frequent, topics_of

Weighted = Mapping[str, float]


def _subjects(weighted: Weighted, rare: Weighted) -> dict[str, float]:
    """Topics of subject, not of manner, that some words evoke."""
    broad, weak = language.broad_topics(), language.weak_stems()
    evoked = topics_of(
        {r: w * frequent(rare.get(r, 1.0)) for r, w in weighted.items() if r not in weak}
    )
    return {t: w for t, w in evoked.items() if t not in broad and w > 0.2}


def _publics(roots: Iterable[str]) -> frozenset[str]:
    table = language.publics()
    return frozenset(p for r in roots for p in table.get(r, ()))


def foreign(
    channel: str, weighted: Sequence[Weighted], plan: Plan, rare: Weighted
) -> dict[str, Grid]:
    """Subjects and groups of people of each file that an activity has too, as shares."""
    width = len(plan.views)
    ids: dict[str, int] = {}
    holders: dict[int, dict[int, float]] = {}
    policy = _publics(plan.policy)
    for at, view in enumerate(plan.views):
        mine = (*view.title, *view.indicator)
        known = _subjects(dict.fromkeys((*mine, *view.axis, *view.department), 1.0), {})
        people = _publics((*mine, *view.axis)) | policy
        for key in (*known, *(f"={p}" for p in people)):
            holders.setdefault(ids.setdefault(key, len(ids)), {})[at] = 1.0
    postings = rows([list(holders[i]) for i in range(len(ids))])
    subjects = [_subjects(w, rare) for w in weighted]
    people_of = [dict.fromkeys((f"={p}" for p in _publics(w)), 1.0) for w in weighted]
    return {
        f"{channel}_subjects": _share(subjects, ids, postings, width),
        f"{channel}_people": _share(people_of, ids, postings, width),
        f"{channel}_alien": _alien(subjects, ids),
        f"{channel}_says_people": _alien(people_of, {}),
    }


def _share(keyed: Sequence[Weighted], ids: Mapping[str, int], postings: Rows, width: int) -> Grid:
    items = [[ids[k] for k in x if k in ids] for x in keyed]
    weights = [[w / sum(x.values()) for k, w in x.items() if k in ids] for x in keyed]
    return product(rows(items, weights), postings, width)


def _alien(keyed: Sequence[Weighted], ids: Mapping[str, int]) -> Grid:
    """How much of a file's subjects no activity of the plan has; a grid of one column."""
    value = np.array([sum(w for k, w in x.items() if k not in ids) for x in keyed])
    return Grid(1, np.arange(len(keyed)), value)
