"""A spreadsheet as read in one call: whose tab is which, and what stands in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidencias.adapters.google.sheet_values import Json, link_of, value_of
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

TAB_MARK, STAMP_MARK = "evidencias.pestana", "evidencias.registro"
_HEADER_DEPTH = 60
"""Rows searched for a header: people put titles above it."""

# Everything a run needs, in one call.
FIELDS = (
    "properties(title,locale),namedRanges(name),developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataKey,metadataValue),"
    "charts(chartId,spec(title,basicChart(domains(domain(sourceRange))))),"
    "data(rowData(values(userEnteredValue,effectiveValue,hyperlink,chipRuns,"
    "userEnteredFormat(textFormat(link)),effectiveFormat(numberFormat(type))))))"
)


@dataclass(frozen=True, slots=True)
class SheetTab:
    """One sheet: `grid` holds each cell's `CellData` by row and column, from 0, ragged."""

    id: int
    title: str
    rows: int
    columns: int
    grid: Sequence[Sequence[Json]]
    marks: frozenset[str] = frozenset()
    charts: Sequence[Json] = ()

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any("userEnteredValue" in cell for row in self.grid for cell in row)

    def texts(self, row: int) -> list[str]:
        """The texts of a row as a header would have them."""
        cells = self.grid[row] if row < len(self.grid) else ()
        return [_text(value_of(cell)) for cell in cells]


@dataclass(frozen=True, slots=True)
class FoundTab:
    """A tab of the register as it stands. `top` is the header's row from 0, -1 without one.

    `columns` maps each header, as written, to its column from 0.
    """

    sheet: SheetTab
    top: int
    columns: Mapping[str, int]
    header: tuple[str, ...] = ()

    def place(self, name: str) -> int | None:
        """The column that means `name`, wherever a person moved it."""
        found = find_column(list(self.columns), name)
        return None if found is None else self.columns[found]

    def body(self) -> Iterator[Row]:
        """The rows below the header that hold anything in its columns."""
        if self.top < 0:
            return
        for number, cells in enumerate(self.sheet.grid[self.top + 1 :], self.top + 2):
            row = _row(number, cells, self.columns)
            if row.cells:
                yield row


@dataclass(frozen=True, slots=True)
class BookView:
    """A spreadsheet: its tabs of the register by name, and all its sheets."""

    title: str
    tabs: Mapping[str, FoundTab]
    sheets: tuple[SheetTab, ...]
    stamp: tuple[str, str] = ("", "")
    stamped: bool = False
    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def blank(self) -> bool:
        """Whether nobody has written anything yet."""
        return all(sheet.blank for sheet in self.sheets)

    def contents(self) -> RegisterContents:
        """What the register holds, for the domain."""
        review = self.tabs.get(REVIEW)
        return RegisterContents(
            exists=bool(self.tabs),
            policy=self.stamp[0],
            semester=self.stamp[1],
            review_header=review.header if review else (),
            review=self._rows(REVIEW),
            evidence=self._rows(EVIDENCE),
            history=self._rows(HISTORY),
            log=self._rows(LOG),
            origin=f"la hoja de Google «{self.title}»",
        )

    def _rows(self, name: str) -> tuple[Row, ...]:
        return tuple(self.tabs[name].body()) if name in self.tabs else ()


def view(answer: Mapping[str, Any]) -> BookView:
    """What the answer of `spreadsheets.get` says."""
    sheets = tuple(
        _sheet(held)
        for held in answer.get("sheets", ())
        if held["properties"].get("sheetType", "GRID") == "GRID"
    )
    tabs = {name: _found(name, sheet) for name, sheet in _located(sheets).items()}
    written = _stamp(answer.get("developerMetadata", ()))
    return BookView(
        title=str(answer.get("properties", {}).get("title", "")),
        tabs=tabs,
        sheets=sheets,
        stamp=written if all(written) else _shown_stamp(tabs.get(SUMMARY)),
        stamped=all(written),
        names=frozenset(str(n["name"]) for n in answer.get("namedRanges", ()) if "name" in n),
    )


