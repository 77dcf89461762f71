"""Learning from an archive's own files: the words that an activity's other files use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.lexicon import Lexicon
from evidencias.domain.linking.sparse import PART, Grid, Rows, added, below, expanded, grid
from evidencias.domain.linking.tables import Channels, Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """All roots of the files, the plan's or not: rows by place, rarity, who explains them.

    `users` counts how many files say each root in each place.
    """

    rows: Mapping[str, Rows]
    users: Mapping[str, Floats]
    rarity: Floats
    telling: Floats
    soft: Grid


PLACES: Final = ("name", "head", "text")


def word_rows(found: Channels, of: Ints) -> dict[str, Rows]:
    """All roots of some files by place (those the plan lacks too), for learning.

    `of`: which of the files found here says what each file says.
    """
    out = {}
    for place in PLACES:
        said: Said = getattr(found, place)
        at, lengths = expanded(said.rows, said.of[of])
        start = np.concatenate(([0], np.cumsum(lengths)))
        out[place] = Rows(start, said.rows.items[at], said.rows.weights[at])
    return out


def together(parts: Sequence[Mapping[str, Rows]]) -> dict[str, Rows]:
    """The words of several parts of an archive that follow each other."""
    return {place: below([part[place] for part in parts]) for place in PLACES}


def users(rows: Mapping[str, Rows], known: Lexicon) -> dict[str, Floats]:
    """How many files say each root in each place."""
    size = len(known.ids)
    return {p: np.bincount(r.items, minlength=size).astype(float) for p, r in rows.items()}


def words(rows: Mapping[str, Rows], said_by: Mapping[str, Floats], known: Lexicon) -> Words:
    """The words of some files, for learning from the archive's own files."""
    ids, shares = known.ids, known.explainers.shares
    owner = np.repeat(np.arange(shares.size), np.diff(shares.start))
    width = known.explainers.width
    return Words(
        rows,
        said_by,
        np.array([known.rarity[root] for root in ids]),
        known.counts.telling,
        grid(width, owner * width + shares.items, shares.weights),
    )


def profile(table: Rows, scores: Grid) -> Grid:
    """For each root and activity, the summed scores of the files that use the root."""
    width = scores.width
    parts = []
    for first in range(0, len(scores.keys), PART):
        row, activity = np.divmod(scores.keys[first : first + PART], width)
        at, lengths = expanded(table, row)
        keys = table.items[at] * width + np.repeat(activity, lengths)
        parts.append(grid(width, keys, np.repeat(scores.values[first : first + PART], lengths)))
    return added(width, parts)


def learned(
    place: str, known: Words, pairs: Pairs, own: Floats, told: Grid
) -> tuple[Floats, Floats]:
    """How much a file's words are those of the activity's other files, and what stays open.

    `own` are the scores of the pairs, `told` is the profile of all scores.
    """
    size = len(pairs.keys)
    mine, lengths = expanded(known.rows[place], pairs.file)
    if not len(mine):
        return np.zeros(size), np.zeros(size)
    root = known.rows[place].items[mine]
    key = root * pairs.width + np.repeat(pairs.activity, lengths)
    there = np.maximum(told.at(key) - np.repeat(own, lengths), 0.0)
    value = known.rarity[root] * there / (known.users[place][root] + 0.5)
    explained = np.maximum(np.minimum(there, 1.0), np.minimum(known.soft.at(key), 1.0))
    pair = np.repeat(np.arange(size), lengths)
    asked = known.telling[root]
    total = np.bincount(pair, weights=asked, minlength=size)
    open_ = np.bincount(pair, weights=asked * (1 - explained), minlength=size)
    said = np.bincount(pair, weights=value, minlength=size).astype(np.float64)
    return said, open_ / np.maximum(total, 0.3)
