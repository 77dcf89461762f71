"""How a text is told: who speaks, to whom, of when, and with what figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.text import fold

READ: Final = 1500  # characters read
_SHORT: Final = 4  # letters below which an ending tells nothing
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAPITALS: Final = 3
_FIGURE: Final = re.compile(r"[\d$][\d.:/-]*(?: ?(?:de [a-z]+|[apAP]\.? ?[mM]\b))?")
_OF_FIGURES: Final = re.compile(
    r"(?P<hora>\d\d?(?::\d\d)? ?[apAP]|\d\d?:\d\d\b)"
    r"|(?P<fecha>\d\d? de [a-z]|\d\d?[/-]\d\d?[/-]\d\d)"
    r"|(?P<plata>\$|\d{1,3}(?:\.\d{3})+\b)|(?P<telefono>3\d{9}\b)"
)
_MARKS: Final = {"coma": ",", "dos_puntos": ":", "exclama": "!", "pregunta": "?", "barra": "|",
                 "tanto": "%", "arroba": "@", "almohadilla": "#"}  # fmt: skip
_STOPS: Final = (". ", ".\n")
_FULL: Final = {"lineas": 10, "largo_linea": 200, "palabras": 100}  # from here nothing more is told


@cache
def _by_word() -> dict[str, str]:
    lists = language.lists()["maneras"]["palabras"]
    return {word: name for name, words in lists.items() for word in words.split()}


@cache
def _by_ending() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lists = language.lists()["maneras"]["terminaciones"]
    return tuple((name, tuple(words.split())) for name, words in lists.items())


@lru_cache(maxsize=100_000)
def _manners(word: str) -> tuple[str, ...]:
    """The manners that a word with its accents speaks for."""
    small = word.lower()
    out = [name for name, ends in _by_ending() if len(word) >= _SHORT and small.endswith(ends)]
    if len(word) >= _CAPITALS and word.isupper():
        out.append("mayusculas")
    listed = _by_word().get(fold(small))
    return (*out, listed) if listed else tuple(out)


@lru_cache(maxsize=10_000)
def _figure(figure: str) -> str:
    """What a figure is: an hour, a date, money, a telephone or only a number."""
    found = _OF_FIGURES.match(figure)
    return (found.lastgroup if found else None) or "numero"


def _seen(text: str, words: list[str]) -> Iterator[str]:
    """Each sign of a manner, as often as it stands in a text."""
    before = False
    for word in words:
        yield from _manners(word)
        proper = word.istitle() and len(word) > 1
        if proper and before:
            yield "nombre"
        before = proper
    yield from map(_figure, _FIGURE.findall(text))


@lru_cache(maxsize=10_000)
def manner(text: str) -> dict[str, float]:
    """Whether each sign is there at all and how thick it stands, by name."""
    text = language.repair(text[:READ])
    words = _WORD.findall(text)
    if not words:
        return {}
    counts = Counter(_seen(text, words))
    counts.update({name: text.count(mark) for name, mark in _MARKS.items()})
    counts["punto"] = sum(map(text.count, _STOPS)) + text.endswith(".")
    out: dict[str, float] = {}
    for name, n in counts.items():
        if n:
            out[f"hay_{name}"] = 1.0
            out[f"tanto_{name}"] = min(1.0, 10 * n / len(words))
    lines = sum(bool(x.strip()) for x in text.splitlines())
    sizes = {"lineas": lines, "largo_linea": len(text) / lines, "palabras": len(words)}
    out |= {name: min(1.0, size / _FULL[name]) for name, size in sizes.items()}
    return out | {"una_linea": float(lines == 1)}
