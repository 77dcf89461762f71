"""Which papers a name or a heading speaks of."""

from __future__ import annotations

import pytest

from evidencias.domain.linking.language import kind_stems, stem
from evidencias.domain.linking.papers import heading, opening, paper_stems, papers
from evidencias.domain.text import fold


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Cotización sonido", "cobro"),
        ("cuenta de cobro 0", "cobro"),
        ("CDP y RP", "cobro"),
        ("poliza cumplimiento", "contractual"),
        ("Estudio_previo", "contractual"),
        ("derecho de petición vecinos", "carta"),
        ("oficio 000 hospital", "carta"),
        ("Resolución 000", "norma"),
        ("plan de trabajo", "planes"),
        ("croquis lote", "imagen_de_cosa"),
        ("guion radial", "textos"),
        ("directorio juntas", "directorio"),
        ("cuña radial", "anuncio"),
        ("remisión insumos", "existencias"),
        ("asist taller", "presentes"),
        ("acta de inicio", "sesion"),
    ],
)
def test_a_name_speaks_first_of_its_paper(name: str, named: str) -> None:
    assert papers(name)[f"primero_{named}"] == 1.0


def test_the_earlier_word_speaks_louder() -> None:
    found = papers("solicitud de certificado")
    assert found["carta"] > found["aprueba"] > 0
    assert "primero_aprueba" not in found


def test_a_name_of_no_paper_says_nothing() -> None:
    assert not papers("vereda 00")


def test_only_the_first_line_is_a_heading() -> None:
    assert "cobro" in heading("\n CUENTA DE COBRO\nAcompaña el acta")
    assert "sesion" not in heading("\n CUENTA DE COBRO\nAcompaña el acta")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("RESOLUCIÓN No. 12. Por la cual se adopta", "resuelve"),
        ("El rector HACE CONSTAR que la joven asistió", "certifica"),
        ("Debe a: la tesorera. La suma de cien mil pesos", "cobra"),
        ("Señora secretaria. Cordial saludo. Solicito", "escribe"),
        ("Te invitamos. Entrada libre", "anuncia"),
        ("Siendo las 8, verificación del quórum", "reune"),
        ("Nombres y apellidos | Cédula | Firma", "lista_gente"),
        ("Entre los suscritos, cláusula primera", "contrata"),
        ("PÓLIZA. Tomador: el consorcio. Amparo de calidad", "asegura"),
    ],
)
def test_the_beginning_is_of_its_paper(text: str, whose: str) -> None:
    found = opening(fold(text))
    assert found[whose] == max(found.values())


def test_a_set_phrase_begins_with_a_whole_word() -> None:
    assert "resuelve" not in opening("se irresuelve el caso")


def test_what_links_stays_apart_from_the_repertoire() -> None:
    assert stem("poliza") in paper_stems()
    assert stem("poliza") not in kind_stems()
