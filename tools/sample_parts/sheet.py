"""Write the sample's workbooks: attendance lists and the tables that offices keep."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from tools.sample_parts.item import Maker
from tools.sample_parts.package import stable

Cell = str | int | float | datetime | None

_NAMES = (
    "Rosalba", "Germán", "Yaneth", "Ómar", "Lucelly", "Fabio", "Nubia", "Wilmer", "Ingrid",
    "Hernando", "Adiela", "Jhon Jairo", "Marleny", "Édgar", "Consuelo", "Yesid", "Aracely",
    "Duván", "Leonor", "Ferney", "Gladys", "Iván Darío", "Mariela", "Néstor",
)  # fmt: skip
_SURNAMES = (
    "Cifuentes", "Barrera", "Ospina", "Quintana", "Lozano", "Pedraza", "Buitrago", "Murcia",
    "Villamil", "Saavedra", "Forero", "Tovar", "Yepes", "Zambrano", "Arévalo", "Camacho",
    "Ñungo", "Gaitán", "Malagón", "Rincón",
)  # fmt: skip
_THIN = Side(style="thin", color="999999")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="D9E2EC")


def people(seed: str, count: int) -> list[str]:
    """Invent `count` different names, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - invented names, no secret
    pairs = [(name, surname) for name in _NAMES for surname in _SURNAMES]
    return [f"{name} {surname}" for name, surname in dice.sample(pairs, count)]


def saved(book: Workbook, when: datetime) -> bytes:
    """Save a workbook with its author and dates fixed."""
    book.properties.creator = "Alcaldía de San Telmo"
    book.properties.created = when
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue(), when)


def first_sheet(book: Workbook, title: str) -> Worksheet:
    """Return the sheet that a new workbook comes with, named."""
    sheet = book.worksheets[0]
    sheet.title = title
    return sheet


# The head of an attendance list: its keys in the catalogue and its labels on paper.
EVENT = {"evento": "Actividad:", "lugar": "Lugar:", "dia": "Fecha:", "horario": "Horario:"}


def attendance(event: Mapping[str, str], count: int, role: str) -> Maker:
    """Make a LISTADO DE ASISTENCIA with its head and `count` invented people; `role` is theirs."""

    def make(when: datetime) -> bytes:
        book = Workbook()
        page = first_sheet(book, "Asistencia")
        page.append(["ALCALDÍA MUNICIPAL DE SAN TELMO"])
        page.append(["LISTADO DE ASISTENCIA", None, None, "GD-F-07 V2"])
        for key, label in EVENT.items():
            page.append([label, event[key]])
        page.append([None])
        head = ["No.", "Nombre y apellidos", "Vinculación", "Firma"]
        _table(page, head, _signed(event["evento"], count, role))
        _widths(page, (10, 34, 30, 14))
        return saved(book, when)

    return make


def _signed(seed: str, count: int, role: str) -> list[list[Cell]]:
    return [
        [number, name, role, "firmado"] for number, name in enumerate(people(seed, count), start=1)
    ]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], sheet: str) -> Maker:
    """Make a workbook with one titled table."""

    def make(when: datetime) -> bytes:
        book = Workbook()
        page = first_sheet(book, sheet)
        page.append([title])
        page.append([None])
        _table(page, head, rows)
        _widths(page, [18] * len(head))
        return saved(book, when)

    return make


def _table(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    sheet["A1"].font = Font(name="Calibri", bold=True, size=13)
    sheet.append(list(head))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill, cell.border = Font(name="Calibri", bold=True), _GREY, _GRID
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in rows:
        sheet.append(list(row))


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in zip("ABCDEFGHIJKL", widths, strict=False):
        sheet.column_dimensions[column].width = width
