"""One run at a time in a workspace: an operating-system lock that dies with its process."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from evidencias.domain.period import BOGOTA
from evidencias.domain.spanish import system_reason
from evidencias.errors import LockedError, SourceError


@contextmanager
def workspace_lock(folder: Path) -> Iterator[None]:
    """Holds the workspace whose state lives in `folder`. Raises LockedError naming who holds it."""
    from filelock import FileLock, Timeout

    note = folder / "candado.json"
    lock = FileLock(str(folder / "candado.lock"), timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        note.write_text(json.dumps(_myself(), ensure_ascii=False), encoding="utf-8")
    except Timeout:
        raise LockedError(
            f"Otra ejecución de evidencias está en curso en esta carpeta{_holder(note)}.",
            "Espere a que termine y ejecute de nuevo.",
        ) from None
    except OSError as error:
        lock.release()
        raise SourceError(
            f"No puedo escribir en «{folder}»: {system_reason(error)}.",
            "Revise los permisos de la carpeta de trabajo; no se perdió nada.",
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def _myself() -> dict[str, object]:
    return {
        "usuario": _user(),
        "equipo": platform.node(),
        "proceso": os.getpid(),
        "desde": datetime.now(BOGOTA).isoformat(timespec="minutes"),
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a container without users; the lock itself does not depend on the name


def _holder(note: Path) -> str:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["desde"]).strftime("%d/%m/%Y %H:%M")
        return f" desde el {since} ({told['usuario']} en {told['equipo']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
