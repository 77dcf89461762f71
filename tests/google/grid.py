"""Spreadsheets: tabs with sparse cells, and everything that hangs on ranges."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.google.a1 import Area

Json = dict[str, Any]
CELL_LIMIT = 10_000_000
TEXT_LIMIT = 50_000
# Lists of a tab whose items carry a range that moves with rows and columns.
RANGED = (
    "merges",
    "protectedRanges",
    "filterViews",
    "conditionalFormats",
    "bandedRanges",
    "tables",
    "charts",
    "slicers",
)


@dataclass(frozen=True)
class Cell:
    """What a person sees or wrote in one cell; replaced, never changed in place."""

    value: Json | None = None  # ExtendedValue as entered (a formula stays a formula)
    format: Json | None = None
    note: str | None = None
    rule: Json | None = None  # dataValidation
    runs: list[Json] | None = None
    chips: list[Json] | None = None

    @property
    def is_blank(self) -> bool:
        return self.value is None

    @property
    def is_empty(self) -> bool:
        return self == EMPTY


EMPTY = Cell()


@dataclass
class Tab:
    """One sheet: its properties as JSON, its cells by row and column, its dimensions."""

    properties: Json
    rows: list[dict[int, Cell]] = field(default_factory=list)
    dims: dict[str, dict[int, Json]] = field(default_factory=lambda: {"ROWS": {}, "COLUMNS": {}})
    things: Json = field(default_factory=dict)  # merges, protectedRanges, basicFilter…

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def grid(self) -> Json:
        held: Json = self.properties["gridProperties"]
        return held

    @property
    def row_count(self) -> int:
        return int(self.grid["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.grid["columnCount"])

    @property
    def area(self) -> Area:
        return Area(0, 0, self.row_count, self.column_count)

    def count(self, dimension: str) -> int:
        return self.row_count if dimension == "ROWS" else self.column_count

    # --- cells --------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        return self.rows[row].get(column, EMPTY) if row < len(self.rows) else EMPTY

    def put(self, row: int, column: int, cell: Cell) -> None:
        while len(self.rows) <= row:
            self.rows.append({})
        if cell.is_empty:
            self.rows[row].pop(column, None)
        else:
            self.rows[row][column] = cell

    def set_value(self, row: int, column: int, value: Json | None) -> None:
        held = self.cell(row, column)
        self.put(row, column, replace(held, value=value, runs=None, chips=None))

    def used(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        for row in range(area.top, min(area.bottom, len(self.rows))):
            for column, cell in sorted(self.rows[row].items()):
                if area.left <= column < area.right:
                    yield row, column, cell

    def last_row(self) -> int:
        """The number of rows down to the last one with a value."""
        for row in range(len(self.rows) - 1, -1, -1):
            if any(not cell.is_blank for cell in self.rows[row].values()):
                return row + 1
        return 0

    def items(self, name: str) -> list[Json]:
        held: list[Json] = self.things.setdefault(name, [])
        return held

    def clone(self) -> Tab:
        """A copy that shares the immutable cells."""
        return Tab(
            copy.deepcopy(self.properties),
            [dict(row) for row in self.rows],
            copy.deepcopy(self.dims),
            copy.deepcopy(self.things),
        )


@dataclass
class Book:
    """A spreadsheet; its title, time and access live in the Drive file of the same id."""

    id: str
    properties: Json
    tabs: list[Tab] = field(default_factory=list)
    names: list[Json] = field(default_factory=list)  # namedRanges
    metadata: list[Json] = field(default_factory=list)  # developerMetadata, all locations

    def clone(self) -> Book:
        return Book(
            self.id,
            copy.deepcopy(self.properties),
            [tab.clone() for tab in self.tabs],
            copy.deepcopy(self.names),
            copy.deepcopy(self.metadata),
        )

    def tab(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.id == sheet_id), None)

    def titled(self, title: str) -> Tab | None:
        exact = next((tab for tab in self.tabs if tab.title == title), None)
        folded = title.casefold()
        return exact or next((tab for tab in self.tabs if tab.title.casefold() == folded), None)

    def renumber(self) -> None:
        for index, tab in enumerate(self.tabs):
            tab.properties["index"] = index

    def cells(self) -> int:
        return sum(tab.row_count * tab.column_count for tab in self.tabs)


def new_tab(sheet_id: int, title: str, index: int, rows: int = 1000, columns: int = 26) -> Tab:
    return Tab(
        {
            "sheetId": sheet_id,
            "title": title,
            "index": index,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": rows, "columnCount": columns},
        }
    )


# --- moving ranges ----------------------------------------------------------------


def grid_range(area: Area, sheet_id: int) -> Json:
    return {
        "sheetId": sheet_id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def is_grid_range(held: Any) -> bool:
    keys = {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
    return isinstance(held, dict) and bool(held.keys() & keys)


def range_area(held: Json, tab: Tab) -> Area:
    """A GridRange within its tab; absent bounds are the tab's own."""
    return Area(
        held.get("startRowIndex") or 0,
        held.get("startColumnIndex") or 0,
        min(held.get("endRowIndex", tab.row_count), tab.row_count),
        min(held.get("endColumnIndex", tab.column_count), tab.column_count),
    )


def shift_ranges(holder: Any, sheet_id: int, dimension: str, at: int, count: int) -> bool:
    """Adjust every GridRange below `holder` for rows or columns inserted (+) or deleted (-).

    False says that a range lost all its extent: its owner goes with it.
    """
    alive = True
    if isinstance(holder, list):
        kept = [item for item in holder if shift_ranges(item, sheet_id, dimension, at, count)]
        emptied = bool(holder) and not kept and all(is_grid_range(item) for item in holder)
        holder[:] = kept
        return not emptied
    if not isinstance(holder, dict):
        return True
    if is_grid_range(holder) and holder.get("sheetId", 0) == sheet_id:
        return _shift(holder, dimension, at, count)
    for key, value in holder.items():
        if not shift_ranges(value, sheet_id, dimension, at, count) and key in ("range", "ranges"):
            alive = False
    return alive


def _shift(held: Json, dimension: str, at: int, count: int) -> bool:
    name = "Row" if dimension == "ROWS" else "Column"
    start, end = f"start{name}Index", f"end{name}Index"
    if count > 0:
        if held.get(start, -1) >= at:
            held[start] += count
        if end in held and held[end] > at:
            held[end] += count
        return True
    gone = -count
    for key in (start, end):
        if key in held and held[key] > at:
            held[key] = max(at, held[key] - gone)
    return not (end in held and held[end] <= held.get(start, 0))


def shift_dims(dims: dict[int, Json], at: int, count: int) -> dict[int, Json]:
    """Row or column properties after an insertion (+) or a deletion (-)."""
    moved: dict[int, Json] = {}
    for index, held in dims.items():
        if index < at:
            moved[index] = held
        elif count > 0 or index >= at - count:
            moved[index + count] = held
    return moved
