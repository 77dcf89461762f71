"""From the changes wanted to a workbook's new bytes: what differs is drawn, the rest is copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidencias.adapters.local.workbook.append import Appender
from evidencias.adapters.local.workbook.draw import LOOKS, drawn, palette, saved
from evidencias.adapters.local.workbook.graft import graft, sheets
from evidencias.adapters.local.workbook.guard import refuse_losses
from evidencias.adapters.local.workbook.links import MAX_LINKS, internal, same_target, target_of
from evidencias.adapters.local.workbook.looks import Looks
from evidencias.adapters.local.workbook.package import Package
from evidencias.adapters.local.workbook.read import BookView, FoundTab
from evidencias.adapters.local.workbook.styles import style_key
from evidencias.adapters.local.workbook.values import same, stored
from evidencias.adapters.local.workbook.xml import quieten
from evidencias.domain.register import Cell, RegisterChanges, RegisterContents, Tab
from evidencias.domain.register.columns import (
    APPEND_HEADERS,
    HIDDEN,
    HISTORY,
    LOG,
    REVIEW,
    TAB_ORDER,
)

Rows = tuple[tuple[Cell, ...], ...]
_NOTHING = BookView(RegisterContents(exists=False))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: tabs drawn anew, tabs to make, rows to append by tab."""

    policy: str
    semester: str
    drawn: tuple[Tab, ...]
    appended: Mapping[str, Rows]
    titles: Mapping[str, str]


def planned(changes: RegisterChanges, found: BookView | None, folder: Path) -> Plan | None:
    """What differs from the workbook as read, None when nothing does (the log alone is nothing)."""
    there = found or _NOTHING
    titles = {name: tab.title for name, tab in there.tabs.items()}
    tabs = tuple(_prepared(tab, folder) for tab in changes.tabs)
    wanted = _capped(tabs, _links_kept(there, changes))
    different = [tab for tab in wanted if not _same_tab(tab, there.tabs.get(tab.name), folder)]
    missing = [tab for name in APPEND_HEADERS if (tab := _to_make(name, there.tabs.get(name)))]
    appended = {REVIEW: changes.review, HISTORY: changes.history}
    if not different and not any(appended.values()) and not (changes.tabs and missing):
        return None
    appended[LOG] = changes.log
    return Plan(
        changes.policy,
        changes.semester,
        tuple(sorted((*different, *missing), key=lambda tab: TAB_ORDER.index(tab.name))),
        {name: _prepared_rows(rows, folder) for name, rows in appended.items() if rows},
        _free_titles(titles, there.titles),
    )


def rendered(plan: Plan, data: bytes | None, found: BookView | None, origin: str) -> bytes:
    """The workbook's new bytes. Raises InputError when something of people's would be lost."""
    there = found or _NOTHING
    package = Package(data if data is not None else _fresh_book(plan, there))
    if data is not None:
        refuse_losses(package, [(tab.name, plan.titles[tab.name]) for tab in plan.drawn], origin)
        if plan.drawn:  # `decidir` only appends
            graft(package, Package(_fresh_book(plan, there)))
    _append_all(plan, package, there)
    for tab in plan.drawn:
        quieten(package.xml(sheets(package)[plan.titles[tab.name]]))
    return package.data()


def _fresh_book(plan: Plan, there: BookView) -> bytes:
    return saved(
        drawn(plan.drawn, plan.titles, plan.policy, plan.semester, mac_dates=there.mac_dates)
    )


def _append_all(plan: Plan, package: Package, there: BookView) -> None:
    colours = Package(saved(palette()))
    looks = Looks(package, colours)
    places = sheets(package)
    numbers = _palette_styles(colours)

    def style_of(cell: Cell, header: str) -> int:
        return looks.cell(numbers[style_key(cell, header)])

    made = {tab.name for tab in plan.drawn}
    for name, rows in plan.appended.items():
        tab = _fresh(name) if name in made else there.tabs[name]
        part = places[plan.titles.get(name, name)]
        Appender(package, part, _columns(tab, name), style_of).append(
            APPEND_HEADERS[name], rows, tab.header_row
        )


