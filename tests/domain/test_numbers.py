"""Numbers in prose, as officials write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.numbers import Number, find_numbers, parse_number

READ = [
    ("un cumplimiento del 83% respecto", [(83, True, "")]),
    ("el ochenta y tres por ciento", [(83, True, "")]),
    ("doce coma cinco por ciento", [(12.5, True, "")]),
    ("37,5 % y 12.5%", [(37.5, True, ""), (12.5, True, "")]),
    ("alrededor de 13 actividades", [(13, False, "alrededor")]),
    ("aproximadamente el 20%", [(20, True, "alrededor")]),
    ("un cumplimiento aproximado de 90%", [(90, True, "alrededor")]),
    ("apenas roza el veinte por ciento", [(20, True, "alrededor")]),
    ("unas 40 familias", [(40, False, "alrededor")]),
    ("13 talleres aproximadamente", [(13, False, "alrededor")]),
    ("más de trescientos buscadores", [(300, False, "mas_de")]),
    ("Más del 80 % de las metas", [(80, True, "mas_de")]),
    ("al menos 12 jornadas", [(12, False, "mas_de")]),
    ("menos de la mitad", [(50, True, "menos_de")]),
    ("no llega ni al 40 %", [(40, True, "menos_de")]),
    ("dos de cada tres mujeres", [(66.67, True, "")]),
    ("la tercera parte", [(33.33, True, "")]),
    ("una quinta parte", [(20, True, "")]),
    ("8.420 individuos", [(8420, False, "")]),
    ("1'200.000 árboles", [(1200000, False, "")]),
    ("quinientos doce perros", [(512, False, "")]),
    ("veintiún talleres", [(21, False, "")]),
    ("VEINTIDÓS niñas", [(22, False, "")]),
    ("treinta y una mujeres", [(31, False, "")]),
    ("mil doscientos árboles", [(1200, False, "")]),
    ("una docena de sillas", [(12, False, "alrededor")]),
    ("ochenta y tres por ciento (83 %)", [(83, True, "")]),
    ("un 83 % (ochenta y tres por ciento) de avance", [(83, True, "")]),
    ("ochenta y tres (83) por ciento", [(83, True, "")]),
    ("trece (13) talleres y doce (20)", [(13, False, ""), (12, False, ""), (20, False, "")]),
    ("se reunió una sola vez, y una vez terminado, de una vez", [(1, False, "")]),
    ("una sola vez con las EPS, una única vez en junio", [(1, False, ""), (1, False, "")]),
    ("de una sola vez, una vez con ellas", []),
    ("uno a uno, una feria, por ciento, miles de alisos", []),
    ("PA-AMB-02, F-PL-11, 2021-2, 31/12/2021, 3:30", []),
    ("decimocuarta edición, segundo semestre", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reads(text: str, expected: list[tuple[float, bool, str]]) -> None:
    assert [(n.value, n.percent, n.bound) for n in find_numbers(text)] == expected


def test_a_part_keeps_its_whole() -> None:
    part, whole = find_numbers("se cumplieron 53 de las 64 actividades")
    assert (part.value, part.whole, whole.value, whole.whole) == (53, 64, 64, None)


@given(st.integers(2, 999_999))
def test_digits_come_back_in_either_notation(value: int) -> None:
    for written in (str(value), f"{value:,}".replace(",", ".")):
        assert parse_number(written) == value
        if value > 999 and "." not in written:
            continue
        (found,) = find_numbers(f"hubo {written} personas")
        assert found.value == value


@given(st.text(max_size=200))
def test_numbers_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found: tuple[Number, ...] = find_numbers(text)
    edges = [edge for n in found for edge in (n.start, n.end)]
    assert edges == sorted(edges)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
