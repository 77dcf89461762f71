"""`Resumen`: how to use the register, and the count by eje and dependencia."""

from __future__ import annotations

from itertools import zip_longest

from evidencias.domain.assessment import Assessment
from evidencias.domain.compliance import Facts, SummaryRow, all_confirmed, axes_summary
from evidencias.domain.register.columns import (
    HIDDEN,
    STILL_OPEN,
    SUMMARY,
    SUMMARY_COUNTS,
    TRAFFIC_LIGHT,
)
from evidencias.domain.register.review import open_ids
from evidencias.domain.register.shapes import Cell, Tab
from evidencias.domain.register.stamp import title
from evidencias.domain.register.words import visible

HOW_TO = (
    "Decida solo en la pestaña «Revisión»: en la columna Decisión elija Confirmar, Rechazar o "
    "Aceptar. Responsable y Observaciones son opcionales.",
    "Confirmar: el archivo prueba la actividad. Rechazar: no la prueba, y no se vuelve a proponer. "
    "Aceptar: el hallazgo tiene explicación.",
    "Para vincular a mano, agregue una fila con el Código, el Enlace o la ruta del archivo, y "
    "Confirmar. Para corregir una propuesta, cambie el Código y escriba Confirmar.",
    "Puede ordenar, filtrar, colorear, mover columnas y borrar filas de «Revisión»; no quite las "
    "columnas ID y Decisión. Las filas en gris ya no cambian nada.",
    "Las demás pestañas las escribe la herramienta: lo que se cambie en ellas se reemplaza en la "
    "siguiente sincronización.",
    "Cierre el archivo antes de sincronizar. Las últimas cinco versiones quedan en la carpeta "
    "«copias».",
)
_FORMULAS = {
    "metas_cumplidas": "metas cumplidas con evidencia",
    "promedio_simple": "promedio simple del avance con evidencia",
    "promedio_ponderado": "promedio ponderado del avance con evidencia",
}
_LEVELS = {"total": "Total", "eje": "Eje", "dependencia": "Dependencia"}


def summary_tab(assessment: Assessment) -> Tab:
    """`Resumen`: the total, each eje, each dependencia; beside them, hidden, what is still open."""
    rules = assessment.rules
    reported = {activity.code for activity in assessment.activities if activity.reported}
    standings = tuple(s for s in assessment.standings if s.activity in reported)
    lines = axes_summary(
        Facts(
            assessment.activities,
            standings,
            all_confirmed(standings),
            rules,
            assessment.earlier,
        )
    )
    formula = _FORMULAS.get(rules.formula, rules.formula.replace("_", " "))
    header = (
        "Grupo",
        "Nombre",
        *SUMMARY_COUNTS,
        f"Cumplimiento ({formula}, sobre todo el plan; base: {rules.base})",
        TRAFFIC_LIGHT,
        STILL_OPEN,
    )
    ids = open_ids(assessment)
    blank = (Cell(),) * (len(header) - 1)
    rows = (
        (*(cells or blank), Cell(name))
        for cells, name in zip_longest([_line(line) for line in lines], ids, fillvalue=None)
    )
    stamp = title(assessment.policy, assessment.period.label)
    return Tab(SUMMARY, header, tuple(rows), HIDDEN[SUMMARY], (stamp, *HOW_TO))


def _line(line: SummaryRow) -> tuple[Cell, ...]:
    counts = (
        line.programmed, line.reported, line.supported, line.to_review, line.partial,
        line.no_evidence, line.unverifiable,
    )  # fmt: skip
    percent = None if line.compliance is None else round(line.compliance / 100, 4)
    name = "Todo el plan" if line.level == "total" else line.name
    return (
        Cell(_LEVELS.get(line.level, line.level)),
        Cell(visible(name)),
        *(Cell(count) for count in counts),
        Cell(percent, style="percent"),
        Cell(line.light[:1].upper() + line.light[1:]),
    )
