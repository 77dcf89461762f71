"""What a file says of itself: draft, template, payment, personal, other time or programme."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from evidencias.domain.linking import dates
from evidencias.domain.linking.language import lists, repair
from evidencias.domain.linking.prepare import FileView, undigited
from evidencias.domain.model import Period
from evidencias.domain.text import fold

_BLANKS: Final = re.compile(r"_{3,}|\.{6,}|\[[^\]]{0,30}\]|x{4,}", re.IGNORECASE)
_EMPTY_FIELD: Final = re.compile(r"(?m)^[^:\n|]{3,30}:\s*$")
_EARLIER: Final = re.compile(
    r"(?:semestre|vigencia|ano|periodo) (?:anterior|pasad[oa])|cerrad[oa]|historic[oa]|no tocar"
    r"|antigu[oa]s?\b|\bviejo"
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


@lru_cache(maxsize=10_000)
def _named(plain: str) -> tuple[float, ...]:
    """For each of `NAMES` whether a folded text says so."""
    if not _any_pattern().search(plain):  # as most
        return (0.0,) * len(NAMES)
    return tuple(float(bool(_pattern(group).search(plain))) for group in lists()["ajenos"])


@lru_cache(maxsize=10_000)
def other_time(part: str, period: Period) -> float:
    """Whether a folder or name says that it is of another semester."""
    halves = dates.halves(part)
    if halves:
        return float(bool(period.half) and (period.year, period.half) not in halves)
    return 1.0 if _EARLIER.search(fold(part)) else 0.0


@lru_cache(maxsize=10_000)
def other_year(part: str, period: Period) -> float:
    """Whether a part names years and none is the period's or its cut-off's."""
    years = {y for y in dates.years(part) if abs(y - period.year) < 15}
    return float(bool(years) and not years & {period.year, period.cutoff.year})


def blank_form(text: str) -> float:
    """How much of a text is blanks to fill in: 0 none, 1 nothing else."""
    if not text.strip():
        return 0.0
    lines = max(1, len([x for x in text.splitlines() if x.strip()]))
    return min(1.0, (len(_BLANKS.findall(text)) + len(_EMPTY_FIELD.findall(text))) / lines)


@lru_cache(maxsize=10_000)
def _of_folders(folders: tuple[str, ...], period: Period) -> dict[str, float]:
    said = _named(fold(repair(undigited("/".join(folders)))))
    out = {f"{key}_folder": value for key, value in zip(NAMES, said, strict=True)}
    out["other_time_folder"] = max((other_time(p, period) for p in folders), default=0.0)
    out["other_year_folder"] = max((other_year(p, period) for p in folders), default=0.0)
    return out


@lru_cache(maxsize=1000)
def _of_text(head: str, period: Period) -> dict[str, float]:
    said = _named(fold(head))
    out = {f"{key}_text": value for key, value in zip(NAMES, said, strict=True)}
    opening = head[:80]
    out["other_time_text"] = other_time(opening, period) if dates.halves(opening) else 0.0
    return out


def signs(view: FileView, period: Period) -> dict[str, float]:
    """All signs of a file, 0 to 1, by place: in its name, its folders, its opening lines."""
    out = dict(zip(NAMES, _named(fold(repair(view.name.plain))), strict=True))
    out |= _of_folders(view.folders, period) | _of_text(view.text[:160], period)
    out["other_time"] = other_time(view.name.base, period)
    out["other_year"] = other_year(view.name.base, period)
    out["blank_form"] = blank_form(view.text)
    return out
