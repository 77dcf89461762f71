"""Words made comparable."""

from __future__ import annotations

import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.twins import numbers
from evidencias.domain.linking.vocabulary import aliases


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("capacitación", "capacitaciones"),
        ("reciclaje", "recicladores"),
        ("música", "musical"),
        ("árboles", "ARBOL"),
        ("bÃ¡sico", "básica"),
        ("campa¤a", "campañas"),
        ("nin\u0303os", "niños"),
    ],
)
def test_words_of_one_root_meet(left: str, right: str) -> None:
    assert language.roots(left) == language.roots(right)


@pytest.mark.parametrize(
    ("left", "right"), [("aves", "abejas"), ("vereda", "verano"), ("vial", "viaje")]
)
def test_words_of_different_roots_stay_apart(left: str, right: str) -> None:
    assert language.roots(left) != language.roots(right)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("emprendimeinto", "emprendimiento"),
        ("talleresartesanal", "artesanal"),
        ("convoc", "convocatoria"),
    ],
)
def test_typing_errors_joined_and_cut_words_stand_for_the_plans(written: str, meant: str) -> None:
    known = [language.stem(w) for w in ("emprendimiento", "artesanal", "convocatoria")]
    found = aliases(known, [language.stem(written)])
    assert [t for pairs in found.values() for t, _ in pairs] in ([language.stem(meant)], [])
    assert found or language.stem(written) in language.topics() or language.stem(written) in known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("informe 3er trimestre", {"#3"}),
        ("Ley 181 de 1995", {"181", "1995"}),
        ("feria de septiembre", {"mes 9"}),
        ("ciclo II", {"#2"}),
        ("segunda ronda", {"#2"}),
        ("acta de visita", set()),
    ],
)
def test_what_tells_twins_apart(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("scanned", "read"),
    [
        ("REG1STRO DE VIS1TA", "REGiSTRO DE VISiTA"),
        ("h0ja de ingres0s", "h0ja de ingresos"),
        ("T€CNICA", "TeCNICA"),
        ("D5A06 y L1-P1-A01", "D5A06 y L1-P1-A01"),
        ("10h30, 2021-02-10, covid19", "10h30, 2021-02-10, covid19"),
        ("10 m2 a 5,0 kg", "10 m2 a 5,0 kg"),
    ],
)
def test_digits_that_a_scanner_put_for_letters_are_read_as_letters(scanned: str, read: str) -> None:
    assert language.reread(scanned) == read


def test_no_word_looked_up_in_names_holds_a_digit() -> None:
    """Names that differ in digits alone are looked at once, with each digit as 0."""
    lists = language.lists()
    words = [*lists["ajenos"].values(), *lists["tipos"]["nombre"].values()]
    words += [lists[name]["palabras"] for name in ("nombres_sin_sentido", "funcion", "genericas")]
    assert not any(character.isdigit() for text in words for character in text)
