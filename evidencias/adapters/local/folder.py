"""A folder of evidence on a local disk, a shared drive letter or Drive for Desktop."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from evidencias.adapters.documents import Isolated, Limits
from evidencias.adapters.local import disk, names
from evidencias.adapters.local.disk import Hashes
from evidencias.adapters.local.roots import check_root, labelled
from evidencias.adapters.local.shortcuts import completed
from evidencias.domain.model import Coverage, Document, EvidenceFile, Listing, SetAside
from evidencias.ports import Progress

__all__ = ["Folder", "HashCache", "Hashes"]


class HashCache(Protocol):
    """Remembers hashes between runs, so that only new and changed files are read."""

    def get(self, path: str, size: int, mtime_ns: int) -> Hashes | None:
        """The hashes kept for exactly this state of the file, or None."""
        ...

    def put(self, path: str, size: int, mtime_ns: int, hashes: Hashes) -> None:
        """Keeps them."""
        ...


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file found by the walk: where it really is, how it is called here, what stat said."""

    path: Path
    route: str
    stat: os.stat_result


@dataclass
class _Walk:
    """What one reading gathers."""

    found: list[_Seen] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Folder:
    """A `FileSource` over one or several local folders; nothing in them is ever written."""

    readers = 1

    def __init__(
        self,
        roots: Sequence[Path],
        ignore: Sequence[str] = (),
        cache: HashCache | None = None,
        limits: Limits = Limits(),
    ) -> None:
        import pathspec

        self._roots = labelled(roots)
        self._ignore = pathspec.GitIgnoreSpec.from_lines(names.pattern(glob) for glob in ignore)
        self._cache = cache
        self._reader = Isolated(limits)
        self._paths: dict[str, Path] = {}

    def close(self) -> None:
        """Ends the helper process that reads documents."""
        self._reader.close()

    def scan(self, progress: Progress) -> Listing:
        """Every file below the roots, by id. Raises SourceError or AccessError for a root."""
        walk = _Walk()
        for label, root in self._roots:
            check_root(root)
            self._walk(root, label, walk, progress)
        files = self._files(walk, progress)
        return Listing(
            files=tuple(sorted(files, key=lambda f: f.id)),
            set_aside=tuple(sorted(walk.set_aside, key=lambda s: s.path)),
            coverage=Coverage(not walk.unread, tuple(sorted(walk.unread))),
        )

    def document(self, file: EvidenceFile) -> Document:
        """Text or photo date of a file; a stub, an online-only or a vanished file has a reason."""
        if file.native:
            return Document(problem="es un documento de Google; su texto no está en la carpeta")
        if file.online_only:
            return Document(problem="está solo en línea; no se descargó")
        if file.shortcut_target is not None:
            return Document()
        path = self._paths.get(file.id) or self._guess(file.id)
        if path is None:
            return Document(problem="ya no está en la carpeta")
        return self._reader.read(file.name, file.mime, path)

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        """Who else can open a local file is not known here."""
        return {file.id: file.shared_publicly for file in files}

    def _guess(self, file_id: str) -> Path | None:
        """The path of a file that an earlier run listed."""
        for label, root in self._roots:
            if not label or file_id.startswith(f"{label}/"):
                path = root / file_id.removeprefix(f"{label}/" if label else "")
                if path.is_file() and disk.within(path, root):
                    return path
        return None

    def _walk(self, root: Path, label: str, walk: _Walk, progress: Progress) -> None:
        """Lists folder after folder; one that cannot be listed is noted, never passed over."""
        pending = [(root, "")]
        while pending:
            folder, inside = pending.pop()
            progress("Recorriendo carpetas", len(walk.found), None)
            try:
                entries = list(os.scandir(folder))
            except OSError:
                walk.unread.append(_joined(label, inside) or ".")
                continue
            for entry in entries:
                below = _joined(inside, entry.name)
                if self._entry(entry, below, _joined(label, below), root, walk):
                    pending.append((Path(entry.path), below))

    def _entry(
        self, entry: os.DirEntry[str], below: str, route: str, root: Path, walk: _Walk
    ) -> bool:
        """Notes what an entry is; True for a folder to enter."""
        path = Path(entry.path)
        try:
            folder = entry.is_dir()
            reason = self._no_evidence(path, below, folder)
            linked = disk.is_link(entry)
            if reason is None and linked:
                reason = disk.link_reason(path, root, folder)
            elif reason is None and not (folder or entry.is_file()):
                reason = "no es un archivo ni una carpeta"  # a pipe would wait for ever
            if reason is not None:
                walk.set_aside.append(SetAside(names.readable(route), reason))
            elif not folder:
                walk.found.append(_Seen(path, route, path.lstat() if linked else path.stat()))
            return folder and reason is None
        except OSError:
            walk.unread.append(names.readable(route))
            return False

    def _no_evidence(self, path: Path, below: str, folder: bool) -> str | None:
        """Why a file or folder is set aside by its name, or None."""
        own = (
            ("carpeta del sistema" if names.system_folder(path.name) else None)
            if folder
            else names.no_evidence(path.name)
        )
        shown = names.readable(below).casefold() + ("/" if folder else "")
        return own or ("coincide con «ignorar»" if self._ignore.match_file(shown) else None)

    def _files(self, walk: _Walk, progress: Progress) -> Iterable[EvidenceFile]:
        self._paths = {}
        for number, (file_id, seen) in enumerate(_identified(walk.found), 1):
            self._paths[file_id] = seen.path
            progress("Leyendo archivos", number, len(walk.found))
            yield self._file_of(file_id, seen)

    def _file_of(self, file_id: str, seen: _Seen) -> EvidenceFile:
        if seen.path.is_symlink():
            return self._linked(file_id, seen)
        online = disk.is_online_only(seen.stat)
        hashes = None if online else self._hashes(seen)
        known = EvidenceFile(
            id=file_id,
            path=file_id,
            name=names.readable(seen.path.name),
            mime=mimetypes.guess_type(seen.path.name, strict=False)[0] or "",
            size=seen.stat.st_size,
            md5=hashes.md5 if hashes else "",
            sha256=hashes.sha256 if hashes else "",
            created=disk.birth(seen.stat),
            modified=disk.moment(seen.stat.st_mtime),
            url=disk.uri(seen.path),
            online_only=online,
        )
        return known if online else completed(known, seen.path)

    def _linked(self, file_id: str, seen: _Seen) -> EvidenceFile:
        """A symbolic link to a file of the same folder: the file counts, the link does not."""
        target = seen.path.resolve()
        ids = [
            names.readable(_joined(label, target.relative_to(root.resolve()).as_posix()))
            for label, root in self._roots
            if target.is_relative_to(root.resolve())
        ]
        return EvidenceFile(
            id=file_id,
            path=file_id,
            name=names.readable(seen.path.name),
            size=0,
            modified=disk.moment(seen.stat.st_mtime),
            url=disk.uri(seen.path),
            shortcut_target=ids[0] if ids else "",
            broken=not target.exists(),
        )

    def _hashes(self, seen: _Seen) -> Hashes | None:
        """The fingerprints, read once per state of the file; None where it cannot be read now."""
        key = (str(seen.path), seen.stat.st_size, seen.stat.st_mtime_ns)
        known = self._cache.get(*key) if self._cache else None
        if known is not None:
            return known
        try:
            hashes = disk.digest(seen.path)
        except OSError:
            return None
        if self._cache:
            self._cache.put(*key, hashes)
        return hashes


def _identified(found: Iterable[_Seen]) -> Iterator[tuple[str, _Seen]]:
    """A distinct id for each file: names that look alike (NFC and NFD) are numbered, none is lost.

    The name already in NFC keeps the plain id, so that the numbering does not depend on the disk.
    """
    groups: dict[str, list[_Seen]] = {}
    for seen in found:
        groups.setdefault(names.readable(seen.route), []).append(seen)
    for plain in sorted(groups):
        twins = sorted(groups[plain], key=lambda s: (s.route != plain, os.fsencode(s.path)))
        yield plain, twins[0]
        for number, twin in enumerate(twins[1:], 2):
            mark = f"{plain}#{number}"
            while mark in groups:
                mark += "#"
            yield mark, twin


def _joined(route: str, name: str) -> str:
    return f"{route}/{name}" if route and name else route or name
