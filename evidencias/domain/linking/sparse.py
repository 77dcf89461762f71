"""Sparse file × activity tables in numpy: built from word postings, read by pair, ranked by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


PART: Final = 100_000  # pairs or files worked on at a time, to save memory
SCATTERED: Final = 40  # with fewer values than one in so many cells, sorting is cheaper
HOW: Final = {"sum": np.add, "max": np.maximum, "multiply": np.multiply}
LOOKED_UP: Final = 60  # a dense table is looked up unless it has this many cells a value


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

    def between(self, first: int, last: int) -> Rows:
        """Rows `first` to `last` (without it)."""
        lo, hi = self.start[first], self.start[last]
        return Rows(self.start[first : last + 1] - lo, self.items[lo:hi], self.weights[lo:hi])


def rows(lists: Sequence[Sequence[int]], weights: Sequence[Sequence[float]] | None = None) -> Rows:
    """Rows from lists of items; without `weights` every item weighs 1."""
    lengths = np.array([len(x) for x in lists], np.int64)
    start = np.concatenate(([0], np.cumsum(lengths)))
    total = int(start[-1])
    items = np.fromiter(chain.from_iterable(lists), np.int64, total)
    if weights is None:
        return Rows(start, items, np.ones(total))
    return Rows(start, items, np.fromiter(chain.from_iterable(weights), np.float64, total))


def transposed(table: Rows, columns: int) -> Rows:
    """The same table read by item: each holds the rows that have it."""
    owner = np.repeat(np.arange(table.size), np.diff(table.start))
    order = np.argsort(table.items, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(table.items, minlength=columns))))
    return Rows(start, owner[order], table.weights[order])


@dataclass(frozen=True, slots=True)
class Grid:
    """A sparse table file × activity; `keys` = file * width + activity, sorted and unique."""

    width: int
    keys: Ints
    values: Floats

    def at(self, keys: Ints) -> Floats:
        """Values at the given keys, zero where there is none."""
        if not len(self.keys) or not len(keys):
            return np.zeros(len(keys))
        first, last = int(keys.min()), int(keys.max())
        if last - first > LOOKED_UP * (len(keys) + len(self.keys)):
            place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            return np.where(self.keys[place] == keys, self.values[place], 0.0)
        lo, hi = np.searchsorted(self.keys, [first, last + 1])
        table = np.zeros(last - first + 1)
        table[self.keys[lo:hi] - first] = self.values[lo:hi]
        return table[keys - first]

    def whole(self) -> Grid:
        """The table with a row for each file."""
        return self

    def table(self) -> Grid:
        """The table itself: it is worked out already."""
        return self

    def between(self, first: int, last: int) -> Grid:
        """Rows `first` to `last` (without it), numbered from zero."""
        lo, hi = np.searchsorted(self.keys, [first * self.width, last * self.width])
        return Grid(self.width, self.keys[lo:hi] - first * self.width, self.values[lo:hi])


class Source(Protocol):
    """A table, or what one may be worked out from."""

    @property
    def width(self) -> int:
        """Number of activities."""
        ...

    def at(self, keys: Ints) -> Floats:
        """Values at sorted keys, zero where there is none."""
        ...

    def table(self) -> Grid:
        """The whole table."""
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """A table in which several files have the same row: file i has the row `of[i]` of `grid`."""

    grid: Source
    of: Ints

    @property
    def width(self) -> int:
        """Number of activities."""
        return self.grid.width

    def at(self, keys: Ints) -> Floats:
        """Values at the given keys, zero where there is none."""
        row, column = np.divmod(keys, self.width)
        return self.grid.table().at(self.of[row] * self.width + column)

    def whole(self) -> Grid:
        """The table with a row for each file."""
        rows_ = as_rows(self.grid.table(), int(self.of.max(initial=-1)) + 1)
        at, lengths = expanded(rows_, self.of)
        owner = np.repeat(np.arange(len(self.of)), lengths)
        return Grid(self.width, owner * self.width + rows_.items[at], rows_.weights[at])


Table = Grid | Shared


class Readable(Protocol):
    """A table that can be read at keys."""

    def at(self, keys: Ints) -> Floats:
        """Values at the given keys, zero where there is none."""
        ...


def as_rows(table: Grid, size: int) -> Rows:
    """A table of `size` rows as rows of weighted columns."""
    row, column = np.divmod(table.keys, table.width)
    return Rows(np.searchsorted(row, np.arange(size + 1)), column, table.values)


def expanded(table: Rows, wanted: Ints) -> tuple[Ints, Ints]:
    """Places of all items of the wanted rows, one row after the other, and how many each has."""
    lengths = np.diff(table.start)[wanted]
    before = np.cumsum(lengths) - lengths
    at = np.repeat(table.start[:-1][wanted] - before, lengths)
    at += np.arange(len(at))
    return at, lengths


def grid(width: int, keys: Ints, values: Floats, *, how: str = "sum") -> Grid:
    """A grid from loose triples; `how` says what becomes of the values of equal keys."""
    if not len(keys):
        return Grid(width, np.empty(0, np.int64), np.empty(0))
    first, last = int(keys.min()), int(keys.max())
    if last - first < SCATTERED * len(keys):
        return _met(width, keys, values, range(first, last + 1), how)
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    at = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return Grid(width, keys[at], HOW[how].reduceat(values, at))


def _met(width: int, keys: Ints, values: Floats, cells: range, how: str) -> Grid:
    """A grid by way of a dense table: cheaper than sorting when many values meet in few cells."""
    place = keys - cells.start
    filled = np.zeros(len(cells), bool)
    filled[place] = True
    at = np.flatnonzero(filled)
    if how == "sum":
        table = np.bincount(place, values, len(cells)).astype(np.float64, copy=False)
    else:
        table = np.full(len(cells), 1.0 if how == "multiply" else -np.inf)
        HOW[how].at(table, place, values)
    return Grid(width, at + cells.start, table[at])


def trimmed(table: Grid, count: int) -> Grid:
    """The `count` greatest values of each row; of equal ones the first."""
    if not len(table.keys):
        return table
    edges = np.arange(int(table.keys[-1]) // table.width + 2) * table.width
    start = np.searchsorted(table.keys, edges)
    sizes = np.diff(start)
    if sizes.max() <= count:
        return table
    bound = np.repeat(_bounds(table.values, start, count), sizes)
    kept = table.values >= bound
    if np.count_nonzero(kept) > np.minimum(sizes, count).sum():
        excess = np.diff(np.concatenate(([0], np.cumsum(kept)))[start]) - count
        row = np.repeat(np.arange(len(sizes)), sizes)
        equal = np.flatnonzero((table.values == bound) & (excess[row] > 0))
        after = np.searchsorted(row[equal], row[equal], side="right") - np.arange(len(equal))
        kept[equal[after <= excess[row[equal]]]] = False
    return Grid(table.width, table.keys[kept], table.values[kept])


def _bounds(values: Floats, start: Ints, count: int) -> Floats:
    """The least value that each row keeps.

    Rows of like length are ranked together, so that one long row does not widen all others.
    """
    sizes = np.diff(start)
    least = np.full(len(sizes), -np.inf)
    low, longest = count, int(sizes.max())
    padded = np.concatenate([values, np.full(longest, -np.inf)])
    while low < longest:
        high = min(2 * low, longest)
        lines = np.flatnonzero((sizes > low) & (sizes <= high))
        packed = padded[start[lines][:, None] + np.arange(high)]
        packed[np.arange(high) >= sizes[lines][:, None]] = -np.inf
        packed.partition(high - count, axis=1)
        least[lines] = packed[:, high - count]
        low = high
    return least


def below(parts: Sequence[Rows]) -> Rows:
    """Rows that lie one below the other as one table."""
    lengths = [np.diff(part.start) for part in parts]
    return Rows(
        np.concatenate(([0], np.cumsum(np.concatenate(lengths)))),
        np.concatenate([part.items for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def stacked(width: int, parts: Iterable[tuple[int, Grid]]) -> Grid:
    """One table from parts that lie one below the other, each with its first row."""
    listed = [(first, part) for first, part in parts if len(part.keys)]
    if not listed:
        return grid(width, np.empty(0, np.int64), np.empty(0))
    keys = np.concatenate([part.keys + first * width for first, part in listed])
    return Grid(width, keys, np.concatenate([part.values for _, part in listed]))


def added(width: int, parts: Iterable[Grid]) -> Grid:
    """The sum of several tables."""
    listed = list(parts)
    keys = np.concatenate([np.empty(0, np.int64), *(p.keys for p in listed)])
    return grid(width, keys, np.concatenate([np.empty(0), *(p.values for p in listed)]))


def regroup(table: Grid, owner: Ints, *, how: str) -> Grid:
    """The table with row i moved to row `owner[i]` (lines to their file, files to their folder)."""
    row, column = np.divmod(table.keys, table.width)
    return grid(table.width, owner[row] * table.width + column, table.values, how=how)


def best_other(row: Ints, values: Floats) -> Floats:
    """For each pair (sorted by row) the greatest value among the other pairs of its row, or 0."""
    if not len(row):
        return np.zeros(0)
    first = np.flatnonzero(np.concatenate(([True], row[1:] != row[:-1])))
    lengths = np.diff(first, append=len(row))
    best = np.maximum(np.maximum.reduceat(values, first), 0.0)
    other = np.repeat(best, lengths)
    is_top = values == other
    second = np.maximum.reduceat(np.where(is_top, 0.0, values), first)
    several = np.add.reduceat(is_top, first, dtype=np.int64) > 1
    beside = np.repeat(np.where(several, best, np.maximum(second, 0.0)), lengths)
    other[is_top] = beside[is_top]
    return other


def ahead(table: Grid) -> Grid:
    """By how much each value exceeds the best other of its row, if at all."""
    lead = table.values - best_other(table.keys // table.width, table.values)
    return Grid(table.width, table.keys, np.maximum(lead, 0.0))
