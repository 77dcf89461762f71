"""spreadsheets.create: a tab out of its JSON."""

from __future__ import annotations

from tests.google.batch_cells import written
from tests.google.grid import Json, Tab, new_tab
from tests.google.idents import Idents


def tab_from(sheet: Json, index: int, idents: Idents) -> Tab:
    """A tab with the properties and the cells that the caller gave."""
    props = sheet.get("properties") or {}
    number = props.get("sheetId", 0 if index == 0 else idents.number())
    tab = new_tab(number, props.get("title") or f"Sheet{index + 1}", index)
    tab.grid.update(props.get("gridProperties") or {})
    tab.properties.update(
        {k: v for k, v in props.items() if k not in ("gridProperties", "index") and v}
    )
    tab.properties["sheetId"] = number
    for data in sheet.get("data") or []:
        for r, row in enumerate(data.get("rowData") or []):
            for c, cell in enumerate(row.get("values") or []):
                at = (data.get("startRow", 0) + r, data.get("startColumn", 0) + c)
                tab.put(*at, written(tab.cell(*at), cell, {"*": None}))
    return tab
