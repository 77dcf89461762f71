"""From the rows of `Revisión` to the decisions that hold, and to what could not be applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidencias.domain.model import ALL_READ, Activity, Coverage, Decision, EvidenceFile, Problem
from evidencias.domain.register.columns import REVIEW
from evidencias.domain.register.earlier import earlier_links
from evidencias.domain.register.marks import TERMINAL
from evidencias.domain.register.pairs import Pair, Pairs
from evidencias.domain.register.pointers import NOWHERE, FileFinder, Folders
from evidencias.domain.register.readings import Reader, RowReading, Statement
from evidencias.domain.register.rows import review_rows
from evidencias.domain.register.shapes import RegisterContents


@dataclass(frozen=True, slots=True)
class DecisionReading:
    """What `Revisión` says: decisions that hold, contradictions, and rows that were not applied.

    `without_file` are decisions about a file that is no longer in the folder ("decisión sin
    archivo"): they hold again when the file comes back, and each also stands in `not_applied`.
    """

    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Problem, ...] = ()
    not_applied: tuple[Problem, ...] = ()
    without_file: tuple[Decision, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that must be shown to people."""
        return (*self.conflicts, *self.not_applied)


def read_decisions(
    contents: RegisterContents,
    files: Mapping[str, EvidenceFile],
    activities: Sequence[Activity],
    folders: Folders = NOWHERE,
    *,
    coverage: Coverage = ALL_READ,
    claims: Collection[str] | None = None,
    known: Mapping[str, tuple[str, str]] | None = None,
) -> DecisionReading:
    """The decisions in the register, in the order of their rows.

    `files` are those listed now, by id. `claims` are the claim ids ("A-…") of the report, None
    when the report was not read. `coverage` tells a file that is gone from one that this reading
    did not reach. `known` maps more ids ("V-…") to (code, archivo), besides those
    of `Evidencias`. Raises InputError when `Revisión` lacks its ID or Decisión column.
    """
    rows = [row for row in review_rows(contents) if row.decision]
    if not rows:
        return DecisionReading()
    earlier = [(k.id, Pair(k.activity, k.file)) for k in earlier_links(contents)]
    extra = [(name.upper(), Pair(*pair)) for name, pair in (known or {}).items()]
    reader = Reader(FileFinder(files, folders), Pairs(files, activities, earlier + extra), claims)
    return _settle([reader.read(row) for row in rows], coverage)


def _settle(readings: Sequence[RowReading], coverage: Coverage) -> DecisionReading:
    by_id: defaultdict[str, list[Statement]] = defaultdict(list)
    for reading in readings:
        for statement in reading.statements:
            by_id[statement.decision.id].append(statement)
    outcomes = [_agreed(same) for same in by_id.values()]
    held = [outcome for outcome in outcomes if isinstance(outcome, Statement)]
    conflicts = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    lost = [statement for statement in held if statement.lost]
    problems = [problem for reading in readings for problem in reading.problems]
    return DecisionReading(
        decisions=tuple(statement.decision for statement in held if not statement.lost),
        conflicts=tuple(conflicts),
        not_applied=(*problems, *(_without_file(s, coverage) for s in lost)),
        without_file=tuple(statement.decision for statement in lost),
    )


def _agreed(same: Sequence[Statement]) -> Statement | Problem:
    """The one statement that holds for an id, or the contradiction among its rows."""
    people = [s for s in same if s.decision.origin != TERMINAL]
    terminal = [s for s in same if s.decision.origin == TERMINAL]
    last = max(terminal, key=lambda s: (s.moment, s.decision.row)) if terminal else None
    voices = [*people, *([last] if last else [])]
    if len({s.decision.verdict for s in voices}) > 1:
        return _conflict(voices)
    return _joined(voices)


def _joined(voices: Sequence[Statement]) -> Statement:
    """Rows that agree, as one: the first row's, with the first Responsable and note that speak."""
    first = voices[0]
    by = next((s.decision.by for s in voices if s.decision.by), "")
    note = next((s.decision.note for s in voices if s.decision.note), "")
    return replace(first, decision=replace(first.decision, by=by, note=note))


def _conflict(voices: Iterable[Statement]) -> Problem:
    decisions = [statement.decision for statement in voices]
    rows = ", ".join(f"fila {d.row} ({d.verdict.value})" for d in decisions)
    what = decisions[0]
    pair = f" ({what.activity} y «{what.file}»)" if what.activity else ""
    return Problem(
        f"pestaña «{REVIEW}», {rows}",
        f"Dos o más filas dicen cosas distintas de {what.id}{pair}; no se aplicó ninguna.",
        "Deje la misma decisión en todas esas filas, o borre las que sobran.",
    )


def _without_file(statement: Statement, coverage: Coverage) -> Problem:
    decision = statement.decision
    gone = "ya no está en la carpeta" if coverage.complete else "no se vio en esta lectura parcial"
    return Problem(
        f"pestaña «{REVIEW}», fila {decision.row}",
        f"Decisión sin archivo: «{decision.file or decision.id}» {gone}{statement.lost_why}.",
        "La decisión se conserva; si el archivo tiene otro nombre y otro contenido, agregue una "
        "fila con su Código, su Enlace y Confirmar.",
    )
