"""Words that go together by what they are about, and what of an activity they reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.explain import telling
from evidencias.domain.linking.kin import kin, likeness, reached, understood
from evidencias.domain.linking.prepare import activity_view
from evidencias.domain.linking.sparse import rows
from evidencias.domain.linking.vocabulary import Plan, plan
from evidencias.domain.model import Activity

PLAN = plan(
    [
        activity_view(Activity("A1", "Niñez", "Vacunar perros y gatos contra la rabia")),
        activity_view(Activity("A2", "Niñez", "Dictar talleres de natación a la primera infancia")),
        activity_view(Activity("A3", "Niñez", "Reparar la red de alcantarillado")),
    ],
    "Política de prueba",
)


def share(text: str, of: Plan = PLAN) -> list[list[float]]:
    """What a text reaches of each activity (telling part, theme) and how far each explains it."""
    words = dict.fromkeys(language.roots(text), 1.0)
    known = kin(words, of, {})
    said = rows([[known.ids[root] for root in words]])
    asks = np.array([telling(root, {}) for root in known.ids])
    tables = (*reached(said, known, of), understood(said, known, of, asks))
    every = np.arange(3)
    read = [table.at(every).round(3).tolist() for table in tables]
    return [list(measures) for measures in zip(*read, strict=True)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("piscina", "natacion"), ("perro", "canino"), ("colector", "alcantarillado")],
)
def test_words_of_one_subject_are_near(one: str, other: str) -> None:
    assert 0.15 <= likeness(language.stem(one), language.stem(other)) < 1


@pytest.mark.parametrize(
    ("one", "other"), [("piscina", "alcantarillado"), ("rabia", "partitura"), ("xyz", "perro")]
)
def test_words_of_two_subjects_are_not(one: str, other: str) -> None:
    assert likeness(language.stem(one), language.stem(other)) < 0.15


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("jornada antirrábica de caninos y felinos", 0),
        ("bebés en la piscina, clase de nado", 1),
        ("cambio de tubería y pozos de inspección", 2),
    ],
)
def test_a_paraphrase_reaches_its_activity_most(text: str, at: int) -> None:
    found = share(text)
    for measure in range(3):
        assert max(range(3), key=lambda a: found[a][measure]) == at


def test_the_same_words_reach_all_of_it_and_are_understood() -> None:
    told, theme, clear = share("Vacunar perros y gatos contra la rabia")[0]
    assert told == pytest.approx(1.0)
    assert theme == pytest.approx(1.0)
    assert clear == pytest.approx(1.0)


def test_a_near_activity_of_another_object_leaves_its_own_words_open() -> None:
    mine = share("vacunar perros y gatos")[0][2]
    other = share("vacunar cerdos contra la fiebre aftosa")[0][2]
    assert other < mine


@pytest.mark.parametrize(("chance", "clear"), [(1.0, 0.7), (0.5, 0.35)])
def test_a_word_of_the_report_is_understood_less_and_as_surely_as_it_tells(
    chance: float, clear: float
) -> None:
    told = [replace(v, narrated={}) for v in PLAN.views]
    told[2] = replace(told[2], narrated={language.stem("xilofono"): chance})
    found = share("xilófono", plan(told, "Política de prueba"))
    assert [measures[2] for measures in found] == pytest.approx([0.0, 0.0, clear])
