"""Writing a file whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidencias.domain.spanish import system_reason
from evidencias.errors import SourceError


@contextmanager
def whole(target: Path, hint: str) -> Iterator[Path]:
    """Gives the path to write to; it becomes `target` at the end, and vanishes when that fails.

    Raises SourceError where the system refuses; `hint` says what to do then.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        _settled(beside)
        beside.replace(target)
    except OSError as error:
        told = f"No puedo escribir «{target}»: {system_reason(error)}."
        raise SourceError(told, hint) from error
    finally:
        beside.unlink(missing_ok=True)


def _settled(path: Path) -> None:
    """On the disk and not only in memory: a power cut leaves the old file or the new one."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())
