"""Sentences and clauses: where one thing done ends and the next begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.claims.clauses import clauses
from evidencias.domain.claims.tokens import MAX_WORDS, count_words, end_of_words, sentences


def cut(paragraph: str) -> list[list[str]]:
    return [
        [paragraph[c.span.start : c.span.end] for c in clauses(paragraph, s)]
        for s in sentences(paragraph)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se dictó un curso. Hubo feria.", ["Se dictó un curso.", "Hubo feria."]),
        (
            "El Dr. Pérez visitó la vereda No. 3. Fin.",
            ["El Dr. Pérez visitó la vereda No. 3.", "Fin."],
        ),
        ("Se gastaron 1.500 bolsas. Y ya.", ["Se gastaron 1.500 bolsas.", "Y ya."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Los médicos atendieron a 40 niños y la biblioteca prestó 90 libros.",
            ["Los médicos atendieron a 40 niños", "la biblioteca prestó 90 libros."],
        ),
        (
            "Maestras y vecinos pintaron el aula, treinta y dos jóvenes sembraron árboles.",
            [
                "Maestras y vecinos pintaron el aula",
                "treinta y dos jóvenes sembraron árboles.",
            ],
        ),
        (
            "La oficina abrió una ventanilla, entregó carnés y respondió peticiones.",
            ["La oficina abrió una ventanilla", "entregó carnés", "respondió peticiones."],
        ),
        (
            "Se firmó el convenio y se inauguró la sede.",
            ["Se firmó el convenio", "se inauguró la sede."],
        ),
        (
            "Se dictaron ocho charlas en las que los jóvenes aprendieron a votar.",
            ["Se dictaron ocho charlas en las que los jóvenes aprendieron a votar."],
        ),
        ("Se pesó y se midió a los niños.", ["Se pesó y se midió a los niños."]),
        (
            "Se hicieron doce retenes de alcoholemia y otros veinte al transporte pirata.",
            ["Se hicieron doce retenes de alcoholemia", "otros veinte al transporte pirata."],
        ),
        (
            "Se dieron 14 talleres en colegios, 6 campañas a motociclistas y 8 al público.",
            ["Se dieron 14 talleres en colegios", "6 campañas a motociclistas", "8 al público."],
        ),
        (
            "En el pueblo se operaron 163 perros y gatos, y en las veredas sesenta.",
            ["En el pueblo se operaron 163 perros y gatos", "en las veredas sesenta."],
        ),
        (
            "Se enseñó en tres jornadas a cosechar limpio, y en tres más a ordeñar con higiene.",
            ["Se enseñó en tres jornadas a cosechar limpio", "en tres más a ordeñar con higiene."],
        ),
        (
            "Se hicieron seis encuentros con gestantes, además de cuatro clases de cocina.",
            ["Se hicieron seis encuentros con gestantes", "además de cuatro clases de cocina."],
        ),
        (
            "La enfermera fue a los muchachos del centro y también a los del río para conversar.",
            [
                "La enfermera fue a los muchachos del centro",
                "también a los del río para conversar.",
            ],
        ),
        (
            "Se habló con las juntas y también para pedir cuentas.",
            ["Se habló con las juntas y también para pedir cuentas."],
        ),
        (
            "El coliseo luce techo nuevo, y ocho canchas del barrio quedaron listas.",
            ["El coliseo luce techo nuevo", "ocho canchas del barrio quedaron listas."],
        ),
        (
            "Los clubes de la vereda, las ligas, y tres colegios recibieron balones.",
            ["Los clubes de la vereda, las ligas, y tres colegios recibieron balones."],
        ),
        (
            "Se visitaron catorce barrios y ocho veredas para contar los negocios.",
            ["Se visitaron catorce barrios y ocho veredas para contar los negocios."],
        ),
        (
            "La abogada oyó a 90 mujeres, quince de las cuales hallaron techo.",
            ["La abogada oyó a 90 mujeres", "quince de las cuales hallaron techo."],
        ),
        (
            "Se abrió el parque, que no había sido programado, con aportes privados.",
            ["Se abrió el parque, que no había sido programado, con aportes privados."],
        ),
        (
            "La feria de Chocó y medianas empresas visitó el barrio.",
            ["La feria de Chocó y medianas empresas visitó el barrio."],
        ),
        (
            "Se habló con las juntas, conversación que también se llevó a los funcionarios.",
            ["Se habló con las juntas", "conversación que también se llevó a los funcionarios."],
        ),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert cut(text) == [expected]


WORDS = """se la el los y , ; que realizó entregaron talleres niños 12 treinta dos hubo
mientras también"""
words = st.sampled_from(re.split(r"\s+", WORDS))


@given(st.lists(words, max_size=40).map(" ".join))
def test_clauses_are_ordered_stretches_of_the_text(text: str) -> None:
    last = 0
    for sentence in sentences(text):
        for clause in clauses(text, sentence):
            assert last <= clause.span.start < clause.span.end <= len(text)
            last = clause.span.end


@given(st.text(alphabet="abc ñó.,;:?¿«»()\n\t12 y", max_size=200))
def test_no_letter_is_lost_but_conjunctions(text: str) -> None:
    kept = "".join("".join(row) for row in cut(text))
    assert sorted(c for c in kept if c in "abcñó12") == sorted(c for c in text if c in "abcñó12")


@given(st.text(max_size=400))
def test_a_shortened_text_has_at_most_sixty_words(text: str) -> None:
    short = text[: end_of_words(text, MAX_WORDS)]
    assert count_words(short) == min(count_words(text), MAX_WORDS)
