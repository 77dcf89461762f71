"""How the register looks: fonts, fills, formats and the colour rules of each tab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.read import defined_name
from evidencias.domain.register import Cell
from evidencias.domain.register.columns import (
    CENTRED,
    CODE,
    DECISION,
    FILE,
    FINGERPRINT,
    ID,
    LIGHTS,
    LINK,
    PATH,
    REVIEW,
    STATE,
    STATE_COLOURS,
    STILL_OPEN,
    TRAFFIC_LIGHT,
    WRAPPED,
    width_of,
)

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
LAST_ROW = 1_048_576
AS_TEXT = frozenset({ID, CODE, FILE, LINK, PATH, FINGERPRINT})
"""Columns formatted as text, so that a code typed by hand ("1.10", "007") stays what it is."""
_DECIDED = {"Confirmar": "9FD5AE", "Rechazar": "E3E3E3", "Aceptar": "BFD9F2"}
_FORMATS = {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "percent": "0.0%", "score": "0.00"}


def style_key(cell: Cell, header: str) -> str:
    """The name of a cell's look: its format, whether it wraps, whether it is a link."""
    kind = type(cell.value).__name__
    form = {"date": "date", "datetime": "moment"}.get(kind, cell.style)
    text = form or ("text" if header in AS_TEXT else "plain")
    lay = "wrap" if header in WRAPPED else "centre" if header in CENTRED else ""
    link = "link" if cell.link else ""
    return "-".join(filter(None, (text, lay, link)))


def row_height(cells: Iterable[tuple[str, Cell]]) -> float:
    """The height in points that shows a row's wrapped texts, up to six lines; by (header, cell).

    Programs fit rows themselves only when a person edits them, so it is written.
    """
    lines = [_lines(str(c.value), width_of(h)) for h, c in cells if h in WRAPPED and c.value]
    return 13.5 * min(6, max(lines, default=1)) + 2


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(line) // max(1, round(width * 1.05)))) for line in text.split("\n"))


def dress(cell: SheetCell | ColumnDimension, key: str) -> None:
    """Gives a sheet's cell, or a whole column, the look of that name."""
    from openpyxl.styles import Alignment, Font

    parts = set(key.split("-"))
    if "link" in parts:
        cell.font = Font(name=FONT, size=10, color="0B57D0", underline="single")
    else:
        cell.font = Font(name=FONT, size=10)
    across = "center" if "centre" in parts else None
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text="wrap" in parts)
    form = next((f for name, f in _FORMATS.items() if name in parts), "")
    if form or "text" in parts:
        cell.number_format = form or "@"


def dress_header(cell: SheetCell) -> None:
    """The header's look: dark, bold, wrapped."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="24527A")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(right=Side(style="thin", color="FFFFFF"))


def colour_rules(sheet: Worksheet, tab: str, columns: dict[str, str], first: int) -> None:
    """The colours by state, decision and traffic light, and the grey of rows of no matter.

    `columns` maps each header to its letter; `first` is the first data row.
    """
    for header, colours in (
        (STATE, STATE_COLOURS),
        (TRAFFIC_LIGHT, dict(LIGHTS)),
        (DECISION, _DECIDED),
    ):
        if header in columns:
            letter = columns[header]
            span = f"{letter}{first}:{letter}{LAST_ROW}"
            for rule in _word_rules(colours):
                sheet.conditional_formatting.add(span, rule)
    if tab == REVIEW:
        last = max(columns.values(), key=lambda letter: (len(letter), letter))
        sheet.conditional_formatting.add(f"A{first}:{last}{LAST_ROW}", _grey_rule(columns, first))


def _word_rules(colours: Mapping[str, str]) -> Iterator[Rule]:
    from openpyxl.formatting.rule import CellIsRule

    for word, colour in colours.items():
        yield CellIsRule(operator="equal", formula=[f'"{word}"'], fill=_fill(colour))


def _grey_rule(columns: dict[str, str], first: int) -> Rule:
    """Undecided rows whose id is no longer among those that `Resumen` lists as open."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font

    name, decision = f"${columns[ID]}{first}", f"${columns[DECISION]}{first}"
    listed = f"MATCH({name},{defined_name(STILL_OPEN)},0)"
    return FormulaRule(
        formula=[f'AND({name}<>"",{decision}="",ISNA({listed}))'],
        font=Font(color="9E9E9E", italic=True),
        fill=_fill("F3F3F3"),
    )


def _fill(colour: str) -> object:
    from openpyxl.styles import PatternFill

    # In a conditional format the colour that shows is the background one.
    return PatternFill(bgColor=colour, fill_type="solid", fgColor=colour)
