"""spreadsheets.batchUpdate: every request on a copy, kept only if all of them hold."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.google.a1 import Area
from tests.google.grid import Book, Json, Tab, range_area
from tests.google.idents import Idents
from tests.google.masks import Mask, parse_mask
from tests.google.wire import ApiError

MAX_REQUESTS = 100_000


class RefusedError(Exception):
    """A request that Google would refuse, without its prefix."""


@dataclass
class Batch:
    """What the requests of one batch work on."""

    book: Book
    idents: Idents
    title: str

    def tab(self, sheet_id: int | None, what: str = "grid") -> Tab:
        found = self.book.tab(sheet_id or 0)
        if found is None:
            raise RefusedError(f"No {what} with id: {sheet_id or 0}")
        return found

    def area(self, held: Json | None) -> tuple[Tab, Area]:
        held = held or {}
        tab = self.tab(held.get("sheetId"))
        area = range_area(held, tab)
        for name, count in (("row", tab.row_count), ("column", tab.column_count)):
            end = held.get(f"end{name.title()}Index") or 0
            if end > count:
                raise RefusedError(
                    f"GridRange.end_{name}_index[{end}] is after last {name} in grid[{count}]"
                )
        if area.top >= area.bottom or area.left >= area.right:
            raise RefusedError("GridRange is empty.")
        return tab, area


Handler = Callable[[Batch, Json], Json]


def handlers() -> dict[str, Handler]:
    from tests.google import (
        batch_cells,
        batch_dims,
        batch_objects,
        batch_paste,
        batch_tabs,
        metadata,
    )

    return {
        **batch_tabs.HANDLERS,
        **batch_cells.HANDLERS,
        **batch_paste.HANDLERS,
        **batch_dims.HANDLERS,
        **batch_objects.HANDLERS,
        **metadata.HANDLERS,
    }


def run(book: Book, title: str, requests: list[Json], idents: Idents) -> tuple[Batch, list[Json]]:
    """The changed copy and the replies; raises without having touched `book`."""
    if not requests:
        raise ApiError(400, "Must specify at least one request.", "badRequest")
    if len(requests) > MAX_REQUESTS:
        raise ApiError(400, f"Too many requests: {len(requests)}.", "badRequest")
    batch = Batch(book.clone(), idents, title)
    known = handlers()
    replies: list[Json] = []
    for index, request in enumerate(requests):
        kinds = [kind for kind, body in request.items() if body is not None]
        if len(kinds) != 1:
            raise ApiError(400, f"Invalid requests[{index}]: No request set.", "badRequest")
        kind = kinds[0]
        if kind not in known:
            raise ApiError(
                501, f"The stand-in does not know requests[{index}].{kind}.", "notImplemented"
            )
        try:
            reply = known[kind](batch, request[kind])
        except RefusedError as error:
            raise ApiError(
                400, f"Invalid requests[{index}].{kind}: {error}", "badRequest"
            ) from None
        replies.append({kind: reply} if reply or kind in _EMPTY_REPLIES else {})
    return batch, replies


def refuse_protected(before: Book, after: Book) -> None:
    """What a person protected against everyone but herself is not for the tool to change."""
    for tab in before.tabs:
        now = after.tab(tab.id)
        for held in tab.items("protectedRanges"):
            if held.get("requestingUserCanEdit", True) or held.get("warningOnly"):
                continue
            area = range_area(held.get("range") or {}, tab)
            if now is None or list(tab.used(area)) != list(now.used(area)):
                raise ApiError(
                    400,
                    "Invalid requests[0]: You are trying to edit a protected cell or object. "
                    "Please contact the spreadsheet owner to remove protection if you need to "
                    "edit.",
                    "badRequest",
                )


_EMPTY_REPLIES = {"deleteDimensionGroup", "deleteConditionalFormatRule", "findReplace"}


def fields_of(body: Json) -> Mask:
    text = body.get("fields") or ""
    if not text:
        raise RefusedError(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return parse_mask(text)


def apply_mask(target: Json, source: Json, mask: Mask) -> None:
    """Copy what the mask names from source to target; what source lacks is removed."""
    if "*" in mask:
        mask = dict.fromkeys(source)
    for name, inner in mask.items():
        value = source.get(name)
        if inner is None or not isinstance(value, dict):
            if value is None:
                target.pop(name, None)
            else:
                target[name] = copy.deepcopy(value)
            continue
        held = dict(target.get(name) or {})
        apply_mask(held, value, inner)
        target[name] = held


def without_defaults(held: Json) -> Json:
    """Proto defaults (false, 0, '', [] and null) are not printed."""
    return {k: v for k, v in held.items() if v not in (None, False, 0, "", []) or v is True}


def find(items: list[Json], key: str, value: Any, what: str) -> Json:
    for item in items:
        if item.get(key) == value:
            return item
    raise RefusedError(f"No {what} with id: {value}")
