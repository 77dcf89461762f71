"""The list of mistakes: every right link that is missing, and every wrong one that was made."""

from __future__ import annotations

from datetime import date

import pytest

from bench.corpora import Corpus
from bench.linking_mistakes import WRONG, mistakes
from evidencias.domain.linking.weights import Weights
from evidencias.domain.model import Activity, EvidenceFile, Link, Linking, LinkState
from evidencias.domain.period import semester

AUTO, MAYBE = LinkState.AUTOMATIC, LinkState.SUGGESTED
KNOWN = Weights({}, {}, 0.0, 0.0, 0.9, 0.1)


def file(name: str, target: str | None = None) -> EvidenceFile:
    return EvidenceFile(id=name, path=name, name=name, shortcut_target=target)


def ways(gold: dict[tuple[str, str], int], *links: Link) -> list[tuple[str, str, str]]:
    """File, code and what stood in the way, of each mistake."""
    corpus = Corpus(
        "caso", "Política", semester("2024-1", date(2024, 7, 15)),
        tuple(Activity(code=c, axis="", name=f"Actividad {c}", row=2) for c in ("A", "B")),
        (file("uno"), file("dos"), file("atajo", "uno")), {}, gold, {}, {},
    )  # fmt: skip
    found = mistakes(corpus, Linking(links, {}, 0.1), KNOWN)
    return [(m.archivo, m.actividad[0], m.estorbo) for m in found]


@pytest.mark.parametrize(
    ("links", "way"),
    [
        ((), "no está entre las tres"),
        ((Link("A", "uno", MAYBE, 0.3),), "va primero, dudoso"),
        ((Link("A", "uno", MAYBE, 0.6),), "va primero, probable"),
        ((Link("A", "uno", MAYBE, 0.3), Link("B", "uno", MAYBE, 0.5)), "otra actividad va primero"),
    ],
)
def test_a_right_link_that_is_missing_says_what_stood_in_its_way(
    links: tuple[Link, ...], way: str
) -> None:
    assert ways({("uno", "A"): 3}, *links) == [("uno", "A", way)]


def test_a_wrong_automatic_link_is_a_mistake_and_a_right_one_none() -> None:
    right, wrong = Link("A", "uno", AUTO, 0.95), Link("B", "dos", AUTO, 0.95)
    assert ways({("uno", "A"): 1}, right, wrong) == [("dos", "B", WRONG)]


def test_mute_photographs_are_not_asked_for() -> None:
    assert ways({("uno", "A"): 5}) == []


def test_a_shortcut_and_its_target_are_one() -> None:
    assert ways({("atajo", "A"): 2}, Link("A", "uno", AUTO, 0.95)) == []
