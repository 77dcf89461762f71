"""Cells of a Google Sheet as values and back: typed always, parsed never."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from evidencias.domain.register import Cell, Value
from evidencias.domain.register.columns import CODE, FILE, FINGERPRINT, ID, LINK, PATH
from evidencias.domain.register.words import visible

Json = dict[str, Any]
_EPOCH = datetime(1899, 12, 30)
MAX_TEXT = 50_000
_CUT = 49_000
AS_TEXT = frozenset({ID, CODE, FILE, LINK, PATH, FINGERPRINT})
"""Columns formatted as text, so that a code typed by hand ("1.10", "007") stays what it is."""
_PATTERNS = {
    "date": {"type": "DATE", "pattern": "dd/mm/yyyy"},
    "moment": {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"},
    "percent": {"type": "PERCENT", "pattern": "0.0%"},
    "score": {"type": "NUMBER", "pattern": "0.00"},
    "text": {"type": "TEXT"},
}
# One mask for every cell that is written: what is not given is cleared.
WRITTEN = "userEnteredValue,userEnteredFormat.numberFormat,userEnteredFormat.textFormat.link"


def stored(value: Value) -> Value:
    """The value as the Sheet can hold it: texts visible and within Google's limit."""
    if not isinstance(value, str):
        return value
    text = visible(value)
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"


def extended(value: Value) -> Json | None:
    """The `ExtendedValue` of a value, None for a blank cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, date):
        return {"numberValue": serial(value)}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": value}


def serial(day: date) -> float:
    """Days since 30 December 1899, as Sheets counts them; an aware moment loses its zone."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    since = moment.replace(tzinfo=None) - _EPOCH
    return round(since.total_seconds() / 86400, 9)


def cell_data(cell: Cell, header: str, link: str) -> Json:
    """The `CellData` of one cell; `link` is its address in Google's terms, "" for none."""
    value = extended(stored(cell.value))
    if value is None:
        return {}
    made: Json = {"userEnteredValue": value}
    form: Json = {}
    if pattern := _pattern(cell, header):
        form["numberFormat"] = pattern
    if link:
        form["textFormat"] = {"link": {"uri": link}}
    return {**made, "userEnteredFormat": form} if form else made


def _pattern(cell: Cell, header: str) -> Mapping[str, str] | None:
    if isinstance(cell.value, datetime):
        return _PATTERNS["moment"]
    if isinstance(cell.value, date):
        return _PATTERNS["date"]
    if cell.style in _PATTERNS:
        return _PATTERNS[cell.style]
    return _PATTERNS["text"] if header in AS_TEXT and isinstance(cell.value, str) else None


# --- reading ----------------------------------------------------------------------------


def value_of(data: Mapping[str, Any]) -> Value:
    """What a cell shows: a formula's result, a serial date as a date, an error as its text."""
    held = data.get("effectiveValue") or {}
    if "stringValue" in held:
        return str(held["stringValue"])
    if "boolValue" in held:
        return bool(held["boolValue"])
    if "errorValue" in held:
        return f"#{held['errorValue'].get('type', 'ERROR')}"
    if "numberValue" in held:
        return _number(float(held["numberValue"]), _format_type(data))
    return None


def _format_type(data: Mapping[str, Any]) -> str:
    form = data.get("effectiveFormat") or {}
    return str((form.get("numberFormat") or {}).get("type", ""))


def _number(number: float, kind: str) -> Value:
    if kind in ("DATE", "DATE_TIME") and -600_000 < number < 2_900_000:
        moment = _EPOCH + timedelta(seconds=round(number * 86400))
        whole = kind == "DATE" and number == int(number)
        return moment.date() if whole else moment
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def link_of(data: Mapping[str, Any]) -> str:
    """Where a cell leads: its own link, a HYPERLINK's, or the one of a smart chip."""
    form = (data.get("userEnteredFormat") or {}).get("textFormat") or {}
    if uri := (form.get("link") or {}).get("uri"):
        return str(uri)
    if uri := data.get("hyperlink"):
        return str(uri)
    for run in data.get("chipRuns") or []:
        if uri := ((run.get("chip") or {}).get("richLinkProperties") or {}).get("uri"):
            return str(uri)
    return ""


def key_of(data: Mapping[str, Any]) -> tuple[str, object, str]:
    """A cell reduced to what the tool writes, so that two can be compared."""
    kind, value = "", None
    for kind, value in (data.get("userEnteredValue") or {}).items():
        if kind == "numberValue":
            value = round(float(value), 7)  # noqa: PLW2901 - the one key of the mapping
    if value in (None, ""):
        return "", None, ""
    return kind, value, same_address(link_of(data))


def same_address(uri: str) -> str:
    """An address as it is compared: Google may encode it otherwise than we wrote it."""
    _, mark, inner = uri.partition("#gid=")
    return f"#gid={inner}" if mark else unquote(uri).rstrip("/")
