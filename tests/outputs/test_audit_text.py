"""The audit as people read it: the verdict and ten things first, nothing cut that matters."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import (
    Claim,
    ClaimKind,
    Figure,
    FigureSubject,
    FigureVerdict,
    Finding,
    FindingKind,
    JudgedFigure,
    Place,
    Report,
    ReportHeader,
    Severity,
)
from evidencias.outputs.audit_screen import draw
from evidencias.outputs.audit_text import as_markdown, brief, clipped, whole
from tests.domain.judging import activity, facts_of

HERE = Place("Logros obtenidos", 1)
LONG = "Se dictaron talleres en los que panaderas y modistas aprendieron " + "a calcular " * 15


def finding(number: int, severity: Severity = Severity.BLOCKING, hint: str = "Cargue el soporte.",
            text: str = "no se encontró evidencia.") -> Finding:  # fmt: skip
    return Finding(
        FindingKind.NO_EVIDENCE, severity, f"A{number}: {text}", hint, f"A{number}", where=HERE
    )


def figure(claimed: float, verdict: FigureVerdict, scope: str = "total") -> JudgedFigure:
    read = Figure(f"El {claimed} %.", HERE, FigureSubject.COMPLIANCE, scope, claimed, percent=True)
    told = f"El informe dice {claimed} %." if verdict is not FigureVerdict.MATCH else ""
    return JudgedFigure(read, 50.0, 50.0, 50.0, verdict, explanation=told)


def claim(code: str, state: str, text: str = "se hizo") -> Claim:
    return Claim(f"A-{code}", text, HERE, code, ClaimKind.PLANNED, state)


FULL = replace(
    facts_of(activity()),
    report=Report(ReportHeader("Política", "", "2021-2", "Segundo semestre"), ()),
    findings=(*(finding(n) for n in range(1, 13)), finding(13, Severity.NOTICE)),
    figures=(
        figure(83, FigureVerdict.MISMATCH),
        figure(46, FigureVerdict.UNVERIFIABLE),
        figure(50, FigureVerdict.MATCH, "Turismo"),
    ),
    claims=(
        claim("A1", "soportada"),
        claim("A2", "parcial", LONG),
        claim("A1", "soportada"),
        Claim("A-X", "se compró un dron", HERE, kind=ClaimKind.UNPLANNED, state="sin_soporte"),
        Claim("A-Y", "se avanzó", HERE),
    ),
)


def screen(a: Assessment, width: int = 80, everything: bool = False) -> list[str]:
    out = io.StringIO()
    draw(Console(file=out, width=width, highlight=False), a, everything=everything)
    return out.getvalue().splitlines()


def test_the_verdict_comes_first_and_again_last_where_the_eye_is() -> None:
    shown = [line for line in screen(FULL) if line]
    assert shown[0] == "Veredicto: con inconsistencias (12 bloqueantes, 0 observaciones, 1 aviso)."
    assert shown[-1] == shown[0]


def test_ten_things_come_first_and_the_rest_is_counted() -> None:
    shown = "\n".join(screen(FULL))
    assert "10. A10: no se encontró evidencia." in shown
    assert "A11:" not in shown
    assert "… y 3 hallazgos más." in shown
    assert shown.count("Cargue el soporte.") == 1  # said once for the ten it mends


def test_what_does_not_stand_is_told_and_what_stands_is_only_named() -> None:
    lines = list(brief(FULL))
    items = [line.text for line in lines if line.style == "item"]
    assert "Cumplimiento, 83 %: no coincide [Logros obtenidos, párrafo 1]" in items
    assert "Cumplimiento, 46 %: no verificable [Logros obtenidos, párrafo 1]" in items
    assert not any("50 %" in text for text in items)
    texts = [line.text for line in lines if line.style == "text"]
    assert "3 cifras: 1 coincide, 1 no coincide y 1 no es verificable." in texts
    assert "Coinciden: Cumplimiento de Turismo, 50 %." in texts
    assert "Con soporte: A1." in texts
    assert [i for i in items if i.startswith("«")] == [
        clipped(f"«{LONG}»"),
        "«se compró un dron»",
        "«se avanzó»",
    ]


@pytest.mark.parametrize("told", ["\n".join(screen(FULL, 400, everything=True)), as_markdown(FULL)])
def test_everything_is_everything(told: str) -> None:
    assert all(f"A{n}: no se encontró" in told for n in range(1, 14))
    assert LONG.strip() in told
    assert told.count("A1: soportada") == 2
    assert "«El 50 %.»" in told


def test_an_accepted_finding_is_listed_as_such_and_needs_no_mending() -> None:
    a = replace(FULL, findings=tuple(replace(f, accepted=True) for f in FULL.findings))
    assert not any("Lo primero" in line.text for line in brief(a))
    assert sum("(aceptado)" in line.text for line in whole(a)) == 13
    assert "sin inconsistencias" in screen(a)[1]


@given(st.integers(30, 120))
def test_no_line_is_too_long_nor_parts_a_figure_from_its_sign(width: int) -> None:
    for everything in (False, True):
        lines = screen(FULL, width, everything)
        assert all(len(line) <= width for line in lines)
        assert not any(line.lstrip().startswith("%") for line in lines)
        assert not any(line != line.rstrip() for line in lines)


def test_a_document_cannot_drive_the_terminal() -> None:
    a = replace(FULL, findings=(finding(1, text="\x1b[31mrojo [bold]no[/bold]."),))
    shown = "\n".join(screen(a))
    assert "\x1b" not in shown
    assert "[bold]no[/bold]" in shown
