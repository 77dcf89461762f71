"""One plan under every title, order and layout that people give it reads to the same activities."""
# ruff: noqa: E501 - lists of titles, several to a line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from evidencias.domain.model import Activity, EvidenceKind
from tests.domain.planning import read

TITLES = {
    "code": ["Código", "CÓD.", "Cód", "Código actividad", "Código de la\nactividad", "ID", "Cod. Actividad",
             "Código plan", "CODIGO"],
    "axis": ["Eje", "Eje estratégico", "LÍNEA ESTRATÉGICA", "Línea", "Componente", "Línea programática",
             "Dimensión", "Eje / Derecho", "Línea de acción", "Pilar", "Nombre del eje"],
    "name": ["Actividad", "ACTIVIDADES", "Acción", "Descripción de la actividad", "Acción estratégica",
             "Descripción de lo que se va a hacer", "Actividad principal", "Actividades a realizar",
             "Nombre de la actividad", "Actividad programada", "Acciones a desarrollar", "Descripción acción"],
    "department": ["Dependencia", "Responsable", "Secretaría responsable", "Dependencia responsable",
                   "Entidad responsable", "Responsable (unidad)", "Oficina responsable", "RESPONSABLES",
                   "Resp.", "Área responsable", "Responsable de la actividad", "Unidad ejecutora"],
    "indicator": ["Indicador", "Indicador de producto", "Nombre del indicador", "INDICADOR DE GESTIÓN",
                  "Indicadores"],
    "target": ["Meta", "Meta 2021", "Meta vigencia", "Programado", "Meta programada vigencia", "Meta anual",
               "Programado 2021", "Cantidad programada", "Meta física", "META II SEM", "Meta semestre II",
               "Prog. 2021", "Meta 2021-2", "Valor de la meta"],
    "achieved": ["Avance", "Ejecutado", "Logrado", "Avance 2021", "Logrado a 31 dic", "Ejecución",
                 "Avance a 31/12/2021", "Avance físico", "Seguimiento corte 31/12", "Resultado",
                 "Cantidad ejecutada", "EJEC.", "Avance II semestre", "Meta ejecutada", "Valor logrado"],
    "start": ["Inicio", "Fecha inicio", "Fecha inicial", "Fecha de inicio", "Inicia", "Desde", "F. inicio",
              "Fecha de inicio (dd/mm/aaaa)", "Fecha inicio actividad"],
    "end": ["Fin", "Fecha fin", "Fecha final", "Fecha de terminación", "Termina", "Hasta", "Fecha límite",
            "Finalización", "Fecha de finalización", "F. fin", "Terminación"],
    "required": ["Evidencia requerida", "Medio de verificación", "Medios de verificación", "Soportes",
                 "Fuente de verificación", "Soportes exigidos", "Evidencias", "Soportes que se deben anexar",
                 "Tipo de evidencia", "Evidencia esperada"],
    "weight": ["Peso", "Ponderación (%)", "Ponderación %", "Peso (%)", "Importancia relativa", "Ponderador",
               "PESO PORCENTUAL"],
    "reported": ["Reportada", "¿Se reporta?", "Se reporta (X)", "¿Reporta?", "Reportó", "Reportado 2021-2",
                 "¿Reportada sem. II?", "Se reporta en el semestre"],
}  # fmt: skip
TRAPS = [
    ("Línea base", 99), ("Meta cuatrienio", 99), ("Meta 2020-2023", 99), ("Meta 2020", 99),
    ("Meta 2022", 99), ("Avance 2020", 99), ("% de avance", "50%"), ("Avance %", "50%"),
    ("Unidad de medida", "Número"), ("Presupuesto 2021", 5_000_000), ("Recursos ejecutados", 4_000_000),
    ("Observaciones", "Sin novedad"), ("Fuente de financiación", "SGP"), ("Avance cualitativo", "Se hizo"),
    ("Estado", "En curso"), ("Cumple", "SÍ"), ("Población beneficiaria", "Jóvenes"), ("ODS", 4),
    ("Link de evidencias", "https://ejemplo.co/x"), ("Fecha de corte", "31/12/2021"), ("Código BPIN", 2021),
    ("Tipo de indicador", "Producto"), ("Meta I semestre", 99), ("Avance a 30/06", 99), ("Unidad", "Núm."),
    ("No. de actividades", 7), ("Corresponsables", "Todas"), ("Semáforo", "Verde"), ("Programa", "Verde"),
    ("Objetivo específico", "Vivir mejor"), ("Costo total", 3_000), ("Fórmula del indicador", "a/b"),
    ("Descripción del avance", "Se avanzó"), ("Reportada sem. I", "x"), ("Producto esperado", "Guía"),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What an activity is, and how its cells may be written."""

    activity: Activity
    cells: dict[str, list[object]]


def line(number: int, axis: str, department: str) -> Line:
    code, reported = f"PL-{number:02d}", number % 3 != 0
    activity = Activity(
        code=code,
        axis=axis,
        name=f"Realizar la jornada {number} con la comunidad",
        department=department,
        indicator=f"Jornadas realizadas {number}",
        target=1200.0 + number,
        achieved=number / 2,
        weight=2.5,
        required=frozenset({EvidenceKind.ACTA, EvidenceKind.PHOTOS}),
        programmed=True,
        reported=reported,
        start=date(2021, 7, number),
        end=date(2021, 12, 15),
    )
    return Line(
        activity,
        {
            "code": [code, f" {code} "],
            "axis": [axis],
            "name": [activity.name, activity.name.replace(" ", "  ", 1), f"{activity.name}\n"],
            "department": [department],
            "indicator": [activity.indicator],
            "target": [
                1200 + number,
                str(1200 + number),
                f"1.{200 + number}",
                f" {1200 + number} ",
            ],
            "achieved": [number / 2, f"{number / 2:.1f}".replace(".", ","), f"{number / 2:.1f} "],
            "start": [datetime(2021, 7, number), f"{number:02d}/07/2021", f"2021-07-{number:02d}"],
            "end": [datetime(2021, 12, 15), "15/12/2021", "15 de diciembre de 2021"],
            "required": [
                "Acta, Registro fotográfico",
                "actas y fotos",
                "acta;fotos",
                "Acta\nFotografías",
            ],
            "weight": [2.5, "2,5", "2.5 %"],
            "reported": ["x", "Sí", "SI"] if reported else [None, "No", ""],
        },
    )


LINES = [line(n, f"Eje {1 + n // 3}. Vida", f"Secretaría {n // 2}") for n in range(1, 7)]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[list[object]], list[tuple[int, int, int, int]], bool]:
    """Rows, merged ranges, and whether the ejes stand in rows of their own."""
    sections = draw(st.booleans())
    fields = [f for f in TITLES if not (sections and f == "axis")]
    traps = draw(st.lists(st.sampled_from(TRAPS), unique=True, max_size=6))
    if sections:  # a lower level would be taken for the eje; that is its own case
        traps = [t for t in traps if t[0] not in {"Programa", "Objetivo específico"}]
    columns = draw(st.permutations([*fields, *traps]))
    header: list[object] = [
        draw(st.sampled_from(TITLES[c])) if isinstance(c, str) else c[0] for c in columns
    ]
    above: list[list[object]] = [["MUNICIPIO DE PRUEBA"], ["Plan de acción 2021"]]
    rows = above[: draw(st.integers(0, 2))]
    rows.append(header)
    merged, merging = [], draw(st.booleans())
    previous: dict[object, tuple[object, int]] = {}
    for each in LINES:
        new = each.activity.axis != previous.get("axis", (None, 0))[0]
        if new and previous and draw(st.booleans()):
            rows.append(["Subtotal", *[None] * (len(columns) - 2), 3])
        if new and sections:
            rows.append([each.activity.axis, *[None] * (len(columns) - 1)])
            merged.append((len(rows) - 1, 0, len(rows) - 1, len(columns) - 1))
        if new:
            previous.clear()
        row: list[object] = []
        for place, column in enumerate(columns):
            value = (
                draw(st.sampled_from(each.cells[column])) if isinstance(column, str) else column[1]
            )
            if column in ("axis", "department"):
                same = column in previous and previous[column][0] == value
                top = previous[column][1] if same else len(rows)
                if same and merging and rows[-1][0] != "Subtotal":
                    merged = [m for m in merged if m[:2] != (top, place)]
                    merged.append((top, place, len(rows), place))
                previous[column] = (value, top)
                value = None if same else value
            row.append(value)
        previous["axis"] = (each.activity.axis, previous.get("axis", (None, len(rows)))[1])
        rows.append(row)
    if draw(st.booleans()):
        rows += [[None], ["Nota: los avances son acumulados."], ["Elaboró: enlace"]]
    return rows, merged, sections


@settings(max_examples=120, deadline=None)
@given(layouts())
def test_every_layout_reads_to_the_same_plan(
    layout: tuple[list[list[object]], list[tuple[int, int, int, int]], bool],
) -> None:
    rows, merged, _ = layout
    plan = read(rows, merged)
    assert [bare(a) for a in plan.activities] == [bare(one.activity) for one in LINES], rows[:4]


def bare(activity: Activity) -> dict[str, object]:
    """The activity without its row."""
    fields = (
        "code", "axis", "name", "department", "indicator", "target", "achieved", "weight",
        "required", "programmed", "reported", "start", "end", "code_doubt",
    )  # fmt: skip
    return {name: getattr(activity, name) for name in fields}
