"""Law 2 as a machine: whatever a person does in `Revisión`, nothing of hers is lost.

The person works on the file with another library, as her program would; a model remembers every
cell she wrote and every decision she made, by row.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from evidencias.adapters.local.workbook import Workbook
from evidencias.adapters.local.workbook.grid import opened
from evidencias.adapters.local.workbook.read import view
from evidencias.domain.model import Link
from evidencias.domain.register import read_decisions
from evidencias.domain.register.columns import REVIEW
from tests.adapters.test_workbook import Clock, run
from tests.domain.registering import ACTIVITIES, FILES, LINKS, suggested

Cells = dict[str, object]
texts = st.sampled_from(
    ["1.10", "007", "=1+1", "+57 300", "1e5", "12,5", "ñ 😀", "'hola", "@x", "-3", "a\tb", "x\ny",
     " ", "Confirmar", "ok"]
)  # fmt: skip
situations = st.sampled_from(
    [
        LINKS,
        LINKS[:2],
        (*LINKS, suggested("2.1", "Biblioteca/ñ 😀.docx", 0.8)),
        (*LINKS[:2], suggested("1.10", "Semillas/listado.xlsx", 0.9, "otra razón"), *LINKS[3:]),
    ]
)


class Person(RuleBasedStateMachine):
    """A person and the tool taking turns at one workbook."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "registro.xlsx"
        self.clock = Clock()
        run(self.path, self.clock)
        self.before = self.cells()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def sheet(self, book: openpyxl.Workbook) -> Worksheet:
        return book[view(opened(self.path.read_bytes()), "", self.folder).tabs[REVIEW].title]

    def cells(self) -> Cells:
        """Every cell of the tab, by its place."""
        sheet = self.sheet(openpyxl.load_workbook(self.path))
        return {
            c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None
        }

    def decisions(self) -> dict[tuple[str, str], str]:
        """Each decision that holds, by its pair."""
        there = Workbook(self.path).read()
        return {
            (d.activity, d.file): d.verdict.value
            for d in read_decisions(there, FILES, ACTIVITIES).decisions
        }

    def places(self) -> tuple[int, int, dict[str, int]]:
        """The header's row, the last row with anything, and the column of each header."""
        tab = view(opened(self.path.read_bytes()), "", self.folder).tabs[REVIEW]
        last = max((row.number for row in tab.rows), default=tab.header_row)
        return tab.header_row, last, dict(tab.columns)

    @rule(
        word=st.sampled_from(["Confirmar", "Rechazar", "Aceptar", "ok", None]), at=st.integers(0, 9)
    )
    def decides(self, word: str | None, at: int) -> None:
        top, last, columns = self.places()
        if last > top:
            self.edit(lambda s: s.cell(top + 1 + at % (last - top), columns["Decisión"], word))

    @rule(text=texts, at=st.integers(0, 9), name=st.sampled_from(["Responsable", "Observaciones"]))
    def writes(self, text: str, at: int, name: str) -> None:
        top, last, columns = self.places()

        def write(sheet: Worksheet) -> None:
            cell = sheet.cell(top + 1 + at % max(1, last - top), columns[name], text)
            cell.data_type = "s"

        self.edit(write)

    @rule(reverse=st.booleans())
    def sorts(self, reverse: bool) -> None:
        top, last, columns = self.places()
        held = self.decisions()

        def sort(sheet: Worksheet) -> None:
            width = sheet.max_column
            rows = [
                [sheet.cell(r, c).value for c in range(1, width + 1)]
                for r in range(top + 1, last + 1)
            ]
            rows.sort(key=lambda row: str(row[columns["Archivo"] - 1]), reverse=reverse)
            for number, row in enumerate(rows, start=top + 1):
                for column, value in enumerate(row, start=1):
                    cell = sheet.cell(number, column)
                    cell.value = value
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type

        self.edit(sort)
        assert self.decisions() == held  # each decision stays with its link

    @precondition(lambda self: self.places()[0] < 4)
    @rule()
    def inserts_a_row_on_top(self) -> None:
        self.edit(lambda sheet: sheet.insert_rows(1))

    @precondition(lambda self: max(self.places()[2].values()) < 18)
    @rule(at=st.integers(1, 8), heading=st.sampled_from(["Mi columna", None]))
    def inserts_a_column(self, at: int, heading: str | None) -> None:
        top = self.places()[0]
        held = self.decisions()

        def insert(sheet: Worksheet) -> None:
            sheet.insert_cols(at)
            sheet.cell(top, at, heading)
            sheet.cell(top + 1, at, 12.5)

        self.edit(insert)
        assert self.decisions() == held

    @rule(left=st.integers(1, 12), right=st.integers(1, 12))
    def moves_columns(self, left: int, right: int) -> None:
        held = self.decisions()

        def swap(sheet: Worksheet) -> None:
            for row in range(1, sheet.max_row + 1):
                one, other = sheet.cell(row, left), sheet.cell(row, right)
                one.value, other.value = other.value, one.value
                for cell in (one, other):
                    cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type

        self.edit(swap)
        assert self.decisions() == held

    @rule(at=st.integers(0, 9))
    def deletes_a_row(self, at: int) -> None:
        top, last, _ = self.places()
        if last > top:
            self.edit(lambda sheet: sheet.delete_rows(top + 1 + at % (last - top)))

    @rule(file=st.sampled_from(list(FILES)), code=st.sampled_from(["1.1", "1.10", "2.1", "9.9"]))
    def links_by_hand(self, file: str, code: str) -> None:
        _, last, columns = self.places()

        def link(sheet: Worksheet) -> None:
            for name, value in (("Código", code), ("Enlace", file), ("Decisión", "Confirmar")):
                cell = sheet.cell(last + 1, columns[name], value)
                cell.data_type = "s"

        self.edit(link)

    @rule(colour=st.sampled_from(["00FF00", "FFFF00"]), row=st.integers(1, 12))
    def colours(self, colour: str, row: int) -> None:
        def paint(sheet: Worksheet) -> None:
            for column in range(1, 16):
                sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)

        self.edit(paint)

    @rule(title=st.sampled_from(["Mi revisión", "Revisión", "Ana's (2)"]))
    def renames_the_tab(self, title: str) -> None:
        def rename(sheet: Worksheet) -> None:
            sheet.title = title
            mark = sheet.parent.defined_names.get("evidencias_revision")
            if mark is not None:
                mark.value = "'" + title.replace("'", "''") + "'!$A$1"

        self.edit(rename)

    @rule(links=situations)
    def the_tool_synchronises(self, links: tuple[Link, ...]) -> None:
        held = self.decisions()
        run(self.path, self.clock, links)
        now = self.cells()
        assert {place: now.get(place) for place in self.before} == self.before
        assert {pair: v for pair, v in self.decisions().items() if pair in held} == held
        saved = self.path.read_bytes()
        assert not run(self.path, self.clock, links)[0] and self.path.read_bytes() == saved
        self.before = now

    def edit(self, change: Callable[[Worksheet], object]) -> None:
        """The person's program: opens, changes, saves; links go along with their cells."""
        book = openpyxl.load_workbook(self.path)
        sheet = self.sheet(book)
        change(sheet)
        for cell in (c for row in sheet.iter_rows() for c in row if c.hyperlink):
            cell.hyperlink.ref = cell.coordinate  # where openpyxl leaves it when rows move
        book.save(self.path)
        self.before = self.cells()


TestPerson = Person.TestCase
TestPerson.settings = settings(
    max_examples=4,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
