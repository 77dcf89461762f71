"""A workbook's bytes as the register's contents, its tabs found though people renamed them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidencias.adapters.local.workbook.grid import Grid, OpenBook
from evidencias.adapters.local.workbook.links import link_of
from evidencias.domain.register import RegisterContents, Row
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

POLICY_PROPERTY, SEMESTER_PROPERTY = "evidencias.politica", "evidencias.semestre"
_MARK = re.compile(r"^'((?:[^']|'')+)'!|^([^'!]+)!")
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


def view(book: OpenBook, origin: str, folder: Path) -> BookView:
    """What the workbook holds; `folder` is where its relative links start."""
    grids = _located(book)
    tabs = _with_inner_links({name: _tab(name, grid, folder) for name, grid in grids.items()})
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
    titles = tuple(grid.title for grid in book.grids)
    blank = not tabs and not any(grid.rows for grid in book.grids)
    return BookView(contents, tabs, titles, blank, book.mac_dates)


def defined_name(tab: str) -> str:
    """The workbook name that marks a tab's sheet, so that it is found after being renamed."""
    return f"evidencias_{fold(tab).replace(' ', '_')}"


def _located(book: OpenBook) -> dict[str, Grid]:
    """Each tab's sheet: by its mark, else by its name, else by its header."""
    found: dict[str, Grid] = {}
    ways: tuple[Callable[[str, Sequence[Grid]], Grid | None], ...] = (
        lambda tab, free: _by_mark(book, tab, free),
        lambda tab, free: next((g for g in free if g.title == tab), None),
        lambda tab, free: next((g for g in free if fold(g.title).strip() == fold(tab)), None),
        _by_header,
    )
    for way in ways:
        for tab in TAB_ORDER:
            taken = {grid.title for grid in found.values()}
            free = [grid for grid in book.grids if grid.title not in taken]
            if tab not in found and (grid := way(tab, free)) is not None:
                found[tab] = grid
    return found


def _by_mark(book: OpenBook, tab: str, free: Sequence[Grid]) -> Grid | None:
    mark = _MARK.match(book.names.get(defined_name(tab), ""))
    title = (mark[1] or mark[2]).replace("''", "'") if mark else ""
    return next((grid for grid in free if grid.title == title), None)


def _by_header(tab: str, free: Sequence[Grid]) -> Grid | None:
    same = [grid for grid in free if _header_row(tab, grid, strict=True)]
    return same[0] if len(same) == 1 else None


def _tab(name: str, grid: Grid, folder: Path) -> FoundTab:
    header_row = _header_row(name, grid, strict=False)
    titles = grid.texts(header_row)
    columns: dict[str, int] = {}
    for number, title in enumerate(titles, start=1):
        if title:
            columns.setdefault(title, number)
    preamble = tuple(str(grid.rows.get(row, {}).get(1, "")) for row in range(1, header_row))
    rows = tuple(_body(grid, header_row, columns, folder)) if header_row else ()
    return FoundTab(grid.title, header_row, tuple(filter(None, titles)), columns, rows, preamble)


def _header_row(name: str, grid: Grid, *, strict: bool) -> int:
    """The row of the header, 0 when there is none; not `strict`: else the first row with text."""
    first = 0
    for row in sorted(number for number in grid.rows if number <= _HEADER_DEPTH):
        texts = grid.texts(row)
        if name == REVIEW and find_column(texts, ID) and find_column(texts, DECISION):
            if not strict or looks_like(texts, RECOGNISED_BY[name]):
                return row
        elif looks_like(texts, RECOGNISED_BY[name]):
            return row
        first = first or row
    return 0 if strict else first


def _body(grid: Grid, header_row: int, columns: Mapping[str, int], folder: Path) -> Iterator[Row]:
    """The rows below the header that hold anything in its columns."""
    for number in sorted(number for number in grid.rows if number > header_row):
        cells = grid.rows[number]
        values = {title: cells[column] for title, column in columns.items() if column in cells}
        links = {
            title: _link(grid.links[number, columns[title]], folder)
            for title in values
            if (number, columns[title]) in grid.links
        }
        if values:
            yield Row(number, values, links)


def _link(target: str, folder: Path) -> str:
    return target if target.startswith("#") else link_of(target, folder)


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


def _stamp(book: OpenBook, summary: FoundTab | None) -> tuple[str, str]:
    written = tuple(book.properties.get(name, "") for name in (POLICY_PROPERTY, SEMESTER_PROPERTY))
    shown = read_title(summary.preamble[0]) if summary and summary.preamble else ("", "")
    return (written[0], written[1]) if all(written) else shown


def _rows(tabs: Mapping[str, FoundTab], name: str) -> tuple[Row, ...]:
    return tabs[name].rows if name in tabs else ()
