"""Where the header of a plan stands: the rows whose titles name the columns of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidencias.domain.plan import words
from evidencias.domain.plan.cells import text
from evidencias.domain.plan.grid import Grid
from evidencias.domain.plan.words import Field
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
    """A column and the field it names: its title folded, and as written (upper rows first)."""

    column: int
    field: Field
    strength: int
    title: str
    shown: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: rows `top`..`bottom` (0-based) and every column it names."""

    top: int
    bottom: int
    candidates: tuple[Candidate, ...]

    def title(self, column: int) -> str:
        """The title of a column as written, "" for one without a known title."""
        return next((c.shown for c in self.candidates if c.column == column), "")

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
    return _with_subtitles(grid, best) if best else None


def _with_subtitles(grid: Grid, header: Header) -> Header:
    """The header with the rows below it that only say which year, half or measure."""
    bottom = header.bottom
    while bottom + 1 < len(grid.rows) and _only_qualifies(grid, header, bottom + 1):
        bottom += 1
    if bottom == header.bottom:
        return header
    return Header(header.top, bottom, tuple(_candidates(grid, header.top, bottom)))


def _only_qualifies(grid: Grid, header: Header, row: int) -> bool:
    """Whether a row names no activity and each of its cells is a year, a half or a title."""
    names = {c.column for c in header.candidates if c.field in {Field.NAME, Field.CODE}}
    shown = {j: text(cell) for j, cell in enumerate(grid.rows[row]) if text(cell)}
    return (
        len(shown) > 1
        and not names & set(shown)
        and all(_qualifier(normal(title)) for title in shown.values())
    )


def _qualifier(title: str) -> bool:
    patterns = (words.YEAR, words.QUARTER, words.PERCENT, words.IGNORED, *words.HALVES)
    named = title in {"si", "no"} or words.match(title)
    return bool(named) or any(pattern.search(title) for pattern in patterns)


def _looks_like_data(row: Sequence[object]) -> bool:
    return any(_is_datum(cell) for cell in row) or not any(text(cell) for cell in row)


def _is_datum(cell: object) -> bool:
    if isinstance(cell, str):
        shown = text(cell)
        return len(shown) > 150 or (
            bool(re.fullmatch(r"[.,/%-]*\d[\d.,/%-]*", shown)) and not _year(shown)
        )
    return cell is not None and not _year(text(cell))


def _year(shown: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", shown))


def _candidates(grid: Grid, top: int, bottom: int) -> Iterable[Candidate]:
    titles = grid.titles(top, bottom)
    for column, levels in enumerate(titles):
        named = _recognise([normal(level) for level in levels])
        if named:
            whole = " ".join(levels)
            yield Candidate(column, *named, normal(whole), whole)


def _recognise(levels: Sequence[str]) -> tuple[Field, int] | None:
    """The field of a column from its titles (upper row first): the lowest title that names one."""
    whole = " ".join(levels)
    if not levels or words.OTHER_MEASURE.search(whole) or len(whole) > 200:
        return None
    if len(levels) > 1 and levels[-1] in {"si", "no"}:
        return words.match(whole) if levels[-1] == "si" else None
    return words.match(levels[-1]) or (words.match(whole) if len(levels) > 1 else None)
