"""The tool's tabs drawn in a fresh workbook, from which they are moved into the person's."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.links import internal
from evidencias.adapters.local.workbook.read import (
    POLICY_PROPERTY,
    SEMESTER_PROPERTY,
    defined_name,
)
from evidencias.adapters.local.workbook.styles import (
    LAST_ROW,
    colour_rules,
    dress,
    dress_header,
    row_height,
)
from evidencias.adapters.local.workbook.styles import style_key as look
from evidencias.domain.register import Cell, Tab
from evidencias.domain.register.columns import (
    DECISION,
    DECISION_WORDS,
    REVIEW,
    STILL_OPEN,
    SUMMARY,
    width_of,
)

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

LOOKS = tuple(
    f"{form}{wrap}{link}"
    for form in ("plain", "text", "date", "moment", "percent", "score")
    for wrap in ("", "-wrap", "-centre")
    for link in ("", "-link")
)
_TAB_COLOUR = {REVIEW: "E69138", SUMMARY: "24527A"}


def header_row(tab: Tab) -> int:
    """The row of a tab's header: below its preamble and one blank row."""
    return len(tab.preamble) + 2 if tab.preamble else 1


def drawn(
    tabs: Sequence[Tab],
    titles: Mapping[str, str],
    policy: str,
    semester: str,
    *,
    mac_dates: bool = False,
) -> Book:
    """A workbook with these tabs, each under its title, stamped; links hold their Targets.

    A tab whose rows are empty is drawn with its header alone; `Revisión` is left unprotected.
    """
    from openpyxl import Workbook as Book
    from openpyxl.packaging.custom import StringProperty

    book = Book()
    book.remove(book.worksheets[0])
    if mac_dates:
        from openpyxl.utils.datetime import MAC_EPOCH

        book.epoch = MAC_EPOCH
    painter = _Painter(book, tabs, titles)
    for tab in tabs:
        painter.paint(tab)
    for name, value in ((POLICY_PROPERTY, policy), (SEMESTER_PROPERTY, semester)):
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    return book


def palette() -> Book:
    """A workbook whose column A wears every look, in the order of `LOOKS`."""
    from openpyxl import Workbook as Book

    book = Book()
    for number, key in enumerate(LOOKS, start=1):
        dress(book.worksheets[0].cell(number, 1, "x"), key)
    return book


