"""Sentences of a paragraph, their words and marks, as spans of the report's own text."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_WORDS = 60
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[;:,.()«»“”\"—–-]")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.?!…]+[»”\")]*\s+(?=[\"«“(¿¡]*[A-ZÁÉÍÓÚÑ\d])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nro|Núm|Art|Dr|Dra|Sr|Sra|Ing|Lic|Prof|Cra|Cl|Av|pág|págs|etc|aprox|ej|Res|Dec)"
    r"|\b[A-ZÁÉÍÓÚÑ])\.\s*$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its span in the paragraph; `low` is its lower-case form.

    `named` when it is written as a name is: with a capital, inside a sentence ("de Chocó").
    """

    low: str
    start: int
    end: int
    named: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.low[0].isalnum()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of one paragraph."""

    start: int
    end: int


def count_words(text: str) -> int:
    """Words of a text, a number with its separators counting as one."""
    return len(_WORD.findall(text))


def end_of_words(text: str, limit: int) -> int:
    """Where the text's word number `limit` ends, or the text's end when it has fewer."""
    ends = [found.end() for found in _WORD.finditer(text)]
    return len(text) if len(ends) <= limit else ends[limit - 1]


def sentences(paragraph: str) -> list[Span]:
    """The sentences of a paragraph, without the blanks around them."""
    spans: list[Span] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if _ABBREVIATION.search(paragraph[start : end.start() + 1]):
            continue
        spans.append(Span(start, end.end()))
        start = end.end()
    spans.append(Span(start, len(paragraph)))
    return [s for s in (trim(paragraph, s) for s in spans) if s.end > s.start]


def trim(text: str, span: Span) -> Span:
    """The span without the blanks and marks around it."""
    piece = text[span.start : span.end]
    lead = len(piece) - len(piece.lstrip(" \t\n,;:·•*-–—"))
    tail = len(piece) - len(piece.rstrip(" \t\n,;:"))
    return Span(min(span.start + lead, span.end), max(span.start + lead, span.end - tail))


def tokens(text: str, span: Span) -> list[Token]:
    """The words, numbers and marks of a span."""
    return [
        Token(found[0].lower(), found.start(), found.end(), _is_name(text, span, found))
        for found in _TOKEN.finditer(text, span.start, span.end)
    ]


def _is_name(text: str, span: Span, found: re.Match[str]) -> bool:
    before = text[span.start : found.start()].rstrip()
    return found[0].istitle() and bool(before) and before[-1].isalnum()
