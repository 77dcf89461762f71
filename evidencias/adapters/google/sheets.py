"""The register in a Google Sheet that a person owns: read in one call, written by difference."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from evidencias.adapters.google import urls
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.failures import Failure, GoogleError, Outcome
from evidencias.adapters.google.messages import told
from evidencias.adapters.google.sheet_plan import Known, known, pieces, planned
from evidencias.adapters.google.sheet_values import Json
from evidencias.adapters.google.sheet_view import FIELDS, BookView, view
from evidencias.domain.register import RegisterChanges, RegisterContents
from evidencias.domain.register.columns import DECISION, ID, REVIEW
from evidencias.domain.text import words
from evidencias.errors import AccessError, ConfigError, EvidenciasError, InputError, SourceError

_THING = "la hoja de Google del registro"
_ROUNDS = 6


def spreadsheet_id(origin: str, key: str) -> str:
    """The id in a pasted address. Raises ConfigError naming the key."""
    ref = urls.parse(origin)
    if ref is None or ref.kind not in (urls.Kind.SPREADSHEET, urls.Kind.FILE, urls.Kind.ANY):
        raise ConfigError(
            f"{key}: «{origin}» no es la dirección de una hoja de cálculo de Google.",
            (f"{key}: «{origin}» no es de una hoja de cálculo",),
            "Ábrala en el navegador y copie la dirección completa "
            "(https://docs.google.com/spreadsheets/d/…).",
        )
    return ref.id


class SheetRegister:
    """`ports.Register` over a Google Sheet.

    The tool's tabs are written by difference; in `Revisión` rows are only ever appended. There is
    no way to write "if nobody changed it meanwhile", so the Sheet is read again right before it
    is written, and once more after it, until nothing is missing.
    """

    def __init__(
        self, google: Google, origin: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.google = google
        self.id = spreadsheet_id(origin, "registro.destino")
        self._sleep = sleep
        self._known: Known | None = None
        self._seen: BookView | None = None

    def read(self) -> RegisterContents:
        """What the Sheet holds; `exists=False` while it is empty. One call.

        Raises AccessError (not shared), InputError (no register), SourceError.
        """
        found = self._fetch()
        contents = found.contents()
        self._seen, self._known = found, known(contents)
        if not found.tabs and not found.blank:
            raise InputError(
                f"La hoja de Google «{found.title}» no es un registro de evidencias: tiene otras "
                f"pestañas ({', '.join(f'«{s.title}»' for s in found.sheets[:3])}).",
                "Cree una hoja de cálculo vacía y ponga su dirección en [registro] destino; la "
                "herramienta hará las pestañas.",
            )
        return contents

    def record(self, changes: RegisterChanges) -> bool:
        """Writes what differs; False when nothing does, and then nothing is sent.

        Raises SourceError, AccessError, or InputError for another policy's or semester's Sheet.
        """
        if self._seen is None or self._known is None:
            self.read()
        assert self._seen is not None and self._known is not None
        _refuse_other(changes, self._seen)
        if not planned(changes, self._seen, self._known):
            return False
        self._write(changes, self._known)
        self._seen = self._known = None
        return True

    def _write(self, changes: RegisterChanges, before: Known) -> None:
        """Reads, writes what is missing, and looks again, until nothing is missing."""
        failure: GoogleError | None = None
        started = time.monotonic()
        for attempt in range(1, _ROUNDS + 1):
            found = self._fetch()
            _refuse_other(changes, found)
            _refuse_headless(found)
            requests = planned(changes, found, before)
            if not requests:
                return
            failure = self._send(requests)
            if failure is None and not any("appendCells" in r for r in requests):
                return
            if failure is not None:
                wait = self.google.patience.wait(attempt, failure.failure)
                if time.monotonic() - started + wait > self.google.patience.deadline:
                    break
                self._sleep(wait)
        if failure is not None:
            raise self._told(failure) from failure

    def _send(self, requests: list[Json]) -> GoogleError | None:
        """Sends the batches; None when all were accepted, else why one may not have been.

        Raises what a person must solve.
        """
        for batch in pieces(requests):
            try:
                self.google.sheets.batch_update(self.id, {"requests": batch})
            except GoogleError as error:
                # 400: someone removed a tab since it was read; the next reading will tell.
                moved = error.failure.status == 400 and not _lasting(error.failure)
                if error.failure.passing or moved:
                    return error
                raise self._told(error) from error
        return None

    def _fetch(self) -> BookView:
        try:
            return view(fetched(self.google, self.id, FIELDS))
        except GoogleError as error:
            raise self._told(error) from error

    def _told(self, error: GoogleError) -> EvidenciasError:
        return told_of_sheet(error.failure, _THING, self.google.who)


def fetched(google: Google, book: str, fields: str) -> Mapping[str, Any]:
    """`spreadsheets.get` with a mask. Raises GoogleError."""
    answer: Mapping[str, Any] = google.sheets.fetch_sheet_metadata(book, params={"fields": fields})
    return answer


_PROTECTED, _FULL = "protected cell", "above the limit of"


def _lasting(failure: Failure) -> bool:
    """A refusal that stays until a person acts; Google tells these by words alone."""
    return _PROTECTED in failure.message or _FULL in failure.message


def told_of_sheet(failure: Failure, thing: str, who: str) -> EvidenciasError:
    """The error for a person about a spreadsheet; an Excel file in Drive is told as such."""
    if "FAILED_PRECONDITION" in failure.reasons or "Office file" in failure.message:
        return InputError(
            f"{thing[:1].upper()}{thing[1:]} es un archivo de Excel guardado en Drive, no una "
            "hoja de cálculo de Google.",
            "Ábralo en el navegador, elija Archivo › Guardar como Hojas de cálculo de Google y "
            "use la dirección de la hoja nueva.",
        )
    if _PROTECTED in failure.message:
        return AccessError(
            f"Alguien protegió una pestaña de {thing}, y la protección no deja escribir a {who}.",
            "En la hoja, Datos › Proteger hojas e intervalos, agregue esa cuenta a quienes pueden "
            "editar, o quite la protección. No se escribió nada.",
        )
    if _FULL in failure.message:
        return InputError(
            f"{thing[:1].upper()}{thing[1:]} llegó al límite de Google de 10 millones de celdas.",
            "Borre las filas y columnas vacías que sobren en sus pestañas, o las pestañas que no "
            "use, y ejecute de nuevo.",
        )
    if failure.status == 400 and failure.outcome is Outcome.REFUSED:
        return SourceError(
            f"Google no aceptó lo que se escribía en {thing}; quizás alguien cambió sus pestañas "
            "en ese momento.",
            "No se perdió nada. Ejecute de nuevo.",
        )
    return told(failure, thing, who, "sheets")


def _refuse_other(changes: RegisterChanges, found: BookView) -> None:
    """A register of another policy or semester is never written, whoever asks."""
    policy, semester = found.stamp
    other_semester = semester and semester != changes.semester
    if other_semester or (policy and words(policy) != words(changes.policy)):
        raise InputError(
            f"La hoja de Google «{found.title}» es de «{policy}», {semester}, y esta "
            f"sincronización es de «{changes.policy}», {changes.semester}.",
            "Cada semestre lleva su registro: cree otra hoja y ponga su dirección en [registro] "
            "destino.",
        )


def _refuse_headless(found: BookView) -> None:
    """Without ID and Decisión there is no telling whose row is whose: nothing is written."""
    review = found.tabs.get(REVIEW)
    if review is None or not review.header:
        return
    for name in (ID, DECISION):
        if review.place(name) is None:
            raise InputError(
                f"La pestaña «{review.sheet.title}» del registro perdió la columna «{name}».",
                "Deshaga ese cambio (Archivo › Historial de versiones) y ejecute de nuevo; no se "
                "escribió nada.",
            )
