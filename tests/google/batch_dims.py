"""batchUpdate requests about rows and columns: insert, delete, move, resize, group."""

from __future__ import annotations

import copy
from typing import Any

from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of
from tests.google.grid import Book, Cell, Json, Tab, shift_dims, shift_ranges


def _span(batch: Batch, held: Json | None) -> tuple[Tab, str, int, int]:
    """The tab, dimension, start and end of a DimensionRange."""
    held = held or {}
    tab = batch.tab(held.get("sheetId"))
    dimension = held.get("dimension") or ""
    if dimension not in ("ROWS", "COLUMNS"):
        raise RefusedError("No dimension specified.")
    start = held.get("startIndex") or 0
    end = held.get("endIndex", tab.count(dimension))
    if not 0 <= start < end:
        raise RefusedError(f"range.startIndex[{start}] must be less than range.endIndex[{end}]")
    return tab, dimension, start, end


def insert(book: Book, tab: Tab, dimension: str, at: int, count: int) -> None:
    """New blank rows or columns; everything that hangs on ranges moves along."""
    if dimension == "ROWS":
        if at < len(tab.rows):
            tab.rows[at:at] = [{} for _ in range(count)]
        tab.grid["rowCount"] += count
    else:
        for row in tab.rows:
            _rekey(row, at, count)
        tab.grid["columnCount"] += count
    _shift_all(book, tab, dimension, at, count)


def _rekey(row: dict[int, Cell], at: int, count: int) -> None:
    held = dict(row)
    row.clear()
    for column, cell in held.items():
        if column < at:
            row[column] = cell
        elif count > 0 or column >= at - count:
            row[column + count] = cell


def _shift_all(book: Book, tab: Tab, dimension: str, at: int, count: int) -> None:
    tab.dims[dimension] = shift_dims(tab.dims[dimension], at, count)
    for other in book.tabs:
        shift_ranges(other.things, tab.id, dimension, at, count)
        for name, held in list(other.things.items()):
            if isinstance(held, dict) and other is tab and name == "basicFilter" and _void(held):
                del other.things[name]
    book.names = [n for n in book.names if shift_ranges(n["range"], tab.id, dimension, at, count)]
    book.metadata = [m for m in book.metadata if _shift_metadata(m, tab.id, dimension, at, count)]
    frozen = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
    if tab.grid.get(frozen, 0) > at:
        tab.grid[frozen] = max(at, tab.grid[frozen] + count)
        if not tab.grid[frozen]:
            del tab.grid[frozen]


def _void(held: Json) -> bool:
    span = held.get("range", {})
    rows = span.get("endRowIndex", 1) <= span.get("startRowIndex", 0)
    return rows or bool(span.get("endColumnIndex", 1) <= span.get("startColumnIndex", 0))


def _shift_metadata(held: Json, sheet_id: int, dimension: str, at: int, count: int) -> bool:
    where = held["location"].get("dimensionRange")
    if not where or where.get("sheetId", 0) != sheet_id or where["dimension"] != dimension:
        return True
    start, end = where["startIndex"], where["endIndex"]
    if count > 0:
        where["startIndex"] = start + count if start >= at else start
        where["endIndex"] = end + count if end > at else end
    else:
        where["startIndex"] = start if start <= at else max(at, start + count)
        where["endIndex"] = end if end <= at else max(at, end + count)
    return bool(where["startIndex"] < where["endIndex"])


def delete(book: Book, tab: Tab, dimension: str, at: int, count: int) -> None:
    if dimension == "ROWS":
        del tab.rows[at : at + count]
        tab.grid["rowCount"] -= count
    else:
        for row in tab.rows:
            _rekey(row, at, -count)
        tab.grid["columnCount"] -= count
    _shift_all(book, tab, dimension, at, -count)


def insert_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("range"))
    before = bool(body.get("inheritFromBefore"))
    if start > tab.count(dimension) or (start == tab.count(dimension) and not before):
        raise RefusedError(
            f"range.startIndex[{start}] must be less than the grid size ({tab.count(dimension)}) "
            "if inheritFromBefore is false."
        )
    if before and start == 0:
        raise RefusedError("inheritFromBefore cannot be true when inserting at the beginning.")
    insert(batch.book, tab, dimension, start, end - start)
    _inherit(tab, dimension, start, end, start - 1 if before else end)
    _limit(batch)
    return {}


def _inherit(tab: Tab, dimension: str, start: int, end: int, source: int) -> None:
    """New cells take the format and the drop-down of their neighbours, never their values."""
    if dimension == "ROWS":
        held = tab.rows[source] if source < len(tab.rows) else {}
        for column, near in list(held.items()):
            for row in range(start, end):
                tab.put(row, column, Cell(format=near.format, rule=near.rule))
        return
    for row, cells in enumerate(tab.rows):
        if beside := cells.get(source):
            for column in range(start, end):
                tab.put(row, column, Cell(format=beside.format, rule=beside.rule))


def _limit(batch: Batch) -> None:
    from tests.google.batch_tabs import check_cells

    check_cells(batch)


def append_dimension(batch: Batch, body: Json) -> Json:
    tab = batch.tab(body.get("sheetId"))
    key = "rowCount" if body.get("dimension") == "ROWS" else "columnCount"
    tab.grid[key] += body.get("length", 0)
    _limit(batch)
    return {}


