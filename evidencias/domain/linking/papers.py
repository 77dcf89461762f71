"""Which papers of an office a name or a heading speaks of, by the repertoire of `spanish.toml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.text import fold

HEADING: Final = 90  # characters of the first line that name a paper
OPENING: Final = 200  # characters in which a paper's set phrases stand
_WORD: Final = re.compile(r"[a-z]+")
_MANY: Final = 2  # set phrases of a class that make it sure


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    """Word, or two joined by "_" → the classes of papers it names."""
    found: dict[str, list[str]] = {}
    for name, words in language.lists()["papeles"].items():
        for word in words.split():
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@cache
def paper_stems() -> frozenset[str]:
    """Roots of all words of the repertoire."""
    return frozenset(language.stem(p) for word in _classes() for p in word.split("_"))


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """First word → the set phrases that begin with it, each with its class."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, phrases in language.lists()["encabeza"].items():
        for phrase in phrases.split(";"):
            first = _WORD.match(phrase)
            if first:
                found.setdefault(first[0], []).append((phrase, name))
    return {word: tuple(pairs) for word, pairs in found.items()}


def _named(plain: str) -> Iterator[tuple[int, str]]:
    """Where each class of papers is named, in order."""
    known = _classes()
    words = [(w.start(), w[0]) for w in _WORD.finditer(plain) if w[0] != "de"]
    for at, (start, word) in enumerate(words):
        pair = f"{word}_{words[at + 1][1]}" if at + 1 < len(words) else ""
        for name in (*known.get(pair, ()), *known.get(word, ())):
            yield start, name


@lru_cache(maxsize=10_000)
def papers(text: str) -> Mapping[str, float]:
    """How strongly a name speaks for each class: the earlier, the stronger; the first by itself.

    >>> sorted(papers("cuenta de cobro mayo"))
    ['cobro', 'primero_cobro']
    """
    plain = fold(language.repair(text))
    out: dict[str, float] = {}
    for start, name in _named(plain):
        if not out:
            out[f"primero_{name}"] = 1.0
        out.setdefault(name, 1.0 - 0.5 * start / max(20, len(plain)))
    return out


def heading(text: str) -> Mapping[str, float]:
    """The same of the first line of a text that holds anything."""
    return papers(text.lstrip().partition("\n")[0][:HEADING])


def opening(plain: str) -> dict[str, float]:
    """Whose set phrases stand at the beginning of a folded text."""
    head, known = plain[:OPENING], _phrases()
    found = {
        pair
        for word in _WORD.finditer(head)
        for pair in known.get(word[0], ())
        if head.startswith(pair[0], word.start())
    }
    counts = Counter(name for _, name in found)
    return {name: min(1.0, n / _MANY) for name, n in counts.items()}
