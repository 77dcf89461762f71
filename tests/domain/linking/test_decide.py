"""From scores to states: what agrees, what forbids, what is automatic and what is suggested."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking.decide import (
    ELSEWHERE,
    UNFIT,
    agreeing,
    automatic,
    choose,
    forbidden,
)
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.weights import Scored, Weights
from tests.domain.linking.cases import told

BOUNDS = Weights({}, {}, 0.0, 0.0, sure=0.9, floor=0.1)
WIDTH = 10
NAMED = ("name", "folder", "lines", "text", "learned_name", "learned_text")
NEEDED = (
    *(f"{n}_{m}" for n in NAMED[:4] for m in ("words", "ahead", "aligned", "aligned_ahead")),
    *(f"{n}_{m}" for n in NAMED[:4] for m in ("topics", "topics_ahead")),
    *("learned_name", "learned_name_ahead", "learned_text", "learned_text_ahead"),
    *(f"{n}_narrated{m}" for n in ("name", "text") for m in ("", "_ahead")),
    *(f"{g}_mean" for g in ("folder", "event", "series", "copy", "day")),
    *("code_name", "code_text_code", "code_name_weak_backed", "code_name_other"),
    *("code_folder", "code_folder_weak_backed", "axis_ahead", "department_ahead", "kind_fits"),
    *(f"sign_{s}{p}" for s in UNFIT for p in ("", "_folder")),
    *("sign_draft_text", "sign_other_time_text", "sign_blank_form"),
)
CODE_AND_KIND = {"code_name": 1.0, "kind_fits": 1.0}


def pairs(*told: dict[str, float], keys: list[int] | None = None) -> Pairs:
    """Pairs with the columns given; all others say nothing."""
    names = {*NEEDED, *(name for one in told for name in one)}
    columns = {name: np.array([one.get(name, 0.0) for one in told]) for name in names}
    return Pairs(WIDTH, np.array(keys or range(len(told))), columns)


def says(**columns: float) -> set[str]:
    return {kind for kind, fires in agreeing(pairs(columns)).items() if fires[0]}


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"code_name": 0.5}, "codigo"),
        ({"code_text_code": 1.0}, "codigo"),
        ({"code_name_weak_backed": 0.3}, "codigo"),
        ({"code_folder": 1.0}, "carpeta"),
        ({"folder_words": 0.4, "folder_ahead": 0.2}, "carpeta"),
        ({"folder_aligned": 0.4, "folder_aligned_ahead": 0.2}, "carpeta"),
        ({"folder_mean": 0.5}, "carpeta"),
        ({"axis_ahead": 0.6}, "carpeta"),
        ({"name_words": 0.4, "name_ahead": 0.2}, "nombre"),
        ({"name_topics": 0.4, "name_topics_ahead": 0.2}, "nombre"),
        ({"learned_name": 0.4, "learned_name_ahead": 0.3}, "nombre"),
        ({"name_narrated": 0.4, "name_narrated_ahead": 0.2}, "nombre"),
        ({"text_narrated": 0.4, "text_narrated_ahead": 0.2}, "texto"),
        ({"lines_words": 0.4, "lines_ahead": 0.2}, "texto"),
        ({"learned_text": 0.4, "learned_text_ahead": 0.3}, "texto"),
        ({"copy_mean": 0.8}, "compania"),
        ({"event_mean": 0.4}, "compania"),
        ({"kind_fits": 1.0}, "clase"),
        ({"taught_words": 1.2}, "aprendido"),
        ({"taught_words": 0.5, "taught_folder": 0.5}, "aprendido"),
    ],
    ids=told,
)
def test_a_kind_of_signal_speaks(columns: dict[str, float], kind: str) -> None:
    assert says(**columns) == {kind}


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"code_name": 0.4},
        {"code_folder": 0.3},
        {"name_words": 0.4, "name_ahead": -0.1},
        {"name_words": 0.05, "name_ahead": 0.9},
        {"name_words": 0.4},
        {"learned_name": 0.4, "learned_name_ahead": 0.1},
        {"name_narrated": 0.4, "name_narrated_ahead": -0.2},
        {"text_narrated": 0.12, "text_narrated_ahead": 0.9},
        {"text_topics": 0.12, "text_topics_ahead": 0.9},
        {"event_mean": 0.3},
        {"axis_ahead": 0.3},
        {"kind_fits": -1.0},
        {"taught_words": 0.5},
        {"taught_words": 0.9, "taught_copy": -0.5},
        {"taught_words": 0.1, "taught_count_folder": 9.0},
    ],
    ids=told,
)
def test_too_little_or_less_than_another_activity_does_not_speak(
    columns: dict[str, float],
) -> None:
    assert says(**columns) == set()


FORBIDDING: list[dict[str, float]] = [
    *({f"sign_{sign}": 1.0} for sign in UNFIT),
    *({f"sign_{sign}_folder": 1.0} for sign in UNFIT),
    {"sign_draft_text": 1.0},
    {"sign_other_time_text": 1.0},
    {"sign_blank_form": 0.8},
    {"code_name_other": 1.0},
]
ALLOWING: list[dict[str, float]] = [
    {},
    {"sign_draft": 0.5},
    {"sign_template_text": 1.0},
    {"sign_payment_text": 1.0},
    {"sign_plan_paper": 1.0},
    {"sign_other_programme": 1.0},
    {"sign_blank_form": 0.6},
    {"code_name_other": 0.4},
    {"code_name_other": 1.0, "code_name": 1.0},
]


@pytest.mark.parametrize("columns", FORBIDDING, ids=told)
def test_a_sign_forbids_what_all_signals_ask_for(columns: dict[str, float]) -> None:
    assert forbidden(pairs(columns)).tolist() == [True]
    told = pairs({"folder_mean": 1.0, "copy_mean": 1.0, "kind_fits": 1.0} | columns)
    assert automatic(Scored(told, np.array([0.999])), BOUNDS).tolist() == [False]


@pytest.mark.parametrize("columns", ALLOWING, ids=told)
def test_faint_and_other_signs_forbid_nothing(columns: dict[str, float]) -> None:
    assert forbidden(pairs(columns)).tolist() == [False]


@pytest.mark.parametrize(
    ("columns", "score", "sure"),
    [
        (CODE_AND_KIND, 0.9, True),
        ({"folder_mean": 0.6, "copy_mean": 0.6}, 0.95, True),
        ({"name_words": 0.5, "name_ahead": 0.5, "kind_fits": 1.0}, 0.93, True),
        ({"name_words": 0.5, "name_ahead": 0.5, "kind_fits": 1.0}, 0.91, False),
        (CODE_AND_KIND, 0.89, False),
        ({"code_name": 1.0}, 0.99, False),
        ({"code_name": 1.0, "code_text_code": 1.0}, 0.99, False),
        ({"kind_fits": 1.0}, 0.99, False),
        ({}, 0.999, False),
    ],
    ids=told,
)
def test_two_kinds_that_agree_and_a_high_score_make_it_automatic(
    columns: dict[str, float], score: float, sure: bool
) -> None:
    assert automatic(Scored(pairs(columns), np.array([score])), BOUNDS).tolist() == [sure]


Shown = list[tuple[int, bool, float]]


def chosen(*scores: float, surely: tuple[int, ...] = (), keys: list[int] | None = None) -> Shown:
    """The keys chosen of pairs with those scores, in order, with state and score shown."""
    told = [CODE_AND_KIND if at in surely else {} for at in range(len(scores))]
    of = pairs(*told, keys=keys)
    found = choose(Scored(of, np.array(scores)), BOUNDS)
    shown = zip(of.keys[found.at], found.automatic, found.score, strict=True)
    return [(int(key), bool(sure), round(float(score), 4)) for key, sure, score in shown]


@pytest.mark.parametrize(
    ("scores", "order"),
    [
        ((0.2, 0.6, 0.4), [1, 2, 0]),
        ((0.2, 0.6, 0.4, 0.5, 0.1), [1, 3, 2]),
        ((0.5, 0.5, 0.5, 0.5), [0, 1, 2]),
        ((0.3, 0.001, 0.0), [0]),
        ((0.3, 0.0021, 0.0019), [0, 1]),
        ((0.001, 0.0005, 0.0001), [0, 1]),
        ((0.001, 0.0002), [0]),
        ((0.0002, 0.0001), []),
    ],
    ids=told,
)
def test_at_most_three_suggestions_that_tell_something_best_first(
    scores: tuple[float, ...], order: list[int]
) -> None:
    found = chosen(*scores)
    assert [key for key, _, _ in found] == order
    assert not any(sure for _, sure, _ in found)
    assert [score for _, _, score in found] == [round(scores[k], 4) for k in order]


def test_automatic_links_come_first_and_take_no_place_of_a_suggestion() -> None:
    found = chosen(0.99, 0.95, 0.7, 0.6, 0.5, 0.4, surely=(1,))
    assert [(key, sure) for key, sure, _ in found] == [
        (1, True), (0, False), (2, False), (3, False),
    ]  # fmt: skip


def test_suggestions_of_a_file_that_is_anothers_already_are_shown_lower() -> None:
    found = chosen(0.95, 0.8, surely=(0,))
    assert found == [(0, True, 0.95), (1, False, round(ELSEWHERE * 0.8, 4))]


def test_files_are_chosen_for_apart() -> None:
    keys = [0, 1, 2, 3, 10, 11, 20]
    found = chosen(0.1, 0.2, 0.3, 0.4, 0.5, 0.95, 0.6, surely=(5,), keys=keys)
    assert [key for key, _, _ in found] == [3, 2, 1, 11, 10, 20]
    shown = {key: score for key, _, score in found}
    assert (shown[20], shown[10]) == (0.6, round(ELSEWHERE * 0.5, 4))
