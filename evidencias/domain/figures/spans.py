"""Sentences and clauses with their place, so that each figure is quoted verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MAX_WORDS = 60
_STOP = re.compile(r"[.!?…]+[\"”»)]*\s+(?=[\"“«¿¡(]*[A-ZÁÉÍÓÚÑ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|arts|no|nos|n[úu]m|dr|dra|sr|sra|ing|lic|prof|cra|cl|av|km|aprox|etc|pág|págs|"
    r"vol|ed|res|dec|ext|tel)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?=(?:pero|aunque|mientras|sin embargo|pues)\b)")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph: paragraph[start:end] == text."""

    text: str
    start: int
    end: int


def sentences(paragraph: str) -> Iterator[Span]:
    """The sentences of a paragraph, in order, without the blanks around them."""
    start = 0
    for stop in _STOP.finditer(paragraph):
        if _ABBREVIATION.search(paragraph[start : stop.end()].rstrip()):
            continue
        yield _trimmed(paragraph, start, stop.end())
        start = stop.end()
    if paragraph[start:].strip():
        yield _trimmed(paragraph, start, len(paragraph))


def quote(sentence: Span, start: int, end: int) -> str:
    """The sentence, or when it is longer than sixty words the clauses around [start, end)."""
    if len(sentence.text.split()) <= MAX_WORDS:
        return sentence.text
    edges = [0, *(m.end() for m in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    first = max(e for e in edges if e <= start - sentence.start)
    last = min(e for e in edges if e >= end - sentence.start)
    first, last = _widened(sentence.text, edges, first, last)
    return _short(sentence.text[first:last].strip(" ,;:"), end, sentence)


def clause(sentence: Span, start: int, end: int) -> str:
    """The clause of the sentence that holds [start, end)."""
    edges = [0, *(m.end() for m in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    first = max(e for e in edges if e <= max(0, start - sentence.start))
    last = min(e for e in edges if e >= end - sentence.start)
    return sentence.text[first:last]


def _widened(text: str, edges: list[int], first: int, last: int) -> tuple[int, int]:
    """Clauses added before and after while all stays within sixty words."""
    grown = True
    while grown:
        grown = False
        before = max((e for e in edges if e < first), default=first)
        after = min((e for e in edges if e > last), default=last)
        for low, high in ((before, last), (first, after)):
            if (low, high) != (first, last) and len(text[low:high].split()) <= MAX_WORDS:
                first, last, grown = low, high, True
                break
    return first, last


def _short(text: str, end: int, sentence: Span) -> str:
    """At most sixty words around the number, for a clause that is longer than that itself."""
    if len(text.split()) <= MAX_WORDS:
        return text
    head = sentence.text[: end - sentence.start].split()[-MAX_WORDS // 2 :]
    tail = sentence.text[end - sentence.start :].split()[: MAX_WORDS // 2 - 1]
    return " ".join([*head, *tail])


def _trimmed(paragraph: str, start: int, end: int) -> Span:
    raw = paragraph[start:end]
    left = start + len(raw) - len(raw.lstrip())
    right = start + len(raw.rstrip())
    return Span(paragraph[left:right], left, right)


def clauses(sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence, in order, with the marks that end them."""
    edges = [0, *(m.end() for m in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    for first, last in pairwise(edges):
        if sentence.text[first:last].strip():
            yield Span(sentence.text[first:last], sentence.start + first, sentence.start + last)
