"""The third look: what it looks at, how its scores stand beside the others, what no look may do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.fit import NOTE, text_of
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.weights import (
    DISPUTED,
    Scored,
    Weights,
    disputed,
    parse,
    shipped,
    weighed_again,
)
from tests.domain.linking.cases import told

NONE = Weights({}, {}, 0.0, 0.0, 0.9, 0.1)


def looked(*scores: float, files: tuple[int, ...] | None = None) -> Scored:
    """One pair a score; all of one file where `files` does not say otherwise."""
    keys = np.array([10 * f for f in files or (0,) * len(scores)], np.int64)
    keys += np.arange(len(scores))
    return Scored(Pairs(10, keys, {"x": np.arange(len(scores), dtype=float)}), np.array(scores))


def again(seen: Scored, weights: Weights) -> list[float]:
    """The scores after the third look."""
    found: list[float] = weighed_again(disputed(seen), seen.score, weights).tolist()
    return found


def test_only_what_is_in_question_is_looked_at_again() -> None:
    seen = disputed(looked(0.04, 0.05, 0.9, 0.6, files=(0, 0, 0, 1)))
    assert seen.at.tolist() == [1, 2, 3]
    assert seen.columns["judged_other_ahead"].tolist() == [0.9, 0.05, 0.0]
    assert seen.columns["x"].tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("scores", [(), (0.01,), (0.04, 0.0)], ids=told)
def test_nothing_in_question_is_no_error(scores: tuple[float, ...]) -> None:
    seen = looked(*scores)
    assert disputed(seen).at.size == 0
    assert again(seen, replace(NONE, third={"x": 1.0})) == [s / 2 for s in scores]


def test_without_a_third_look_scores_stay() -> None:
    assert again(looked(0.01, 0.5), NONE) == [0.01, 0.5]


@pytest.mark.parametrize("bias", [-9.0, -3.0, 0.0, 4.0])
def test_what_was_in_question_stays_above_what_was_not(bias: float) -> None:
    known = replace(NONE, third={"x": 0.0}, third_bias=bias)
    faint, likely = again(looked(DISPUTED - 1e-9, DISPUTED), known)
    assert faint < likely


def test_a_surer_third_score_is_never_told_as_a_lesser_one() -> None:
    told = [
        again(looked(0.5), replace(NONE, third={"x": 0.0}, third_bias=b))[0]
        for b in np.linspace(-9, 9, 50)
    ]
    assert told == sorted(told)


@pytest.mark.parametrize("look", ["first", "second", "third"])
def test_no_look_takes_a_code_for_a_counter_reason_nor_a_sign_for_a_reason(look: str) -> None:
    table: dict[str, float] = getattr(shipped(), look)
    codes = {k: v for k, v in table.items() if k.startswith("code_") and not k.endswith("_other")}
    signs = {k: v for k, v in table.items() if k.startswith("sign_")}
    assert codes
    assert signs
    assert not {k: v for k, v in codes.items() if v < 0}
    assert not {k: v for k, v in signs.items() if v > 0}


def test_the_file_of_weights_says_all_that_was_fitted() -> None:
    known = replace(shipped(), first={"a": 1.5}, second={"b": -2.0}, third={"c": 0.25})
    read = parse(text_of(known, NOTE))
    assert (read.first, read.second, read.third) == (known.first, known.second, known.third)
    assert read.kinds.keys() == known.kinds.keys()
