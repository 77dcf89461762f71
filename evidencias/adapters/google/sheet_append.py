"""Rows for the tabs that only grow: each cell under its column, wherever a person moved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evidencias.adapters.google.sheet_diff import Linker
from evidencias.adapters.google.sheet_values import WRITTEN, Json, cell_data, stored
from evidencias.adapters.google.sheet_view import FoundTab
from evidencias.domain.register import Cell, Row, Value
from evidencias.domain.register.columns import (
    APPEND_HEADERS,
    DECISION,
    DECISION_WORDS,
    FINGERPRINT,
    HISTORY,
    ID,
    LOG,
    REVIEW,
    find_column,
)

Cells = tuple[Cell, ...]
Key = tuple[str, ...]
# What tells one appended row from another when the rows are read again.
_KEYS = {REVIEW: (ID, FINGERPRINT), HISTORY: ("Cadena",), LOG: ("Corrida",)}


def key_of_cells(name: str, cells: Sequence[Cell]) -> Key:
    """The key of a row about to be appended."""
    held = dict(zip(APPEND_HEADERS[name], cells, strict=True))
    return tuple(_plain(stored(held[title].value)) for title in _KEYS[name])


def keys_there(name: str, rows: Iterable[Row]) -> Counter[Key]:
    """How many rows of each key a tab holds."""
    return Counter(
        tuple(
            _plain(row.cells.get(find_column(list(row.cells), title) or ""))
            for title in _KEYS[name]
        )
        for row in rows
    )


def _plain(value: Value) -> str:
    return "" if value is None else str(value).strip().upper()


def missing(
    name: str, rows: Sequence[Cells], before: Counter[Key], now: Counter[Key]
) -> list[Cells]:
    """The rows that are not there yet: `before` were there when they were decided upon."""
    room = Counter(now)
    room.subtract(before)
    left: list[Cells] = []
    for row in rows:
        key = key_of_cells(name, row)
        if room[key] > 0:
            room[key] -= 1
        else:
            left.append(row)
    return left


def append_request(name: str, tab: FoundTab, rows: Sequence[Cells], linker: Linker) -> Json:
    """`AppendCells` finds the end on the server, inside the atomic batch."""
    lines = [{"values": _line(name, tab, row, linker)} for row in rows]
    fields = WRITTEN + (",dataValidation" if name == REVIEW else "")
    return {"appendCells": {"sheetId": tab.sheet.id, "rows": lines, "fields": fields}}


def _line(name: str, tab: FoundTab, row: Cells, linker: Linker) -> list[Json]:
    places = {title: tab.place(title) for title in APPEND_HEADERS[name]}
    width = max((place + 1 for place in places.values() if place is not None), default=0)
    line: list[Json] = [{} for _ in range(width)]
    for title, cell in zip(APPEND_HEADERS[name], row, strict=True):
        place = places[title]
        if place is None:
            continue
        line[place] = cell_data(cell, title, linker(cell.link))
        if name == REVIEW and title == DECISION:
            line[place] = {**line[place], "dataValidation": drop_down()}
    return line


def drop_down() -> Json:
    """The decisions to choose from."""
    return {
        "condition": {
            "type": "ONE_OF_LIST",
            "values": [{"userEnteredValue": word} for word in DECISION_WORDS],
        },
        "inputMessage": "Elija Confirmar, Rechazar o Aceptar.",
        "strict": True,
        "showCustomUi": True,
    }
