"""What decisions teach of files that keep the decided ones company."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import rows
from evidencias.domain.linking.teach import (
    LENT,
    MOST,
    Lessons,
    confirmed_in,
    lessons,
    settled,
    taught,
    total,
)
from evidencias.domain.model import Activity, Decision, EvidenceFile, Verdict
from tests.domain.linking.cases import told

FILES = [EvidenceFile(n, n, n) for n in ("minga.jpg", "olla.jpg", "trueque.pdf")]
ACTIVITIES = [Activity(code, "Eje", code) for code in ("M-1", "M-2")]
YES, NO, NOTED = Verdict.CONFIRM, Verdict.REJECT, Verdict.ACCEPT


def said(*decided: tuple[Verdict, str, str]) -> Lessons:
    return lessons(FILES, ACTIVITIES, [Decision("V", v, a, f) for v, a, f in decided])


@pytest.mark.parametrize(
    ("decided", "confirmed", "rejected"),
    [
        ([(YES, "M-2", "minga.jpg")], [1], []),
        ([(NO, "M-1", "trueque.pdf")], [], [4]),
        ([(YES, "M-2", "olla.jpg"), (YES, "M-1", "minga.jpg")], [0, 3], []),
        ([(YES, "M-1", "olla.jpg"), (YES, "M-1", "olla.jpg")], [2], []),
        ([(YES, "M-1", "olla.jpg"), (NO, "M-2", "olla.jpg")], [2], [3]),
    ],
    ids=told,
)
def test_a_decision_about_a_pair_is_a_lesson(
    decided: list[tuple[Verdict, str, str]], confirmed: list[int], rejected: list[int]
) -> None:
    found = said(*decided)
    assert (found.confirmed.tolist(), found.rejected.tolist()) == (confirmed, rejected)
    assert not found.empty


@pytest.mark.parametrize(
    "decided",
    [
        [],
        [(YES, "M-9", "minga.jpg")],
        [(YES, "M-1", "sancocho.jpg")],
        [(NOTED, "M-1", "minga.jpg")],
        [(YES, "", "")],
    ],
    ids=told,
)
def test_decisions_of_findings_or_of_what_is_gone_are_none(
    decided: list[tuple[Verdict, str, str]],
) -> None:
    assert said(*decided).empty


@pytest.mark.parametrize(
    ("files", "confirmed", "rejected"),
    [(range(3), [0, 3], [4]), (range(1), [0], []), (range(1, 3), [1], [2]), (range(2, 3), [], [0])],
    ids=told,
)
def test_the_lessons_of_some_files_are_numbered_from_the_first(
    files: range, confirmed: list[int], rejected: list[int]
) -> None:
    found = Lessons(np.array([0, 3]), np.array([4])).of(files, 2)
    assert (found.confirmed.tolist(), found.rejected.tolist()) == (confirmed, rejected)


def test_what_was_decided_takes_the_place_of_what_was_guessed() -> None:
    known = Lessons(np.array([1]), np.array([2]))
    scores = settled(np.arange(4), np.array([0.3, 0.3, 0.8, 0.8]), known)
    assert scores.tolist() == [0.3, 1.0, 0.0, 0.8]


TOGETHER, ALONE = [0, 0, 0], [-1, -1, -1]
PAIRS = Pairs(2, np.arange(6), {})


def heard(known: Lessons, group: list[int]) -> list[list[float]]:
    """For each of the six pairs: confirmed, confirmed elsewhere, rejected among companions."""
    company = dict.fromkeys(LENT, np.array(group))
    told = taught(known, company, rows([[], [], []]), 2)
    return [
        x.tolist() for x in confirmed_in(company["folder"], PAIRS, told.groups["folder"], known)
    ]


@pytest.mark.parametrize(
    ("decided", "group", "expected"),
    [
        ([(YES, "M-1", "minga.jpg")], TOGETHER,
         [[0, 0, 1, 0, 1, 0], [0, 0, 0, 1, 0, 1], [0] * 6]),
        ([(NO, "M-1", "minga.jpg")], TOGETHER, [[0] * 6, [0] * 6, [0, 0, 1, 0, 1, 0]]),
        ([(YES, "M-1", "minga.jpg"), (YES, "M-1", "olla.jpg")], TOGETHER,
         [[1, 0, 1, 0, 2, 0], [0, 1, 0, 1, 0, 2], [0] * 6]),
        ([(YES, "M-1", "minga.jpg"), (YES, "M-2", "minga.jpg")], TOGETHER,
         [[0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1], [0] * 6]),
        ([(YES, "M-1", "minga.jpg")], ALONE, [[0] * 6, [0] * 6, [0] * 6]),
        ([(YES, "M-1", "minga.jpg")], [0, 0, 1],
         [[0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0] * 6]),
        ([], TOGETHER, [[0] * 6, [0] * 6, [0] * 6]),
    ], ids=told,
)  # fmt: skip
def test_companions_hear_of_a_decision_and_the_file_itself_does_not(
    decided: list[tuple[Verdict, str, str]], group: list[int], expected: list[list[float]]
) -> None:
    assert heard(said(*decided), group) == expected


@pytest.mark.parametrize(
    ("columns", "lent"),
    [
        ({"taught_folder": 1.0, "taught_words": 0.5}, 1.5),
        ({"taught_folder": 1.0, "taught_words": -0.5}, 0.5),
        ({"taught_copy": 9.0}, MOST),
        ({"taught_copy": -9.0}, -MOST),
        ({"taught_folder": 1.0, "taught_count_folder": 7.0}, 1.0),
        ({"taught_folder": 1.0, "name_words": 3.0}, 1.0),
    ],
    ids=told,
)
def test_what_is_lent_in_all_is_bounded_and_counts_no_counts(
    columns: dict[str, float], lent: float
) -> None:
    found = total({name: np.array([value]) for name, value in columns.items()})
    assert found.tolist() == [lent]
