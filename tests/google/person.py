"""A person at the browser: everything the owner of the files and of the Sheet may do."""

from __future__ import annotations

from typing import Any

from tests.google import batch
from tests.google.cell_text import Locale
from tests.google.core import Core
from tests.google.drive_state import FOLDER, PERSON, SHEET, SHORTCUT, File, permission
from tests.google.grid import Book, Json, Tab, new_tab
from tests.google.sheet_values import Evaluator
from tests.google.values_api import grow, write_cell


class Person:
    """Acts on the core directly: nothing here is a call that the tool made.

    Tabs are named by title, rows and columns counted from 0. Where a server is running,
    hold its `lock` around these calls.
    """

    def __init__(self, core: Core) -> None:
        self.core = core
        self.drive = core.drive

    # --- Drive ----------------------------------------------------------------------

    def file(self, file_id: str) -> File:
        return self.drive.files[file_id]

    def add_folder(self, name: str, parent: str | None = None, file_id: str | None = None) -> str:
        return self.add_file(name, parent, mime=FOLDER, file_id=file_id)

    def add_file(
        self,
        name: str,
        parent: str | None = None,
        content: bytes | None = None,
        mime: str = "application/octet-stream",
        file_id: str | None = None,
        target: str | None = None,
        text: str | None = None,
        exports: dict[str, bytes] | None = None,
    ) -> str:
        """A new item; a native one takes `text`, or what each of its `exports` gives."""
        from tests.google.exports import plain_text

        now = self.drive.clock.tick()
        native = mime.startswith("application/vnd.google-apps.")
        made = File(
            file_id or self.drive.idents.file(native and mime not in (FOLDER, SHORTCUT)),
            name,
            mime,
            parent or self.drive.person_root,
            now,
            now,
            owner=PERSON,
            target=target,
        )
        if not native:
            self.drive.set_content(made, content or b"")
        made.exports.update(exports or {})
        if text is not None:
            made.exports["text/plain"] = plain_text(text)
        if target and target in self.drive.files:
            made.extra["targetMimeType"] = self.drive.files[target].mime
        if made.parent == self.drive.person_root:
            self._share_with_tool(made)
        return self.drive.add(made).id

    def _share_with_tool(self, file: File) -> None:
        from tests.google.drive_state import ME

        file.shared_with_me = True
        role = "writer" if file.mime == SHEET else "reader"
        file.can_edit = role == "writer"
        file.permissions["tool"] = permission("tool", "user", role, ME)

    def add_shortcut(self, name: str, parent: str | None, target: str) -> str:
        return self.add_file(name, parent, mime=SHORTCUT, target=target)

    def rename(self, file_id: str, name: str) -> None:
        self.file(file_id).name = name
        self.drive.note(file_id)

    def move(self, file_id: str, parent: str | None) -> None:
        """To another folder; None takes it to the person's own root, out of reach."""
        self.drive.move(self.file(file_id), parent or self.drive.person_root)

    def trash(self, file_id: str) -> None:
        self.file(file_id).trashed = True
        self.drive.note(file_id)

    def restore(self, file_id: str) -> None:
        self.file(file_id).trashed = False
        self.drive.note(file_id)

    def delete(self, file_id: str) -> None:
        self.drive.delete(self.file(file_id))

    def replace_content(self, file_id: str, content: bytes) -> None:
        self.drive.set_content(self.file(file_id), content)
        self.drive.touch(self.file(file_id))

    def rewrite(self, file_id: str, text: str) -> None:
        """New text in a native document."""
        from tests.google.exports import plain_text

        self.file(file_id).exports = {"text/plain": plain_text(text)}
        self.drive.touch(self.file(file_id))

    def take_away(self, file_id: str) -> None:
        """Access lost: for the tool it is as if the item were deleted."""
        self.file(file_id).denied = True
        self.drive.note(file_id, removed=True)

    def give_back(self, file_id: str) -> None:
        self.file(file_id).denied = False
        self.drive.note(file_id)

    def share_with_anyone(self, file_id: str, role: str = "reader") -> None:
        held = permission("anyoneWithLink", "anyone", role)
        self.file(file_id).permissions["anyoneWithLink"] = held
        self.drive.note(file_id)

    def unshare(self, file_id: str) -> None:
        self.file(file_id).permissions.pop("anyoneWithLink", None)
        self.drive.note(file_id)

    def require_key(self, file_id: str, key: str = "0-llave") -> str:
        """The item answers 404 to whoever does not send its resource key."""
        self.file(file_id).resource_key = key
        self.file(file_id).extra["needs_key"] = True
        return key

    # --- Sheets ---------------------------------------------------------------------

    def create_sheet(
        self,
        title: str,
        tabs: dict[str, list[list[Any]]] | None = None,
        parent: str | None = None,
        locale: str = "es_CO",
        file_id: str | None = None,
    ) -> str:
        """A Sheet of the person, shared with the tool as editor."""
        made = self.add_file(title, parent, mime=SHEET, file_id=file_id)
        book = self.core.sheets.new(self.file(made), locale=locale, time_zone="America/Bogota")
        if tabs:
            book.tabs = []
            for index, (name, rows) in enumerate(tabs.items()):
                number = 0 if index == 0 else self.drive.idents.number()
                book.tabs.append(new_tab(number, name, index))
                self.write(made, name, rows)
        return made

    def book(self, book_id: str) -> Book:
        return self.core.sheets.books[book_id]

    def tab(self, book_id: str, title: str) -> Tab:
        found = self.book(book_id).titled(title)
        if found is None:
            raise KeyError(f"no tab {title!r}; there are {self.tabs(book_id)}")
        return found

    def tabs(self, book_id: str) -> list[str]:
        return [tab.title for tab in self.book(book_id).tabs]

    def values(self, book_id: str, title: str) -> list[list[str]]:
        """What the person reads on the screen, without trailing blanks."""
        tab, evaluator = self.tab(book_id, title), Evaluator(self.book(book_id))
        rows: list[list[str]] = []
        for row in range(tab.last_row()):
            width = max((c + 1 for c, cell in tab.rows[row].items() if cell.value), default=0)
            rows.append([evaluator.text(tab, row, column) for column in range(width)])
        return rows

    def edit(self, book_id: str, title: str, row: int, column: int, value: Any) -> None:
        """Type into one cell, as USER_ENTERED does; '' empties it."""
        tab = self.tab(book_id, title)
        grow(tab, row + 1, column + 1)
        locale = Locale.of(self.book(book_id).properties["locale"])
        write_cell(tab, row, column, value, "USER_ENTERED", locale)
        self._changed(book_id)

    def write(
        self, book_id: str, title: str, rows: list[list[Any]], row: int = 0, column: int = 0
    ) -> None:
        """Paste a block: texts stay texts (see `edit` to type)."""
        tab = self.tab(book_id, title)
        locale = Locale.of(self.book(book_id).properties["locale"])
        for r, line in enumerate(rows):
            grow(tab, row + r + 1, column + len(line))
            for c, value in enumerate(line):
                write_cell(tab, row + r, column + c, value, "RAW", locale)
        self._changed(book_id)

    def _changed(self, book_id: str) -> None:
        self.core.sheets.changed(self.book(book_id))

    def do(self, book_id: str, kind: str, **body: Any) -> Json:
        """Any batchUpdate request, by the person's hand."""
        book = self.book(book_id)
        done, replies = batch.run(
            book, self.core.sheets.title(book), [{kind: body}], self.drive.idents
        )
        self.core.sheets.books[book_id] = done.book
        self.file(book_id).name = done.title
        self._changed(book_id)
        reply: Json = replies[0].get(kind, {})
        return reply

    def _span(self, book_id: str, title: str, dimension: str, start: int, count: int) -> Json:
        tab = self.tab(book_id, title)
        return {
            "sheetId": tab.id,
            "dimension": dimension,
            "startIndex": start,
            "endIndex": start + count,
        }

    def sort(
        self, book_id: str, title: str, column: int, descending: bool = False, header: int = 1
    ) -> None:
        """Sort everything below the header, whole rows."""
        span = {"sheetId": self.tab(book_id, title).id, "startRowIndex": header}
        order = "DESCENDING" if descending else "ASCENDING"
        self.do(
            book_id,
            "sortRange",
            range=span,
            sortSpecs=[{"dimensionIndex": column, "sortOrder": order}],
        )

    def insert_rows(self, book_id: str, title: str, at: int, count: int = 1) -> None:
        self._insert(book_id, title, "ROWS", at, count)

    def insert_columns(self, book_id: str, title: str, at: int, count: int = 1) -> None:
        self._insert(book_id, title, "COLUMNS", at, count)

    def _insert(self, book_id: str, title: str, dimension: str, at: int, count: int) -> None:
        """Before what is at `at`; behind the last, as the page does, like the last."""
        behind = at == self.tab(book_id, title).count(dimension)
        span = self._span(book_id, title, dimension, at, count)
        self.do(book_id, "insertDimension", range=span, inheritFromBefore=behind)

    def delete_rows(self, book_id: str, title: str, at: int, count: int = 1) -> None:
        self.do(book_id, "deleteDimension", range=self._span(book_id, title, "ROWS", at, count))

    def delete_columns(self, book_id: str, title: str, at: int, count: int = 1) -> None:
        self.do(book_id, "deleteDimension", range=self._span(book_id, title, "COLUMNS", at, count))

    def move_column(self, book_id: str, title: str, source: int, to: int) -> None:
        """To before the column that is now at `to`."""
        span = self._span(book_id, title, "COLUMNS", source, 1)
        self.do(book_id, "moveDimension", source=span, destinationIndex=to)

    def move_row(self, book_id: str, title: str, source: int, to: int) -> None:
        span = self._span(book_id, title, "ROWS", source, 1)
        self.do(book_id, "moveDimension", source=span, destinationIndex=to)

    def protect(self, book_id: str, title: str) -> None:
        """Nobody but she may change the tab from now on."""
        span = {"sheetId": self.tab(book_id, title).id}
        self.do(book_id, "addProtectedRange", protectedRange={"range": span})
        held = self.tab(book_id, title).items("protectedRanges")[-1]
        held["requestingUserCanEdit"] = False

    def rename_tab(self, book_id: str, title: str, new: str) -> None:
        held = {"sheetId": self.tab(book_id, title).id, "title": new}
        self.do(book_id, "updateSheetProperties", properties=held, fields="title")

    def add_tab(self, book_id: str, title: str) -> None:
        self.do(book_id, "addSheet", properties={"title": title})

    def delete_tab(self, book_id: str, title: str) -> None:
        self.do(book_id, "deleteSheet", sheetId=self.tab(book_id, title).id)

    def clear(self, book_id: str, title: str) -> None:
        tab = self.tab(book_id, title)
        self.do(book_id, "updateCells", range={"sheetId": tab.id}, fields="userEnteredValue")
