"""Rows put below those of a person's sheet, in its own XML: no cell that is there is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.graft import sheet_place
from evidencias.adapters.local.workbook.package import REL, Package, tag
from evidencias.adapters.local.workbook.styles import row_height
from evidencias.adapters.local.workbook.xml import (
    AFTER_HYPERLINKS,
    column_number,
    insert_before,
    letters,
)
from evidencias.domain.register import Cell, Value

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RANGE = re.compile(r"^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$")

StyleOf = Callable[[Cell, str], int]


class Appender:
    """Appends to one sheet; `columns` maps headers to columns (from 1), where people moved them."""

    def __init__(
        self, package: Package, part: str, columns: Mapping[str, int], style_of: StyleOf
    ) -> None:
        self.package = package
        self.part = part
        self.columns = columns
        self.style_of = style_of
        self.root = package.xml(part)
        self.mac_dates = _uses_mac_dates(package)
        self.rows = self._numbered()

    def append(
        self, header: Sequence[str], rows: Sequence[Sequence[Cell]], header_row: int
    ) -> None:
        """Writes the rows, whose cells are in the order of `header`, below the last one there."""
        last = self._last(header_row)
        for number, cells in enumerate(rows, start=last + 1):
            row = self._row(number)
            for name, cell in zip(header, cells, strict=True):
                if name in self.columns and cell.value is not None and cell.value != "":
                    self._write(row, number, name, cell)
            if row.get("customHeight") not in ("1", "true"):
                row.set("ht", f"{row_height(zip(header, cells, strict=True)):g}")
        end = last + len(rows)
        self._widen_filter(header_row, end)
        self._widen_tables(header_row, last, end)
        self._widen_choices(header, end)
        dimension = self.root.find(tag("dimension"))
        if dimension is not None:
            self.root.remove(dimension)  # optional; every program finds the extent itself

    def _numbered(self) -> dict[int, _Element]:
        """The rows by number; a writer may leave the numbers out."""
        data = self.root.find(tag("sheetData"))
        found: dict[int, _Element] = {}
        number = 0
        for row in data.findall(tag("row")):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            found[number] = row
        return found

    def _last(self, header_row: int) -> int:
        """The last row that holds anything in one of the register's columns, or is merged there."""
        wanted = set(self.columns.values())
        filled = [header_row]
        for number, row in self.rows.items():
            if any(_column(c) in wanted and len(c) for c in row.findall(tag("c"))):
                filled.append(number)
        return max([*filled, *self._merged(wanted)])

    def _merged(self, columns: set[int]) -> Iterator[int]:
        """The last row of each merged range over these columns: what is in it would not show."""
        for node in self.root.iter(tag("mergeCell")):
            span = _RANGE.match(node.get("ref", ""))
            if span and columns & set(range(column_number(span[1]), column_number(span[3]) + 1)):
                yield int(span[4])

    def _row(self, number: int) -> _Element:
        from lxml import etree

        if number not in self.rows:
            data = self.root.find(tag("sheetData"))
            row = etree.Element(tag("row"))
            row.set("r", str(number))
            before = self.rows.get(number - 1)
            if before is None:
                before = self.rows.get(max((n for n in self.rows if n < number), default=0))
            if before is not None:
                before.addnext(row)
            else:
                data.insert(0, row)
            self.rows[number] = row
        self.rows[number].attrib.pop("spans", None)
        return self.rows[number]

    def _write(self, row: _Element, number: int, name: str, cell: Cell) -> None:
        from lxml import etree

        column = self.columns[name]
        reference = f"{letters(column)}{number}"
        place = next((c for c in row.findall(tag("c")) if _column(c) == column), None)
        if place is None:
            place = etree.Element(tag("c"))
            place.set("r", reference)
            later = (n for n, c in enumerate(row) if c.tag == tag("c") and _column(c) > column)
            row.insert(next(later, len(row)), place)
        if place.get("s") is None or not isinstance(cell.value, str):
            place.set("s", str(self.style_of(cell, name)))  # a person's colour stays under texts
        _fill(place, cell.value, mac_dates=self.mac_dates)
        if cell.link:
            self._link(reference, cell.link)

    def _link(self, reference: str, target: str) -> None:
        from lxml import etree

        parent = self.root.find(tag("hyperlinks"))
        if parent is None:
            parent = etree.Element(tag("hyperlinks"))
            insert_before(self.root, parent, AFTER_HYPERLINKS)
        node = etree.SubElement(parent, tag("hyperlink"))
        node.set("ref", reference)
        relation = self.package.relate(self.part, "hyperlink", target, external=True)
        node.set(f"{{{REL}}}id", relation)

    def _widen_choices(self, header: Sequence[str], end: int) -> None:
        """Drop-downs of the register's columns reach the new rows: LibreOffice cuts them short."""
        ours = {letters(self.columns[name]) for name in header if name in self.columns}
        for node in self.root.iter(tag("dataValidation")):
            spans = node.get("sqref", "").split()
            node.set("sqref", " ".join(_reaching(span, ours, end) for span in spans))

    def _widen_filter(self, header_row: int, end: int) -> None:
        """A filter on the header takes the new rows in."""
        node = self.root.find(tag("autoFilter"))
        if node is not None and _widen(node, header_row, None, end):
            widen_filter_name(self.package, self.part, end)

    def _widen_tables(self, header_row: int, last: int, end: int) -> None:
        """A table that a person made of the register grows with it, if nothing stands below."""
        for relation in self.package.relations(self.part):
            if relation.kind == "table" and relation.target in self.package.parts:
                table = self.package.xml(relation.target)
                if table.get("totalsRowCount", "0") == "0" and _widen(table, header_row, last, end):
                    inner = table.find(tag("autoFilter"))
                    if inner is not None:
                        _widen(inner, header_row, last, end)


