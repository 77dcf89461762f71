"""The rows of a manifest's lists: activities, links, decisions, findings, figures and claims."""

from __future__ import annotations

from collections.abc import Mapping

from evidencias.domain.manifest_text import number
from evidencias.domain.model import (
    Activity,
    Claim,
    Counted,
    Decision,
    Finding,
    JudgedFigure,
    Link,
    Place,
    Standing,
)

Row = dict[str, object]


def activity(activity: Activity, standing: Standing | None) -> Row:
    """A line of the plan, and where it stands."""
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


def link(link: Link, counted: Counted | None, people: Mapping[tuple[str, str], str]) -> Row:
    """A link, and whether its file counts."""
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


def decision(decision: Decision) -> Row:
    """What a person decided."""
    return {
        "id": decision.id,
        "veredicto": decision.verdict.value,
        "actividad": decision.activity or None,
        "archivo": decision.file or None,
        "responsable": decision.by or None,
        "nota": decision.note or None,
        "origen": decision.origin,
    }


def finding(finding: Finding) -> Row:
    """What an auditor must know."""
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


def figure(judged: JudgedFigure) -> Row:
    """A number of the report and what it comes to."""
    said = judged.figure
    return {
        "texto": said.text,
        "donde": _place(said.where),
        "que": said.subject.value,
        "ambito": said.scope,
        "afirmado": number(said.claimed),
        "calculado": number(judged.computed),
        "minimo": number(judged.low),
        "maximo": number(judged.high),
        "formulas": {key: number(value) for key, value in judged.formulas.items()},
        "formula_que_coincide": judged.matching or None,
        "veredicto": judged.verdict.value,
    }


def claim(claim: Claim) -> Row:
    """One thing that the report says was done."""
    return {
        "id": claim.id,
        "texto": claim.text,
        "donde": _place(claim.where),
        "actividad": claim.activity or None,
        "clase": claim.kind.value if claim.kind else None,
        "estado": claim.state or None,
    }
