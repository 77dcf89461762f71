"""The sample workspace that `evidencias demo` works on: an invented municipality, offline.

The archive is written by `tools/make_sample.py`; its local times are Colombian.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from evidencias.domain.period import BOGOTA
from evidencias.domain.spanish import system_reason
from evidencias.errors import InputError, SourceError

ARCHIVE = Path(__file__).with_name("muestra.zip")
# Both files carry this line, so that a person may edit or delete either one.
MARK = "Espacio de muestra de «evidencias»"
_MARKED = ("evidencias.toml", "LEAME.txt")


def unpack(destination: Path) -> None:
    """Write the sample workspace at `destination`, whole or not at all.

    A sample workspace that is already there is left untouched, with what people did in it; an
    empty folder is used. Raises InputError when something else is there, SourceError when the
    disk refuses.
    """
    if is_sample(destination):
        return
    _refuse_if_taken(destination)
    beside = destination.parent / f".{destination.name}.{os.getpid()}.parcial"
    try:
        shutil.rmtree(beside, ignore_errors=True)
        destination.parent.mkdir(parents=True, exist_ok=True)
        extract(ARCHIVE, beside)
        _put(beside, destination)
    except OSError as error:
        raise _refused(destination, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def is_sample(folder: Path) -> bool:
    """Whether the folder is a sample workspace written by `unpack`."""
    return any(_holds_mark(folder / name) for name in _MARKED)


def extract(archive: Path, folder: Path) -> None:
    """Unpack an archive into a new folder, each file with its Colombian modification time."""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            if not entry.is_dir():
                _write(source, entry, folder.joinpath(*_safe_parts(entry.filename)))


def _safe_parts(name: str) -> tuple[str, ...]:
    """The parts of an entry's route; raises ValueError when it would leave its folder."""
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or not path.parts
    if outside or any(mark in name for mark in ("\\", ":", "\0")):
        raise ValueError(f"unsafe route in the archive: {name!r}")
    return path.parts


def _write(source: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open(entry) as packed, target.open("xb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    moment = datetime(*entry.date_time, tzinfo=BOGOTA).timestamp()
    os.utime(target, (moment, moment))


def _put(beside: Path, destination: Path) -> None:
    if destination.is_dir():
        destination.rmdir()  # only an empty folder lets itself be removed
    try:
        beside.rename(destination)
    except OSError:
        # Another run may have put its own copy there meanwhile: then that one is used.
        if not is_sample(destination):
            raise


def _holds_mark(file: Path) -> bool:
    try:
        return MARK in file.read_text(encoding="utf-8", errors="replace")[:2000]
    except OSError:
        return False


def _refuse_if_taken(destination: Path) -> None:
    try:
        taken = destination.exists() and (not destination.is_dir() or any(destination.iterdir()))
    except OSError as error:
        raise _refused(destination, error) from error
    if taken:
        raise InputError(
            f"«{destination}» ya existe y no es un espacio de muestra; no se tocó nada.",
            "Indique otra carpeta, por ejemplo: evidencias demo mi-muestra",
        )


def _refused(destination: Path, error: OSError) -> SourceError:
    reason = system_reason(error)
    return SourceError(
        f"No pude escribir la muestra en «{destination}» ({reason}); no quedó nada a medias.",
        "Revise el espacio en disco y el permiso de esa carpeta, o indique otra más corta.",
    )
