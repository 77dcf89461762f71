"""From probabilities to one reading of the report, in which each activity is told once.

The surest statements are settled first; what they took is then less likely elsewhere, and the
rest is weighed again, until all are settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencias.domain.claims import chain
from evidencias.domain.claims.scoring import Scene, Weights
from evidencias.domain.claims.statements import Statement

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

NOTHING, UNPLANNED = -2, -1
SURELY_CLAIM, HARDLY_CLAIM = 0.5, -2.5  # log-odds by the words alone
LEANING = 0.5  # e-folds for unplanned deeds; flat from 0.5 to 1, precision falls beyond
_SURE = 0.9
_TAKEN = 4.0  # how many e-folds a second telling of an activity loses
_NEVER = -1e9
_PATIENCE = 20_000_000  # sums of one round beyond which more than one is settled at once


@dataclass(frozen=True, slots=True)
class Reading:
    """What one statement tells: `activity` is its position in the plan, or UNPLANNED or NOTHING.

    `chance` is that option's probability, `nothing` that of being no claim at all, `options`
    the probability of each activity when the statement was settled. `denied`: it says that the
    activity was not done, or not wholly. `shown`: it tells a deed that can be shown, or says
    itself that it was not planned. `broad`: it names a class of work, not one deed. `explained`:
    the share of what it says that the activity holds; `shared`: not by its topic alone.
    """

    activity: int
    chance: float
    nothing: float
    options: Matrix
    denied: bool = False
    shown: bool = False
    broad: bool = False
    explained: float = 1.0
    shared: bool = True


def settle(scene: Scene, weights: Weights) -> list[Reading]:
    """The reading of every statement of a scene."""
    import numpy as np

    told = scene.told @ weights.told
    unplanned = scene.traits @ weights.unplanned
    nothing = scene.traits @ weights.nothing
    _detect(scene, weights, told, unplanned, nothing)
    steps = chain.moves(scene.codes, scene.rows, weights.steps)
    readings: dict[int, Reading] = {}
    while len(readings) < len(scene.rows):
        beliefs = chain.infer(told, unplanned, nothing, steps)
        options = np.column_stack([beliefs.told, beliefs.unplanned, beliefs.nothing])
        for t in _surest(options, readings):
            readings[t] = _reading(options[t], scene, t)
            _fix(t, readings[t].activity, told, unplanned, nothing)
            _discount(t, readings[t].activity, scene.rows, told, readings)
    return [readings[t] for t in range(len(scene.rows))]


def _detect(
    scene: Scene, weights: Weights, told: Matrix, unplanned: Matrix, nothing: Matrix
) -> None:
    """Rules out what cannot be a claim, and keeps what by its own words surely is one."""
    import numpy as np

    odds = scene.traits @ weights.claim
    out = scene.intent | (odds < HARDLY_CLAIM)
    told[out] = _NEVER
    unplanned[scene.shown] += LEANING
    unplanned[out | scene.denied | scene.worded | scene.partly] = _NEVER
    surely = scene.partly | (odds > SURELY_CLAIM)
    nothing[np.logical_and(~out & ~scene.denied, surely)] = _NEVER


def _surest(options: Matrix, settled: dict[int, Reading]) -> list[int]:
    """The open statements to settle now: every sure one, surest first, or else the surest.

    With a very long report or plan the surest are several, so that the rounds stay few.
    """
    best = options.max(axis=1)
    open_ones = sorted((t for t in range(len(best)) if t not in settled), key=lambda t: -best[t])
    several = 1 + len(best) * options.shape[1] ** 2 // _PATIENCE
    sure = [t for t in open_ones if best[t] >= _SURE] or open_ones[:several]
    winners: dict[int, int] = {}
    size = options.shape[1] - 2
    for t in sure:
        choice = int(options[t].argmax())
        winners.setdefault(choice if choice < size else -1 - t, t)
    return list(winners.values())


def _reading(option: Matrix, scene: Scene, t: int) -> Reading:
    size = len(option) - 2
    choice = int(option.argmax())
    activity = choice if choice < size else UNPLANNED if choice == size else NOTHING
    return Reading(
        activity,
        float(option[choice]),
        float(option[size + 1]),
        option[:size].copy(),
        denied=bool(scene.denied[t]),
        shown=bool(scene.shown[t]),
        broad=bool(scene.broad[t]),
        explained=float(scene.explained[t, choice]) if choice < size else 0.0,
        shared=choice < size and bool(scene.shared[t, choice]),
    )


def _fix(t: int, activity: int, told: Matrix, unplanned: Matrix, nothing: Matrix) -> None:
    """Makes the walk pass through the settled option at t."""
    keep = told[t, activity] if activity >= 0 else 0.0
    told[t] = _NEVER
    if activity >= 0:
        told[t, activity] = keep
    if activity != UNPLANNED:
        unplanned[t] = _NEVER
    if activity != NOTHING:
        nothing[t] = _NEVER


def _discount(
    t: int, activity: int, rows: Sequence[Statement], told: Matrix, settled: dict[int, Reading]
) -> None:
    """Lowers a told activity for every open statement but those of the same sentence beside it."""
    if activity < 0:
        return
    for other, row in enumerate(rows):
        near = abs(other - t) == 1 and row.sentence == rows[t].sentence
        if other not in settled and not near:
            told[other, activity] -= _TAKEN
