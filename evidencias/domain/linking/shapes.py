"""Likeness that words miss: runs of letters (typing errors, odd cuts) and numbers of titles."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.numbered import distinct, numbered
from evidencias.domain.linking.prepare import FileView, undigited
from evidencias.domain.linking.products import Product
from evidencias.domain.linking.sparse import Rows, Shared, transposed
from evidencias.domain.linking.twins import numbers
from evidencias.domain.linking.vocabulary import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@lru_cache(maxsize=50_000)
def _content(text: str) -> str:
    """The content words of a text, each after a space."""
    skip = language.function_words() | language.blank_names()
    words = (p for p in language.pieces(text) if p not in skip and not p.isdigit() and len(p) > 1)
    return "".join(f" {word}" for word in words)


@dataclass(frozen=True, slots=True)
class Marks:
    """What texts are compared by, as numbers: whose each is and which, sorted, once a text."""

    size: int
    owner: Ints
    items: Ints


def _letters(contents: Sequence[str]) -> Marks:
    """The runs of four letters of some texts' content words, with their borders."""
    texts = [f"{content} " if content else "" for content in contents]
    raw = "".join(texts).replace("\ufffd", "\xff").encode("latin-1", "replace")
    letters = np.frombuffer(raw, np.uint8).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), np.array([len(t) for t in texts], np.int64))
    runs = letters[:-3] << 24 | letters[1:-2] << 16 | letters[2:-1] << 8 | letters[3:]
    inside = owner[:-3] == owner[3:]
    found = distinct(owner[:-3][inside] << 32 | runs[inside])
    return Marks(len(texts), found >> 32, found & 0xFFFFFFFF)


def _numbered(texts: Sequence[Iterable[str]]) -> Marks:
    """The numbers of some texts ("mes 12", "#3") by their letters."""
    owner = np.repeat(np.arange(len(texts)), np.array([len(list(t)) for t in texts], np.int64))
    items = [int.from_bytes(x.encode().ljust(7)[:7]) for t in texts for x in sorted(t)]
    return Marks(len(texts), owner, np.array(items, np.int64))


@dataclass(frozen=True, slots=True)
class Titles:
    """The letters or numbers of the plan's titles: each item, its rarity and its activities."""

    items: Ints
    idf: Floats
    rows: Rows
    width: int


def _unit(marks: Marks, items: Ints, idf: Floats) -> Rows:
    """Known items with weights by which two equal texts multiply to 1; unknown ones count too."""
    place = np.minimum(np.searchsorted(items, marks.items), len(items) - 1)
    known = items[place] == marks.items if len(items) else np.zeros(len(marks.items), bool)
    value = np.ones(len(marks.items))
    value[known] = idf[place[known]]
    squares = np.bincount(marks.owner, value**2, marks.size)
    squares[squares == 0] = 1.0
    owner = marks.owner[known]
    start = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=marks.size))))
    return Rows(start, place[known], value[known] / np.sqrt(squares)[owner])


def _titles(marks: Marks) -> Titles:
    items, counts = np.unique(marks.items, return_counts=True)
    top = math.log(marks.size + 1)
    idf = np.array([math.log((marks.size + 1) / n) / top for n in counts.tolist()])
    rows = transposed(_unit(marks, items, idf), len(items))
    return Titles(items, idf, rows, marks.size)


def titles(plan: Plan) -> tuple[Titles, Titles]:
    """The letters and the numbers of a plan's titles."""
    names = [v.activity.name for v in plan.views]
    letters = _letters([_content(undigited(n)) for n in names])
    return _titles(letters), _titles(_numbered([numbers(n) for n in names]))


def _cosine(marks: Marks, of: Ints, by: Titles) -> Shared:
    """How like each title a text is by its items."""
    left = _unit(marks, by.items, by.idf)
    return Shared(Product(left, by.rows, by.width, most=by.width), of)


def shape_grids(
    views: Sequence[FileView], known: tuple[Titles, Titles], wanted: Collection[str] | None = None
) -> dict[str, Shared]:
    """Likeness by letters of name and of folder with name, and numbers shared with titles."""
    letters, said = known
    names = [_content(v.name.plain) for v in views]
    above = [_content(undigited(v.folders[-1])) if v.folders else "" for v in views]
    paths = [folder + name for folder, name in zip(above, names, strict=True)]
    told = numbered(v.numbers for v in views)
    out = {"numbers": _cosine(_numbered(list(told.found)), told.of, said)}
    for name, texts in (("name_letters", names), ("path_letters", paths)):
        if wanted is None or name in wanted:
            mine = numbered(texts)
            out[name] = _cosine(_letters(list(mine.found)), mine.of, letters)
    return out
