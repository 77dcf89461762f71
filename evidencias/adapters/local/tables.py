"""Plans kept in a workbook (.xlsx) or a CSV file, read whole as plain cells."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidencias.adapters.documents.plain import decode
from evidencias.adapters.local.reading import read_whole
from evidencias.domain.tables import Sheet, Table
from evidencias.domain.text import nfc
from evidencias.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = 50_000_000
MAX_UNPACKED = 600_000_000
_WORKBOOK = {".xlsx", ".xlsm"}
_TEXT = {".csv", ".tsv", ".txt"}


def table_source(path: Path) -> WorkbookTable | CsvTable:
    """The reader for this path's kind of file; raises InputError for any other kind."""
    suffix = path.suffix.lower()
    if suffix in _WORKBOOK:
        return WorkbookTable(path)
    if suffix in _TEXT:
        return CsvTable(path)
    raise InputError(
        f"«{path.name}» no es un plan que se pueda leer: se espera .xlsx o .csv.",
        "Ábralo en Excel, guárdelo como «Libro de Excel (.xlsx)» e indique ese archivo en "
        "[plan] origen.",
    )


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A `TableSource` over an .xlsx file: cached values of formulas, visible sheets first."""

    path: Path

    def read(self) -> Table:
        """Every sheet with its merged ranges. Raises InputError, SourceError or AccessError."""
        data = read_whole(self.path, _ASK, MAX_BYTES)
        _check_container(self.path.name, data)
        values, formulas = _open(self.path.name, data)
        sheets = sorted(values.worksheets, key=lambda s: s.sheet_state != "visible")
        if not sheets:
            raise InputError(f"«{self.path.name}» no tiene hojas de cálculo.", _SAVE_AGAIN)
        return Table(
            self.path.name,
            tuple(_sheet(s, formulas[s.title] if formulas else None) for s in sheets),
        )


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A `TableSource` over a .csv file: comma, semicolon or tab; UTF-8 or Windows text."""

    path: Path

    def read(self) -> Table:
        """The file as one sheet of text cells. Raises InputError, SourceError or AccessError."""
        written = decode(read_whole(self.path, _ASK, MAX_BYTES))
        if "\0" in written:
            raise InputError(f"«{self.path.name}» no es un archivo CSV de texto.", _SAVE_AGAIN)
        rows = tuple(tuple(cell or None for cell in row) for row in _records(written))
        return Table(self.path.name, (Sheet(self.path.stem, rows),))


_ASK = "Revise [plan] origen en evidencias.toml: es un archivo .xlsx o .csv con solo el plan."
_SAVE_AGAIN = "Ábralo, guárdelo de nuevo como «Libro de Excel (.xlsx)» y ejecute otra vez."


def _check_container(name: str, data: bytes) -> None:
    """Names what a file that is no workbook is, before a library stumbles over it."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        raise InputError(
            f"«{name}» está protegido con contraseña."
            if protected
            else f"«{name}» es un libro de Excel antiguo (.xls) con otro nombre.",
            "Guarde una copia sin contraseña y ejecute de nuevo." if protected else _SAVE_AGAIN,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    if unpacked > MAX_UNPACKED:
        raise InputError(f"«{name}» es demasiado grande para ser un plan.", _SAVE_AGAIN)


def _damaged(name: str) -> InputError:
    return InputError(f"«{name}» está dañado o no es un libro de Excel.", _SAVE_AGAIN)


def _open(name: str, data: bytes) -> tuple[Workbook, Workbook | None]:
    """The workbook with its cached values and, where it has formulas, with these."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts it drops; we only read
            values = load_workbook(io.BytesIO(data), data_only=True)
            uncached = _has_formulas(data)
            return values, load_workbook(io.BytesIO(data)) if uncached else None
    except Exception as error:
        # openpyxl lets KeyError, TypeError, ParseError… escape from damaged parts
        raise _damaged(name) from error


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return any(
            b"<f>" in part or b"<f " in part
            for part in (
                packed.read(n) for n in packed.namelist() if n.startswith("xl/worksheets/sheet")
            )
        )


def _sheet(sheet: Worksheet, formulas: Worksheet | None) -> Sheet:
    rows = [tuple(_meaning(cell) for cell in row) for row in sheet.iter_rows()]
    if formulas is not None:
        rows = [_with_formulas(row, i, formulas) for i, row in enumerate(rows, 1)]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    merged = tuple(
        (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1)
        for r in sorted(sheet.merged_cells.ranges, key=lambda r: r.bounds)
    )
    return Sheet(nfc(sheet.title), tuple(rows), merged)


def _meaning(cell: Cell) -> object:
    """The cell's value as its reader sees it: 0.5 shown as 50 % is "50%", 1.1 shown 1.10 "1.10"."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _as_shown(value, cell.number_format or "")
    if isinstance(value, str):
        return nfc(value) if value.strip() else None
    return value


_DECIMALS = re.compile(r"0\.(0+)")


def _as_shown(value: float, shape: str) -> object:
    if "%" in shape:
        return f"{round(value * 100, 6):g}%"
    decimals = _DECIMALS.fullmatch(shape)
    if decimals and isinstance(value, float):
        shown = f"{value:.{len(decimals[1])}f}"
        if shown.endswith("0") and float(shown) == value and not value.is_integer():
            return shown
    return value


def _with_formulas(row: tuple[object, ...], number: int, formulas: Worksheet) -> tuple[object, ...]:
    """Shows a formula without a kept result as text, to be told and not taken as blank."""
    return tuple(
        _formula(formulas.cell(number, j).value) if value is None else value
        for j, value in enumerate(row, 1)
    )


def _formula(value: object) -> str | None:
    return value if isinstance(value, str) and value.startswith("=") else None


def _records(written: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_BYTES)
    separator = _separator(written)
    lines = written.split("\n", 1)
    if lines[0].strip().lower().startswith("sep=") and len(lines) > 1:
        written = lines[1]
    return _quietly(csv.reader(io.StringIO(written, newline=""), delimiter=separator))


def _quietly(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    iterator = iter(rows)
    while True:
        try:
            yield next(iterator)
        except StopIteration:
            return
        except csv.Error:
            yield []


def _separator(written: str) -> str:
    """The mark that splits most of the first rows into the same, largest number of cells."""
    if written[:4].lower() == "sep=":
        return written[4:5]
    sample = written[:50_000]

    def regularity(mark: str) -> tuple[int, int]:
        rows = [len(row) for row in _quietly(csv.reader(io.StringIO(sample), delimiter=mark))]
        widths = [width for width in rows if width > 1]
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common) * common, common)

    return max(",;\t|", key=regularity)
