"""The state of the policy as one self-contained page: by eje and dependencia, search, trend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidencias.domain.compliance import axes_summary
from evidencias.domain.model import ActivityState
from evidencias.domain.register.words import visible
from evidencias.domain.report_checks import compliance_facts
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.spanish import KIND_NAMES, STATE_NAMES, day_words, number
from evidencias.outputs.pages import environment, write_page

STATES = tuple(ActivityState)


def render(snapshot: Snapshot) -> str:
    """The page's HTML; the same snapshot gives the same text."""
    a = snapshot.assessment
    rows = axes_summary(compliance_facts(a))
    template = environment().get_template("tablero.html.j2")
    return template.render(
        a=a,
        synchronised=snapshot.summary.started.strftime("%d/%m/%Y %H:%M"),
        until=day_words(a.period.cutoff),
        states=[(s.value, STATE_NAMES[s]) for s in STATES],
        total=_summary(rows[0]),
        groups=[
            ("Por eje", [_summary(r) for r in rows if r.level == "eje"]),
            ("Por dependencia", [_summary(r) for r in rows if r.level == "dependencia"]),
        ],
        activities=_activities(snapshot),
        points=_points(snapshot),
        formula=a.rules.formula.replace("_", " "),
        visible=visible,
    )


def write(snapshot: Snapshot, target: Path) -> None:
    """Writes the page whole or not at all. Raises SourceError where it cannot be written."""
    write_page(render(snapshot), target)


def _summary(row: Any) -> dict[str, Any]:
    counts = {
        "soportada": row.supported,
        "por_revisar": row.to_review,
        "parcial": row.partial,
        "sin_evidencia": row.no_evidence,
        "no_verificable": row.unverifiable,
    }
    told = "—" if row.compliance is None else f"{number(row.compliance)} %"
    return {
        "name": row.name,
        "reported": row.reported,
        "counts": counts,
        "shares": {k: 100 * v / row.reported if row.reported else 0 for k, v in counts.items()},
        "compliance": told,
        "light": row.light,
    }


def _activities(snapshot: Snapshot) -> list[dict[str, Any]]:
    a = snapshot.assessment
    where = {s.activity: s for s in a.standings}
    return [
        {
            "code": x.code,
            "name": x.name,
            "axis": x.axis,
            "department": x.department,
            "state": where[x.code].state.value,
            "told": STATE_NAMES[where[x.code].state],
            "files": len(where[x.code].counting),
            "missing": ", ".join(KIND_NAMES[k] for k in where[x.code].missing),
            "pending": len(where[x.code].pending),
        }
        for x in a.activities
        if x.reported
    ]


def _points(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The last synchronisations as shares of the reported activities, for the trend."""
    points = []
    for point in snapshot.trend[-30:]:
        total = sum(point.states.values())
        if total:
            shares = {s.value: 100 * point.states.get(s.value, 0) / total for s in STATES}
            points.append({"when": point.when[:16], "shares": shares, "counts": point.states})
    return points
