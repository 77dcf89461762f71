"""What a disk says of one file or folder: dates, links, fingerprints, long paths of Windows."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evidencias.adapters.local import names

_CHUNK = 1 << 20
_EXTENDED = "\\\\?\\"  # how Windows writes a path that may pass 260 characters
# Windows: reading such a file would download it (Drive for Desktop, OneDrive).
_ONLINE_ONLY = stat.FILE_ATTRIBUTE_OFFLINE | 0x00400000 | 0x00040000


@dataclass(frozen=True, slots=True)
class Hashes:
    """The fingerprints of one file's bytes, in hexadecimal."""

    md5: str
    sha256: str


def digest(path: Path) -> Hashes:
    """The fingerprints of a file, read in pieces. Raises OSError."""
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            md5.update(chunk)
            sha256.update(chunk)
    return Hashes(md5.hexdigest(), sha256.hexdigest())


def extended(root: Path) -> Path:
    """The absolute root; on Windows in the form that has no limit of length."""
    whole = os.path.abspath(root)  # noqa: PTH100 - resolve() would follow a link
    if os.name != "nt" or whole.startswith(_EXTENDED):
        return Path(whole)
    return Path(_EXTENDED + (f"UNC\\{whole[2:]}" if whole.startswith("\\\\") else whole))


def within(path: Path, other: Path) -> bool:
    """Whether a path, its links followed, lies in the other or is it."""
    return path.resolve().is_relative_to(other.resolve())


def shown(path: Path) -> str:
    """A path as it can be shown."""
    return names.readable(str(path).removeprefix(_EXTENDED))


def is_link(entry: os.DirEntry[str]) -> bool:
    """A symbolic link, or on Windows a junction (which `is_symlink` does not tell)."""
    if entry.is_symlink():
        return True
    about = entry.stat(follow_symlinks=False)
    return getattr(about, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def link_reason(path: Path, root: Path, folder: bool) -> str | None:
    """Why a link is not followed; a link to a file of the same folder stays, as a shortcut."""
    if not within(path, root):
        return "enlace que sale de la carpeta; no se siguió"
    return "enlace a otra carpeta de la misma evidencia, que se lee en su lugar" if folder else None


def is_online_only(about: os.stat_result) -> bool:
    """Whether reading the bytes would download them; only Windows says so."""
    return bool(getattr(about, "st_file_attributes", 0) & _ONLINE_ONLY)


def birth(about: os.stat_result) -> datetime | None:
    """When the file was made here; Linux does not tell Python."""
    born: float | None = getattr(about, "st_birthtime", None)
    if born is None and sys.platform == "win32":
        born = about.st_ctime
    return None if born is None else moment(born)


def moment(seconds: float) -> datetime | None:
    """Seconds since 1970 as an aware moment; None for a date no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def uri(path: Path) -> str:
    """The address that opens a local path."""
    shown = str(path).removeprefix(_EXTENDED)
    return Path(shown).as_uri()
