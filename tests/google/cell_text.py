"""Text into typed values (USER_ENTERED) and typed values into text (FORMATTED_VALUE)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from tests.google.grid import Json

EPOCH = dt.datetime(1899, 12, 30)
_DATE_TYPES = {"DATE", "TIME", "DATE_TIME"}
_COMMA_DECIMALS = {"es_CO", "es_ES", "es_AR", "es_CL", "pt_BR", "de_DE", "it_IT", "fr_FR", "nl_NL"}


@dataclass(frozen=True)
class Locale:
    """The separators and the order of a date."""

    decimal: str
    thousands: str
    day_first: bool
    date_pattern: str
    spanish: bool = False

    @property
    def truths(self) -> dict[str, bool]:
        """What is typed for a boolean; English is understood everywhere."""
        own = {"VERDADERO": True, "FALSO": False} if self.spanish else {}
        return {"TRUE": True, "FALSE": False, **own}

    @staticmethod
    def of(name: str) -> Locale:
        if name in _COMMA_DECIMALS:
            thousands = "\u202f" if name.startswith("fr") else "."
            return Locale(",", thousands, True, "d/M/yyyy", name.startswith("es"))
        day_first = name not in ("en_US", "")
        return Locale(".", ",", day_first, "d/M/yyyy" if day_first else "M/d/yyyy")


def serial(when: dt.datetime) -> float:
    delta = when - EPOCH
    return delta.days + delta.seconds / 86400


def plain(value: Any) -> Any:
    """A whole float is printed as an integer, as JSON from Google is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def enter(text: str, locale: Locale) -> tuple[Json | None, Json | None]:
    """What a typed text becomes: an ExtendedValue and, at times, a number format."""
    if text == "":
        return None, None
    if text.startswith("'"):
        return {"stringValue": text[1:]}, None
    if text.startswith("=") and len(text) > 1:
        return {"formulaValue": text}, None
    if text.upper() in locale.truths:
        return {"boolValue": locale.truths[text.upper()]}, None
    for reader in (_enter_number, _enter_when):
        found = reader(text.strip(), locale)
        if found is not None:
            return {"numberValue": plain(found[0])}, found[1]
    return {"stringValue": text}, None


def _enter_number(text: str, locale: Locale) -> tuple[float, Json | None] | None:
    d, t = re.escape(locale.decimal), re.escape(locale.thousands)
    pattern = (
        rf"([-+]?)(\$?)\s?((?:\d{{1,3}}(?:{t}\d{{3}})+|\d+)?(?:{d}\d*)?)(?:[eE]([-+]?\d+))?\s?(%?)"
    )
    found = re.fullmatch(pattern, text)
    if not found or not re.search(r"\d", found[3]):
        return None
    sign, money, digits, exponent, percent = found.groups()
    plain = digits.replace(locale.thousands, "").replace(locale.decimal, ".")
    value = float(f"{sign}{plain}e{exponent or 0}")
    decimals = "0.00" if locale.decimal in digits else "0"
    if percent:
        return value / 100, {"type": "PERCENT", "pattern": f"{decimals}%"}
    if money:
        return value, {"type": "CURRENCY", "pattern": f'"$"#,##{decimals}'}
    if locale.thousands in digits:
        return value, {"type": "NUMBER", "pattern": f"#,##{decimals}"}
    if exponent:
        return value, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return value, None


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?")
_SLASH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")


def _enter_when(text: str, locale: Locale) -> tuple[float, Json | None] | None:
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        pattern = "yyyy-mm-dd"
    elif found := _SLASH.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (first, second) if locale.day_first else (second, first)
        year += 2000 if year < 100 else 0
        pattern = locale.date_pattern.lower()
    elif found := _TIME.fullmatch(text):
        hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
        if hours > 23 or minutes > 59 or seconds > 59:
            return None
        value = (hours * 3600 + minutes * 60 + seconds) / 86400
        return value, {"type": "TIME", "pattern": "h:mm:ss" if found[3] else "h:mm"}
    else:
        return None
    clock = [int(part or 0) for part in found.groups()[3:]]
    timed = found[4] is not None
    try:
        when = dt.datetime(year, month, day, clock[0], clock[1], clock[2])
    except ValueError:
        return None
    if timed:
        return serial(when), {"type": "DATE_TIME", "pattern": f"{pattern} h:mm:ss"}
    return serial(when), {"type": "DATE", "pattern": pattern}


