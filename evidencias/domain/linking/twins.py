"""What tells twins apart: the numbers, ordinals and months of a title or a path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.text import fold

_WORD: Final = re.compile(r"[a-z]+")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_ORDINAL: Final = re.compile(
    r"(?<![\da-z])(?:t|trim(?:estre)? |fase |ronda |ciclo |etapa )?(i{1,3}|iv|\d)"
    r"(?:er|ero|era|ro|ra|do|da|to|ta|°|º)?(?:(?<=[a-z°º])|(?<=t\d)|(?<= \d)(?<!^\d))(?![\da-z])"
)
_NUMBER: Final = re.compile(r"(?<!\d)(?<!\d\.)\d{2,4}(?!\d|\.\d)")


@lru_cache(maxsize=10_000)
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


def of_path(folders: Sequence[str], name: str) -> frozenset[str]:
    """The numbers of folders and name; the space tells that a number does not open the path."""
    above, own = numbers("/".join(folders)), numbers(f" {name}")
    return _shared(above | own) if own else above


@lru_cache(maxsize=10_000)
def _shared(found: frozenset[str]) -> frozenset[str]:
    """One object for the equal numbers of many paths."""
    return found
