"""files.list and files.get: who may see what, pages, slices and their oddities."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tests.google import drive_query
from tests.google.drive_state import Drive, File
from tests.google.drive_view import DEFAULT, view
from tests.google.masks import Mask, check_mask, cut, parse_mask
from tests.google.quirks import Quirks
from tests.google.schemas import named
from tests.google.wire import ApiError, Json, Request, parameter_error


def mask_of(request: Request, schema: str) -> Mask | None:
    """The parsed and checked `fields`, or None where the call names none."""
    text = request.query.get("fields")
    if not text:
        return None
    mask = parse_mask(text)
    check_mask(mask, named("drive", schema))
    return mask


def shaped(drive: Drive, file: File, mask: Mask | None) -> Json:
    """A file under a mask; without one, Google answers five properties."""
    if mask is None:
        return view(drive, file, DEFAULT)
    if "*" in mask:
        return dict(cut(view(drive, file), mask))
    whole = view(drive, file, mask)
    return {name: cut(held, mask[name]) if mask[name] else held for name, held in whole.items()}


def not_found(file_id: str) -> ApiError:
    return ApiError(
        404, f"File not found: {file_id}.", "notFound", locationType="parameter", location="fileId"
    )


def _has_key(request: Request, file: File) -> bool:
    pairs = (pair.strip() for pair in request.header("x-goog-drive-resource-keys").split(","))
    return f"{file.id}/{file.resource_key}" in pairs


def lookup(drive: Drive, request: Request, file_id: str) -> File:
    """The file the caller may see, or the 404 that hides the rest."""
    file = drive.files.get(drive.resolve(file_id))
    if file is None or not drive.is_readable(file):
        raise not_found(file_id)
    if file.drive and not (request.flag("supportsAllDrives") or request.flag("supportsTeamDrives")):
        raise not_found(file_id)
    if file.resource_key and file.extra.get("needs_key") and not _has_key(request, file):
        raise not_found(file_id)
    return file


def get(drive: Drive, request: Request, file_id: str) -> Json:
    file = lookup(drive, request, file_id)
    return shaped(drive, file, mask_of(request, "File"))


# --- list -------------------------------------------------------------------------


def _corpus(drive: Drive, request: Request) -> tuple[str, str]:
    """Which files a list covers: ("user"|"drive"|"allDrives", driveId)."""
    drive_id = request.query.get("driveId") or request.query.get("teamDriveId") or ""
    corpora = request.query.get("corpora") or ("drive" if drive_id else "user")
    if (corpora == "drive") != bool(drive_id):
        raise parameter_error(
            "driveId",
            "The driveId parameter must be specified if and only if corpora is set to drive.",
        )
    if corpora not in ("user", "drive", "allDrives", "domain"):
        raise parameter_error("corpora")
    if corpora in ("drive", "allDrives") and not sees_all_drives(request):
        raise ApiError(
            403,
            "The includeItemsFromAllDrives and supportsAllDrives parameters must be set to true "
            "when driveId is specified or corpora contains drive or allDrives.",
            "includeItemsFromAllDrivesRequired",
        )
    if drive_id and drive_id not in drive.drives:
        raise ApiError(
            404,
            f"Shared drive not found: {drive_id}",
            "notFound",
            locationType="parameter",
            location="driveId",
        )
    return corpora, drive_id


def sees_all_drives(request: Request) -> bool:
    both = ("includeItemsFromAllDrives", "supportsAllDrives")
    old = ("includeTeamDriveItems", "supportsTeamDrives")
    return all(request.flag(a) or request.flag(b) for a, b in zip(both, old, strict=True))


def _page_size(request: Request, quirks: Quirks) -> int:
    text = request.query.get("pageSize") or "100"
    if not text.lstrip("-").isdigit() or not 1 <= int(text) <= 1000:
        raise parameter_error(
            "pageSize",
            f"Invalid value '{text}'. Values must be within the range: [1, 1000]",
            "invalidParameter",
        )
    size = int(text)
    return min(size, quirks.page_cap) if quirks.page_cap else size


def signature(request: Request) -> str:
    """What may not change between two pages."""
    pairs = sorted(p for p in request.pairs if p[0] not in ("pageToken", "pageSize", "fields"))
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:12]


def pack_token(kind: str, **content: Any) -> str:
    return "~!!~" + base64.urlsafe_b64encode(json.dumps([kind, content]).encode()).decode()


def unpack_token(kind: str, text: str) -> Json:
    try:
        held, content = json.loads(base64.urlsafe_b64decode(text.removeprefix("~!!~")))
    except (ValueError, binascii.Error):
        raise parameter_error("pageToken") from None
    if held != kind or not isinstance(content, dict):
        raise parameter_error("pageToken")
    return content


class Listing:
    """One page of files.list."""

    def __init__(self, drive: Drive, request: Request, quirks: Quirks, epoch: int) -> None:
        self.drive, self.request, self.quirks, self.epoch = drive, request, quirks, epoch
        self.corpora, self.drive_id = _corpus(drive, request)
        self.size = _page_size(request, quirks)
        tree = drive_query.parse(request.query.get("q", ""))
        self.plan = drive_query.plan(tree)
        self.test = drive_query.compile_query(tree, drive, _text_of)
        self.all_drives = sees_all_drives(request)
        self.mask = mask_of(request, "FileList")
        self.signature = signature(request)
        self.parents = self._parents()

    def _parents(self) -> list[str] | None:
        """The parents asked for; the OR-parents bug forgets some of them, with a 200."""
        if self.plan.parents is None:
            return None
        parents = [self.drive.resolve(p) for p in self.plan.parents]
        for parent in parents:
            folder = self.drive.files.get(parent)
            if len(parents) == 1 and not self._listable(folder):
                raise not_found("")
        if len(parents) > 1:
            return {"first": parents[:1], "alternate": parents[::2], "none": []}.get(
                self.quirks.partial_or_parents, parents
            )
        return parents

    def _listable(self, folder: File | None) -> bool:
        if folder is None or not self.drive.is_readable(folder):
            return False
        return not folder.drive or self.request.flag("supportsAllDrives") or self.all_drives

    def after(self) -> Json:
        token = self.request.query.get("pageToken")
        if not token:
            return {}
        held = unpack_token("files", token)
        if (
            self.quirks.expired_page_tokens
            or held["e"] != self.epoch
            or held["s"] != self.signature
        ):
            raise parameter_error("pageToken")
        return held

    def visible(self, file: File) -> bool:
        if file.parent is None or not self.drive.is_readable(file):
            return False
        if file.resource_key and file.extra.get("needs_key") and not _has_key(self.request, file):
            return False
        if self.corpora == "drive":
            return file.drive == self.drive_id
        if file.drive and not self.all_drives:
            return False
        if self.plan.parents is None and file.id in self.quirks.flat_misses:
            return False
        # A flat list of the user's corpus does not reach into shared drives.
        return not (file.drive and self.corpora == "user" and self.plan.parents is None)

    def candidates(self, held: Json) -> Iterator[tuple[str, File]]:
        """Files in a stable order (newest first), each with its sort key, after the token."""
        files = self.drive.files
        before = (held["k"], held["i"]) if "k" in held else None
        if self.parents is not None:
            ids = [child for p in self.parents for child in self.drive.children.get(p, {})]
            for key, file_id in sorted(((files[i].created, i) for i in ids), reverse=True):
                if before is None or (key, file_id) < before:
                    yield key, files[file_id]
            return
        index, bounds = self.drive.by_created, self.plan.created
        if self.plan.by_modified:
            index, bounds = self.drive.by_modified, self.plan.modified
        for key, file_id in index.walk(*bounds, before):
            yield key, files[file_id]

    def page(self) -> tuple[list[File], Json | None]:
        held = self.after()
        if order := self.request.query.get("orderBy"):
            return self.ordered(order, held)
        found: list[File] = []
        last = ("", "")
        for key, file in self.candidates(held):
            if not (self.test(file) and self.visible(file)):
                continue
            if len(found) == self.size:
                return found, {"k": last[0], "i": last[1]}
            found.append(file)
            last = (key, file.id)
        return found, None

    def ordered(self, order: str, held: Json) -> tuple[list[File], Json | None]:
        files = [f for _, f in self.candidates({}) if self.test(f) and self.visible(f)]
        for part in reversed(order.split(",")):
            name, _, direction = part.strip().partition(" ")
            if name not in _ORDERS:
                raise parameter_error("orderBy")
            files.sort(key=_ORDERS[name], reverse=direction == "desc")
        start = held.get("o", 0)
        end = start + self.size
        return files[start:end], ({"o": end} if end < len(files) else None)

    def answer(self) -> Json:
        files, following = self.page()
        inner = {} if self.mask is None else self.mask.get("files", self.mask.get("*"))
        file_mask = None if self.mask is None else inner or {"*": None}
        whole: Json = {"kind": "drive#fileList", "incompleteSearch": self.quirks.incomplete_search}
        if following is not None:
            whole["nextPageToken"] = pack_token(
                "files", e=self.epoch, s=self.signature, **following
            )
        if self.mask is None or "files" in self.mask or "*" in self.mask:
            whole["files"] = [shaped(self.drive, f, file_mask) for f in files]
        if self.mask is None:
            return whole
        return {k: v for k, v in whole.items() if k in self.mask or "*" in self.mask}


def _natural(text: str) -> list[tuple[int, int, str]]:
    import re

    parts = re.findall(r"\d+|\D+", text.casefold())
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts]


_ORDERS: dict[str, Any] = {
    "createdTime": lambda f: f.created,
    "modifiedTime": lambda f: f.modified,
    "modifiedByMeTime": lambda f: f.modified,
    "viewedByMeTime": lambda f: f.modified,
    "recency": lambda f: f.modified,
    "sharedWithMeTime": lambda f: f.created,
    "name": lambda f: f.name.casefold(),
    "name_natural": lambda f: _natural(f.name),
    "folder": lambda f: not f.is_folder,
    "quotaBytesUsed": lambda f: f.size or 0,
    "starred": lambda f: not f.extra.get("starred", False),
}


def _text_of(file: File) -> str:
    held = file.exports.get("text/plain", b"")
    return (held() if callable(held) else held).decode("utf-8", "replace")
