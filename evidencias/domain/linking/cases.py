"""The pairs of a block that are to be explained, and the rules that explain them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.prepare import ActivityView, FileView
from evidencias.domain.spanish import MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cases:
    """Some pairs to explain: their rows, and their signals by name."""

    archive: Archive
    files: Sequence[int]
    activities: Sequence[int]
    signals: Mapping[str, Floats]

    def only(self, at: Ints) -> Cases:
        """Some of the pairs."""
        some = at.tolist()
        signals = {name: values[at] for name, values in self.signals.items()}
        files, activities = ([of[i] for i in some] for of in (self.files, self.activities))
        return Cases(self.archive, files, activities, signals)

    def signal(self, name: str) -> Floats:
        """A signal of all pairs, zero where nobody taught anything."""
        found = self.signals.get(name)
        return np.zeros(len(self.files)) if found is None else found

    def view(self, at: int) -> FileView:
        """The file of a pair."""
        return self.archive.views[self.files[at]]

    def activity(self, at: int) -> ActivityView:
        """The activity of a pair."""
        return self.archive.plan.views[self.activities[at]]

    def told(self, text: str) -> Callable[[int], str]:
        """The text of a reason for each pair, with its activity's `{code}` and its `{day}`."""

        def said(at: int) -> str:
            code = self.activity(at).activity.code
            day = self.archive.events[self.files[at]][0] if "{day}" in text else None
            return _filled(text, code, day)

        return said


@lru_cache(maxsize=20_000)
def _filled(text: str, code: str, day: date | None) -> str:
    """The text with a code and a day ("del 4 de marzo") in their places."""
    told = f" del {day.day} de {MONTHS[day.month - 1]}" if day else " del mismo día"
    return text.format(code=code, day=told)


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason: the pairs it holds for, its text for one of them (or none), and its weight."""

    holds: Bools
    signal: str
    text: Callable[[int], str] | str
    weight: Floats | float

    def said(self, at: int) -> str:
        """The text for one of the pairs."""
        return self.text if isinstance(self.text, str) else self.text(at)
