"""What a file says of itself: draft, template, payment, personal, other time or programme."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from evidencias.domain.linking import dates
from evidencias.domain.linking.language import lists, repair
from evidencias.domain.linking.prepare import FileView, undigited
from evidencias.domain.model import Period
from evidencias.domain.text import fold

# "asistente 1, vecina, El Centro ____" is a row to sign on, not a form to fill in.
_SIGNED_ROW: Final = re.compile(r"(?m)^[^\n:,]*,[^\n:_]*[^\W_]\s*_{3,}\s*$")
_BLANKS: Final = re.compile(r"_{3,}|\.{6,}|\[[^\]]{0,30}\]|x{4,}", re.IGNORECASE)
_EMPTY_FIELD: Final = re.compile(r"(?m)^[^:\n|]{3,30}:\s*$")
_EARLIER: Final = re.compile(
    r"(?:semestre|vigencia|ano|periodo)[\s_]+(?:anterior|pasad[oa])"
    r"|(?<!circuito.)(?<!circuitos.)(?<!coliseo.)(?<!conjunto.)(?<!via.)(?<!vias.)(?<![a-z])cerrad[oa]s?$"
    r"|(?<!centro.)(?<!casco.)(?<!patrimonio.)(?<![a-z])historicos?$"
    r"|no[\s_]+tocar|^[\W_\d]*(?:(?:archivos?|carpetas?|cosas|documentos|fotos|lo|otros y|soportes"
    r"|versi[a-z]+)[\s_]+)?(?:antigu[oa]s?|viej[oa]s?)[\W_]*$"
)
NAMES: Final = (
    "draft",
    "template",
    "payment",
    "personal",
    "plan_paper",
    "system",
    "other_programme",
)
PLACES: Final = ("", "_folder", "_text")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    words = lists()["ajenos"][group].split()
    body = "|".join(re.escape(w).replace("_", r"[\s_.-]+(?:de[\s_.-]+)?") for w in words)
    return re.compile(rf"(?<![a-z])(?:{body})(?![a-z])")


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_pattern(group).pattern for group in lists()["ajenos"]))


def _named(plain: str) -> tuple[float, ...]:
    """For each of `NAMES` whether a folded text says so."""
    if not _any_pattern().search(plain):  # as most
        return (0.0,) * len(NAMES)
    return tuple(float(bool(_pattern(group).search(plain))) for group in lists()["ajenos"])


@lru_cache(maxsize=10_000)
def _of_name(plain: str) -> tuple[float, ...]:
    """What a name with 0 for each digit says."""
    return _named(fold(repair(plain)))


@lru_cache(maxsize=10_000)
def _earlier(plain: str) -> float:
    """Whether a text with 0 for each digit says that it is of before."""
    return float(bool(_EARLIER.search(fold(plain))))


def other_time(part: str, period: Period) -> float:
    """Whether a folder or name says that it is of another semester."""
    halves = dates.halves(part)
    if halves:
        return float(bool(period.half) and (period.year, period.half) not in halves)
    return _earlier(undigited(part))


def other_year(part: str, period: Period) -> float:
    """Whether a part names years and none is the period's or its cut-off's."""
    years = {y for y in dates.years(part) if abs(y - period.year) < 15}
    return float(bool(years) and not years & {period.year, period.cutoff.year})


def blank_form(text: str) -> float:
    """How much of a text is blanks to fill in: 0 none, 1 nothing else."""
    if not text.strip():
        return 0.0
    lines = max(1, len([x for x in text.splitlines() if x.strip()]))
    asked = _SIGNED_ROW.sub("", text)
    return min(1.0, (len(_BLANKS.findall(asked)) + len(_EMPTY_FIELD.findall(asked))) / lines)


def says(text: str) -> frozenset[str]:
    """The groups of signs that a text bears, such as the title of an activity."""
    plain = fold(repair(text))
    groups = zip(NAMES, lists()["ajenos"], strict=True)
    return frozenset(key for key, group in groups if _pattern(group).search(plain))


@lru_cache(maxsize=10_000)
def _of_folders(folders: tuple[str, ...], period: Period) -> tuple[tuple[float, ...], float, float]:
    return (
        _named(fold(repair(undigited("/".join(folders))))),
        max((other_time(p, period) for p in folders), default=0.0),
        max((other_year(p, period) for p in folders), default=0.0),
    )


@lru_cache(maxsize=1000)
def _of_text(head: str, period: Period) -> tuple[tuple[float, ...], float]:
    opening = head[:80]
    return _named(fold(head)), other_time(opening, period) if dates.halves(opening) else 0.0


# The signs by name, in the order in which `signs` gives them.
FIELDS: Final = (
    *(f"{name}{place}" for name in NAMES for place in PLACES),
    *("other_time", "other_time_text", "other_time_folder"),
    *("other_year", "other_year_folder", "blank_form"),
)


def signs(view: FileView, period: Period) -> tuple[float, ...]:
    """All signs of a file, 0 to 1, by place: in its name, its folders, its opening lines."""
    named = _of_name(view.name.plain)
    housed, folder_time, folder_year = _of_folders(view.folders, period)
    told, text_time = _of_text(view.text[:160], period)
    return (
        *chain.from_iterable(zip(named, housed, told, strict=True)),
        *(other_time(view.name.base, period), text_time, folder_time),
        *(other_year(view.name.base, period), folder_year, blank_form(view.text)),
    )
