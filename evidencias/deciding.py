"""A decision from the terminal: into the register, and the last state judged anew with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from evidencias import snapshots
from evidencias.config import Config
from evidencias.domain.assessment import Assessment
from evidencias.domain.judgement import judge
from evidencias.domain.model import Decision
from evidencias.domain.register import (
    RegisterContents,
    check_stamp,
    history_entries,
    read_decisions,
)
from evidencias.domain.register import decide as append_decision
from evidencias.domain.register.review import Proposal
from evidencias.errors import InputError
from evidencias.ports import Workspace


def decide(
    config: Config, ws: Workspace, proposal: Proposal, decision: Decision, now: datetime
) -> bool:
    """Writes one decision into the register and judges the last state anew with it.

    False when the same was already decided and nothing was written. The caller holds the lock.
    """
    snapshot = snapshots.load(ws.index)
    if snapshot is None:
        raise InputError("Todavía no hay datos.", "Ejecute «evidencias sincronizar».")
    judged = snapshot.assessment
    contents = ws.register.read()
    check_stamp(contents, config.politica.nombre, config.period)
    stated = _decided(judged, contents, ws)
    changes = append_decision(contents, proposal, decision, stated=stated, now=now)
    written = bool(changes.review) and ws.register.record(changes)
    decided = replace(judged, decisions=_decided(judged, ws.register.read(), ws))
    history = history_entries(contents, changes)
    snapshots.keep(ws.index, replace(snapshot, assessment=judge(decided), history=history))
    return written


def _decided(judged: Assessment, contents: RegisterContents, ws: Workspace) -> tuple[Decision, ...]:
    known = {k.id: (k.activity, k.file) for k in (*judged.links, *judged.proposed)}
    reading = read_decisions(
        contents,
        judged.files,
        judged.activities,
        ws.folders,
        coverage=judged.coverage,
        known=known,
    )
    return reading.decisions
