"""`evidencias anexo`: the annex with the evidence of each activity, as a Word document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from evidencias.cli.common import Session, command_named, fresh_option
from evidencias.cli.opening import belonging, coverage_code, last_state, when
from evidencias.config import Config
from evidencias.domain.assessment import Assessment
from evidencias.domain.privacy import Reserve

_BATCH = 500  # files whose texts are held at once


@command_named("anexo")
@click.option("--publico", is_flag=True,
              help="Sin datos personales ni enlaces que no sean públicos.")  # fmt: skip
@click.option("--salida", metavar="F.docx", help="Dónde se escribe el anexo.")
@fresh_option
def command(session: Session, publico: bool, salida: str | None, actualizar: bool) -> int:
    """Escribe EVIDENCIAS DE LAS ACTIVIDADES: por eje y actividad, cada archivo con su enlace, su
    fecha y si una persona lo confirmó; primero, lo que falta.
    """
    from evidencias import wiring
    from evidencias.outputs import annex
    from evidencias.outputs.annex_view import Annex
    from evidencias.targets import check_target

    config = session.load()
    snapshot = last_state(session, config, fresh=actualizar)
    judged = snapshot.assessment
    target = (Path(salida) if salida else config.folder / _name(config, publico)).absolute()
    check_target(config, target)
    ways = wiring.folders(config).roots
    view = Annex(
        judged,
        annex.addresses(ways, target.parent),
        reserved=_reserved(config, judged) if publico else None,
        belongs=belonging(config, judged),
        synchronised=when(snapshot.summary.started),
    )
    annex.write(view, target, snapshot.summary.started)
    click.echo(f"Anexo escrito en «{target}».")
    if publico:
        click.echo(view.left_out())
    session.tell("Al abrirlo, Word pregunta si actualiza los campos: responda Sí para que el "
                 "contenido tenga sus números de página.")  # fmt: skip
    return coverage_code(snapshot)


def _name(config: Config, public: bool) -> str:
    label = config.period.label.replace("/", "_a_")
    return f"anexo-{label}{'-publico' if public else ''}.docx"


def _reserved(config: Config, judged: Assessment) -> Mapping[str, Reserve]:
    """Which linked files the public may not see, and why; texts are read a few at a time."""
    from evidencias import reading, wiring
    from evidencias.domain.privacy import reserve
    from evidencias.domain.support import LINKED

    wanted = dict.fromkeys(k.file for k in judged.links if k.state in LINKED)
    files = [judged.files[i] for i in wanted if i in judged.files]
    index = wiring.index(config)
    found: dict[str, Reserve] = {}
    for start in range(0, len(files), _BATCH):
        batch = files[start : start + _BATCH]
        kept = index.documents([f for f in batch if reading.readable(f)])
        # What was read in part may say anything in the rest.
        texts = {i: document.text for i, document in kept.items() if not document.problem}
        for file in batch:
            why = reserve(file, judged.facts.get(file.id), texts.get(file.id, ""))
            if why:
                found[file.id] = why
    return found
