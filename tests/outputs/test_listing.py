"""Rows in four formats, with names that would like to be formulas or drive the terminal."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.outputs.listing import Column, as_csv, as_json, as_markdown

COLUMNS = (Column("Nombre", lambda r: str(r["nombre"])), Column("n", lambda r: str(r["n"])))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "si"),
        (["acta", "fotos"], "acta; fotos"),
        ("=IMPORTXML(1)", "'=IMPORTXML(1)"),
        ("+57 300", "'+57 300"),
        ("@x", "'@x"),
        (-3, "-3"),
        (0.5, "0.5"),
        ('con "comillas", y coma', 'con "comillas", y coma'),
    ],
)
def test_csv_cells(value: object, cell: str) -> None:
    text = as_csv([{"a": value, "b": 1}], ("a", "b"))
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], [cell, "1"]]


def test_json_keeps_the_letters_of_spanish() -> None:
    assert json.loads(as_json([{"ñ": None}])) == [{"ñ": None}]
    assert "ñ" in as_json(["ñ"])


def test_markdown_escapes_pipes_and_breaks() -> None:
    text = as_markdown([{"nombre": "a|b\nc", "n": 1}], COLUMNS)
    assert text.splitlines()[2] == "| a\\|b c | 1 |"


@given(st.lists(st.text(), min_size=1))
def test_csv_always_reads_back_one_row_a_row(names: list[str]) -> None:
    text = as_csv([{"nombre": n, "n": 1} for n in names], ("nombre", "n"))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == len(names) + 1
