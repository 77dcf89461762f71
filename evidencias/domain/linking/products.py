"""Rows of words multiplied with what each word is worth to each activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.sparse import Grid, Rows, expanded, grid, stacked, trimmed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CELLS: Final = 200_000  # of the dense table a block of rows is added up in: what a cache holds
MOST: Final = 40  # activities a row keeps; what comes after tells nothing


def product(left: Rows, postings: Rows, width: int, most: int = MOST, *, how: str = "sum") -> Grid:
    """Rows × (item → activities): the sum over shared items of both weights, the best of each row.

    With `how` "max" the greatest product stands for the sum.
    """
    return products(left, postings, [postings.weights], width, most, how=how)[0]


def products(
    left: Rows,
    postings: Rows,
    weightings: Sequence[Floats],
    width: int,
    most: int = MOST,
    *,
    how: str = "sum",
) -> list[Grid]:
    """The products of the same rows by several weightings of the same postings.

    It goes by blocks of rows, so that memory grows with what is kept and not with what is added up.
    """
    parts: list[list[tuple[int, Grid]]] = [[] for _ in weightings]
    step = max(1, CELLS // max(1, width))
    for first in range(0, max(left.size, 1), step):
        last = min(first + step, left.size)
        lo, hi = left.start[first], left.start[last]
        block = Rows(left.start[first : last + 1] - lo, left.items[lo:hi], left.weights[lo:hi])
        for mine, table in zip(
            parts, _products(block, postings, weightings, width, how), strict=True
        ):
            mine.append((first, trimmed(table, most)))
    return [stacked(width, mine) for mine in parts]


def _products(
    left: Rows, postings: Rows, weightings: Sequence[Floats], width: int, how: str
) -> list[Grid]:
    at, lengths = expanded(postings, left.items)
    if not len(at):
        return [grid(width, np.empty(0, np.int64), np.empty(0))] * len(weightings)
    base = np.repeat(np.arange(left.size) * width, np.diff(left.start))
    keys = np.repeat(base, lengths)
    keys += postings.items[at]
    own = np.repeat(left.weights, lengths)
    return [grid(width, keys, own * weights[at], how=how) for weights in weightings]


def evoked(left: Rows, postings: Rows, width: int) -> Grid:
    """Rows × (item → columns) as chances: one minus the product of what each item leaves out."""
    at, lengths = expanded(postings, left.items)
    base = np.repeat(np.arange(left.size) * width, np.diff(left.start))
    keys = np.repeat(base, lengths) + postings.items[at]
    rest = 1.0 - np.repeat(left.weights, lengths) / postings.weights[at]
    table = grid(width, keys, rest, how="multiply")
    return Grid(width, table.keys, 1.0 - table.values)
