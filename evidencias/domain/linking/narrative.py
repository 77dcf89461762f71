"""What the report tells of each activity, as words that the activity's files may use too.

A report tells what was done in the words of those who did it; a plan, years before, in others.
Which activity a statement tells is read from the plan, the order of the report and the words of the
files that a rough look gives each activity (`teachers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Grid, trimmed
from evidencias.domain.model import Activity
from evidencias.domain.numbers import find_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

LEAST: Final = 0.1  # below this chance a statement tells nothing of an activity
ROUGHLY: Final = 0.3  # from this rough score a file lends its words to its best activity
MOST_FILES: Final = 200  # files that lend words to one activity


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the report tells, and with what chance it tells each activity, by code."""

    text: str
    chances: Mapping[str, float]


# Reads the report, given in how many of each activity's likeliest files each root stands.
Narrator = Callable[[Mapping[str, Counter[str]]], Iterable[Statement]]


def narrated(told: Iterable[Statement]) -> dict[str, dict[str, float]]:
    """Code → roots of the statements that may tell it, each with the chance that it does.

    Quantities are left out: what a report counts must not support the link that is to prove it.
    """
    found: dict[str, dict[str, float]] = {}
    for statement in told:
        said = set(language.roots(_uncounted(statement.text)))
        roots = sorted(said - language.quantity_stems())
        for code, chance in statement.chances.items():
            mine = found.setdefault(code, {})
            for root in roots if chance >= LEAST else ():
                mine[root] = max(chance, mine.get(root, 0.0))
    return found


def _uncounted(text: str) -> str:
    """The text without its quantities, in digits or words."""
    parts, last = [], 0
    for number in find_numbers(text):
        parts.append(text[last : number.start])
        last = max(last, number.end)
    return " ".join([*parts, text[last:]])


def by_code(
    activities: Sequence[Activity], roots: Sequence[Counter[str]]
) -> dict[str, Counter[str]]:
    """The roots that each activity's files use, by its code."""
    return {a.code: used for a, used in zip(activities, roots, strict=True)}


def teachers(rough: Grid) -> Ints:
    """The pairs of each file and its best activity by a rough look, where that is likely enough."""
    best = trimmed(rough, 1)
    likely = best.values >= ROUGHLY
    keys, values = best.keys[likely], best.values[likely]
    order = np.lexsort((keys, -values, keys % rough.width))
    activity = keys[order] % rough.width
    place = np.arange(len(order)) - np.searchsorted(activity, activity)
    return np.sort(keys[order[place < MOST_FILES]])


def used_roots(views: Sequence[FileView], pairs: Ints, width: int) -> list[Counter[str]]:
    """For each activity, in how many of its files each root stands."""
    found: list[Counter[str]] = [Counter() for _ in range(width)]
    for key in pairs.tolist():
        row, activity = divmod(key, width)
        found[activity].update({*views[row].roots}.union(*views[row].lines))
    return found
