"""`evidencias diagnosticar`: what would stop a run, each with its cause and its fix."""

from __future__ import annotations

from contextlib import closing

import click

from evidencias.cli.common import OK, Session, command_named, format_option, say
from evidencias.domain.diagnosis import Check, Outcome

SIGNS = {Outcome.FINE: "✓", Outcome.WRONG: "✗", Outcome.SKIPPED: "–"}
# When several things fail, the exit code of the gravest, in the contract's order.
GRAVEST = (2, 4, 6, 7, 3, 5, 1)


@command_named("diagnosticar")
@format_option
def command(session: Session, fmt: str) -> int:
    """Revisa configuración, plan, informe, carpeta y registro, y lo de Google si se usa: reloj,
    credenciales, permisos, cuota y listado. No escribe nada.
    """
    from evidencias import diagnosing, wiring
    from evidencias.outputs import listing

    config = session.load()
    ws = wiring.workspace(config, simulate=True)
    with closing(ws), session.progress() as progress:
        checks = list(diagnosing.checks(config, ws, progress))
    rows = [_row(check) for check in checks]
    if fmt in ("json", "csv"):
        keys = ("nombre", "resultado", "detalle", "causa", "arreglo")
        click.echo(listing.as_json(rows) if fmt == "json" else listing.as_csv(rows, keys))
    else:
        for check in checks:
            _tell(check, bullet="- " if fmt == "md" else "")
    codes = {check.exit_code for check in checks if check.outcome is Outcome.WRONG}
    return next((code for code in GRAVEST if code in codes), OK)


def _row(check: Check) -> dict[str, str | None]:
    return {
        "nombre": check.name,
        "resultado": check.outcome.value,
        "detalle": check.detail or None,
        "causa": check.cause or None,
        "arreglo": check.fix or None,
    }


def _tell(check: Check, bullet: str) -> None:
    from evidencias.domain.register.words import visible

    said = check.detail or check.cause
    say(visible(f"{bullet}{SIGNS[check.outcome]} {check.name}{': ' if said else ''}{said}"))
    if check.outcome is Outcome.WRONG and check.fix:
        say(visible(f"    {check.fix}"))
