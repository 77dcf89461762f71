"""From likeness and traits to the scores of the walk, by weights that bench/fit_claims.py fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencias.domain.claims import chain, likeness
from evidencias.domain.claims.statements import Statement, traits
from evidencias.domain.model import Activity

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

TOLD = (*likeness.SIGNALS, "reported", "advanced")
TRAITS = ("bias", "past", "past_early", "intent", "method", "denied", "figures", "papers",
          "adverse", "general", "unplanned", "added", "now", "number", "no_verb",
          "lead", "short", "long", "dificultades", "oportunidades", "evidencias", "estrategias",
          "logros", "likest_name", "likest_topic", "likest_evidence")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One report beside one plan, as numbers: what the weights are applied to.

    `told` is statements × activities × TOLD, `traits` statements × TRAITS, `codes` as
    `chain.step_codes`.
    """

    rows: tuple[Statement, ...]
    told: Matrix
    traits: Matrix
    codes: Codes


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted numbers: TOLD, TRAITS twice (unplanned, nothing), STEPS × BREAKS."""

    told: Matrix
    unplanned: Matrix
    nothing: Matrix
    steps: Matrix


def scene(
    rows: Sequence[Statement],
    activities: Sequence[Activity],
    evidence: Mapping[str, Sequence[str]],
) -> Scene:
    """The numbers of a report and a plan with at least one activity."""
    import numpy as np

    found = likeness.signals(rows, activities, evidence)
    shape = (len(rows), len(activities))
    reported = np.array([float(a.reported) for a in activities])
    advanced = np.array([float((a.achieved or 0) > 0) for a in activities])
    extra = {
        "reported": np.broadcast_to(reported, shape),
        "advanced": np.broadcast_to(advanced, shape),
    }
    told = np.stack([{**found, **extra}[name] for name in TOLD], axis=-1)
    return Scene(
        tuple(rows), told, _traits(rows, found), chain.step_codes([a.axis for a in activities])
    )


def _traits(rows: Sequence[Statement], found: Mapping[str, Matrix]) -> Matrix:
    import numpy as np

    grid = np.zeros((len(rows), len(TRAITS)))
    for i, row in enumerate(rows):
        known = traits(row) | {"bias": 1.0}
        known |= {
            f"likest_{name}": float(found[name][i].max()) for name in ("name", "topic", "evidence")
        }
        grid[i] = [known[name] for name in TRAITS]
    return grid


def beliefs(scene: Scene, weights: Weights, *, pairs: bool = False) -> chain.Beliefs:
    """What each statement tells, in probabilities."""
    steps = [chain.moves(scene.codes, row, weights.steps) for row in scene.rows]
    return chain.infer(
        scene.told @ weights.told, scene.traits @ weights.unplanned, scene.traits @ weights.nothing,
        steps, pairs=pairs,
    )  # fmt: skip
