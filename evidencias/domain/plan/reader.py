"""The cells of one activity's row become an `Activity`; what cannot be read becomes a problem."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from evidencias.domain.model import Activity, EvidenceKind, Period, Problem
from evidencias.domain.period import touches
from evidencias.domain.plan import cells
from evidencias.domain.plan.cells import Quantity, UnreadableError, text
from evidencias.domain.plan.codes import Named, Raw, name_rows
from evidencias.domain.plan.columns import Columns, says_reported
from evidencias.domain.plan.grid import Grid
from evidencias.domain.plan.header import Header
from evidencias.domain.plan.kinds import required_kinds
from evidencias.domain.plan.rows import Row, activity_rows
from evidencias.domain.plan.words import Field

_T = TypeVar("_T")
_EXPECTED = {
    Field.TARGET: "una cantidad",
    Field.ACHIEVED: "una cantidad",
    Field.WEIGHT: "una cantidad",
    Field.START: "una fecha",
    Field.END: "una fecha",
    Field.SPAN: "una fecha",
    Field.REPORTED: "«Sí» o «No»",
}


_MANY = 12
_KINDS_HINT = (
    "Use acta, asistencia, fotos, informe, contrato, publicacion, certificado o formato, "
    "separadas por punto y coma."
)


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last day of an activity; None where the plan leaves them blank."""

    start: date | None
    end: date | None


