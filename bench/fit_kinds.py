"""Fits the weights of the kinds of evidence: a ridge softmax over the signals of each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Corpus
from evidencias.domain.linking import kinds
from evidencias.domain.linking.prepare import views

RIDGE = 1.0
Floats = NDArray[np.float64]


def _samples(corpus: Corpus) -> list[tuple[dict[str, float], str]]:
    out = []
    needs = required(corpus)
    for view in views(corpus.files, corpus.texts):
        for kind in corpus.kinds.get(view.file.id, ()):
            out.append((kinds.asked(view, needs.get(view.file.id, {})), kind))
            out.append((kinds.signals(view), kind))
    return out


def required(corpus: Corpus) -> dict[str, dict[str, float]]:
    """For each linked file, the kinds its activities require."""
    needs = {a.code: a.required for a in corpus.activities}
    out: dict[str, dict[str, float]] = {}
    for file, code in corpus.links:
        out.setdefault(file, {}).update({k.value: 1.0 for k in needs[code]})
    return out


def fit_kinds(corpora: Sequence[Corpus]) -> dict[str, dict[str, float]]:
    """Weights kind → signal → log-odds."""
    from scipy.optimize import minimize

    samples = [s for c in corpora for s in _samples(c)]
    names = sorted({n for signals, _ in samples for n in signals})
    labels = sorted({k for _, k in samples})
    x = np.array([[signals.get(n, 0.0) for n in names] for signals, _ in samples])
    y = np.array([labels.index(k) for _, k in samples])
    hot = np.eye(len(labels))[y]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(len(names), len(labels))
        z = x @ w
        z -= z.max(1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(1, keepdims=True)
        value = -np.log(p[np.arange(len(y)), y] + 1e-12).sum() + RIDGE / 2 * (w**2).sum()
        return float(value), (x.T @ (p - hot) + RIDGE * w).ravel()

    found = minimize(loss, np.zeros(len(names) * len(labels)), jac=True, method="L-BFGS-B")
    table = found.x.reshape(len(names), len(labels))
    return {
        k: {n: round(float(v), 3) for n, v in zip(names, table[:, i], strict=True) if abs(v) > 0.02}
        for i, k in enumerate(labels)
    }


def right(corpus: Corpus, weights: Mapping[str, Mapping[str, float]]) -> float:
    known = [v for v in views(corpus.files, corpus.texts) if v.file.id in corpus.kinds]
    needs = required(corpus)
    hits = sum(
        {k.value for k in kinds.kinds(v, weights, needs.get(v.file.id))} == corpus.kinds[v.file.id]
        for v in known
    )
    return hits / max(1, len(known))
