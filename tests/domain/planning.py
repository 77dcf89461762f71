"""Tiny plans written by hand, for the tests of the plan reader."""

from __future__ import annotations

from collections.abc import Sequence

from evidencias.domain.model import Activity
from evidencias.domain.period import semester
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.tables import Sheet, Table

Rows = Sequence[Sequence[object]]
Merged = Sequence[tuple[int, int, int, int]]


def sheet(rows: Rows, merged: Merged = (), name: str = "Plan") -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows), tuple(merged))


def read(rows: Rows, merged: Merged = (), period: str = "2021-2") -> Plan:
    return read_plan(Table("plan.xlsx", (sheet(rows, merged),)), semester(period))


def only(rows: Rows, merged: Merged = (), period: str = "2021-2") -> Activity:
    activities = read(rows, merged, period).activities
    assert len(activities) == 1, [a.name for a in activities]
    return activities[0]


def written(text: str) -> list[list[object]]:
    """Rows of "a | b | c", a blank between two bars is an empty cell."""
    return [
        [cell.strip() or None for cell in line.split("|")] for line in text.strip("\n").split("\n")
    ]
