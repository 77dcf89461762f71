"""Which column of a plan holds what, for one period."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencias.domain.model import Period
from evidencias.domain.plan import words
from evidencias.domain.plan.cells import UnreadableError, blank, quantity, span, text, yes
from evidencias.domain.plan.grid import Grid
from evidencias.domain.plan.header import Candidate, Header, normal
from evidencias.domain.plan.words import Field


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns to read for each field, and what was taken for want of a better one."""

    at: Mapping[Field, tuple[int, ...]]
    doubts: tuple[tuple[int, str], ...] = ()
    axis_strength: int = 0
    months: Mapping[int, int] = field(default_factory=dict)
    """Column → month, of a calendar whose cells are marked in the months of work."""

    def first(self, field: Field) -> int | None:
        """The (only) column of a field, or None."""
        columns = self.at.get(field)
        return columns[0] if columns else None


def says_reported(cell: object, period: Period) -> bool:
    """Whether a cell says yes, or names the period's half ("2021-2", "II", "I y II")."""
    title = normal(text(cell)) if isinstance(cell, str) else ""
    halves = {n for n, pattern in enumerate(words.HALVES, 1) if pattern.search(title)}
    halves |= {len(mark) for mark in re.findall(r"(?<!\w)(i{1,2})(?!\w)", title)}
    if not halves or _other_year(title, period):
        return yes(cell) if not halves else False
    return period.half in halves if period.half else True


def choose(header: Header, grid: Grid, period: Period) -> Columns:
    """One column per field: the strongest title, of this period, whose cells fit it."""
    chosen: dict[Field, tuple[int, ...]] = {}
    doubts: list[tuple[int, str]] = []
    axis_strength = 0
    for name in (*_TIMELESS, Field.TARGET, Field.ACHIEVED, Field.REPORTED):
        ranked = _ranked(name, header, grid, period, chosen)
        if not ranked or not _usable(name, ranked[0][0]):
            continue
        score, best = ranked[0]
        if score < _FLOOR:
            doubts.append((best.column, "es de otro período y no hay otra"))
        if name is Field.AXIS:
            axis_strength = best.strength
        chosen[name] = _quarters(ranked, period) or (best.column,)
    return Columns(chosen, tuple(doubts), axis_strength, _months(header, period))


def _usable(name: Field, score: float) -> bool:
    """Dates that are none and yes or no of another semester are better left unread."""
    if name in _DATES:
        return score > 2
    return name is not Field.REPORTED or score >= _FLOOR


def _months(header: Header, period: Period) -> Mapping[int, int]:
    """The columns of a calendar by month; of two years in a row, those of the period's."""
    found = {
        c.column: words.MONTHS.index(c.title.split()[-1][:3]) + 1
        for c in header.candidates
        if c.field is Field.MONTH and not _other_year(c.title, period)
    }
    return found if len(found) >= 4 and len(set(found.values())) == len(found) else {}


_DATES = frozenset({Field.START, Field.END, Field.SPAN})
_TIMELESS = tuple(f for f in Field if f not in {Field.TARGET, Field.ACHIEVED, Field.REPORTED})
_FLOOR = -20.0


def _ranked(
    field: Field,
    header: Header,
    grid: Grid,
    period: Period,
    chosen: Mapping[Field, tuple[int, ...]],
) -> list[tuple[float, Candidate]]:
    """The columns of a field, best first; ties go to the leftmost."""
    scored = []
    for candidate in header.candidates:
        if candidate.field is field:
            score = candidate.strength + _fit(candidate, grid, header.bottom, period)
            if field in {Field.TARGET, Field.ACHIEVED, Field.REPORTED}:
                score += _timeliness(candidate, period)
            if field is Field.ACHIEVED:
                score += _pairing(candidate, header, chosen)
            scored.append((score, candidate))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].column))


def _timeliness(candidate: Candidate, period: Period) -> float:
    """How well a title's year, half and measure suit the period; below the floor if another's."""
    title = candidate.title
    score = -40.0 if _other_year(title, period) else 0.0
    if words.YEAR_RANGE.search(title):
        score -= 6
    elif str(period.year) in title:
        score += 2
    half = half_of(title)
    if half and period.half:
        score += 3 if half == period.half else -40
    if words.QUARTER.search(title):
        score -= 3
    if words.PERCENT.search(title):
        score -= 5
    if re.search(r"\b(vigencia|anual|ano|fisic[ao])\b", title):
        score += 1
    return score


def _other_year(title: str, period: Period) -> bool:
    years = {int(y) for y in words.YEAR.findall(title)}
    late = period.cutoff.year if re.search(r"\bene", title) else period.year
    inside = words.YEAR_RANGE.search(title)
    return bool(years) and not inside and not years & {period.year, late}


def half_of(title: str) -> int | None:
    """1 or 2 where a folded title names one half-year (or its cut-off), else None."""
    named = [n for n, pattern in enumerate(words.HALVES, 1) if pattern.search(title)]
    return named[0] if len(named) == 1 else None


def _pairing(
    candidate: Candidate, header: Header, chosen: Mapping[Field, tuple[int, ...]]
) -> float:
    """A yearly goal is measured by the accumulated progress, where the plan keeps both."""
    target = chosen.get(Field.TARGET)
    titles = [c.title for c in header.candidates if target and c.column == target[0]]
    yearly = bool(titles) and half_of(titles[0]) is None
    whole = re.search(r"\b(total|acumulad[oa]|vigencia|anual)\b", candidate.title)
    return 4.0 if yearly and whole else 0.0


def _quarters(ranked: Sequence[tuple[float, Candidate]], period: Period) -> tuple[int, ...]:
    """The two quarters of the half, where a quantity is kept only by quarters."""
    if not words.QUARTER.search(ranked[0][1].title) or not period.half:
        return ()
    wanted = {2 * period.half - 1, 2 * period.half}
    found = {
        quarter: candidate.column
        for _, candidate in reversed(ranked)
        if (quarter := _quarter(candidate.title)) in wanted
    }
    return tuple(found[q] for q in sorted(found))


def _quarter(title: str) -> int:
    found = words.QUARTER.search(title)
    if not found:
        return 0
    mark = next(group for group in found.groups() if group)
    return words.QUARTER_NUMBER.get(mark) or int(mark)


def _fit(candidate: Candidate, grid: Grid, bottom: int, period: Period) -> float:
    """Minus six where most cells of the column are not what its title promises."""
    cells = [c for c in grid.own_column(candidate.column, bottom + 1) if not blank(c)]
    if candidate.field in {Field.NAME, Field.CODE, Field.NUMBER}:
        return min(1.0, len(cells) / max(1, len(grid.rows) - bottom - 1)) - (0 if cells else 6)
    reader = _READERS.get(candidate.field)
    if reader is None:
        return 0.0 if cells else -1.0
    good = sum(_readable(reader, cell, period) for cell in cells)
    return 0.0 if 2 * good >= len(cells) else -6.0


_READERS: Mapping[Field, Callable[[object, Period], object]] = {
    Field.TARGET: lambda cell, _: quantity(cell),
    Field.ACHIEVED: lambda cell, _: quantity(cell),
    Field.WEIGHT: lambda cell, _: quantity(cell),
    Field.REPORTED: says_reported,
    Field.START: lambda cell, period: span(cell, period.year),
    Field.END: lambda cell, period: span(cell, period.year),
    Field.SPAN: lambda cell, period: span(cell, period.year),
}


def _readable(reader: Callable[[object, Period], object], cell: object, period: Period) -> bool:
    try:
        reader(cell, period)
    except UnreadableError:
        return False
    return True
