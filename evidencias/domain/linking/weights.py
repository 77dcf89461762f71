"""The weights of the signals: one readable file, and the logistic sum that uses them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import context, teach
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds a unit of each signal for both looks; `sure`, `ahead` and `floor` decide states.

    `sure`: the least score of an automatic link; `ahead`: how much its score must exceed the
    runner-up's; `floor`: the score above which a suggestion counts as pending.
    """

    first: Mapping[str, float]
    second: Mapping[str, float]
    first_bias: float
    second_bias: float
    sure: float
    ahead: float
    floor: float
    kinds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def parse(text: str) -> Weights:
    """Weights from the text of `weights.toml`."""
    raw = tomllib.loads(text)
    return Weights(raw["first"], raw["second"], **raw["decision"], kinds=raw.get("kinds", {}))


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
    """The second look over the same pairs."""
    pairs = archives.second_columns(archive, pairs, told)
    return Scored(pairs, logistic(pairs.columns, weights.second, weights.second_bias))


def decided(archive: Archive, looked: Scored, taught: teach.Taught) -> Scored:
    """The scores with what people's decisions lend to companions."""
    pairs = looked.pairs
    added = teach.lent(archive, pairs, taught)
    odds = np.log(looked.score / (1.0 - looked.score)) + teach.total(added)
    rejected = np.isin(pairs.keys, taught.lessons.rejected)
    score = np.where(rejected, 0.0, 1.0 / (1.0 + np.exp(-odds)))
    return Scored(Pairs(pairs.width, pairs.keys, pairs.columns | added), score)
