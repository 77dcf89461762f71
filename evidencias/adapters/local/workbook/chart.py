"""The chart of `Resumen`: how many reported activities of each eje stand where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidencias.domain.register import Tab
from evidencias.domain.register.columns import SUMMARY_COUNTS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = ("7FBF8E", "F2C94C", "F2994A", "EB7A7A", "BDBDBD")
_STATES = SUMMARY_COUNTS[2:]


def add_chart(sheet: Worksheet, tab: Tab, top: int) -> None:
    """Stacked bars by eje, beside the table; nothing when the plan has no eje."""
    from openpyxl.chart import BarChart, Reference

    axes = [n for n, row in enumerate(tab.rows) if row[0].value == "Eje"]
    if not axes:
        return
    first, last = top + 1 + axes[0], top + 1 + axes[-1]
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title = "Actividades reportadas por eje"
    columns = [tab.header.index(name) + 1 for name in _STATES]
    for number, (column, colour) in enumerate(zip(columns, _COLOURS, strict=True)):
        chart.series.append(_series(sheet, (column, top, first, last), colour, number))
    chart.set_categories(Reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.legend.position = "b"
    chart.x_axis.scaling.orientation = "maxMin"  # the plan's order, from the top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "0"
    chart.gapWidth = 60
    chart.width, chart.height = 30, max(8.0, 2.5 + 1.1 * len(axes))
    sheet.add_chart(chart, f"A{top + 3 + _shown(tab)}")


def _series(sheet: Worksheet, place: tuple[int, int, int, int], colour: str, number: int) -> object:
    from openpyxl.chart import Reference, Series

    column, header, first, last = place
    values = Reference(sheet, min_col=column, min_row=first, max_row=last)
    title = str(sheet.cell(header, column).value)
    series = Series(values, title=title)
    series.graphicalProperties.solidFill = colour
    series.idx = series.order = number
    return series


def _shown(tab: Tab) -> int:
    """Rows of the table that show something: those below only hold hidden ids."""
    return sum(row[0].value is not None for row in tab.rows)
