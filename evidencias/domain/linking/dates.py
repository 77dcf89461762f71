"""Days, months and years that a name, a folder or a text mentions, in the usual Spanish forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from evidencias.domain.linking.language import months, repair
from evidencias.domain.text import fold

_MONTH: Final = "|".join(sorted(months(), key=len, reverse=True))
_ISO: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_./ ]?(0[1-9]|1[0-2])[-_./ ]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])([-_/.])(0?[1-9]|1[0-2])\2((?:20)?\d\d)(?!\d)"
)
_SPOKEN: Final = re.compile(
    rf"(?<!\d)(0?[1-9]|[12]\d|3[01])(?:ro|o|°|º)?[\s_.-]*(?:dias?)?[\s_.-]*(?:del mes)?"
    rf"[\s_.-]*(?:de|del)?[\s_.-]*({_MONTH})"
    r"(?![a-z])(?:[\s_.-]*(?:de|del)?[\s_.-]*(?:ano)?[\s_.-]*((?:19|20)\d\d)(?!\d))?"
)
_MONTH_DAY: Final = re.compile(
    rf"(?<![a-z])({_MONTH})[\s_.-]+(0?[1-9]|[12]\d|3[01])(?!\d)(?:,?[\s_.-]*((?:19|20)\d\d)(?!\d))?"
)
_ANY_MONTH: Final = re.compile(_MONTH)
# "contrato 131-2023", "decreto 2011": years that are part of a number say nothing of when.
_NUMBERED: Final = re.compile(
    r"(?<![a-z])(?:contratos?|ctos?|convenios?|cd|cps|decretos?|ley|acuerdos?|resolucion|ordenanza)"
    r"(?![a-z])[a-z\s_.#°º-]{0,24}"
    r"(?:\d{1,5}[\s_]*(?:-|_|/|del?|\s)[\s_]*(?:del?[\s_]+)?)?(?:19|20)\d\d(?!\d)"
    r"|(?<!acta )(?<!semana )(?<![\d-])(?:0\d\d|1[3-9]\d|[2-9]\d\d|1[0-2]\d)"
    r"[\s_]*(?:-|\bdel?\b)[\s_]*(?:19|20)\d\d(?!\d)"
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_INSIDE: Final = re.compile(r"(?:19|20)\d\d")
_DIGIT: Final = re.compile(r"\d")
_SEMESTER: Final = r"(?:s|sem|semestre)"
_HALF: Final = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)[\s_./-]*{_SEMESTER}?[\s_./-]*(i{{1,2}}|[12])(?![\d.a-z])"
)
_HALF_FIRST: Final = re.compile(
    rf"(?<![\da-z])(i{{1,2}}|[12]|primer|segundo)(?:er|do|°|º)?[\s_./-]*{_SEMESTER}[\s_./-]*(?:de(?:l)?[\s_]*)?((?:19|20)\d\d)(?!\d)"
)
_HALF_NAMED: Final = re.compile(
    r"(?<![a-z])sem(?:estre)?[\s_.-]*(i{1,2}|[12])[\s_.,-]*(?:del?[\s_]+)?((?:19|20)\d\d)(?!\d)"
)
_HALVES: Final = {"i": 1, "1": 1, "primer": 1, "ii": 2, "2": 2, "segundo": 2}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A day that a text mentions; `year_known` is False when the year was supplied."""

    day: date
    year_known: bool


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Where a day is read, its year where it has one, month and day.
_Read = tuple[int, int | None, int, int]


def _spoken(text: str) -> Iterator[_Read]:
    for found in _SPOKEN.finditer(text):
        said = int(found[3]) if found[3] else None
        yield found.start(), said, months()[found[2]], int(found[1])
    for found in _MONTH_DAY.finditer(text):
        said = int(found[3]) if found[3] else None
        yield found.start(), said, months()[found[1]], int(found[2])


def _written(text: str) -> Iterator[_Read]:
    for found in _ISO.finditer(text):
        yield found.start(), int(found[1]), int(found[2]), int(found[3])
    for found in _DAY_FIRST.finditer(text):
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        yield found.start(), year, int(found[3]), int(found[1])


@lru_cache(maxsize=10_000)
def _read(text: str) -> tuple[_Read, ...]:
    plain = fold(repair(text))
    if not _DIGIT.search(plain):
        return ()
    return (*_written(plain), *(_spoken(plain) if _ANY_MONTH.search(plain) else ()))


def days(text: str, year: int | None = None) -> tuple[Mentioned, ...]:
    """Days mentioned in a text, in order; `year` completes days without one (else left out)."""
    if not _read(text):
        return ()
    found = sorted(
        (at, day, said is not None)
        for at, said, month, number in _read(text)
        if (whole := said or year) and (day := _safe(whole, month, number))
    )
    return tuple(Mentioned(day, known) for _, day, known in found)


@lru_cache(maxsize=10_000)
def years(text: str) -> frozenset[int]:
    """Four-digit years mentioned in a text."""
    plain, read = fold(text), _read(text)
    dated = {year for _, year, month, day in read if year and _safe(year, month, day)}
    if not _YEAR_INSIDE.search(plain):
        return frozenset(dated)
    return frozenset(int(y) for y in _YEAR.findall(_NUMBERED.sub(" ", plain))).union(dated)


@lru_cache(maxsize=10_000)
def halves(text: str) -> frozenset[tuple[int, int]]:
    """Semesters mentioned ("2021-1", "II SEM 2021", "semestre 2 de 2021") as (year, half)."""
    plain = fold(text)
    if not _YEAR_INSIDE.search(plain):
        return frozenset()
    found = {(int(year), _HALVES[half]) for year, half in _HALF.findall(plain)}
    named = (*_HALF_FIRST.findall(plain), *_HALF_NAMED.findall(plain))
    return frozenset(found | {(int(year), _HALVES[half]) for half, year in named})
