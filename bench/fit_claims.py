"""Fits the claim reader's weights: `python -m bench.fit_claims DIR...` writes `weights.toml`.

L2-regularised maximum likelihood over the cases of `bench/claim_cases.py`; the number on the
corpora it was fitted on says nothing: `python -m bench.audit DIR... --left-out`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.claim_cases import NOTHING, UNPLANNED, Case, cases, folders_with_reports
from evidencias.domain.claims import chain
from evidencias.domain.claims.scoring import TOLD, TRAITS, Weights, beliefs

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Objective = Callable[[Vector], tuple[float, Vector]]

CLAIM_BIAS = 2.0  # e-folds by which silence must win: a claim missed costs more than one asked
# What may tell an unplanned deed from a planned one; the rest only tells claims from talk.
_OUTSIDE = {"bias", "unplanned", "added", "lead", "now", "oportunidades", "dificultades",
            "explained", "strange"}  # fmt: skip
# An ordinary report repeats the plan's words, so the fit starts from believing them.
_PRIOR = {"name": 2.0, "best_name": 1.0, "stated": 2.0, "topic": 1.0, "evidence": 1.0,
          "heading": 1.5}  # fmt: skip
_STATE = 1.5  # "fue emocionante" tells nothing done; the corpora hold too few such to learn it
_STIFF = 4.0  # the weights by kind of break stay near the one they share
_TARGET = Path(__file__).parents[1] / "evidencias/domain/claims/weights.toml"
_HEAD = """# Pesos del lector de afirmaciones, escritos por bench/fit_claims.py sobre los corpus.
# Escala logarítmica. No se editan a mano: se vuelven a ajustar.
"""


_T, _R, _S, _B = len(TOLD), len(TRAITS), len(chain.STEPS), len(chain.BREAKS)


def _weights(x: Vector, claim: Vector) -> Weights:
    shared = x[_T + 2 * _R : _T + 2 * _R + _S]
    apart = x[_T + 2 * _R + _S :].reshape(_S, _B)
    nothing = x[_T + _R : _T + 2 * _R]
    return Weights(x[:_T], x[_T : _T + _R], nothing, shared[:, None] + apart, claim)


def _loss(case: Case, weights: Weights) -> tuple[float, Vector]:
    """Minus log-likelihood of one case and its gradient (expected minus observed features)."""
    import numpy as np

    now = beliefs(case.scene, weights, pairs=True)
    assert now.pairs is not None
    told, unplanned, nothing = now.told.copy(), now.unplanned.copy(), now.nothing.copy()
    steps = np.zeros((_S, _B))
    scores = case.scene.told @ weights.told
    sides = {UNPLANNED: (unplanned, weights.unplanned), NOTHING: (nothing, weights.nothing)}
    last, total = 0, 0.0
    for t, row in enumerate(case.scene.rows):
        kind, codes = chain.break_of(row), chain.codes_at(case.scene.codes, row)
        steps[:, kind] += np.bincount(codes.ravel(), now.pairs[t].ravel(), _S)
        label = case.told[t]
        if label in sides:
            sides[label][0][t] -= 1
            total += float(case.scene.traits[t] @ sides[label][1])
            continue
        step = codes[last, label]
        total += float(scores[t, label] + weights.steps[step, kind])
        told[t, label] -= 1
        steps[step, kind] -= 1
        last = label + 1
    traits = case.scene.traits
    gradient = np.concatenate([
        np.einsum("ta,tak->k", told, case.scene.told), unplanned @ traits, nothing @ traits,
        steps.sum(axis=1), steps.ravel(),
    ])  # fmt: skip
    return now.log_total - total, gradient


def _chain_objective(seen: Sequence[Case]) -> Objective:
    import numpy as np

    stiff = np.full(_T + 2 * _R + _S + _S * _B, 4.0)
    stiff[_T + 2 * _R + _S :] *= _STIFF
    unused, prior = np.zeros(_R), np.zeros(_T + 2 * _R + _S + _S * _B)
    prior[:_T] = [_PRIOR.get(name, 0.0) for name in TOLD]
    prior[_T + _R + TRAITS.index("state")] = _STATE

    def objective(x: Vector) -> tuple[float, Vector]:
        weights = _weights(x, unused)
        losses = [_loss(case, weights) for case in seen]
        away = x - prior
        value = sum(loss for loss, _ in losses) + 0.5 * float((stiff * away * away).sum())
        return value, np.sum([g for _, g in losses], axis=0) + stiff * away

    return objective


def _claim_objective(seen: Sequence[Case]) -> Objective:
    """Is it a claim at all, by the statement's own words: plain logistic regression."""
    import numpy as np

    traits = np.concatenate([case.scene.traits for case in seen])
    is_claim = np.array([float(k != NOTHING) for case in seen for k in case.told])
    prior = np.zeros(_R)
    prior[TRAITS.index("state")] = -_STATE

    def objective(x: Vector) -> tuple[float, Vector]:
        odds = traits @ x
        away = x - prior
        value = float((np.logaddexp(0, odds) - is_claim * odds).sum()) + 2.0 * float(away @ away)
        gradient: Vector = traits.T @ (1 / (1 + np.exp(-odds)) - is_claim) + 4.0 * away
        return value, gradient

    return objective


def _bounds(size: int) -> list[tuple[float | None, float | None]]:
    """A likeness speaks for an activity or says nothing, never against; most traits are silent on
    whether a deed was planned."""
    free: tuple[float | None, float | None] = (None, None)
    outside = [free if name in _OUTSIDE else (0.0, 0.0) for name in TRAITS]
    return [*[(0.0, None)] * _T, *outside, *[free] * (size - _T - _R)]


def fit(folders: Sequence[Path]) -> Weights:
    """The weights that the reports of these corpora teach."""
    import numpy as np
    from scipy.optimize import minimize

    seen = [case for folder in folders for case in cases(folder)]
    options = {"jac": True, "method": "L-BFGS-B", "options": {"maxiter": 500, "ftol": 1e-7}}
    size = _T + 2 * _R + _S + _S * _B
    walk = minimize(_chain_objective(seen), np.zeros(size), bounds=_bounds(size), **options).x
    claim = minimize(_claim_objective(seen), np.zeros(_R), **options).x
    found = _weights(walk, claim)
    nothing = found.nothing.copy()
    nothing[TRAITS.index("bias")] -= CLAIM_BIAS
    return replace(found, nothing=nothing)


def as_toml(weights: Weights) -> str:
    """The weights as the file that `claims.weights` reads."""
    tables = {
        "told": dict(zip(TOLD, weights.told, strict=True)),
        "unplanned": dict(zip(TRAITS, weights.unplanned, strict=True)),
        "nothing": dict(zip(TRAITS, weights.nothing, strict=True)),
        "claim": dict(zip(TRAITS, weights.claim, strict=True)),
    }
    lines = [_HEAD]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{key} = {value:.3f}" for key, value in table.items()), ""]
    lines.append("[steps]")
    for key, row in zip(chain.STEPS, weights.steps, strict=True):
        lines.append(f"{key} = [{', '.join(f'{v:.3f}' for v in row)}]")
    return re.sub(r"-0\.000\b", "0.000", "\n".join(lines)) + "\n"


if __name__ == "__main__":
    _TARGET.write_text(
        as_toml(fit(folders_with_reports(map(Path, sys.argv[1:])))), encoding="utf-8"
    )
    print(_TARGET)
