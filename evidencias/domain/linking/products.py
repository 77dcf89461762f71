"""Rows of words multiplied with what each word is worth to each activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.sparse import Grid, Rows, expanded, grid, trimmed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CELLS: Final = 400_000  # of the dense table that a block of rows is added up in
SCATTERED: Final = 40  # with fewer values than one in so many cells, sorting is cheaper
MOST: Final = 40  # activities a row keeps; what comes after tells nothing


def product(left: Rows, postings: Rows, width: int, most: int = MOST, *, how: str = "sum") -> Grid:
    """Rows × (item → activities): the sum over shared items of both weights, the best of each row.

    With `how` "max" the greatest product stands for the sum.

    It goes by blocks of rows, so that memory grows with what is kept and not with what is added up.
    """
    parts = []
    step = max(1, CELLS // max(1, width))
    for first in range(0, max(left.size, 1), step):
        last = min(first + step, left.size)
        lo, hi = left.start[first], left.start[last]
        block = Rows(left.start[first : last + 1] - lo, left.items[lo:hi], left.weights[lo:hi])
        part = trimmed(_product(block, postings, width, how), most)
        parts.append((part.keys + first * width, part.values))
    return Grid(width, np.concatenate([k for k, _ in parts]), np.concatenate([v for _, v in parts]))


def _product(left: Rows, postings: Rows, width: int, how: str) -> Grid:
    at, lengths = expanded(postings, left.items)
    if not len(at):
        return grid(width, np.empty(0, np.int64), np.empty(0))
    base = np.repeat(np.arange(left.size) * width, np.diff(left.start))
    keys = np.repeat(base, lengths)
    keys += postings.items[at]
    values = np.repeat(left.weights, lengths)
    values *= postings.weights[at]
    if len(keys) * SCATTERED < left.size * width:
        return grid(width, keys, values, how=how)
    return _added(width, keys, values, left.size * width, how)


def evoked(left: Rows, postings: Rows, width: int) -> Grid:
    """Rows × (item → columns) as chances: one minus the product of what each item leaves out."""
    at, lengths = expanded(postings, left.items)
    base = np.repeat(np.arange(left.size) * width, np.diff(left.start))
    keys = np.repeat(base, lengths) + postings.items[at]
    rest = 1.0 - np.repeat(left.weights, lengths) / postings.weights[at]
    table = grid(width, keys, rest, how="multiply")
    return Grid(width, table.keys, 1.0 - table.values)


def _added(width: int, keys: Ints, values: Floats, cells: int, how: str) -> Grid:
    """What `grid` does, by way of a dense table: cheaper when many values meet in few cells."""
    filled = np.zeros(cells, bool)
    filled[keys] = True
    at = np.flatnonzero(filled)
    if how == "sum":
        return Grid(width, at, np.bincount(keys, values, cells)[at].astype(np.float64))
    table = np.zeros(cells)
    np.maximum.at(table, keys, values)
    return Grid(width, at, table[at])
