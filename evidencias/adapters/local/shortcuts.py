"""Where Windows shortcuts and Drive for Desktop stubs point, read without any system service."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from evidencias.adapters.local import names
from evidencias.domain.model import EvidenceFile

MAX_BYTES = 1_000_000
_DRIVE_ID = re.compile(
    r"https?://(?:drive|docs)\.google\.com(?=/)[^\s\"'\0]*?(?:[?&]id=|/d/|/folders/)([\w-]{10,})"
)
_WINDOWS_PATH = re.compile(r"(?:[A-Za-z]:\\|\\\\[^\\\0]+\\)[^\0-\x1f\"<>|*?]{1,400}")
_URL_LINE = re.compile(r"^URL=(.+)$|<string>(.+?)</string>", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a shortcut names: a Drive id ("" if none), an address, and whether it is surely gone."""

    drive_id: str = ""
    url: str = ""
    broken: bool = False


def shortcut(data: bytes) -> Target:
    """The target of a .lnk, .url or .webloc file, best effort."""
    written = _texts(data)
    found = _DRIVE_ID.search(written)
    if found:
        return Target(found[1], found[0])
    address = _URL_LINE.search(written)
    if address:
        return Target(url=(address[1] or address[2]).strip())
    return Target(broken=_gone(written))


def _texts(data: bytes) -> str:
    """A .lnk keeps its texts in the Windows code page, in UTF-16, or in both, at any offset."""
    return "\n".join(
        (
            data.decode("cp1252", "replace"),
            data.decode("utf-16-le", "replace"),
            data[1:].decode("utf-16-le", "replace"),
        )
    )


def _gone(written: str) -> bool:
    """Only a path whose drive is here and whose folder can be seen proves that nothing is there."""
    found = _WINDOWS_PATH.search(written)
    if not found:
        return False
    path = Path(found[0])
    try:
        return bool(path.drive) and path.parent.is_dir() and not path.exists()
    except OSError:
        return False


def stub_url(ending: str, data: bytes) -> tuple[str, str]:
    """(Drive id, address) that a stub of this ending (gdoc, gsheet…) names, else ""."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(content, dict):
        return "", ""
    document = content.get("doc_id") or ""
    address = content.get("url") or ""
    if not isinstance(document, str) or not isinstance(address, str):
        return "", ""
    if not document:
        found = _DRIVE_ID.search(address)
        document = found[1] if found else ""
    kind = names.STUBS[ending][0]
    if document and re.fullmatch(r"[\w-]+", document):
        return document, f"https://docs.google.com/{kind}/d/{document}/edit"
    return "", address if address.startswith("https://") else ""


def completed(file: EvidenceFile, path: Path) -> EvidenceFile:
    """Completes stubs of Google documents and shortcuts from their few bytes."""
    ending = names.ending(file.name)
    if ending not in names.STUBS and ending not in names.SHORTCUTS:
        return file
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES)
    except OSError:
        data = b""
    if ending in names.SHORTCUTS:
        target = shortcut(data)
        return replace(file, shortcut_target=target.drive_id, broken=target.broken)
    return _native(file, ending, data)


def _native(file: EvidenceFile, ending: str, data: bytes) -> EvidenceFile:
    """A Google document: its fingerprint is its id, for the stub's bytes are Drive's to change."""
    document, address = stub_url(ending, data)
    mark = hashlib.md5(document.encode(), usedforsecurity=False).hexdigest() if document else ""
    return replace(
        file,
        mime=names.STUBS[ending][1],
        native=True,
        size=None,
        md5=mark,
        sha256="",
        url=address or file.url,
    )
