"""The register as plain values: what adapters read from it and what they are asked to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed cell: text is written as text, never parsed; `link` makes it a hyperlink.

    `link` is a URL ("https:", "file:"), or "#Evidencias!3" for the third data row of that tab
    (whatever a person renamed it to). `style` is "" or "percent" (the value is a fraction of 1)
    or "score" (0 to 1, two decimals); days and moments are formatted by their type.
    """

    value: Value = None
    link: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tool-owned tab, complete: adapters write only what differs from what is there.

    `preamble` are lines of text above the header; `hidden` the headers of hidden columns.
    """

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
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterContents:
    """What the register holds. `policy` and `semester` are its stamp, "" when it has none.

    `review` are the rows of `Revisión` as people left them, `review_header` its headers in order
    (with repetitions; empty when there is no such tab); `evidence`, `history` and `log` the rows
    of `Evidencias`, `Historial` and `Bitácora`. `origin` names the register in messages.
    """

    exists: bool
    policy: str = ""
    semester: str = ""
    review_header: tuple[str, ...] = ()
    review: tuple[Row, ...] = ()
    evidence: tuple[Row, ...] = ()
    history: tuple[Row, ...] = ()
    log: tuple[Row, ...] = ()
    origin: str = "el registro"


@dataclass(frozen=True, slots=True)
class RegisterChanges:
    """All that one run wants written: whole tool tabs, and rows to append.

    Appended rows are in the order of `REVIEW_HEADER`, `HISTORY_HEADER` and `LOG_HEADER`; an
    adapter places each cell under the column of that name, wherever a person moved it, and leaves
    out a column that is gone. Tabs not named stay as they are. `log` is written only together
    with some other change: alone it is no change (law 1).
    """

    policy: str
    semester: str
    tabs: tuple[Tab, ...] = ()
    review: tuple[tuple[Cell, ...], ...] = ()
    history: tuple[tuple[Cell, ...], ...] = ()
    log: tuple[tuple[Cell, ...], ...] = ()
