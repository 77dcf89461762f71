"""The chart of `Resumen`: how many reported activities of each eje stand where."""

from __future__ import annotations

from evidencias.adapters.google.sheet_layout import rgb
from evidencias.adapters.google.sheet_values import Json
from evidencias.adapters.google.sheet_view import SheetTab
from evidencias.domain.register import Tab
from evidencias.domain.register.columns import SUMMARY_COUNTS

TITLE = "Actividades reportadas por eje"
_COLOURS = ("7FBF8E", "F2C94C", "F2994A", "EB7A7A", "BDBDBD")
_STATES = SUMMARY_COUNTS[2:]
_NAME_COLUMN = 1


def axes(tab: Tab) -> tuple[int, int] | None:
    """The first row of the ejes and the one after the last, from 0 in the sheet."""
    rows = [n for n, row in enumerate(tab.rows) if row and row[0].value == "Eje"]
    top = len(tab.preamble) + 1
    return (top + rows[0], top + rows[-1] + 1) if rows else None


def add_chart(tab: Tab, sheet: int) -> list[Json]:
    """Stacked bars by eje, below the table; nothing when the plan has no eje."""
    rows = axes(tab)
    if rows is None:
        return []
    shown = sum(bool(row) and row[0].value is not None for row in tab.rows)
    anchor = {"sheetId": sheet, "rowIndex": len(tab.preamble) + shown + 3, "columnIndex": 0}
    size = {"widthPixels": 900, "heightPixels": 160 + 34 * (rows[1] - rows[0])}
    position = {"overlayPosition": {"anchorCell": anchor, **size}}
    return [{"addChart": {"chart": {"spec": _spec(tab, sheet, rows), "position": position}}}]


def follow_axes(tab: Tab, sheet: SheetTab) -> list[Json]:
    """Points the chart at the ejes again when their rows moved; a deleted chart stays deleted."""
    rows = axes(tab)
    own = [c for c in sheet.charts if (c.get("spec") or {}).get("title") == TITLE]
    if rows is None or not own or _rows_of(own[0]) == rows:
        return []
    spec = _spec(tab, sheet.id, rows)
    return [{"updateChartSpec": {"chartId": own[0]["chartId"], "spec": spec}}]


def _rows_of(chart: Json) -> tuple[int, int] | None:
    try:
        domain = chart["spec"]["basicChart"]["domains"][0]["domain"]
        source = domain["sourceRange"]["sources"][-1]
        return source.get("startRowIndex", 0), source["endRowIndex"]
    except (KeyError, IndexError):
        return None


def _spec(tab: Tab, sheet: int, rows: tuple[int, int]) -> Json:
    places = [tab.header.index(name) for name in _STATES]
    series = [
        {
            "series": _source(tab, sheet, rows, place),
            "targetAxis": "BOTTOM_AXIS",
            "colorStyle": {"rgbColor": rgb(colour)},
        }
        for place, colour in zip(places, _COLOURS, strict=True)
    ]
    return {
        "title": TITLE,
        "basicChart": {
            "chartType": "BAR",
            "stackedType": "STACKED",
            "legendPosition": "BOTTOM_LEGEND",
            "headerCount": 1,
            "domains": [{"domain": _source(tab, sheet, rows, _NAME_COLUMN)}],
            "series": series,
        },
    }


def _source(tab: Tab, sheet: int, rows: tuple[int, int], column: int) -> Json:
    """A column of the ejes, under the cell of the header that names it."""
    top = len(tab.preamble)
    spans = ((top, top + 1), rows)
    areas = [
        {
            "sheetId": sheet,
            "startRowIndex": first,
            "endRowIndex": last,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
        for first, last in spans
    ]
    return {"sourceRange": {"sources": areas}}
