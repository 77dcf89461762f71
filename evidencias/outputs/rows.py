"""Results as the contract's JSON objects: machine words, null where something is unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evidencias.domain.assessment import Assessment, HistoryEntry
from evidencias.domain.audit import verdict
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Claim,
    ClaimKind,
    EvidenceFile,
    Finding,
    JudgedFigure,
    Link,
    LinkState,
    Nearby,
    Place,
    Reason,
    Standing,
)
from evidencias.domain.register.words import label
from evidencias.domain.snapshot import SyncSummary
from evidencias.domain.text import fold

Row = dict[str, Any]


def missing_rows(
    a: Assessment,
    *,
    everything: bool = False,
    axis: str = "",
    department: str = "",
    state: str = "",
) -> list[Row]:
    """`faltantes`: unsupported reported activities, then claims that no plan holds."""
    kinds = _findings_by_activity(a.findings)
    known = {x.code: x for x in a.activities}
    rows = []
    for standing in a.standings:
        activity = known[standing.activity]
        if not activity.reported or not (_within(activity.axis, axis)):
            continue
        if not _within(activity.department, department):
            continue
        if everything or standing.state is not ActivityState.SUPPORTED:
            rows.append(_missing_row(activity, standing, kinds[activity.code]))
    if not axis and not department:
        rows += [_claim_missing(c, a) for c in a.claims if c.kind is ClaimKind.UNPLANNED]
    return [r for r in rows if not state or r["estado"] == state]


def _within(value: str, wanted: str) -> bool:
    return not wanted or fold(wanted).strip() in fold(value)


def _findings_by_activity(findings: Iterable[Finding]) -> Mapping[str, list[str]]:
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for finding in findings:
        if finding.activity and not finding.accepted:
            kinds[finding.activity][finding.kind.value] = None
    return defaultdict(list, {code: list(found) for code, found in kinds.items()})


def _missing_row(activity: Activity, standing: Standing, findings: list[str]) -> Row:
    return {
        "codigo": activity.code,
        "actividad": activity.name,
        "eje": activity.axis or None,
        "dependencia": activity.department or None,
        "programada": activity.programmed,
        "estado": standing.state.value,
        "evidencias": len(standing.counting),
        "falta": [k.value for k in standing.missing],
        "sugerencias": len(standing.pending),
        "hallazgos": findings,
    }


def _claim_missing(claim: Claim, a: Assessment) -> Row:
    decided = {k.file: k.state for k in a.links if k.activity == claim.id}
    return {
        "codigo": claim.id,
        "actividad": claim.text,
        "eje": None,
        "dependencia": None,
        "programada": False,
        "estado": claim.state,
        "evidencias": sum(1 for s in decided.values() if s is LinkState.CONFIRMED),
        "falta": [],
        "sugerencias": sum(1 for f in claim.files if f not in decided),
        "hallazgos": ["reportada_no_programada"],
    }


def link_rows(a: Assessment, *, activity: str = "", state: str = "") -> list[Row]:
    """`vinculos`: links with file, state, score and the reasons on both sides."""
    return [
        _link_row(link, a.files.get(link.file), a)
        for link in a.links
        if (not activity or link.activity.casefold() == activity.casefold().strip())
        and (not state or link.state.value == state)
    ]


def _link_row(link: Link, file: EvidenceFile | None, a: Assessment) -> Row:
    facts = a.facts.get(link.file)
    return {
        "id": link.id,
        "actividad": link.activity,
        "archivo": link.file,
        "ruta": file.path if file else link.file,
        "url": file.url or None if file else None,
        "tipo": sorted(k.value for k in facts.kinds) if facts else [],
        "estado": link.state.value,
        "puntaje": round(link.score, 4),
        "razones": _texts(link.reasons),
        "en_contra": [*_texts(link.against), *_unread(file)],
    }


def _unread(file: EvidenceFile | None) -> list[str]:
    return [f"no se leyó todo su texto: {file.unread}"] if file and file.unread else []


def _texts(reasons: Sequence[Reason]) -> list[str]:
    return [r.text for r in reasons]


def orphan_rows(a: Assessment) -> list[Row]:
    """`huerfanos`: files with no activity, with the nearest ones."""
    rows = []
    for orphan in a.orphans:
        file = a.files[orphan.file]
        rows.append(
            {
                "archivo": file.id,
                "ruta": file.path,
                "url": file.url or None,
                "cercanas": _nearby(orphan.nearby),
            }
        )
    return rows


def _nearby(nearby: Sequence[Nearby]) -> list[Row]:
    return [
        {"actividad": n.activity, "puntaje": round(n.score, 4), "razones": _texts(n.reasons)}
        for n in nearby
    ]


def sync_row(a: Assessment, s: SyncSummary) -> Row:
    """`sincronizar`: what the run saw, concluded and wrote."""
    reported = {x.code for x in a.activities if x.reported}
    return {
        "corrida": s.run,
        "inicio": s.started.isoformat(timespec="seconds"),
        "fin": s.ended.isoformat(timespec="seconds"),
        "archivos": {
            "vistos": s.seen,
            "nuevos": s.new,
            "cambiados": s.changed,
            "retirados": s.gone,
            "apartados": len(a.set_aside),
        },
        "vinculos": _counts((k.state.value for k in a.links), [x.value for x in LinkState]),
        "actividades": _counts(
            (t.state.value for t in a.standings if t.activity in reported),
            [x.value for x in ActivityState],
        ),
        "hallazgos": len(a.findings),
        "decisiones": {
            "aplicadas": s.decisions_applied,
            "en_conflicto": s.decisions_conflicting,
            "no_aplicadas": s.decisions_not_applied,
        },
        "llamadas": {"drive": s.drive_calls, "sheets": s.sheets_calls},
        "cobertura": {"completa": a.coverage.complete, "sin_leer": list(a.coverage.unread)},
    }


def _counts(values: Iterable[str], names: Sequence[str]) -> Row:
    counted = Counter(values)
    return {name: counted[name] for name in names}


def audit_row(a: Assessment) -> Row:
    """`auditar`: header, claims, figures, findings and the verdict."""
    header = a.report.header if a.report else None
    return {
        "informe": {
            "politica": (header.policy or None) if header else None,
            "responsable": (header.responsible or None) if header else None,
            "periodo": (header.period or None) if header else None,
            "fecha": (header.date or None) if header else None,
        },
        "afirmaciones": [_claim_row(c) for c in a.claims],
        "cifras": [_figure_row(f) for f in a.figures],
        "hallazgos": [_finding_row(f) for f in a.findings],
        "veredicto": verdict(a.findings).value,
    }


def _place(place: Place | None) -> Row | None:
    if place is None:
        return None
    return {"seccion": place.section, "parrafo": place.paragraph, "pagina": place.page}


def _claim_row(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "texto": claim.text,
        "donde": _place(claim.where),
        "actividad": claim.activity or None,
        "clase": claim.kind.value if claim.kind else None,
        "estado": claim.state or None,
        "cercanas": _nearby(claim.nearby),
    }


def _figure_row(judged: JudgedFigure) -> Row:
    figure = judged.figure
    return {
        "texto": figure.text,
        "donde": _place(figure.where),
        "que": figure.subject.value,
        "ambito": figure.scope,
        "afirmado": figure.claimed,
        "aproximada": bool(figure.bound),
        "calculado": judged.computed,
        "minimo": judged.low,
        "maximo": judged.high,
        "diferencia": judged.difference,
        "formulas": dict(judged.formulas),
        "formula_que_coincide": judged.matching or None,
        "veredicto": judged.verdict.value,
    }


def _finding_row(finding: Finding) -> Row:
    return {
        "id": finding.id,
        "clase": finding.kind.value,
        "severidad": finding.severity.value,
        "actividad": finding.activity or None,
        "archivo": finding.file or None,
        "mensaje": finding.message,
        "donde": _place(finding.where),
        "sugerencia": finding.hint,
        "aceptado": finding.accepted,
    }


def history_rows(history: Sequence[HistoryEntry]) -> list[Row]:
    """`historial`: proposals, decisions and losses, oldest first."""
    return [
        {
            "fecha": h.when,
            "responsable": h.who or None,
            "id": h.id,
            "antes": h.before or None,
            "despues": h.after or None,
            "origen": h.source,
        }
        for h in history
    ]


def named_ids(a: Assessment) -> dict[str, str]:
    """What each id of links and findings is about, for people: "PV-101 · acta.pdf"."""

    def named(activity: str, file_id: str) -> str:
        file = a.files.get(file_id)
        return " · ".join(p for p in (activity, file.name if file else file_id) if p)

    links = {k.id: named(k.activity, k.file) for k in (*a.proposed, *a.links)}
    found = {f.id: named(f.activity, f.file) or label(f.kind) for f in a.findings}
    return {**links, **found}
