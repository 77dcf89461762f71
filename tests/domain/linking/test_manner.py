"""How a text is told."""

from __future__ import annotations

import pytest

from evidencias.domain.linking.manner import manner


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Asistieron veinte y hablaron de todo.", "aron"),
        ("Ella habló poco.", "o"),
        ("Hicimos la visita y volvimos.", "amos"),
        ("Se hará el lunes y vendrán todos.", "ara"),
        ("Anoté lo que me dijeron.", "yo"),
        ("Inscríbete ya.", "llama"),
        ("¡Ya viene la feria!", "exclama"),
        ("¿Quién responde?", "pregunta"),
        ("La presidenta pidió la palabra.", "delibera"),
        ("La presidenta pidió la palabra.", "cargo"),
        ("Valor $ 300", "plata"),
        ("Valor 1.200.000", "plata"),
        ("A las 8:30 am", "hora"),
        ("El 3 de mayo", "fecha"),
        ("Cel. 3001234567", "telefono"),
        ("Son 14 casas", "numero"),
        ("Firman Ana Ruiz y Luz Mora", "nombre"),
        ("CITACIÓN a todos", "mayusculas"),
    ],
)
def test_a_sign_is_seen(text: str, sign: str) -> None:
    assert manner(text)[f"hay_{sign}"] == 1.0
    assert 0 < manner(text)[f"tanto_{sign}"] <= 1.0


@pytest.mark.parametrize("text", ["", "  \n ", "12 | 14"])
def test_a_text_without_words_has_no_manner(text: str) -> None:
    assert manner(text) == {}


def test_no_hour_is_a_date_nor_money() -> None:
    found = manner("de 8:30 a 10:00")
    assert not {"hay_fecha", "hay_plata", "hay_telefono"} & found.keys()


def test_one_line_is_told_from_many() -> None:
    assert manner("Una sola línea.")["una_linea"] == 1.0
    assert manner("Una.\nDos.\nTres.")["una_linea"] == 0.0
