"""The sample's plan de acción, written as a person makes it in Excel from `catalogo/plan.csv`."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tools.sample_parts.catalogue import FOLDER
from tools.sample_parts.sheet import Cell, first_sheet, saved

# Heading and width of each column, in the order of plan.csv.
_COLUMNS = (
    ("Eje estratégico", 20),
    ("Código", 10),
    ("Actividad", 52),
    ("Dependencia responsable", 24),
    ("Indicador de producto", 24),
    ("Meta programada", 12),
    ("Ejecutado", 11),
    ("Fecha inicio", 13),
    ("Fecha fin", 13),
    ("Medio de verificación", 30),
    ("Ponderación (%)", 13),
    ("Se reporta (X)", 12),
)
_TITLES = (
    "MUNICIPIO DE SAN TELMO",
    "PLAN DE ACCIÓN · POLÍTICA PÚBLICA DE SEGURIDAD VIAL Y MOVILIDAD",
    "Vigencia 2024 · seguimiento primer semestre (corte 19 de julio de 2024)",
)
_NOTES = (
    "Nota: las actividades sin X se reportan en el segundo semestre o no han iniciado.",
    "Elaboró: Secretaría de Movilidad. Revisó: Oficina de Planeación.",
)
_LINE = Side(style="thin", color="7F8C8D")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_SUBTOTAL_FILL = PatternFill("solid", fgColor="DDEBF7")
_BOLD = Font(name="Calibri", bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="center")


def plan(when: datetime) -> bytes:
    """Make plan.xlsx: titles, merged axes, a subtotal after each, notes below."""
    book = Workbook()
    page = first_sheet(book, "Plan de acción 2024")
    _titles(page)
    with (FOLDER / "plan.csv").open(encoding="utf-8", newline="") as rows:
        axes = itertools.groupby(list(csv.reader(rows))[1:], key=lambda row: row[0])
        sizes = [_axis(page, axis, list(group)) for axis, group in axes]
    page.append([])
    for note in _NOTES:
        page.append([note])
    _summary(book, sizes)
    return saved(book, when)


def _titles(page: Worksheet) -> None:
    for row, title in enumerate(_TITLES, start=1):
        page.append([title])
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
        page.cell(row, 1).font = Font(name="Calibri", bold=True, size=14 if row == 2 else 11)
        page.cell(row, 1).alignment = Alignment(horizontal="center")
    page.append([None])
    _heading(page)
    page.freeze_panes = "C6"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _heading(page: Worksheet) -> None:
    page.append([name for name, _ in _COLUMNS])
    for cell, (_, width) in zip(page[5], _COLUMNS, strict=True):
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill, cell.border, cell.alignment = _HEAD_FILL, _GRID, _WRAPPED
        page.column_dimensions[cell.column_letter].width = width


def _axis(page: Worksheet, axis: str, rows: Sequence[Sequence[str]]) -> tuple[str, int]:
    first = page.max_row + 1
    for index, row in enumerate(rows):
        page.append([axis if index == 0 else None, *map(_typed, row[1:])])
        for cell in page[page.max_row]:
            cell.border, cell.alignment = _GRID, _WRAPPED
            if isinstance(cell.value, datetime):
                cell.number_format = "dd/mm/yyyy"
    page.merge_cells(start_row=first, end_row=page.max_row, start_column=1, end_column=1)
    _subtotal(page, axis, rows)
    return axis, len(rows)


def _subtotal(page: Worksheet, axis: str, rows: Sequence[Sequence[str]]) -> None:
    line: list[Cell] = [None] * len(_COLUMNS)
    line[0] = f"Subtotal {axis} ({len(rows)} actividades)"
    line[10] = sum(float(row[10].lstrip("'").replace(",", ".")) for row in rows)
    page.append(line)
    for cell in page[page.max_row]:
        cell.fill, cell.font = _SUBTOTAL_FILL, _BOLD


def _typed(value: str) -> Cell:
    """Type a cell as Excel would: ' keeps text; days 15 of a month were typed as text too."""
    if value.startswith("'"):
        return value[1:]
    if value.startswith("2024-"):
        day = datetime.fromisoformat(value)
        return f"{day:%d/%m/%Y}" if day.day == 15 else day
    return int(value) if value.isdigit() else value or None


def _summary(book: Workbook, sizes: Sequence[tuple[str, int]]) -> None:
    page = book.create_sheet("Resumen")
    page.append(["Eje estratégico", "No. de actividades"])
    for axis, count in sizes:
        page.append([axis, count])
    page.column_dimensions["A"].width = 44
