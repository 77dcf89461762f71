"""Who keeps a file company, and what that company suggests."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evidencias.domain.linking.context import GROUPS, groups, heard, labels, offered, totals
from evidencias.domain.linking.prepare import file_view
from evidencias.domain.linking.sparse import grid
from evidencias.domain.model import EvidenceFile
from tests.domain.linking.cases import told

MINGA, FERIA = date(2024, 3, 12), date(2024, 5, 4)
# path, day of the event, fingerprint
Paper = tuple[str, date | None, str]


def company(*papers: Paper, cut: int | None = None) -> dict[str, list[int]]:
    """The group of each file (−1 for none) by kind of company, read in one part or two."""
    views = [
        file_view(EvidenceFile(str(i), p, p.rsplit("/", 1)[-1], size=9, md5=md5), "")
        for i, (p, _, md5) in enumerate(papers)
    ]
    days = [day for _, day, _ in papers]
    cut = cut or len(papers)
    parts = [labels(views[:cut], days[:cut])]
    if cut < len(papers):
        parts.append(labels(views[cut:], days[cut:]))
    return {name: group.tolist() for name, group in groups(parts).items()}


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (("Huertas/compost.jpg", None, ""), ("Huertas/semilla.pdf", None, ""),
         {"folder", "tree"}),
        (("Huertas/mayo/a.jpg", None, ""), ("Huertas/junio/b.jpg", None, ""), {"tree"}),
        (("Huertas/a.jpg", MINGA, ""), ("Huertas/b.jpg", MINGA, ""),
         {"folder", "tree", "event", "day"}),
        (("Huertas/a.jpg", MINGA, ""), ("Minga/b.jpg", MINGA, ""), {"day"}),
        (("Huertas/a.jpg", MINGA, ""), ("Huertas/b.jpg", FERIA, ""), {"folder", "tree"}),
        (("Huertas/trueque 1.pdf", None, ""), ("Huertas/trueque 2.pdf", None, ""),
         {"folder", "tree", "series"}),
        (("trueque 1.pdf", None, ""), ("Trueque-02.pdf", None, ""), {"series"}),
        (("Huertas/a.pdf", None, "f1"), ("Minga/b.pdf", None, "f1"), {"copy"}),
        (("trueque final.pdf", MINGA, "f1"), ("trueque final (1).pdf", MINGA, "f1"),
         {"event", "day", "series", "copy"}),
    ], ids=told,
)  # fmt: skip
def test_two_files_keep_each_other_company(one: Paper, other: Paper, kinds: set[str]) -> None:
    assert {name for name, group in company(one, other).items() if group == [0, 0]} == kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Huertas/compost.pdf", MINGA, "f1"), ("Minga/olla.pdf", FERIA, "f2")),
        (("compost.pdf", None, ""), ("olla.pdf", None, "")),
        (("IMG_0001.jpg", None, ""), ("IMG_0002.jpg", None, "")),
        (("Huertas/trueque 1.pdf", None, ""), ("Minga/trueque 2.pdf", None, "")),
    ],
    ids=told,
)
def test_files_without_anything_in_common_are_alone(one: Paper, other: Paper) -> None:
    assert company(one, other) == {name: [-1, -1] for name in GROUPS}


def test_empty_files_are_no_copies_of_each_other() -> None:
    views = [file_view(EvidenceFile(n, n, n, size=0, md5="d41d"), "") for n in ("a.txt", "b.txt")]
    assert groups([labels(views, [None, None])])["copy"].tolist() == [-1, -1]


def test_groups_reach_over_the_parts_of_an_archive() -> None:
    papers: tuple[Paper, ...] = (
        ("Huertas/compost.jpg", MINGA, "f1"),
        ("Minga/olla.jpg", None, "f2"),
        ("Huertas/trueque 1.pdf", MINGA, "f2"),
        ("Huertas/trueque 2.pdf", FERIA, "f3"),
    )
    whole = company(*papers)
    assert whole == company(*papers, cut=2) == company(*papers, cut=1)
    assert whole["folder"] == [0, -1, 0, 0]
    assert whole["copy"] == [-1, 0, 0, -1]


NONE, PAIR = np.array([-1, -1, -1]), np.array([0, 0, -1])
# Three files, six activities; the first file claims 0, the second 1 and the third 2.
CLAIMS = grid(6, np.array([0, 7, 14]), np.array([0.9, 0.6, 0.8]))


def offers(**known: np.ndarray) -> list[tuple[int, int]]:
    keys = offered(CLAIMS, dict.fromkeys(GROUPS, NONE) | known)
    return [(int(key) // 6, int(key) % 6) for key in keys]


OWN = [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize("name", ["folder", "event", "day", "series", "copy"])
def test_company_offers_what_its_members_claim_and_no_others(name: str) -> None:
    assert offers(**{name: PAIR}) == sorted([*OWN, (0, 1), (1, 0)])


@pytest.mark.parametrize("known", [{}, {"tree": PAIR}], ids=told)
def test_those_alone_and_those_of_a_wide_tree_are_offered_nothing(
    known: dict[str, np.ndarray],
) -> None:
    assert offers(**known) == OWN


def test_only_the_four_best_of_a_company_are_offered() -> None:
    claims = grid(6, np.arange(6), np.array([0.1, 0.9, 0.8, 0.7, 0.6, 0.2]))
    two = dict.fromkeys(GROUPS, np.array([-1, -1])) | {"folder": np.array([0, 0])}
    found = offered(claims, two)
    assert [int(k) - 6 for k in found if k >= 6] == [1, 2, 3, 4]


def test_scores_of_a_group_are_added_up_without_those_alone() -> None:
    claims = grid(2, np.array([0, 2, 3, 4]), np.array([0.5, 0.25, 1.0, 0.9]))
    found = totals(claims, PAIR)
    assert dict(zip(found.keys.tolist(), found.values.tolist(), strict=True)) == {0: 0.75, 1: 1.0}


@pytest.mark.parametrize(
    ("group", "others"),
    [(PAIR, [0.6, 0.9, 0.8]), (NONE, [0.9, 0.6, 0.8]), (np.array([0, 0, 0]), [0.7, 0.85, 0.75])],
    ids=told,
)
def test_how_sure_the_others_of_a_group_are_leaves_out_the_file_itself(
    group: np.ndarray, others: list[float]
) -> None:
    told = heard(CLAIMS, dict.fromkeys(GROUPS, group), {})
    assert told.others["folder"].tolist() == pytest.approx(others)
    assert told.best.tolist() == [0.9, 0.6, 0.8]
