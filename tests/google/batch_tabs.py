"""batchUpdate requests about the spreadsheet and its tabs."""

from __future__ import annotations

import copy
from typing import Any

from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of
from tests.google.batch_dims import delete as delete_dimension
from tests.google.grid import CELL_LIMIT, Book, Json, Tab, new_tab
from tests.google.sheet_defaults import tidy

_GRID = (
    "rowCount",
    "columnCount",
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def update_book(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("properties") or {})
    held = {"title": batch.title, **batch.book.properties}
    apply_mask(held, given, fields_of(body))
    batch.title = held.pop("title", "") or batch.title
    batch.book.properties = held
    return {}


def _taken(batch: Batch, title: str, but: Tab | None = None) -> bool:
    folded = title.casefold()
    return any(tab.title.casefold() == folded and tab is not but for tab in batch.book.tabs)


def _free_title(batch: Batch) -> str:
    number = len(batch.book.tabs) + 1
    while _taken(batch, f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def check_cells(batch: Batch) -> None:
    if batch.book.cells() > CELL_LIMIT:
        raise RefusedError(
            "This action would increase the number of cells in the workbook above the limit of "
            f"{CELL_LIMIT} cells."
        )


def add_sheet(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("properties") or {})
    title = given.get("title") or _free_title(batch)
    if _taken(batch, title):
        raise RefusedError(
            f'A sheet with the name "{title}" already exists. Please enter another name.'
        )
    sheet_id = given.get("sheetId")
    if sheet_id is None:
        sheet_id = batch.idents.number()
    elif batch.book.tab(sheet_id):
        raise RefusedError(f"Sheet id {sheet_id} already exists.")
    tab = new_tab(sheet_id, title, 0)
    tab.grid.update(given.get("gridProperties") or {})
    tab.properties.update(
        {k: v for k, v in given.items() if k not in ("gridProperties", "index") and v is not False}
    )
    index = min(given.get("index", len(batch.book.tabs)), len(batch.book.tabs))
    batch.book.tabs.insert(index, tab)
    batch.book.renumber()
    _drop_defaults(tab)
    check_cells(batch)
    return {"properties": copy.deepcopy(tab.properties)}


def delete_sheet(batch: Batch, body: Json) -> Json:
    tab = batch.tab(body.get("sheetId"), "sheet")
    if len(batch.book.tabs) == 1:
        raise RefusedError("You can't remove all the sheets in a document.")
    batch.book.tabs.remove(tab)
    batch.book.renumber()
    book = batch.book
    book.names = [n for n in book.names if n["range"].get("sheetId", 0) != tab.id]
    book.metadata = [m for m in book.metadata if sheet_of(m) != tab.id]
    return {}


def sheet_of(held: Json) -> int | None:
    where = held["location"]
    if "dimensionRange" in where:
        return int(where["dimensionRange"].get("sheetId", 0))
    found: int | None = where.get("sheetId")
    return found


def duplicate_sheet(batch: Batch, body: Json) -> Json:
    source = batch.tab(body.get("sourceSheetId"), "sheet")
    title = body.get("newSheetName") or copy_title(batch.book, source)
    if _taken(batch, title):
        raise RefusedError(
            f'A sheet with the name "{title}" already exists. Please enter another name.'
        )
    made = copied_tab(source, body.get("newSheetId") or batch.idents.number(), title)
    batch.book.tabs.insert(min(body.get("insertSheetIndex", 0) or 0, len(batch.book.tabs)), made)
    batch.book.renumber()
    check_cells(batch)
    return {"properties": copy.deepcopy(made.properties)}


def copy_title(book: Book, source: Tab) -> str:
    """The first free name of a copy."""
    title, number = f"Copy of {source.title}", 2
    while book.titled(title):
        title, number = f"Copy of {source.title} {number}", number + 1
    return title


def copied_tab(source: Tab, sheet_id: int, title: str) -> Tab:
    made = source.clone()
    _repoint(made.things, source.id, sheet_id)
    made.properties |= {"sheetId": sheet_id, "title": title}
    made.properties.pop("hidden", None)
    return made


def _repoint(holder: Any, old: int, new: int) -> None:
    if isinstance(holder, list):
        for item in holder:
            _repoint(item, old, new)
    elif isinstance(holder, dict):
        if holder.get("sheetId", None) == old:
            holder["sheetId"] = new
        for value in holder.values():
            _repoint(value, old, new)


def update_sheet(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("properties") or {})
    tab = batch.tab(given.get("sheetId"), "sheet")
    mask = fields_of(body)
    given = {**given, "sheetId": tab.id}
    _check_update(batch, tab, given, set(mask) | (set(given) if "*" in mask else set()))
    grid, index = dict(tab.grid), int(tab.properties["index"])
    colors = {"tabColor", "tabColorStyle"}
    for name in colors & set(mask):
        # The two spellings of the colour are one property.
        for other in colors:
            tab.properties.pop(other, None)
            if other in given:
                tab.properties[other] = given[other]
        mask = {k: v for k, v in mask.items() if k != name}
    apply_mask(tab.properties, given, mask)
    tab.properties.setdefault("sheetType", "GRID")
    new_grid = {k: v for k, v in tab.properties.get("gridProperties", {}).items() if k in _GRID}
    tab.properties["gridProperties"] = grid
    _resize(batch, tab, {"rowCount": tab.row_count, "columnCount": tab.column_count, **new_grid})
    _reorder(batch, tab, index, tab.properties.get("index", index))
    _drop_defaults(tab)
    check_cells(batch)
    return {}


def _check_update(batch: Batch, tab: Tab, given: Json, names: set[str]) -> None:
    if "title" in names:
        title = given.get("title") or ""
        if not title:
            raise RefusedError("Sheet title cannot be empty.")
        if _taken(batch, title, tab):
            raise RefusedError(
                f'A sheet with the name "{title}" already exists. Please enter another name.'
            )
    others = [other for other in batch.book.tabs if other is not tab]
    if "hidden" in names and given.get("hidden"):
        _check_some_shown(others)


def _check_some_shown(others: list[Tab]) -> None:
    if all(other.properties.get("hidden") for other in others):
        raise RefusedError("You can't hide all the sheets in a document.")


def _resize(batch: Batch, tab: Tab, wanted: Json) -> None:
    for key, dimension in (("rowCount", "ROWS"), ("columnCount", "COLUMNS")):
        count, held = wanted[key], tab.count(dimension)
        if count < 1:
            raise RefusedError(f"Invalid value for {key}: must be positive.")
        frozen = wanted.get("frozenRowCount" if dimension == "ROWS" else "frozenColumnCount", 0)
        if frozen >= count and frozen:
            raise RefusedError(f"You can't freeze all the {dimension.lower()} on the sheet.")
        if count < held:
            delete_dimension(batch.book, tab, dimension, count, held - count)
    tab.properties["gridProperties"] = wanted


def _reorder(batch: Batch, tab: Tab, old: int, index: int) -> None:
    """Indexes count before the move: old + 1 is the same place."""
    tabs = batch.book.tabs
    if index not in (old, old + 1):
        tabs.remove(tab)
        tabs.insert(index if index < old else index - 1, tab)
    batch.book.renumber()


def _drop_defaults(tab: Tab) -> None:
    for key in ("hidden", "rightToLeft"):
        if tab.properties.get(key) is False:
            del tab.properties[key]
    for key in [k for k, v in tab.grid.items() if v in (0, False)]:
        del tab.grid[key]
    if tab.properties.get("tabColorStyle") == {}:
        for key in ("tabColor", "tabColorStyle"):
            tab.properties.pop(key, None)


HANDLERS: dict[str, Handler] = {
    "updateSpreadsheetProperties": update_book,
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet,
}
