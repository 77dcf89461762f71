"""Likeness that words miss: what tells twins apart, and words with a typing error."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking.prepare import activity_view, file_view
from evidencias.domain.linking.shapes import shape_grids, titles
from evidencias.domain.linking.twins import numbers
from evidencias.domain.linking.vocabulary import plan
from evidencias.domain.model import Activity, EvidenceFile
from tests.domain.linking.cases import told

TWINS = ("Primer encuentro de tejedoras", "Segundo encuentro de tejedoras", "Minga de mayo")
WORDS = ("Sembrar guadua", "Podar guayacanes en la alameda", "Dragar el jarillón")


def likeness(path: str, names: tuple[str, ...], shape: str) -> list[float]:
    """How like each title a path is by its letters or numbers."""
    known = titles(plan([activity_view(Activity(n, "Eje", n)) for n in names], ""))
    view = file_view(EvidenceFile(path, path, path.rsplit("/", 1)[-1]), "")
    return [float(x) for x in shape_grids([view], known)[shape].at(np.arange(len(names)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Socialización Ley 181 de 1995", {"181", "1995"}),
        ("RESOLUCIÓN No.149 de 2017.", {"149", "2017"}),
        ("3er encuentro", {"#3"}),
        ("2da jornada", {"#2"}),
        ("3° encuentro", {"#3"}),
        ("encuentro II", {"#2"}),
        ("ronda_IV", {"#4"}),
        ("T3 informe", {"#3"}),
        ("trimestre 2", {"#2"}),
        ("fase-3", {"#3"}),
        ("Tercer encuentro", {"#3"}),
        ("séptima minga", {"#7"}),
        ("informe de marzo", {"mes 3"}),
        ("acta ago", {"mes 8"}),
        ("segunda minga de mayo 2024", {"#2", "mes 5", "2024"}),
    ],
    ids=told,
)
def test_numbers_ordinals_roman_numerals_and_months_are_read(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "minga de tejedoras", "IMG_20240312_101500", "2.5 km de vía", "1. compromisos",
     "civil", "mixta", "terceros", "marimba", "diálogo", "B2B", "IIII"],
)  # fmt: skip
def test_measures_cameras_and_words_that_hold_a_numeral_are_none(text: str) -> None:
    assert numbers(text) == frozenset()


@pytest.mark.parametrize(
    ("path", "best"),
    [
        ("1er encuentro tejedoras.jpg", 0),
        ("encuentro II.pdf", 1),
        ("2do encuentro/lista.pdf", 1),
        ("fotos 3 de mayo.zip", 2),
        ("Mayo/lista.pdf", 2),
    ],
)
def test_twins_are_told_apart_by_their_numbers(path: str, best: int) -> None:
    found = likeness(path, TWINS, "numbers")
    assert [value > 0.3 for value in found] == [at == best for at in range(3)]


@pytest.mark.parametrize(
    "path", ["encuentro tejedoras.jpg", "3er encuentro.jpg", "minga junio.jpg", "lista.pdf"]
)
def test_other_numbers_or_none_are_no_twins(path: str) -> None:
    assert likeness(path, TWINS, "numbers") == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("sembrar gudua.jpg", 0),
        ("senbrar guadua.jpg", 0),
        ("gvayacanes alamedda.jpg", 1),
        ("guayacanes-alameda.jpg", 1),
        ("jarilon dragado.jpg", 2),
    ],
)
def test_letters_see_through_typing_errors(name: str, best: int) -> None:
    found = likeness(name, WORDS, "name_letters")
    assert int(np.argmax(found)) == best
    assert found[best] > 0.25
    assert all(value < 0.15 for at, value in enumerate(found) if at != best)


@pytest.mark.parametrize(
    "name", ["IMG_20240312_101500.jpg", "taller de cometas.jpg", "20240312.jpg", "en la.jpg"]
)
def test_letters_find_nothing_in_other_names(name: str) -> None:
    assert max(likeness(name, WORDS, "name_letters")) < 0.1


def test_a_title_is_wholly_like_itself_in_the_name_or_over_folder_and_name() -> None:
    assert likeness("Sembrar guadua.jpg", WORDS, "name_letters")[0] == pytest.approx(1.0)
    assert likeness("Sembrar guadua/IMG_1.jpg", WORDS, "path_letters")[0] == pytest.approx(1.0)
    assert likeness("Sembrar guadua/IMG_1.jpg", WORDS, "name_letters")[0] == 0.0
