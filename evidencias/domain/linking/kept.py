"""What the tables of a block say of its pairs, kept from the first look for the second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking.numbered import distinct
from evidencias.domain.linking.sparse import Readable, Shared, Table
from evidencias.domain.linking.tables import Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Short = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of a table other than zero, by place among the distinct keys it is read at."""

    rows: int  # by which of `Kept.rows` it is read
    places: Short
    values: Floats


@dataclass(frozen=True, slots=True)
class Column:
    """A table read at the pairs of a block: each pair's place, and the value there."""

    place: Ints
    values: Floats

    def at(self, _: Ints) -> Floats:
        """Values at the pairs that it was read for."""
        return self.values[self.place]


@dataclass(frozen=True, slots=True)
class Readings:
    """The tables as they are read at the pairs of a block."""

    grids: Mapping[str, Readable]
    speaks: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Kept:
    """The tables of a block at its pairs; `rows` are the ways in which files share rows."""

    width: int
    rows: Sequence[Short | None]
    cells: Mapping[str, Cells]
    of_files: Mapping[str, Table]
    speaks: Mapping[str, Floats]

    def read(self, keys: Ints) -> Readings:
        """The tables again, to be read at the same pairs only."""
        told = {cells.rows for cells in self.cells.values() if len(cells.places)}
        ways = {at: _places(self.rows[at], keys, self.width) for at in told}
        silent = Column(np.zeros(len(keys), np.int64), np.zeros(1))
        grids: dict[str, Readable] = dict(self.of_files)
        for name, cells in self.cells.items():
            grids[name] = silent
            if len(cells.places):
                wanted, place = ways[cells.rows]
                values = np.zeros(len(wanted))
                values[cells.places] = cells.values
                grids[name] = Column(place, values)
        return Readings(grids, self.speaks)


def _places(rows: Ints | Short | None, keys: Ints, width: int) -> tuple[Ints, Ints]:
    """The distinct keys at which a table with shared rows is read, and each pair's place."""
    if rows is None:
        return keys, np.arange(len(keys))
    row, column = np.divmod(keys, width)
    mine = rows[row].astype(np.int64) * width + column
    wanted = distinct(mine)
    return wanted, np.searchsorted(wanted, mine)


def kept(tables: Tables, keys: Ints) -> Kept:
    """What some tables have at the pairs of a block; tables of files are kept whole."""
    width = tables.grids["name"].width
    by_pair = {n: t for n, t in tables.grids.items() if t.width == width}
    ways = {id(_rows(table)): _rows(table) for table in by_pair.values()}
    rows = list(ways.values())
    number = {way: at for at, way in enumerate(ways)}
    wanted: dict[int, Ints] = {}
    cells = {}
    for name, table in by_pair.items():
        at = number[id(_rows(table))]
        if at not in wanted:
            wanted[at] = _places(rows[at], keys, width)[0]
        cells[name] = Cells(at, *_at(table, wanted[at]))
    short = [None if x is None else x.astype(np.int32) for x in rows]
    rest = {n: t for n, t in tables.grids.items() if n not in cells}
    return Kept(width, short, cells, rest, tables.speaks)


def _rows(table: Table) -> Ints | None:
    return table.of if isinstance(table, Shared) else None


def _at(table: Table, wanted: Ints) -> tuple[Short, Floats]:
    """The places among some keys at which a table has a value, and the values."""
    source = table.grid if isinstance(table, Shared) else table
    values = source.at(wanted)
    places = np.flatnonzero(values)
    return places.astype(np.int32), values[places]