# --- out --------------------------------------------------------------------------


def is_date(number_format: Json | None) -> bool:
    return bool(number_format) and (number_format or {}).get("type") in _DATE_TYPES


def show(value: Any, number_format: Json | None, locale: Locale) -> str:
    """FORMATTED_VALUE of an effective value."""
    if isinstance(value, bool):
        return next(word for word, truth in reversed(locale.truths.items()) if truth is value)
    if isinstance(value, str) or value is None:
        return value or ""
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern", "")
    if kind in _DATE_TYPES:
        defaults = {"DATE": locale.date_pattern.lower(), "TIME": "h:mm:ss"}
        both = f"{locale.date_pattern.lower()} h:mm:ss"
        return _show_when(value, pattern or defaults.get(kind, both))
    if kind == "TEXT" or pattern == "@":
        return general(value, locale)
    if pattern or kind in ("NUMBER", "PERCENT", "CURRENCY"):
        stock = {"NUMBER": "#,##0.00", "PERCENT": "0.00%", "CURRENCY": '"$"#,##0.00'}
        return _show_number(value, pattern or stock.get(kind, "0.###############"), locale)
    return general(value, locale)


def general(value: float, locale: Locale) -> str:
    """A number without format: as few digits as say it, ten at most after rounding."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        if -7 < int(exponent) < 0:
            text = f"{value:.15f}".rstrip("0")
        else:
            text = f"{mantissa}E{int(exponent):+03d}"
    return text.replace(".", locale.decimal)


def _show_number(value: float, pattern: str, locale: Locale) -> str:
    pattern = pattern.split(";", maxsplit=1)[0]
    literal = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)')
    core = literal.sub("", pattern)
    if core.strip() in ("", "General"):
        return general(value, locale)
    if scientific := re.fullmatch(r"0(?:\.(0+))?E\+(0+)", core.strip()):
        mantissa, exponent = f"{value:.{len(scientific[1] or '')}E}".split("E")
        text = f"{mantissa}E{int(exponent):+0{len(scientific[2]) + 1}d}"
        return text.replace(".", locale.decimal)
    percent = "%" in core
    number = value * 100 if percent else value
    digits = re.search(r"[#0?][#0?,]*(?:\.([#0?]*))?", core)
    if not digits:
        return literal.sub(lambda m: m[1] or m[2] or m[3] or "", pattern)
    decimals = digits[1] or ""
    text = f"{abs(number):,.{len(decimals)}f}"
    if "," not in digits[0].split(".")[0]:
        text = text.replace(",", "")
    optional = len(decimals) - len(decimals.rstrip("#"))
    while optional and text.endswith("0") and "." in text:
        text, optional = text[:-1], optional - 1
    text = text.rstrip(".")
    swap = {",": locale.thousands, ".": locale.decimal}
    text = "".join(swap.get(c, c) for c in text)
    whole = literal.sub(lambda m: m[1] or m[2] or m[3] or "", pattern.replace(digits[0], "\0"))
    sign = "-" if number < 0 and text.strip("0.,") else ""
    return sign + whole.replace("\0", text)


def _show_when(value: float, pattern: str) -> str:
    when = EPOCH + dt.timedelta(seconds=round(value * 86400))
    minutes = re.compile(r"(?<=h:)mm|(?<=hh:)mm|m+(?=:s)", re.I)
    pattern = minutes.sub(lambda m: "\1" * len(m[0]), pattern)
    parts = {
        "yyyy": f"{when.year:04d}",
        "yy": f"{when.year % 100:02d}",
        "mm": f"{when.month:02d}",
        "m": str(when.month),
        "dd": f"{when.day:02d}",
        "d": str(when.day),
        "hh": f"{when.hour:02d}",
        "h": str(when.hour),
        "ss": f"{when.second:02d}",
        "s": str(when.second),
        "\1\1": f"{when.minute:02d}",
        "\1": str(when.minute),
    }
    token = re.compile(r'"([^"]*)"|yyyy|yy|mm|m|dd|d|hh|h|ss|s|\x01+', re.I)
    return token.sub(lambda m: m[1] if m[1] is not None else parts.get(m[0].lower(), m[0]), pattern)
