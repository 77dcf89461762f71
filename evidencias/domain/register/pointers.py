"""What an Enlace typed by a person points at: any Drive URL, an id, or any spelling of a path."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from evidencias.domain.model import EvidenceFile
from evidencias.domain.register.words import visible
from evidencias.domain.text import nfc

_QUOTES = "\"'«»“”‘’ \t\n\r\xa0\u200b"
_WEB = re.compile(r"^https?://", re.IGNORECASE)
_FILE_URL = re.compile(r"^file:/{0,3}(?=[^/])|^file:/{2,}", re.IGNORECASE)
_DRIVE_FOLDER = re.compile(r"/folders/([\w-]+)")
_DRIVE_ID = re.compile(r"/d/(?:e/)?([\w-]{6,})|[?&]id=([\w-]{6,})|/folders/([\w-]{6,})")
_DRIVE_LETTER = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where paths start: what an absolute or a workspace-relative Enlace is measured against.

    `roots` pairs each evidence root's absolute path with the prefix of its files' ids ("" when
    there is one root, "Name/" with several); `base` is the folder of evidencias.toml. All with
    "/", also on Windows ("C:/Users/…"). Empty for a Drive folder.
    """

    roots: tuple[tuple[str, str], ...] = ()
    base: str = ""


NOWHERE = Folders()


@dataclass(frozen=True, slots=True)
class Target:
    """The file an Enlace means, or why it means none: `problem` in Spanish, "" when found."""

    file: str = ""
    problem: str = ""


class FileFinder:
    """Finds the listed file that a text means; built once per reading of the register."""

    def __init__(self, files: Mapping[str, EvidenceFile], folders: Folders = NOWHERE) -> None:
        self.files = files
        self.folders = folders
        self._loose: defaultdict[str, set[str]] = defaultdict(set)
        self._inside: set[str] = set()
        for file in files.values():
            for spelling in {file.id, shown(file.id), file.url} - {""}:
                self._loose[_loosened(spelling)].add(file.id)
            self._inside.update(map(_loosened, _parents(file.id)))

    def find(self, text: str) -> Target:
        """The one file that the text means in some of its spellings."""
        wanted = trimmed(text)
        for spelling in (wanted, *spellings(text, self.folders)):
            if spelling in self.files:
                return Target(spelling)
            found = self._loose.get(_loosened(spelling), set())
            if len(found) == 1:
                return Target(next(iter(found)))
            if len(found) > 1:
                return Target(problem=f"«{wanted}» puede ser {_several(found)}")
        return Target(problem=self._why_not(wanted))

    def _why_not(self, wanted: str) -> str:
        if _DRIVE_FOLDER.search(wanted) or self._is_folder(wanted):
            return f"«{wanted}» es una carpeta; escriba el enlace de un archivo"
        return f"«{wanted}» no está en la carpeta de evidencias"

    def _is_folder(self, wanted: str) -> bool:
        roots = {_loosened(root) for root, _ in self.folders.roots}
        absolute = _loosened(_absolute(_path(wanted), self.folders.base))
        if absolute in roots or _loosened(_path(wanted)) in roots:
            return True
        return any(_loosened(s) in self._inside for s in spellings(wanted, self.folders))


def shown(archivo: str) -> str:
    """An `archivo` as its cell reads: control characters visible, no blanks around."""
    return trimmed(visible(archivo))


def trimmed(text: str) -> str:
    """The text without the quotes and blanks that copying a path brings along."""
    return nfc(text).strip(_QUOTES)


def spellings(text: str, folders: Folders = NOWHERE) -> tuple[str, ...]:
    """Every `archivo` the text may mean, the likeliest first; none need exist."""
    wanted = trimmed(text)
    if not wanted:
        return ()
    if _WEB.match(wanted):
        return tuple(_drive_ids(wanted))
    decoded = unquote(wanted) if "%" in wanted else wanted
    is_url = bool(_FILE_URL.match(wanted))
    ways = (decoded,) if is_url else (wanted, decoded)
    found = [nfc(s) for way in ways for s in _as_paths(_path(way), folders)]
    return tuple(dict.fromkeys(filter(None, found)))


def _drive_ids(url: str) -> Iterator[str]:
    for match in _DRIVE_ID.finditer(url):
        yield next(filter(None, match.groups()))


def _path(text: str) -> str:
    """One path with "/", free of the file: scheme: "file:///C:\\x" → "C:/x"."""
    slashed = text.replace("\\", "/")
    if not _FILE_URL.match(slashed):
        return slashed
    rest = re.sub(r"^file:", "", slashed, flags=re.IGNORECASE)
    bare = rest.lstrip("/")
    if _DRIVE_LETTER.match(bare):
        return bare
    slashes = len(rest) - len(bare)  # "file://server/x" and "file:////server/x" name a server
    return f"//{bare}" if slashes in (2, 4) else f"/{bare}"


def _as_paths(path: str, folders: Folders) -> Iterator[str]:
    if not _is_absolute(path):
        yield _cleaned(path)
    yield from _below_roots(_absolute(path, folders.base), folders)


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or bool(_DRIVE_LETTER.match(path))


def _absolute(path: str, base: str) -> str:
    joined = path if _is_absolute(path) or not base else f"{base.rstrip('/')}/{path}"
    clean = posixpath.normpath(joined)
    return clean.rstrip("/") or "/"


def _cleaned(path: str) -> str:
    clean = posixpath.normpath(path)
    return "" if clean in (".", "..") or clean.startswith("../") else clean


def _below_roots(absolute: str, folders: Folders) -> Iterator[str]:
    wanted = nfc(absolute)
    for root, prefix in folders.roots:
        start = nfc(posixpath.normpath(root.replace("\\", "/"))).rstrip("/") + "/"
        if wanted[: len(start)].casefold() == start.casefold():
            yield prefix + wanted[len(start) :]


def _loosened(text: str) -> str:
    """For comparing as Windows does: without regard to case, kind of slash or last slash."""
    return nfc(text.replace("\\", "/").rstrip("/")).casefold()


def _parents(archivo: str) -> Iterator[str]:
    parts = archivo.split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        yield "/".join(parts[:depth])


def _several(found: Iterable[str]) -> str:
    first, second, *_ = sorted(found)
    return f"«{first}» o «{second}»"
