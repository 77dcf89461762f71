"""Codes: the plan's own, joined row numbers, made-up ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.plan.codes import Raw, axis_number, name_rows


def codes(*rows: tuple[str, object, object]) -> list[str]:
    return [n.code for n in name_rows([Raw(i, *row) for i, row in enumerate(rows, 1)])]


def test_a_code_column_wins_over_numbers() -> None:
    assert codes(("A", "EMP-01", 1), ("A", "EMP-02", 2)) == ["EMP-01", "EMP-02"]


def test_numbers_alone_are_the_codes() -> None:
    assert codes(("A", None, 1), ("A", None, "2"), ("B", None, 3.0)) == ["1", "2", "3"]


def test_numbers_that_restart_are_joined_to_the_order_of_the_eje() -> None:
    rows = [("Salud", None, 1), ("Salud", None, 2), ("Cultura", None, 1), ("Cultura", None, 2)]
    assert codes(*rows) == ["1.1", "1.2", "2.1", "2.2"]


def test_numbers_that_restart_are_joined_to_the_number_of_the_eje() -> None:
    assert codes(("Eje 4. Salud", None, 1), ("Eje 7. Arte", None, "1.")) == ["4.1", "7.1"]


def test_ten_keeps_its_zero() -> None:
    rows: list[tuple[str, object, object]] = [("1. A", None, n) for n in range(1, 11)]
    rows += [("2. B", None, n) for n in range(1, 11)]
    assert codes(*rows)[9] == "1.10"
    assert codes(*rows)[19] == "2.10"


def test_codes_that_are_plain_numbers_restart_too() -> None:
    assert codes(("A", 1, None), ("B", 1, None)) == ["1.1", "2.1"]


def test_a_number_repeated_by_mistake_is_no_restart() -> None:
    assert codes(("A", None, 1), ("A", None, 2), ("B", None, 2), ("B", None, 3)) == [
        "1",
        "2",
        "2#2",
        "3",
    ]


def test_a_spreadsheet_that_cut_a_zero() -> None:
    cells: list[object] = ["1.8", 1.9, 1.1, 1.11]
    assert codes(*[("A", cell, None) for cell in cells]) == ["1.8", "1.9", "1.10", "1.11"]


def test_missing_and_repeated_codes_are_made_up_and_said_so() -> None:
    named = name_rows([Raw(9, "A", "EMP-01", 1), Raw(10, "A", "emp-01 ", 2), Raw(17, "A", None, 3)])
    assert [n.code for n in named] == ["EMP-01", "emp-01#2", "fila-17"]
    assert named[0].doubt is None
    assert named[1].doubt == "El código «emp-01» está repetido: filas 9 y 10."
    assert named[2].doubt == "La fila 17 del plan no tiene código."


@pytest.mark.parametrize(
    ("axis", "number"),
    [
        ("1. Formación artística", 1), ("Eje 2: Salud", 2), ("EJE No. 3 - Cultura", 3),
        ("Línea estratégica 4. Empleo", 4), ("LÍNEA II. Turismo", 2), ("Componente III", 3),
        ("IV. Gestión", 4), ("Salud", None), ("2030 en el horizonte", None),
        ("Vida y 3 cosas", None),
        ("Eje 1", 1), ("5- Agua", 5),
    ],
)  # fmt: skip
def test_the_number_of_an_eje(axis: str, number: int | None) -> None:
    assert axis_number(axis) == number


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "1. B", "Eje 2"]),
            st.sampled_from([None, "X-1", "x-1", "X-1#2", 1, "1", 2, "fila-3", 1.1]),
            st.sampled_from([None, 1, 2, "3."]),
        )
    )
)
def test_every_row_gets_a_code_of_its_own(rows: list[tuple[str, object, object]]) -> None:
    made = codes(*rows)
    assert len(made) == len(rows)
    assert all(made)
    assert len({code.casefold() for code in made}) == len(made)
