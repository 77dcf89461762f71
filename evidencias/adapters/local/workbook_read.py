"""A workbook's bytes as the register's contents, its tabs found though people renamed them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook_links import link_of
from evidencias.adapters.local.workbook_values import read_value
from evidencias.domain.register import RegisterContents, Row, Value
from evidencias.domain.register.columns import (
    DECISION,
    EVIDENCE,
    HISTORY,
    ID,
    LOG,
    RECOGNISED_BY,
    REVIEW,
    SUMMARY,
    TAB_ORDER,
    find_column,
    looks_like,
)
from evidencias.domain.register.stamp import read_title
from evidencias.domain.text import fold

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

POLICY_PROPERTY, SEMESTER_PROPERTY = "evidencias.politica", "evidencias.semestre"
_LOCATION = re.compile(r"^#(?:'((?:[^']|'')+)'|([^'!.]+))[!.]\$?[A-Z]+\$?(\d+)")
_HEADER_DEPTH = 60
"""Rows searched for a header: people put titles above it."""


@dataclass(frozen=True, slots=True)
class FoundTab:
    """A tab of the register as it stands: its sheet's title, its header and what is below.

    `columns` maps each header to its column (from 1); `cells` and `targets` are the rows in that
    order, as plain tuples; `preamble` the texts of column A above the header.
    """

    title: str
    header_row: int
    header: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    preamble: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookView:
    """A workbook as read: the register's contents, its tabs by name, every sheet's title."""

    contents: RegisterContents
    tabs: Mapping[str, FoundTab] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    blank: bool = False
    mac_dates: bool = False


def opened(data: bytes) -> Book:
    """The workbook with the values its formulas last had; warnings about extensions are noise."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def view(book: Book, origin: str, folder: Path) -> BookView:
    """What the workbook holds; `folder` is where its relative links start."""
    sheets = _located(book)
    tabs = _with_inner_links({n: _tab(n, sheet, folder) for n, sheet in sheets.items()})
    policy, semester = _stamp(book, tabs.get(SUMMARY))
    review = tabs.get(REVIEW)
    contents = RegisterContents(
        exists=True,
        policy=policy,
        semester=semester,
        review_header=review.header if review else (),
        review=review.rows if review else (),
        evidence=_rows(tabs, EVIDENCE),
        history=_rows(tabs, HISTORY),
        log=_rows(tabs, LOG),
        origin=origin,
    )
    blank = not tabs and all(_is_blank(sheet) for sheet in book.worksheets)
    mac = book.epoch.year == 1904
    return BookView(contents, tabs, tuple(book.sheetnames), blank, mac)


def defined_name(tab: str) -> str:
    """The workbook name that marks a tab's sheet, so that it is found after being renamed."""
    return f"evidencias_{fold(tab).replace(' ', '_')}"


def _located(book: Book) -> dict[str, Worksheet]:
    """Each tab's sheet: by its mark, else by its name, else by its header."""
    found: dict[str, Worksheet] = {}
    ways: tuple[Callable[[str, Sequence[Worksheet]], Worksheet | None], ...] = (
        lambda tab, free: _by_mark(book, tab, free),
        lambda tab, free: next((s for s in free if s.title == tab), None),
        lambda tab, free: next((s for s in free if fold(s.title).strip() == fold(tab)), None),
        _by_header,
    )
    for way in ways:
        for tab in TAB_ORDER:
            free = [sheet for sheet in book.worksheets if sheet not in found.values()]
            if tab not in found and (sheet := way(tab, free)) is not None:
                found[tab] = sheet
    return found


def _by_mark(book: Book, tab: str, free: Sequence[Worksheet]) -> Worksheet | None:
    mark = book.defined_names.get(defined_name(tab))
    quoted = re.match(r"^'((?:[^']|'')+)'!|^([^'!]+)!", str(mark.value) if mark else "")
    title = (quoted[1] or quoted[2]).replace("''", "'") if quoted else ""
    return next((sheet for sheet in free if sheet.title == title), None)


def _by_header(tab: str, free: Sequence[Worksheet]) -> Worksheet | None:
    same = [sheet for sheet in free if _header_row(tab, sheet, strict=True)]
    return same[0] if len(same) == 1 else None