def delete_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("range"))
    size = tab.count(dimension)
    if start >= size or end > size:
        raise RefusedError(
            f"Cannot delete a {dimension[:-1].lower()} that doesn't exist. "
            f"Tried to delete index {end - 1} of {size}."
        )
    if end - start >= size:
        raise RefusedError(f"You can't delete all the {dimension.lower()} on the sheet.")
    delete(batch.book, tab, dimension, start, end - start)
    return {}


def move_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("source"))
    to = body.get("destinationIndex") or 0
    if to > tab.count(dimension):
        raise RefusedError(
            f"destinationIndex[{to}] is after last {dimension[:-1].lower()} "
            f"in grid[{tab.count(dimension)}]"
        )
    if start <= to <= end:
        return {}
    order = list(range(tab.count(dimension)))
    moved = order[start:end]
    rest = order[:start] + order[end:]
    at = to if to < start else to - (end - start)
    permute(batch.book, tab, dimension, rest[:at] + moved + rest[at:])
    return {}


def permute(book: Book, tab: Tab, dimension: str, order: list[int]) -> None:
    """Rows or columns in a new order (`order[new] = old`), with what hangs on single ones."""
    place = {old: new for new, old in enumerate(order)}
    if dimension == "ROWS":
        tab.rows = [tab.rows[old] if old < len(tab.rows) else {} for old in order]
        while tab.rows and not tab.rows[-1]:
            tab.rows.pop()
    else:
        for row in tab.rows:
            held = dict(row)
            row.clear()
            row.update({place[column]: cell for column, cell in held.items()})
    tab.dims[dimension] = {place[n]: held for n, held in tab.dims[dimension].items() if n in place}
    name = "Row" if dimension == "ROWS" else "Column"
    for holder in [*(t.things for t in book.tabs), *(n["range"] for n in book.names)]:
        _follow(holder, tab.id, f"start{name}Index", f"end{name}Index", place)
    for mark in book.metadata:
        where = mark["location"].get("dimensionRange")
        if where and where.get("sheetId", 0) == tab.id and where["dimension"] == dimension:
            _moved_span(where, "startIndex", "endIndex", place)


def _follow(holder: Any, sheet_id: int, start: str, end: str, place: dict[int, int]) -> None:
    if isinstance(holder, list):
        for item in holder:
            _follow(item, sheet_id, start, end, place)
    elif isinstance(holder, dict):
        if start in holder and end in holder and holder.get("sheetId", 0) == sheet_id:
            _moved_span(holder, start, end, place)
        for value in holder.values():
            _follow(value, sheet_id, start, end, place)


def _moved_span(held: Json, start: str, end: str, place: dict[int, int]) -> None:
    """A span follows when all of it moved as one block; otherwise it stays where it was."""
    new = sorted(place.get(n, n) for n in range(held[start], held[end]))
    if new and new[-1] - new[0] == len(new) - 1:
        held[start], held[end] = new[0], new[-1] + 1


def update_properties(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("range"))
    mask = fields_of(body)
    for index in range(start, min(end, tab.count(dimension))):
        held = tab.dims[dimension].setdefault(index, {})
        apply_mask(held, body.get("properties") or {}, mask)
        for key in [k for k, v in held.items() if v is False]:
            del held[key]
    return {}


def auto_resize(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("dimensions"))
    for index in range(start, min(end, tab.count(dimension))):
        held = tab.dims[dimension].setdefault(index, {})
        held["pixelSize"] = _fitting(tab, index) if dimension == "COLUMNS" else 21
    return {}


def _fitting(tab: Tab, column: int) -> int:
    """About the width of the longest text: 8.47 pixels a letter and the padding."""
    texts = [
        str(next(iter(c.value.values()))) for r in tab.rows if (c := r.get(column)) and c.value
    ]
    longest = max((len(text) for text in texts), default=0)
    return round(longest * 8.46875) + 19 if longest else 100


# --- groups -----------------------------------------------------------------------


def _groups(tab: Tab, dimension: str) -> list[Json]:
    return tab.items("rowGroups" if dimension == "ROWS" else "columnGroups")


def add_group(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("range"))
    groups = _groups(tab, dimension)
    depth = 1
    for held in groups:
        span = held["range"]
        if span["startIndex"] <= start and end <= span["endIndex"]:
            depth = max(depth, held["depth"] + 1)
    span = {"sheetId": tab.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": span, "depth": depth})
    groups.sort(key=lambda g: (g["depth"], g["range"]["startIndex"]))
    tab.grid["rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"] = True
    return {"dimensionGroups": copy.deepcopy(groups)}


def delete_group(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body.get("range"))
    groups = _groups(tab, dimension)
    inside = [
        g for g in groups if start <= g["range"]["startIndex"] and g["range"]["endIndex"] <= end
    ]
    if not inside:
        raise RefusedError("Group not found.")
    groups.remove(max(inside, key=lambda g: int(g["depth"])))
    return {"dimensionGroups": copy.deepcopy(groups)} if groups else {}


HANDLERS: dict[str, Handler] = {
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_properties,
    "autoResizeDimensions": auto_resize,
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
}
