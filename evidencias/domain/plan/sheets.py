"""A plan de acción, as people keep it, becomes activities (contract, "The plan").

table -> sheet with the columns -> header -> columns of this period -> rows -> activities
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencias.domain.model import Activity, Period, Problem
from evidencias.domain.plan.cells import text
from evidencias.domain.plan.columns import choose
from evidencias.domain.plan.grid import Grid
from evidencias.domain.plan.header import LOOK_DOWN, Header, find_header
from evidencias.domain.plan.reader import Reader, letter
from evidencias.domain.plan.words import YEAR, Field
from evidencias.domain.spanish import listed, quoted
from evidencias.domain.tables import Sheet, Table
from evidencias.domain.text import fold
from evidencias.errors import InputError


@dataclass(frozen=True, slots=True)
class Plan:
    """The activities in the plan's order, and the cells that could not be understood."""

    activities: tuple[Activity, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet and the header found in it, if any."""

    grid: Grid
    header: Header | None

    @property
    def name(self) -> str:
        return self.grid.sheet.name

    @property
    def tells(self) -> bool:
        """Whether something is written under the activity's title: a summary only counts them."""
        if self.header is None:
            return False
        columns = {c.column for c in self.header.candidates if c.field is Field.NAME}
        below = self.grid.rows[self.header.bottom + 1 :]
        return any(any(map(str.isalpha, text(row[j]))) for row in below for j in columns)


def read_plan(table: Table, period: Period, sheet: str | None = None) -> Plan:
    """The plan's activities, judged for the period.

    `sheet` names the sheet; without it the first one that has the columns is read. Raises
    InputError (file, sheet, row, column, what was expected) where no plan can be understood.
    """
    sheets = _named(table, sheet) if sheet else table.sheets
    grids = [Grid(s) for s in sheets]
    looked = [_Found(grid, find_header(grid)) for grid in grids]
    usable = [f for f in looked if f.header is not None and f.header.sufficient]
    if not usable:
        raise _no_header(table, looked)
    usable = [f for f in usable if f.tells] or usable
    chosen, notices = _of_period(table, usable, period)
    assert chosen.header is not None
    columns = choose(chosen.header, chosen.grid, period)
    reader = Reader(table.origin, chosen.grid, chosen.header, columns, period)
    activities = reader.activities()
    if not activities:
        raise _no_rows(table, chosen)
    notices = (*notices, *_several_policies(table, chosen))
    return Plan(tuple(activities), (*notices, *reader.problems))


def _named(table: Table, name: str) -> tuple[Sheet, ...]:
    """The sheet a person means, without regard to case, accents or blanks."""
    for same in (str, _loose):
        found = tuple(s for s in table.sheets if same(s.name) == same(name))
        if found:
            return found[:1]
    names = ", ".join(f"«{s.name}»" for s in table.sheets)
    raise InputError(
        f"«{table.origin}» no tiene una hoja «{name}»; tiene {names}.",
        "Corrija [plan] hoja en evidencias.toml.",
    )


def _loose(name: str) -> str:
    return " ".join(fold(name).split())


def _of_period(
    table: Table, usable: Sequence[_Found], period: Period
) -> tuple[_Found, tuple[Problem, ...]]:
    """The first usable sheet, unless its name is of another year and a later one's is of this."""
    ours = [f for f in usable if str(period.year) in YEAR.findall(f.name)]
    first = usable[0]
    years = YEAR.findall(first.name)
    chosen = ours[0] if ours and years and str(period.year) not in years else first
    others = ", ".join(f"«{f.name}»" for f in usable if f is not chosen)
    if not others:
        return chosen, ()
    notice = Problem(
        f"«{table.origin}»",
        f"Se leyó la hoja «{chosen.name}»; también tienen columnas de plan: {others}.",
        "Si el plan está en otra, indíquela en [plan] hoja.",
    )
    return chosen, (notice,)


def _several_policies(table: Table, found: _Found) -> tuple[Problem, ...]:
    """A warning that a sheet holds other policies too: all its rows are taken for this one's."""
    assert found.header is not None
    column = next((c for c in found.header.candidates if c.field is Field.POLICY), None)
    if column is None:
        return ()
    below = range(found.header.bottom + 1, len(found.grid.rows))
    shown = (text(found.grid.cell(row, column.column)) for row in below)
    names = list({_loose(name): name for name in shown if name}.values())
    if len(names) < 2:
        return ()
    told = listed([quoted(name) for name in names[:3]]) + (" y más" if len(names) > 3 else "")
    return (
        Problem(
            f"«{table.origin}», hoja «{found.name}», columna «{column.shown}»",
            f"Hay actividades de varias políticas ({told}) y se leyeron todas.",
            "Deje en una hoja solo las de la suya e indíquela en [plan] hoja.",
        ),
    )


_NAMES = {
    Field.NAME: "la actividad",
    Field.CODE: "el código",
    Field.AXIS: "el eje",
    Field.DEPARTMENT: "la dependencia",
    Field.TARGET: "la meta",
    Field.ACHIEVED: "el avance",
}


def _no_header(table: Table, looked: Sequence[_Found]) -> InputError:
    if not any(text(cell) for f in looked for row in f.grid.rows for cell in row):
        return InputError(f"«{table.origin}» está vacío.", "Indique el plan en [plan] origen.")
    best = max(looked, key=lambda f: f.header.score if f.header else 0.0)
    rows = min(len(best.grid.rows), LOOK_DOWN)
    where = f"«{table.origin}», hoja «{best.name}» (busqué en las filas 1 a {rows})"
    return InputError(f"No encuentro {_missing(best)} en {where}.{_seen(best)}", _HINT)


_HINT = (
    "Nombre una columna «Actividad» y otras como «Código», «Dependencia», «Meta» y «Avance» en una "
    "misma fila de títulos, o indique la hoja en [plan] hoja."
)


def _missing(found: _Found) -> str:
    fields = found.header.fields if found.header else frozenset[Field]()
    if Field.NAME not in fields:
        return "la columna de la actividad"
    names = [name for field, name in _NAMES.items() if field not in fields]
    return "las columnas de " + ", ".join(names[:-1]) + f" ni {names[-1]}"


def _seen(found: _Found) -> str:
    """The titles that were understood, so that the person sees how the file was read."""
    header = found.header
    if header is None:
        return ""
    titles = [f"{letter(c.column)} «{c.shown}»" for c in header.candidates]
    return f" En la fila {header.bottom + 1} reconocí: {', '.join(titles[:8])}."


def _no_rows(table: Table, found: _Found) -> InputError:
    row = found.header.bottom + 1 if found.header else 1
    return InputError(
        f"Los títulos de las columnas están en «{table.origin}», hoja «{found.name}», fila {row}, "
        "pero debajo no hay ninguna actividad.",
        "Escriba las actividades bajo esa fila, o indique otra hoja en [plan] hoja.",
    )
