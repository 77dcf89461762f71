"""What an activity explains of a file's words, and words that it does not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.explain import aligned, explained, explainers, telling
from evidencias.domain.linking.prepare import activity_view
from evidencias.domain.linking.sparse import rows
from evidencias.domain.linking.vocabulary import plan
from evidencias.domain.model import Activity
from tests.domain.linking.cases import told

PLAN = plan(
    [
        activity_view(a)
        for a in (
            Activity("ABE", "Campo", "Dictar talleres de apicultura", "Agricultura", "Colmenas"),
            Activity("VIA", "Vías", "Pavimentar la carretera de Loma Alta", "Infraestructura"),
            Activity("RAB", "Campo", "Vacunar contra la rabia", "Sanidad"),
        )
    ],
    "Política de prueba",
)
VAR = Activity("VAR", "Hogares", "Entregar alimentos a hogares vulnerables")
NOBODY = [0.0, 0.0, 0.0]
Alias = Mapping[str, tuple[tuple[str, float], ...]]


def measured(text: str, alias: Alias | None = None) -> tuple[list[float], list[float]]:
    """What each activity explains of a text (share), and how much of it the text says."""
    roots = list(dict.fromkeys(language.roots(text)))
    by = explainers(PLAN, roots, alias or {})
    said = rows([[by.ids[root] for root in roots]])
    asks = np.array([telling(root, {}) for root in by.ids])
    every = np.arange(3)
    shares, worth = explained(said, by, asks), aligned(said, by, np.ones(len(by.ids)))
    return shares.at(every).tolist(), worth.at(every).tolist()


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("apicultura", [1.0, 0.0, 0.0]),
        ("colmenas", [1.0, 0.0, 0.0]),
        ("abejas", [0.65, 0.0, 0.0]),
        ("carretera", [0.0, 1.0, 0.0]),
        ("bacheo", [0.0, 0.65, 0.0]),
        ("rabia", [0.0, 0.0, 1.0]),
        ("infraestructura", [0.0, 0.7, 0.0]),
        ("apicultura carretera", [0.5, 0.5, 0.0]),
        ("apicultura partitura", [0.5, 0.0, 0.0]),
    ],
    ids=told,
)
def test_a_word_is_explained_by_itself_its_topic_or_the_office(
    text: str, shares: list[float]
) -> None:
    assert measured(text)[0] == pytest.approx(shares)


@pytest.mark.parametrize("text", ["partitura", "clarinete sinfónico", "qwertyp", "", "de la y"])
def test_words_of_other_matters_are_explained_by_nobody(text: str) -> None:
    assert measured(text) == (NOBODY, NOBODY)


def test_words_of_office_take_little_from_what_is_explained() -> None:
    assert measured("acta reunión apicultura")[0][0] > 0.8
    assert measured("partitura clarinete apicultura")[0][0] < 0.4


def test_each_word_that_fits_says_more_of_the_activity() -> None:
    one, two = (measured(t)[1][0] for t in ("apicultura", "apicultura colmenas"))
    alike, with_stranger = (measured(t)[1] for t in ("apicultura", "apicultura partitura"))
    assert two > one > 0
    assert alike == with_stranger


def test_a_word_of_its_own_says_more_than_one_of_its_topic() -> None:
    assert measured("apicultura")[1][0] > measured("abejas")[1][0] > 0


@pytest.mark.parametrize(
    ("alias", "shares"),
    [
        ({"apikulturx": ((language.stem("apicultura"), 0.8),)}, [0.8, 0.0, 0.0]),
        ({"apikulturx": ((language.stem("partitura"), 0.8),)}, NOBODY),
        ({}, NOBODY),
    ],
    ids=told,
)
def test_a_word_that_stands_for_another_is_explained_as_surely(
    alias: Alias, shares: list[float]
) -> None:
    by = explainers(PLAN, ["apikulturx"], alias)
    found = explained(rows([[0]]), by, np.ones(1)).at(np.arange(3))
    assert found.tolist() == pytest.approx(shares)


@pytest.mark.parametrize("word", ["partitura", "colmena", "guadua", "carretera"])
def test_rare_content_words_ask_to_be_explained_and_common_ones_hardly(word: str) -> None:
    root = language.stem(word)
    assert telling(root, {root: 1.0}) == 1.0
    assert telling(root, {root: 0.05}) < 0.1


@pytest.mark.parametrize("word", ["acta", "taller", "reunion", "salon", "realizar", "asistencia"])
def test_words_of_office_hardly_ask_however_rare(word: str) -> None:
    root = language.stem(word)
    assert telling(root, {root: 1.0}) == 0.1


@pytest.mark.parametrize(("chance", "share"), [(1.0, 0.8), (0.5, 0.4)])
def test_a_word_of_the_report_explains_less_than_the_plan_s_and_as_surely_as_it_tells(
    chance: float, share: float
) -> None:
    retold = plan([activity_view(VAR, {language.stem("xilofono"): chance})], "Política de prueba")
    by = explainers(retold, [language.stem("xilofono")], {})
    assert by.shares.weights.tolist() == pytest.approx([share])


def test_a_word_that_plan_and_report_share_explains_as_the_plan_s() -> None:
    retold = plan([activity_view(VAR, {language.stem("alimentos"): 0.5})], "Política de prueba")
    by = explainers(retold, [language.stem("alimentos")], {})
    assert by.shares.weights.tolist() == [1.0]
