"""What people's decisions teach: folders, series, events and words that belong to an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import context, own_words
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import Grid, grid
from evidencias.domain.model import Decision, Verdict

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


def lessons(archive: Archive, decisions: Sequence[Decision]) -> Lessons:
    """The decisions that speak of a file and an activity of this archive."""
    rows = {v.file.id: i for i, v in enumerate(archive.views)}
    acts = {v.activity.code: i for i, v in enumerate(archive.plan.views)}
    found: dict[Verdict, set[int]] = {Verdict.CONFIRM: set(), Verdict.REJECT: set()}
    for decision in decisions:
        if decision.verdict in found and decision.file in rows and decision.activity in acts:
            found[decision.verdict].add(
                rows[decision.file] * archive.width + acts[decision.activity]
            )
    yes, no = (np.array(sorted(found[v]), np.int64) for v in (Verdict.CONFIRM, Verdict.REJECT))
    return Lessons(yes, no)


def settled(keys: Ints, score: Floats, taught: Lessons) -> Floats:
    """The scores of the first look, with what people decided in the place of what it guessed."""
    out = np.where(np.isin(keys, taught.confirmed), 1.0, score)
    return np.where(np.isin(keys, taught.rejected), 0.0, out)


def _counts(keys: Ints, width: int) -> Grid:
    return grid(width, keys, np.ones(len(keys)))


def confirmed_in(group: Ints, pairs: Pairs, taught: Lessons) -> tuple[Floats, Floats, Floats]:
    """For each pair: companions confirmed for the activity, for others, and rejected for it."""
    mine = np.maximum(group[pairs.file], 0) * pairs.width + pairs.activity
    belongs = group[pairs.file] >= 0
    out = []
    for keys in (taught.confirmed, taught.rejected):
        table = context.totals(_counts(keys, pairs.width), group)
        own = np.isin(pairs.keys, keys).astype(float)
        out.append((np.where(belongs, table.at(mine), 0.0) - own * belongs, table))
    row_total = np.bincount(out[0][1].keys // pairs.width, weights=out[0][1].values,
                            minlength=int(group.max(initial=0)) + 1)  # fmt: skip
    other = np.where(belongs, row_total[np.maximum(group[pairs.file], 0)], 0.0) - out[0][0]
    own_all = np.isin(pairs.file, taught.confirmed // pairs.width).astype(float)
    return np.maximum(out[0][0], 0), np.maximum(other - own_all, 0), np.maximum(out[1][0], 0)


def lent(archive: Archive, pairs: Pairs, taught: Lessons) -> dict[str, Floats]:
    """Columns `taught_*` (log-odds lent to each pair) and `taught_count_folder` for the reasons."""
    out: dict[str, Floats] = {}
    for name, weight in LENT.items():
        yes, other, no = confirmed_in(archive.company[name], pairs, taught)
        share = yes / np.maximum(yes + other, 1.0)
        out[f"taught_{name}"] = weight * (
            np.log1p(yes) * share - 0.5 * np.log1p(other) * (yes == 0) - 0.7 * np.log1p(no)
        )
        if name == "folder":
            out["taught_count_folder"] = yes
    words, against = (_words(archive, pairs, keys) for keys in (taught.confirmed, taught.rejected))
    out["taught_words"] = WORDS * (np.log1p(words) - 0.7 * np.log1p(against))
    return out


def _words(archive: Archive, pairs: Pairs, decided: Ints) -> Floats:
    """How much the words of each file's name are those of files decided for the activity."""
    counts = _counts(decided, pairs.width)
    told = own_words.profile(archive.words.rows["name"], counts)
    return own_words.learned("name", archive.words, pairs, counts.at(pairs.keys), told)[0]


def total(columns: Mapping[str, Floats]) -> Floats:
    """The log-odds lent in all, kept within bounds."""
    parts = [
        v
        for k, v in columns.items()
        if k.startswith("taught_") and not k.startswith("taught_count")
    ]
    lent_in_all: Floats = np.clip(np.sum(parts, axis=0), -MOST, MOST)
    return lent_in_all
