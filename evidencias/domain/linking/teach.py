"""What people's decisions teach: folders, series, events and words that belong to an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import context, own_words
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import Grid, Rows, grid
from evidencias.domain.model import Activity, Decision, EvidenceFile, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Log-odds that a decision about a companion lends to a file; copies and series say most.
LENT: Final = {"copy": 2.0, "series": 1.6, "event": 1.4, "folder": 1.2, "day": 0.4}
WORDS: Final = 1.5
MOST: Final = 4.0


@dataclass(frozen=True, slots=True)
class Lessons:
    """Pairs that people confirmed and rejected, as keys, sorted."""

    confirmed: Ints
    rejected: Ints

    @property
    def empty(self) -> bool:
        """Whether nobody decided anything about these files and activities."""
        return not len(self.confirmed) and not len(self.rejected)

    def all(self) -> Ints:
        """Every pair that people decided."""
        return np.concatenate([self.confirmed, self.rejected])

    def of(self, files: range, width: int) -> Lessons:
        """What was decided of some of the files, numbered from zero."""
        first, last = files.start * width, files.stop * width
        cut = [
            k[np.searchsorted(k, first) : np.searchsorted(k, last)]
            for k in (self.confirmed, self.rejected)
        ]
        return Lessons(cut[0] - first, cut[1] - first)


def lessons(
    files: Sequence[EvidenceFile], activities: Sequence[Activity], decisions: Sequence[Decision]
) -> Lessons:
    """The decisions that speak of one of these files and one of these activities."""
    rows = {f.id: i for i, f in enumerate(files)} if decisions else {}
    acts = {a.code: i for i, a in enumerate(activities)}
    found: dict[Verdict, set[int]] = {Verdict.CONFIRM: set(), Verdict.REJECT: set()}
    for decision in decisions:
        if decision.verdict in found and decision.file in rows and decision.activity in acts:
            found[decision.verdict].add(
                rows[decision.file] * len(activities) + acts[decision.activity]
            )
    yes, no = (np.array(sorted(found[v]), np.int64) for v in (Verdict.CONFIRM, Verdict.REJECT))
    return Lessons(yes, no)


def settled(keys: Ints, score: Floats, taught: Lessons) -> Floats:
    """The scores of the first look, with what people decided in the place of what it guessed."""
    out = np.where(np.isin(keys, taught.confirmed), 1.0, score)
    return np.where(np.isin(keys, taught.rejected), 0.0, out)


def _counts(keys: Ints, width: int) -> Grid:
    return grid(width, keys, np.ones(len(keys)))


@dataclass(frozen=True, slots=True)
class Taught:
    """What was decided in all: of some files, of each group of files, and of each word."""

    lessons: Lessons
    groups: Mapping[str, tuple[Grid, Grid]]
    words: tuple[Grid, Grid]

    def of(self, files: range, width: int) -> Taught:
        """What concerns some of the files, numbered from zero."""
        return replace(self, lessons=self.lessons.of(files, width))


def taught(known: Lessons, company: Mapping[str, Ints], words: Rows, width: int) -> Taught:
    """Add up what was decided over groups and words."""
    yes, no = _counts(known.confirmed, width), _counts(known.rejected, width)
    groups = {
        name: (context.totals(yes, company[name]), context.totals(no, company[name]))
        for name in LENT
    }
    return Taught(known, groups, (own_words.profile(words, yes), own_words.profile(words, no)))


def confirmed_in(
    group: Ints, pairs: Pairs, told: tuple[Grid, Grid], known: Lessons
) -> tuple[Floats, Floats, Floats]:
    """For each pair: companions confirmed for the activity, for others, and rejected for it."""
    mine = np.maximum(group[pairs.file], 0) * pairs.width + pairs.activity
    belongs = group[pairs.file] >= 0
    out = []
    for keys, table in zip((known.confirmed, known.rejected), told, strict=True):
        own = np.isin(pairs.keys, keys).astype(float)
        out.append(np.where(belongs, table.at(mine), 0.0) - own * belongs)
    row_total = np.bincount(told[0].keys // pairs.width, weights=told[0].values,
                            minlength=int(group.max(initial=0)) + 1)  # fmt: skip
    other = np.where(belongs, row_total[np.maximum(group[pairs.file], 0)], 0.0) - out[0]
    decided = known.confirmed // pairs.width
    own_all = np.searchsorted(decided, pairs.file, "right") - np.searchsorted(decided, pairs.file)
    return np.maximum(out[0], 0), np.maximum(other - own_all, 0), np.maximum(out[1], 0)


def lent(archive: Archive, pairs: Pairs, told: Taught) -> dict[str, Floats]:
    """Columns `taught_*` (log-odds lent to each pair) and `taught_count_folder` for the reasons."""
    out: dict[str, Floats] = {}
    for name, weight in LENT.items():
        yes, other, no = confirmed_in(archive.company[name], pairs, told.groups[name], told.lessons)
        share = yes / np.maximum(yes + other, 1.0)
        out[f"taught_{name}"] = weight * (
            np.log1p(yes) * share - 0.5 * np.log1p(other) * (yes == 0) - 0.7 * np.log1p(no)
        )
        if name == "folder":
            out["taught_count_folder"] = yes
    decided = (told.lessons.confirmed, told.lessons.rejected)
    words, against = (
        _words(archive, pairs, keys, table) for keys, table in zip(decided, told.words, strict=True)
    )
    out["taught_words"] = WORDS * (np.log1p(words) - 0.7 * np.log1p(against))
    return out


def _words(archive: Archive, pairs: Pairs, decided: Ints, told: Grid) -> Floats:
    """How much the words of each file's name are those of files decided for the activity."""
    own = _counts(decided, pairs.width).at(pairs.keys)
    return own_words.learned("name", archive.words, pairs, own, told)[0]


def total(columns: Mapping[str, Floats]) -> Floats:
    """The log-odds lent in all, kept within bounds."""
    parts = [
        v
        for k, v in columns.items()
        if k.startswith("taught_") and not k.startswith("taught_count")
    ]
    lent_in_all: Floats = np.clip(np.sum(parts, axis=0), -MOST, MOST)
    return lent_in_all
