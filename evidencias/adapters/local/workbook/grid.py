"""A workbook opened for reading: each sheet as a grid of values and of what its links open."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidencias.adapters.local.workbook.graft import sheets
from evidencias.adapters.local.workbook.package import REL, Package, parsed, tag
from evidencias.adapters.local.workbook.values import read_value
from evidencias.adapters.local.workbook.xml import column_number
from evidencias.domain.register import Value

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERENCE = re.compile(r"^([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[r][c]` are its values that are not blank, from 1; `links` by (row, column).

    A link is its Target, or "#" and its place inside the workbook.
    """

    title: str
    rows: Mapping[int, Mapping[int, Value]]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def texts(self, row: int) -> list[str]:
        """A row's values as texts, from the first column on; blank cells are ""."""
        cells = self.rows.get(row, {})
        return [_text(cells.get(column)) for column in range(1, max(cells, default=0) + 1)]


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook as read: its grids in order, its own names and its custom properties."""

    grids: tuple[Grid, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    mac_dates: bool


def opened(data: bytes) -> OpenBook:
    """The workbook with the values its formulas last had.

    Raises NotAPackageError, or whatever a broken file makes the library raise.
    """
    import openpyxl

    package = Package(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that the library leaves aside
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        parts = sheets(package)
        return OpenBook(
            tuple(_grid(package, sheet, parts[sheet.title]) for sheet in book.worksheets),
            {name: str(mark.value) for name, mark in book.defined_names.items()},
            {p.name: str(p.value) for p in book.custom_doc_props.props},
            book.epoch.year == 1904,
        )


def _grid(package: Package, sheet: Any, part: str) -> Grid:  # openpyxl's reader is untyped
    rows = dict(_rows(sheet))
    root = parsed(package.parts[part])
    for (row, column), formula in _unknown(root):
        rows.setdefault(row, {})[column] = formula
    return Grid(sheet.title, rows, dict(_links(package, part, root)))


def _unknown(root: _Element) -> Iterator[tuple[tuple[int, int], str]]:
    """Formulas whose value no program has written yet: shown as such, never taken for blank."""
    for node in root.iter(tag("f")):
        cell = node.getparent()
        value = cell.findtext(tag("v"))
        place = _REFERENCE.match(cell.get("r", ""))
        if place and not value and cell.get("t") != "str":
            yield (int(place[2]), column_number(place[1])), f"={node.text or ''}"


def _rows(sheet: Any) -> Iterator[tuple[int, dict[int, Value]]]:  # openpyxl's reader is untyped
    sheet.reset_dimensions()  # some programs write a wrong extent
    for cells in sheet.iter_rows():
        found = {c.column: read_value(c.value) for c in cells if c.value is not None}
        kept = {column: value for column, value in found.items() if value != ""}
        if kept:
            yield next(c.row for c in cells if c.value is not None), kept


def _links(package: Package, part: str, root: _Element) -> Iterator[tuple[tuple[int, int], str]]:
    """The links of a sheet, read here because the library looks each one up among all."""
    targets = {r.id: r.target for r in package.relations(part) if r.external}
    for node in root.iter(tag("hyperlink")):
        place = _REFERENCE.match(node.get("ref", ""))
        link = targets.get(node.get(f"{{{REL}}}id", ""), "") or _location(node)
        if place and link:
            yield (int(place[2]), column_number(place[1])), link


def _location(node: _Element) -> str:
    return f"#{node.get('location')}" if node.get("location") else ""


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)
