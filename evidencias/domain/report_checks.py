"""The checks of a report against plan and evidence: one generator per check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from evidencias.domain.assessment import Assessment
from evidencias.domain.compliance import Facts, all_confirmed
from evidencias.domain.contradictions import admissions, contradictions
from evidencias.domain.judged_figures import judge_figures
from evidencias.domain.linking.language import roots
from evidencias.domain.model import (
    ActivityState,
    Claim,
    ClaimKind,
    Figure,
    FigureVerdict,
    Finding,
    FindingKind,
    JudgedFigure,
    Period,
    Report,
    ReportHeader,
    Severity,
)
from evidencias.domain.spanish import figure_subject, quoted

Check = Callable[[Assessment], Iterator[Finding]]


def foreign_report(report: Report, judged: Assessment) -> str:
    """Why a report is not of this policy and period, in Spanish, or "" when it may be.

    A missing field is no reason; two policies are the same when either name holds all the content
    words of the other.
    """
    return foreign_header(report.header, judged.policy, judged.period)


def foreign_header(header: ReportHeader, policy: str, period: Period) -> str:
    """As `foreign_report`, from the report's header alone."""
    told = header.policy
    if told and policy and not _same_policy(told, policy):
        return f"El informe es de la política {quoted(told)} y esta carpeta es de {quoted(policy)}."
    if header.period and header.period != period.label:
        return f"El informe es del período {header.period} y esta carpeta es del {period.label}."
    return ""


def _same_policy(left: str, right: str) -> bool:
    a, b = set(roots(left)), set(roots(right))
    return not a or not b or a <= b or b <= a


def unjudged(figure: Figure) -> JudgedFigure:
    """A figure as read, before plan and evidence spoke."""
    return JudgedFigure(figure, None, None, None, FigureVerdict.UNVERIFIABLE)


def rejudged_figures(judged: Assessment) -> tuple[JudgedFigure, ...]:
    """The figures of the report beside what plan and evidence give now."""
    return judge_figures([f.figure for f in judged.figures], compliance_facts(judged))


def compliance_facts(judged: Assessment) -> Facts:
    """What compliance is counted from."""
    return Facts(
        judged.activities,
        judged.standings,
        all_confirmed(judged.standings),
        judged.rules,
        judged.earlier,
        reachable=frozenset(
            s.activity for s in judged.standings if s.best is ActivityState.SUPPORTED
        ),
    )


def unplanned_claims(judged: Assessment) -> Iterator[Finding]:
    """What the report says was done and no plan holds, beside what the report itself admits."""
    admitted = admissions(judged.report) if judged.report else ()
    unplanned = [c for c in judged.claims if c.kind is ClaimKind.UNPLANNED]
    for number, claim in enumerate(unplanned):
        # The report's own admission is quoted once: ten times the same words hide the rest.
        quote = admitted[0].text if admitted and number == 0 else ""
        yield Finding(
            FindingKind.UNPLANNED,
            Severity.BLOCKING,
            f"El informe afirma {quoted(claim.text)} y el plan no la programa."
            + (f" El propio informe lo admite: {quoted(quote)}." if quote else ""),
            "Indique a qué actividad del plan corresponde, o retírela del informe.",
            detail=claim.id,
            where=claim.where,
        )


def claimed_not_reported(judged: Assessment) -> Iterator[Finding]:
    """Activities that the report tells as done and the plan does not report."""
    silent = {a.code for a in judged.activities if not a.reported}
    for claim in _planned(judged):
        if claim.activity in silent:
            yield Finding(
                FindingKind.CLAIMED_NOT_REPORTED,
                Severity.OBSERVATION,
                f"{claim.activity}: el informe la afirma ({quoted(claim.text)}) y el plan no la "
                "reporta en este período.",
                "Repórtela en el plan con su avance, o corrija el informe.",
                claim.activity,
                detail=claim.id,
                where=claim.where,
            )


def reported_not_claimed(judged: Assessment) -> Iterator[Finding]:
    """Reported activities that the report does not tell; silent while nothing at all was told."""
    told = {c.activity for c in _planned(judged)}
    near = {n.activity for c in judged.claims if c.kind is None for n in c.nearby}
    for activity in judged.activities if told else ():
        if activity.reported and activity.code not in told and activity.code not in near:
            yield Finding(
                FindingKind.REPORTED_NOT_CLAIMED,
                Severity.OBSERVATION,
                f"{activity.code}: el plan la reporta y el informe no la menciona.",
                "Inclúyala en el informe o verifique que sí se ejecutó.",
                activity.code,
            )


def _planned(judged: Assessment) -> Iterator[Claim]:
    return (c for c in judged.claims if c.kind is ClaimKind.PLANNED and c.activity)


def wrong_figures(judged: Assessment) -> Iterator[Finding]:
    """Figures that plan and evidence contradict."""
    same: Counter[str] = Counter()  # an accepted figure stays so when others are added above it
    for item in judged.figures:
        figure, told = item.figure, item.explanation
        words = f"{figure.text}|{figure.claimed}"
        same[words] += 1
        if item.verdict is FigureVerdict.MISMATCH:
            yield Finding(
                FindingKind.FIGURE_MISMATCH,
                Severity.BLOCKING,
                f"{figure_subject(figure)}: {told[:1].lower()}{told[1:]}",
                "Corrija la cifra del informe, o complete el plan o la evidencia que la sustenta.",
                figure.scope if any(a.code == figure.scope for a in judged.activities) else "",
                detail=f"{words}|{same[words]}",
                where=figure.where,
            )


def against_itself(judged: Assessment) -> Iterator[Finding]:
    """Statements of the report that deny one another."""
    if judged.report:
        yield from contradictions(
            judged.report, judged.figures, judged.standings, judged.activities
        )


CHECKS: tuple[Check, ...] = (
    wrong_figures,
    unplanned_claims,
    claimed_not_reported,
    reported_not_claimed,
    against_itself,
)


def report_findings(judged: Assessment) -> tuple[Finding, ...]:
    """Every finding of the report; none when there is no report."""
    return tuple(f for check in CHECKS for f in check(judged)) if judged.report else ()
