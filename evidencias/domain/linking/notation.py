"""How a plan's codes may be written: learnt from the codes themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from evidencias.domain.text import fold

Atom = str | int
_ATOM: Final = re.compile(r"([a-zñ]+|\d+)")


class Piece(NamedTuple):
    """An atom of a string with what stands before it."""

    atom: Atom
    width: int
    before: str


@dataclass(frozen=True, slots=True)
class Notation:
    """The ways in which a plan's codes may be written.

    `forms`: atoms (numbers without padding) → (activity, way). `numbers`: the numeric tuple of each
    activity. `last`: last number → activities. `depth`: how many numbers a code has.
    """

    forms: Mapping[tuple[Atom, ...], tuple[tuple[int, str], ...]]
    numbers: tuple[tuple[int, ...], ...]
    last: Mapping[int, tuple[int, ...]]
    depth: int
    longest: int = 1
    compact: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()
    starts: frozenset[Atom] = frozenset()


@lru_cache(maxsize=1000)
def split(text: str) -> tuple[Piece, ...]:
    """The letters and numbers of a string, with the separators before each."""
    parts = _ATOM.split(fold(text))
    found = zip(parts[::2], parts[1::2], strict=False)
    return tuple([Piece(int(x) if x.isdigit() else x, len(x), before) for before, x in found])


def _forms(atoms: tuple[Atom, ...]) -> Iterator[tuple[tuple[Atom, ...], str]]:
    """Every way a code may be shortened: all of it, some letters, only numbers, run together."""
    numbers = tuple(a for a in atoms if isinstance(a, int))
    lead = [a for a in atoms if isinstance(a, str)]
    yield atoms, "full" if lead else "numbers"
    if len(numbers) >= 2:
        yield numbers, "numbers"
    if len(numbers) == 1 and len(lead) >= 1 and atoms[-1] == numbers[-1]:
        for size in range(1, len(lead)):
            for kept in combinations(lead, size):
                yield (*kept, *numbers), "part"
        yield ("".join(str(a) for a in lead), *numbers), "full"
    if lead and len(numbers) >= 2 and max(numbers) < 10 and atoms == (*lead, *numbers):
        yield (*lead, int("".join(map(str, numbers)))), "part"


def _collect(
    codes: Sequence[str],
) -> tuple[dict[tuple[Atom, ...], dict[int, str]], list[tuple[int, ...]]]:
    forms: dict[tuple[Atom, ...], dict[int, str]] = defaultdict(dict)
    numbers: list[tuple[int, ...]] = []
    for index, code in enumerate(codes):
        atoms = tuple(p.atom for p in split(code))
        numbers.append(tuple(a for a in atoms if isinstance(a, int)))
        for form, way in _forms(atoms):
            if form:
                forms[form].setdefault(index, way)
    return forms, numbers


def notation(codes: Sequence[str]) -> Notation:
    """Learn from the codes of a plan how they may be written."""
    forms, numbers = _collect(codes)
    last: dict[int, list[int]] = defaultdict(list)
    compact: dict[str, list[int]] = defaultdict(list)
    for index, tail in enumerate(numbers):
        if tail:
            last[tail[-1]].append(index)
        if len(tail) >= 3 and max(tail) < 10:
            compact["".join(map(str, tail))].append(index)
    depth = max((len(n) for n in numbers), default=0)
    return Notation(
        {form: tuple(found.items()) for form, found in forms.items()},
        tuple(numbers),
        {n: tuple(found) for n, found in last.items()},
        depth,
        max((len(f) for f in forms), default=1),
        {digits: tuple(found) for digits, found in compact.items()},
        frozenset(a for form in forms for a in form if isinstance(a, str)),
        frozenset(form[0] for form in forms),
    )
