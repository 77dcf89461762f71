"""From likeness and traits to the scores of the walk, by weights that bench/fit_claims.py fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencias.domain.claims import chain, likeness
from evidencias.domain.claims.statements import Statement
from evidencias.domain.claims.traits import (
    is_intent,
    is_shown,
    only_a_figure,
    tells_own_deed,
    tells_part,
    traits,
)
from evidencias.domain.model import Activity

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

TOLD = (*likeness.SIGNALS, "reported")
TRAITS = ("bias", "past", "past_early", "intent", "method", "denied", "figures", "papers",
          "adverse", "general", "unplanned", "added", "deed", "vague", "now", "number", "no_verb",
          "lead", "state", "short", "long", "dificultades", "oportunidades", "evidencias",
          "estrategias", "logros", "likest_name", "likest_topic", "likest_evidence", "explained",
          "strange")  # fmt: skip

_SHARED = ("name", "indicator", "evidence", "achieved", "target", "heading")
_OWN_COUNT, _SOME_COUNT = 0.6, 0.35  # some twenty, and five, of one activity alone


@dataclass(frozen=True, slots=True)
class Scene:
    """One report beside one plan, as numbers: what the weights are applied to.

    `told` is statements × activities × TOLD, `traits` statements × TRAITS, `codes` as
    `chain.step_codes`. `intent` marks intentions and mere figures, which are no claims; `denied`
    statements that something was not done; `shown` those that tell a deed in enough words to be
    known again, or a mark of unplanned work; `partly` those that say how little was done;
    `broad` those that name a class of work or run on too long to tell one thing; `worded`
    those that say most of an activity's own words, or a
    large count that only it has, without saying that it was not planned. `explained` is
    statements × activities: the share of what is said that the activity's own words, topics or
    evidence hold; all of it where its count or the heading names it. `shared`: whether any word
    or number of the plan or the evidence is said, and not its topic alone.
    """

    rows: tuple[Statement, ...]
    told: Matrix
    traits: Matrix
    codes: Codes
    intent: Flags
    denied: Flags
    shown: Flags
    broad: Flags
    worded: Flags
    explained: Matrix
    shared: Flags
    partly: Flags


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
        np.array(
            [
                is_intent(line) or only_a_figure(row.text)
                for line, row in zip(named, rows, strict=True)
            ]
        ),
        np.array([bool(line["denied"]) for line in named]),
        np.array(
            [
                is_shown(line)
                and (line["unplanned"] > 0 or (likeness.names_enough(row) and tells_own_deed(row)))
                for line, row in zip(named, rows, strict=True)
            ]
        ),
        np.array([bool(line["vague"] or line["long"]) for line in named]),
        _worded(found) & np.array([not line["unplanned"] for line in named]),
        np.where(found["achieved"] + found["heading"] > 0, 1.0, strange[0]),
        np.any([found[name] > 0 for name in _SHARED], axis=0),
        np.array([tells_part(row.text) for row in rows]),
    )


def _worded(found: Mapping[str, Matrix]) -> Flags:
    """Whether a statement says an activity in the plan's words, or its own count: a large one, or
    a middling one beside a word of its name or its office."""
    import numpy as np

    besides = found["name"] + found["office"] > 0
    own = (found["achieved"] >= _OWN_COUNT) | ((found["achieved"] >= _SOME_COUNT) & besides)
    said: Flags = np.any((found["stated"] > 0) | own, axis=1)
    return said


def _traits(
    rows: Sequence[Statement], found: Mapping[str, Matrix], strange: tuple[Matrix, Matrix]
) -> Matrix:
    import numpy as np

    grid = np.zeros((len(rows), len(TRAITS)))
    for i, row in enumerate(rows):
        known = traits(row) | {
            "bias": 1.0,
            "explained": float(strange[0][i].max()),
            "strange": float(strange[1][i]),
        }
        known |= {
            f"likest_{name}": float(found[name][i].max()) for name in ("name", "topic", "evidence")
        }
        grid[i] = [known[name] for name in TRAITS]
    return grid


def beliefs(scene: Scene, weights: Weights, *, pairs: bool = False) -> chain.Beliefs:
    """What each statement tells, in probabilities."""
    steps = chain.moves(scene.codes, scene.rows, weights.steps)
    return chain.infer(
        scene.told @ weights.told, scene.traits @ weights.unplanned, scene.traits @ weights.nothing,
        steps, pairs=pairs,
    )  # fmt: skip
