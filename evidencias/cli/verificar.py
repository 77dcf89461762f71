"""`evidencias verificar`: what became of each file since the manifest was written."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencias.cli.common import FINDINGS, OK, Session, command_named, format_option
from evidencias.cli.opening import tell_unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidencias.domain.manifest_compare import Checked


@command_named("verificar")
@click.argument("manifiesto", metavar="F.json")
@format_option
def command(session: Session, manifiesto: str, fmt: str) -> int:
    """Compara un manifiesto con lo que hay ahora: dice de cada archivo, del informe y del plan si
    está intacto, cambiado, movido, renombrado, en la papelera, desaparecido, sin acceso o ahora
    público. Termina con código 1 si algo no está intacto.
    """
    from evidencias import verifying, wiring
    from evidencias.domain.manifest_compare import Outcome
    from evidencias.manifests import open_manifest

    config = session.load()
    read = open_manifest(config, Path(manifiesto))
    # Everything is read anew and nothing is kept: a seal is not compared with what was cached.
    ws = wiring.workspace(config, complete=True, simulate=True)
    with closing(ws), session.progress() as progress:
        found, coverage = verifying.verify(config, ws, read, progress)
    _show(session, found, fmt)
    unread = tell_unread(coverage)
    altered = any(c.outcome is not Outcome.INTACT for c in found)
    return unread or (FINDINGS if altered else OK)


def _show(session: Session, found: Sequence[Checked], fmt: str) -> None:
    from evidencias.domain.manifest_compare import Outcome
    from evidencias.outputs import checked, listing

    # People read what changed; machines get every item.
    shown = [c for c in found if fmt != "tabla" or c.outcome is not Outcome.INTACT]
    if shown:
        listing.show(
            session.console(), fmt, checked.checked_rows(shown), checked.KEYS, checked.COLUMNS,
            empty="",
        )  # fmt: skip
    if fmt == "tabla":
        click.echo(checked.summary(found))
