"""The manifest: what was submitted, as it was judged, in plain values ready to be sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidencias.domain.assessment import Assessment, Run
from evidencias.domain.audit import blocking, verdict
from evidencias.domain.manifest_files import FileSeal, as_json, from_json, seal_of
from evidencias.domain.manifest_text import FORMAT, Manifest, number, section
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Claim,
    Counted,
    Decision,
    Finding,
    JudgedFigure,
    Link,
    Place,
    Presence,
    Standing,
)
from evidencias.domain.support import LINKED, NO_FACTS

Row = dict[str, object]


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
        "actividades": (_activity(x, where.get(x.code)) for x in a.activities),
        "vinculos": (_link(k, counted.get((k.activity, k.file)), people) for k in a.links),
        "decisiones": map(_decision, sorted(a.decisions, key=_decision_key)),
        "hallazgos": map(_finding, a.findings),
        "cifras": map(_figure, a.figures),
        "afirmaciones": map(_claim, a.claims),
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


def _activity(activity: Activity, standing: Standing | None) -> Row:
    return {
        "codigo": activity.code,
        "eje": activity.axis or None,
        "actividad": activity.name,
        "dependencia": activity.department or None,
        "indicador": activity.indicator or None,
        "meta": number(activity.target),
        "ejecutado": number(activity.achieved),
        "peso": number(activity.weight),
        "programada": activity.programmed,
        "reportada": activity.reported,
        "inicio": activity.start.isoformat() if activity.start else None,
        "fin": activity.end.isoformat() if activity.end else None,
        "exige": sorted(k.value for k in activity.required),
        "estado": standing.state.value if standing else None,
        "cuentan": list(standing.counting) if standing else [],
        "falta": [k.value for k in standing.missing] if standing else [],
        "revisada_por": list(standing.reviewed_by) if standing else [],
    }


def _link(link: Link, counted: Counted | None, people: Mapping[tuple[str, str], str]) -> Row:
    pair = (link.activity, link.file)
    return {
        "id": link.id,
        "actividad": link.activity,
        "archivo": link.file,
        "estado": link.state.value,
        "puntaje": number(link.score),
        "cuenta": bool(counted and counted.counts),
        "por_que_no": counted.why_not.value if counted and counted.why_not else None,
        "decidido": pair in people,
        "responsable": people.get(pair) or None,
    }


def _decision(decision: Decision) -> Row:
    return {
        "id": decision.id,
        "veredicto": decision.verdict.value,
        "actividad": decision.activity or None,
        "archivo": decision.file or None,
        "responsable": decision.by or None,
        "nota": decision.note or None,
        "origen": decision.origin,
    }


def _finding(finding: Finding) -> Row:
    return {
        "id": finding.id,
        "clase": finding.kind.value,
        "severidad": finding.severity.value,
        "actividad": finding.activity or None,
        "archivo": finding.file or None,
        "mensaje": finding.message,
        "aceptado": finding.accepted,
    }


def _place(place: Place) -> Row:
    return {"seccion": place.section, "parrafo": place.paragraph, "pagina": place.page}


def _figure(judged: JudgedFigure) -> Row:
    figure = judged.figure
    return {
        "texto": figure.text,
        "donde": _place(figure.where),
        "que": figure.subject.value,
        "ambito": figure.scope,
        "afirmado": number(figure.claimed),
        "calculado": number(judged.computed),
        "minimo": number(judged.low),
        "maximo": number(judged.high),
        "formulas": {key: number(value) for key, value in judged.formulas.items()},
        "formula_que_coincide": judged.matching or None,
        "veredicto": judged.verdict.value,
    }


def _claim(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "texto": claim.text,
        "donde": _place(claim.where),
        "actividad": claim.activity or None,
        "clase": claim.kind.value if claim.kind else None,
        "estado": claim.state or None,
    }


def _file(a: Assessment, seal: FileSeal) -> Row:
    kinds = a.facts.get(seal.id, NO_FACTS).kinds
    return {**as_json(seal), "tipo": sorted(k.value for k in kinds)}


# --- reading one back -------------------------------------------------------------------------


def file_seals(manifest: Manifest) -> tuple[FileSeal, ...]:
    """The sealed files of a manifest read back."""
    return tuple(map(from_json, manifest.get("archivos")))


def supported_codes(manifest: Manifest) -> frozenset[str]:
    """The codes that a frozen semester reported and held supported (base "vigencia")."""
    supported = ActivityState.SUPPORTED.value
    rows: Sequence[Mapping[str, Any]] = manifest.get("actividades")
    return frozenset(r["codigo"] for r in rows if r["reportada"] and r["estado"] == supported)


def same_matter(manifest: Manifest, a: Assessment) -> bool:
    """Whether a manifest read back speaks of this very assessment; compared line by line."""
    now = matter(a)
    return set(now) <= manifest.keys() and all(
        _same(manifest.text(key), key, value) for key, value in now.items()
    )


def _same(written: bytes, key: str, value: object) -> bool:
    place, end = 0, "," if written.endswith(b",\n") else ""
    for line in section(key, value, end):
        if not written.startswith(line, place):
            return False
        place += len(line)
    return place == len(written)
