"""`Historial`: what was proposed, decided and lost, each record chained to the one before."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from evidencias.domain.assessment import HistoryEntry
from evidencias.domain.model import Problem
from evidencias.domain.period import BOGOTA
from evidencias.domain.register.columns import HISTORY, HISTORY_HEADER
from evidencias.domain.register.rows import text_of
from evidencias.domain.register.shapes import Cell, RegisterChanges, RegisterContents, Row
from evidencias.domain.register.words import visible

PROPOSED = "Propuesto"
NO_DECISION = "Sin decisión"
GONE = "Archivo retirado"
BACK = "Archivo de nuevo en la carpeta"
_PROPOSAL_ORIGIN = "propuesta "
TOOL = "evidencias"
DECIDED = frozenset({"Confirmado", "Rechazado", "Aceptado", NO_DECISION})


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One record: when, who, of which id, from what, to what.

    `when` is Colombian time ("2021-11-02 08:30:15"). `source` is "Revisión", "decidir", "carpeta",
    or "propuesta XXXXXXXX" with the digest of the reasons then given.
    """

    when: str
    by: str
    id: str
    before: str
    after: str
    source: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The record as its cells' texts, in the order of the columns."""
        texts = (self.when, self.by, self.id, self.before, self.after, self.source)
        return tuple(visible(text).strip() for text in texts)

    @property
    def reasons(self) -> str:
        """The digest of a proposal's reasons, "" for other records."""
        return self.source.removeprefix(_PROPOSAL_ORIGIN) if self.after == PROPOSED else ""


def history_events(contents: RegisterContents) -> tuple[HistoryEvent, ...]:
    """The records of `Historial`, in order."""
    return tuple(HistoryEvent(*_texts(row)[:6]) for row in contents.history)


def history_entries(
    contents: RegisterContents, changes: RegisterChanges | None = None
) -> tuple[HistoryEntry, ...]:
    """The whole history, oldest first; with `changes`, as it will be once they are written."""
    written = [_texts(row) for row in contents.history]
    added = [tuple(text_of(c.value) for c in row) for row in (changes.history if changes else ())]
    return tuple(HistoryEntry(_iso(r[0]), *r[1:6]) for r in (*written, *added))


def _iso(when: str) -> str:
    return f"{when.replace(' ', 'T')}-05:00"  # Colombia keeps one offset all year


def proposal(when: datetime, name: str, reasons: str) -> HistoryEvent:
    """The record that something was proposed for the reasons of that digest."""
    return HistoryEvent(stamp(when), TOOL, name, "", PROPOSED, f"{_PROPOSAL_ORIGIN}{reasons}")


def stamp(moment: datetime) -> str:
    """A moment as `Historial` writes it: Colombian time to the second."""
    return moment.astimezone(BOGOTA).strftime("%Y-%m-%d %H:%M:%S")


def digest(texts: Iterable[str]) -> str:
    """Eight base32 characters that change when any of the texts changes; order aside."""
    joined = "\0".join(sorted(texts)).encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.sha256(joined).digest()).decode("ascii")[:8]


def chained(
    contents: RegisterContents, events: Iterable[HistoryEvent]
) -> tuple[tuple[Cell, ...], ...]:
    """The rows to append for new records, chained to the last one there."""
    link = _texts(contents.history[-1])[6] if contents.history else ""
    rows = []
    for event in events:
        link = _chain(link, event.fields)
        rows.append(tuple(Cell(text) for text in (*event.fields, link)))
    return tuple(rows)


def history_problems(contents: RegisterContents) -> tuple[Problem, ...]:
    """Where the chain breaks: records that were changed, removed or put in by hand."""
    return tuple(_broken(contents))


def standing_decisions(contents: RegisterContents) -> Mapping[str, str]:
    """The decisions that the history knows as standing: id → "Confirmado", …"""
    last = {e.id.upper(): e.after for e in history_events(contents) if e.after in DECIDED}
    return {name: after for name, after in last.items() if after != NO_DECISION}


def _broken(contents: RegisterContents) -> Iterator[Problem]:
    link = ""
    for row in contents.history:
        *fields, written = _texts(row)
        if written != _chain(link, fields):
            yield Problem(
                f"pestaña «{HISTORY}», fila {row.number}",
                "El registro de esa fila, o el anterior, fue cambiado después de escrito.",
                "Compare con las copias de «copias» para saber qué decía.",
            )
        link = written


def _chain(before: str, fields: Iterable[str]) -> str:
    joined = "\0".join((before, *fields)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(text_of(row.cells.get(name)) for name in HISTORY_HEADER)
