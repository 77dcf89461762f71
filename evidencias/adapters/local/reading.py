"""A plan or a report read whole from the disk; why one cannot be read, in Spanish."""

from __future__ import annotations

from pathlib import Path

from evidencias.domain.spanish import system_reason
from evidencias.errors import AccessError, EvidenciasError, InputError, SourceError

_HELD = (32, 33)
"""How Windows says that another program holds a file; its other refusals are a lack of rights."""


def read_whole(path: Path, ask: str, most: int) -> bytes:
    """The file's bytes, at most `most`; `ask` tells where its path is written.

    Raises InputError, AccessError or SourceError.
    """
    try:
        if path.stat().st_size > most:
            raise InputError(f"«{path.name}» pesa más de {most // 1_000_000} MB.", ask)
        return path.read_bytes()
    except OSError as error:
        raise _unopened(path, ask, error) from error


def _unopened(path: Path, ask: str, error: OSError) -> EvidenciasError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(f"No encuentro «{path.name}» en «{path.parent}».", ask)
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return InputError(f"«{path}» es una carpeta, no un archivo.", ask)
    if isinstance(error, PermissionError) and getattr(error, "winerror", None) not in _HELD:
        return AccessError(
            f"No tengo permiso para leer «{path.name}».",
            "Ciérrelo si está abierto en otro programa, o pida permiso de lectura.",
        )
    return SourceError(
        f"«{path.name}» está abierto en otro programa o no se deja leer ({system_reason(error)}).",
        "Ciérrelo y ejecute de nuevo; no se perdió nada.",
    )
