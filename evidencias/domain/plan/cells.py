"""What a person means by one cell of a plan: text, quantity, date or yes/no."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evidencias.domain.text import fold, nfc

_BLANK_WORDS = re.compile(
    r"n[./ ]*[ad][./ ]*|no aplica|sin (meta|datos?|informacion|programar|definir|avance|fecha)"
    r"|por definir|no (programad[ao]s?|definid[ao]s?|disponible)|pendiente|s[./] ?[id][./]*"
    r"|ningun[ao]?|[-–—_./*\s]+"
)
_YES = re.compile(r"(s|si|x+|✓|✔|✅|☑|☒|🗸|√|1|v|verdadero|true|yes|reportad[ao])")
_NO = re.compile(r"(|n|no|0|f|falso|false|no reportad[ao]|✗|✘|☐)")
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#¡VALOR!", "#¡DIV/0!", "#¡REF!", "#NAME?")


class UnreadableError(ValueError):
    """A cell holds something, but not what its column promises."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a person wrote it; 83 for "83 %" with `percent` set."""

    value: float
    percent: bool = False


def text(cell: object) -> str:
    """The cell as one line of NFC text without outer blanks; 1.0 reads "1", None reads ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Sí" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return " ".join(nfc(str(cell)).replace("\u200b", "").replace("\ufeff", "").split())


def blank(cell: object) -> bool:
    """Whether the cell says nothing: empty, a dash, "N/A", "por definir"."""
    return not text(cell) or bool(_BLANK_WORDS.fullmatch(fold(text(cell)))) or is_error(cell)


def is_error(cell: object) -> bool:
    """Whether the cell holds an error value of the spreadsheet."""
    return isinstance(cell, str) and cell.strip().upper() in _ERRORS


_GROUP = r"['\u00b4 \u00a0\u202f](?=\d{3}(?!\d))"  # other marks between thousands
_NUMBER = re.compile(rf"(?<![\w,.])[-+−]?\d+(?:(?:[.,]|{_GROUP})\d+)*(?!\w)|(?<![\w,.])[.,]\d+")
_FRACTION = re.compile(r"(\d+)\s*(?:/|de)\s*(\d+)")
_PERCENT = re.compile(r"%|\bpor ?ciento\b|\bporciento\b")
_WORD_NUMBERS = {
    word: value
    for value, words in enumerate(
        (
            ["cero"], ["un", "uno", "una"], ["dos"], ["tres"], ["cuatro"], ["cinco"], ["seis"],
            ["siete"], ["ocho"], ["nueve"], ["diez"], ["once"], ["doce"], ["trece"], ["catorce"],
            ["quince"], ["dieciseis"], ["diecisiete"], ["dieciocho"], ["diecinueve"], ["veinte"],
        )
    )
    for word in words
}  # fmt: skip


def quantity(cell: object) -> Quantity | None:
    """The number of a cell: decimal commas, thousands dots, %, fractions, "10 talleres".

    None where the cell is blank; raises UnreadableError where it holds anything but one number.
    """
    if isinstance(cell, bool | date):
        raise UnreadableError(text(cell))
    if isinstance(cell, int | float):
        return Quantity(float(cell)) if math.isfinite(cell) else None
    if blank(cell):
        return None
    written = fold(text(cell))
    percent = bool(_PERCENT.search(written))
    return Quantity(_only_number(written), percent)


def _only_number(written: str) -> float:
    fraction = _FRACTION.fullmatch(written)
    if fraction and float(fraction[2]):
        return float(fraction[1]) / float(fraction[2])
    found = {_plain(number) for number in _NUMBER.findall(written)}
    if len(found) > 1:  # "2 ferias en 2021"
        found = {number for number in found if not _is_year(number)} or found
    if not found:
        found = {float(_WORD_NUMBERS[w]) for w in written.split() if w in _WORD_NUMBERS}
    if len(found) != 1 or written.startswith("="):
        raise UnreadableError(written)
    return found.pop()


def _is_year(number: float) -> bool:
    return 2000 <= number <= 2050 and number.is_integer()


def _plain(number: str) -> float:
    """es-CO: "." groups thousands when three digits follow each, "," is the decimal mark."""
    digits = re.sub(_GROUP, ".", number).replace("−", "-")
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        if digits.count(digits[decimal]) > 1:
            raise UnreadableError(number)
        whole = re.sub(r"[.,]", "", digits[:decimal])
        return float(f"{whole}.{digits[decimal + 1 :]}")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(\.\d{3})+|[-+]?[1-9]\d{0,2}(,\d{3}){2,}", digits):
        return float(re.sub(r"[.,]", "", digits))
    if digits.count(",") + digits.count(".") > 1:
        raise UnreadableError(number)
    return float(digits.replace(",", "."))


def share(cell: object) -> tuple[float, float] | None:
    """ "3 de 4" or "3/4" as (3, 4), for an achievement written beside its own goal."""
    found = _FRACTION.fullmatch(fold(text(cell))) if isinstance(cell, str) else None
    return (float(found[1]), float(found[2])) if found else None


def yes(cell: object) -> bool:
    """Whether the cell says yes ("Sí", "x", "✓", "SI (parcial)") or no; else UnreadableError."""
    if isinstance(cell, int | float):
        return cell != 0
    if blank(cell):
        return False
    written = fold(text(cell)).strip(" .:;()[]")
    if _NO.fullmatch(written) or re.match(r"no\b", written):
        return False
    if _YES.fullmatch(written) or re.match(r"si\b(?!n)", written):
        return True
    raise UnreadableError(written)


_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_MONTH_NUMBER = {name[:3]: n for n, name in enumerate(_MONTHS.split(), 1)} | {"set": 9, "sbre": 9}
_MONTH = r"(ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*\.?"
_SEP = r"\s*(?:de |del |[-/. ])\s*"
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_DMY = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_D_MONTH = re.compile(rf"\b(\d{{1,2}}){_SEP}{_MONTH}(?:{_SEP}(\d{{4}}|\d{{2}}))?\b")
_MONTH_Y = re.compile(rf"\b{_MONTH}(?:{_SEP}(\d{{4}}|\d{{2}}))?(?![\w/])")
_M_Y = re.compile(r"\b(\d{1,2})[-/](\d{4})\b")
_PART = re.compile(
    r"\b(primer|segundo|tercer|cuarto|i{1,3}|iv|1|2|3|4)[a-z°º]*\s*(semestre|sem|trimestre|trim)\b"
    r"|\b(semestre|sem|trimestre|trim)\.?\s*(iv|i{1,3}|[1-4])\b"
)
_YEAR = re.compile(r"\b(20\d{2})\b")
_ORDINAL = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ALWAYS = re.compile(
    r"permanente|continu[ao]|vigencia|todo el ano|anual|segun|demanda|mensual|trimestral|semestral"
)
Span = tuple[date | None, date | None]


def span(cell: object, year: int) -> Span:
    """First and last day a cell names ("Febrero - junio", "2do semestre", 44562, a date).

    (None, None) where it is blank or says "permanente"; `year` completes a date without year.
    Raises UnreadableError.
    """
    if isinstance(cell, datetime):
        return (cell.date(), cell.date())
    if isinstance(cell, date):
        return (cell, cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    if blank(cell):
        return (None, None)
    written = fold(text(cell))
    days = list(_days(written, _last_year(written, year)))
    if days:
        return (min(first for first, _ in days), max(last for _, last in days))
    if _ALWAYS.search(written):
        return (None, None)
    raise UnreadableError(written)


def _serial(number: float) -> Span:
    """A year, or the day number by which a spreadsheet keeps a date (1 is 1 January 1900)."""
    if 1990 <= number <= 2100 and float(number).is_integer():
        return (date(int(number), 1, 1), date(int(number), 12, 31))
    if 30000 <= number <= 75000:
        day = date(1899, 12, 30) + timedelta(days=int(number))
        return (day, day)
    raise UnreadableError(str(number))


def _last_year(written: str, year: int) -> int:
    years = _YEAR.findall(written)
    return int(years[-1]) if years else year


def _days(written: str, year: int) -> Iterator[tuple[date, date]]:
    """Every day, month, semester or year named; the finer notation hides the coarser one."""
    rest = written
    for pattern, read in _NOTATIONS:
        for match in pattern.finditer(rest):
            yield read(match, year)
        rest = pattern.sub(" ", rest)
    if rest == written:
        for match in _YEAR.finditer(rest):
            yield (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))


def _full_year(digits: str | None, year: int) -> int:
    return year if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def _day(years: str | None, month: str, day: str, year: int) -> tuple[date, date]:
    y, m, d = _full_year(years, year), int(month), int(day)
    if m > 12 >= d:  # written in the American order
        m, d = d, m
    try:
        return (date(y, m, d), date(y, m, d))
    except ValueError as error:
        raise UnreadableError(f"{day}/{month}/{years or year}") from error


def _month(years: str | None, month: int, year: int) -> tuple[date, date]:
    y = _full_year(years, year)
    if not 1 <= month <= 12:
        raise UnreadableError(f"{month}/{y}")
    return (date(y, month, 1), date(y, month, monthrange(y, month)[1]))


def _part(match: re.Match[str], year: int) -> tuple[date, date]:
    ordinal, unit = match[1] or match[4], match[2] or match[3]
    number = _ORDINAL.get(ordinal) or int(ordinal)
    months = 6 if unit.startswith("sem") else 3
    if number * months > 12:
        raise UnreadableError(match[0])
    last = number * months
    return (date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]))


_NOTATIONS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[date, date]]], ...
] = (
    (_ISO, lambda m, year: _day(m[1], m[2], m[3], year)),
    (_DMY, lambda m, year: _day(m[3], m[2], m[1], year)),
    (_D_MONTH, lambda m, year: _day(m[3], str(_MONTH_NUMBER[m[2]]), m[1], year)),
    (_M_Y, lambda m, year: _month(m[2], int(m[1]), year)),
    (_MONTH_Y, lambda m, year: _month(m[2], _MONTH_NUMBER[m[1]], year)),
    (_PART, _part),
)
"""Ways of writing a day or span, the finest first."""
