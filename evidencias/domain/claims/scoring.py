"""From likeness and traits to the scores of the walk, by weights that bench/fit_claims.py fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencias.domain.claims import chain, likeness
from evidencias.domain.claims.statements import Statement, is_intent, is_shown, traits
from evidencias.domain.model import Activity

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

TOLD = (*likeness.SIGNALS, "reported")
TRAITS = ("bias", "past", "past_early", "intent", "method", "denied", "figures", "papers",
          "adverse", "general", "unplanned", "added", "deed", "vague", "now", "number", "no_verb",
          "lead", "short", "long", "dificultades", "oportunidades", "evidencias", "estrategias",
          "logros", "likest_name", "likest_topic", "likest_evidence", "explained",
          "strange")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One report beside one plan, as numbers: what the weights are applied to.

    `told` is statements × activities × TOLD, `traits` statements × TRAITS, `codes` as
    `chain.step_codes`; `intent` marks statements that cannot be claims, `denied` those
    that say something was not done, `shown` those that tell a deed or a mark of unplanned work,
    `broad` those that name a class of work or run on too long to tell one thing.
    """

    rows: tuple[Statement, ...]
    told: Matrix
    traits: Matrix
    codes: Codes
    intent: Flags
    denied: Flags
    shown: Flags
    broad: Flags


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted numbers: TOLD, TRAITS three times, STEPS × BREAKS.

    `claim` says by a clause's own words whether it is a claim at all (log-odds).
    """

    told: Matrix
    unplanned: Matrix
    nothing: Matrix
    steps: Matrix
    claim: Matrix


def scene(
    rows: Sequence[Statement],
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
) -> Scene:
    """The numbers of a report and a plan with at least one activity."""
    import numpy as np

    found = likeness.signals(rows, activities, proofs)
    shape = (len(rows), len(activities))
    reported = np.array([float(a.reported) for a in activities])
    found["reported"] = np.broadcast_to(reported, shape)
    told = np.stack([found[name] for name in TOLD], axis=-1)
    strange = likeness.strangeness(rows, activities, proofs)
    known = _traits(rows, found, strange)
    named = [dict(zip(TRAITS, line, strict=True)) for line in known]
    return Scene(
        tuple(rows),
        told,
        known,
        chain.step_codes([a.axis for a in activities]),
        np.array([is_intent(line) for line in named]),
        np.array([bool(line["denied"]) for line in named]),
        np.array([is_shown(line) for line in named]),
        np.array([bool(line["vague"] or line["long"]) for line in named]),
    )


def _traits(
    rows: Sequence[Statement], found: Mapping[str, Matrix], strange: tuple[Matrix, Matrix]
) -> Matrix:
    import numpy as np

    grid = np.zeros((len(rows), len(TRAITS)))
    for i, row in enumerate(rows):
        known = traits(row) | {
            "bias": 1.0,
            "explained": float(strange[0][i]),
            "strange": float(strange[1][i]),
        }
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
