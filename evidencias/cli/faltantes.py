"""`evidencias faltantes`: what is reported without enough evidence, and what each lacks."""

from __future__ import annotations

import click

from evidencias.cli.common import (
    FINDINGS,
    Session,
    command_named,
    format_option,
    fresh_option,
    say,
)
from evidencias.cli.opening import coverage_code, last_state
from evidencias.domain.model import ActivityState, ClaimState
from evidencias.domain.spanish import listed, quoted
from evidencias.domain.text import fold
from evidencias.errors import InputError

STATES = [s.value for s in (*ActivityState, *ClaimState)]


@command_named("faltantes")
@click.option("--todas", is_flag=True, help="Todas las reportadas, también las soportadas.")
@click.option("--eje", default="", metavar="EJE", help="Solo las de este eje (o parte del nombre).")
@click.option("--dependencia", default="", metavar="DEP", help="Solo las de esta dependencia.")
@click.option("--estado", type=click.Choice(STATES), default=None, metavar="ESTADO",
              help=f"Solo las de este estado: {', '.join(STATES)}.")  # fmt: skip
@click.option("--estricto", is_flag=True, help="Termina con código 1 si hay alguna.")
@format_option
@fresh_option
def command(
    session: Session,
    todas: bool,
    eje: str,
    dependencia: str,
    estado: str | None,
    estricto: bool,
    fmt: str,
    actualizar: bool,
) -> int:
    """Lista las actividades reportadas sin evidencia suficiente y lo que le falta a cada una;
    después, lo que el informe afirma y ningún plan programa.
    """
    from evidencias.outputs import columns, listing, rows, summary

    snapshot = last_state(session, session.load(), fresh=actualizar)
    plan = snapshot.assessment.activities
    refuse_unknown("eje", eje, {a.axis for a in plan})
    refuse_unknown("dependencia", dependencia, {a.department for a in plan})
    found = rows.missing_rows(
        snapshot.assessment,
        everything=todas,
        axis=eje,
        department=dependencia,
        state=estado or "",
    )
    listing.show(
        session.console(),
        fmt,
        found,
        columns.MISSING_KEYS,
        columns.MISSING,
        empty=_nothing(eje, dependencia, estado),
    )
    if fmt == "tabla" and found and not (eje or dependencia or estado):
        say(summary.missing_line(snapshot.assessment))
    lacking = any(r["estado"] != ActivityState.SUPPORTED.value for r in found)
    return coverage_code(snapshot) or (FINDINGS if estricto and lacking else 0)


def refuse_unknown(what: str, wanted: str, known: set[str]) -> None:
    """Refuses a filter that nothing in the plan has: an empty list would reassure falsely."""
    if wanted and not any(fold(wanted).strip() in fold(name) for name in known):
        names = listed([quoted(n) for n in sorted(filter(None, known))])
        raise InputError(f"El plan no tiene {what} con «{wanted}».", f"Tiene {names}.")


def _nothing(*filters: str | None) -> str:
    if any(filters):
        return "Ninguna con esas condiciones."
    return "Ninguna: todo lo reportado tiene evidencia suficiente."