def widen_filter_name(package: Package, part: str, end: int) -> None:
    """The hidden name that Excel keeps for a filter must say the same rows as the filter."""
    place = sheet_place(package, part)
    for node in package.xml(package.workbook).iter(tag("definedName")):
        if node.get("name") == "_xlnm._FilterDatabase" and node.get("localSheetId") == place:
            node.text = re.sub(r"\d+$", str(end), node.text or "")


def _column(cell: _Element) -> int:
    return column_number(re.sub(r"\d", "", cell.get("r", "")))


def _widen(node: _Element, header_row: int, last: int | None, end: int) -> bool:
    found = _RANGE.match(node.get("ref", ""))
    if not found or int(found[2]) != header_row or int(found[4]) >= end:
        return False
    if last is not None and int(found[4]) != last:
        return False
    node.set("ref", f"{found[1]}{found[2]}:{found[3]}{end}")
    return True


def _reaching(span: str, ours: set[str], end: int) -> str:
    """A range over one of our columns, made longer if it stops short of the last row."""
    found = _RANGE.match(span)
    if not found or found[1] not in ours or found[1] != found[3] or int(found[4]) >= end:
        return span
    return f"{found[1]}{found[2]}:{found[3]}{end}"


def _fill(place: _Element, value: Value, *, mac_dates: bool) -> None:
    from lxml import etree

    for child in list(place):
        place.remove(child)
    place.attrib.pop("t", None)
    if isinstance(value, str):
        place.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(place, tag("is")), tag("t"))
        text.set(_SPACE, "preserve")
        text.text = value
        return
    if isinstance(value, bool):
        place.set("t", "b")
    etree.SubElement(place, tag("v")).text = _number(value, mac_dates=mac_dates)


def _number(value: Value, *, mac_dates: bool) -> str:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return repr(to_excel(value, MAC_EPOCH if mac_dates else WINDOWS_EPOCH))
    return repr(value)


def _uses_mac_dates(package: Package) -> bool:
    node = package.xml(package.workbook).find(tag("workbookPr"))
    return node is not None and node.get("date1904") in ("1", "true")
