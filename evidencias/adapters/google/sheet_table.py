"""A plan kept in a Google Sheet, read whole as plain cells in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.sheet_values import value_of
from evidencias.adapters.google.sheets import fetched, spreadsheet_id, told_of_sheet
from evidencias.domain.tables import Sheet, Table
from evidencias.errors import InputError

_FIELDS = (
    "properties(title),sheets(properties(title,hidden,sheetType),merges,"
    "data(rowData(values(effectiveValue,formattedValue,effectiveFormat(numberFormat(type))))))"
)


class SheetTable:
    """`ports.TableSource` over a Google Sheet."""

    def __init__(self, google: Google, origin: str) -> None:
        self.google = google
        self.id = spreadsheet_id(origin, "plan.origen")

    def read(self) -> Table:
        """Every tab, visible ones first. Raises InputError, SourceError or AccessError."""
        try:
            answer = fetched(self.google, self.id, _FIELDS)
        except GoogleError as error:
            thing = "la hoja de Google del plan"
            raise told_of_sheet(error.failure, thing, self.google.who) from error
        held = [s for s in answer.get("sheets", ()) if _is_grid(s)]
        held.sort(key=lambda s: bool(s["properties"].get("hidden")))
        title = str(answer.get("properties", {}).get("title", ""))
        if not held:
            raise InputError(f"La hoja de Google «{title}» no tiene pestañas de celdas.")
        return Table(title, tuple(_sheet(s) for s in held))


def _is_grid(sheet: Mapping[str, Any]) -> bool:
    return bool(sheet["properties"].get("sheetType", "GRID") == "GRID")


def _sheet(held: Mapping[str, Any]) -> Sheet:
    data = (held.get("data") or [{}])[0]
    rows = tuple(
        tuple(_meaning(cell) for cell in row.get("values") or ())
        for row in data.get("rowData") or ()
    )
    merged = tuple(_area(m) for m in held.get("merges") or ())
    return Sheet(str(held["properties"].get("title", "")), rows, merged)


def _meaning(cell: Mapping[str, Any]) -> object:
    """A cell's value; an error is what the person sees."""
    if "errorValue" in (cell.get("effectiveValue") or {}):
        return cell.get("formattedValue")
    return value_of(cell)


def _area(merge: Mapping[str, Any]) -> tuple[int, int, int, int]:
    get = merge.get
    top, left = int(get("startRowIndex", 0)), int(get("startColumnIndex", 0))
    return top, left, int(merge["endRowIndex"]) - 1, int(merge["endColumnIndex"]) - 1
