"""A tool tab as it should be, against the sheet as it is: the fewest requests between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from evidencias.adapters.google.sheet_values import WRITTEN, Json, cell_data, key_of
from evidencias.adapters.google.sheet_view import SheetTab
from evidencias.domain.register import Cell, Tab

Grid = list[list[Json]]
Linker = Callable[[str], str]
ROWS_A_REQUEST = 500
_MANY = 2_000
"""Differing stretches past which a tab is simply written anew."""
SPARE = 20
"""Blank rows kept below a tab, so that its last row can always be deleted."""


def wanted_grid(tab: Tab, linker: Linker) -> Grid:
    """The tab as rows of `CellData`: preamble, header, data."""
    lines: Grid = [[cell_data(Cell(line), "", "")] for line in tab.preamble]
    lines.append([cell_data(Cell(title), "", "") for title in tab.header])
    for row in tab.rows:
        pairs = zip(tab.header, row, strict=True)
        lines.append([cell_data(cell, title, linker(cell.link)) for title, cell in pairs])
    return lines


def differences(grid: Grid, sheet: SheetTab, top: int) -> list[Json]:
    """Requests that make the sheet hold exactly the grid; none when it does.

    `top` is the row of the header in the grid. Rows are matched as wholes, so that a new row in
    the middle is one inserted row; requests go from the bottom up, so that none moves another.
    """
    wanted = [_row_key(row) for row in grid]
    there = _trimmed([_row_key(row) for row in sheet.grid])
    if wanted == there:
        return []
    steps = SequenceMatcher(None, there, wanted, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    head = top + 1
    if len(changed) > _MANY or there[:head] != wanted[:head]:
        changed = [("replace", 0, len(there), 0, len(wanted))]
    requests: list[Json] = []
    growth = 0
    for _, i1, i2, j1, j2 in reversed(changed):
        requests += _replace(sheet, grid[j1:j2], i1, i2, head)
        growth += (j2 - j1) - (i2 - i1)
    return _room(sheet, len(grid), growth, max(map(len, grid))) + requests


def _row_key(row: Sequence[Json]) -> tuple[object, ...]:
    keys = [key_of(cell) for cell in row]
    while keys and not keys[-1][0]:
        keys.pop()
    return tuple(keys)


def _trimmed(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _room(sheet: SheetTab, rows: int, growth: int, columns: int) -> list[Json]:
    """Grows the grid first where it is too small; inserted rows grow it by themselves."""
    made = []
    lacking = rows + SPARE - (sheet.rows + growth)
    if lacking > 0:
        made.append(_append_dimension(sheet.id, "ROWS", lacking))
    if columns > sheet.columns:
        made.append(_append_dimension(sheet.id, "COLUMNS", columns - sheet.columns))
    return made


def _append_dimension(sheet_id: int, dimension: str, length: int) -> Json:
    return {"appendDimension": {"sheetId": sheet_id, "dimension": dimension, "length": length}}


def _replace(sheet: SheetTab, rows: Grid, first: int, last: int, head: int) -> list[Json]:
    """Rows first..last of the sheet become `rows`: written over, then inserted or deleted."""
    made: list[Json] = []
    common = min(len(rows), last - first)
    if len(rows) > common:
        made.append(_insert(sheet.id, first + common, first + len(rows), head))
    elif last - first > common:
        made.append(_delete(sheet.id, first + common, last))
    return made + write_rows(
        sheet.id, first, rows, max(sheet.columns, max(map(len, rows), default=0))
    )


def _span(sheet_id: int, first: int, last: int) -> Json:
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first, "endIndex": last}


def _insert(sheet_id: int, first: int, last: int, head: int) -> Json:
    """New rows look like the data above them, the first data row like the one below it."""
    return {
        "insertDimension": {
            "range": _span(sheet_id, first, last),
            "inheritFromBefore": first > head,
        }
    }


def _delete(sheet_id: int, first: int, last: int) -> Json:
    return {"deleteDimension": {"range": _span(sheet_id, first, last)}}


def write_rows(sheet_id: int, first: int, rows: Grid, width: int) -> list[Json]:
    """Writes whole rows, in pieces that fit one request; what is not given is cleared."""
    made: list[Json] = []
    for at in range(0, len(rows), ROWS_A_REQUEST):
        part = rows[at : at + ROWS_A_REQUEST]
        area = {"sheetId": sheet_id, "startRowIndex": first + at}
        area |= {"endRowIndex": first + at + len(part), "startColumnIndex": 0}
        area |= {"endColumnIndex": width}
        cells = [{"values": row} for row in part]
        made.append({"updateCells": {"range": area, "rows": cells, "fields": WRITTEN}})
    return made
