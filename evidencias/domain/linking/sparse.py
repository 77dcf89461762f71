"""Sparse file × activity tables in numpy: built from word postings, read by pair, ranked by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


BLOCK: Final = 4000  # rows multiplied at a time
MOST: Final = 40  # activities a row keeps; what comes after tells nothing


@dataclass(frozen=True, slots=True)
class Rows:
    """Weighted items by row (CSR): row i holds `items[start[i]:start[i + 1]]` with `weights`."""

    start: Ints
    items: Ints
    weights: Floats

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.start) - 1


def rows(lists: Sequence[Sequence[int]], weights: Sequence[Sequence[float]] | None = None) -> Rows:
    """Rows from lists of items; without `weights` every item weighs 1."""
    lengths = np.fromiter((len(x) for x in lists), np.int64, len(lists))
    start = np.concatenate(([0], np.cumsum(lengths)))
    total = int(start[-1])
    items = np.fromiter((i for x in lists for i in x), np.int64, total)
    if weights is None:
        return Rows(start, items, np.ones(total))
    return Rows(start, items, np.fromiter((w for x in weights for w in x), np.float64, total))


def transpose(table: Rows, columns: int) -> Rows:
    """The same table read by item."""
    owner = np.repeat(np.arange(table.size), np.diff(table.start))
    order = np.argsort(table.items, kind="stable")
    counts = np.bincount(table.items, minlength=columns)
    start = np.concatenate(([0], np.cumsum(counts)))
    return Rows(start, owner[order], table.weights[order])


@dataclass(frozen=True, slots=True)
class Grid:
    """A sparse table file × activity; `keys` = file * width + activity, sorted and unique."""

    width: int
    keys: Ints
    values: Floats

    def at(self, keys: Ints) -> Floats:
        """Values at the given keys, zero where there is none."""
        if not len(self.keys):
            return np.zeros(len(keys))
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.values[place], 0.0)


def grid(width: int, keys: Ints, values: Floats, *, how: str = "sum") -> Grid:
    """A grid from loose triples; values of equal keys are added, or the greatest is kept."""
    if not len(keys):
        return Grid(width, np.empty(0, np.int64), np.empty(0))
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    first = np.concatenate(([True], keys[1:] != keys[:-1]))
    at = np.flatnonzero(first)
    reduce = np.add if how == "sum" else np.maximum
    return Grid(width, keys[at], reduce.reduceat(values, at))


def product(left: Rows, postings: Rows, width: int, most: int = MOST, *, how: str = "sum") -> Grid:
    """Rows × (item → activities): the sum over shared items of both weights, the best of each row.

    With `how` "max" the greatest product stands for the sum.

    It goes by blocks of rows, so that memory grows with what is kept and not with what is added up.
    """
    parts = []
    for first in range(0, max(left.size, 1), BLOCK):
        last = min(first + BLOCK, left.size)
        lo, hi = left.start[first], left.start[last]
        block = Rows(left.start[first : last + 1] - lo, left.items[lo:hi], left.weights[lo:hi])
        part = trimmed(_product(block, postings, width, how), most)
        parts.append((part.keys + first * width, part.values))
    return Grid(width, np.concatenate([k for k, _ in parts]), np.concatenate([v for _, v in parts]))


def trimmed(table: Grid, count: int) -> Grid:
    """The `count` greatest values of each row."""
    row = table.keys // table.width
    sizes = np.bincount(row) if len(row) else np.zeros(0, np.int64)
    if not len(sizes) or sizes.max() <= count:
        return table
    order = np.lexsort((table.keys, -table.values, row))
    rank = np.arange(len(row)) - np.searchsorted(row[order], row[order])
    kept = np.sort(order[rank < count])
    return Grid(table.width, table.keys[kept], table.values[kept])


def _product(left: Rows, postings: Rows, width: int, how: str) -> Grid:
    lengths = np.diff(postings.start)[left.items]
    owner = np.repeat(np.repeat(np.arange(left.size), np.diff(left.start)), lengths)
    total = int(lengths.sum())
    if not total:
        return grid(width, np.empty(0, np.int64), np.empty(0))
    ends = np.cumsum(lengths)
    offset = np.arange(total) - np.repeat(ends - lengths, lengths)
    at = np.repeat(postings.start[:-1][left.items], lengths) + offset
    values = np.repeat(left.weights, lengths) * postings.weights[at]
    return grid(width, owner * width + postings.items[at], values, how=how)


def regroup(table: Grid, owner: Ints, *, how: str) -> Grid:
    """The table with row i moved to row `owner[i]` (lines to their file, files to their folder)."""
    row, column = np.divmod(table.keys, table.width)
    return grid(table.width, owner[row] * table.width + column, table.values, how=how)


def spread(table: Grid, group: Ints) -> Grid:
    """The reverse of `regroup`: each row takes the values of its group (-1: of none)."""
    by_group = Rows(
        np.searchsorted(table.keys // table.width, np.arange(int(group.max(initial=0)) + 2)),
        table.keys % table.width,
        table.values,
    )
    mine = rows([[int(g)] if g >= 0 else [] for g in group])
    return product(mine, by_group, table.width)


def best_other(row: Ints, values: Floats) -> Floats:
    """For each pair (sorted by row) the greatest value among the other pairs of its row, or 0."""
    if not len(row):
        return np.zeros(0)
    first = np.flatnonzero(np.concatenate(([True], row[1:] != row[:-1])))
    group = np.cumsum(np.concatenate(([0], (row[1:] != row[:-1]).astype(np.int64))))
    top = np.maximum.reduceat(values, first)[group]
    is_top = values == top
    several = np.add.reduceat(is_top.astype(np.int64), first)[group] > 1
    second = np.maximum.reduceat(np.where(is_top, -np.inf, values), first)[group]
    other = np.where(is_top & ~several, second, top)
    return np.where(np.isfinite(other), np.maximum(other, 0.0), 0.0)


def ahead(table: Grid) -> Grid:
    """By how much each value exceeds the best other of its row, if at all."""
    lead = table.values - best_other(table.keys // table.width, table.values)
    return Grid(table.width, table.keys, np.maximum(lead, 0.0))
