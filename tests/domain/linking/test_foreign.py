"""Subjects and groups of people that a file names, and whose they are in the plan."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.foreign import foreign, holders, named
from evidencias.domain.linking.prepare import activity_view
from evidencias.domain.linking.sparse import rows
from evidencias.domain.linking.vocabulary import plan
from evidencias.domain.model import Activity
from tests.domain.linking.cases import told

TITLES = {
    "ABE": "Dictar talleres de apicultura a mujeres",
    "VIA": "Pavimentar la carretera de Loma Alta",
    "PER": "Vacunar perros y gatos contra la rabia",
}
VIEWS = [activity_view(Activity(code, "Eje", title)) for code, title in TITLES.items()]


def shared(text: str, measure: str, policy: str = "Desarrollo municipal") -> dict[str, float]:
    """The share of what a text names that each activity has too, where it has any."""
    by = holders(plan(VIEWS, policy))
    roots = list(dict.fromkeys(language.roots(text)))
    found = foreign(rows([range(len(roots))]), np.ones(len(roots)), by, named(roots, by))
    values = found[measure].at(np.arange(found[measure].width))
    keys = TITLES if found[measure].width > 1 else ("",)
    return {key: float(value) for key, value in zip(keys, values, strict=True) if value > 0}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("colmenas nuevas", "ABE"),
        ("carretera pavimento", "VIA"),
        ("rabia felina", "PER"),
        ("perros y gatos", "PER"),
        ("colmenas para mujeres", "ABE"),
    ],
)
def test_a_subject_is_that_of_one_activity(text: str, code: str) -> None:
    assert set(shared(text, "subjects")) == {code}


@pytest.mark.parametrize(
    "text",
    ["partitura para clarinete", "reunión", "taller", "mujeres", "actividad del programa", ""],
)
def test_manner_people_and_other_subjects_are_no_activitys(text: str) -> None:
    assert shared(text, "subjects") == {}


@pytest.mark.parametrize("text", ["partitura para clarinete", "colmenas y partituras"])
def test_a_subject_that_nobody_has_is_alien(text: str) -> None:
    assert shared(text, "alien")[""] > 0.5


@pytest.mark.parametrize("text", ["carretera pavimento", "taller", "abuelos", "actividad", ""])
def test_what_the_plan_has_or_what_is_no_subject_is_not_alien(text: str) -> None:
    assert shared(text, "alien") == {}


def test_a_second_subject_takes_its_share() -> None:
    alone, mixed = shared("apicultura", "subjects"), shared("apicultura y ajedrez", "subjects")
    assert alone == {"ABE": 1.0}
    assert 0.2 < mixed["ABE"] < 0.8


@pytest.mark.parametrize(
    ("text", "groups", "shares"),
    [
        ("charla con mujeres", 1, {"ABE": 1.0}),
        ("madres", 1, {"ABE": 1.0}),
        ("mascotas", 1, {"PER": 1.0}),
        ("mujeres y abuelos", 2, {"ABE": 0.5}),
        ("abuelos", 1, {}),
        ("niños y docentes", 2, {}),
    ],
    ids=told,
)
def test_groups_of_people_are_counted_and_shared(
    text: str, groups: int, shares: dict[str, float]
) -> None:
    assert shared(text, "says_people") == {"": groups}
    assert shared(text, "people") == shares


@pytest.mark.parametrize("text", ["carretera", "contrato", "visita", "semillas", "planta"])
def test_words_that_name_nobody_count_no_people(text: str) -> None:
    assert shared(text, "says_people") == {}
    assert shared(text, "people") == {}


def test_the_people_of_the_whole_policy_are_those_of_every_activity() -> None:
    everyone = shared("jóvenes", "people", "Política pública de juventud")
    assert everyone == dict.fromkeys(TITLES, 1.0)
    assert shared("jóvenes", "people") == {}
