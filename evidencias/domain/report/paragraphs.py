"""Paragraphs made whole again: page furniture taken out, pieces split over pages rejoined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidencias.domain.model import Block
from evidencias.domain.report.titles import is_short, looks_like_title, section_kind
from evidencias.domain.text import fold, words

_PAGE_LINE = re.compile(r"\bp[aá]g(?:ina|\.)?\s*\d+\s*(?:de|/)?\s*\d*", re.IGNORECASE)
_LONE_NUMBER = re.compile(r"[-–|\s]*\d{1,3}[-–|\s]*")
_ENDS = (".", "!", "?", ":", ";", "…", "»", '"', "”", ")")
# Endings that are no words of their own: what a page break leaves of a word cut in two.
_TAILS = frozenset(
    words(
        "cion ciones sion siones xion miento mientos mente dad dades cial ciales bles bilidad "
        "dores doras zacion zaciones tivo tiva tivos tivas logia logias ndo rse nales turas "
        "mica mico micos micas ticos ticas rias tras stico stica"
    )
)
_JOINERS = frozenset(
    words(
        "a al ante con de del desde e el en entre hacia hasta la las lo los o para por que se sin "
        "sobre su sus u un una y"
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is the report's own; `resumed` when page furniture was taken out before it."""

    block: Block
    resumed: bool = False


def without_furniture(blocks: Sequence[Block]) -> list[Piece]:
    """The blocks without page headers, footers and page numbers that fall inside the text."""
    repeated = _repeated(blocks)
    pieces: list[Piece] = []
    resumed = False
    for place, block in enumerate(blocks):
        if _is_furniture(blocks, place, repeated):
            resumed = True
        elif block.text.strip() or any(c.strip() for c in block.cells):
            pieces.append(Piece(block, resumed))
            resumed = False
    return pieces


def continues(before: str, after: str) -> bool:
    """Whether `after` carries on the sentence in which `before` stops."""
    left, right = before.rstrip(), after.lstrip()
    return bool(left and right and not left.endswith(_ENDS) and right[0].islower())


def hangs(before: str) -> bool:
    """Whether a text stops at a word that cannot end a sentence, or inside a hyphenated word."""
    last = words(before[-40:])[-1:]
    return before.rstrip().endswith(",") or bool(last and last[0] in _JOINERS)


def join(before: str, after: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """The two pieces as one text; a word cut in two is mended, with the report's own words."""
    left, right = before.rstrip(), after.lstrip()
    if re.search(r"\w[-\u00ad\u2010]$", left) and right[:1].islower():
        return left[:-1] + right
    if _cut_word(left, right, vocabulary):
        return left + right
    return f"{left} {right}"


def _cut_word(left: str, right: str, vocabulary: frozenset[str]) -> bool:
    head, tail = re.search(r"[^\W\d_]+$", left), re.match(r"[^\W\d_]+", right)
    if not head or not tail:
        return False
    end, whole = fold(tail[0]), fold(head[0] + tail[0])
    if end in _JOINERS or not tail[0][0].islower():
        return False
    return end in _TAILS or (whole in vocabulary and end not in vocabulary)


def _repeated(blocks: Sequence[Block]) -> frozenset[str]:
    """Short lines that come back, and break a sentence or stand beside a page number once."""
    places: dict[str, list[int]] = {}
    for place, block in enumerate(blocks):
        if not block.cells and is_short(block.text) and not section_kind(block.text):
            places.setdefault(_mask(block.text), []).append(place)
    return frozenset(
        key for key, at in places.items()
        if len(at) > 1 and any(_interrupts(blocks, p) or _by_page_line(blocks, p) for p in at)
    )  # fmt: skip


def _is_furniture(blocks: Sequence[Block], place: int, repeated: frozenset[str]) -> bool:
    block = blocks[place]
    if block.style == "header":
        return True
    if block.cells or not is_short(block.text.replace("·", " ")):
        return False
    text = block.text.strip()
    if _PAGE_LINE.search(text) or _LONE_NUMBER.fullmatch(text) or _mask(text) in repeated:
        return True
    titled = block.style == "heading" or looks_like_title(text)
    return titled and not section_kind(text) and _interrupts(blocks, place)


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(words(text)))


def _interrupts(blocks: Sequence[Block], place: int) -> bool:
    """Whether the long texts on both sides of a short block are one sentence."""
    before = next((t for t in _texts(blocks[:place][::-1]) if not is_short(t)), "")
    after = next((t for t in _texts(blocks[place + 1 :]) if not _is_title(t)), "")
    return continues(before, after)


def _by_page_line(blocks: Sequence[Block], place: int) -> bool:
    beside = [b.text for b in blocks[max(0, place - 1) : place + 2]]
    return any(_PAGE_LINE.search(t) and is_short(t.replace("·", " ")) for t in beside)


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [max(b.cells, key=len, default="") if b.cells else b.text for b in blocks]


def _is_title(text: str) -> bool:
    return is_short(text) and (looks_like_title(text) or bool(_PAGE_LINE.search(text)))


def vocabulary(texts: Sequence[str]) -> frozenset[str]:
    """The folded words a report uses more than at its cuts, to recognise halves of words."""
    counts = Counter(word for text in texts for word in words(text))
    return frozenset(word for word in counts if len(word) > 2)
