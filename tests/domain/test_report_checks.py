"""Findings of the report against plan and evidence: when they fire, and ids that last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import (
    Claim,
    ClaimKind,
    Figure,
    FigureSubject,
    FigureVerdict,
    JudgedFigure,
    Nearby,
    Place,
    Report,
    ReportHeader,
)
from evidencias.domain.report_checks import report_findings
from tests.domain.judging import activity, facts_of, told

HERE = Place("Logros", 1)
REPORT = Report(ReportHeader(), ())
NO, YES = FigureVerdict.MISMATCH, FigureVerdict.MATCH


def figure(claimed: float, verdict: FigureVerdict = NO, text: str = "El 83 %.") -> JudgedFigure:
    read = Figure(text, HERE, FigureSubject.COMPLIANCE, "Turismo", claimed, percent=True)
    return JudgedFigure(read, 50.0, 50.0, 50.0, verdict, explanation="El informe dice 83 %.")


def claim(code: str, kind: ClaimKind | None = ClaimKind.PLANNED, near: str = "") -> Claim:
    nearby = (Nearby(near, 0.4),) if near else ()
    return Claim(f"A-{code}", f"se hizo {code}", HERE, code, kind, nearby=nearby)


def report(*claims: Claim, **changes: object) -> Assessment:
    plan = (activity("A1"), activity("A2"), activity("A3", reported=False))
    base = replace(facts_of(*plan), report=REPORT, claims=claims)
    return replace(base, **changes)  # type: ignore[arg-type]  # fields of Assessment by name


BOTH = (claim("A1"), claim("A2"))
CASES = [
    # what is told, facts
    (set(), report(*BOTH)),
    ({("reportada_no_programada", "bloqueante")}, report(*BOTH, claim("", ClaimKind.UNPLANNED))),
    ({("afirmada_no_reportada", "observacion")}, report(*BOTH, claim("A3"))),
    ({("reportada_no_afirmada", "observacion")}, report(claim("A1"))),
    (set(), report(claim("A1"), claim("", None, near="A2"))),  # it may have been told
    (set(), report()),  # a report that tells nothing accuses no activity
    (set(), report(claim("", None))),
    ({("cifra_no_coincide", "bloqueante")}, report(*BOTH, figures=(figure(83),))),
    (set(), report(*BOTH, figures=(figure(83, YES), figure(46, FigureVerdict.UNVERIFIABLE)))),
    (set(), report(claim("A3"), figures=(figure(83),), report=None)),
]


@pytest.mark.parametrize(("expected", "facts"), CASES)
def test_what_the_report_is_told(expected: set[tuple[str, str]], facts: Assessment) -> None:
    assert told(report_findings(facts)) == expected


def test_a_figure_says_what_it_measures_where_it_is_read_alone() -> None:
    (found,) = report_findings(report(*BOTH, figures=(figure(83),)))
    assert found.message == "Cumplimiento de Turismo: el informe dice 83 %."


def test_a_finding_keeps_its_id_when_the_report_grows_above_it() -> None:
    (alone,) = report_findings(report(*BOTH, figures=(figure(83),)))
    grown = report_findings(report(*BOTH, figures=(figure(9, text="El 9 %."), figure(83))))
    assert [f.id for f in grown][1:] == [alone.id]
    twice = report_findings(report(*BOTH, figures=(figure(83), figure(83))))
    assert len({f.id for f in twice}) == 2
    assert twice[0].id == alone.id
