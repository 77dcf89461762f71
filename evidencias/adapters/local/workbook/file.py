"""The workbook as a file: open elsewhere, read-only, copied before each change, saved whole."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from evidencias.errors import AccessError, SourceError

COPIES = "copias"
KEPT_COPIES = 5
_ATTEMPTS, _PAUSE = 5, 0.4
"""A scanner or a sync client holds a file for moments; Excel holds it for hours."""


class WorkbookFile:
    """One file on disk: `digest` tells whether someone saved it since it was read."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.clock = clock

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return f"«{self.path.name}»"

    def read(self) -> bytes | None:
        """The bytes, None when there is no file. Raises SourceError when it is open elsewhere."""
        if not self.path.exists():
            return None
        self.refuse_open_elsewhere()
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise self._denied("leer") from error
        except OSError as error:
            raise SourceError(
                f"No pude leer {self.name}: {_reason(error)}.",
                "Verifique el disco o la conexión y ejecute de nuevo; no se perdió nada.",
            ) from error

    def refuse_open_elsewhere(self) -> None:
        """Raises SourceError while a lock file of Excel or LibreOffice stands beside it."""
        for lock in (f"~${self.path.name}", f".~lock.{self.path.name}#"):
            beside = self.path.with_name(lock)
            if beside.exists():
                raise SourceError(
                    f"{self.name} está abierto en otro programa{_owner(beside)}. Ciérrelo y "
                    "ejecute de nuevo; no se perdió nada.",
                    f"Si nadie lo tiene abierto, el programa se cerró mal: borre el archivo oculto "
                    f"«{lock}» que está junto al registro.",
                )

    def refuse_read_only(self) -> None:
        """Raises AccessError for a file or folder that may not be written."""
        if self.path.exists() and not self.path.stat().st_mode & stat.S_IWUSR:
            raise AccessError(
                f"{self.name} es de solo lectura.",
                "Quite la marca de solo lectura en las propiedades del archivo y ejecute de nuevo.",
            )

    def replace(self, known: bytes | None, data: bytes) -> None:
        """Saves the new bytes whole, keeping a copy of the `known` ones; all or nothing.

        Raises SourceError, with nothing written, when the file is no longer the known one.
        """
        self.refuse_open_elsewhere()
        self.refuse_read_only()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._sweep()
            temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
            try:
                _write(temporary, data)
                self._keep_copy(known)
                self._refuse_changed(known)
                self._swap(temporary)
            finally:
                temporary.unlink(missing_ok=True)
        except PermissionError as error:
            raise self._denied("escribir") from error
        except OSError as error:
            raise SourceError(
                f"No pude guardar {self.name}: {_reason(error)}.",
                "Verifique el disco o la conexión y ejecute de nuevo; el registro quedó como "
                "estaba.",
            ) from error

    def latest_copy(self) -> Path | None:
        """The newest of the kept copies."""
        copies = self._copies()
        return copies[-1] if copies else None

    def _sweep(self) -> None:
        """Removes what a run that was killed while writing left behind."""
        ours = re.compile(rf"\.{re.escape(self.path.name)}\.\d+\.tmp")
        for beside in self.path.parent.iterdir():
            if ours.fullmatch(beside.name):
                beside.unlink(missing_ok=True)

    def _refuse_changed(self, known: bytes | None) -> None:
        now = self.read()
        if digest(now) != digest(known):
            raise SourceError(
                f"{self.name} cambió mientras se sincronizaba; no se escribió nada.",
                "Ciérrelo y ejecute de nuevo: se tomará lo que usted guardó.",
            )

    def _keep_copy(self, known: bytes | None) -> None:
        if known is None:
            return
        folder = self.path.parent / COPIES
        folder.mkdir(exist_ok=True)
        moment = self.clock().strftime("%Y-%m-%d %H%M%S")
        copy = folder / f"{self.path.stem} {moment}{self.path.suffix}"
        number = 1
        while copy.exists():
            number += 1
            copy = folder / f"{self.path.stem} {moment} ({number}){self.path.suffix}"
        copy.write_bytes(known)
        for old in self._copies()[:-KEPT_COPIES]:
            old.unlink(missing_ok=True)

    def _copies(self) -> list[Path]:
        """The kept copies, oldest first; other files of that folder are not ours."""
        folder = self.path.parent / COPIES
        named = re.compile(
            rf"{re.escape(self.path.stem)} (\d{{4}}-\d\d-\d\d \d{{6}})(?: \((\d+)\))?"
            rf"{re.escape(self.path.suffix)}"
        )
        if not folder.is_dir():
            return []
        found = [(m, path) for path in folder.iterdir() if (m := named.fullmatch(path.name))]
        return [path for m, path in sorted(found, key=lambda f: (f[0][1], int(f[0][2] or 1)))]

    def _swap(self, temporary: Path) -> None:
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

        if self.path.exists():
            temporary.chmod(stat.S_IMODE(self.path.stat().st_mode))
        tries = Retrying(
            retry=retry_if_exception_type(PermissionError),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_fixed(_PAUSE),
            reraise=True,
        )
        tries(os.replace, temporary, self.path)
        _sync_folder(self.path.parent)

    def _denied(self, what: str) -> AccessError | SourceError:
        """Windows says "denied" of a file that another program holds; elsewhere it is a right."""
        if sys.platform == "win32":
            return SourceError(
                f"{self.name} está abierto en otro programa. Ciérrelo y ejecute de nuevo; no se "
                "perdió nada."
            )
        return AccessError(
            f"No tengo permiso para {what} {self.name}.",
            f"Pida permiso de lectura y escritura sobre la carpeta «{self.path.parent.name}».",
        )


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "no queda espacio en el disco"
    what = f"«{Path(error.filename).name}» no se deja usar" if error.filename else "el disco falló"
    return f"{what} (código {error.errno})"


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def digest(data: bytes | None) -> str:
    """What tells two states of the file apart, "" for none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _owner(lock: Path) -> str:
    """ " por Ana Díaz", as far as the lock file says who; "" when it does not."""
    try:
        raw = lock.read_bytes()[:400]
    except OSError:
        return ""
    if lock.name.startswith("~$"):
        name = raw[1 : 1 + raw[0]].decode("cp1252", "ignore") if raw else ""
    else:
        name = (
            raw.decode("utf-8", "ignore").partition(",")[2].partition(",")[0]
            or (raw.decode("utf-8", "ignore").partition(",")[0])
        )
    clean = "".join(c for c in name if c.isprintable()).strip()
    return f" por {clean}" if clean else ""


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself durable, where folders can be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders cannot; the file's own bytes are safe already
    finally:
        os.close(handle)
