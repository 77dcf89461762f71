"""Subjects and groups of people that a file names and an activity, or the whole plan, does not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.products import Product, evoked, product
from evidencias.domain.linking.sparse import Grid, Rows, Source, as_rows, rows
from evidencias.domain.linking.vocabulary import EVOKED, Plan, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Weighted = Mapping[str, float]
CLEAR = 0.2  # a subject less clearly evoked is none


def _subjects(weighted: Weighted) -> dict[str, float]:
    """Topics of subject, not of manner, that some words evoke."""
    broad, weak = language.broad_topics(), language.weak_stems()
    evoked_ = topics_of({r: w for r, w in weighted.items() if r not in weak})
    return {t: w for t, w in evoked_.items() if t not in broad and w > CLEAR}


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
        known = _subjects(dict.fromkeys((*mine, *view.axis, *view.department), 1.0))
        people = _publics((*mine, *view.axis)) | policy
        for key in (*known, *(f"={p}" for p in people)):
            found.setdefault(ids.setdefault(key, len(ids)), {})[at] = 1.0
    return Holders(len(plan.views), ids, rows([list(found[i]) for i in range(len(ids))]))


@dataclass(frozen=True, slots=True)
class Named:
    """Which subjects and people each root of an archive names; those of the plan come first."""

    size: int
    subjects: Rows
    people: Rows


def named(roots: Iterable[str], by: Holders) -> Named:
    """Number the subjects and people of all roots: the plan's as it does, the others after."""
    ids = dict(by.ids)
    broad, weak = language.broad_topics(), language.weak_stems()
    subjects, measures, people = list[list[int]](), list[list[float]](), list[list[int]]()
    for root in roots:
        names = () if root in weak else language.topics().get(root, ())
        mine = [ids.setdefault(t, len(ids)) for t in names if t not in broad]
        subjects.append(mine)
        measures.append([math.sqrt(len(names))] * len(mine))
        groups = language.publics().get(root, ())
        people.append([ids.setdefault(f"={p}", len(ids)) for p in groups])
    return Named(len(ids), rows(subjects, measures), rows(people))


def foreign(words: Rows, counts: Floats, by: Holders, known: Named) -> dict[str, Source]:
    """Subjects and groups of people of each file that an activity has too, as shares.

    "alien" and "says_people" have one column: how much of its subjects no activity of the plan has,
    and how many groups of people it names.
    """
    weighted = Rows(words.start, words.items, EVOKED * (words.weights * counts[words.items]))
    table = evoked(weighted, known.subjects, known.size)
    clear = table.values > CLEAR
    subjects = Grid(known.size, table.keys[clear], table.values[clear])
    plain = Rows(words.start, words.items, np.ones(len(words.items)))
    people = product(plain, known.people, known.size, most=known.size, how="max")
    own = subjects.keys % known.size >= len(by.ids)
    return {
        "subjects": _share(subjects, words.size, by),
        "people": _share(people, words.size, by),
        "alien": _sum(subjects.keys[own] // known.size, subjects.values[own], words.size),
        "says_people": _sum(people.keys // known.size, people.values, words.size),
    }


def _sum(row: NDArray[np.int64], values: Floats, size: int) -> Grid:
    """The sum of each row, as a table of one column."""
    return Grid(1, np.arange(size), np.bincount(row, values, size).astype(np.float64))


def _share(said: Grid, size: int, by: Holders) -> Product:
    """How much of what each file names each activity has."""
    row, column = np.divmod(said.keys, said.width)
    total = np.bincount(row, said.values, size)
    shared = column < len(by.ids)
    part = Grid(said.width, said.keys[shared], said.values[shared] / total[row[shared]])
    return Product(as_rows(part, size), by.rows, by.width)
