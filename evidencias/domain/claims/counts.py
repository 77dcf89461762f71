"""Which activity a statement's numbers speak for: how many it did, and of what.

This places a claim only; it never reaches the links between files and activities.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidencias.domain.claims.statements import Statement
from evidencias.domain.figures.quantities import counted_noun, noun_score
from evidencias.domain.model import Activity
from evidencias.domain.numbers import find_numbers

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def given(rows: Sequence[Statement], values: Sequence[float | None]) -> Matrix:
    """Whether the statement gives the activity's own quantity; big numbers tell more."""
    import numpy as np

    grid = np.zeros((len(rows), len(values)))
    for i, row in enumerate(rows):
        told = {n.value for n in find_numbers(row.text) if not n.percent and n.value > 1}
        for j, value in enumerate(values):
            if value is not None and value in told:
                same = sum(1 for v in values if v == value)
                grid[i, j] = min(1.0, math.log(1 + value) / 5) / math.sqrt(same)
    return grid


def counted(rows: Sequence[Statement], activities: Sequence[Activity]) -> dict[str, Matrix]:
    """`kind`: whether the statement counts what the activity counts ("436 estudiantes" beside
    "Estudiantes inscritos"); `counted`: whether just as many."""
    import numpy as np

    kind, same = np.zeros((len(rows), len(activities))), np.zeros((len(rows), len(activities)))
    for i, row in enumerate(rows):
        for number in find_numbers(row.text):
            noun = counted_noun(row.text, number)
            if number.percent or not noun:
                continue
            fits = np.array([max(0.0, noun_score(noun, a)) / 2 for a in activities])
            equal = np.array([number.value in (a.achieved, a.target) for a in activities])
            kind[i] = np.maximum(kind[i], fits)
            same[i] = np.maximum(same[i], fits * equal * min(1.0, math.log(1 + number.value) / 5))
    return {"counted": same, "kind": kind}
