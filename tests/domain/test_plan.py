"""Plans as people keep them: each layout beside the activities it must read to."""
# ruff: noqa: E501 - a row of a plan stays on one line

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.model import EvidenceKind
from evidencias.domain.period import semester
from evidencias.domain.plan import read_plan
from evidencias.domain.tables import Table
from evidencias.errors import InputError
from tests.domain.planning import only, read, sheet, written


def facts(text: str, period: str = "2021-2", merged: object = ()) -> list[tuple[object, ...]]:
    plan = read(written(text), merged, period)  # type: ignore[arg-type]  # a literal of the test
    return [(a.code, a.axis, a.name, a.target, a.achieved) for a in plan.activities]


# layout -> code, axis, name, target, achieved
LAYOUTS = {
    "the contract's own header": (
        """
codigo | eje | actividad | dependencia | indicador | meta | ejecutado | inicio | fin | evidencia_requerida | peso | reportada
A-1 | Eje 1 | Sembrar | Agro | Árboles | 10 | 4 | 2021-07-01 | 2021-12-31 | acta;fotos | 2 | si
""",
        [("A-1", "Eje 1", "Sembrar", 10, 4)],
    ),
    "one goal for each year and the goal of the four years": (
        """
Código | Línea | Actividad | Unidad | Línea base | Meta cuatrienio | Meta 2020 | Meta 2021 | Meta 2022 | Avance 2020 | Avance 2021 | % Avance
1.1 | Campo | Sembrar | Número | 3 | 40 | 10 | 12 | 18 | 9 | 11 | 50%
1.2 | Campo | Regar | Número | 0 | 20 | 5 | 6 | 9 | 5 | 2 | 33%
""",
        [("1.1", "Campo", "Sembrar", 12, 11), ("1.2", "Campo", "Regar", 6, 2)],
    ),
    "years under a group title, not merged": (
        """
Código | Eje | Actividad | Meta | | | Ejecución | |
| | | 2020 | 2021 | 2022 | 2020 | 2021 | 2022
1.1 | Campo | Sembrar | 1 | 2 | 3 | 4 | 5 | 6
""",
        [("1.1", "Campo", "Sembrar", 2, 5)],
    ),
    "the measure under the year": (
        """
No. | Eje | Actividad | 2020 | | 2021 | |
| | | Programado | Ejecutado | Programado | Ejecutado | %
1 | Campo | Sembrar | 1 | 2 | 3 | 4 | 100%
""",
        [("1", "Campo", "Sembrar", 3, 4)],
    ),
    "two halves": (
        """
Cód. | Componente | Acción | Meta I Sem | Avance I Sem | Meta II Sem | Avance II Sem | Observaciones
C1 | Campo | Sembrar | 1 | 2 | 3 | 4 | bien
""",
        [("C1", "Campo", "Sembrar", 3, 4)],
    ),
    "a cut-off in the title": (
        """
Cód. | Eje | Actividad | Meta 2021 | Avance a 30/06 | Avance a 31/12
C1 | Campo | Sembrar | 7 | 2 | 5
""",
        [("C1", "Campo", "Sembrar", 7, 5)],
    ),
    "a group named after the cut-off": (
        """
Código | Eje | Actividad | Meta | SEGUIMIENTO CORTE 30/06 | | SEGUIMIENTO CORTE 31/12 |
| | | | Avance | Observaciones | Avance | Observaciones
C1 | Campo | Sembrar | 7 | 2 | nada | 5 | algo
""",
        [("C1", "Campo", "Sembrar", 7, 5)],
    ),
    "quarters": (
        """
Código | Eje | Actividad | Meta T1 | Meta T2 | Meta T3 | Meta T4 | Ejec. T1 | Ejec. T2 | Ejec. T3 | Ejec. T4
C1 | Campo | Sembrar | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
""",
        [("C1", "Campo", "Sembrar", 7, 15)],
    ),
    "money beside things": (
        """
Código | Eje | Actividad | Presupuesto programado | Presupuesto ejecutado | Meta física | Avance físico | Fuente de financiación
C1 | Campo | Sembrar | $ 1.000.000 | $ 900.000 | 3 | 2 | SGP
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "money under a group title": (
        """
Código | Eje | Actividad | METAS | | RECURSOS |
| | | Programado | Ejecutado | Programado | Ejecutado
C1 | Campo | Sembrar | 3 | 2 | 900 | 800
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "ejes as rows between the activities": (
        """
PLAN DE ACCIÓN 2021 |
Código | Actividad | Responsable | Meta | Avance
EJE 1. CAMPO | | | |
C1 | Sembrar | Agro | 3 | 2
C2 | Regar | Agro | 4 | 2
EJE 2. CIUDAD | | | |
D1 | Barrer | Aseo | 5 | 2
""",
        [
            ("C1", "EJE 1. CAMPO", "Sembrar", 3, 2),
            ("C2", "EJE 1. CAMPO", "Regar", 4, 2),
            ("D1", "EJE 2. CIUDAD", "Barrer", 5, 2),
        ],
    ),
    "a table per eje, each with its header": (
        """
LÍNEA 1: CAMPO | | |
No. | Actividad | Meta | Avance
1 | Sembrar | 3 | 2
2 | Regar | 4 | 1
Subtotal | | 7 | 3
LÍNEA 2: CIUDAD | | |
No. | Actividad | Meta | Avance
1 | Barrer | 5 | 0
Total general | | 12 | 3
""",
        [
            ("1.1", "LÍNEA 1: CAMPO", "Sembrar", 3, 2),
            ("1.2", "LÍNEA 1: CAMPO", "Regar", 4, 1),
            ("2.1", "LÍNEA 2: CIUDAD", "Barrer", 5, 0),
        ],
    ),
    "other words and another order": (
        """
¿Se reporta? | Logrado | Programado | Qué se va a hacer | Pilar | Ítem | Oficina responsable
x | 2 | 3 | Sembrar | Campo | 1 | Agro
 | 0 | 4 | Regar | Campo | 2 | Agro
""",
        [("1", "Campo", "Sembrar", 3, 2), ("2", "Campo", "Regar", 4, 0)],
    ),
    "line of action and programme": (
        """
Objetivo | Línea de acción | Programa | Código | Acción estratégica | Meta de producto | Resultado
Vivir | Campo | Verde | C1 | Sembrar | 3 | 2
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "misspelt titles": (
        """
Codgo | Eje | Activdad | Dependncia | Programdo | Avanse
C1 | Campo | Sembrar | Agro | 3 | 2
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "counts of the columns under the header": (
        """
Código | Eje | Actividad | Meta | Avance
(1) | (2) | (3) | (4) | (5)
C1 | Campo | Sembrar | 3 | 2
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "goals in percent": (
        """
Código | Eje | Actividad | Meta | Avance
C1 | Campo | Sembrar | 100% | 80%
C2 | Campo | Regar | 10 | 80%
C3 | Campo | Podar | 4 | 3 de 4
C4 | Campo | Abonar | 0,25 | 1/4
""",
        [
            ("C1", "Campo", "Sembrar", 100, 80),
            ("C2", "Campo", "Regar", 10, 8),
            ("C3", "Campo", "Podar", 4, 3),
            ("C4", "Campo", "Abonar", 0.25, 0.25),
        ],
    ),
    "the number of activities is no number column": (
        """
Eje | Código | Actividad | No. de actividades | Meta
Campo | C1 | Sembrar | 8 | 3
""",
        [("C1", "Campo", "Sembrar", 3, None)],
    ),
    "notes with names and signatures below": (
        """
Código | Eje | Actividad | Dependencia | Meta | Avance
C1 | Campo | Sembrar | Agro | 3 | 2
 | | | | |
Elaboró: María | | | Revisó: Juan | |
 | | Nota: lo demás sigue igual | | |
* Metas del año | | | | |
""",
        [("C1", "Campo", "Sembrar", 3, 2)],
    ),
    "quarters under their group": (
        """
Código | Eje | Actividad | META | | | | AVANCE | | |
| | | I Trim | II Trim | III Trim | IV Trim | I Trim | II Trim | III Trim | IV Trim
C1 | Campo | Sembrar | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
""",
        [("C1", "Campo", "Sembrar", 7, 15)],
    ),
    "products of a development plan": (
        """
Línea Estratégica | Sector | Programa | Código | Producto | Indicador de Producto | Unidad de medida | Meta Cuatrienio | Meta 2021 | Ejecutado 2021 | % Ejecución | Secretaría
Vida | Salud | Sano | 1905 | Jornadas de vacunación | Jornadas | Número | 20 | 5 | 4 | 80% | Salud
""",
        [("1905", "Vida", "Jornadas de vacunación", 5, 4)],
    ),
    "the code of the group merged beside the number of the row": (
        """
Código | Línea | No. | Actividad | Meta | Avance
A | Campo | 1 | Sembrar | 2 ferias en 2021 | 1
 | | 2 | Regar | Realizar 4 talleres | 3
 | | 3 | Podar | 4 | 3
B | Ciudad | 1 | Barrer | 4 | 3
 | | 2 | Lavar | 4 | 3
""",
        [
            ("1.1", "Campo", "Sembrar", 2, 1),
            ("1.2", "Campo", "Regar", 4, 3),
            ("1.3", "Campo", "Podar", 4, 3),
            ("2.1", "Ciudad", "Barrer", 4, 3),
            ("2.2", "Ciudad", "Lavar", 4, 3),
        ],
    ),
    "a total with its own words in any column": (
        """
Código | Eje | Actividad | Meta | Avance
C1 | Campo | Sembrar | 3 | 2
 | SUB TOTAL CAMPO | | 3 | 2
D1 | Ciudad | Barrer | 3 | 2
 | | TOTAL LÍNEA | 3 | 2
Gran total | | | 6 | 4
""",
        [("C1", "Campo", "Sembrar", 3, 2), ("D1", "Ciudad", "Barrer", 3, 2)],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout(layout: str) -> None:
    text, expected = LAYOUTS[layout]
    assert facts(text) == expected


def test_the_period_chooses_the_columns() -> None:
    text, _ = LAYOUTS["two halves"]
    assert facts(text, "2021-1") == [("C1", "Campo", "Sembrar", 1, 2)]
    text, _ = LAYOUTS["one goal for each year and the goal of the four years"]
    assert facts(text, "2020-1")[0][3:] == (10, 9)
    text, _ = LAYOUTS["quarters"]
    assert facts(text, "2021-1")[0][3:] == (3, 11)


def test_merged_ejes_and_departments_reach_every_row() -> None:
    rows = written("""
Eje | Dependencia | Código | Actividad | Meta
Campo | Agro | C1 | Sembrar | 3
 | | C2 | Regar | 3
Ciudad | Aseo | D1 | Barrer | 3
 | | D2 | Lavar | 3
""")
    for merged in ([], [(1, 0, 2, 0), (1, 1, 2, 1), (3, 0, 4, 0), (3, 1, 4, 1)]):
        found = [(a.axis, a.department) for a in read(rows, merged).activities]
        assert found == [("Campo", "Agro")] * 2 + [("Ciudad", "Aseo")] * 2


def test_a_new_eje_does_not_inherit_the_department() -> None:
    rows = written("""
Eje | Dependencia | Código | Actividad | Meta
Campo | Agro | C1 | Sembrar | 3
Ciudad | | D1 | Barrer | 3
""")
    assert [a.department for a in read(rows).activities] == ["Agro", ""]


def test_titles_over_merged_groups() -> None:
    rows: list[list[object]] = [
        ["MUNICIPIO", None, None, None, None, None, None],
        ["Eje", "Cód.", "Descripción de lo que\nse va a hacer", "MEDICIÓN", None, "TIEMPO", None],
        [None, None, None, "Meta", "Logro", "Inicia", "Termina"],
        ["Campo", "C1", "Sembrar", 3, 2, "01/07/2021", "31/08/2021"],
    ]
    merged = [(0, 0, 0, 6), (1, 3, 1, 4), (1, 5, 1, 6)] + [(1, c, 2, c) for c in range(3)]
    found = only(rows, merged)
    assert (found.code, found.axis, found.name) == ("C1", "Campo", "Sembrar")
    assert (found.target, found.achieved) == (3, 2)
    assert (found.start, found.end) == (date(2021, 7, 1), date(2021, 8, 31))
    assert found.row == 4


def test_an_activity_over_several_indicators_is_one_activity() -> None:
    rows = written("""
Código | Actividad | Indicador | Meta | Medio de verificación
C1 | Sembrar | Árboles | 3 | acta
 | | Hectáreas | 9 | fotos
C2 | Regar | Metros | 5 | informe
""")
    first, second = read(rows, [(1, 0, 2, 0), (1, 1, 2, 1)]).activities
    assert (first.code, first.target, first.row) == ("C1", 3, 2)
    assert first.required == {EvidenceKind.ACTA, EvidenceKind.PHOTOS}
    assert second.code == "C2"


def test_yes_and_no_in_two_columns() -> None:
    rows: list[list[object]] = [
        ["Código", "Actividad", "Meta", "¿Se reporta?", None],
        [None, None, None, "Sí", "No"],
        ["C1", "Sembrar", 3, "x", None],
        ["C2", "Regar", 3, None, "x"],
    ]
    assert [a.reported for a in read(rows, [(0, 3, 0, 4)]).activities] == [True, False]


def test_without_the_column_an_avance_above_zero_is_reported() -> None:
    rows = written("""
Código | Actividad | Meta | Avance
C1 | Sembrar | 3 | 2
C2 | Regar | 3 | 0
C3 | Podar | 3 |
""")
    assert [a.reported for a in read(rows).activities] == [True, False, False]


def test_the_semester_in_which_it_is_reported() -> None:
    rows = written("""
Código | Actividad | Meta | Semestre de reporte
C1 | Sembrar | 3 | 2021-1
C2 | Regar | 3 | II semestre
C3 | Podar | 3 | I y II
C4 | Abonar | 3 | 2021-2
""")
    assert [a.reported for a in read(rows).activities] == [False, True, True, True]


def test_a_reported_column_of_another_semester_is_not_read() -> None:
    rows = written("""
Código | Actividad | Meta | Avance sem II | Reportada sem. I
C1 | Sembrar | 3 | 0 | x
C2 | Regar | 3 | 1 |
""")
    assert [a.reported for a in read(rows).activities] == [False, True]


PROGRAMMED = [
    ("3", "", "", True),
    ("3", "2021-01-01", "2021-06-30", False),
    ("3", "2021-01-01", "2021-07-01", True),
    ("3", "2021-12-31", "", True),
    ("3", "2022-01-01", "2022-06-30", False),
    ("0", "", "", False),
    ("", "", "", False),
    ("N/A", "", "", False),
    ("según demanda", "", "", True),
    ("0,25", "", "", True),
]


@pytest.mark.parametrize(("target", "start", "end", "programmed"), PROGRAMMED)
def test_programmed(target: str, start: str, end: str, programmed: bool) -> None:
    rows = [["Código", "Actividad", "Meta", "Inicio", "Fin"], ["C1", "Sembrar", target, start, end]]
    assert only(rows).programmed is programmed


def test_a_calendar_of_marked_months() -> None:
    rows = written("""
Código | Actividad | Meta | CRONOGRAMA | | | | | | | | | | |
 | | | ENE | FEB | MAR | ABR | MAY | JUN | JUL | AGO | SEP | OCT | NOV | DIC
C1 | Sembrar | 3 | | x | x | | | | | | | | |
C2 | Regar | 3 | | | | | | | | x | | x | |
C3 | Podar | 3 | | | | | | | | | | | |
""")
    plan = read(rows)
    dates = [(str(a.start), str(a.end), a.programmed) for a in plan.activities]
    assert dates == [
        ("2021-02-01", "2021-03-31", False),
        ("2021-08-01", "2021-10-31", True),
        ("None", "None", True),
    ]
    assert not plan.problems


def test_links_in_the_column_of_evidence_are_one_problem() -> None:
    rows = [["Código", "Actividad", "Meta", "Evidencias"]]
    rows += [[f"C{n}", "Sembrar", "3", f"https://ejemplo.co/{n}"] for n in range(30)]
    plan = read(rows)
    assert len(plan.problems) == 1
    assert not any(a.required for a in plan.activities)


def test_a_code_that_became_a_date_is_doubtful() -> None:
    found = read([["Código", "Actividad", "Meta"], [date(2021, 1, 2), "Sembrar", 3]]).activities[0]
    assert found.code == "2021-01-02"
    assert found.code_doubt == "La hoja de cálculo guardó el código como la fecha 2021-01-02."


def test_without_a_goal_column_the_dates_decide() -> None:
    rows = written("""
Código | Actividad | Dependencia | Plazo
C1 | Sembrar | Agro | enero a marzo
C2 | Regar | Agro | agosto
""")
    assert [a.programmed for a in read(rows).activities] == [False, True]


def test_what_cannot_be_read_is_a_problem_with_its_place() -> None:
    rows = written("""
Código | Actividad | Meta | Fecha inicio | Reportada
C1 | Sembrar | varios | 31/02/2021 | quizás
""")
    plan = read(rows)
    assert [(p.where, p.message) for p in plan.problems] == [
        ("«plan.xlsx», hoja «Plan», fila 2, columna C («Meta»)", "«varios» no es una cantidad."),
        (
            "«plan.xlsx», hoja «Plan», fila 2, columna D («Fecha inicio»)",
            "«31/02/2021» no es una fecha.",
        ),
        (
            "«plan.xlsx», hoja «Plan», fila 2, columna E («Reportada»)",
            "«quizás» no es «Sí» o «No».",
        ),
    ]
    assert plan.activities[0].target is None
    assert plan.activities[0].reported is False


def test_a_formula_that_was_never_calculated_is_told() -> None:
    plan = read([["Código", "Actividad", "Meta"], ["C1", "Sembrar", "=SUM(A1:A2)"]])
    assert "fórmula sin calcular" in plan.problems[0].message


def test_missing_and_repeated_codes() -> None:
    rows = written("""
Código | Actividad | Meta
C1 | Sembrar | 3
C1 | Regar | 3
 | Podar | 3
""")
    found = read(rows).activities
    assert [a.code for a in found] == ["C1", "C1#2", "fila-4"]
    assert [a.code_doubt is None for a in found] == [True, False, False]


def test_the_named_sheet_else_the_first_with_the_columns() -> None:
    def plan(name: str, code: str) -> object:
        return sheet([["Código", "Actividad", "Meta"], [code, "Sembrar", 1]], name=name)

    notes = sheet([["Instrucciones"], ["Llene la hoja Plan"]], name="Léame")
    table = Table("plan.xlsx", (notes, plan("Salud", "S1"), plan("Cultura ", "C1")))  # type: ignore[arg-type]
    period = semester("2021-2")
    assert read_plan(table, period).activities[0].code == "S1"
    assert "«Cultura »" in read_plan(table, period).problems[0].message
    assert read_plan(table, period, "cultura").activities[0].code == "C1"
    with pytest.raises(InputError, match="no tiene una hoja «Otra»; tiene «Léame», «Salud»"):
        read_plan(table, period, "Otra")


def test_a_sheet_of_several_policies_says_so() -> None:
    head: list[object] = ["Política", "Código", "Actividad", "Meta"]
    rows: list[list[object]] = [
        ["Juventud", "J1", "Sembrar", 1],
        [None, "J2", "Regar", 1],
        ["Mujer", "M1", "Podar", 1],
    ]
    found = read_plan(Table("plan.xlsx", (sheet([head, *rows]),)), semester("2021-2"))
    (problem,) = found.problems
    assert "varias políticas («Juventud» y «Mujer»)" in problem.message
    alone = read_plan(Table("plan.xlsx", (sheet([head, *rows[:2]]),)), semester("2021-2"))
    assert alone.problems == ()


def test_a_summary_that_counts_activities_is_no_plan() -> None:
    counts = sheet([["Eje", "Actividades", "Avance"], ["Agua", 3, 0.5]], name="Resumen")
    plan = sheet([["Eje", "Actividades", "Avance"], ["Agua", "Sembrar", 1]], name="Plan")
    found = read_plan(Table("plan.xlsx", (counts, plan)), semester("2021-2"))
    assert ([a.name for a in found.activities], found.problems) == (["Sembrar"], ())


def test_a_sheet_of_this_year_goes_before_one_of_another() -> None:
    sheets = tuple(
        sheet([["Código", "Actividad", "Meta"], [year, "Sembrar", 1]], name=f"Plan {year}")
        for year in ("2020", "2021", "2022")
    )
    assert read_plan(Table("p.xlsx", sheets), semester("2021-2")).activities[0].code == "2021"


REFUSED = [
    ([], "«plan.xlsx» está vacío"),
    ([[None, ""]], "«plan.xlsx» está vacío"),
    ([["Nombre", "Edad"], ["Ana", 3]], r"No encuentro la columna de la actividad en «plan.xlsx», hoja «Plan» \(busqué en las filas 1 a 2\)"),
    ([["Código", "Meta"], ["A", 3]], "reconocí: A «Código», B «Meta»"),
    ([["Código", "Actividad", "Meta"]], "fila 1, pero debajo no hay ninguna actividad"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message"), REFUSED)
def test_a_table_that_is_no_plan_is_refused(rows: list[list[object]], message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        read(rows)
    assert refused.value.hint
    assert refused.value.exit_code == 2


COLUMNS = ["Código", "Eje", "Actividad", "Dependencia", "Meta", "Avance", "Inicio", "Fin", "Peso"]
VALUES = ["C1", "Campo", "Sembrar", "Agro", 3, 2, "2021-07-01", "2021-12-31", "2,5"]


@given(st.permutations(range(len(COLUMNS))), st.integers(0, 12), st.integers(0, 3))
def test_neither_order_nor_titles_above_matter(order: list[int], above: int, left: int) -> None:
    pad: list[object] = [None] * left
    rows: list[list[object]] = [["ALCALDÍA", None]] * above
    rows += [pad + [COLUMNS[i] for i in order], pad + [VALUES[i] for i in order]]
    found = only(rows)
    assert (found.code, found.axis, found.name, found.department) == (
        "C1",
        "Campo",
        "Sembrar",
        "Agro",
    )
    assert (found.target, found.achieved, found.weight) == (3, 2, 2.5)
    assert (found.start, found.end) == (date(2021, 7, 1), date(2021, 12, 31))


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=15),
    st.sampled_from([*COLUMNS, "Subtotal", "EJE 1", "Nota:", "2021", "x"]),
    st.floats(allow_nan=True),
    st.integers(),
    st.booleans(),
    st.dates(),
)


@given(
    st.lists(st.lists(_CELLS, max_size=6), max_size=12),
    st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=3),
)
def test_any_table_is_read_or_refused(
    rows: list[list[object]], merged: list[tuple[int, ...]]
) -> None:
    ranges = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged]
    header: list[object] = ["Código", "Actividad", "Meta", "Avance"]
    for table in (rows, [header, *rows]):
        try:
            found = read(table, ranges).activities
        except InputError:
            continue
        assert len({a.code.casefold() for a in found}) == len(found) > 0
        assert all(re.search(r"\S", a.code) and a.row > 0 for a in found)
