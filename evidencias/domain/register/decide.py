"""A decision from the terminal, as a row of `Revisión` and a record of `Historial`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from evidencias.domain.ids import same_id
from evidencias.domain.model import Decision, Verdict
from evidencias.domain.register.columns import REVIEW
from evidencias.domain.register.events import decision_events
from evidencias.domain.register.history import chained
from evidencias.domain.register.marks import PERSON, TERMINAL, terminal_mark
from evidencias.domain.register.review import Proposal, review_cells
from evidencias.domain.register.rows import review_rows
from evidencias.domain.register.shapes import Cell, RegisterChanges, RegisterContents
from evidencias.domain.register.words import visible
from evidencias.errors import InputError

_WORD = {
    Verdict.CONFIRM: "Confirmar",
    Verdict.REJECT: "Rechazar",
    Verdict.ACCEPT: "Aceptar",
}


def decide(
    contents: RegisterContents,
    proposal: Proposal,
    decision: Decision,
    *,
    stated: tuple[Decision, ...],
    now: datetime,
) -> RegisterChanges:
    """What `decidir` appends: the row of what is decided, with the decision and its mark.

    `stated` are the decisions that hold now (`read_decisions`). Nothing is to be written (no
    rows) when the same is already decided. Raises InputError when a person's row says otherwise,
    naming it, and before there is a register.
    """
    if not contents.exists:
        raise InputError(
            "Todavía no hay registro donde escribir la decisión.",
            "Ejecute «evidencias sincronizar» y decida después.",
        )
    same = [d for d in stated if same_id(d.id, decision.id)]
    contrary = [d for d in same if d.origin == PERSON and d.verdict is not decision.verdict]
    if contrary:
        raise _contrary(contents, contrary[0])
    nothing = RegisterChanges(contents.policy, contents.semester)
    if any(d.verdict is decision.verdict for d in same):
        return nothing
    _refuse_unsettled(contents, decision)
    made = replace(decision, origin=TERMINAL)
    return replace(
        nothing,
        review=(_row(proposal, decision, now),),
        history=chained(contents, decision_events([made], contents, now)),
    )


def _row(proposal: Proposal, decision: Decision, now: datetime) -> tuple[Cell, ...]:
    *cells, _, _, _, _ = review_cells(proposal, now)
    md5 = proposal.file.md5 if proposal.file else ""
    return (
        *cells,
        Cell(_WORD[decision.verdict]),
        Cell(visible(decision.by)),
        Cell(visible(decision.note)),
        Cell(terminal_mark(md5, now, decision.verdict)),
    )


def _contrary(contents: RegisterContents, said: Decision) -> InputError:
    return InputError(
        f"En {contents.origin}, pestaña «{REVIEW}», la fila {said.row} ya dice "
        f"«{_WORD[said.verdict]}» sobre {said.id}" + (f" ({said.by})." if said.by else "."),
        "Una decisión escrita en el registro se cambia en su fila.",
    )


def _refuse_unsettled(contents: RegisterContents, decision: Decision) -> None:
    """A person's row that says something else, although it could not be applied, also wins."""
    for row in review_rows(contents):
        if not same_id(row.id, decision.id) or not row.decision or row.mark.moment:
            continue
        raise InputError(
            f"En {contents.origin}, pestaña «{REVIEW}», la fila {row.number} dice "
            f"«{row.decision}» sobre {row.id} y no se pudo aplicar.",
            "Corrija esa fila en el registro.",
        )