@dataclass
class Reader:
    """Reads every activity of one sheet, gathering problems on the way."""

    origin: str
    grid: Grid
    header: Header
    columns: Columns
    period: Period
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, list[int]] = field(default_factory=dict)

    def activities(self) -> list[Activity]:
        """The activities in the order of the sheet."""
        rows = activity_rows(self.grid, self.header, self.columns)
        raws = [
            Raw(r.number, r.text(Field.AXIS), r.cell(Field.CODE), r.cell(Field.NUMBER))
            for r in rows
        ]
        found = [self._activity(row, name) for row, name in zip(rows, name_rows(raws), strict=True)]
        self._tell_unknown_kinds()
        self._tell_columns()
        return found

    def _activity(self, row: Row, named: Named) -> Activity:
        target, sized = self._target(row)
        achieved = self._achieved(row, target)
        dates = self._dates(row)
        return Activity(
            code=named.code,
            axis=row.text(Field.AXIS),
            name=self._name(row),
            department=row.text(Field.DEPARTMENT),
            indicator=row.text(Field.INDICATOR),
            target=target.value if target else None,
            achieved=achieved,
            weight=self._value(row, Field.WEIGHT),
            required=self._required(row),
            programmed=sized and touches(dates.start, dates.end, self.period),
            reported=self._reported(row, achieved),
            start=dates.start,
            end=dates.end,
            row=row.number,
            code_doubt=named.doubt,
        )

    def _name(self, row: Row) -> str:
        if row.text(Field.NAME):
            return row.text(Field.NAME)
        self._problem(row.number, Field.NAME, "La actividad no tiene descripción.")
        return row.text(Field.INDICATOR)

    def _target(self, row: Row) -> tuple[Quantity | None, bool]:
        """The goal, and whether there is one: words that hold no number are a goal all the same."""
        if Field.TARGET not in self.columns.at:
            return None, True
        target = self._sum(row, Field.TARGET)
        worded = target is None and not cells.blank(row.cell(Field.TARGET))
        return target, worded or (target is not None and target.value > 0)

    def _achieved(self, row: Row, target: Quantity | None) -> float | None:
        """The progress in the goal's unit: "80 %" of 10 is 8, "3/4" of a goal of 4 is 3."""
        parts = cells.share(row.cell(Field.ACHIEVED))
        if parts and target and parts[1] == target.value:
            return parts[0]
        achieved = self._sum(row, Field.ACHIEVED)
        if achieved and achieved.percent and target and not target.percent:
            return round(achieved.value * target.value / 100, 6)
        return achieved.value if achieved else None

    def _sum(self, row: Row, name: Field) -> Quantity | None:
        """The quantity of a field; of two quarters, their sum."""
        read = [self._try(row, name, cell, cells.quantity) for cell in row.cells.get(name, ())]
        known = [q for q in read if q is not None]
        if len(known) < 2:
            return known[0] if known else None
        return Quantity(sum(q.value for q in known), any(q.percent for q in known))

    def _value(self, row: Row, name: Field) -> float | None:
        read = self._sum(row, name)
        return read.value if read else None

    def _dates(self, row: Row) -> Dates:
        def read(name: Field) -> tuple[date | None, date | None]:
            known = self._try(
                row, name, row.cell(name), lambda cell: cells.span(cell, self.period.year)
            )
            return known or (None, None)

        whole = read(Field.SPAN) if Field.SPAN in self.columns.at else self._marked(row)
        start, end = read(Field.START)[0] or whole[0], read(Field.END)[1] or whole[1]
        if start and end and start > end:
            self._problem(
                row.number, Field.END, f"La fecha final ({end}) es anterior a la inicial ({start})."
            )
        return Dates(start, end)

    def _marked(self, row: Row) -> tuple[date | None, date | None]:
        """From the first to the last month marked in a calendar, whose cells are no dates."""
        year = self.period.year
        months = [
            month
            for column, month in self.columns.months.items()
            if text(self.grid.below(row.number - 1, column)) not in {"", "0", "-"}
        ]
        if not months:
            return (None, None)
        last = max(months)
        return (date(year, min(months), 1), date(year, last, monthrange(year, last)[1]))

    def _reported(self, row: Row, achieved: float | None) -> bool:
        if Field.REPORTED not in self.columns.at:
            return (achieved or 0) > 0
        return bool(self._try(row, Field.REPORTED, row.cell(Field.REPORTED), self._says_yes))

    def _says_yes(self, cell: object) -> bool:
        """ "Sí", "x"… or the semester in which it is reported ("2021-2", "I y II")."""
        return says_reported(cell, self.period)

    def _required(self, row: Row) -> frozenset[EvidenceKind]:
        kinds: set[EvidenceKind] = set()
        for each in (row, *row.more):
            required = required_kinds(each.cell(Field.REQUIRED))
            kinds |= required.kinds
            for phrase in required.unknown:
                self.unknown.setdefault(phrase, []).append(each.number)
        return frozenset(kinds)

    def _try(
        self, row: Row, name: Field, cell: object, read: Callable[[object], _T | None]
    ) -> _T | None:
        """What the cell says, or None and a problem that shows it."""
        try:
            if cells.is_error(cell):
                raise UnreadableError
            return read(cell)
        except UnreadableError:
            shown = text(cell)[:60]
            reason = (
                "es una fórmula sin calcular; abra el libro, guárdelo y ejecute de nuevo"
                if shown.startswith("=")
                else f"no es {_EXPECTED[name]}"
            )
            self._problem(row.number, name, f"«{shown}» {reason}.")
            return None

    def _problem(self, row: int, name: Field, message: str, hint: str = "") -> None:
        self.problems.append(
            Problem(self._where(row, name), message, hint or "Corrija la celda si hace falta.")
        )

    def _where(self, row: int, name: Field) -> str:
        column = self.columns.first(name)
        place = f"«{self.origin}», hoja «{self.grid.sheet.name}», fila {row}"
        if column is None:
            return place
        title = self.header.title(column)
        return f"{place}, columna {letter(column)}" + (f" («{title}»)" if title else "")

    def _tell_unknown_kinds(self) -> None:
        if len(self.unknown) > _MANY:
            self._problem(
                min(row for rows in self.unknown.values() for row in rows),
                Field.REQUIRED,
                f"La columna nombra {len(self.unknown)} cosas que no son clases de evidencia; "
                "no se exigen.",
                _KINDS_HINT,
            )
            return
        for phrase, rows in self.unknown.items():
            self._problem(
                rows[0],
                Field.REQUIRED,
                f"«{phrase}» no es una clase de evidencia conocida ({_rows(rows)}); no se exige.",
                _KINDS_HINT,
            )

    def _tell_columns(self) -> None:
        for column, doubt in self.columns.doubts:
            title = self.header.title(column)
            self.problems.append(
                Problem(
                    f"«{self.origin}», hoja «{self.grid.sheet.name}», columna {letter(column)}",
                    f"Se usa la columna «{title}», que {doubt}.",
                    "Agregue la columna del período si la tiene.",
                )
            )


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:5])
    return f"{'fila' if len(rows) == 1 else 'filas'} {shown}" + ("…" if len(rows) > 5 else "")


def letter(column: int) -> str:
    """The spreadsheet's name of a 0-based column: 0 is "A", 27 is "AB"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
