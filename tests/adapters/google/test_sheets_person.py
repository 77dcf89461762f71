"""A person works in the Sheet between any two calls of a run: no cell of hers changes."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evidencias.adapters.google.sheets import SheetRegister
from evidencias.domain.register.columns import REVIEW, TAB_ORDER
from tests.adapters.google.conftest import connect
from tests.adapters.google.register import changes, log_of, sheet_url
from tests.google.person import Person
from tests.google.server import Standin
from tests.google.wire import Request

Grid = list[list[str]]
SMALL = st.integers(0, 30)
TOOL = st.sampled_from([name for name in TAB_ORDER if name != REVIEW])


class Between(RuleBasedStateMachine):
    """Actions wait in `queue`; each is done right before some call of the next run."""

    def __init__(self) -> None:
        super().__init__()
        self.standin = Standin().start()
        self.google = connect(self.standin)
        self.person = Person(self.standin.core)
        self.book = self.person.create_sheet("Registro")
        self.register = SheetRegister(self.google, sheet_url(self.book))
        self.queue: list[tuple[int, str, tuple[Any, ...]]] = []
        self.written = 0
        self.call = 0
        self.before: Grid | None = None
        self.run_once(1)
        self.review = self.person.tab(self.book, REVIEW).id
        self.ids = {t: self.person.tab(self.book, t).id for t in TAB_ORDER}
        self.standin.core.before_call = self.between

    def teardown(self) -> None:
        self.google.close()
        self.standin.stop()
        assert not self.standin.failures, self.standin.failures[:2]

    # --- what is watched ----------------------------------------------------------------

    def title(self, sheet: int) -> str | None:
        tabs = self.person.book(self.book).tabs
        return next((tab.title for tab in tabs if tab.id == sheet), None)

    def grid(self) -> Grid:
        title = self.title(self.review)
        assert title is not None
        return self.person.values(self.book, title)

    def between(self, request: Request) -> None:
        """Right before a call: nothing she had moved in the last one; then she acts again."""
        self.unchanged()
        self.call += 1
        for at, name, arguments in [entry for entry in self.queue if entry[0] == self.call]:
            self.queue.remove((at, name, arguments))
            getattr(self, f"do_{name}")(*arguments)
        self.before = self.grid()

    def unchanged(self) -> None:
        if self.before is not None:
            after = self.grid()
            assert after[: len(self.before)] == self.before
        self.before = None

    def run_once(self, number: int) -> None:
        self.call = 0
        contents = self.register.read()
        known = {str(row.cells.get("ID", "")) for row in contents.review}
        self.register.record(changes(number, known, log_of(contents)))
        if self.before is not None:
            self.unchanged()

    # --- what she does --------------------------------------------------------------------

    def _later(self, at: int, name: str, *arguments: Any) -> None:
        self.queue.append((at, name, arguments))

    def _header(self) -> int:
        grid = self.grid()
        return next(n for n, row in enumerate(grid) if "ID" in row and "Decisión" in row)

    def _row(self, n: int) -> int | None:
        first, rows = self._header() + 1, len(self.grid())
        return first + n % (rows - first) if rows > first else None

    def _edit(self, row: int, column: int, text: str) -> None:
        self.person.edit(self.book, self.title(self.review) or "", row, column, text)

    def _column(self, name: str) -> int:
        return self.grid()[self._header()].index(name)

    def do_decide(self, n: int, word: str) -> None:
        row = self._row(n)
        if row is not None:
            self._edit(row, self._column("Decisión"), word)

    def do_note(self, n: int) -> None:
        row = self._row(n)
        if row is not None:
            self.written += 1
            self._edit(row, self._column("Observaciones"), f"nota {self.written}")

    def do_link_by_hand(self) -> None:
        row = len(self.grid())
        self.written += 1
        self._edit(row, self._column("Código"), f"A-{self.written}")
        self._edit(
            row, self._column("Enlace"), f"https://drive.google.com/file/d/mano{self.written}"
        )
        self._edit(row, self._column("Decisión"), "Confirmar")

    def do_sort(self, n: int, descending: bool) -> None:
        width = len(self.grid()[self._header()])
        title = self.title(self.review) or ""
        self.person.sort(self.book, title, n % width, descending, self._header() + 1)

    def do_insert_rows(self, n: int) -> None:
        at = 1 + n % len(self.grid())
        self.person.insert_rows(self.book, self.title(self.review) or "", at)

    def do_insert_columns(self, n: int) -> None:
        width = len(self.grid()[self._header()])
        self.person.insert_columns(self.book, self.title(self.review) or "", n % (width + 1))

    def do_move_column(self, source: int, to: int) -> None:
        width = len(self.grid()[self._header()])
        if source % width != to % width:
            title = self.title(self.review) or ""
            self.person.move_column(self.book, title, source % width, to % width)

    def do_delete_row(self, n: int) -> None:
        row = self._row(n)
        if row is not None:
            self.person.delete_rows(self.book, self.title(self.review) or "", row)

    def do_rename(self, tab: str, name: str) -> None:
        title = self.title(self.ids[tab])
        if title is not None and name not in self.person.tabs(self.book):
            self.person.rename_tab(self.book, title, name)

    def do_scribble(self, tab: str, row: int, column: int) -> None:
        title = self.title(self.ids[tab])
        if title is not None:
            self.person.edit(self.book, title, row, column % 5, "garabato")

    def do_delete_tab(self, tab: str) -> None:
        title = self.title(self.ids[tab])
        if title is not None:
            self.person.delete_tab(self.book, title)

    # --- rules ------------------------------------------------------------------------------

    CALLS = st.integers(1, 4)

    @rule(at=CALLS, n=SMALL, word=st.sampled_from(["Confirmar", "Rechazar", "ok"]))
    def decide(self, at: int, n: int, word: str) -> None:
        self._later(at, "decide", n, word)

    @rule(at=CALLS, n=SMALL)
    def note(self, at: int, n: int) -> None:
        self._later(at, "note", n)

    @rule(at=CALLS)
    def link_by_hand(self, at: int) -> None:
        self._later(at, "link_by_hand")

    @rule(at=CALLS, n=SMALL, descending=st.booleans())
    def sort(self, at: int, n: int, descending: bool) -> None:
        self._later(at, "sort", n, descending)

    @rule(at=CALLS, n=SMALL, kind=st.sampled_from(["insert_rows", "insert_columns", "delete_row"]))
    def rearrange(self, at: int, n: int, kind: str) -> None:
        self._later(at, kind, n)

    @rule(at=CALLS, source=SMALL, to=SMALL)
    def move_column(self, at: int, source: int, to: int) -> None:
        self._later(at, "move_column", source, to)

    @rule(at=CALLS, tab=st.sampled_from(TAB_ORDER), name=st.sampled_from(["Uno", "Dos", REVIEW]))
    def rename(self, at: int, tab: str, name: str) -> None:
        self._later(at, "rename", tab, name)

    @rule(at=CALLS, tab=TOOL, row=SMALL, column=SMALL)
    def scribble(self, at: int, tab: str, row: int, column: int) -> None:
        self._later(at, "scribble", tab, row, column)

    @rule(at=CALLS, tab=TOOL)
    def delete_tab(self, at: int, tab: str) -> None:
        self._later(at, "delete_tab", tab)

    @rule(number=st.integers(1, 5))
    def synchronise(self, number: int) -> None:
        self.run_once(number)

    @precondition(lambda self: not self.queue)
    @rule(number=st.integers(1, 5))
    def left_alone_it_settles(self, number: int) -> None:
        """With nobody in the Sheet, a run completes the register and the next writes nothing."""
        self.run_once(number)
        calls = self.standin.core.count(operation="sheets.spreadsheets.batchUpdate")
        self.run_once(number)
        assert self.standin.core.count(operation="sheets.spreadsheets.batchUpdate") == calls
        contents = self.register.read()
        ids = [str(row.cells["ID"]) for row in contents.review if "ID" in row.cells]
        assert {i for i in ids if i.startswith("V-")} >= {
            f"V-ABCDEFGHI{n}" for n in range(number + 2)
        }
        assert len(contents.evidence) == number + 2
        read = [(row.cells.get("ID"), row.cells.get("Decisión")) for row in contents.review]
        assert {(i or "", d or "") for i, d in read} - {("", "")} == self.decided()

    def decided(self) -> set[tuple[str, str]]:
        """Each id with the decision beside it, as she sees them."""
        grid, first = self.grid(), self._header()
        places = self._column("ID"), self._column("Decisión")
        rows = [[*row, *[""] * (max(places) + 1 - len(row))] for row in grid[first + 1 :]]
        return {(row[places[0]], row[places[1]]) for row in rows} - {("", "")}

    @invariant()
    def review_is_there(self) -> None:
        assert self.title(self.review) is not None


Between.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestBetween = Between.TestCase
