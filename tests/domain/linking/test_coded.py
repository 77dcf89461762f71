"""Codes as tables, by place and way of writing, and how far they are to be trusted."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking.coded import agreement, code_grids, trust
from evidencias.domain.linking.prepare import activity_view, file_view
from evidencias.domain.linking.sparse import grid
from evidencias.domain.linking.vocabulary import plan
from evidencias.domain.model import Activity, EvidenceFile
from tests.domain.linking.cases import told

CODES = [f"QW-{n:02d}" for n in range(1, 21)]
PLAN = plan([activity_view(Activity(code, "Eje", code)) for code in CODES], "")


def found(path: str, text: str = "") -> set[tuple[str, str, float]]:
    """Where and how a file bears which code, and the share of it."""
    view = file_view(EvidenceFile(path, path, path.rsplit("/", 1)[-1]), text)
    return {
        (where, CODES[int(key)], float(value))
        for where, table in code_grids([view], PLAN).items()
        for key, value in zip(table.keys, table.values, strict=True)
    }


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("QW-03 acta.pdf", "", {("name_full", "QW-03", 1.0)}),
        ("QW-03/acta.pdf", "", {("folder_full", "QW-03", 1.0)}),
        ("QW-03 Huertas/mayo/acta.pdf", "", {("folder_full", "QW-03", 1.0)}),
        ("acta.pdf", "Actividad QW-03\nSe sembró", {("text_code", "QW-03", 1.0)}),
        ("acta.pdf", "QW-03 y QW-04", {("text_code", "QW-03", 0.5), ("text_code", "QW-04", 0.5)}),
        (
            "QW-03/QW-04 acta.pdf",
            "",
            {("folder_full", "QW-03", 1.0), ("name_full", "QW-04", 1.0)},
        ),
    ],
    ids=told,
)
def test_a_code_is_found_where_it_stands(
    path: str, text: str, expected: set[tuple[str, str, float]]
) -> None:
    assert found(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("acta de la minga.pdf", "Se sembraron guaduas"),
        ("QW-77 acta.pdf", ""),
        ("acta.pdf", "\n".join(["Se sembró"] * 12 + ["QW-03"])),
        ("acta.pdf", "x" * 1500 + "\nQW-03"),
    ],
)
def test_a_code_of_no_activity_or_far_down_is_not(path: str, text: str) -> None:
    assert found(path, text) == set()


@pytest.mark.parametrize(("text", "shares"), [("QW-LAR-03", [1.0]), ("LAR-03 minga", [])], ids=told)
def test_a_text_must_say_the_whole_code(text: str, shares: list[float]) -> None:
    long = plan([activity_view(Activity(f"QW-LAR-{n:02d}", "Eje", "")) for n in range(1, 9)], "")
    view = file_view(EvidenceFile("acta.pdf", "acta.pdf", "acta.pdf"), text)
    assert code_grids([view], long)["text_code"].values.tolist() == shares


Claims = dict[tuple[int, int], float]


def counted(codes: Claims, words: Claims) -> tuple[int, int]:
    tables = [
        grid(3, np.array([f * 3 + a for f, a in x], np.int64), np.array([*x.values()], np.float64))
        for x in (codes, words)
    ]
    return agreement(*tables)


@pytest.mark.parametrize(
    ("codes", "words", "expected"),
    [
        ({(0, 1): 1.0}, {(0, 1): 0.9}, (1, 0)),
        ({(0, 1): 1.0}, {(0, 1): 0.6, (0, 2): 0.9}, (1, 0)),
        ({(0, 1): 1.0}, {(0, 2): 0.9}, (0, 1)),
        ({(0, 1): 1.0}, {(0, 1): 0.1, (0, 2): 0.9}, (0, 1)),
        ({(0, 1): 1.0}, {(0, 1): 0.4, (0, 2): 0.9}, (0, 0)),
        ({(0, 1): 1.0}, {(0, 2): 0.2}, (0, 0)),
        ({(0, 1): 1.0}, {(1, 1): 0.9}, (0, 0)),
        ({(0, 1): 1.0}, {}, (0, 0)),
        ({}, {(0, 1): 0.9}, (0, 0)),
        ({(0, 1): 1.0, (1, 0): 1.0, (2, 2): 1.0}, {(0, 1): 0.9, (1, 0): 0.8, (2, 1): 0.7}, (2, 1)),
    ],
    ids=told,
)
def test_codes_agree_with_words_differ_or_meet_none(
    codes: Claims, words: Claims, expected: tuple[int, int]
) -> None:
    assert counted(codes, words) == expected


@pytest.mark.parametrize(
    ("counts", "sure"),
    [
        ([], 0.5),
        ([(0, 0)], 0.5),
        ([(8, 0)], 0.9),
        ([(0, 8)], 0.1),
        ([(3, 3)], 0.5),
        ([(4, 0), (4, 0)], 0.9),
        ([(7, 1), (1, 7)], 0.5),
    ],
    ids=told,
)
def test_trust_grows_with_agreement_in_all_parts(
    counts: list[tuple[int, int]], sure: float
) -> None:
    assert trust(counts) == pytest.approx(sure)


def test_one_agreement_is_less_than_many() -> None:
    assert 0.5 < trust([(1, 0)]) < trust([(9, 0)]) < trust([(99, 0)]) < 1
