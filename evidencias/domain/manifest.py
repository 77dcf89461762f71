"""The manifest: what was submitted, as it was judged, in plain values ready to be sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from evidencias.domain import manifest_rows as rows
from evidencias.domain.assessment import Assessment, Run
from evidencias.domain.audit import blocking, verdict
from evidencias.domain.manifest_files import FileSeal, as_json, seal_of
from evidencias.domain.manifest_rows import Row
from evidencias.domain.manifest_text import FORMAT
from evidencias.domain.model import Decision, Presence
from evidencias.domain.support import LINKED, NO_FACTS


@dataclass(frozen=True, slots=True)
class Freezing:
    """The circumstances of a freeze: when, by whom, with `--forzar`, with which tool and run.

    `report` and `plan` are their seals (report None: there is none); `drive`: the evidence is
    in Drive.
    """

    moment: datetime
    by: str
    forced: bool
    version: str
    run: Run
    plan: FileSeal
    report: FileSeal | None
    drive: bool


def linked_files(a: Assessment) -> Iterator[FileSeal]:
    """The seals of the files that an automatic or confirmed link holds, by path."""
    wanted = {k.file for k in a.links if k.state in LINKED}
    present = [f for f in a.files.values() if f.presence is Presence.SEEN]
    equal: dict[str, list[str]] = defaultdict(list)
    for file in present:
        if file.md5 and file.size:
            equal[file.md5].append(file.path)
    chosen = sorted((f for f in present if f.id in wanted), key=lambda f: (f.path, f.id))
    for file in chosen:
        yield seal_of(file, [p for p in equal.get(file.md5, ()) if p != file.path])


def build(a: Assessment, freezing: Freezing) -> dict[str, object]:
    """The whole manifest without its seal; its long lists are iterators, to be used once."""
    return {
        **matter(a),
        "formato": FORMAT,
        "responsable": a.responsible or None,
        "congelado": _freezing(a, freezing),
        "herramienta": freezing.version,
        "corrida": _run(freezing.run),
        "fuente": "drive" if freezing.drive else "local",
        "informe": _report(a, freezing.report),
        "plan": as_json(freezing.plan),
        "veredicto": verdict(a.findings).value,
        "archivos": (_file(a, s) for s in linked_files(a)),
    }


def matter(a: Assessment) -> dict[str, object]:
    """What was judged, free of when and by whom: manifests that agree in it are of one state."""
    people = {(d.activity, d.file): d.by for d in a.decisions if d.activity and d.file}
    where = {s.activity: s for s in a.standings}
    counted = {(s.activity, c.file): c for s in a.standings for c in s.files}
    return {
        "politica": a.policy,
        "periodo": {
            "nombre": a.period.label,
            "desde": a.period.start.isoformat(),
            "hasta": a.period.end.isoformat(),
            "corte": a.period.cutoff.isoformat(),
        },
        "cobertura": {"completa": a.coverage.complete, "sin_leer": list(a.coverage.unread)},
        "actividades": (rows.activity(x, where.get(x.code)) for x in a.activities),
        "vinculos": (rows.link(k, counted.get((k.activity, k.file)), people) for k in a.links),
        "decisiones": map(rows.decision, sorted(a.decisions, key=_decision_key)),
        "hallazgos": map(rows.finding, a.findings),
        "cifras": map(rows.figure, a.figures),
        "afirmaciones": map(rows.claim, a.claims),
        "huellas": ([s.id, s.print or None] for s in linked_files(a)),
    }


def _decision_key(decision: Decision) -> tuple[str, ...]:
    return (decision.id, decision.activity, decision.file, decision.verdict, decision.by)


def _freezing(a: Assessment, freezing: Freezing) -> Row:
    standing = [f.id for f in blocking(a.findings)]
    return {
        "fecha": freezing.moment.isoformat(timespec="seconds"),
        "por": freezing.by or None,
        "forzado": freezing.forced and bool(standing),
        "bloqueantes": standing,
    }


def _run(run: Run) -> Row:
    return {
        "id": run.id,
        "inicio": run.started.isoformat(timespec="seconds"),
        "fin": run.ended.isoformat(timespec="seconds") if run.ended else None,
    }


def _report(a: Assessment, seal: FileSeal | None) -> Row | None:
    if seal is None or a.report is None:
        return None
    header = a.report.header
    told: Row = {
        "politica": header.policy or None,
        "responsable": header.responsible or None,
        "periodo": header.period or None,
        "fecha": header.date or None,
    }
    return {**as_json(seal), "encabezado": told}


def _file(a: Assessment, seal: FileSeal) -> Row:
    kinds = a.facts.get(seal.id, NO_FACTS).kinds
    return {**as_json(seal), "tipo": sorted(k.value for k in kinds)}
