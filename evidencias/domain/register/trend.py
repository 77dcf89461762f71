"""The trend of the semester, read back from `Bitácora`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from evidencias.domain.model import ActivityState
from evidencias.domain.register.columns import LOG_HEADER
from evidencias.domain.register.rows import text_of
from evidencias.domain.register.shapes import RegisterChanges, RegisterContents
from evidencias.domain.register.words import label

_STATES = {label(state): state.value for state in ActivityState}
_COUNT = re.compile(r"([^:;]+): (\d+)")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One synchronisation that changed something: when, and how many activities in each state."""

    when: str
    states: Mapping[str, int] = field(default_factory=dict)


def trend(
    contents: RegisterContents, changes: RegisterChanges | None = None
) -> tuple[TrendPoint, ...]:
    """The synchronisations of `Bitácora`, oldest first; with `changes`, as it will be."""
    when, states = LOG_HEADER.index("Fecha"), LOG_HEADER.index("Estados")
    written = [[text_of(row.cells.get(name)) for name in LOG_HEADER] for row in contents.log]
    added = [[text_of(cell.value) for cell in row] for row in (changes.log if changes else ())]
    return tuple(TrendPoint(row[when], _counts(row[states])) for row in (*written, *added))


def _counts(text: str) -> dict[str, int]:
    found = {name.strip(): int(count) for name, count in _COUNT.findall(text)}
    return {_STATES[name]: count for name, count in found.items() if name in _STATES}
