"""batchUpdate requests about cells: write, repeat, append, sort, copy, merge, validate."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tests.google.a1 import Area
from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of
from tests.google.formulas import FormulaError
from tests.google.grid import EMPTY, TEXT_LIMIT, Cell, Json, Tab, grid_range, range_area
from tests.google.masks import Mask
from tests.google.sheet_defaults import tidy
from tests.google.sheet_values import Evaluator
from tests.google.values_api import grow

_ATTRIBUTES = {
    "userEnteredValue": "value",
    "userEnteredFormat": "format",
    "note": "note",
    "dataValidation": "rule",
    "textFormatRuns": "runs",
    "chipRuns": "chips",
}


def written(held: Cell, given: Json, mask: Mask) -> Cell:
    """A cell after CellData under a mask; a named field that is absent is cleared."""
    names = list(_ATTRIBUTES) if "*" in mask else [n for n in mask if n in _ATTRIBUTES]
    changes: dict[str, Any] = {}
    for name in names:
        inner = mask.get(name)
        attribute = _ATTRIBUTES[name]
        value = given.get(name)
        if inner is not None and name == "userEnteredFormat":
            merged = dict(getattr(held, attribute) or {})
            apply_mask(merged, value or {}, inner)
            changes[attribute] = tidy(merged) or None
        else:
            changes[attribute] = value or None
    if "value" in changes:
        _check_value(changes["value"])
        changes.setdefault("runs", None)
        changes.setdefault("chips", None)
    return replace(held, **changes)


def _check_value(value: Json | None) -> None:
    text = (value or {}).get("stringValue")
    if text is not None and len(text) > TEXT_LIMIT:
        raise RefusedError(
            "Your input contains more than the maximum of 50000 characters in a single cell."
        )
    formula = (value or {}).get("formulaValue")
    if formula is not None and not formula.startswith("="):
        raise RefusedError(f"Invalid formula: {formula}")
    if value and "errorValue" in value:
        raise RefusedError("Cannot set an error value.")


def _rows_of(body: Json) -> list[list[Json]]:
    return [
        [tidy(cell) or {} for cell in row.get("values") or []] for row in body.get("rows") or []
    ]


def update_cells(batch: Batch, body: Json) -> Json:
    mask = fields_of(body)
    rows = _rows_of(body)
    if body.get("start") is not None:
        start = body["start"]
        tab = batch.tab(start.get("sheetId"))
        top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
        _write_rows(tab, top, left, rows, mask)
        return {}
    tab, area = batch.area(body.get("range"))
    if len(rows) > area.bottom - area.top or any(len(r) > area.right - area.left for r in rows):
        raise RefusedError("Attempting to write outside of the range.")
    if not rows:
        for row, column, cell in list(tab.used(area)):
            tab.put(row, column, written(cell, {}, mask))
        return {}
    for row in range(area.top, area.bottom):
        line = rows[row - area.top] if row - area.top < len(rows) else []
        for column in range(area.left, area.right):
            given = line[column - area.left] if column - area.left < len(line) else {}
            _write(tab, row, column, given, mask)
    return {}


def _write_rows(tab: Tab, top: int, left: int, rows: list[list[Json]], mask: Mask) -> None:
    for r, line in enumerate(rows):
        for c, given in enumerate(line):
            _write(tab, top + r, left + c, given, mask)


def _write(tab: Tab, row: int, column: int, given: Json, mask: Mask) -> None:
    if row >= tab.row_count or column >= tab.column_count:
        where = f"({'row' if row >= tab.row_count else 'column'} {max(row, column)})"
        raise RefusedError(f"Attempting to write outside of the grid {where}.")
    tab.put(row, column, written(tab.cell(row, column), given, mask))


def repeat_cell(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    mask, given = fields_of(body), tidy(body.get("cell") or {})
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            tab.put(row, column, written(tab.cell(row, column), given, mask))
    return {}


def append_cells(batch: Batch, body: Json) -> Json:
    """After the last row that holds a value, whatever a person did to the rows above."""
    tab = batch.tab(body.get("sheetId"))
    mask, rows = fields_of(body), _rows_of(body)
    top, left = tab.last_row(), 0
    table = None
    if body.get("tableId"):
        table = next((t for t in tab.items("tables") if t["tableId"] == body["tableId"]), None)
        if table is None:
            raise RefusedError(f"No table with id: {body['tableId']}")
        area = range_area(table["range"], tab)
        top, left = _table_end(tab, area), area.left
    width = max((len(row) for row in rows), default=0)
    grow(tab, top + len(rows), left + width)
    _write_rows(tab, top, left, rows, mask)
    if table is not None:
        table["range"]["endRowIndex"] = max(table["range"].get("endRowIndex", 0), top + len(rows))
    return {}


def _table_end(tab: Tab, area: Area) -> int:
    filled = [row for row, _, cell in tab.used(area) if not cell.is_blank]
    return max(filled, default=area.top) + 1


# --- sort -------------------------------------------------------------------------


def sort_key(value: Any) -> tuple[int, Any]:
    """Google's order: numbers, then text without case, then booleans, then errors."""
    if isinstance(value, FormulaError):
        return 3, ""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value


