"""Days, semesters and months as Spanish writes them."""

from __future__ import annotations

from datetime import date

import pytest

from evidencias.domain.linking import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acta del 12 de agosto de 2021", date(2021, 8, 12)),
        ("Reunión 05/06/2021", date(2021, 6, 5)),
        ("05-06-21 lista", date(2021, 6, 5)),
        ("IMG_20210605_084837", date(2021, 6, 5)),
        ("2021-06-05 visita", date(2021, 6, 5)),
        ("WhatsApp Image 2021-06-05 at 9.30", date(2021, 6, 5)),
        ("foto 22 ago", date(2021, 8, 22)),
        ("1º de septiembre", date(2021, 9, 1)),
        ("agosto 12, 2021", date(2021, 8, 12)),
        ("Abril 28/22", date(2021, 4, 28)),
    ],
)
def test_a_day_is_read_in_the_usual_forms(text: str, expected: date) -> None:
    assert dates.days(text, 2021)[0].day == expected


@pytest.mark.parametrize(
    "text", ["acta 3", "31/02/2021", "carrera 5 # 12-40", "mayores", "AV-0241"]
)
def test_what_is_no_day(text: str) -> None:
    assert dates.days(text, 2021) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-1 cerrado", {(2021, 1)}),
        ("EVIDENCIAS II SEM 2021", {(2021, 2)}),
        ("segundo semestre de 2020", {(2020, 2)}),
        ("2022 II", {(2022, 2)}),
        ("2021-06-05", set()),
        ("contrato 2021-188", set()),
    ],
)
def test_semesters(text: str, expected: set[tuple[int, int]]) -> None:
    assert dates.halves(text) == expected
