"""Developer metadata: marks on books, tabs, rows and columns, and the filters that find them."""

from __future__ import annotations

import copy

from tests.google.a1 import Area
from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of
from tests.google.grid import Book, Json, Tab, range_area
from tests.google.values_api import read_area


def _location(batch: Batch, given: Json) -> Json:
    if given.get("dimensionRange"):
        span = given["dimensionRange"]
        tab = batch.tab(span.get("sheetId"))
        start, end = span.get("startIndex") or 0, span.get("endIndex")
        if end != start + 1:
            raise RefusedError("Developer metadata can only be attached to a single row or column.")
        where = {
            "sheetId": tab.id,
            "dimension": span["dimension"],
            "startIndex": start,
            "endIndex": end,
        }
        kind = "ROW" if span["dimension"] == "ROWS" else "COLUMN"
        return {"locationType": kind, "dimensionRange": where}
    if "sheetId" in given:
        return {"locationType": "SHEET", "sheetId": batch.tab(given["sheetId"]).id}
    return {"locationType": "SPREADSHEET", "spreadsheet": True}


def create(batch: Batch, body: Json) -> Json:
    given = body.get("developerMetadata") or {}
    if not given.get("metadataKey"):
        raise RefusedError("developerMetadata.metadataKey must be specified.")
    if given.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise RefusedError("developerMetadata.visibility must be specified.")
    number = given.get("metadataId") or batch.idents.number()
    if any(m["metadataId"] == number for m in batch.book.metadata):
        raise RefusedError(f"Developer metadata with id {number} already exists.")
    held: Json = {"metadataId": number, "metadataKey": given["metadataKey"]}
    if given.get("metadataValue") is not None:
        held["metadataValue"] = given["metadataValue"]
    held["location"] = _location(batch, given.get("location") or {})
    held["visibility"] = given["visibility"]
    batch.book.metadata.append(held)
    return {"developerMetadata": copy.deepcopy(held)}


def update(batch: Batch, body: Json) -> Json:
    found = _all(batch.book, body.get("dataFilters") or [])
    given = dict(body.get("developerMetadata") or {})
    if "location" in given:
        given["location"] = _location(batch, given["location"])
    for held in found:
        apply_mask(held, given, fields_of(body))
    return {"developerMetadata": copy.deepcopy(found)} if found else {}


def delete(batch: Batch, body: Json) -> Json:
    found = _all(batch.book, [body.get("dataFilter") or {}])
    batch.book.metadata = [m for m in batch.book.metadata if m not in found]
    return {"deletedDeveloperMetadata": found} if found else {}


def _all(book: Book, filters: list[Json]) -> list[Json]:
    return [m for m in book.metadata if any(matches(book, m, one) for one in filters)]


def matches(book: Book, held: Json, wanted: Json) -> bool:
    """Whether a mark is found by a DataFilter."""
    lookup = wanted.get("developerMetadataLookup")
    if lookup is None:
        return False
    for key in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if lookup.get(key) is not None and held.get(key) != lookup[key]:
            return False
    where = held["location"]
    if lookup.get("locationType") and where["locationType"] != lookup["locationType"]:
        return False
    asked = lookup.get("metadataLocation")
    return asked is None or _within(where, asked, lookup.get("locationMatchingStrategy"))


def _within(where: Json, asked: Json, strategy: str | None) -> bool:
    span, other = where.get("dimensionRange"), asked.get("dimensionRange")
    if other:
        if not span or span["dimension"] != other["dimension"]:
            return False
        same_tab = span.get("sheetId", 0) == (other.get("sheetId") or 0)
        start, end = other.get("startIndex") or 0, other.get("endIndex", 1 << 30)
        return same_tab and bool(span["startIndex"] < end and start < span["endIndex"])
    if "sheetId" in asked:
        if strategy == "EXACT_LOCATION":
            return bool(where.get("sheetId") == asked["sheetId"])
        own = span.get("sheetId", 0) if span else where.get("sheetId")
        return bool(own == asked["sheetId"])
    return strategy != "EXACT_LOCATION" or bool(where.get("spreadsheet"))


def search(book: Book, filters: list[Json]) -> Json:
    found = []
    for held in book.metadata:
        hits = [one for one in filters if matches(book, held, one)]
        if hits:
            found.append({"developerMetadata": held, "dataFilters": hits})
    return {"matchedDeveloperMetadata": found} if found else {}


def filter_areas(book: Book, wanted: Json) -> list[tuple[Tab, Area]]:
    """The cells that one DataFilter selects."""
    if wanted.get("a1Range"):
        return [read_area(book, wanted["a1Range"])]
    if wanted.get("gridRange") is not None:
        tab = book.tab(wanted["gridRange"].get("sheetId") or 0)
        return [(tab, range_area(wanted["gridRange"], tab))] if tab else []
    found: list[tuple[Tab, Area]] = []
    for held in book.metadata:
        if matches(book, held, wanted):
            found += _area_of(book, held["location"])
    return found


def _area_of(book: Book, where: Json) -> list[tuple[Tab, Area]]:
    if where.get("spreadsheet"):
        return [(tab, tab.area) for tab in book.tabs]
    span = where.get("dimensionRange")
    tab = book.tab(span.get("sheetId", 0) if span else where.get("sheetId", 0))
    if tab is None:
        return []
    if not span:
        return [(tab, tab.area)]
    if span["dimension"] == "ROWS":
        return [(tab, Area(span["startIndex"], 0, span["endIndex"], tab.column_count))]
    return [(tab, Area(0, span["startIndex"], tab.row_count, span["endIndex"]))]


HANDLERS: dict[str, Handler] = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
