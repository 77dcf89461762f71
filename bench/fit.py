"""Fits the linker's weights on corpora: `python -m bench.fit DIR [DIR…]` writes weights.toml."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Corpus, deformed, load
from bench.fit_kinds import fit_kinds
from bench.groups import claims_without, folders, group_of
from bench.linked import Fitted
from evidencias.domain.claims.narrator import narrator
from evidencias.domain.claims.scoring import Weights as ClaimWeights
from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import vocabulary
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.linker import is_paper
from evidencias.domain.linking.narrative import Narrator
from evidencias.domain.linking.parts import Here
from evidencias.domain.linking.prepare import activity_view
from evidencias.domain.linking.sparse import Grid
from evidencias.domain.linking.team import Team
from evidencias.domain.linking.weights import (
    Scored,
    Weights,
    disputed,
    first_scores,
    logistic,
)
from evidencias.domain.model import EvidenceFile

Floats = NDArray[np.float64]
RIDGE, RIDGE_THIRD = 20.0, 100.0
INNER = 3  # parts into which the cases are split for first looks that never saw their case
THINNED = 0.5  # share of the wrong pairs that the fit looks at, each weighing for the others
FITTED = (
    "otros-codigos",
    "sin-codigos",
    "por-meses",
    "mayusculas",
    "sin-texto",
    "plana-sin-codigos",
)
REPORTED = ("sin-codigos", "por-meses", "plana-sin-codigos")  # the others come without report
UNHEARD, DEFORMED = 0.5, 0.3  # what a case without its report weighs, and a deformed one
# Chosen on scores of left-out corpora and their deformations: the least at which precision holds.
SURE, FLOOR = 0.91, 0.15
TARGET = Path(__file__).parents[1] / "evidencias" / "domain" / "linking" / "weights.toml"


@dataclass(frozen=True)
class Case:
    """A corpus read, with its gold as pair keys → level."""

    corpus: Corpus
    archive: Archive
    gold: Mapping[int, int]
    pairs: Pairs
    weight: float = 1.0


def _read(corpus: Corpus, files: Sequence[EvidenceFile], teller: Narrator | None) -> Archive:
    """A corpus after the rough look, as the linker reads it, in one part."""
    here = Here()
    team = Team([here], len(files))
    plan = vocabulary.plan([activity_view(a) for a in corpus.activities], corpus.policy)
    team.open(files, corpus.texts, plan, corpus.period)
    if teller is not None:
        team.hear(teller)
    told, _, scores = team.told
    look = replace(here.state.rough, scores=scores)
    return archives.archive(here.state.opened, here.state.blocks, look, told)


def case(corpus: Corpus, weight: float = 1.0, claims: ClaimWeights | None = None) -> Case:
    """A corpus as the looks see it; its report is read by the weights given."""
    files = [f for f in corpus.files if is_paper(f)]
    told = narrator(corpus.report, corpus.activities, weights=claims) if corpus.report else None
    archive = _read(corpus, files, told)
    rows = {f.id: i for i, f in enumerate(files)}
    codes = {a.code: i for i, a in enumerate(corpus.activities)}
    gold = {
        rows[f] * archive.width + codes[a]: level
        for (f, a), level in corpus.links.items()
        if f in rows
    }
    pairs = archives.first_columns(archive, archives.first_keys(archive.rough, archive.company))
    return Case(corpus, archive, gold, pairs, weight)


def _labels(keys: NDArray[np.int64], case_: Case) -> tuple[Floats, Floats]:
    """Right or wrong for each pair, and its weight; a fixed draw skips some wrong ones."""
    listed = keys.tolist()
    y = np.array([float(k in case_.gold) for k in listed])
    weight = np.array([0.5 if case_.gold.get(k) == 5 else 1.0 for k in listed]) * case_.weight
    drawn = np.random.default_rng(len(listed)).random(len(listed)) < THINNED
    return y, weight * np.where(y > 0, 1.0, drawn / THINNED)


FREE = frozenset({"has_text", "image", "mute_name", "report_tells"})
AGAINST = ("sign_", "outside")
CERTAIN = ("code_", "sign_", "outside")  # what these mean no look may turn round


def expected_sign(name: str) -> int:
    """What a signal may only do: speak for (1), against (−1), or either (0)."""
    if name in FREE or name.endswith("_ahead"):
        return 0
    return -1 if name.startswith(AGAINST) or name.endswith(("_other", "_unexplained")) else 1


def signed_fit(
    x: Floats, y: Floats, weight: Floats, signs: Sequence[int], ridge: float = RIDGE
) -> tuple[Floats, float]:
    """Ridge logistic regression in which no signal may get a weight of the wrong sign."""
    from scipy.optimize import minimize

    spread = x.std(0) + 1e-6
    z = (x / spread).astype(np.float32)

    def loss(beta: Floats) -> tuple[float, Floats]:
        total = z @ beta[:-1].astype(np.float32) + beta[-1]
        p = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        error = (weight * (p - y)).astype(np.float32)
        value = -np.sum(weight * np.log(np.where(y > 0, p, 1 - p) + 1e-9)) + ridge / 2 * np.sum(
            beta[:-1] ** 2
        )
        return float(value), np.append(z.T @ error + ridge * beta[:-1], error.sum()).astype(float)

    limits = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
    bounds = [limits[sign] for sign in signs] + [(None, None)]
    start = np.append(np.zeros(len(signs)), -3.0)
    found = minimize(
        loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 200}
    )
    return found.x[:-1] / spread, float(found.x[-1])


def _matrix(columns: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    return np.stack([columns[n] for n in names], axis=1)


def _fit(
    parts: Sequence[tuple[Case, Scored]], ridge: float = RIDGE, *, free: bool = False
) -> tuple[dict[str, float], float]:
    """Weights and bias from what a look sees; if `free`, only codes and signs keep their sense."""
    names = list(parts[0][1].pairs.columns)
    rows, answers, weights = [], [], []
    for one, seen in parts:
        y, weight = _labels(seen.pairs.keys, one)
        kept = weight > 0
        rows.append(_matrix(seen.pairs.columns, names)[kept].astype(np.float32))
        answers.append(y[kept])
        weights.append(weight[kept])
    signs = [0 if free and not n.startswith(CERTAIN) else expected_sign(n) for n in names]
    beta, bias = signed_fit(
        np.concatenate(rows), np.concatenate(answers), np.concatenate(weights), signs, ridge
    )
    return dict(zip(names, beta.tolist(), strict=True)), bias


def _first(cases: Sequence[Case]) -> Weights:
    parts = []
    for one in cases:
        parts.append((one, Scored(one.pairs, np.zeros(len(one.pairs.keys)))))
    first, bias = _fit(parts)
    return Weights(first, {}, bias, 0.0, SURE, FLOOR)


def origin(case_: Case) -> str:
    """The corpus a (deformed) case comes from."""
    return case_.corpus.name.split("+")[0]


def _inner(cases: Sequence[Case]) -> list[set[str]]:
    """Parts of the cases: each is looked at by weights of the others."""
    named = sorted({origin(c) for c in cases})
    return [set(named[i::INNER]) for i in range(min(INNER, len(named)))]


def _second_parts(cases: Sequence[Case]) -> list[tuple[Case, Scored]]:
    """What the second look sees of each case after a first look by weights of others."""
    parts = []
    for left_out in _inner(cases):
        inner = _first([c for c in cases if origin(c) not in left_out] or list(cases))
        for one in (c for c in cases if origin(c) in left_out):
            seen = first_scores(one.pairs, inner)
            scores = Grid(one.archive.width, seen.pairs.keys, seen.score)
            told = archives.heard(one.archive, scores)
            pairs = archives.second_columns(one.archive, seen.pairs, told)
            parts.append((one, Scored(pairs, seen.score)))
    return parts


def _third_parts(parts: Sequence[tuple[Case, Scored]]) -> list[tuple[Case, Scored]]:
    """The pairs in question of each case after a second look by weights of others."""
    out = []
    for left_out in _inner([one for one, _ in parts]):
        others = [(c, x) for c, x in parts if origin(c) not in left_out] or parts
        second, bias = _fit(others)
        for one, seen in ((c, x) for c, x in parts if origin(c) in left_out):
            score = logistic(seen.pairs.columns, second, bias)
            found = disputed(Scored(seen.pairs, score))
            pairs = Pairs(seen.pairs.width, seen.pairs.keys[found.at], dict(found.columns))
            out.append((one, Scored(pairs, score[found.at])))
    return out


def fit(cases: Sequence[Case]) -> Weights:
    """Weights from some cases; each look learns from looks before it made without the case."""
    parts = _second_parts(cases)
    second, second_bias = _fit(parts)
    # It corrects the second look, so likenesses may turn against what they meant there.
    third, third_bias = _fit(_third_parts(parts), RIDGE_THIRD, free=True)
    return replace(
        _first(cases), second=second, second_bias=second_bias, third=third, third_bias=third_bias,
        kinds=fit_kinds([c.corpus for c in cases if "+" not in c.corpus.name]),
    )  # fmt: skip


def text_of(weights: Weights, note: str) -> str:
    """The weights as the readable file."""
    lines = [*(f"# {x}" for x in note.splitlines()), "", "[decision]"]
    for key in ("first_bias", "second_bias", "third_bias", "sure", "floor"):
        lines.append(f"{key} = {getattr(weights, key):.4f}")
    for part in ("first", "second", "third"):
        lines += ["", f"[{part}]"]
        table: Mapping[str, float] = getattr(weights, part)
        lines += [f"{name} = {value:.4f}" for name, value in table.items()]
    for kind, values in weights.kinds.items():
        lines += ["", f"[kinds.{kind}]"]
        lines += [f'"{name}" = {value:.3f}' for name, value in values.items()]
    return "\n".join(lines) + "\n"


NOTE = """Pesos del enlazador, en log-odds por unidad de cada señal; con signo: a favor y en contra.
Los escribe `python -m bench.fit CARPETA [CARPETA…]` (regresión logística con penalización
cuadrática, sobre los casos de las carpetas y sus deformaciones). No se editan a mano.
first: lo que dice el archivo solo. second: con lo que dice su compañía. third: de nuevo, las
parejas dudosas."""


@cache
def cases_of(*roots: Path) -> tuple[Case, ...]:
    """The cases under some folders that have codes and dates, and their deformations, lighter.

    Each report is read by weights that never saw its case nor those that are left out with it.
    """
    out = []
    for folder in folders(*roots):
        corpus = load(folder)
        claims = claims_without(group_of(corpus.name, *roots), *roots) if corpus.report else None
        out.append(case(corpus, claims=claims))
        if corpus.report:
            unheard = replace(corpus, name=f"{corpus.name}+sin-informe", report=None)
            out.append(case(unheard, UNHEARD))
        changed = deformed(corpus)
        for name in FITTED:
            told = corpus.report if name in REPORTED else None
            out.append(case(replace(changed[name], report=told), DEFORMED, claims))
    return tuple(out)


@cache
def left_out(group: frozenset[str], *roots: Path) -> Weights:
    """Weights of all cases but those of a group."""
    return fit([c for c in cases_of(*roots) if origin(c) not in group])


def unseen(name: str, *roots: Path) -> Fitted:
    """Weights that never saw a case, nor those that are left out with it."""
    group = group_of(name, *roots)
    return Fitted(left_out(group, *roots), claims_without(group, *roots))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    weights = fit(cases_of(*options.folders))
    TARGET.write_text(text_of(weights, NOTE), encoding="utf-8")
    print(f"{TARGET}: {len(weights.first)} + {len(weights.second)} + {len(weights.third)} señales")


if __name__ == "__main__":
    main()
