"""A report's own statements against one another: few findings, and sure ones."""

from __future__ import annotations

import pytest

from evidencias.domain.contradictions import (
    admissions,
    one_by_one,
    successes_denied,
    unplanned_admitted,
    whole_and_parts,
)
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Counted,
    Figure,
    FigureSubject,
    FigureVerdict,
    JudgedFigure,
    LinkState,
    Place,
    Report,
    ReportHeader,
    Section,
    Standing,
)

PLAN = tuple(Activity(f"{axis}{i}", axis, "x") for axis in "ABC" for i in range(4))


def report(difficulties: str = "", evidence: str = "", deeds: str = "") -> Report:
    told = {"Actividades realizadas": deeds, "Dificultades presentadas": difficulties,
            "Evidencias de las actividades": evidence}  # fmt: skip
    return Report(ReportHeader(), tuple(Section(t, (p,)) for t, p in told.items() if p))


def said(**parts: float) -> list[JudgedFigure]:
    return [
        JudgedFigure(
            Figure("t", Place(), FigureSubject.COMPLIANCE, scope, value, True),
            None, None, None, FigureVerdict.UNVERIFIABLE,
        )
        for scope, value in parts.items()
    ]  # fmt: skip


WHOLES = [
    ({"total": 83, "A": 20}, 1),
    ({"total": 70, "A": 20}, 0),
    ({"total": 83, "A": 80, "B": 85, "C": 84}, 0),
    ({"total": 83, "A": 50, "B": 40, "C": 84}, 1),
    ({"total": 10, "A": 90}, 1),
    ({"total": 83}, 0),
    ({"A": 20, "B": 30}, 0),
    ({"total": 83, "vivienda": 1}, 0),
]


@pytest.mark.parametrize(("parts", "findings"), WHOLES)
def test_a_whole_beside_its_parts(parts: dict[str, float], findings: int) -> None:
    assert len(list(whole_and_parts(said(**parts), PLAN))) == findings


ADMITTED = [
    "Se realizan actividades que no se encuentran programadas para la vigencia.",
    "Hay actividades que se ejecutan sin que queden en el plan.",
    "Se atendió la emergencia con una compra que no estaba prevista.",
    "Se elaboró el estudio aunque no hacía parte de lo acordado.",
    "Se ejecutaron acciones por fuera del plan.",
    "Se hicieron jornadas no programadas.",
]
NOT_ADMITTED = [
    "La lluvia obligó a correr las fechas programadas.",
    "No fue posible ejecutar las actividades programadas.",
    "El presupuesto llegó tarde y no alcanzó.",
    "Los soportes no estaban en la carpeta.",
]


@pytest.mark.parametrize("text", ADMITTED)
def test_an_admission_is_quoted(text: str) -> None:
    (finding,) = unplanned_admitted(report(difficulties=text))
    assert text.rstrip(".") in finding.message
    assert [q.text for q in admissions(report(difficulties=text))] == [text.rstrip(".")]


@pytest.mark.parametrize("text", NOT_ADMITTED)
def test_an_ordinary_difficulty_is_no_admission(text: str) -> None:
    assert admissions(report(difficulties=text)) == ()


def test_a_field_without_progress_beside_its_successes() -> None:
    told = report(
        deeds="Se capacitó a los operadores turísticos. Se vacunó a los niños.",
        difficulties="El 20 % preocupa, no se evidencian avances en torno al sector turístico.",
    )
    (finding,) = successes_denied(told)
    assert "operadores turísticos" in finding.message
    assert finding.where == Place("Dificultades presentadas", 1, None)


DENIALS = [
    ("Se instalaron las barandas en viviendas de mayores.",
     "No se instalaron las barandas en las viviendas de los mayores.", 1),
    ("Se instalaron las barandas en viviendas de mayores.",
     "No se instalaron los baños en los colegios.", 0),
    ("Se espera instalar las barandas en viviendas de mayores.",
     "No se instalaron las barandas en las viviendas de los mayores.", 0),
    ("Se realizó la feria de empleo.", "No fue posible realizar la rueda de negocios.", 0),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "denial", "findings"), DENIALS)
def test_a_success_beside_its_denial(deed: str, denial: str, findings: int) -> None:
    assert len(list(successes_denied(report(deeds=deed, difficulties=denial)))) == findings


def standing(code: str, *states: LinkState) -> Standing:
    return Standing(
        code, ActivityState.PARTIAL, tuple(Counted(s.value, s, counts=False) for s in states)
    )


def test_one_by_one_counts_the_reported_activities_with_a_file() -> None:
    told = report(evidence="Se encuentran consignadas una a una en el Drive.")
    standings = (
        standing("A0", LinkState.AUTOMATIC),
        standing("A1", LinkState.SUGGESTED),
        standing("A2"),
    )
    (finding,) = one_by_one(told, standings, PLAN[:3])
    assert "1 de 3 actividades reportadas" in finding.message
    assert not list(one_by_one(told, standings[:1], PLAN[:1]))
    elsewhere = report(evidence="Reposan en la carpeta compartida, por eje.")
    assert not list(one_by_one(elsewhere, standings, PLAN[:3]))
