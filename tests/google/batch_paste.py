"""batchUpdate requests that copy, cut, replace and draw borders."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.google.a1 import Area
from tests.google.batch import Batch, Handler
from tests.google.grid import EMPTY, Cell, Json, Tab
from tests.google.sheet_defaults import tidy

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
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "findReplace": find_replace,
    "updateBorders": update_borders,
}
