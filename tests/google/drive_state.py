"""What Drive holds: files, shared drives, permissions, the log of changes, and their indexes."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.google.idents import Clock, Idents

Json = dict[str, Any]
Bytes = bytes | Callable[[], bytes]

NATIVE = "application/vnd.google-apps."
FOLDER = NATIVE + "folder"
SHORTCUT = NATIVE + "shortcut"
SHEET = NATIVE + "spreadsheet"
DOC = NATIVE + "document"
SLIDES = NATIVE + "presentation"
FORM = NATIVE + "form"
ME = "servicio@proyecto-de-pruebas.iam.gserviceaccount.com"
PERSON = "ana@alcaldia.example"


@dataclass
class File:
    """One item; times are RFC 3339 UTC, so that they sort as text."""

    id: str
    name: str
    mime: str
    parent: str | None
    created: str
    modified: str
    drive: str | None = None
    owner: str = ME
    content: Bytes | None = None
    size: int | None = None
    md5: str | None = None
    trashed: bool = False  # explicitly: the inherited state is computed
    target: str | None = None
    resource_key: str | None = None
    denied: bool = False  # the caller has no access (inherited by what is below)
    can_edit: bool = True
    shared_with_me: bool = False
    version: int = 1
    head: str | None = None
    permissions: dict[str, Json] = field(default_factory=dict)
    exports: dict[str, Bytes] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)

    @property
    def is_folder(self) -> bool:
        return self.mime == FOLDER

    @property
    def is_native(self) -> bool:
        return self.mime.startswith(NATIVE)

    def data(self) -> bytes:
        held = self.content() if callable(self.content) else self.content
        return held or b""


@dataclass
class Change:
    """One entry of the log; the newest entry of a file hides its older ones."""

    seq: int
    file_id: str
    time: str
    drive: str | None
    removed: bool


class SortedIds:
    """Ids ordered by a text key, newest first when walked; built for slices of time."""

    def __init__(self) -> None:
        self._keys: list[tuple[str, str]] = []

    def add(self, key: str, file_id: str) -> None:
        if not self._keys or (key, file_id) > self._keys[-1]:
            self._keys.append((key, file_id))
        else:
            bisect.insort(self._keys, (key, file_id))

    def remove(self, key: str, file_id: str) -> None:
        at = bisect.bisect_left(self._keys, (key, file_id))
        if at < len(self._keys) and self._keys[at] == (key, file_id):
            del self._keys[at]

    def walk(
        self, low: str, high: str, before: tuple[str, str] | None
    ) -> Iterator[tuple[str, str]]:
        """Entries with low <= key <= high, newest first, after the entry `before`."""
        end = bisect.bisect_right(self._keys, (high, "\uffff"))
        if before is not None:
            end = min(end, bisect.bisect_left(self._keys, before))
        start = bisect.bisect_left(self._keys, (low, ""))
        for at in range(end - 1, start - 1, -1):
            yield self._keys[at]


class Drive:
    """The files of everybody, as one caller may see them."""

    def __init__(self, idents: Idents, clock: Clock) -> None:
        self.idents = idents
        self.clock = clock
        self.files: dict[str, File] = {}
        self.children: dict[str, dict[str, None]] = {}
        self.by_created = SortedIds()
        self.by_modified = SortedIds()
        self.drives: dict[str, Json] = {}
        self.log: list[Change] = []
        self.latest: dict[str, int] = {}
        self.removed_drive: dict[str, str | None] = {}
        self._lines: dict[str | None, tuple[bool, bool, bool]] = {}
        self.root = idents.drive()
        self.person_root = idents.drive()
        for root, owner in ((self.root, ME), (self.person_root, PERSON)):
            self.files[root] = File(
                root, "My Drive", FOLDER, None, clock.now(), clock.now(), owner=owner
            )

    # --- building -----------------------------------------------------------------

    def add(self, file: File, log: bool = True) -> File:
        if file.id in self.files:
            raise ValueError(f"id already used: {file.id}")
        if file.parent and (parent := self.files.get(file.parent)):
            file.drive = parent.drive
            file.can_edit = file.can_edit and parent.can_edit
            if file.owner == ME and parent.owner != ME and not parent.drive:
                file.permissions.setdefault("own", permission("own", "user", "owner", ME))
        self.files[file.id] = file
        self._index(file)
        if file.parent:
            self.children.setdefault(file.parent, {})[file.id] = None
        if log:
            self.note(file.id)
        return file

    def add_drive(self, name: str, drive_id: str | None = None) -> str:
        drive_id = drive_id or self.idents.drive()
        now = self.clock.tick()
        self.drives[drive_id] = {"id": drive_id, "name": name, "createdTime": now}
        self.files[drive_id] = File(drive_id, "Drive", FOLDER, None, now, now, drive=drive_id)
        return drive_id

    def _index(self, file: File) -> None:
        self.by_created.add(file.created, file.id)
        self.by_modified.add(file.modified, file.id)

    def set_content(self, file: File, content: bytes) -> None:
        file.content = content
        file.size = len(content)
        file.md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        file.head = self.idents.word(50)

    # --- changing -----------------------------------------------------------------

    def touch(self, file: File, modified: str | None = None) -> None:
        """A change of content or metadata: new version, new time, one entry in the log."""
        self.by_modified.remove(file.modified, file.id)
        file.modified = modified or self.clock.tick()
        self.by_modified.add(file.modified, file.id)
        self.note(file.id)

    def note(self, file_id: str, removed: bool = False) -> None:
        """Log a change (moves, renames and trash leave `modifiedTime` alone)."""
        self.forget_lines()
        seq = len(self.log) + 1
        file = self.files.get(file_id)
        if file:
            file.version += 1
        drive = file.drive if file else self.removed_drive.get(file_id)
        self.log.append(Change(seq, file_id, self.clock.tick(), drive, removed))
        self.latest[file_id] = seq

    def move(self, file: File, parent: str | None) -> None:
        if file.parent:
            self.children.get(file.parent, {}).pop(file.id, None)
        file.parent = parent
        if parent:
            self.children.setdefault(parent, {})[file.id] = None
            self._adopt(file, self.files[parent].drive)
        self.note(file.id)

    def _adopt(self, file: File, drive: str | None) -> None:
        if file.drive == drive:
            return
        file.drive = drive
        for child in self.children.get(file.id, {}):
            self._adopt(self.files[child], drive)

    def delete(self, file: File) -> None:
        """Gone for good, with everything below; each one is a removed change."""
        for child in list(self.children.get(file.id, {})):
            self.delete(self.files[child])
        if file.parent:
            self.children.get(file.parent, {}).pop(file.id, None)
        self.by_created.remove(file.created, file.id)
        self.by_modified.remove(file.modified, file.id)
        self.removed_drive[file.id] = file.drive
        del self.files[file.id]
        self.note(file.id, removed=True)

    # --- seeing -------------------------------------------------------------------

    def ancestors(self, file: File) -> Iterator[File]:
        seen = {file.id}
        at = file.parent
        while at and at not in seen and (parent := self.files.get(at)):
            seen.add(at)
            yield parent
            at = parent.parent

    def inherited(self, file_id: str | None) -> tuple[bool, bool, bool]:
        """(trashed, denied, shared) of a folder and all above it."""
        if file_id not in self._lines:
            self._lines[file_id] = (False, False, False)  # a cycle of parents ends here
            if file_id and (file := self.files.get(file_id)):
                above = self.inherited(file.parent)
                own = (file.trashed, file.denied, file.shared_with_me)
                self._lines[file_id] = (own[0] or above[0], own[1] or above[1], own[2] or above[2])
        return self._lines[file_id]

    def forget_lines(self) -> None:
        """What is inherited is kept for one call, so that a long page walks each folder once."""
        self._lines.clear()

    def is_trashed(self, file: File) -> bool:
        return file.trashed or self.inherited(file.parent)[0]

    def is_readable(self, file: File) -> bool:
        """One's own files, shared drives, and what lies in a folder that a person shared."""
        _, denied, shared = self.inherited(file.parent)
        if file.denied or denied:
            return False
        return file.drive is not None or file.owner == ME or file.shared_with_me or shared

    def visible_parent(self, file: File) -> str | None:
        parent = self.files.get(file.parent) if file.parent else None
        return parent.id if parent and self.is_readable(parent) else None

    def resolve(self, file_id: str) -> str:
        return self.root if file_id == "root" else file_id

    def anyone(self, file: File) -> list[Json]:
        """Permissions that reach everybody with the link, inherited ones included."""
        found = [p for p in file.permissions.values() if p["type"] == "anyone"]
        for parent in self.ancestors(file):
            found += [p for p in parent.permissions.values() if p["type"] == "anyone"]
        return found


def permission(pid: str, kind: str, role: str, email: str = "", **more: Any) -> Json:
    held: Json = {"id": pid, "type": kind, "role": role, **more}
    if email:
        held["emailAddress"] = email
        held["displayName"] = email.split("@", maxsplit=1)[0]
    if kind == "anyone":
        held.setdefault("allowFileDiscovery", False)
    return held
