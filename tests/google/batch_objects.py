"""batchUpdate requests about what hangs on ranges: names, filters, protection, charts, tables."""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.google.batch import Batch, Handler, RefusedError, apply_mask, fields_of, without_defaults
from tests.google.grid import Json, Tab, grid_range, range_area
from tests.google.sheet_defaults import tidy


def _with_sheet(batch: Batch, held: Json) -> Json:
    """A GridRange within its grid that names its sheet (an absent id is the first id, 0)."""
    tab, _ = batch.area(held)
    return {"sheetId": tab.id, **{k: v for k, v in held.items() if k != "sheetId"}}


def _holder(batch: Batch, name: str, key: str, value: Any, what: str) -> tuple[Tab, Json]:
    for tab in batch.book.tabs:
        for item in tab.items(name):
            if item.get(key) == value:
                return tab, item
    raise RefusedError(f"No {what} with id: {value}")


# --- named ranges -----------------------------------------------------------------


def add_name(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("namedRange") or {})
    name = given.get("name") or ""
    if not re.fullmatch(r"(?!(?i:true|false)$)[^\W\d]\w{0,249}", name):
        raise RefusedError(f"Invalid named range name: {name}")
    if any(n["name"].casefold() == name.casefold() for n in batch.book.names):
        raise RefusedError(f"A named range with name: {name} already exists.")
    held = {
        "namedRangeId": given.get("namedRangeId") or str(batch.idents.number()),
        "name": name,
        "range": _with_sheet(batch, given.get("range") or {}),
    }
    batch.book.names.append(held)
    return {"namedRange": copy.deepcopy(held)}


def _name(batch: Batch, value: Any) -> Json:
    for held in batch.book.names:
        if held["namedRangeId"] == value:
            return held
    raise RefusedError(f"No named range with id: {value}")


def update_name(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("namedRange") or {})
    held = _name(batch, given.get("namedRangeId"))
    if "range" in given:
        given["range"] = _with_sheet(batch, given["range"])
    apply_mask(held, given, fields_of(body))
    return {}


def delete_name(batch: Batch, body: Json) -> Json:
    batch.book.names.remove(_name(batch, body.get("namedRangeId")))
    return {}


# --- things with an id in a list of their tab --------------------------------------


class Kind:
    """One family of objects: where it lives, how it is called, who invents its id."""

    def __init__(
        self, store: str, wrapper: str, key: str, what: str, text_id: bool = False
    ) -> None:
        self.store, self.wrapper, self.key, self.what, self.text_id = (
            store,
            wrapper,
            key,
            what,
            text_id,
        )

    def add(self, batch: Batch, body: Json) -> Json:
        given = without_defaults(tidy(body.get(self.wrapper) or {}))
        tab = self.tab(batch, given)
        if "range" in given:
            given["range"] = _with_sheet(batch, given["range"])
        if given.get(self.key) is None:
            number = batch.idents.number()
            given[self.key] = str(number) if self.text_id else number
        elif any(
            item.get(self.key) == given[self.key]
            for t in batch.book.tabs
            for item in t.items(self.store)
        ):
            raise RefusedError(f"Duplicate {self.what} id: {given[self.key]}")
        self.complete(batch, tab, given)
        tab.items(self.store).append(given)
        return {self.wrapper: copy.deepcopy(given)}

    def tab(self, batch: Batch, given: Json) -> Tab:
        return batch.tab((given.get("range") or {}).get("sheetId"))

    def complete(self, batch: Batch, tab: Tab, given: Json) -> None:
        """What Google adds to a new object."""

    def update(self, batch: Batch, body: Json) -> Json:
        given = tidy(body.get(self.wrapper) or {})
        _, held = _holder(batch, self.store, self.key, given.get(self.key), self.what)
        if "range" in given:
            given["range"] = _with_sheet(batch, given["range"])
        apply_mask(held, {self.key: held[self.key], **given}, fields_of(body))
        for key, value in list(held.items()):
            if value is False:
                del held[key]
        return {}

    def delete(self, batch: Batch, value: Any) -> Json:
        tab, held = _holder(batch, self.store, self.key, value, self.what)
        tab.items(self.store).remove(held)
        return {}


class Protection(Kind):
    def tab(self, batch: Batch, given: Json) -> Tab:
        if "namedRangeId" in given:
            return batch.tab(_name(batch, given["namedRangeId"])["range"].get("sheetId"))
        return super().tab(batch, given)

    def complete(self, batch: Batch, tab: Tab, given: Json) -> None:
        # Whoever protects may always edit; an empty list of editors is that one account.
        given["requestingUserCanEdit"] = True
        editors = without_defaults(given.get("editors") or {})
        given["editors"] = editors


class FilterView(Kind):
    def complete(self, batch: Batch, tab: Tab, given: Json) -> None:
        given.setdefault("title", f"Filter {len(tab.items(self.store)) + 1}")
        _, area = batch.area(given.get("range"))
        given["range"] = grid_range(area, tab.id)


class Table(Kind):
    def complete(self, batch: Batch, tab: Tab, given: Json) -> None:
        _, area = batch.area(given.get("range"))
        given["range"] = grid_range(area, tab.id)
        given.setdefault("name", f"Table{len(tab.items(self.store)) + 1}")
        if any(range_area(t["range"], tab).meets(area) for t in tab.items(self.store)):
            raise RefusedError("Tables cannot overlap.")


