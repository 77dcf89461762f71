"""Where the header of a plan stands and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencias.domain import plan_words as words
from evidencias.domain.model import Period
from evidencias.domain.plan_cells import UnreadableError, blank, quantity, span, text, yes
from evidencias.domain.plan_grid import Grid
from evidencias.domain.plan_words import Field
from evidencias.domain.text import fold

DEPTH = 3
LOOK_DOWN = 60
_NOISE = re.compile(r"[¿?¡!():;*°\[\]\"'«»“”_]|\.(?!\d)")
_SCORE = {Field.NAME: 3.0, Field.CODE: 2.0}
_ESSENTIAL = frozenset(
    {Field.CODE, Field.NUMBER, Field.TARGET, Field.ACHIEVED, Field.DEPARTMENT, Field.INDICATOR}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column whose title names `field`; `title` is folded, upper header rows first."""

    column: int
    field: Field
    strength: int
    title: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: rows `top`..`bottom` (0-based) and every column it names."""

    top: int
    bottom: int
    candidates: tuple[Candidate, ...]

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that some column names."""
        return frozenset(c.field for c in self.candidates)

    @property
    def sufficient(self) -> bool:
        """Whether this is a plan's header: what is done, and at least two facts about it."""
        return (
            Field.NAME in self.fields and len(self.fields) >= 3 and bool(self.fields & _ESSENTIAL)
        )

    @property
    def score(self) -> float:
        """How much it resembles a plan's header."""
        return sum(_SCORE.get(f, 1.0) for f in self.fields) - 0.5 * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns to read for each field, and what was taken for want of a better one."""

    at: Mapping[Field, tuple[int, ...]]
    doubts: tuple[tuple[int, str], ...] = ()
    axis_strength: int = 0

    def first(self, field: Field) -> int | None:
        """The (only) column of a field, or None."""
        columns = self.at.get(field)
        return columns[0] if columns else None


def normal(title: str) -> str:
    """A header title made comparable: folded, without punctuation that only adorns."""
    return " ".join(_NOISE.sub(" ", fold(title).replace("n°", "no ").replace("\n", " ")).split())


def find_header(grid: Grid) -> Header | None:
    """The best header among the first rows, or None where no cell names a column of a plan."""
    best: Header | None = None
    for bottom in range(min(len(grid.rows), LOOK_DOWN)):
        if _looks_like_data(grid.rows[bottom]):
            continue
        for top in range(bottom, max(-1, bottom - DEPTH), -1):
            found = Header(top, bottom, tuple(_candidates(grid, top, bottom)))
            if found.candidates and (best is None or found.score > best.score):
                best = found
    return best


def _looks_like_data(row: Sequence[object]) -> bool:
    return any(_is_datum(cell) for cell in row) or not any(text(cell) for cell in row)


def _is_datum(cell: object) -> bool:
    if isinstance(cell, str):
        shown = text(cell)
        return len(shown) > 150 or (bool(re.fullmatch(r"[\d.,/%-]+", shown)) and not _year(shown))
    return cell is not None and not _year(text(cell))


def _year(shown: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", shown))


def _candidates(grid: Grid, top: int, bottom: int) -> Iterable[Candidate]:
    titles = grid.titles(top, bottom)
    for column, levels in enumerate(titles):
        named = _recognise([normal(level) for level in levels])
        if named:
            yield Candidate(column, named[0], named[1], normal(" ".join(levels)))


def _recognise(levels: Sequence[str]) -> tuple[Field, int] | None:
    """The field of a column from its titles (upper row first): the lowest title that names one."""
    whole = " ".join(levels)
    if not levels or words.OTHER_MEASURE.search(whole) or len(whole) > 200:
        return None
    if len(levels) > 1 and levels[-1] in {"si", "no"}:
        return words.match(whole) if levels[-1] == "si" else None
    return words.match(levels[-1]) or (words.match(whole) if len(levels) > 1 else None)


def choose(header: Header, grid: Grid, period: Period) -> Columns:
    """One column per field: the strongest title, of this period, whose cells fit it."""
    chosen: dict[Field, tuple[int, ...]] = {}
    doubts: list[tuple[int, str]] = []
    axis_strength = 0
    for field in (*_TIMELESS, Field.TARGET, Field.ACHIEVED, Field.REPORTED):
        ranked = _ranked(field, header, grid, period, chosen)
        if not ranked:
            continue
        score, best = ranked[0]
        if score < _FLOOR:
            if field is Field.REPORTED:
                continue
            doubts.append((best.column, "es de otro período y no hay otra"))
        chosen[field] = _quarters(ranked, period) or (best.column,)
        if field is Field.AXIS:
            axis_strength = best.strength
    return Columns(chosen, tuple(doubts), axis_strength)


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
    Field.REPORTED: lambda cell, _: yes(cell),
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
