"""The Sheets API: which operation a path names, and what it does to the books."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.google import batch, metadata, sheet_defaults, values_api
from tests.google.batch_tabs import copied_tab, copy_title
from tests.google.checks import check_body, check_query
from tests.google.drive_state import SHEET, Drive, File
from tests.google.grid import Book, Json, Tab, new_tab
from tests.google.masks import Mask, check_mask, cut, parse_mask
from tests.google.schemas import named
from tests.google.sheet_build import tab_from
from tests.google.sheet_values import Evaluator
from tests.google.sheet_view import show_book, without_zero_ids
from tests.google.wire import ApiError, Request, Response, answer

_S = "sheets.spreadsheets."
ROUTES: list[tuple[str, re.Pattern[str], str]] = [
    ("POST", re.compile(r"/v4/spreadsheets"), _S + "create"),
    ("GET", re.compile(r"/v4/spreadsheets/([^/:]+)"), _S + "get"),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+):getByDataFilter"), _S + "getByDataFilter"),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+):batchUpdate"), _S + "batchUpdate"),
    ("GET", re.compile(r"/v4/spreadsheets/([^/:]+)/values:batchGet"), _S + "values.batchGet"),
    (
        "POST",
        re.compile(r"/v4/spreadsheets/([^/:]+)/values:batchUpdate"),
        _S + "values.batchUpdate",
    ),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+)/values:batchClear"), _S + "values.batchClear"),
    (
        "POST",
        re.compile(r"/v4/spreadsheets/([^/:]+)/values:batchGetByDataFilter"),
        _S + "values.batchGetByDataFilter",
    ),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+):append"), _S + "values.append"),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+):clear"), _S + "values.clear"),
    ("GET", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+)"), _S + "values.get"),
    ("PUT", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+)"), _S + "values.update"),
    ("POST", re.compile(r"/v4/spreadsheets/([^/:]+)/sheets/(\d+):copyTo"), _S + "sheets.copyTo"),
    (
        "POST",
        re.compile(r"/v4/spreadsheets/([^/:]+)/developerMetadata:search"),
        _S + "developerMetadata.search",
    ),
    (
        "GET",
        re.compile(r"/v4/spreadsheets/([^/:]+)/developerMetadata/(\d+)"),
        _S + "developerMetadata.get",
    ),
]
_READS = ("get", "batchGet", "search", "getByDataFilter", "batchGetByDataFilter")


def is_read(operation: str) -> bool:
    return operation.rsplit(".", 1)[1] in _READS


class Sheets:
    """All books; access and titles are those of their Drive files."""

    def __init__(self, drive: Drive) -> None:
        self.drive = drive
        self.books: dict[str, Book] = {}

    def new(self, file: File, tabs: list[Tab] | None = None, **properties: str) -> Book:
        """The book behind a new Drive file."""
        held = sheet_defaults.properties(**properties)
        book = Book(file.id, held, tabs or [new_tab(0, "Sheet1", 0)])
        self.books[file.id] = book
        return book

    def title(self, book: Book) -> str:
        return self.drive.files[book.id].name

    def open(self, book_id: str, write: bool) -> Book:
        file = self.drive.files.get(book_id)
        if file is None:
            raise ApiError(404, "Requested entity was not found.", "notFound")
        if not self.drive.is_readable(file) or (write and not file.can_edit):
            raise ApiError(403, "The caller does not have permission", "forbidden")
        if file.mime != SHEET:
            raise ApiError(
                400,
                "This operation is not supported for this document",
                "failedPrecondition",
                status="FAILED_PRECONDITION",
            )
        return self.books[book_id]

    def changed(self, book: Book) -> None:
        self.drive.touch(self.drive.files[book.id])

    # --- operations -----------------------------------------------------------------

    def handle(self, operation: str, parts: list[str], request: Request) -> Response:
        check_query("sheets", operation, request)
        mask = self._mask(operation, request)
        body = _body(request)
        check_body("sheets", operation, body, strict=True)
        name = operation.removeprefix(_S).replace(".", "_")
        method: Callable[[list[str], Request, Json, Mask | None], Json] = getattr(
            self, "_" + _snake(name)
        )
        data = without_zero_ids(method(parts, request, body, mask))
        if mask is not None and name not in ("get", "getByDataFilter"):
            data = cut(data, mask)
        return answer(data)

    def _mask(self, operation: str, request: Request) -> Mask | None:
        from tests.google.schemas import response_schema

        text = request.query.get("fields")
        if not text:
            return None
        mask = parse_mask(text)
        check_mask(mask, response_schema("sheets", operation) or named("sheets", "Spreadsheet"))
        return mask

    def _create(self, parts: list[str], request: Request, body: Json, mask: Mask | None) -> Json:
        given = sheet_defaults.tidy(body)
        props = given.get("properties") or {}
        now = self.drive.clock.tick()
        name = props.pop("title", None) or "Untitled spreadsheet"
        file = File(self.drive.idents.file(True), name, SHEET, self.drive.root, now, now)
        self.drive.add(file)
        tabs = []
        for index, sheet in enumerate(given.get("sheets") or []):
            tabs.append(tab_from(sheet, index, self.drive.idents))
        book = self.new(file, tabs or None)
        book.properties.update(props)
        for held in given.get("namedRanges") or []:
            book.names.append({"namedRangeId": str(self.drive.idents.number()), **held})
        return show_book(book, name, None, False, None)

    def _get(self, parts: list[str], request: Request, body: Json, mask: Mask | None) -> Json:
        book = self.open(parts[0], write=False)
        ranges = [values_api.read_area(book, text) for text in request.all("ranges")] or None
        return show_book(book, self.title(book), ranges, request.flag("includeGridData"), mask)

    def _get_by_data_filter(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        book = self.open(parts[0], write=False)
        filters = body.get("dataFilters") or []
        ranges = (
            [found for one in filters for found in metadata.filter_areas(book, one)]
            if filters
            else None
        )
        return show_book(book, self.title(book), ranges, bool(body.get("includeGridData")), mask)

    def _batch_update(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        book = self.open(parts[0], write=True)
        done, replies = batch.run(
            book, self.title(book), body.get("requests") or [], self.drive.idents
        )
        batch.refuse_protected(book, done.book)
        self.books[book.id] = done.book
        self.drive.files[book.id].name = done.title
        self.changed(done.book)
        found: Json = {"spreadsheetId": book.id, "replies": replies}
        if body.get("includeSpreadsheetInResponse"):
            asked = body.get("responseRanges") or []
            ranges = [values_api.read_area(done.book, text) for text in asked] or None
            data = bool(body.get("responseIncludeGridData"))
            found["updatedSpreadsheet"] = show_book(done.book, done.title, ranges, data, None)
        return found

    def _values_get(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        return values_api.get(self.open(parts[0], write=False), parts[1], request.query)

    def _values_batch_get(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        book = self.open(parts[0], write=False)
        found = [values_api.get(book, text, request.query) for text in request.all("ranges")]
        return {"spreadsheetId": book.id, "valueRanges": found}

    def _values_batch_get_by_data_filter(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        book = self.open(parts[0], write=False)
        evaluator = Evaluator(book)
        found = []
        for one in body.get("dataFilters") or []:
            for tab, area in metadata.filter_areas(book, one):
                asked = {k: v for k, v in body.items() if isinstance(v, str)}
                shown = values_api.value_range(evaluator, tab, area, asked)
                found.append({"valueRange": shown, "dataFilters": [one]})
        return {"spreadsheetId": book.id, **({"valueRanges": found} if found else {})}

    def _write(self, book_id: str, work: Callable[[Book], Json]) -> Json:
        """Run a write on a copy, so that a refused one leaves nothing behind."""
        copy = self.open(book_id, write=True).clone()
        found = work(copy)
        self.books[book_id] = copy
        self.changed(copy)
        return found

    def _values_update(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        return self._write(
            parts[0], lambda book: values_api.update(book, parts[1], body, request.query)
        )

    def _values_append(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        return self._write(
            parts[0], lambda book: values_api.append(book, parts[1], body, request.query)
        )

    def _values_clear(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        def work(book: Book) -> Json:
            return {"spreadsheetId": book.id, "clearedRange": values_api.clear(book, parts[1])}

        return self._write(parts[0], work)

    def _values_batch_clear(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        def work(book: Book) -> Json:
            cleared = [values_api.clear(book, text) for text in body.get("ranges") or []]
            return {"spreadsheetId": book.id, "clearedRanges": cleared}

        return self._write(parts[0], work)

    def _values_batch_update(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        def work(book: Book) -> Json:
            asked = {k: str(v) for k, v in body.items() if k not in ("data", "ranges")}
            responses = [
                values_api.update(book, d.get("range") or "", d, asked)
                for d in body.get("data") or []
            ]
            return {"spreadsheetId": book.id, **_totals(responses), "responses": responses}

        return self._write(parts[0], work)

    def _sheets_copy_to(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        source = self.open(parts[0], write=False).tab(int(parts[1]))
        if source is None:
            raise ApiError(404, "Requested entity was not found.", "notFound")
        target = self.open(body.get("destinationSpreadsheetId") or "", write=True)
        made = copied_tab(source, self.drive.idents.number(), copy_title(target, source))
        target.tabs.append(made)
        target.renumber()
        self.changed(target)
        return made.properties

    def _developer_metadata_search(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        return metadata.search(self.open(parts[0], write=False), body.get("dataFilters") or [])

    def _developer_metadata_get(
        self, parts: list[str], request: Request, body: Json, mask: Mask | None
    ) -> Json:
        for held in self.open(parts[0], write=False).metadata:
            if held["metadataId"] == int(parts[1]):
                return held
        raise ApiError(404, f"No developer metadata with id: {parts[1]}", "notFound")


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), name)


def _totals(responses: list[Json]) -> Json:
    rows = sum(r.get("updatedRows", 0) for r in responses)
    columns = max((r.get("updatedColumns", 0) for r in responses), default=0)
    cells = sum(r.get("updatedCells", 0) for r in responses)
    sheets = len({r["updatedRange"].rsplit("!", 1)[0] for r in responses})
    keys = ("totalUpdatedRows", "totalUpdatedColumns", "totalUpdatedCells", "totalUpdatedSheets")
    return {k: v for k, v in zip(keys, (rows, columns, cells, sheets), strict=True) if v}


def _body(request: Request) -> Any:
    if not request.body.strip():
        return {}
    try:
        return json.loads(request.body)
    except ValueError:
        raise ApiError(
            400,
            "Invalid JSON payload received. Parsing terminated before end of input.\n",
            "badRequest",
        ) from None
