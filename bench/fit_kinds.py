"""Fits the weights of the kinds of evidence: a ridge softmax over the signals of each file.

Each file that has both a text and a telling name is also shown by its name alone and by its text
alone: name and text must each learn to tell the kind, as they must where the other says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Corpus
from evidencias.domain.linking import kinds
from evidencias.domain.linking.prepare import views

RIDGE = 4.0
LEAST = 0.05  # smaller weights are not shipped: left-out kinds are as often right without them
Floats = NDArray[np.float64]


def halves(signals: Mapping[str, float]) -> list[dict[str, float]]:
    """What a file's name tells without its text, and its text without its name."""
    named = kinds.OF_NAME + kinds.OF_TYPE + (kinds.ASKED,)
    return [
        {s: v for s, v in signals.items() if s.startswith(named)},
        {s: v for s, v in signals.items() if not s.startswith(kinds.OF_NAME)},
    ]


def _samples(corpus: Corpus) -> list[tuple[dict[str, float], str]]:
    out = []
    needs = required(corpus)
    for view in views(corpus.files, corpus.texts):
        own = corpus.kinds.get(view.file.id, frozenset())
        if own:
            asked = kinds.asked(view, needs.get(view.file.id, {}))
            shown = [asked, kinds.signals(view)]
            if view.text.strip() and view.roots:
                shown += halves(asked)
            out += [(one, kind) for one in shown for kind in sorted(own)]
    return out


def required(corpus: Corpus) -> dict[str, dict[str, float]]:
    """For each linked file, the kinds its activities require."""
    needs = {a.code: a.required for a in corpus.activities}
    out: dict[str, dict[str, float]] = {}
    for file, code in corpus.links:
        out.setdefault(file, {}).update({k.value: 1.0 for k in needs[code]})
    return out


def _matrix(samples: Sequence[Mapping[str, float]], names: Sequence[str]) -> Any:
    """Samples by signals; most signals are absent from most samples."""
    from scipy.sparse import csr_matrix

    at = {name: i for i, name in enumerate(names)}
    ends = np.cumsum([0, *map(len, samples)])
    columns = [at[name] for sample in samples for name in sample]
    values = [value for sample in samples for value in sample.values()]
    return csr_matrix((values, columns, ends), shape=(len(samples), len(names)))


def fit_kinds(corpora: Sequence[Corpus]) -> dict[str, dict[str, float]]:
    """Weights kind → signal → log-odds."""
    from scipy.optimize import minimize

    samples = [s for c in corpora for s in _samples(c)]
    names = sorted({n for signals, _ in samples for n in signals})
    labels = sorted({k for _, k in samples})
    x = _matrix([signals for signals, _ in samples], names)
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
        k: {
            n: round(float(v), 3) for n, v in zip(names, table[:, i], strict=True) if abs(v) > LEAST
        }
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
