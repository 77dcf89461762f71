"""Google addresses as people paste them from the browser, and the addresses the tool shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"
DOCUMENT = "application/vnd.google-apps.document"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
PRESENTATION = "application/vnd.google-apps.presentation"
FORM = "application/vnd.google-apps.form"
DRAWING = "application/vnd.google-apps.drawing"
NATIVE = "application/vnd.google-apps."


class Kind(StrEnum):
    """What an address says it opens; `ANY` when it does not say (`open?id=`, a bare id)."""

    FOLDER = "carpeta"
    FILE = "archivo"
    SPREADSHEET = "hoja de cálculo"
    DOCUMENT = "documento"
    PRESENTATION = "presentación"
    FORM = "formulario"
    ANY = "elemento de Drive"


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing of Google Drive: its id and, for old link-shared items, its resource key."""

    kind: Kind
    id: str
    resource_key: str = ""


_ID = r"([A-Za-z0-9_-]{10,})"
_PATHS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(rf"/folders/{_ID}"), Kind.FOLDER),
    (re.compile(rf"/spreadsheets/(?:.*/)?d/{_ID}"), Kind.SPREADSHEET),
    (re.compile(rf"/document/(?:.*/)?d/{_ID}"), Kind.DOCUMENT),
    (re.compile(rf"/presentation/(?:.*/)?d/{_ID}"), Kind.PRESENTATION),
    (re.compile(rf"/forms/(?:.*/)?d/{_ID}"), Kind.FORM),
    (re.compile(rf"/drawings/(?:.*/)?d/{_ID}"), Kind.FILE),
    (re.compile(rf"/file/(?:.*/)?d/{_ID}"), Kind.FILE),
)
_BARE = re.compile(r"[A-Za-z0-9_-]{15,120}")
_HOSTS = re.compile(r"(?:^|\.)(?:drive|docs|sheets|slides)\.google\.com$", re.IGNORECASE)
_PUBLISHED = re.compile(r"/d/e/")  # "published to the web": not the id of the file


def parse(text: str) -> Ref | None:
    """What a pasted Google address opens, or None when it is no address of one Drive item."""
    text = text.strip().strip("<>\"'«»").strip()
    url = urlsplit(text if "://" in text else f"https://{text}")
    host = (url.hostname or "").lower()
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    if host in ("www.google.com", "google.com") and url.path == "/url":
        return parse(unquote(query.get("q") or query.get("url") or ""))
    if not _HOSTS.search(host) or _PUBLISHED.search(url.path):
        return None
    return _of_path(url.path, query)


def _of_path(path: str, query: dict[str, str]) -> Ref | None:
    key = query.get("resourcekey", "")
    for pattern, kind in _PATHS:
        if found := pattern.search(path):
            return Ref(kind, found[1], key)
    if _BARE.fullmatch(query.get("id", "")):
        return Ref(Kind.FOLDER if path.endswith("folderview") else Kind.ANY, query["id"], key)
    if path.rstrip("/").endswith("/my-drive"):
        return Ref(Kind.FOLDER, "root")
    return None


def parse_id(text: str) -> Ref | None:
    """As `parse`, and a bare id too (a person may paste only that in `Enlace`)."""
    bare = text.strip()
    return Ref(Kind.ANY, bare) if _BARE.fullmatch(bare) else parse(text)


_EDITORS = {
    DOCUMENT: "document",
    SPREADSHEET: "spreadsheets",
    PRESENTATION: "presentation",
    FORM: "forms",
    DRAWING: "drawings",
}


def browser_url(file_id: str, mime: str, resource_key: str = "") -> str:
    """The address that opens an item in the browser; made here, so listings stay narrow."""
    if mime == FOLDER:
        url = f"https://drive.google.com/drive/folders/{file_id}"
    elif mime in _EDITORS:
        url = f"https://docs.google.com/{_EDITORS[mime]}/d/{file_id}/edit"
    else:
        url = f"https://drive.google.com/file/d/{file_id}/view"
    return f"{url}?resourcekey={resource_key}" if resource_key else url
