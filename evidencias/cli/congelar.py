"""`evidencias congelar`: seals what was submitted, so that anyone can tell later what changed."""

from __future__ import annotations

import getpass
from contextlib import closing
from pathlib import Path

import click

from evidencias.cli.common import FINDINGS, Session, command_named, fresh_option
from evidencias.cli.opening import coverage_code, last_state
from evidencias.domain.audit import blocking
from evidencias.domain.model import Finding
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.spanish import plural


@command_named("congelar")
@click.option("--forzar", is_flag=True, help="Congela aunque queden hallazgos bloqueantes.")
@click.option("--salida", metavar="F.json", help="Dónde se escribe el manifiesto.")
@click.option("--responsable", default="", metavar="NOMBRE", help="Quién congela.")
@fresh_option
def command(
    session: Session, forzar: bool, salida: str | None, responsable: str, actualizar: bool
) -> int:
    """Escribe el manifiesto de lo entregado: informe, plan, vínculos, decisiones, cifras y la
    huella de cada archivo. Si queda un hallazgo bloqueante que nadie ha aceptado, los lista y
    termina con código 1; con --forzar congela y lo deja escrito.
    """
    from evidencias import freezing, wiring
    from evidencias.manifests import default_name
    from evidencias.targets import check_target

    config = session.load()
    snapshot = last_state(session, config, fresh=actualizar)
    target = Path(salida) if salida else config.folder / default_name(config.period)
    check_target(config, target)
    freezing.check_free(target)
    standing = blocking(snapshot.assessment.findings)
    if standing and not forzar:
        return coverage_code(snapshot) or _refused(standing)
    # Everything is read and hashed anew: what is sealed is what is there, not what was cached.
    ws = wiring.workspace(config, complete=True)
    with closing(ws), ws.lock(), session.progress() as progress:
        made = freezing.freeze(
            config, ws, snapshot, by=responsable.strip() or _user(), forced=forzar,
            progress=progress,
        )  # fmt: skip
        freezing.write_new(target, made.lines)
    click.echo(_written(target, made.seal, snapshot))
    return coverage_code(snapshot)


def _refused(standing: tuple[Finding, ...]) -> int:
    told = plural(len(standing), "hallazgo bloqueante", "hallazgos bloqueantes")
    click.echo(f"No se congeló: {'queda' if len(standing) == 1 else 'quedan'} {told} sin aceptar.")
    for finding in standing:
        click.echo(f"  {finding.id}  {finding.message}")
    click.echo(
        "Corrija el informe o la evidencia, o acepte cada hallazgo («evidencias decidir ID "
        "aceptar»). Con --forzar se congela así, y el manifiesto lo dice.",
        err=True,
    )
    return FINDINGS


def _written(target: Path, seal: str, snapshot: Snapshot) -> str:
    from evidencias.domain.manifest import linked_files

    files = plural(sum(1 for _ in linked_files(snapshot.assessment)), "archivo", "archivos")
    return (
        f"Congelado en «{target}»: {files} con su huella.\n"
        f"Sello (SHA-256): {seal}\n"
        f"Para saber más adelante qué cambió: evidencias verificar {target.name}"
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a container without users
