"""One list of rows drawn as a terminal table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidencias.domain.register.words import visible

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its header, how a row's cell reads, and its width at most."""

    header: str
    cell: Callable[[Row], str]
    wrap: bool = True
    ratio: int | None = None
    widest: int | None = None


def as_json(value: object) -> str:
    """Indented JSON with the letters of Spanish as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[Row], keys: Sequence[str]) -> str:
    """One line a row; lists are joined with "; ", unknown is empty, text is never a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(keys)
    for row in rows:
        writer.writerow([_csv_cell(row.get(key)) for key in keys])
    return out.getvalue().rstrip("\n")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "si" if value else "no"
    if isinstance(value, list):
        return "; ".join(_csv_cell(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + visible(value)  # spreadsheets would run it as a formula
    return visible(str(value))


def as_markdown(rows: Sequence[Row], columns: Sequence[Column]) -> str:
    """A Markdown table; pipes and line breaks inside cells are escaped."""

    def line(cells: Sequence[str]) -> str:
        shown = [c.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for c in cells]
        return f"| {' | '.join(shown)} |"

    head = [line([c.header for c in columns]), line(["---"] * len(columns))]
    return "\n".join([*head, *(line([c.cell(row) for c in columns]) for row in rows)])


def draw_table(
    console: Console, rows: Sequence[Row], columns: Sequence[Column], *, spaced: bool = False
) -> None:
    """A table that fits the console; cells wrap, nothing is cut. `spaced` parts tall rows."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
        leading=int(spaced),
    )
    for column in columns:
        table.add_column(
            column.header,
            no_wrap=not column.wrap,
            ratio=column.ratio,
            max_width=column.widest,
            overflow="fold",
        )
    for row in rows:
        # Text, not markup: a file may be called "[bold]" and must read so.
        table.add_row(*(Text(visible(c.cell(row))) for c in columns))
    console.print(table)


def show(
    console: Console,
    fmt: str,
    rows: Sequence[Row],
    keys: Sequence[str],
    columns: Sequence[Column],
    *,
    empty: str,
    spaced: bool = False,
) -> None:
    """Prints rows in the format asked for; `empty` is said to people when there are none."""
    if fmt == "json":
        _plain(as_json(list(rows)))
    elif fmt == "csv":
        _plain(as_csv(rows, keys))
    elif not rows:
        _plain(empty)
    elif fmt == "md":
        _plain(as_markdown(rows, columns))
    else:
        draw_table(console, rows, columns, spaced=spaced)


def _plain(text: str) -> None:
    import sys

    sys.stdout.write(text + "\n")
