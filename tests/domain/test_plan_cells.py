"""Cells of a plan as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.plan.cells import UnreadableError, quantity, share, span, text, yes

QUANTITIES = [
    (12, 12.0, False),
    (2.5, 2.5, False),
    ("12", 12.0, False),
    (" 15 ", 15.0, False),
    ("3 ", 3.0, False),
    ("2,5", 2.5, False),
    ("2.5", 2.5, False),
    ("12,50", 12.5, False),
    ("0,25", 0.25, False),
    ("0.250", 0.25, False),
    ("0,250", 0.25, False),
    (",5", 0.5, False),
    ("1.200", 1200.0, False),
    ("1.200.000", 1200000.0, False),
    ("1.200,5", 1200.5, False),
    ("1,200.50", 1200.5, False),
    ("1 200", 1200.0, False),
    ("1'200.000", 1200000.0, False),
    ("187,0", 187.0, False),
    ("-3", -3.0, False),
    ("80%", 80.0, True),
    ("83,5 %", 83.5, True),
    ("100 por ciento", 100.0, True),
    ("1/2", 0.5, False),
    ("1/4", 0.25, False),
    ("10 talleres", 10.0, False),
    ("Un (1) documento", 1.0, False),
    ("Dos", 2.0, False),
    ("una jornada", 1.0, False),
    ("≥ 90%", 90.0, True),
    ("N° 4", 4.0, False),
]
BLANK = [
    None,
    "",
    "   ",
    "N/A",
    "n.a.",
    "NA",
    "No aplica",
    "-",
    "—",
    "--",
    "S/I",
    "Por definir",
    ".",
    "#N/A",
]
NO_QUANTITY = [
    "según demanda",
    "3 talleres y 2 ferias",
    "=B2+C2",
    True,
    date(2021, 1, 2),
    "1.2.3,4,5",
]


@pytest.mark.parametrize(("cell", "value", "percent"), QUANTITIES)
def test_a_quantity(cell: object, value: float, percent: bool) -> None:
    read = quantity(cell)
    assert read is not None
    assert (read.value, read.percent) == (value, percent)


@pytest.mark.parametrize("cell", BLANK)
def test_a_blank_cell_is_no_quantity_no_date_and_no(cell: object) -> None:
    assert quantity(cell) is None
    assert span(cell, 2021) == (None, None)
    assert yes(cell) is False


@pytest.mark.parametrize("cell", NO_QUANTITY)
def test_what_is_no_quantity_is_told(cell: object) -> None:
    with pytest.raises(UnreadableError):
        quantity(cell)


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
def test_a_number_written_in_colombia_is_read_back(number: float) -> None:
    shown = f"{number:,.4f}".replace(",", "_").replace(".", ",").replace("_", ".")
    read = quantity(shown)
    assert read is not None
    assert read.value == pytest.approx(number)


@given(
    st.one_of(
        st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()
    )
)
def test_no_cell_breaks_a_reader(cell: object) -> None:
    for reader in (quantity, yes, lambda c: span(c, 2021), share, text):
        try:
            reader(cell)
        except UnreadableError:
            continue


DATES = [
    (datetime(2021, 2, 1, 5, 0), "2021-02-01", "2021-02-01"),
    (date(2021, 2, 1), "2021-02-01", "2021-02-01"),
    ("01/02/2021", "2021-02-01", "2021-02-01"),
    ("1/2/21", "2021-02-01", "2021-02-01"),
    ("2021-02-01", "2021-02-01", "2021-02-01"),
    ("2021/02/01 00:00:00", "2021-02-01", "2021-02-01"),
    ("12/31/2021", "2021-12-31", "2021-12-31"),
    ("15.12.2021", "2021-12-15", "2021-12-15"),
    ("1 de febrero de 2021", "2021-02-01", "2021-02-01"),
    ("1-feb-21", "2021-02-01", "2021-02-01"),
    ("15 Sept. 2021", "2021-09-15", "2021-09-15"),
    ("15 de diciembre", "2021-12-15", "2021-12-15"),
    (44228, "2021-02-01", "2021-02-01"),
    (44228.0, "2021-02-01", "2021-02-01"),
    ("feb-21", "2021-02-01", "2021-02-28"),
    ("Febrero", "2021-02-01", "2021-02-28"),
    ("03/2021", "2021-03-01", "2021-03-31"),
    (2021, "2021-01-01", "2021-12-31"),
    ("2021", "2021-01-01", "2021-12-31"),
    ("Febrero - noviembre", "2021-02-01", "2021-11-30"),
    ("enero a junio de 2021", "2021-01-01", "2021-06-30"),
    ("01/02/2021 - 15/12/2021", "2021-02-01", "2021-12-15"),
    ("Del 1 de marzo al 30 de noviembre de 2021", "2021-03-01", "2021-11-30"),
    ("II semestre", "2021-07-01", "2021-12-31"),
    ("Segundo semestre de 2021", "2021-07-01", "2021-12-31"),
    ("Semestre 1", "2021-01-01", "2021-06-30"),
    ("Trimestre III", "2021-07-01", "2021-09-30"),
    ("4to trimestre", "2021-10-01", "2021-12-31"),
]


@pytest.mark.parametrize(("cell", "first", "last"), DATES)
def test_a_date(cell: object, first: str, last: str) -> None:
    assert [str(d) for d in span(cell, 2021)] == [first, last]


@pytest.mark.parametrize("cell", ["Permanente", "Toda la vigencia", "Mensual", "según necesidad"])
def test_without_a_date_the_whole_year_is_meant(cell: str) -> None:
    assert span(cell, 2021) == (None, None)


@pytest.mark.parametrize("cell", ["31/02/2021", "13/2021", "pronto", 7, "99/99/2021"])
def test_what_is_no_date_is_told(cell: object) -> None:
    with pytest.raises(UnreadableError):
        span(cell, 2021)


@pytest.mark.parametrize(
    "cell",
    [
        "Sí",
        "si",
        "SI",
        "s",
        "x",
        "X",
        "XX",
        " x ",
        "✓",
        "✔",
        "1",
        1,
        True,
        "Si.",
        "SÍ (parcial)",
        "Sí, en julio",
        "reportada",
    ],
)
def test_yes(cell: object) -> None:
    assert yes(cell) is True


@pytest.mark.parametrize("cell", ["No", "NO", "n", "0", 0, False, "no reportada", "No, pendiente"])
def test_no(cell: object) -> None:
    assert yes(cell) is False


@pytest.mark.parametrize("cell", ["sin duda", "quizás", "siempre", "2021"])
def test_neither_yes_nor_no(cell: object) -> None:
    with pytest.raises(UnreadableError):
        yes(cell)


def test_a_share_of_the_goal() -> None:
    assert share("3 de 4") == (3, 4)
    assert share("3/4") == (3, 4)
    assert share(0.75) is None


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (1.0, "1"),
        ("  a \n b ", "a b"),
        ("n\u0303", "ñ"),
        ("1.10", "1.10"),
        ("007", "007"),
        (None, ""),
    ],
)
def test_text_is_one_clean_line(cell: object, shown: str) -> None:
    assert text(cell) == shown
