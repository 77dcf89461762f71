"""Cell values as Excel keeps them, and when two of them are the same."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from evidencias.domain.register import Value
from evidencias.domain.register.words import visible

MAX_TEXT = 32_767
"""Excel's limit for a cell, in UTF-16 units."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
_CARRIAGE_RETURN = re.compile(r"(?<!_x005F)_x000[Dd]_\n?")


def stored(value: Value) -> Value:
    """The value as it is written: texts visible, within Excel's limit, "_x0041_" kept literal."""
    if not isinstance(value, str):
        return value
    return _LOOKS_ESCAPED.sub("_x005F_", _cut(visible(value), MAX_TEXT - 200))


def read_value(value: object) -> Value:
    """The meaning of a cell that openpyxl read: escapes undone, midnight moments as days."""
    if isinstance(value, str):
        return _ESCAPE.sub("_", _CARRIAGE_RETURN.sub("\n", value))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if value is None or isinstance(value, (int, float, date)):
        return value
    return str(value)


def same(left: Value, right: Value) -> bool:
    """Whether a stored and a wanted value are the same cell."""
    return _comparable(left) == _comparable(right)


def _comparable(value: Value) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, (bool, date)):
        return value
    if isinstance(value, (int, float)):
        return round(float(value), 9)
    return _ESCAPE.sub("_", value)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit and len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    half = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return f"{half}…"
