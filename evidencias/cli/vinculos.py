"""`evidencias vinculos`: links with their state, score and reasons."""

from __future__ import annotations

import click

from evidencias.cli.common import Session, command_named, format_option, fresh_option, say
from evidencias.cli.opening import coverage_code, last_state
from evidencias.domain.model import LinkState
from evidencias.domain.spanish import plural
from evidencias.errors import InputError

STATES = [s.value for s in LinkState]


@command_named("vinculos")
@click.option("--actividad", default="", metavar="COD", help="Solo los de esta actividad.")
@click.option("--estado", type=click.Choice(STATES), default=None, metavar="ESTADO",
              help=f"Solo los de este estado: {', '.join(STATES)}.")  # fmt: skip
@format_option
@fresh_option
def command(
    session: Session, actividad: str, estado: str | None, fmt: str, actualizar: bool
) -> int:
    """Lista los vínculos entre archivos y actividades, cada uno con lo que habla a favor (+)
    y en contra (−).
    """
    from evidencias.outputs import columns, listing, rows

    snapshot = last_state(session, session.load(), fresh=actualizar)
    known = {a.code.casefold() for a in snapshot.assessment.activities}
    known |= {c.id.casefold() for c in snapshot.assessment.claims}
    if actividad and actividad.strip().casefold() not in known:
        raise InputError(
            f"El plan no tiene la actividad «{actividad}».",
            "Escriba el código como está en el plan, p. ej. "
            f"«{snapshot.assessment.activities[0].code}».",
        )
    found = rows.link_rows(snapshot.assessment, activity=actividad, state=estado or "")
    shown = found
    if fmt == "tabla" and not (estado or session.verbose):
        pending = snapshot.assessment.pending
        shown = [r for r in found if r["estado"] != LinkState.SUGGESTED or r["id"] in pending]
    listing.show(
        session.console(),
        fmt,
        shown,
        columns.LINK_KEYS,
        columns.LINKS,
        empty="No hay vínculos con esas condiciones.",
        spaced=True,
    )
    if len(shown) < len(found):
        more = plural(len(found) - len(shown), "sugerencia más", "sugerencias más")
        say(f"… y {more}, débiles o de archivos que no contarían; con -v se ven.")
    return coverage_code(snapshot)
