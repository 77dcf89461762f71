"""How much of a document is read, and what a reader says when it cannot read on."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from evidencias.domain.model import Document

EXTRACTOR = "1"
"""Version of the extraction; raise it when the text of any format would come out otherwise."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets for one document: bytes on disk and unpacked, pages, characters, seconds.

    `tree` bounds, in bytes, a part that a library turns into a tree of some ten times its size;
    `memory`, in bytes, the helper process of `Isolated` (not on Windows).
    """

    size: int = 100_000_000
    unpacked: int = 300_000_000
    tree: int = 40_000_000
    pages: int = 300
    characters: int = 200_000
    seconds: float = 20.0
    memory: int = 2_000_000_000


class UnreadableError(Exception):
    """A document without usable text: `problem` in Spanish; `damaged` if it proves nothing."""

    def __init__(self, problem: str, damaged: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.damaged = damaged


class CutError(Exception):
    """A reader stops before the end; what it gave so far is kept, with this Spanish phrase."""


def gather(lines: Iterable[str], limits: Limits) -> Document:
    """The clean text of the lines up to the budget; says in `problem` where it was cut."""
    kept: list[str] = []
    room, deadline = limits.characters, time.monotonic() + limits.seconds
    problem = ""
    try:
        for line in lines:
            if time.monotonic() > deadline:
                raise CutError("es muy pesado: solo se leyó el comienzo")
            shown = clean(line[: room + 1])
            kept.append(shown[:room])
            room -= len(shown) + 1
            if room <= 0:
                most = f"{limits.characters:,}".replace(",", ".")
                raise CutError(f"solo se leyeron los primeros {most} caracteres")
    except CutError as cut:
        problem = str(cut)
    return Document(text="\n".join(line for line in kept if line), problem=problem)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


def clean(line: str) -> str:
    """NFC, without control characters or lone surrogates, runs of blanks made one."""
    whole = line.encode("utf-8", "replace").decode("utf-8")
    shown = _CONTROL.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", whole)))
    return "\n".join(_BLANKS.sub(" ", part).strip() for part in shown.split("\n"))
