"""Likeness that words miss: runs of letters (typing errors, odd cuts) and numbers of titles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Rows, Shared, product, transposed
from evidencias.domain.linking.vocabulary import Plan
from evidencias.domain.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIZE: Final = 4
_WORD: Final = re.compile(r"[a-z]+")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_ORDINAL: Final = re.compile(
    r"(?<![\da-z])(?:t|trim(?:estre)? |fase |ronda |ciclo |etapa )?(i{1,3}|iv|\d)"
    r"(?:er|ero|era|ro|ra|do|da|to|ta|°|º)?(?:(?<=[a-z°º])|(?<=t\d)|(?<= \d)(?<!^\d))(?![\da-z])"
)
_NUMBER: Final = re.compile(r"(?<![\d.])\d{2,4}(?![\d.])")


@lru_cache(maxsize=50_000)
def grams(text: str) -> tuple[str, ...]:
    """The runs of four letters of a text's content words, with their borders."""
    skip = language.function_words() | language.blank_names()
    words = [p for p in language.pieces(text) if p not in skip and not p.isdigit() and len(p) > 1]
    padded = f" {' '.join(words)} " if words else ""
    return tuple(sorted({padded[i : i + SIZE] for i in range(len(padded) - SIZE + 1)}))


@lru_cache(maxsize=50_000)
def numbers(text: str) -> frozenset[str]:
    """What tells twins apart: numbers ("Ley 181 de 1995"), ordinals ("3er", "II", "T3"), months."""
    plain = fold(text.replace("_", " ").replace("-", " "))
    found = set(_NUMBER.findall(plain))
    found |= {f"#{_ROMAN.get(n, n)}" for n in _ORDINAL.findall(plain)}
    words = _WORD.findall(plain)
    found |= {f"#{language.ordinals()[w]}" for w in words if w in language.ordinals()}
    return frozenset(
        found | {f"mes {language.months()[w]}" for w in words if w in language.months()}
    )


@dataclass(frozen=True, slots=True)
class Titles:
    """The letters or numbers of the plan's titles: each item's number, rarity and activities."""

    width: int
    ids: Mapping[str, int]
    idf: Floats
    rows: Rows


def _unit(texts: Sequence[Sequence[str]], ids: Mapping[str, int], idf: Floats) -> Rows:
    """Known items with weights by which two equal texts multiply to 1; unknown ones count too."""
    lengths = np.array([len(x) for x in texts], np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    items = np.array([ids.get(i, -1) for x in texts for i in x], np.int64)
    known = items >= 0
    value = np.ones(len(items))
    value[known] = idf[items[known]]
    squares = np.bincount(owner, value**2, len(texts))
    squares[squares == 0] = 1.0
    start = np.concatenate(([0], np.cumsum(np.bincount(owner[known], minlength=len(texts)))))
    return Rows(start, items[known], (value / np.sqrt(squares)[owner])[known])


def _titles(texts: Sequence[Sequence[str]]) -> Titles:
    counts = Counter(i for text in texts for i in text)
    ids = {item: at for at, item in enumerate(counts)}
    top = math.log(len(texts) + 1)
    idf = np.array([math.log((len(texts) + 1) / counts[item]) / top for item in ids])
    return Titles(len(texts), ids, idf, transposed(_unit(texts, ids, idf), len(ids)))


def titles(plan: Plan) -> tuple[Titles, Titles]:
    """The letters and the numbers of a plan's titles."""
    names = [v.activity.name for v in plan.views]
    return _titles([grams(n) for n in names]), _titles([sorted(numbers(n)) for n in names])


def _cosine(texts: Iterable[str], items: Callable[[str], Sequence[str]], by: Titles) -> Shared:
    """How like each title a text is by its items; equal ones are read once."""
    found: dict[tuple[str, ...], int] = {}
    of = np.array([found.setdefault(tuple(items(t)), len(found)) for t in texts], np.int64)
    left = _unit(list(found), by.ids, by.idf)
    return Shared(product(left, by.rows, by.width, most=by.width), of)


def shape_grids(views: Sequence[FileView], known: tuple[Titles, Titles]) -> dict[str, Shared]:
    """Likeness by letters of name and of folder with name, and numbers shared with titles."""
    letters, said = known
    return {
        "name_letters": _cosine((v.name.base for v in views), grams, letters),
        "path_letters": _cosine(
            (f"{v.folders[-1] if v.folders else ''} {v.name.base}" for v in views), grams, letters
        ),
        "numbers": _cosine(
            (f"{'/'.join(v.folders)} {v.name.base}" for v in views),
            lambda t: sorted(numbers(t)),
            said,
        ),
    }
