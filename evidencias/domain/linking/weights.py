"""The weights of the signals: one readable file, and the logistic sum that uses them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import teach
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import Grid
from evidencias.domain.model import Decision

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


def second_scores(archive: Archive, first: Scored, weights: Weights) -> Scored:
    """The second look over the same pairs."""
    pairs = archives.second_columns(
        archive, first.pairs, Grid(archive.width, first.pairs.keys, first.score)
    )
    return Scored(pairs, logistic(pairs.columns, weights.second, weights.second_bias))


def scored(archive: Archive, weights: Weights, decisions: Sequence[Decision] = ()) -> Scored:
    """Both looks; what people decided stands for what the first look guessed."""
    taught = teach.lessons(archive, decisions)
    pairs = archives.first_columns(archive, archives.first_keys(archive, taught.confirmed))
    first = first_scores(pairs, weights)
    if taught.empty:
        return second_scores(archive, first, weights)
    sure = Scored(pairs, teach.settled(pairs.keys, first.score, taught))
    looked = second_scores(archive, sure, weights)
    added = teach.lent(archive, looked.pairs, taught)
    odds = np.log(looked.score / (1.0 - looked.score)) + teach.total(added)
    score = np.where(np.isin(pairs.keys, taught.rejected), 0.0, 1.0 / (1.0 + np.exp(-odds)))
    return Scored(Pairs(pairs.width, pairs.keys, looked.pairs.columns | added), score)
