"""Activity codes as people write them: read with the plan's own notation, in names and folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from evidencias.domain.linking.language import lists
from evidencias.domain.linking.notation import Notation, Piece, split

_TIGHT: Final = re.compile(r"^[._-]$")
_TIGHT_DOT: Final = re.compile(r"^[._]$")
_GLUE: Final = re.compile(r"^[\s._\-–/()#°º,:]{0,3}$")
_DOT: Final = re.compile(r"^\s*[.·]\s*$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A code read in a string: the activity, the way it was written and how sure the way is."""

    activity: int
    way: str
    share: float


@cache
def _listed(name: str) -> frozenset[str]:
    """Words about codes, from the general lists."""
    return frozenset(lists()["codigos"][name].split())


@cache
def _labels() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return _listed("actividad"), _listed("nivel"), _listed("trampa")


def _joined(pieces: Sequence[Piece]) -> bool:
    return all(_GLUE.match(piece.before) for piece in pieces[1:])


def _run_is_whole(pieces: Sequence[Piece], start: int, stop: int) -> bool:
    """A bare run of numbers is a code only when no further number is glued to it, nor a unit."""
    before, after = (
        pieces[start - 1] if start else None,
        pieces[stop] if stop < len(pieces) else None,
    )
    if any(p.width > 3 for p in pieces[start:stop]):
        return False
    if before and isinstance(before.atom, int) and _GLUE.match(pieces[start].before):
        return False
    if before and isinstance(before.atom, str) and before.atom in _labels()[2]:
        return False
    if after is None:
        return True
    if isinstance(after.atom, int) and len(after.before) <= 1 and after.width < 3:
        return False
    return not (
        isinstance(after.atom, str) and after.atom in _listed("unidad") and len(after.before) <= 1
    )


def _is_hour(pieces: Sequence[Piece], start: int) -> bool:
    """ "10 AM 5": the letters belong to the number before them."""
    if not start or not isinstance(pieces[start - 1].atom, int):
        return False
    return pieces[start].atom in _listed("unidad") and len(pieces[start].before) <= 1


def _is_announced(pieces: Sequence[Piece], start: int, stop: int) -> bool:
    """ "E4-9", "eje 4.9", "act. 5_3": a label of activities or levels stands right before.

    "Eje 1, 2 y 3", "Evidencia 2 (3)", "Act. 1-2 de 2024" are lists, copies and times.
    """
    if not start or len(pieces[start].before) > 2 or not _GLUE.match(pieces[start].before):
        return False
    label = pieces[start - 1].atom
    if start > 1 and pieces[start - 2].atom in _labels()[2]:
        return False
    if stop < len(pieces):
        after = pieces[stop]
        if after.atom in _listed("sigue") or (
            isinstance(after.atom, int) and len(after.before) < 2
        ):
            return False
    between = [piece.before for piece in pieces[start + 1 : stop]]
    if label in _labels()[1] - _listed("articulo"):
        return all(_TIGHT.match(x) for x in between)
    return label in _listed("entera") and all(_TIGHT_DOT.match(x) for x in between)


def _way(pieces: Sequence[Piece], start: int, stop: int, way: str) -> str | None:
    """How sure a match is, seen from where it stands; None when it is no code at all."""
    if way != "numbers":
        return None if _is_hour(pieces, start) else way
    if not _run_is_whole(pieces, start, stop):
        return None
    dotted = all(_DOT.match(p.before) for p in pieces[start + 1 : stop])
    if _is_announced(pieces, start, stop):
        return "numbers"
    if start == 0:
        return "numbers" if dotted or stop - start > 2 else "dashed"
    return "inside" if dotted else None


def _written(pieces: Sequence[Piece], plan: Notation) -> Iterator[Hit]:
    start = 0
    while start < len(pieces):
        step = 1
        if pieces[start].atom not in plan.starts:
            start += 1
            continue
        for size in range(min(plan.longest, len(pieces) - start), 1, -1):
            window = pieces[start : start + size]
            found = plan.forms.get(tuple(p.atom for p in window))
            if not found or not _joined(window):
                continue
            ways = [(a, _way(pieces, start, start + size, w)) for a, w in found]
            if any(w for _, w in ways):
                yield from (Hit(a, w, 1 / len(ways)) for a, w in ways if w)
                step = size
                break
        start += step


