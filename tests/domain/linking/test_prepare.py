"""Files taken apart: what is read of a name, and how a text is cut."""

from __future__ import annotations

import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import file_view, name_of
from evidencias.domain.model import EvidenceFile


@pytest.mark.parametrize(
    ("name", "base", "extension"),
    [
        ("Copia de Acta (1).PDF", "Acta", "pdf"),
        ("lista.docx.gdoc", "lista", "docx"),
        ("informe v1.2", "informe v1.2", ""),
        ("2.10 listado.xlsx", "2.10 listado", "xlsx"),
        ("sin título", "sin título", ""),
    ],
)
def test_a_name_is_taken_apart(name: str, base: str, extension: str) -> None:
    assert (name_of(name).base, name_of(name).extension) == (base, extension)


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("IMG_20220310_143000.jpg", "IMG_20220310"),
        ("20220310-235959123.mp4", "20220310"),
        ("IMG_20220310_143000 tejedoras.jpg", "IMG_20220310 tejedoras"),
        ("WhatsApp Image 2022-03-10 at 2.30.00 PM (1).jpeg", "WhatsApp Image 2022-03-10"),
        ("WhatsApp Image 2022-03-10 a las 14.30.00.jpeg", "WhatsApp Image 2022-03-10"),
    ],
)
def test_the_hour_of_a_photograph_is_not_read(name: str, base: str) -> None:
    assert name_of(name).base == base


@pytest.mark.parametrize(
    "base",
    [
        "acta 20220310_991234",  # no hour
        "contrato 2022-143000",
        "expediente 20220310_1430009",
        "taller at 2.30",
        "reunión a las 2.30.00x",
        "14.30.00 acta",
    ],
)
def test_numbers_that_are_no_hour_stay(base: str) -> None:
    assert name_of(f"{base}.pdf").base == base


def test_a_line_that_other_papers_repeat_is_passed_over() -> None:
    file = EvidenceFile("f", "f.docx", "f.docx")
    view = file_view(
        file, "Alcaldía municipal. Despacho\nVivero", frozenset({"alcaldia municipal. despacho"})
    )
    assert view.lines == (tuple(language.roots("Vivero")),)
