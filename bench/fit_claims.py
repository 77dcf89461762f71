"""Fits the claim reader's weights: `python -m bench.fit_claims DIR` writes `claims/weights.toml`.

Each corpus is seen with the evidence of its gold links, of half of them, of the tool's own links
and with none, because nobody's folder is complete. L2-regularised maximum likelihood; the number
on the corpora it was fitted on says nothing: `python -m bench.audit DIR --left-out`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpora import Corpus, find, load
from evidencias.adapters.local.report import LocalReport
from evidencias.domain.claims import chain
from evidencias.domain.claims.likeness import evidence_roots
from evidencias.domain.claims.scoring import TOLD, TRAITS, Scene, Weights, beliefs, scene
from evidencias.domain.claims.statements import Statement, statements
from evidencias.domain.linking import link
from evidencias.domain.model import Report
from evidencias.domain.report import read_report
from evidencias.domain.text import words

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Objective = Callable[[Vector], tuple[float, Vector]]

NOTHING, UNPLANNED = -2, -1
CLAIM_BIAS = 2.0  # e-folds by which silence must win: a claim missed costs more than one asked
# What may tell an unplanned deed from a planned one; the rest only tells claims from talk.
_OUTSIDE = {"bias", "unplanned", "added", "lead", "now", "oportunidades", "dificultades",
            "explained", "strange"}  # fmt: skip
# The corpora paraphrase on purpose; an ordinary report repeats the plan's words, so the fit
# starts from believing them.
_PRIOR = {"name": 2.0, "best_name": 1.0, "topic": 1.0, "evidence": 1.0}
_STIFF = 4.0  # the weights by kind of break stay near the one they share
_TARGET = Path(__file__).parents[1] / "evidencias/domain/claims/weights.toml"
_HEAD = """# Pesos del lector de afirmaciones, escritos por bench/fit_claims.py sobre los corpus.
# Escala logarítmica. No se editan a mano: se vuelven a ajustar.
"""


@dataclass(frozen=True)
class Case:
    """One report seen with one supply of evidence, and what its statements tell."""

    scene: Scene
    told: Sequence[int]


# ---------------------------------------------------------------- corpora as cases
def report_of(folder: Path) -> Report:
    """The corpus's own report, as the tool reads it."""
    return read_report(LocalReport(folder / "informe.md").read())


def gold_rows(folder: Path) -> list[dict[str, str]]:
    """The claims of `oro_informe.csv` (its figures are left aside)."""
    with (folder / "oro_informe.csv").open(encoding="utf-8", newline="") as handle:
        return [r for r in csv.DictReader(handle) if not r["clase"].startswith("cifra:")]


def gold_texts(corpus: Corpus, keep: int = 1) -> dict[str, list[str]]:
    """Code → texts of the files that the gold links of levels 1-4; one of `keep` of them."""
    pairs = sorted((f, c) for (f, c), level in corpus.links.items() if level <= 4)
    return _texts(corpus, pairs[::keep])


def own_texts(corpus: Corpus) -> dict[str, list[str]]:
    """Code → texts of the files that the tool links or suggests by itself."""
    found = link(
        corpus.activities, corpus.files, corpus.texts, policy=corpus.policy, period=corpus.period
    )
    return _texts(corpus, [(k.file, k.activity) for k in found.links])


def _texts(corpus: Corpus, pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    names = {f.id: f.name for f in corpus.files}
    texts: dict[str, list[str]] = {}
    for file, code in pairs:
        texts.setdefault(code, []).append(f"{names.get(file, '')}\n{corpus.texts.get(file, '')}")
    return texts


@lru_cache
def cases(folder: Path) -> tuple[Case, ...]:
    """The corpus's report with each supply of evidence."""
    corpus = load(folder)
    rows = statements(report_of(folder))
    supplies: list[Mapping[str, Sequence[str]]] = [
        gold_texts(corpus), gold_texts(corpus, keep=2), own_texts(corpus), {},
    ]  # fmt: skip
    scenes = [
        scene(rows, corpus.activities, evidence_roots(corpus.activities, s)) for s in supplies
    ]
    told = _labels(rows, gold_rows(folder), [a.code for a in corpus.activities])
    return tuple(
        Case(s, [NOTHING if s.intent[i] else k for i, k in enumerate(told)]) for s in scenes
    )


def _labels(
    rows: Sequence[Statement], gold: Sequence[Mapping[str, str]], codes: Sequence[str]
) -> list[int]:
    """What each statement tells by the gold: a position in the plan, UNPLANNED or NOTHING."""
    told = [NOTHING] * len(rows)
    for row in gold:
        for i in _places(rows, row["fragmento"]):
            if told[i] == NOTHING:
                told[i] = codes.index(row["codigo"]) if row["codigo"] in codes else UNPLANNED
    return told


def _places(rows: Sequence[Statement], fragment: str) -> list[int]:
    """The statements that hold a gold fragment, or are held by it."""
    wanted = words(fragment)
    whole = [i for i, row in enumerate(rows) if _holds(words(row.text), wanted)]
    if whole:
        return whole
    return [
        i
        for i, row in enumerate(rows)
        if _holds(words(row.whole), wanted) and _share(words(row.text), wanted) >= 0.6
    ]


def _holds(text: Sequence[str], wanted: Sequence[str]) -> bool:
    return " ".join(wanted) in " ".join(text) or _share(wanted, text) >= 0.7


def _share(some: Sequence[str], of: Sequence[str]) -> float:
    return sum(w in set(of) for w in some) / max(1, len(some))


# ---------------------------------------------------------------- fitting
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
    stiff[_T : _T + _R] += [0.0 if name in _OUTSIDE else 1e6 for name in TRAITS]
    unused, prior = np.zeros(_R), np.zeros(_T + 2 * _R + _S + _S * _B)
    prior[:_T] = [_PRIOR.get(name, 0.0) for name in TOLD]

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

    def objective(x: Vector) -> tuple[float, Vector]:
        odds = traits @ x
        value = float((np.logaddexp(0, odds) - is_claim * odds).sum()) + 2.0 * float(x @ x)
        gradient: Vector = traits.T @ (1 / (1 + np.exp(-odds)) - is_claim) + 4.0 * x
        return value, gradient

    return objective


def fit(folders: Sequence[Path]) -> Weights:
    """The weights that the reports of these corpora teach."""
    from dataclasses import replace

    import numpy as np
    from scipy.optimize import minimize

    seen = [case for folder in folders for case in cases(folder)]
    options = {"jac": True, "method": "L-BFGS-B", "options": {"maxiter": 200}}
    size = _T + 2 * _R + _S + _S * _B
    walk = minimize(_chain_objective(seen), np.zeros(size), **options).x
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


def folders_with_reports(root: Path) -> list[Path]:
    """The corpora under `root` that have a report with its gold."""
    return [f for f in find(root) if (f / "oro_informe.csv").exists()]


if __name__ == "__main__":
    _TARGET.write_text(as_toml(fit(folders_with_reports(Path(sys.argv[1])))), encoding="utf-8")
    print(_TARGET)
