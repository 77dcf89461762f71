"""Which activity and file the id of a row in `Revisión` stands for, although people changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidencias.domain.ids import link_id
from evidencias.domain.model import Activity, EvidenceFile
from evidencias.domain.register.pointers import spellings
from evidencias.domain.register.rows import ReviewRow, text_of
from evidencias.domain.register.shapes import Value


@dataclass(frozen=True, slots=True)
class Pair:
    """An activity code (or claim id) and an `archivo`, which need not exist any more."""

    activity: str
    file: str


class Pairs:
    """Resolves "V-…" ids back into pairs, trying what the row itself says first."""

    def __init__(
        self,
        files: Mapping[str, EvidenceFile],
        activities: Sequence[Activity],
        known: Iterable[tuple[str, Pair]] = (),
    ) -> None:
        self.files = files
        self.codes = tuple(activity.code for activity in activities)
        self.known = dict(known)

    def of(self, row: ReviewRow, files: Iterable[str]) -> Pair | None:
        """The pair of the row's id, where `files` are what its Enlace may mean."""
        codes = (text_of(row.code), *self.codes, *{pair.activity for pair in self.known.values()})
        near = (Pair(code, file) for file in files for code in codes)
        return (
            _first(near, row.id)
            or self.known.get(row.id)
            or _first((Pair(text_of(row.code), file) for file in self.files), row.id)
            or self._all.get(row.id)
        )

    @cached_property
    def _all(self) -> Mapping[str, Pair]:
        """Every pair there can be; slow on a large folder, so only when nothing else knew."""
        pairs = (Pair(code, file) for code in self.codes for file in self.files)
        return {link_id(pair.activity, pair.file): pair for pair in pairs}


def _first(pairs: Iterator[Pair], wanted: str) -> Pair | None:
    return next((pair for pair in pairs if link_id(pair.activity, pair.file) == wanted), None)


def may_mean(row: ReviewRow, found: str, folders_spellings: Iterable[str]) -> tuple[str, ...]:
    """The `archivo`s the row's Enlace may mean: the one found, then its other spellings."""
    texts = (found, *folders_spellings, *spellings(row.hyperlink))
    return tuple(dict.fromkeys(filter(None, texts)))


def codes_like(value: Value, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes a typed cell may mean: its text regardless of case, or its number if it is one.

    Excel turns a typed 1.10 into the number 1.1: then every code of that value is meant.
    """
    text = text_of(value)
    exact = tuple(code for code in codes if code == text)
    loose = exact or tuple(code for code in codes if code.casefold() == text.casefold())
    if loose and not isinstance(value, (int, float)):
        return loose
    if isinstance(value, (int, float)):
        return tuple(code for code in codes if _number(code) == float(value)) or loose
    return ()


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
