"""What one run has to tell of itself: what moved since the last, what it called, what is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import EvidenceFile, Presence, Problem
from evidencias.domain.register import DecisionReading, RegisterContents
from evidencias.domain.snapshot import Snapshot, SyncSummary
from evidencias.domain.spanish import plural
from evidencias.ports import Workspace


def moves(judged: Assessment, before: Snapshot | None) -> dict[str, int]:
    """How many files were seen, are new, changed or gone since the last synchronisation."""
    old = _seen(before.assessment) if before else {}
    new = _seen(judged)
    both = new.keys() & old.keys()
    return {
        "seen": len(new),
        "new": len(new.keys() - old.keys()),
        "changed": sum(1 for i in both if _version(new[i]) != _version(old[i])),
        "gone": sum(1 for i in old.keys() - new.keys() if not judged.coverage.hides(old[i].path)),
    }


def _seen(a: Assessment) -> dict[str, EvidenceFile]:
    return {i: f for i, f in a.files.items() if f.presence is Presence.SEEN}


def summary(
    decided: DecisionReading, moved: dict[str, int], ws: Workspace, *, now: datetime, written: bool
) -> SyncSummary:
    """The run in numbers."""
    calls = ws.calls()
    return SyncSummary(
        run=now.strftime("%Y%m%d-%H%M%S"),
        started=now,
        ended=ws.clock(),
        decisions_applied=len(decided.decisions),
        decisions_conflicting=len(decided.conflicts),
        decisions_not_applied=len(decided.not_applied),
        drive_calls=calls["drive"],
        sheets_calls=calls["sheets"],
        written=written,
        **moved,
    )


def _version(file: EvidenceFile) -> tuple[object, ...]:
    return (file.md5, file.version, file.modified, file.size, file.path, file.trashed)


def telling_a_lost_register(
    judged: Assessment, register: RegisterContents, before: Snapshot | None
) -> Assessment:
    """The assessment saying that the register of earlier runs is gone, and what went with it."""
    if register.exists or before is None:
        return judged
    decided = len(before.assessment.decisions)
    lost = f", sin {plural(decided, 'decisión', 'decisiones')} que tenía" if decided else ""
    told = Problem(
        "Registro",
        f"el de antes no está donde dice [registro] destino; se hace uno nuevo{lost}.",
        "Si fue sin querer, recupérelo (un libro, de la carpeta «copias»; una hoja de Google, de "
        "su historial de versiones) y sincronice de nuevo.",
    )
    return replace(judged, problems=(*judged.problems, told))
