"""spreadsheets.get: the book, its tabs and, where asked, their cells."""

from __future__ import annotations

from typing import Any

from tests.google.a1 import Area
from tests.google.drive_state import ME
from tests.google.formulas import FormulaError
from tests.google.grid import Book, Cell, Json, Tab
from tests.google.masks import Mask, cut
from tests.google.sheet_defaults import DEFAULT_FORMAT
from tests.google.sheet_values import Evaluator

_CELL_KEYS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
    "chipRuns",
)


def show_book(
    book: Book, title: str, ranges: list[tuple[Tab, Area]] | None, data: bool, mask: Mask | None
) -> Json:
    """The Spreadsheet resource under a mask; a mask that names cells asks for them."""
    sheets_mask = None if mask is None else mask.get("sheets", mask.get("*"))
    if mask is not None:
        data = sheets_mask is None or "data" in sheets_mask or "*" in sheets_mask
        if "sheets" not in mask and "*" not in mask:
            data = False
    whole: Json = {"spreadsheetId": book.id, "properties": {"title": title, **book.properties}}
    data_mask = None if not sheets_mask else sheets_mask.get("data", sheets_mask.get("*"))
    evaluator = Evaluator(book)
    whole["sheets"] = []
    for tab in book.tabs:
        areas = None if ranges is None else [area for held, area in ranges if held is tab]
        if areas is None or areas:
            areas = areas or [tab.area]
            whole["sheets"].append(
                _show_tab(book, tab, areas if data else [], evaluator, data_mask)
            )
    if book.names:
        whole["namedRanges"] = book.names
    loose = [m for m in book.metadata if m["location"].get("spreadsheet")]
    if loose:
        whole["developerMetadata"] = loose
    whole["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    shown: Json = without_zero_ids(cut(whole, mask))
    return shown


def without_zero_ids(held: Any, inside: str = "") -> Any:
    """`sheetId: 0` is printed in properties and locations, and left out inside ranges."""
    if isinstance(held, list):
        return [without_zero_ids(item, inside) for item in held]
    if not isinstance(held, dict):
        return held
    drop = held.get("sheetId") == 0 and inside not in ("properties", "location")
    return {k: without_zero_ids(v, k) for k, v in held.items() if not (drop and k == "sheetId")}


def _show_tab(
    book: Book, tab: Tab, areas: list[Area], evaluator: Evaluator, data_mask: Mask | None
) -> Json:
    whole: Json = {"properties": tab.properties}
    if areas:
        whole["data"] = [_show_data(book, tab, area, evaluator, data_mask) for area in areas]
    for name, held in tab.things.items():
        if held:
            whole[name] = held
    if "protectedRanges" in whole:
        whole["protectedRanges"] = [_show_protection(p) for p in whole["protectedRanges"]]
    own = [m for m in book.metadata if m["location"].get("sheetId") == tab.id]
    if own:
        whole["developerMetadata"] = own
    return whole


def _show_protection(held: Json) -> Json:
    if held.get("editors") == {}:
        return {**held, "editors": {"users": [ME]}}
    return held


def _show_data(book: Book, tab: Tab, area: Area, evaluator: Evaluator, mask: Mask | None) -> Json:
    whole: Json = {}
    if area.top:
        whole["startRow"] = area.top
    if area.left:
        whole["startColumn"] = area.left
    everything = mask is None or "*" in mask
    if everything or (mask and "rowData" in mask):
        row_mask = None if mask is None else mask.get("rowData")
        cell_mask = None if row_mask is None else row_mask.get("values")
        rows = _show_rows(tab, area, evaluator, cell_mask)
        if rows:
            whole["rowData"] = rows
    for name, dimension, size in (("rowMetadata", "ROWS", 21), ("columnMetadata", "COLUMNS", 100)):
        if everything or (mask and name in mask):
            start, end = (area.top, area.bottom) if dimension == "ROWS" else (area.left, area.right)
            marks = _dimension_metadata(book, tab, dimension)
            whole[name] = [
                {"pixelSize": size, **tab.dims[dimension].get(n, {}), **marks.get(n, {})}
                for n in range(start, end)
            ]
    return whole


def _dimension_metadata(book: Book, tab: Tab, dimension: str) -> dict[int, Json]:
    found: dict[int, Json] = {}
    for held in book.metadata:
        where = held["location"].get("dimensionRange")
        if where and where.get("sheetId", 0) == tab.id and where["dimension"] == dimension:
            for n in range(where["startIndex"], where["endIndex"]):
                found.setdefault(n, {"developerMetadata": []})["developerMetadata"].append(held)
    return found


def _show_rows(tab: Tab, area: Area, evaluator: Evaluator, mask: Mask | None) -> list[Json]:
    rows: list[list[Json]] = []
    names = _CELL_KEYS if mask is None or "*" in mask else [n for n in _CELL_KEYS if n in mask]
    for row, column, cell in tab.used(area):
        shown = cut(show_cell(tab, row, column, cell, evaluator, names), mask)
        if not shown:
            continue
        while len(rows) <= row - area.top:
            rows.append([])
        line = rows[row - area.top]
        line.extend({} for _ in range(column - area.left + 1 - len(line)))
        line[column - area.left] = shown
    return [{"values": line} if line else {} for line in rows]


def show_cell(
    tab: Tab, row: int, column: int, cell: Cell, evaluator: Evaluator, names: Any
) -> Json:
    found: Json = {}
    for name in names:
        value = _cell_part(tab, row, column, cell, evaluator, name)
        if value is not None:
            found[name] = value
    return found


def _cell_part(tab: Tab, row: int, column: int, cell: Cell, evaluator: Evaluator, name: str) -> Any:
    if name == "userEnteredValue":
        return cell.value
    if name == "effectiveValue":
        return evaluator.extended(evaluator.value(tab, row, column))
    if name == "formattedValue":
        return evaluator.text(tab, row, column) if cell.value else None
    if name == "userEnteredFormat":
        return cell.format
    if name == "effectiveFormat":
        return _merged(DEFAULT_FORMAT, cell.format) if cell.value or cell.format else None
    if name == "hyperlink":
        return link_of(cell, evaluator.value(tab, row, column))
    parts = {
        "note": cell.note,
        "textFormatRuns": cell.runs,
        "dataValidation": cell.rule,
        "chipRuns": cell.chips,
    }
    return parts.get(name)


def link_of(cell: Cell, value: Any) -> str | None:
    """The one link of a cell: its format's, its formula's, or its text when it is a URL."""
    link = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri")
    if link:
        return str(link)
    formula = (cell.value or {}).get("formulaValue", "")
    if formula.upper().startswith("=HYPERLINK(") and not isinstance(value, FormulaError):
        parts = formula.split('"')
        return parts[1] if len(parts) > 1 else None
    if isinstance(value, str) and value.startswith(("http://", "https://")) and " " not in value:
        return value
    return None


def _merged(base: Json, top: Json | None) -> Json:
    merged = dict(base)
    for key, value in (top or {}).items():
        held = merged.get(key)
        nested = isinstance(held, dict) and isinstance(value, dict) and "Color" not in key
        merged[key] = _merged(held, value) if nested and isinstance(held, dict) else value
    return merged
