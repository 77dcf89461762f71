"""Subjects and groups of people that a file names and an activity, or the whole plan, does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Holders:
    """Subjects and groups of people of a plan, numbered, and the activities that have each."""

    width: int
    ids: Mapping[str, int]
    rows: Rows


def holders(plan: Plan) -> Holders:
    """Which activities have which subjects and groups of people."""
    ids: dict[str, int] = {}
    found: dict[int, dict[int, float]] = {}
    policy = _publics(plan.policy)
    for at, view in enumerate(plan.views):
        mine = (*view.title, *view.indicator)
        known = _subjects(dict.fromkeys((*mine, *view.axis, *view.department), 1.0), {})
        people = _publics((*mine, *view.axis)) | policy
        for key in (*known, *(f"={p}" for p in people)):
            found.setdefault(ids.setdefault(key, len(ids)), {})[at] = 1.0
    return Holders(len(plan.views), ids, rows([list(found[i]) for i in range(len(ids))]))


def foreign(weighted: Sequence[Weighted], by: Holders, rare: Weighted) -> dict[str, Grid]:
    """Subjects and groups of people of each file that an activity has too, as shares."""
    subjects = [_subjects(w, rare) for w in weighted]
    people = [dict.fromkeys((f"={p}" for p in _publics(w)), 1.0) for w in weighted]
    return {
        "subjects": _share(subjects, by),
        "people": _share(people, by),
        "alien": _alien(subjects, by.ids),
        "says_people": _alien(people, {}),
    }


def _share(keyed: Sequence[Weighted], by: Holders) -> Grid:
    ids = by.ids
    items = [[ids[k] for k in x if k in ids] for x in keyed]
    weights = [[w / sum(x.values()) for k, w in x.items() if k in ids] for x in keyed]
    return product(rows(items, weights), by.rows, by.width)


def _alien(keyed: Sequence[Weighted], ids: Mapping[str, int]) -> Grid:
    """How much of a file's subjects no activity of the plan has; a grid of one column."""
    value = np.array([sum(w for k, w in x.items() if k not in ids) for x in keyed])
    return Grid(1, np.arange(len(keyed)), value)
