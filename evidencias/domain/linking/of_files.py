"""What holds for a file whatever the activity, and whether that is what an activity asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import events, kinds, signs
from evidencias.domain.linking.numbered import numbered
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.vocabulary import Plan
from evidencias.domain.model import EvidenceKind, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OfFiles:
    """What holds for a file whatever the activity: the distinct rows of values, and whose each is.

    `kinds` and `days` (as ordinals, NaN where unknown) are those that activities may ask for.
    """

    names: tuple[str, ...]
    values: Floats
    of: Ints
    kinds: tuple[frozenset[EvidenceKind], ...]
    days: Floats

    def columns(self, row: Ints) -> dict[str, Floats]:
        """A column a name, for the files of some pairs."""
        mine = self.of[row]
        return {name: self.values[mine, at] for at, name in enumerate(self.names)}


NAMES: Final = (
    *(f"sign_{name}" for name in signs.FIELDS),
    *("has_text", "image", "mute_name", "outside"),
)


def signals(view: FileView, day: date | None, period: Period) -> tuple[float, ...]:
    """The signs, type and time of a file, given its day, in the order of `NAMES`."""
    return (*signs.signs(view, period), *_type(view), events.outside(day, period))


def of_files(
    views: Sequence[FileView], days: Sequence[date | None], rows: Iterable[tuple[float, ...]]
) -> OfFiles:
    """What holds for every file, given its day and its `signals`."""
    distinct = numbered(rows)
    return OfFiles(
        NAMES, np.array(list(distinct.found)), distinct.of, tuple(kinds.rough(v) for v in views),
        _ordinals(days),
    )  # fmt: skip


def _type(view: FileView) -> tuple[float, ...]:
    """Whether a file has a text, is a picture, and has a name that says nothing."""
    image = kinds.extension_class(view.name.extension) in ("foto", "video")
    return float(bool(view.lines)), float(image), float(not view.roots)


def _ordinals(days: Iterable[date | None]) -> Floats:
    return np.array([float(d.toordinal()) if d else np.nan for d in days])


@dataclass(frozen=True, slots=True)
class Asked:
    """What each activity asks of a file: kinds, by number, and a span of days.

    `bears` has 1 for each activity whose own words are those of a group of signs (signs.NAMES).
    """

    kinds: tuple[frozenset[EvidenceKind], ...]
    of: Ints
    start: Floats
    end: Floats
    reported: Floats
    bears: Mapping[str, Floats]


def asked(plan: Plan) -> Asked:
    """What the activities of a plan ask for."""
    wanted = [v.activity for v in plan.views]
    ids: dict[frozenset[EvidenceKind], int] = {}
    of = np.array([ids.setdefault(a.required, len(ids)) for a in wanted], np.int64)
    borne = [signs.says(f"{a.name}. {a.indicator}") for a in wanted]
    return Asked(
        tuple(ids), of, _ordinals(a.start for a in wanted), _ordinals(a.end for a in wanted),
        np.array([float(a.reported) for a in wanted]),
        {name: np.array([float(name in b) for b in borne]) for name in signs.NAMES},
    )  # fmt: skip


def excused(columns: Mapping[str, Floats], plan: Asked, act: Ints) -> dict[str, Floats]:
    """The signs of a file, but for those that are an activity's own matter ("pagar subsidios")."""
    return {
        f"sign_{name}{place}": columns[f"sign_{name}{place}"] * (1.0 - bears[act])
        for name, bears in plan.bears.items()
        for place in signs.PLACES
    }


def expected(known: OfFiles, plan: Asked, row: Ints, act: Ints) -> dict[str, Floats]:
    """Whether the file's kind is one the activity needs, and its day lies in its span.

    `row` are the files of the pairs, in order.
    """
    first, last = (int(row[0]), int(row[-1]) + 1) if len(row) else (0, 0)
    kind = numbered(known.kinds[first:last])
    fits = np.array(
        [
            [0.0 if not k or not n else 1.0 if k & n else -1.0 for n in plan.kinds]
            for k in kind.found
        ]
    ).reshape(-1, len(plan.kinds))
    return {
        "kind_fits": fits[kind.of[row - first], plan.of[act]],
        "in_span": _in_span(known.days[row], plan.start[act], plan.end[act]),
        "reported": plan.reported[act],
    }


def _in_span(day: Floats, start: Floats, end: Floats) -> Floats:
    """1 when the day lies in the activity's span, −1 when far outside, 0 when unknown."""
    away = np.fmax(start - day, day - end)
    inside = np.where(away <= 0, 1.0, np.maximum(-1.0, 0.5 - away / 30))
    return np.where(np.isnan(away), 0.0, inside)
