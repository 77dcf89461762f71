"""What each tab of the register shows, and what its rows mean: rows <-> decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed cell: text is written as text, never parsed; `link` makes it a hyperlink."""

    value: Value = None
    link: str = ""
    style: str = ""  # a named style: "" or a state value ("soportada", "por_revisar", …), "percent"


@dataclass(frozen=True, slots=True)
class Tab:
    """A tool-owned tab, complete: adapters write only what differs from what is there."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[str] = frozenset()
    preamble: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tab as it stands in the register: cells by header, 1-based row number."""

    number: int
    cells: Mapping[str, Value]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterContents:
    """What the register holds. `policy` and `semester` are its stamp, "" when it has none.

    `review` are the rows of `Revisión` as people left them, `review_header` its headers in order;
    `evidence`, `history` and `log` the rows of `Evidencias`, `Historial` and `Bitácora`.
    """

    exists: bool
    policy: str = ""
    semester: str = ""
    review_header: tuple[str, ...] = ()
    review: tuple[Row, ...] = ()
    evidence: tuple[Row, ...] = ()
    history: tuple[Row, ...] = ()
    log: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterChanges:
    """All that one run wants written: whole tool tabs, and rows to append."""

    policy: str
    semester: str
    tabs: tuple[Tab, ...]
    review: tuple[tuple[Cell, ...], ...] = ()
    history: tuple[tuple[Cell, ...], ...] = ()
    log: tuple[tuple[Cell, ...], ...] = ()
