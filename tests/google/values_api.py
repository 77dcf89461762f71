"""spreadsheets.values: get, update, append, clear and their batches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google import a1
from tests.google.a1 import Area
from tests.google.cell_text import Locale, enter, plain
from tests.google.grid import TEXT_LIMIT, Book, Cell, Json, Tab, range_area
from tests.google.sheet_values import Evaluator
from tests.google.wire import ApiError, field_violations

Found = tuple[Tab, Area]


def locate(book: Book, text: str) -> tuple[Tab, a1.Box]:
    """The tab and the cells of a range text: cells, a whole tab, or a named range."""
    title, cells = a1.split(text)
    if title is None:
        whole = book.titled(cells or "")
        if whole and a1.cells_box(cells or "") is None:
            return whole, a1.Box()
        tab = book.tabs[0]
    else:
        found = book.titled(title)
        if found is None:
            raise a1.unreadable(text)
        tab = found
    if cells is None or cells == "":
        return tab, a1.Box()
    box = a1.cells_box(cells)
    if box is None:
        return _named(book, cells, text)
    return tab, box


def _named(book: Book, name: str, text: str) -> tuple[Tab, a1.Box]:
    for held in book.names:
        if held["name"].casefold() == name.casefold():
            tab = book.tab(held["range"].get("sheetId", 0))
            if tab:
                area = range_area(held["range"], tab)
                return tab, a1.Box(area.top, area.left, area.bottom, area.right)
    raise a1.unreadable(text)


def exceeds(tab: Tab, text: str) -> ApiError:
    return ApiError(
        400,
        f"Range ({text}) exceeds grid limits. "
        f"Max rows: {tab.row_count}, max columns: {tab.column_count}",
        "badRequest",
    )


def read_area(book: Book, text: str) -> Found:
    tab, box = locate(book, text)
    if box.top >= tab.row_count or box.left >= tab.column_count:
        bottom = box.bottom if box.bottom is not None else tab.row_count
        right = box.right if box.right is not None else tab.column_count
        outer = Area(box.top, box.left, max(bottom, box.top + 1), max(right, box.left + 1))
        raise exceeds(tab, a1.area_text(tab.title, outer))
    return tab, box.clipped(tab.row_count, tab.column_count)


def get(book: Book, text: str, query: dict[str, str]) -> Json:
    tab, area = read_area(book, text)
    return value_range(Evaluator(book), tab, area, query)


def value_range(evaluator: Evaluator, tab: Tab, area: Area, query: dict[str, str]) -> Json:
    """A ValueRange: trailing blanks dropped, `values` absent when there is nothing."""
    dimension = _choice(query, "majorDimension", ("ROWS", "COLUMNS"))
    option = _choice(
        query, "valueRenderOption", ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
    )
    dates = _choice(query, "dateTimeRenderOption", ("SERIAL_NUMBER", "FORMATTED_STRING"))
    lines: list[list[Any]] = []
    by_rows = dimension == "ROWS"
    for row, column, cell in tab.used(area):
        if cell.value is None:
            continue
        major, minor = (
            (row - area.top, column - area.left)
            if by_rows
            else (column - area.left, row - area.top)
        )
        while len(lines) <= major:
            lines.append([])
        line = lines[major]
        line.extend([""] * (minor + 1 - len(line)))
        line[minor] = evaluator.rendered(tab, row, column, option, dates)
    for line in lines:
        while line and line[-1] == "":
            line.pop()
    while lines and not lines[-1]:
        lines.pop()
    whole: Json = {"range": a1.area_text(tab.title, area), "majorDimension": dimension}
    if lines:
        whole["values"] = lines
    return whole


def _choice(query: dict[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = query.get(name) or allowed[0]
    if value not in allowed:
        kind = "ValueRenderOption" if "Render" in name else "Dimension"
        raise field_violations(
            [
                (
                    _snake(name),
                    f"Invalid value at '{_snake(name)}' "
                    f'(type.googleapis.com/google.apps.sheets.v4.{kind}), "{value}"',
                )
            ]
        )
    return value


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


# --- writing ----------------------------------------------------------------------


def matrix(body: Json) -> list[list[Any]]:
    values = body.get("values") or []
    rows: list[list[Any]] = [list(line or []) for line in values]
    if body.get("majorDimension") != "COLUMNS":
        return rows
    height = max((len(line) for line in rows), default=0)
    return [[line[n] if n < len(line) else None for line in rows] for n in range(height)]


def input_option(option: str | None) -> str:
    if option in ("RAW", "USER_ENTERED"):
        return option
    raise ApiError(400, "'valueInputOption' is required but not specified", "badRequest")


def write_cell(tab: Tab, row: int, column: int, value: Any, option: str, locale: Locale) -> None:
    """One value; null leaves the cell alone, '' empties it."""
    if value is None:
        return
    held = tab.cell(row, column)
    number_format = None
    if isinstance(value, bool):
        entered: Json | None = {"boolValue": value}
    elif isinstance(value, int | float):
        entered = {"numberValue": plain(value)}
    elif option == "RAW":
        entered = {"stringValue": value} if value != "" else None
    else:
        entered, number_format = enter(value, locale)
    if isinstance(value, str) and len(value) > TEXT_LIMIT:
        raise ApiError(
            400,
            "Your input contains more than the maximum of 50000 characters in a single cell.",
            "badRequest",
        )
    cell = replace(held, value=entered, runs=None, chips=None)
    if number_format and "numberFormat" not in (held.format or {}):
        cell = replace(cell, format={**(held.format or {}), "numberFormat": number_format})
    tab.put(row, column, cell)


def _counts(rows: list[list[Any]]) -> tuple[int, int, int]:
    """Rows, columns and cells that hold something other than null."""
    filled = [
        (r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None
    ]
    return len({r for r, _ in filled}), len({c for _, c in filled}), len(filled)


def update(book: Book, text: str, body: Json, query: dict[str, str]) -> Json:
    """values.update: the answer has the size of the data, not of the range."""
    option = input_option(query.get("valueInputOption"))
    tab, box = locate(book, text)
    rows = matrix(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    single = box.bottom == box.top + 1 and box.right == box.left + 1
    if not single:
        _check_fits(tab, box, text, height, width)
    area = Area(box.top, box.left, box.top + max(height, 1), box.left + max(width, 1))
    if area.bottom > tab.row_count or area.right > tab.column_count:
        raise exceeds(tab, a1.area_text(tab.title, area))
    return _written(book, tab, area, rows, option, query)


def _check_fits(tab: Tab, box: a1.Box, text: str, height: int, width: int) -> None:
    named = a1.area_text(tab.title, box.clipped(tab.row_count, tab.column_count))
    if box.right is not None and box.left + width > box.right:
        column = a1.column_name(box.right)
        raise ApiError(
            400,
            f"Requested writing within range [{named}], but tried writing to column [{column}]",
            "badRequest",
        )
    if box.bottom is not None and box.top + height > box.bottom:
        raise ApiError(
            400,
            f"Requested writing within range [{named}], "
            f"but tried writing to row [{box.bottom + 1}]",
            "badRequest",
        )


def _written(
    book: Book, tab: Tab, area: Area, rows: list[list[Any]], option: str, query: dict[str, str]
) -> Json:
    locale = Locale.of(book.properties.get("locale", "en_US"))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            write_cell(tab, area.top + r, area.left + c, value, option, locale)
    found: Json = {"spreadsheetId": book.id, "updatedRange": a1.area_text(tab.title, area)}
    for key, count in zip(
        ("updatedRows", "updatedColumns", "updatedCells"), _counts(rows), strict=True
    ):
        if count:
            found[key] = count
    if query.get("includeValuesInResponse", "").lower() == "true":
        asked = {
            "valueRenderOption": query.get("responseValueRenderOption", ""),
            "dateTimeRenderOption": query.get("responseDateTimeRenderOption", ""),
        }
        found["updatedData"] = value_range(Evaluator(book), tab, area, asked)
    return found


# --- append -----------------------------------------------------------------------


def tables(tab: Tab, within: Area) -> list[Area]:
    """Blocks of touching cells with values that meet `within`, in order of their end."""
    filled = {(r, c) for r, c, cell in tab.used(tab.area) if not cell.is_blank}
    found: list[Area] = []
    while filled:
        stack = [filled.pop()]
        block = list(stack)
        while stack:
            r, c = stack.pop()
            near = {(r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & filled
            filled -= near
            stack += near
            block += near
        rows, columns = [r for r, _ in block], [c for _, c in block]
        found.append(Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1))
    meeting = [area for area in found if area.meets(within)]
    return sorted(meeting, key=lambda area: (area.bottom, area.right))


def append(book: Book, text: str, body: Json, query: dict[str, str]) -> Json:
    """values.append: after the last table that the range meets, at its first column."""
    option = input_option(query.get("valueInputOption"))
    tab, searched = read_area(book, text)
    rows = matrix(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    held = tables(tab, searched)
    table = held[-1] if held else None
    top, left = (table.bottom, table.left) if table else (searched.top, searched.left)
    if query.get("insertDataOption") == "INSERT_ROWS" and table and top < tab.row_count:
        from tests.google.batch_dims import insert

        insert(book, tab, "ROWS", top, height)
    grow(tab, top + height, left + width)
    area = Area(top, left, top + max(height, 1), left + max(width, 1))
    found: Json = {"spreadsheetId": book.id}
    if table:
        found["tableRange"] = a1.area_text(tab.title, table)
    found["updates"] = _written(book, tab, area, rows, option, query)
    return found


def grow(tab: Tab, rows: int, columns: int) -> None:
    tab.grid["rowCount"] = max(tab.row_count, rows)
    tab.grid["columnCount"] = max(tab.column_count, columns)


def clear(book: Book, text: str) -> str:
    tab, area = read_area(book, text)
    for row, column, cell in list(tab.used(area)):
        tab.put(row, column, replace(cell, value=None, runs=None, chips=None))
    return a1.area_text(tab.title, area)


def blank(cell: Cell) -> bool:
    return cell.is_blank
