"""Which rows of a plan are activities: subtotals, headings, repeated headers and notes are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidencias.domain.plan.cells import text
from evidencias.domain.plan.columns import Columns
from evidencias.domain.plan.grid import Grid
from evidencias.domain.plan.header import Header, normal
from evidencias.domain.plan.words import Field
from evidencias.domain.text import fold

_TOTAL = re.compile(
    r"(sub ?-?\s?total|gran total|total(es)?|promedio|sumatoria|suma)\b(?! de la\b)"
)
_NOTE = re.compile(
    r"(notas?|fuentes?|elabor\w+|revis\w+|aprob\w+|proyect[oó]|convencion\w*|observacion\w*|firmas?"
    r"|vo\.? ?bo|version|fecha de \w+|nombre|cargo|aclaracion\w*|leyenda)\b\s*(\d+\s*)?[.:)]"
    r"|\*|\(\*+\)"
)
_HEADING = re.compile(
    r"(eje|linea|componente|dimension|pilar|lineamiento|programa|subprograma|objetivo|estrategia"
    r"|area|ambito|derecho|reto|sector|politica)s?\b"
)
_AXIS_WORDS = re.compile(r"(eje|linea|componente|dimension|pilar)s?\b")
_CARRIED = (Field.AXIS, Field.DEPARTMENT)
_PROOF = (
    Field.CODE, Field.NUMBER, Field.DEPARTMENT, Field.INDICATOR, Field.TARGET, Field.ACHIEVED,
    Field.START, Field.END, Field.REQUIRED, Field.WEIGHT, Field.REPORTED,
)  # fmt: skip
_MARKED = _PROOF[:2] + _PROOF[4:6]


@dataclass(slots=True)
class Row:
    """One activity's cells by field; `number` is the sheet row from 1; `more` are further rows
    of the same activity (a merged name with several indicators)."""

    number: int
    cells: dict[Field, tuple[object, ...]]
    more: list[Row] = field(default_factory=list)

    def cell(self, name: Field) -> object:
        """The first cell of a field, None where the plan has no such column."""
        values = self.cells.get(name, ())
        return next((value for value in values if text(value)), None)

    def text(self, name: Field) -> str:
        """The field as one clean line."""
        return text(self.cell(name))


def activity_rows(grid: Grid, header: Header, columns: Columns) -> list[Row]:
    """The plan's activities in order, with eje and dependencia carried down to each."""
    return _Walk(grid, header, columns).rows()