def saved(book: Book) -> bytes:
    """The workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Painter:
    """Draws tabs in one workbook; keeps the looks it has made, which is most of the time."""

    def __init__(self, book: Book, tabs: Sequence[Tab], titles: Mapping[str, str]) -> None:
        self.book = book
        self.titles = titles
        self.tops = {tab.name: header_row(tab) for tab in tabs}
        self._looks: dict[str, StyleArray] = {}

    def paint(self, tab: Tab) -> None:
        sheet = self.book.create_sheet(self.titles.get(tab.name, tab.name))
        top = header_row(tab)
        self._preamble(sheet, tab)
        for column, name in enumerate(tab.header, start=1):
            dress_header(sheet.cell(top, column, name))
        for number, row in enumerate(tab.rows, start=top + 1):
            for column, cell in enumerate(row, start=1):
                self._cell(sheet, (number, column), cell, tab.header[column - 1])
            height = row_height(zip(tab.header, row, strict=True))
            sheet.row_dimensions[number].height = height
        self._frame(sheet, tab, top)
        self._name(sheet, tab, top)

    def _cell(self, sheet: Worksheet, place: tuple[int, int], cell: Cell, header: str) -> None:
        if cell.value is None or cell.value == "":
            return
        made = sheet.cell(*place)
        made._style = self._look(sheet, look(cell, header))
        made.value = cell.value
        if isinstance(cell.value, str):
            made.data_type = "s"  # never a formula, whatever the text begins with
        if cell.link:
            self._link(sheet, made.coordinate, cell.link)

    def _link(self, sheet: Worksheet, place: str, link: str) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        inside = internal(link)
        hyperlink = Hyperlink(ref=place)
        if inside:
            tab, row = inside
            title = quoted_title(self.titles.get(tab, tab))
            hyperlink.location = f"{title}!A{row + self.tops.get(tab, 1)}"
        else:
            hyperlink.target = link
        sheet[place].hyperlink = hyperlink

    def _look(self, sheet: Worksheet, key: str) -> StyleArray:
        from copy import copy

        if key not in self._looks:
            from openpyxl.cell.cell import Cell as SheetCell

            model = SheetCell(sheet, 1, 1)
            dress(model, key)
            self._looks[key] = model._style
        return copy(self._looks[key])

    def _preamble(self, sheet: Worksheet, tab: Tab) -> None:
        from openpyxl.styles import Alignment, Font

        for number, line in enumerate(tab.preamble, start=1):
            cell = sheet.cell(number, 1, line)
            cell.data_type = "s"
            cell.font = Font(name="Calibri", size=14 if number == 1 else 10, bold=number == 1)
            cell.alignment = Alignment(vertical="center", wrap_text=number > 1)
            shown = max(2, len(tab.header) - len(tab.hidden))
            sheet.merge_cells(None, number, 1, number, shown)
            sheet.row_dimensions[number].height = 24 if number == 1 else 28

    def _frame(self, sheet: Worksheet, tab: Tab, top: int) -> None:
        """Widths, frozen header, filter, colours, drop-down, protection and chart."""
        letters = {name: _letter(n) for n, name in enumerate(tab.header, start=1)}
        for name, letter in letters.items():
            column = sheet.column_dimensions[letter]
            column.width = width_of(name)
            column.hidden = name in tab.hidden
            if tab.name == REVIEW:  # what people type below looks like the rest
                dress(column, look(Cell(), name))
        sheet.row_dimensions[top].height = 44 if tab.preamble else 30
        sheet.freeze_panes = sheet.cell(top + 1, 1)
        last = max(top + 1, top + len(tab.rows))
        sheet.auto_filter.ref = f"A{top}:{_letter(len(tab.header))}{last}"
        colour_rules(sheet, tab.name, letters, top + 1)
        sheet.sheet_properties.tabColor = _TAB_COLOUR.get(tab.name, "8FA9C0")
        sheet.sheet_view.showGridLines = tab.name == REVIEW
        _page(sheet, top)
        if tab.name == REVIEW:
            _drop_down(sheet, letters[DECISION], top + 1)
        else:
            _protect(sheet)
        if tab.name == SUMMARY:
            from evidencias.adapters.local.workbook.chart import add_chart

            add_chart(sheet, tab, top)

    def _name(self, sheet: Worksheet, tab: Tab, top: int) -> None:
        from openpyxl.workbook.defined_name import DefinedName

        title = quoted_title(sheet.title)
        marks = {defined_name(tab.name): f"{title}!$A${top}"}
        if STILL_OPEN in tab.header:
            letter = _letter(tab.header.index(STILL_OPEN) + 1)
            marks[defined_name(STILL_OPEN)] = f"{title}!${letter}${top + 1}:${letter}${LAST_ROW}"
        for name, place in marks.items():
            self.book.defined_names[name] = DefinedName(name, attr_text=place)


def quoted_title(title: str) -> str:
    """A sheet's title as formulas write it: 'Mi hoja'."""
    return "'" + title.replace("'", "''") + "'"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _page(sheet: Worksheet, top: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"


def _drop_down(sheet: Worksheet, letter: str, first: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = DataValidation(
        type="list",
        formula1=f'"{",".join(DECISION_WORDS)}"',
        allow_blank=True,
        errorTitle="Decisión",
        error="Elija Confirmar, Rechazar o Aceptar, o deje la celda en blanco.",
        promptTitle="Decisión",
        prompt="Confirmar o Rechazar un vínculo; Aceptar o Rechazar un hallazgo.",
    )
    choices.showErrorMessage = True
    choices.showInputMessage = True
    choices.add(f"{letter}{first}:{letter}{LAST_ROW}")
    sheet.add_data_validation(choices)


def _protect(sheet: Worksheet) -> None:
    """Without password: against slips, not against people. Filtering and widths stay allowed."""
    sheet.protection.sheet = True
    sheet.protection.autoFilter = False
    sheet.protection.sort = False
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
