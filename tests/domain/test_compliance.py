"""Formulas, ranges and the verdict of each claimed figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.assessment import Rules
from evidencias.domain.compliance import (
    BASES,
    FORMULAS,
    ROWS,
    Facts,
    all_confirmed,
    axes_summary,
    compliance,
    traffic_light,
)
from evidencias.domain.judged_figures import agrees, judge_figure
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Counted,
    Figure,
    FigureSubject,
    FigureVerdict,
    LinkState,
    Place,
    Standing,
)

S, R, P = ActivityState.SUPPORTED, ActivityState.TO_REVIEW, ActivityState.PARTIAL
N, U = ActivityState.NO_EVIDENCE, ActivityState.UNVERIFIABLE
KEYS = {f"{f}/{b}/{o}" for f in FORMULAS for b in BASES for o in ROWS}


def row(code: str, axis: str, target: float, done: float, state: ActivityState | None) -> Activity:
    del state
    return Activity(code, axis, code, f"Oficina {axis}", "Talleres", target, done, 1.0,
                    reported=not code.endswith("x"))  # fmt: skip


CASES = [
    ("A1", "A", 4, 4, S), ("A2", "A", 10, 5, S), ("A3", "A", 2, 2, R), ("A4x", "A", 2, 0, None),
    ("B1", "B", 5, 6, N), ("B2", "B", 1, 1, U), ("B3", "B", 8, 8, P), ("B4", "B", 1, 1, S),
]  # fmt: skip
PLAN = tuple(row(*case) for case in CASES)
STANDINGS = tuple(Standing(code, state) for code, _, _, _, state in CASES if state)
FACTS = Facts(PLAN, STANDINGS, frozenset({"A1"}))


def figure(claimed: float, bound: str = "", scope: str = "total",
           subject: FigureSubject = FigureSubject.COMPLIANCE) -> Figure:  # fmt: skip
    percent = subject in {FigureSubject.COMPLIANCE, FigureSubject.OTHER}
    return Figure(f"dice {claimed:g} %", Place(), subject, scope, claimed, percent, bound)


def test_every_formula_has_its_key() -> None:
    assert set(compliance(FACTS).formulas) == KEYS


VALUES = [
    ("metas_cumplidas/reportadas/plan", 75.0),
    ("metas_cumplidas/reportadas/reportadas", 600 / 7),
    ("metas_cumplidas/evidenciadas/plan", 25.0),
    ("metas_cumplidas/confirmadas/plan", 12.5),
    ("promedio_simple/evidenciadas/plan", 250 / 8),
    ("promedio_ponderado/evidenciadas/reportadas", 250 / 7),
]


@pytest.mark.parametrize(("key", "value"), VALUES)
def test_formulas(key: str, value: float) -> None:
    assert compliance(FACTS).formulas[key] == pytest.approx(value, abs=1e-3)


def test_the_range_takes_what_is_open_as_no_and_as_yes() -> None:
    table = compliance(FACTS)
    assert (table.low, table.value, table.high) == (25.0, 25.0, 50.0)
    certain = replace(FACTS, reachable=frozenset())
    assert compliance(certain).high == 37.5


def test_a_scope_is_an_axis_a_department_or_a_code() -> None:
    assert compliance(FACTS, "A").value == 25.0
    assert compliance(FACTS, "Oficina B").rows == 4
    assert compliance(FACTS, "nada").value is None


def test_weights_count_when_every_row_has_one() -> None:
    heavy = (replace(PLAN[0], weight=9.0), *PLAN[1:])
    assert compliance(replace(FACTS, activities=heavy)).formulas[
        "promedio_ponderado/evidenciadas/plan"
    ] == pytest.approx(100 * (9 + 0.5 + 1) / 16, abs=1e-3)
    blank = (replace(PLAN[0], weight=None), *PLAN[1:])
    table = compliance(replace(FACTS, activities=blank))
    assert set(table.formulas) == {k for k in KEYS if "ponderado" not in k}


def test_the_vigencia_counts_earlier_semesters() -> None:
    year = replace(FACTS, rules=Rules(base="vigencia"), earlier={"2021-1": frozenset({"B1"})})
    assert compliance(year).value == 37.5
    assert compliance(replace(year, rules=Rules())).value == 25.0


def test_confirmed_is_every_counting_link_by_a_person() -> None:
    human, machine = LinkState.CONFIRMED, LinkState.AUTOMATIC
    standings = (
        Standing("a", S, (Counted("f", human, True), Counted("g", machine, False))),
        Standing("b", S, (Counted("f", human, True), Counted("g", machine, True))),
        Standing("c", S),
    )
    assert all_confirmed(standings) == {"a"}


LIGHTS = [
    (None, ""), (0, "crítico"), (39.99, "crítico"), (40, "bajo"), (60, "medio"),
    (70, "satisfactorio"), (80, "sobresaliente"), (100, "sobresaliente"),
]  # fmt: skip


@pytest.mark.parametrize(("percent", "light"), LIGHTS)
def test_intervals_are_half_open(percent: float | None, light: str) -> None:
    assert traffic_light(percent, (40, 60, 70, 80)) == light


def test_other_limits_are_named_by_their_edges() -> None:
    assert traffic_light(50, (50,)) == "50 a 100"


def test_the_summary_has_the_whole_each_axis_and_each_department() -> None:
    rows = axes_summary(FACTS)
    assert [(r.level, r.name) for r in rows] == [
        ("total", "total"), ("eje", "A"), ("eje", "B"),
        ("dependencia", "Oficina A"), ("dependencia", "Oficina B"),
    ]  # fmt: skip
    whole = rows[0]
    assert (whole.programmed, whole.reported) == (8, 7)
    states = (whole.supported, whole.to_review, whole.partial, whole.no_evidence)
    assert (*states, whole.unverifiable) == (3, 1, 1, 1, 1)
    assert (whole.compliance, whole.light) == (25.0, "crítico")


AGREEMENTS = [
    (83, 83.4, "", True), (83, 83.5, "", False), (83, 82.6, "", True),
    (13, 14, "alrededor", True), (90, 100, "alrededor", True), (13, 15, "alrededor", False),
    (3, 2, "alrededor", True), (400, 455, "mas_de", True), (400, 380, "mas_de", False),
    (40, 39, "menos_de", True), (40, 45, "menos_de", False),
]  # fmt: skip


@pytest.mark.parametrize(("claimed", "value", "bound", "agree"), AGREEMENTS)
def test_when_a_number_may_be_said(claimed: float, value: float, bound: str, agree: bool) -> None:
    assert agrees(claimed, value, bound) is agree


VERDICTS = [
    (figure(25), FigureVerdict.MATCH, "metas_cumplidas/evidenciadas/plan"),
    (figure(75), FigureVerdict.MISMATCH, "metas_cumplidas/reportadas/plan"),
    (figure(99), FigureVerdict.MISMATCH, ""),
    (figure(50), FigureVerdict.UNVERIFIABLE, ""),
    (figure(30, "mas_de"), FigureVerdict.UNVERIFIABLE, ""),
    (figure(46, subject=FigureSubject.OTHER), FigureVerdict.UNVERIFIABLE, ""),
    (figure(20, scope="vivienda"), FigureVerdict.UNVERIFIABLE, ""),
    (figure(8, subject=FigureSubject.PLANNED_ACTIVITIES), FigureVerdict.MATCH, ""),
    (figure(6, subject=FigureSubject.REPORTED_ACTIVITIES), FigureVerdict.MISMATCH, ""),
    (figure(4, scope="B", subject=FigureSubject.REPORTED_ACTIVITIES), FigureVerdict.MATCH, ""),
    (figure(5, scope="A2", subject=FigureSubject.ACHIEVED), FigureVerdict.MATCH, ""),
    (figure(10, scope="A2", subject=FigureSubject.ACHIEVED), FigureVerdict.MISMATCH, ""),
]


@pytest.mark.parametrize(("said", "verdict", "matching"), VERDICTS)
def test_verdicts(said: Figure, verdict: FigureVerdict, matching: str) -> None:
    judged = judge_figure(said, FACTS)
    assert (judged.verdict, judged.matching) == (verdict, matching)
    assert judged.explanation


def test_the_sum_is_shown_and_the_formula_that_gives_the_figure() -> None:
    assert judge_figure(figure(75), FACTS).explanation == (
        "El informe dice 75 %. Con evidencia en el período se sustentan 2 de 8 actividades: 25 %; "
        "llegaría a 50 % si se confirma lo pendiente. El 75 % sale solo si se cuentan las "
        "reportadas con meta cumplida sin exigir evidencia (6 de 8, sobre todas las del plan)."
    )


def test_a_figure_without_formula_says_why() -> None:
    said = replace(figure(46, subject=FigureSubject.OTHER), text="El impacto cualitativo, 46 %")
    assert "Ni el plan ni la configuración dicen cómo se calcula" in (
        judge_figure(said, FACTS).explanation
    )


ROWS_OF_A_PLAN = st.lists(
    st.tuples(
        st.sampled_from("AB"), st.floats(0, 50), st.floats(0, 50), st.sampled_from([S, R, P, N, U]),
        st.booleans(), st.floats(0.1, 5),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(ROWS_OF_A_PLAN, st.sampled_from(FORMULAS))
def test_laws_of_compliance(
    rows: list[tuple[str, float, float, ActivityState, bool, float]], formula: str
) -> None:
    plan = [
        Activity(str(i), axis, "x", "d", "", target, done, weight, reported=told)
        for i, (axis, target, done, _, told, weight) in enumerate(rows)
    ]
    standings = [Standing(str(i), row[3]) for i, row in enumerate(rows)]
    facts = Facts(plan, standings, all_confirmed(standings), Rules(formula=formula))
    table = compliance(facts)
    assert table.value is not None and table.low is not None and table.high is not None
    assert -1e-6 <= table.low <= table.value <= table.high <= 100 + 1e-3
    backwards = replace(facts, activities=plan[::-1], standings=standings[::-1])
    assert compliance(backwards).formulas == pytest.approx(dict(table.formulas), abs=1e-3)
    for name in FORMULAS:
        told, seen, sure = (table.formulas[f"{name}/{b}/plan"] for b in BASES)
        assert told >= seen - 1e-3 >= sure - 2e-3


@given(st.floats(0, 100))
def test_the_first_verdict_that_holds(claimed: float) -> None:
    judged = judge_figure(figure(claimed), FACTS)
    near = abs(claimed - 25.0) < 0.5
    assert (judged.verdict is FigureVerdict.MATCH) == near
    assert (judged.verdict is FigureVerdict.UNVERIFIABLE) == (not near and 24.5 < claimed < 50.5)
