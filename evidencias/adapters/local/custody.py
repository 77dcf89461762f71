"""What a disk says of files that no listing shows: those in recycle bins, the report, the plan."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evidencias.adapters.local import disk, names
from evidencias.domain.model import EvidenceFile
from evidencias.domain.spanish import system_reason
from evidencias.errors import SourceError


def discarded(roots: Sequence[Path]) -> Mapping[str, EvidenceFile | None]:
    """Everything in the recycle bins inside the roots, by path, marked as trashed."""
    found = (known for root in roots for path in _in_bins(root) if (known := _file(path, root)))
    return {file.id: file for file in found}


def _in_bins(root: Path) -> Iterator[Path]:
    for folder, _, files in os.walk(root):
        parts = Path(folder).relative_to(root).parts
        if any(names.recycle_bin(part) for part in parts):
            yield from (Path(folder) / name for name in sorted(files))


def _file(path: Path, root: Path) -> EvidenceFile | None:
    """One discarded file; None when it cannot be read now."""
    route = names.readable(path.relative_to(root).as_posix())
    try:
        return _identified(path, route, trashed=True)
    except OSError:
        return None


def paper(path: Path, workspace: Path) -> EvidenceFile | None:
    """The report or plan on disk, called by its path from the workspace; None: it is not there."""
    inside = path.is_relative_to(workspace)
    route = names.readable(path.relative_to(workspace).as_posix() if inside else path.name)
    try:
        return _identified(path, route) if path.is_file() else None
    except OSError as error:
        raise SourceError(
            f"No puedo leer «{path.name}»: {system_reason(error)}.",
            "Ciérrelo en otros programas y ejecute de nuevo.",
        ) from error


def _identified(path: Path, route: str, *, trashed: bool = False) -> EvidenceFile:
    about, hashes = path.stat(), disk.digest(path)
    return EvidenceFile(
        id=route,
        path=route,
        name=names.readable(path.name),
        size=about.st_size,
        md5=hashes.md5,
        sha256=hashes.sha256,
        created=disk.birth(about),
        modified=disk.moment(about.st_mtime),
        trashed=trashed,
    )