def sort_range(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    sort_area(batch, tab, area, body.get("sortSpecs") or [])
    return {}


def sort_area(batch: Batch, tab: Tab, area: Area, specs: list[Json]) -> None:
    """The cells of the range move as rows; blanks go last in both directions."""
    evaluator = Evaluator(batch.book)
    order = list(range(area.top, area.bottom))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex") or 0
        values = {row: evaluator.value(tab, row, column) for row in order}
        filled = [row for row in order if values[row] is not None]
        filled.sort(
            key=lambda row: sort_key(values[row]), reverse=spec.get("sortOrder") == "DESCENDING"
        )
        order = filled + [row for row in order if values[row] is None]
    lines = {
        row: [tab.cell(row, column) for column in range(area.left, area.right)] for row in order
    }
    for place, row in zip(range(area.top, area.bottom), order, strict=True):
        for offset, cell in enumerate(lines[row]):
            if cell is not tab.cell(place, area.left + offset):
                tab.put(place, area.left + offset, cell)


# --- validation, merges -----------------------------------------------------------


def set_validation(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    rule = tidy(body.get("rule")) if body.get("rule") else None
    if rule and not rule.get("condition", {}).get("type"):
        raise RefusedError("Data validation rule must have a condition.")
    if rule:
        rule = {k: v for k, v in rule.items() if v is not False}
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            tab.put(row, column, replace(tab.cell(row, column), rule=rule))
    return {}


def merge_cells(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    kind = body.get("mergeType") or "MERGE_ALL"
    if kind == "MERGE_ROWS":
        parts = [Area(r, area.left, r + 1, area.right) for r in range(area.top, area.bottom)]
    elif kind == "MERGE_COLUMNS":
        parts = [Area(area.top, c, area.bottom, c + 1) for c in range(area.left, area.right)]
    else:
        parts = [area]
    merges = tab.items("merges")
    merges[:] = [m for m in merges if not range_area(m, tab).meets(area)]
    for part in parts:
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            merges.append(grid_range(part, tab.id))
            for row, column, cell in list(tab.used(part)):
                if (row, column) != (part.top, part.left):
                    tab.put(row, column, replace(cell, value=None))
    return {}


def unmerge_cells(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    merges = tab.items("merges")
    merges[:] = [m for m in merges if not range_area(m, tab).meets(area)]
    return {}


# --- copy, cut, find --------------------------------------------------------------

_PASTED = {
    "PASTE_VALUES": ("value",),
    "PASTE_FORMAT": ("format",),
    "PASTE_FORMULA": ("value",),
    "PASTE_DATA_VALIDATION": ("rule",),
    "PASTE_NO_BORDERS": ("value", "format", "note", "rule", "runs", "chips"),
}


def _pasted(held: Cell, source: Cell, kind: str) -> Cell:
    names = _PASTED.get(kind)
    return source if names is None else replace(held, **{n: getattr(source, n) for n in names})


def copy_paste(batch: Batch, body: Json) -> Json:
    """The source fills the destination, repeated as often as it fits."""
    tab, source = batch.area(body.get("source"))
    there, area = batch.area(body.get("destination"))
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    height, width = source.bottom - source.top, source.right - source.left
    cells = [
        [tab.cell(source.top + r, source.left + c) for c in range(width)] for r in range(height)
    ]
    if turned:
        cells = [list(line) for line in zip(*cells, strict=True)]
        height, width = width, height
    rows = max(height, (area.bottom - area.top) // height * height)
    columns = max(width, (area.right - area.left) // width * width)
    for r in range(min(rows, there.row_count - area.top)):
        for c in range(min(columns, there.column_count - area.left)):
            at = area.top + r, area.left + c
            held = there.cell(*at)
            there.put(*at, _pasted(held, cells[r % height][c % width], body.get("pasteType") or ""))
    return {}


def cut_paste(batch: Batch, body: Json) -> Json:
    tab, source = batch.area(body.get("source"))
    where = body.get("destination") or {}
    there = batch.tab(where.get("sheetId"))
    top, left = where.get("rowIndex") or 0, where.get("columnIndex") or 0
    cells = list(tab.used(source))
    for row, column, _ in cells:
        tab.put(row, column, EMPTY)
    for row, column, cell in cells:
        at = top + row - source.top, left + column - source.left
        there.put(*at, _pasted(there.cell(*at), cell, body.get("pasteType") or ""))
    return {}


def find_replace(batch: Batch, body: Json) -> Json:
    pattern = body.get("find") or ""
    if not body.get("searchByRegex"):
        pattern = re.escape(pattern)
    if body.get("matchEntireCell"):
        pattern = f"^{pattern}$"
    wanted = re.compile(pattern, 0 if body.get("matchCase") else re.IGNORECASE)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "occurrencesChanged": 0}
    sheets = 0
    for tab, area in _search_areas(batch, body):
        rows: set[int] = set()
        for row, column, cell in list(tab.used(area)):
            key = "formulaValue" if body.get("includeFormulas") else "stringValue"
            text = (cell.value or {}).get(key)
            changed, times = wanted.subn(body.get("replacement") or "", text or "")
            if text is None or not times:
                continue
            tab.set_value(row, column, {key: changed} if changed else None)
            rows.add(row)
            counts["occurrencesChanged"] += times
            counts["valuesChanged" if key == "stringValue" else "formulasChanged"] += 1
        counts["rowsChanged"] += len(rows)
        sheets += bool(rows)
    return {k: v for k, v in {**counts, "sheetsChanged": sheets}.items() if v}


def _search_areas(batch: Batch, body: Json) -> list[tuple[Tab, Area]]:
    if body.get("range"):
        return [batch.area(body["range"])]
    if body.get("allSheets"):
        return [(tab, tab.area) for tab in batch.book.tabs]
    tab = batch.tab(body.get("sheetId"))
    return [(tab, tab.area)]


def update_borders(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    sides = {
        "top": "innerHorizontal",
        "bottom": "innerHorizontal",
        "left": "innerVertical",
        "right": "innerVertical",
    }
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            edge = {"top": row == area.top, "bottom": row == area.bottom - 1}
            edge |= {"left": column == area.left, "right": column == area.right - 1}
            held = tab.cell(row, column)
            borders = dict((held.format or {}).get("borders", {}))
            for side, inner in sides.items():
                border = body.get(side if edge[side] else inner)
                if border:
                    borders[side] = tidy(border)
            if borders:
                tab.put(
                    row, column, replace(held, format={**(held.format or {}), "borders": borders})
                )
    return {}


HANDLERS: dict[str, Handler] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "sortRange": sort_range,
    "setDataValidation": set_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "findReplace": find_replace,
    "updateBorders": update_borders,
}
