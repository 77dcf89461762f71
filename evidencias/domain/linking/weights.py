"""The weights of the signals: one readable file, and the logistic sum that uses them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import context, teach
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import best_other

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


DISPUTED: Final = 0.05  # from this score a pair is looked at a third time


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds a unit of each signal for the looks; `sure` and `floor` decide states.

    `third` weighs again the few pairs that the second look leaves in question.

    `sure`: the least score of an automatic link; `floor`: the score above which a suggestion counts
    as pending.
    """

    first: Mapping[str, float]
    second: Mapping[str, float]
    first_bias: float
    second_bias: float
    sure: float
    floor: float
    third: Mapping[str, float] = field(default_factory=dict)
    third_bias: float = 0.0
    kinds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def parse(text: str) -> Weights:
    """Weights from the text of `weights.toml`."""
    raw = tomllib.loads(text)
    return Weights(
        raw["first"], raw["second"], **raw["decision"], third=raw["third"], kinds=raw["kinds"]
    )


@cache
def shipped() -> Weights:
    """The weights of the package."""
    return parse(resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))


def logistic(columns: Mapping[str, Floats], weights: Mapping[str, float], bias: float) -> Floats:
    """The score 0 to 1 of each pair."""
    size = len(next(iter(columns.values()))) if columns else 0
    total = np.full(size, bias)
    for name, weight in weights.items():
        total += weight * columns[name]
    score: Floats = 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
    return score


@dataclass(frozen=True, slots=True)
class Scored:
    """Every pair looked at, with its signals and its score."""

    pairs: Pairs
    score: Floats


def first_scores(pairs: Pairs, weights: Weights) -> Scored:
    """The first look."""
    return Scored(pairs, logistic(pairs.columns, weights.first, weights.first_bias))


def second_scores(archive: Archive, pairs: Pairs, told: context.Heard, weights: Weights) -> Scored:
    """The second look over the same pairs, and the third at those it leaves in question."""
    pairs = archives.second_columns(archive, pairs, told)
    score = logistic(pairs.columns, weights.second, weights.second_bias)
    return Scored(pairs, weighed_again(disputed(Scored(pairs, score)), score, weights))


@dataclass(frozen=True, slots=True)
class Disputed:
    """The pairs in question, by place, and their signals: those of before and how they stand."""

    at: NDArray[np.int64]
    columns: Mapping[str, Floats]


def disputed(looked: Scored) -> Disputed:
    """The pairs of some likelihood, with what the third look weighs of them.

    Hardly likely ones would teach nothing of how to tell likely ones apart.
    """
    at = np.flatnonzero(looked.score >= DISPUTED)
    score, other = looked.score, best_other(looked.pairs.file, looked.score)
    columns = {name: values[at] for name, values in looked.pairs.columns.items()}
    columns["judged_logit_ahead"] = np.log((score[at] + 1e-4) / (1.0001 - score[at]))
    columns["judged_ahead"] = (score - other)[at]
    columns["judged_other_ahead"] = other[at]
    return Disputed(at, columns)


def weighed_again(seen: Disputed, score: Floats, weights: Weights) -> Floats:
    """What the third look says of the pairs in question; none of them falls below the others."""
    if not weights.third:  # as while they are being fitted
        return score
    again = logistic(seen.columns, weights.third, weights.third_bias)
    out = score / 2
    out[seen.at] = np.where(again < DISPUTED, (again + DISPUTED) / 2, again)
    return out


def decided(archive: Archive, looked: Scored, taught: teach.Taught) -> Scored:
    """The scores with what people's decisions lend to companions."""
    pairs = looked.pairs
    added = teach.lent(archive, pairs, taught)
    odds = np.log(looked.score / (1.0 - looked.score)) + teach.total(added)
    rejected = np.isin(pairs.keys, taught.lessons.rejected)
    score = np.where(rejected, 0.0, 1.0 / (1.0 + np.exp(-odds)))
    return Scored(Pairs(pairs.width, pairs.keys, pairs.columns | added), score)