class Chart(Kind):
    def tab(self, batch: Batch, given: Json) -> Tab:
        position = given.setdefault("position", {})
        if position.pop("newSheet", False):
            position["sheetId"] = _object_sheet(batch)
        if "sheetId" in position:
            return batch.tab(position["sheetId"])
        anchor = position.setdefault("overlayPosition", {}).setdefault("anchorCell", {})
        return batch.tab(anchor.get("sheetId"))

    def complete(self, batch: Batch, tab: Tab, given: Json) -> None:
        overlay = given["position"].get("overlayPosition")
        if overlay is not None:
            overlay.setdefault("widthPixels", 600)
            overlay.setdefault("heightPixels", 371)
            overlay["anchorCell"] = {"sheetId": tab.id, **overlay["anchorCell"]}


def _object_sheet(batch: Batch) -> int:
    from tests.google.batch_tabs import add_sheet

    made = add_sheet(batch, {"properties": {"title": f"Chart{len(batch.book.tabs) + 1}"}})
    sheet_id: int = made["properties"]["sheetId"]
    return sheet_id


PROTECTED = Protection("protectedRanges", "protectedRange", "protectedRangeId", "protected range")
FILTER_VIEW = FilterView("filterViews", "filter", "filterViewId", "filter view")
BANDING = Kind("bandedRanges", "bandedRange", "bandedRangeId", "banding")
TABLE = Table("tables", "table", "tableId", "table", text_id=True)
CHART = Chart("charts", "chart", "chartId", "chart")


def update_chart(batch: Batch, body: Json) -> Json:
    _, held = _holder(batch, "charts", "chartId", body.get("chartId"), "chart")
    held["spec"] = tidy(body.get("spec") or {})
    return {}


def update_position(batch: Batch, body: Json) -> Json:
    _, held = _holder(batch, "charts", "chartId", body.get("objectId"), "object")
    apply_mask(held["position"], tidy(body.get("newPosition") or {}), fields_of(body))
    return {"position": copy.deepcopy(held["position"])}


def duplicate_filter_view(batch: Batch, body: Json) -> Json:
    tab, held = _holder(batch, "filterViews", "filterViewId", body.get("filterId"), "filter view")
    made = copy.deepcopy(held) | {
        "filterViewId": batch.idents.number(),
        "title": f"Copy of {held['title']}",
    }
    tab.items("filterViews").append(made)
    return {"filter": copy.deepcopy(made)}


# --- basic filter ------------------------------------------------------------------


def set_filter(batch: Batch, body: Json) -> Json:
    given = tidy(body.get("filter") or {})
    tab, area = batch.area(given.get("range"))
    given["range"] = grid_range(area, tab.id)
    tab.things["basicFilter"] = given
    return {}


def clear_filter(batch: Batch, body: Json) -> Json:
    batch.tab(body.get("sheetId")).things.pop("basicFilter", None)
    return {}


# --- conditional formats: a list by index ------------------------------------------


def _rules(batch: Batch, sheet_id: int | None, index: int) -> list[Json]:
    rules = batch.tab(sheet_id).items("conditionalFormats")
    if index >= len(rules):
        raise RefusedError(f"No conditional format on sheet: {sheet_id or 0} at index: {index}")
    return rules


def add_rule(batch: Batch, body: Json) -> Json:
    rule = tidy(body.get("rule") or {})
    ranges = [_with_sheet(batch, held) for held in rule.get("ranges") or []]
    if not ranges:
        raise RefusedError("A conditional format rule must have at least one range.")
    rule["ranges"] = ranges
    rules = batch.tab(ranges[0]["sheetId"]).items("conditionalFormats")
    rules.insert(min(body.get("index") or 0, len(rules)), rule)
    return {}


def update_rule(batch: Batch, body: Json) -> Json:
    index = body.get("index") or 0
    given = tidy(body.get("rule")) if body.get("rule") else None
    sheet_id = body.get("sheetId")
    if given:
        given["ranges"] = [_with_sheet(batch, held) for held in given.get("ranges") or []]
        sheet_id = given["ranges"][0]["sheetId"] if given["ranges"] else sheet_id
    rules = _rules(batch, sheet_id, index)
    old = rules[index]
    if given:
        rules[index] = given
        return {
            "newRule": copy.deepcopy(given),
            "newIndex": index,
            "oldRule": old,
            "oldIndex": index,
        }
    new = body.get("newIndex") or 0
    rules.insert(new, rules.pop(index))
    return {"newRule": copy.deepcopy(old), "newIndex": new, "oldIndex": index}


def delete_rule(batch: Batch, body: Json) -> Json:
    index = body.get("index") or 0
    return {"rule": _rules(batch, body.get("sheetId"), index).pop(index)}


HANDLERS: dict[str, Handler] = {
    "addNamedRange": add_name,
    "updateNamedRange": update_name,
    "deleteNamedRange": delete_name,
    "addProtectedRange": PROTECTED.add,
    "updateProtectedRange": PROTECTED.update,
    "deleteProtectedRange": lambda batch, body: PROTECTED.delete(
        batch, body.get("protectedRangeId")
    ),
    "addFilterView": FILTER_VIEW.add,
    "updateFilterView": FILTER_VIEW.update,
    "deleteFilterView": lambda batch, body: FILTER_VIEW.delete(batch, body.get("filterId")),
    "duplicateFilterView": duplicate_filter_view,
    "addBanding": BANDING.add,
    "updateBanding": BANDING.update,
    "deleteBanding": lambda batch, body: BANDING.delete(batch, body.get("bandedRangeId")),
    "addTable": TABLE.add,
    "updateTable": TABLE.update,
    "deleteTable": lambda batch, body: TABLE.delete(batch, body.get("tableId")),
    "addChart": CHART.add,
    "updateChartSpec": update_chart,
    "updateEmbeddedObjectPosition": update_position,
    "deleteEmbeddedObject": lambda batch, body: CHART.delete(batch, body.get("objectId")),
    "setBasicFilter": set_filter,
    "clearBasicFilter": clear_filter,
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
}
