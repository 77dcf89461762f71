"""Distinct things, so that what is equal is worked on once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Key]):
    """The distinct ones among some things, numbered as they come, and which each thing is."""

    found: Mapping[Key, int]
    of: Ints

    def at(self, which: Ints) -> Numbered[Key]:
        """What some of the things are."""
        return Numbered(self.found, self.of[which])

    def first(self) -> list[int]:
        """Where each distinct thing comes first."""
        where: list[int] = np.unique(self.of, return_index=True)[1].tolist()
        return where


def numbered(keys: Iterable[Key]) -> Numbered[Key]:
    """Number things so that what is equal is worked on once."""
    found: dict[Key, int] = {}
    of = np.array([found.setdefault(key, len(found)) for key in keys], np.int64)
    return Numbered(found, of)


def distinct(keys: Ints) -> Ints:
    """Keys in order, each once.

    numpy's own goes by way of hashes, which takes longer; keys mostly come in order already, for
    which the stable sort is made.
    """
    ordered = np.sort(keys, kind="stable")
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]