@dataclass
class _Walk:
    grid: Grid
    header: Header
    columns: Columns
    carried: dict[Field, object] = field(default_factory=dict)
    heading: str = ""

    def rows(self) -> list[Row]:
        found: list[Row] = []
        self.heading = self._heading_above()
        for index in self._body():
            if self._is_heading(index):
                self.heading = self._only_text(index)
                self.carried.clear()
            elif self._is_continuation(index) and found:
                found[-1].more.append(self._read(index))
            elif self._names_activity(index):
                found.append(self._read(index))
            else:
                self._carry(index)
        return found

    def _body(self) -> Iterator[int]:
        """Rows below the header that may be activities or headings, up to the last full one."""
        indices = [i for i in range(self.header.bottom + 1, len(self.grid.rows)) if self._alive(i)]
        last = max((i for i in indices if self._proofs(i)), default=-1)
        return (i for i in indices if i <= last)

    def _alive(self, index: int) -> bool:
        shown = [text(cell) for cell in self.grid.rows[index] if text(cell)]
        return bool(shown) and not (
            self._is_total(index, shown)
            or self._is_note(index, shown)
            or self._repeats_header(index)
            or _counts_columns(shown)
        )

    def _is_total(self, index: int, shown: list[str]) -> bool:
        """A row of sums: it opens with "total" and names nothing, or says so and has no code."""
        named = text(self._own(index, Field.NAME))
        if _TOTAL.match(fold(shown[0])) and (not named or _TOTAL.match(fold(named))):
            return True
        marks = (text(self._own(index, f)) for f in _MARKED[:2])
        coded = any(mark and not _TOTAL.match(fold(mark)) for mark in marks)
        return not coded and any(_TOTAL.match(fold(cell)) for cell in shown[:3])

    def _is_note(self, index: int, shown: list[str]) -> bool:
        few = len(shown) <= 3 and not any(text(self._own(index, f)) for f in _MARKED[2:])
        return few and bool(_NOTE.match(fold(shown[0])))

    def _repeats_header(self, index: int) -> bool:
        """A header printed again (a page break, a table per eje)."""
        titles = {normal(text(c)) for c in self.grid.rows[self.header.bottom] if text(c)}
        shown = [normal(text(c)) for c in self.grid.rows[index] if text(c)]
        return len(shown) > 2 and sum(cell in titles for cell in shown) * 3 >= 2 * len(shown)

    def _proofs(self, index: int) -> bool:
        """Whether the row has a name and at least one fact about it."""
        return bool(self._name(index)) and any(text(self._shown(index, f)) for f in _PROOF)

    def _is_heading(self, index: int) -> bool:
        """A row with one text alone that names the group of the rows below it."""
        shown = [j for j, cell in enumerate(self.grid.rows[index]) if text(cell)]
        if len({text(self.grid.rows[index][j]) for j in shown}) != 1:
            return False
        if any(text(self._shown(index, f)) for f in _PROOF if self._column(f) not in shown):
            return False
        title = fold(text(self.grid.rows[index][shown[0]]))
        wide = self.grid.span_of(index, shown[0]) > 2
        named = self._column(Field.NAME)
        return wide or shown[0] != named or bool(_HEADING.match(title)) or title.isupper()

    def _heading_above(self) -> str:
        """The eje named over the first of several tables, for a plan without a column for it."""
        if self._column(Field.AXIS) is not None:
            return ""
        for index in range(self.header.top - 1, max(-1, self.header.top - 4), -1):
            shown = {text(cell) for cell in self.grid.rows[index] if text(cell)}
            if len(shown) == 1 and _AXIS_WORDS.match(fold(title := shown.pop())):
                return title
        return ""

    def _only_text(self, index: int) -> str:
        return next(text(cell) for cell in self.grid.rows[index] if text(cell))

    def _is_continuation(self, index: int) -> bool:
        """A further row of an activity whose name is merged over several rows, without a code."""
        column = self._column(Field.NAME)
        if column is None or self.grid.origin(index, column)[0] == index:
            return False
        return not any(text(self._own(index, f)) for f in (Field.CODE, Field.NUMBER))

    def _names_activity(self, index: int) -> bool:
        if self._name(index):
            return True
        return any(text(self._own(index, f)) for f in (Field.CODE, Field.NUMBER)) and any(
            text(self._own(index, f)) for f in _PROOF[2:]
        )

    def _read(self, index: int) -> Row:
        self._carry(index)
        cells = {
            name: tuple(self.grid.below(index, column) for column in columns)
            for name, columns in self.columns.at.items()
        }
        cells.update({name: (value,) for name, value in self.carried.items()})
        if self.heading and (Field.AXIS not in cells or self._heading_is_axis()):
            cells[Field.AXIS] = (self.heading,)
        return Row(index + 1, cells)

    def _heading_is_axis(self) -> bool:
        """A heading "EJE 1 …" is the eje where the table's own column is a lower level."""
        return bool(_AXIS_WORDS.match(fold(self.heading))) and self.columns.axis_strength <= 5

    def _carry(self, index: int) -> None:
        """Keeps eje and dependencia for the blank cells below; a new eje starts afresh."""
        for name in _CARRIED:
            value = self._shown(index, name)
            if not text(value):
                continue
            if name is Field.AXIS and text(self.carried.get(name)) != text(value):
                self.carried.clear()
            self.carried[name] = value

    def _name(self, index: int) -> str:
        return text(self._shown(index, Field.NAME))

    def _column(self, name: Field) -> int | None:
        return self.columns.first(name)

    def _own(self, index: int, name: Field) -> object:
        column = self._column(name)
        return None if column is None else self.grid.rows[index][column]

    def _shown(self, index: int, name: Field) -> object:
        column = self._column(name)
        return None if column is None else self.grid.below(index, column)


def _counts_columns(shown: list[str]) -> bool:
    """A row "(1) (2) (3) …" that only numbers the columns."""
    marks = [re.sub(r"[()\[\]]", "", cell) for cell in shown]
    return len(marks) > 3 and marks == [str(n) for n in range(1, len(marks) + 1)]
