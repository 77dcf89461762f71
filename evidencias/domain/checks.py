"""The checks of plan and evidence: one generator per check, each yields findings.

Those of the files themselves stand in `file_checks`.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidencias.domain.examined import BLOCKING, NOTICE, OBSERVATION, Check, Examined
from evidencias.domain.file_checks import (
    out_of_period,
    public_links,
    reused_duplicates,
    spoiled_files,
)
from evidencias.domain.model import Activity, ActivityState, Finding, FindingKind
from evidencias.domain.spanish import day_words, kinds_words, lacking, plural
from evidencias.domain.support import NO_FACTS


def without_evidence(seen: Examined) -> Iterator[Finding]:
    """Reported activities with no counting file and nothing pending."""
    for activity, standing in seen.reported():
        if standing.state is ActivityState.NO_EVIDENCE:
            yield Finding(
                FindingKind.NO_EVIDENCE,
                BLOCKING,
                f"{activity.code}: no se encontró evidencia que cuente en el período.",
                "Cargue el soporte en la carpeta; si ya está, vincúlelo en «Revisión».",
                activity.code,
            )


def missing_kinds(seen: Examined) -> Iterator[Finding]:
    """Required kinds that no counting file of a partly supported activity holds."""
    for activity, standing in seen.reported():
        if standing.state is not ActivityState.PARTIAL:
            continue
        for kind in standing.missing:
            near = [f for f in standing.pending if kind in seen.case.facts.get(f, NO_FACTS).kinds]
            maybe = (
                f" Hay {plural(len(near), 'sugerido', 'sugeridos')} por decidir." if near else ""
            )
            yield Finding(
                FindingKind.MISSING_KIND,
                BLOCKING,
                f"{activity.code}: {lacking(kind)}; el plan pide "
                f"{kinds_words(tuple(sorted(activity.required)))}.{maybe}",
                "Cargue ese soporte o vincule el archivo que lo contiene.",
                activity.code,
                detail=kind.value,
            )


def to_review(seen: Examined) -> Iterator[Finding]:
    """Activities whose state waits for a person's answer."""
    for activity, standing in seen.reported():
        if standing.state is ActivityState.TO_REVIEW:
            count = plural(len(standing.pending), "archivo sugerido", "archivos sugeridos")
            yield Finding(
                FindingKind.TO_REVIEW,
                OBSERVATION,
                f"{activity.code}: {count} por confirmar o rechazar.",
                "Decida en la pestaña «Revisión» o con «evidencias decidir».",
                activity.code,
            )


def planned_not_reported(seen: Examined) -> Iterator[Finding]:
    """Activities programmed for the period that the plan does not report."""
    for activity in seen.activities.values():
        if activity.programmed and not activity.reported and (activity.target or 0) > 0:
            yield Finding(
                FindingKind.PLANNED_NOT_REPORTED,
                NOTICE,
                f"{activity.code}: programada en el período{_dates(activity)} y no reportada.",
                "Si se ejecutó, repórtela en el plan; si no, explíquelo en el informe.",
                activity.code,
            )


def off_schedule(seen: Examined) -> Iterator[Finding]:
    """Reported activities that the plan programmes for another time."""
    for activity, _ in seen.reported():
        if not activity.programmed:
            aimed = (activity.target or 0) > 0
            why = f"programada{_dates(activity)}" if aimed else "sin meta en el plan"
            yield Finding(
                FindingKind.OFF_SCHEDULE,
                OBSERVATION,
                f"{activity.code}: se reporta en este período, pero está {why}.",
                "Verifique las fechas y la meta del plan, o explique por qué se reporta ahora.",
                activity.code,
            )


def _dates(activity: Activity) -> str:
    if activity.start is None and activity.end is None:
        return ""
    start = f" del {day_words(activity.start)}" if activity.start else ""
    end = f" al {day_words(activity.end)}" if activity.end else ""
    return f"{start}{end}"


def doubtful_codes(seen: Examined) -> Iterator[Finding]:
    """Rows of the plan whose code had to be made up."""
    for activity in seen.activities.values():
        if activity.code_doubt:
            yield Finding(
                FindingKind.DOUBTFUL_CODE,
                OBSERVATION,
                f"{activity.code}: {activity.code_doubt}",
                "Corrija el código en el plan para que los vínculos sean estables.",
                activity.code,
            )


CHECKS: tuple[Check, ...] = (
    without_evidence,
    missing_kinds,
    to_review,
    spoiled_files,
    out_of_period,
    reused_duplicates,
    public_links,
    off_schedule,
    doubtful_codes,
    planned_not_reported,
)


def findings(seen: Examined) -> tuple[Finding, ...]:
    """Every finding of plan and evidence, each id once, in the order of the checks."""
    unique: dict[str, Finding] = {}
    for check in CHECKS:
        for finding in check(seen):
            unique.setdefault(finding.id, finding)
    return tuple(unique.values())