def _sheet(held: Mapping[str, Any]) -> SheetTab:
    properties = held["properties"]
    size = properties.get("gridProperties") or {}
    data = (held.get("data") or [{}])[0]
    marks = held.get("developerMetadata") or ()
    return SheetTab(
        id=int(properties.get("sheetId", 0)),
        title=str(properties.get("title", "")),
        rows=int(size.get("rowCount", 0)),
        columns=int(size.get("columnCount", 0)),
        grid=[row.get("values") or [] for row in data.get("rowData") or []],
        marks=frozenset(
            str(m.get("metadataValue", "")) for m in marks if m.get("metadataKey") == TAB_MARK
        ),
        charts=held.get("charts") or (),
    )


def _located(sheets: Sequence[SheetTab]) -> dict[str, SheetTab]:
    """Each tab's sheet: by its mark, else by a name and a header that fit, else by its header.

    A copy of a tab carries the same mark: the sheet that kept the name is preferred. A person's
    own sheet that happens to have a tab's name is left alone.
    """
    found: dict[str, SheetTab] = {}
    ways: tuple[Callable[[str, SheetTab], bool], ...] = (
        lambda tab, s: tab in s.marks and s.title == tab,
        lambda tab, s: tab in s.marks,
        lambda tab, s: fold(s.title).strip() == fold(tab) and (s.blank or _top(tab, s) >= 0),
        lambda tab, s: not s.marks and _top(tab, s) >= 0,
    )
    for way in ways:
        for tab in TAB_ORDER:
            taken = {sheet.id for sheet in found.values()}
            fitting = [s for s in sheets if s.id not in taken and way(tab, s)]
            if tab not in found and fitting and (way is not ways[-1] or len(fitting) == 1):
                found[tab] = fitting[0]
    return found


def _found(name: str, sheet: SheetTab) -> FoundTab:
    top = _top(name, sheet)
    top = top if top >= 0 else _first_texts(sheet)
    titles = sheet.texts(top) if top >= 0 else []
    columns: dict[str, int] = {}
    for number, title in enumerate(titles):
        if title:
            columns.setdefault(title, number)
    return FoundTab(sheet, top, columns, tuple(filter(None, titles)))


def _top(name: str, sheet: SheetTab) -> int:
    """The row of a tab's header, -1 when no row looks like it."""
    for row in range(min(len(sheet.grid), _HEADER_DEPTH)):
        texts = sheet.texts(row)
        decides = name == REVIEW and find_column(texts, ID) and find_column(texts, DECISION)
        if decides or looks_like(texts, RECOGNISED_BY[name]):
            return row
    return -1


def _first_texts(sheet: SheetTab) -> int:
    rows = range(min(len(sheet.grid), _HEADER_DEPTH))
    return next((row for row in rows if sum(map(bool, sheet.texts(row))) > 1), -1)


def _row(number: int, cells: Sequence[Json], columns: Mapping[str, int]) -> Row:
    values: dict[str, Value] = {}
    links: dict[str, str] = {}
    for title, column in columns.items():
        data = cells[column] if column < len(cells) else {}
        value = value_of(data)
        if value is None or value == "":
            continue
        values[title] = value
        if uri := link_of(data):
            links[title] = uri
    return Row(number, values, links)


def _stamp(marks: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    for mark in marks:
        if mark.get("metadataKey") == STAMP_MARK:
            try:
                held = json.loads(mark.get("metadataValue", ""))
                return str(held["politica"]), str(held["semestre"])
            except (ValueError, KeyError, TypeError):
                continue
    return "", ""


def _shown_stamp(summary: FoundTab | None) -> tuple[str, str]:
    texts = summary.sheet.texts(0) if summary else []
    return read_title(texts[0]) if texts else ("", "")


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)