def _palette_styles(colours: Package) -> dict[str, int]:
    from evidencias.adapters.local.workbook.package import tag

    (part,) = sheets(colours).values()
    cells = colours.xml(part).iter(tag("c"))
    return {key: int(cell.get("s", "0")) for key, cell in zip(LOOKS, cells, strict=True)}


def _columns(tab: FoundTab, name: str) -> dict[str, int]:
    """Where each of our columns stands now, by our own header; those taken away are left out."""
    from evidencias.domain.register.columns import find_column

    found = {ours: find_column(tab.header, ours) for ours in APPEND_HEADERS[name]}
    return {ours: tab.columns[theirs] for ours, theirs in found.items() if theirs is not None}


def _fresh(name: str) -> FoundTab:
    header = APPEND_HEADERS[name]
    return FoundTab(name, 1, header, {title: n for n, title in enumerate(header, start=1)}, ())


def _to_make(name: str, found: FoundTab | None) -> Tab | None:
    """A growing tab that is missing, or that lost a column and is the tool's own."""
    header = APPEND_HEADERS[name]
    hidden = HIDDEN.get(name, frozenset())
    if found is None or not found.header_row:
        return Tab(name, header, (), hidden)
    if name == REVIEW or set(header) <= set(found.header):
        return None
    rows = tuple(tuple(Cell(stored(r.cells.get(h))) for h in header) for r in found.rows)
    return Tab(name, header, rows, hidden)


def _free_titles(titles: Mapping[str, str], taken: Sequence[str]) -> dict[str, str]:
    """A title for each tab: its sheet's own, or a name that no sheet of the person has."""
    used = {title.casefold() for title in taken}
    found = dict(titles)
    for name in TAB_ORDER:
        title, number = name, 1
        while name not in titles and title.casefold() in used:
            number += 1
            title = f"{name} {number}"
        found.setdefault(name, title)
    return found


def _prepared(tab: Tab, folder: Path) -> Tab:
    preamble = tuple(str(stored(line)) for line in tab.preamble)
    return replace(tab, rows=_prepared_rows(tab.rows, folder), preamble=preamble)


def _prepared_rows(rows: Sequence[Sequence[Cell]], folder: Path) -> Rows:
    """Cells as Excel can hold them: texts within its limits, links as Targets."""
    return tuple(tuple(_prepared_cell(cell, folder) for cell in row) for row in rows)


def _prepared_cell(cell: Cell, folder: Path) -> Cell:
    link = "" if cell.value in (None, "") else _target(cell.link, folder)
    return Cell(stored(cell.value), link, cell.style)


def _links_kept(there: BookView, changes: RegisterChanges) -> int:
    """Hyperlinks of `Revisión`, which come before all others when there are too many."""
    kept = sum(len(row.links) for row in there.contents.review)
    return kept + sum(bool(cell.link) for row in changes.review for cell in row)


def _capped(tabs: Sequence[Tab], used: int) -> tuple[Tab, ...]:
    """The tabs with at most as many hyperlinks as Excel can hold; the last ones lose theirs."""
    capped = []
    for tab in tabs:
        rows = []
        for row in tab.rows:
            used += sum(bool(cell.link) for cell in row)
            rows.append(row if used <= MAX_LINKS else tuple(replace(c, link="") for c in row))
        capped.append(replace(tab, rows=tuple(rows)))
    return tuple(capped)


def _same_tab(tab: Tab, found: FoundTab | None, folder: Path) -> bool:
    if found is None or found.header != tab.header:
        return False
    if tuple(filter(None, found.preamble)) != tuple(line.strip() for line in tab.preamble if line):
        return False
    rows = [row for row in tab.rows if any(cell.value not in (None, "") for cell in row)]
    if len(rows) != len(found.rows):
        return False
    return all(
        same(cell.value, there.cells.get(name))
        and same_target(cell.link, _target(there.links.get(name, ""), folder))
        for row, there in zip(rows, found.rows, strict=True)
        for name, cell in zip(tab.header, row, strict=True)
    )


def _target(link: str, folder: Path) -> str:
    return link if internal(link) else target_of(link, folder)