def read(text: str, plan: Notation) -> tuple[Hit, ...]:
    """Codes written out in a string, in any notation the plan's codes allow."""
    pieces = split(text)
    hits = list(_written(pieces, plan))
    if not hits and pieces and isinstance(pieces[0].atom, int):
        digits = str(pieces[0].atom)
        found = plan.compact.get(digits, ()) if pieces[0].width == len(digits) else ()
        hits = [Hit(a, "compact", 1 / len(found)) for a in found]
    return tuple(hits)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of one path part that may complete a code: of an activity, of a level, leading.

    `ambiguous`: the activity's number may be a level's ("E2"), and stands among `levels` too.
    """

    activity: int | None = None
    levels: tuple[int, ...] = ()
    lead: int | None = None
    run: tuple[int, ...] = ()
    ambiguous: bool = False


def _labelled(pieces: Sequence[Piece], labels: frozenset[str]) -> list[int]:
    found = []
    for at, piece in enumerate(pieces[:-1]):
        if piece.atom not in labels or (at and pieces[at - 1].atom in _labels()[2]):
            continue
        step = (
            2 if pieces[at + 1].atom in {"no", "n", "num", "numero"} and at + 2 < len(pieces) else 1
        )
        number = pieces[at + step]
        if isinstance(number.atom, int) and number.width <= 3 and _GLUE.match(number.before):
            found.append(number.atom)
    return found


def _lead(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """The numbers a string begins with ("2.10 listado" → 2, 10), none when they are a date."""
    run: list[int] = []
    for piece in pieces:
        if not isinstance(piece.atom, int) or piece.width > 3 or (run and len(piece.before) > 1):
            break
        run.append(piece.atom)
    if len(run) < len(pieces):
        after = pieces[len(run)]
        if isinstance(after.atom, int) or (
            after.atom in _listed("unidad") and len(after.before) < 2
        ):
            return ()
    return tuple(run)


@lru_cache(maxsize=10_000)
def numbers_of(text: str) -> Numbers:
    """The loose numbers of a path part, for codes that are split over folders and name."""
    pieces = split(text)
    activity, level, _ = _labels()
    if not any(piece.atom in activity or piece.atom in level for piece in pieces):
        run = _lead(pieces)
        return Numbers(None, (), run[0] if len(run) == 1 else None, run)
    acts = _labelled(pieces, activity - level)
    both, levels = _labelled(pieces, activity & level), _labelled(pieces, level)
    run = _lead(pieces)
    act = acts[0] if acts else (both[-1] if both else None)
    return Numbers(act, tuple(levels), run[0] if len(run) == 1 else None, run, not acts)


def _whole(levels: Iterable[int], number: int, plan: Notation) -> Iterator[int]:
    above = tuple(levels)
    for activity in plan.last.get(number, ()):
        wanted = plan.numbers[activity][:-1]
        if wanted and above[-len(wanted) :] == wanted:
            yield activity


def _spread(found: Sequence[int], way: str) -> list[Hit]:
    return [Hit(a, way, 1 / len(found)) for a in found]


def completed(parts: Sequence[str], plan: Notation) -> tuple[Hit, ...]:
    """Codes whose numbers are spread over the folders and the name (last of `parts`)."""
    read_parts = [numbers_of(part) for part in parts]
    above: tuple[int, ...] = ()
    for part in read_parts[:-1]:
        above += part.levels or part.run
    name = read_parts[-1]
    number = name.activity if name.activity is not None else name.lead
    if number is None:
        return ()
    way = "split" if name.activity is not None else "splitlead"
    # In one name a number is not both the level's and the activity's.
    own = name.levels[:-1] if name.ambiguous else name.levels
    found = list(_whole((*above, *own), number, plan))
    if found:
        return tuple(_spread(found, way))
    loose = plan.last.get(number, ())
    return tuple(_spread(loose, "label" if name.activity is not None else "lead"))
