"""All requests that bring a spreadsheet to what a run wants, from one reading of it; pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidencias.adapters.google import sheet_chart
from evidencias.adapters.google.sheet_append import (
    Cells,
    Key,
    append_request,
    keys_there,
    missing,
)
from evidencias.adapters.google.sheet_diff import differences, wanted_grid, write_rows
from evidencias.adapters.google.sheet_layout import (
    OPEN_IDS,
    Layout,
    free_title,
    mark_tab,
    name_open_ids,
    sheet_id,
    stamp,
)
from evidencias.adapters.google.sheet_values import Json, cell_data
from evidencias.adapters.google.sheet_view import BookView, FoundTab, SheetTab
from evidencias.domain.register import Cell, RegisterChanges, RegisterContents, Tab
from evidencias.domain.register.columns import (
    APPEND_HEADERS,
    HIDDEN,
    HISTORY,
    LOG,
    REVIEW,
    SUMMARY,
    TAB_ORDER,
)

MAX_BYTES = 1_900_000  # Google takes about 2 MB a batch
MAX_REQUESTS = 90_000  # of 100,000


@dataclass(frozen=True, slots=True)
class Known:
    """How many rows of each key the growing tabs held when the changes were decided."""

    counts: Mapping[str, Counter[Key]] = field(default_factory=dict)


def known(contents: RegisterContents) -> Known:
    """Counts the rows of one reading."""
    rows = {REVIEW: contents.review, HISTORY: contents.history, LOG: contents.log}
    return Known({name: keys_there(name, held) for name, held in rows.items()})


def planned(changes: RegisterChanges, view: BookView, before: Known) -> list[Json]:
    """The requests, none when nothing differs. The log alone is no difference."""
    return _Plan(changes, view, before).requests()


class _Plan:
    def __init__(self, changes: RegisterChanges, view: BookView, before: Known) -> None:
        self.changes, self.view, self.before = changes, view, before
        self.contents = view.contents()
        self.ids = {name: tab.sheet.id for name, tab in view.tabs.items()}
        self.tops = {name: tab.top for name, tab in view.tabs.items()}
        self.taken = {sheet.id for sheet in view.sheets}
        self.titles = [sheet.title for sheet in view.sheets]

    def requests(self) -> list[Json]:
        """Frames first, then cells, then rows to append."""
        changes = self.changes
        frames = self._frames()
        cells = [request for tab in changes.tabs for request in self._tab(tab)]
        appended = self._appends((REVIEW, changes.review), (HISTORY, changes.history))
        marks = self._marks() if changes.tabs else []
        made = [*frames, *marks, *cells, *appended]
        if not made:
            return []
        return made + self._appends((LOG, changes.log))

    # --- frames ---------------------------------------------------------------------------

    def _frames(self) -> list[Json]:
        """Tabs that are not there, each whole: nothing is ever half made."""
        wanted = {tab.name: tab for tab in self.changes.tabs}
        if wanted:
            wanted |= {
                n: Tab(n, h, (), HIDDEN.get(n, frozenset())) for n, h in APPEND_HEADERS.items()
            }
        else:
            growing = {REVIEW: self.changes.review, HISTORY: self.changes.history}
            wanted = {n: Tab(n, APPEND_HEADERS[n], ()) for n, rows in growing.items() if rows}
        fresh = [name for name in TAB_ORDER if name in wanted and name not in self.view.tabs]
        for name in fresh:
            self.ids[name] = sheet_id(name, self.taken)
            self.tops[name] = len(wanted[name].preamble)
            self.taken.add(self.ids[name])
        return [request for name in fresh for request in self._frame(wanted[name])]

    def _frame(self, tab: Tab) -> list[Json]:
        top, sheet = len(tab.preamble), self.ids[tab.name]
        title = free_title(tab.name, self.titles)
        self.titles.append(title)
        layout = Layout(tab.name, sheet, tab.header, top)
        index = sum(name in self.ids for name in TAB_ORDER[: TAB_ORDER.index(tab.name)])
        made = layout.requests(title, index, top + 1 + len(tab.rows), tab.hidden)
        if tab.name in APPEND_HEADERS:
            header = [cell_data(Cell(name), "", "") for name in tab.header]
            return made + write_rows(sheet, 0, [header], len(tab.header))
        if tab.name == SUMMARY:
            made += sheet_chart.add_chart(tab, sheet)
        return made

    def _marks(self) -> list[Json]:
        """Marks that are missing: of the register, of tabs known by their name or header."""
        made: list[Json] = []
        if not self.view.stamped:
            made.append(stamp(self.changes.policy, self.changes.semester))
        for name, tab in self.view.tabs.items():
            if name not in tab.sheet.marks:
                made.append(mark_tab(name, tab.sheet.id))
        return made + self._open_ids()

    def _open_ids(self) -> list[Json]:
        summary = next((tab for tab in self.changes.tabs if tab.name == SUMMARY), None)
        if summary is None or OPEN_IDS in self.view.names:
            return []
        return [name_open_ids(self.ids[SUMMARY], summary.header, len(summary.preamble))]

    # --- cells ------------------------------------------------------------------------------

    def _tab(self, tab: Tab) -> list[Json]:
        grid = wanted_grid(tab, self._address)
        found = self.view.tabs.get(tab.name)
        if found is None:
            return write_rows(self.ids[tab.name], 0, grid, len(tab.header))
        made = differences(grid, found.sheet, len(tab.preamble))
        if tab.name == SUMMARY:
            made = [*made, *sheet_chart.follow_axes(tab, found.sheet)]
        return made

    def _address(self, link: str) -> str:
        """ "#Evidencias!3" as Google writes it; other addresses as they are."""
        tab, mark, row = link.removeprefix("#").rpartition("!")
        if not (link.startswith("#") and mark and row.isdigit()):
            return link
        top = next(
            (len(t.preamble) for t in self.changes.tabs if t.name == tab), self.tops.get(tab, 0)
        )
        return f"#gid={self.ids[tab]}&range=A{top + 1 + int(row)}" if tab in self.ids else ""

    # --- rows -------------------------------------------------------------------------------

    def _appends(self, *wanted: tuple[str, Sequence[Cells]]) -> list[Json]:
        made: list[Json] = []
        now = known(self.contents)
        for name, rows in wanted:
            counts = self.before.counts.get(name, Counter())
            left = missing(name, rows, counts, now.counts[name])
            if left:
                tab = self.view.tabs.get(name)
                if tab is None or tab.top < 0:
                    made += self._header_below(name, tab)
                    tab = _bare(name, self.ids[name])
                made.append(append_request(name, tab, left, self._address))
        return made

    def _header_below(self, name: str, tab: FoundTab | None) -> list[Json]:
        """A growing tab whose header someone erased gets it again, below what is there."""
        if tab is None:
            return []
        header = [{"values": [cell_data(Cell(title), "", "") for title in APPEND_HEADERS[name]]}]
        body = {"sheetId": tab.sheet.id, "rows": header, "fields": "userEnteredValue"}
        return [{"appendCells": body}]


def _bare(name: str, sheet: int) -> FoundTab:
    header = APPEND_HEADERS[name]
    blank = SheetTab(sheet, name, 0, len(header), ())
    return FoundTab(blank, 0, {title: at for at, title in enumerate(header)}, header)


def pieces(requests: Sequence[Json]) -> list[list[Json]]:
    """The requests in batches that Google takes; the rows to append all go in the last one.

    Requests keep their order, except that appended rows wait for the end: until then nothing
    was written that a second run would not write again.
    """
    heads = [r for r in requests if "appendCells" not in r]
    tails = [r for r in requests if "appendCells" in r]
    made: list[list[Json]] = [[]]
    size = 0
    for request in heads:
        length = _length(request)
        if made[-1] and (size + length > MAX_BYTES or len(made[-1]) >= MAX_REQUESTS):
            made.append([])
            size = 0
        made[-1].append(request)
        size += length
    if tails:
        if made[-1] and size + sum(map(_length, tails)) > MAX_BYTES:
            made.append([])
        made[-1] += tails
    return [batch for batch in made if batch]


def _length(request: Json) -> int:
    return len(json.dumps(request, ensure_ascii=False).encode())
