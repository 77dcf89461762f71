"""`evidencias decidir`: a decision from the terminal."""

from __future__ import annotations

from contextlib import closing

import click

from evidencias.cli.common import OK, Session, command_named, say
from evidencias.cli.opening import last_state
from evidencias.domain.model import Verdict


@command_named("decidir")
@click.argument("ident", metavar="ID")
@click.argument("veredicto", type=click.Choice([v.value for v in Verdict]),
                metavar="{confirmar|rechazar|aceptar}")  # fmt: skip
@click.option("--nota", default="", metavar="TEXTO", help="Por qué se decide así.")
@click.option("--responsable", default="", metavar="NOMBRE", help="Quién decide.")
def command(session: Session, ident: str, veredicto: str, nota: str, responsable: str) -> int:
    """Confirma o rechaza un vínculo (V-…), o acepta un hallazgo (H-…). Los listados lo muestran
    de inmediato y queda escrito en «Revisión» y en «Historial».
    """
    from evidencias import deciding, wiring
    from evidencias.domain.register.lookup import decision_of, proposal_of

    config = session.load()
    snapshot = last_state(session, config, fresh=False)
    proposal = proposal_of(snapshot.assessment, ident.strip())
    decision = decision_of(proposal, Verdict(veredicto), by=responsable.strip(), note=nota.strip())
    ws = wiring.workspace(config)
    with closing(ws), ws.lock():
        written = deciding.decide(config, ws, proposal, decision, ws.clock())
    say(
        f"{proposal.id}: quedó «{veredicto}» en el registro."
        if written
        else f"{proposal.id}: ya estaba decidido así; no se escribió nada."
    )
    return OK
