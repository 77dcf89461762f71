"""A person's workbook as plain cells: what adapters read and the plan reader understands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a person's workbook, with its merged ranges.

    `rows[i][j]` is the *meaning* of the cell as str, float, int, bool, date, datetime or None;
    `merged` holds (top, left, bottom, right), 0-based and inclusive.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A workbook, CSV file or Google Sheet read whole. `origin` names it in messages."""

    origin: str
    sheets: tuple[Sheet, ...]
