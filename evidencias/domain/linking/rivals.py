"""An activity seen from its side: how many files claim it, and how this one stands among them.

An activity that draws a great many files draws the wrong ones too (it has the words of an office);
one that no other file supports has room for the best that there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.features import relative
from evidencias.domain.linking.sparse import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

TOP: Final = 3  # the best files of an activity that the others are measured by
FAINT: Final = 0.2  # scores below this are no claim: shares of them tell nothing


@dataclass(frozen=True, slots=True)
class Rivals:
    """Of each activity: the sum of its scores, its best ones, and all of them in order.

    `ordered` holds 2 × activity + score, sorted, so that a place in it is a rank.
    """

    sums: Floats
    top: Floats
    ordered: Floats
    end: Ints


def rivals(scores: Grid) -> Rivals:
    """What the files of a whole archive claim of each activity."""
    activity = scores.keys % scores.width
    counts = np.bincount(activity, minlength=scores.width)
    end: Ints = np.cumsum(counts)
    ordered = np.sort(2.0 * activity + scores.values)
    top = np.zeros((TOP, scores.width))
    for at in range(TOP):
        some = counts > at
        place = end[some] - 1 - at
        top[at, some] = ordered[place] - 2.0 * np.flatnonzero(some)
    sums = np.zeros(scores.width) + np.bincount(activity, scores.values, scores.width)
    return Rivals(sums, top, ordered, end)


def _placed(ordered: Floats, values: Floats) -> Ints:
    """How many of some ordered values are not above each of others, asked in order.

    In the scores of a great archive each step of a search waits for memory.
    """
    order = np.argsort(values)
    out = np.empty(len(values), np.int64)
    out[order] = np.searchsorted(ordered, values[order], side="right")
    return out


def standing(row: Ints, act: Ints, own: Floats, known: Rivals) -> dict[str, Floats]:
    """How a file's score stands among those of all files for the activity.

    `rank`: how many files claim it more (logarithm); `load`: how much all others claim it, by what
    is usual; `lead`, `share`: the score beside the best other one and the best three; `starved`:
    the score, where no other file claims the activity; `balanced`: whether the activity is still
    the file's first when those that draw many files count less.
    """
    above = known.end[act] - _placed(known.ordered, 2.0 * act + own)
    usual = max(FAINT, float(np.mean(known.sums)))
    others = known.sums[act] - own
    best = known.top[0][act]
    rest = np.where(above == 0, known.top[1][act], best)  # `top` is too rounded to compare with
    balanced = own / (0.5 * usual + others)
    return {
        "rival_balanced_ahead": relative(row, usual * balanced),
        "rival_rank_ahead": np.log1p(np.maximum(above, 0)),
        "rival_load_ahead": np.log((others + 0.1 * usual) / usual),
        "rival_lead_ahead": own - rest,
        "rival_starved_ahead": own * (1.0 - rest),
        "rival_share_ahead": own / (known.top.mean(axis=0)[act] + FAINT),
    }
