"""`evidencias sincronizar`: the nightly job."""

from __future__ import annotations

import click

from evidencias.cli.common import Session, command_named, format_option, say
from evidencias.cli.opening import coverage_code, synchronised


@command_named("sincronizar")
@click.option("--simular", is_flag=True, help="Muestra qué pasaría, sin escribir nada.")
@click.option("--completo", is_flag=True, help="Lee todo de nuevo, sin usar lo ya visto.")
@click.option("--forzar", is_flag=True, help="Acepta que hayan desaparecido muchos archivos.")
@format_option
def command(session: Session, simular: bool, completo: bool, forzar: bool, fmt: str) -> int:
    """Lee la carpeta, el plan, el informe y las decisiones; enlaza y actualiza el registro."""
    from evidencias.domain.register.words import visible
    from evidencias.outputs import listing, rows, summary

    config = session.load()
    snapshot = synchronised(session, config, simulate=simular, complete=completo, force=forzar)
    row = rows.sync_row(snapshot.assessment, snapshot.summary)
    if fmt in ("json", "csv"):
        text = listing.as_json(row) if fmt == "json" else listing.as_csv([row], list(row))
        click.echo(text)
    else:
        bullet = "- " if fmt == "md" else ""
        lines = summary.sync_lines(
            row,
            snapshot.assessment,
            simulated=simular,
            written=snapshot.summary.written,
            everything=session.verbose,
        )
        for line in lines:
            say(bullet + visible(line))
        say(f"{bullet}Registro: {config.registro.destino}")
    return coverage_code(snapshot)