def _tab(name: str, sheet: Worksheet, folder: Path) -> FoundTab:
    header_row = _header_row(name, sheet, strict=False)
    titles = _texts(sheet, header_row)
    columns: dict[str, int] = {}
    for number, title in enumerate(titles, start=1):
        if title:
            columns.setdefault(title, number)
    preamble = tuple(_text(sheet.cell(row, 1).value) for row in range(1, header_row) if header_row)
    rows = tuple(_body(sheet, header_row, columns, folder)) if header_row else ()
    return FoundTab(sheet.title, header_row, tuple(filter(None, titles)), columns, rows, preamble)


def _header_row(name: str, sheet: Worksheet, *, strict: bool) -> int:
    """The row of the header, 0 when there is none; not `strict`: else the first row with text."""
    first = 0
    for row in range(1, min(sheet.max_row, _HEADER_DEPTH) + 1):
        texts = _texts(sheet, row)
        if name == REVIEW and find_column(texts, ID) and find_column(texts, DECISION):
            if not strict or looks_like(texts, RECOGNISED_BY[name]):
                return row
        elif looks_like(texts, RECOGNISED_BY[name]):
            return row
        first = first or (row if any(texts) else 0)
    return 0 if strict else first


def _body(
    sheet: Worksheet, header_row: int, columns: Mapping[str, int], folder: Path
) -> Iterator[Row]:
    """The rows below the header that hold anything in its columns."""
    for cells in sheet.iter_rows(min_row=header_row + 1, max_row=sheet.max_row):
        values: dict[str, Value] = {}
        links: dict[str, str] = {}
        for title, column in columns.items():
            cell = cells[column - 1] if column <= len(cells) else None
            value = read_value(cell.value) if cell is not None else None
            if cell is None or value is None or value == "":
                continue
            values[title] = value
            hyperlink = getattr(cell, "hyperlink", None)
            if hyperlink is not None:
                links[title] = _link(hyperlink.target, hyperlink.location, folder)
        if values:
            yield Row(cells[0].row, values, links)


def _link(target: str | None, location: str | None, folder: Path) -> str:
    if target:
        return link_of(target, folder)
    return f"#{location}" if location else ""


def _with_inner_links(tabs: Mapping[str, FoundTab]) -> dict[str, FoundTab]:
    """Links to a tab's cell ("#'Evidencias'!A5") as the domain writes them ("#Evidencias!4")."""
    tops = {tab.title: (name, tab.header_row) for name, tab in tabs.items()}

    def inner(link: str) -> str:
        found = _LOCATION.match(link)
        title = (found[1] or found[2]).replace("''", "'") if found else ""
        if found is None or title not in tops:
            return link
        name, top = tops[title]
        return f"#{name}!{int(found[3]) - top}"

    def row(there: Row) -> Row:
        if not any(link.startswith("#") for link in there.links.values()):
            return there
        return replace(there, links={name: inner(link) for name, link in there.links.items()})

    return {name: replace(tab, rows=tuple(map(row, tab.rows))) for name, tab in tabs.items()}


def _texts(sheet: Worksheet, row: int) -> list[str]:
    if not row:
        return []
    return [_text(sheet.cell(row, n).value) for n in range(1, min(sheet.max_column, 200) + 1)]


def _text(value: object) -> str:
    found = read_value(value)
    return found.strip() if isinstance(found, str) else "" if found is None else str(found)


def _stamp(book: Book, summary: FoundTab | None) -> tuple[str, str]:
    properties = {p.name: str(p.value) for p in book.custom_doc_props.props}
    written = properties.get(POLICY_PROPERTY, ""), properties.get(SEMESTER_PROPERTY, "")
    shown = read_title(summary.preamble[0]) if summary and summary.preamble else ("", "")
    return written if all(written) else shown


def _rows(tabs: Mapping[str, FoundTab], name: str) -> tuple[Row, ...]:
    return tabs[name].rows if name in tabs else ()


def _is_blank(sheet: Worksheet) -> bool:
    return all(cell.value is None for row in sheet.iter_rows() for cell in row)
