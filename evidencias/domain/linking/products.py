"""Rows of words multiplied with what each word is worth to each activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.sparse import Grid, Rows, expanded, grid, stacked, trimmed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CELLS: Final = 200_000  # of the dense table a block of rows is added up in: what a cache holds
MOST: Final = 40  # activities a row keeps; what comes after tells nothing


@dataclass(frozen=True, slots=True)
class Product:
    """Rows of words × what each is worth to each activity, added up only where it is read."""

    left: Rows
    worth: Rows
    width: int
    most: int = MOST

    def at(self, keys: Ints) -> Floats:
        """The sums at sorted keys (row * width + activity)."""
        out = np.zeros(len(keys))
        for first, last in _blocks(self.left.size, self.width):
            edges = [first * self.width, last * self.width]
            lo, hi = np.searchsorted(keys, edges)
            if lo < hi:
                met, values = _met(self.left.between(first, last), self.worth, self.width)
                sums = np.bincount(met, values, edges[1] - edges[0])
                out[lo:hi] = sums[keys[lo:hi] - edges[0]]
        return out

    def table(self) -> Grid:
        """The best activities of each row."""
        return product(self.left, self.worth, self.width, self.most)


def product(left: Rows, postings: Rows, width: int, most: int = MOST, *, how: str = "sum") -> Grid:
    """Rows × (item → activities): the sum over shared items of both weights, the best of each row.

    With `how` "max" the greatest product stands for the sum.
    """
    parts = []
    for first, last in _blocks(left.size, width):
        met = grid(width, *_met(left.between(first, last), postings, width), how=how)
        parts.append((first, trimmed(met, most)))
    return stacked(width, parts)


def _blocks(size: int, width: int) -> Iterator[tuple[int, int]]:
    """Some rows at a time, so that memory grows with what is kept and not with what is added up."""
    step = max(1, CELLS // max(1, width))
    return ((first, min(first + step, size)) for first in range(0, size, step))


def _met(left: Rows, postings: Rows, width: int) -> tuple[Ints, Floats]:
    """Every key that an item of a row meets, with the product of both weights."""
    at, lengths = expanded(postings, left.items)
    base = np.repeat(np.arange(left.size) * width, np.diff(left.start))
    keys: Ints = np.repeat(base, lengths)
    keys += postings.items[at]
    return keys, np.repeat(left.weights, lengths) * postings.weights[at]


def evoked(left: Rows, postings: Rows, width: int) -> Grid:
    """Rows × (item → columns) as chances: one minus the product of what each item leaves out."""
    keys, shares = _met(left, Rows(postings.start, postings.items, 1.0 / postings.weights), width)
    left_out = grid(width, keys, np.log1p(-shares))
    return Grid(width, left_out.keys, -np.expm1(left_out.values))
