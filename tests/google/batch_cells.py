"""batchUpdate requests about cells: write, repeat, append, sort, copy, merge, validate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google.a1 import Area
from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of
from tests.google.formulas import FormulaError
from tests.google.grid import TEXT_LIMIT, Cell, Json, Tab, grid_range, range_area
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
    for name, at, count in (("row", row, tab.row_count), ("column", column, tab.column_count)):
        if at >= count:
            raise RefusedError(
                f"Attempting to write {name}: {at}, "
                f"beyond the last requested {name} of: {count - 1}"
            )
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
    # Rows below the last one that holds anything are blank: they would stay where they are.
    bottom = max(area.top, min(area.bottom, len(tab.rows)))
    order = list(range(area.top, bottom))
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
    for place, row in zip(range(area.top, bottom), order, strict=True):
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
    merges = _merges_outside(tab, area)
    for part in parts:
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            merges.append(grid_range(part, tab.id))
            for row, column, cell in list(tab.used(part)):
                if (row, column) != (part.top, part.left):
                    tab.put(row, column, replace(cell, value=None))
    return {}


def unmerge_cells(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body.get("range"))
    _merges_outside(tab, area)
    return {}


def _merges_outside(tab: Tab, area: Area) -> list[Json]:
    """The tab's merges without those inside the area; none may be cut in two."""
    merges = tab.items("merges")
    met = [held for held in merges if range_area(held, tab).meets(area)]
    if any(not area.covers(range_area(held, tab)) for held in met):
        raise RefusedError("You must select all cells in a merged range to merge or unmerge them.")
    merges[:] = [held for held in merges if held not in met]
    return merges


HANDLERS: dict[str, Handler] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "sortRange": sort_range,
    "setDataValidation": set_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}
