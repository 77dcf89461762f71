"""The register as a workbook on disk: read whole, changed only where it must be, saved whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evidencias.adapters.local.workbook.file import WorkbookFile, digest
from evidencias.adapters.local.workbook.grid import opened
from evidencias.adapters.local.workbook.read import BookView, view
from evidencias.domain.period import BOGOTA
from evidencias.domain.register import RegisterChanges, RegisterContents
from evidencias.domain.register.columns import HISTORY, LOG, REVIEW
from evidencias.errors import InputError, SourceError


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the file: its bytes and what they mean; None where there is no file."""

    data: bytes | None
    view: BookView | None


class Workbook:
    """`ports.Register` over an .xlsx file; `clock` only names the copies that are kept."""

    def __init__(self, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.path = path.absolute()  # links are measured from its folder
        self.file = WorkbookFile(self.path, clock or (lambda: datetime.now(BOGOTA)))
        self._last: _Reading | None = None

    def read(self) -> RegisterContents:
        """What the register holds; `exists=False` without a file or with an empty one.

        Raises SourceError when it is open elsewhere, InputError when it is damaged or no register.
        """
        self._last = self._reading()
        found = self._last.view
        if found is None or found.blank:
            return RegisterContents(exists=False, origin=self.file.name)
        if not found.tabs:
            raise InputError(
                f"{self.file.name} no es un registro de evidencias: es un libro con otras hojas "
                f"({', '.join(f'«{title}»' for title in found.titles[:3])}).",
                "Escriba otro nombre en [registro] destino; la herramienta hará el libro.",
            )
        return found.contents

    def record(self, changes: RegisterChanges) -> bool:
        """Writes what differs; False when nothing does, and then the file keeps its bytes.

        Raises SourceError (open elsewhere, or saved by someone since `read`), AccessError
        (read-only) or InputError (of another policy or semester, or content would be lost).
        """
        from evidencias.adapters.local.workbook.write import planned, rendered

        if self._last is None:
            self.read()
        reading = self._last
        assert reading is not None
        self._refuse_changed(reading)
        _refuse_other(changes, reading.view, self.file.name)
        plan = planned(changes, reading.view, self.path.parent)
        if plan is None:
            return False
        self.file.refuse_read_only()
        data = rendered(plan, reading.data, reading.view, self.file.name)
        self._check(data, reading, changes, {tab.name for tab in plan.drawn})
        self.file.replace(reading.data, data)
        self._last = None
        return True

    def _reading(self) -> _Reading:
        from evidencias.adapters.local.workbook.package import NotAPackageError

        data = self.file.read()
        if data is None:
            return _Reading(None, None)
        try:
            book = opened(data)
        except NotAPackageError as error:
            raise self._damaged(str(error)) from error
        except Exception as error:  # whatever a broken file makes the libraries raise
            raise self._damaged("el archivo está dañado o incompleto") from error
        return _Reading(data, view(book, self.file.name, self.path.parent))

    def _damaged(self, why: str) -> InputError:
        copy = self.file.latest_copy()
        restore = (
            f"La copia más reciente es «copias/{copy.name}»: póngala en lugar del registro."
            if copy
            else "Restáurelo de las versiones anteriores, o muévalo y se hará uno nuevo, sin sus "
            "decisiones."
        )
        return InputError(f"No puedo abrir {self.file.name}: {why}.", restore)

    def _refuse_changed(self, reading: _Reading) -> None:
        if digest(self.file.read()) != digest(reading.data):
            raise SourceError(
                f"{self.file.name} cambió mientras se sincronizaba; no se escribió nada.",
                "Ciérrelo y ejecute de nuevo: se tomará lo que usted guardó.",
            )

    def _check(
        self, data: bytes, reading: _Reading, changes: RegisterChanges, redrawn: Collection[str]
    ) -> None:
        """The last net: what was made is read back, and nothing of people's may be missing."""
        made = view(opened(data), self.file.name, self.path.parent).contents
        before = reading.view.contents if reading.view else RegisterContents(exists=False)
        for name, there, then, added in (
            (REVIEW, made.review, before.review, changes.review),
            (HISTORY, made.history, before.history, changes.history),
            (LOG, made.log, before.log, changes.log),
        ):
            kept = name in redrawn or then == there[: len(then)]
            if not kept or len(there) != len(then) + len(added):
                raise RuntimeError(f"the workbook made does not hold {name} as it was read")


def _refuse_other(changes: RegisterChanges, found: BookView | None, name: str) -> None:
    """A register of another policy or semester is never written, whoever asks."""
    from evidencias.domain.text import words

    if found is None:
        return
    there = found.contents
    other_semester = there.semester and there.semester != changes.semester
    other_policy = there.policy and words(there.policy) != words(changes.policy)
    if other_semester or other_policy:
        raise InputError(
            f"{name} es de «{there.policy}», {there.semester}, y esta sincronización es de "
            f"«{changes.policy}», {changes.semester}.",
            "Escriba otro nombre en [registro] destino: cada semestre lleva su registro.",
        )
