"""The Drive API: which operation a path names, and what it does to the files."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from tests.google import drive_changes, drive_files, drive_media, drive_write, exports
from tests.google.checks import check_body
from tests.google.drive_state import SHEET, Drive, File
from tests.google.drive_v2 import v2_file
from tests.google.grid import Json, Tab, new_tab
from tests.google.quirks import Quirks
from tests.google.sheet_values import Evaluator
from tests.google.sheets_service import Sheets
from tests.google.wire import ApiError, Request, Response, answer, empty

_F = r"/drive/v[23]/files"
_UP = r"/upload/drive/v3/files"
ROUTES: list[tuple[str, re.Pattern[str], str]] = [
    ("GET", re.compile(_F), "drive.files.list"),
    ("POST", re.compile(_F), "drive.files.create"),
    ("GET", re.compile(_F + r"/generateIds"), "drive.files.generateIds"),
    ("GET", re.compile(_F + r"/([^/]+)"), "drive.files.get"),
    ("PATCH", re.compile(_F + r"/([^/]+)"), "drive.files.update"),
    ("DELETE", re.compile(_F + r"/([^/]+)"), "drive.files.delete"),
    ("POST", re.compile(_F + r"/([^/]+)/copy"), "drive.files.copy"),
    ("GET", re.compile(_F + r"/([^/]+)/export"), "drive.files.export"),
    ("GET", re.compile(_F + r"/([^/]+)/comments"), "drive.comments.list"),
    ("GET", re.compile(_F + r"/([^/]+)/permissions"), "drive.permissions.list"),
    ("POST", re.compile(_F + r"/([^/]+)/permissions"), "drive.permissions.create"),
    ("GET", re.compile(_F + r"/([^/]+)/permissions/([^/]+)"), "drive.permissions.get"),
    ("PATCH", re.compile(_F + r"/([^/]+)/permissions/([^/]+)"), "drive.permissions.update"),
    ("DELETE", re.compile(_F + r"/([^/]+)/permissions/([^/]+)"), "drive.permissions.delete"),
    ("POST", re.compile(_UP), "drive.files.create"),
    ("PUT", re.compile(_UP), "drive.files.create"),
    ("PATCH", re.compile(_UP + r"/([^/]+)"), "drive.files.update"),
    ("PUT", re.compile(_UP + r"/([^/]+)"), "drive.files.update"),
    ("PUT", re.compile(r"/upload/drive/v2/files/([^/]+)"), "drive.v2.files.update"),
    ("GET", re.compile(r"/drive/v3/drives"), "drive.drives.list"),
    ("GET", re.compile(r"/drive/v3/drives/([^/]+)"), "drive.drives.get"),
    ("GET", re.compile(r"/drive/v3/changes/startPageToken"), "drive.changes.getStartPageToken"),
    ("GET", re.compile(r"/drive/v3/changes"), "drive.changes.list"),
    ("GET", re.compile(r"/drive/v3/about"), "drive.about.get"),
]


class DriveService:
    """Operations on files, over the state and next to the books of Sheets."""

    def __init__(self, drive: Drive, sheets: Sheets, strict: bool) -> None:
        self.drive = drive
        self.sheets = sheets
        self.strict = strict
        self.uploads = drive_media.Uploads(drive)

    def handle(
        self, operation: str, parts: list[str], request: Request, quirks: Quirks, epoch: int
    ) -> Response:
        drive = self.drive
        if operation == "drive.files.list":
            return answer(drive_files.Listing(drive, request, quirks, epoch).answer())
        if operation == "drive.changes.list":
            return answer(drive_changes.list_changes(drive, request, quirks, epoch))
        if operation == "drive.changes.getStartPageToken":
            return answer(drive_changes.start_token(drive, request, quirks))
        if operation == "drive.about.get":
            return answer(drive_write.about(request))
        if operation == "drive.drives.list":
            return answer(drive_write.list_drives(drive, request))
        if operation == "drive.drives.get":
            return answer(drive_write.show_drive(drive, request, parts[0]))
        if operation == "drive.files.generateIds":
            count = int(request.query.get("count") or 10)
            ids = [drive.idents.file() for _ in range(count)]
            return answer({"kind": "drive#generatedIds", "space": "drive", "ids": ids})
        if request.path.startswith("/upload/"):
            return self._upload(operation, parts, request, quirks)
        if operation == "drive.files.create":
            body = self._metadata(operation, request)
            return answer(self._shown(request, self._created(request, body, quirks)))
        file = drive_files.lookup(drive, request, parts[0])
        if operation.startswith("drive.permissions."):
            return self._permissions(operation.rsplit(".", 1)[1], file, parts, request)
        return self._on_file(operation, file, request, quirks)

    def _metadata(self, operation: str, request: Request) -> Json:
        body = drive_media.read_json(request)
        check_body("drive", operation, body, self.strict)
        return body

    def _shown(self, request: Request, file: File) -> Json:
        return drive_write.shown(self.drive, request, file)

    def _created(self, request: Request, body: Json, quirks: Quirks) -> File:
        file = drive_write.create(self.drive, request, body, quirks)
        if file.mime == SHEET:
            self.sheets.new(file)
        return file

    def _on_file(self, operation: str, file: File, request: Request, quirks: Quirks) -> Response:
        if operation == "drive.files.get":
            if request.query.get("alt") == "media":
                return drive_media.download(file, request)
            return answer(self._shown(request, file))
        if operation == "drive.files.export":
            wanted = request.query.get("mimeType") or ""
            return Response(
                200,
                exports.export(self.drive, file, wanted, self._tabs(file, wanted == exports.XLSX)),
                wanted,
            )
        if operation == "drive.files.update":
            body = self._metadata(operation, request)
            return answer(self._shown(request, drive_write.update(self.drive, request, file, body)))
        if operation == "drive.files.copy":
            body = self._metadata(operation, request)
            made = drive_write.copy(self.drive, request, file, body, quirks)
            if made.mime == SHEET:
                source = self.sheets.books[file.id].clone()
                source.id = made.id
                self.sheets.books[made.id] = source
            return answer(self._shown(request, made))
        if operation == "drive.files.delete":
            drive_write.delete(self.drive, file)
            return empty()
        if operation == "drive.comments.list":
            return answer(_comments(request))
        raise ApiError(501, f"The stand-in does not know {operation}.", "notImplemented")

    def _permissions(self, name: str, file: File, parts: list[str], request: Request) -> Response:
        drive = self.drive
        if name == "list":
            return answer(drive_write.list_permissions(drive, request, file))
        if name == "get":
            return answer(drive_write.get_permission(drive, request, file, parts[1]))
        if name == "delete":
            drive_write.delete_permission(drive, request, file, parts[1])
            return empty()
        body = self._metadata(f"drive.permissions.{name}", request)
        if name == "create":
            return answer(drive_write.create_permission(drive, request, file, body))
        return answer(drive_write.update_permission(drive, request, file, parts[1], body))

    def _tabs(self, file: File, typed: bool) -> list[exports.Table]:
        """The cells of a spreadsheet: as seen, or (`typed`) plain numbers as numbers."""
        book = self.sheets.books.get(file.id)
        return [(t.title, _cells(Evaluator(book), t, typed)) for t in book.tabs] if book else []

    # --- uploads --------------------------------------------------------------------

    def _upload(
        self, operation: str, parts: list[str], request: Request, quirks: Quirks
    ) -> Response:
        kind = request.query.get("uploadType")
        target = parts[0] if parts else None
        if operation == "drive.v2.files.update":
            return answer(self._import_csv(request, parts[0]))
        if kind == "resumable" and request.query.get("upload_id"):
            session, response = self.uploads.feed(request)
            if session is None:
                return response
            return self._finish(
                request,
                session["file"],
                session["metadata"],
                session["mime"],
                session["data"],
                quirks,
            )
        if kind == "resumable":
            return self.uploads.open(request, target, drive_media.read_json(request))
        if kind == "multipart":
            metadata, mime, content = drive_media.read_multipart(request)
            return self._finish(request, target, metadata, mime, content, quirks)
        return self._finish(
            request, target, {}, request.header("content-type"), request.body, quirks
        )

    def _finish(
        self,
        request: Request,
        target: str | None,
        metadata: Json,
        mime: str,
        content: bytes,
        quirks: Quirks,
    ) -> Response:
        if target is None:
            named = {
                "mimeType": mime or None,
                **{k: v for k, v in metadata.items() if v is not None},
            }
            file = self._created(request, named, quirks)
        else:
            file = drive_files.lookup(self.drive, request, target)
            drive_write.update(self.drive, request, file, metadata)
            if not metadata.get("modifiedTime"):
                self.drive.touch(file)
        if file.mime == SHEET:
            self._fill(file, content)
        elif not file.is_native:
            self.drive.set_content(file, content)
        return answer(self._shown(request, file))

    def _fill(self, file: File, content: bytes) -> None:
        """A CSV becomes the only tab, named after the file."""
        from tests.google.cell_text import Locale
        from tests.google.values_api import write_cell

        tab = new_tab(self.drive.idents.number(), file.name, 0)
        locale = Locale.of("en_US")
        for r, row in enumerate(csv.reader(io.StringIO(content.decode("utf-8-sig")))):
            for c, text in enumerate(row):
                write_cell(tab, r, c, text, "USER_ENTERED", locale)
        self.sheets.new(file, [tab], time_zone="America/Los_Angeles")

    def _import_csv(self, request: Request, file_id: str) -> Json:
        file = drive_files.lookup(self.drive, request, file_id)
        self._fill(file, request.body)
        self.drive.touch(file)
        return v2_file(self.drive, file)


def _cells(evaluator: Evaluator, tab: Tab, typed: bool) -> list[list[Any]]:
    width = max((column + 1 for _, column, c in tab.used(tab.area) if c.value), default=0)
    show = _typed if typed else Evaluator.text
    return [[show(evaluator, tab, r, c) for c in range(width)] for r in range(tab.last_row())]


def _typed(evaluator: Evaluator, tab: Tab, row: int, column: int) -> Any:
    value = evaluator.value(tab, row, column)
    plain = isinstance(value, int | float) and not evaluator.number_format(tab.cell(row, column))
    return value if plain else evaluator.text(tab, row, column)


def _comments(request: Request) -> Json:
    whole: Json = {"kind": "drive#commentList", "comments": []}
    mask = drive_files.mask_of(request, "CommentList")
    if mask is None:
        raise ApiError(
            400,
            "The 'fields' parameter is required for this method.",
            "required",
            locationType="parameter",
            location="fields",
        )
    return {k: v for k, v in whole.items() if k in mask or "*" in mask}
