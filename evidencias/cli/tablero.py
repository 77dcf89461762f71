"""`evidencias tablero`: the state of the policy as one self-contained page."""

from __future__ import annotations

from pathlib import Path

import click

from evidencias.cli.common import Session, command_named, fresh_option
from evidencias.cli.opening import coverage_code, last_state


@command_named("tablero")
@click.option("--salida", metavar="F.html", help="Dónde se escribe; por defecto, tablero.html.")
@fresh_option
def command(session: Session, salida: str | None, actualizar: bool) -> int:
    """Escribe una página con el estado por eje y dependencia, un buscador y la tendencia."""
    from evidencias.outputs import dashboard
    from evidencias.targets import check_target

    config = session.load()
    snapshot = last_state(session, config, fresh=actualizar)
    target = Path(salida) if salida else config.folder / "tablero.html"
    check_target(config, target)
    dashboard.write(snapshot, target)
    click.echo(f"Tablero escrito en {target}")
    return coverage_code(snapshot)
