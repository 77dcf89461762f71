"""Ranges, typed values and what comes back formatted."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.google import a1
from tests.google.cell_text import Locale, enter, general, show
from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.person import Person

US, CO = Locale.of("en_US"), Locale.of("es_CO")


@pytest.fixture
def book(core: Core) -> str:
    tabs: dict[str, list[list[Any]]] = {"Revisión": [["Clave", "Nota"]], "Hoja1": [[1, 2], [3]]}
    return Person(core).create_sheet("Registro", tabs)


def url(book: str, cells: str, tail: str = "") -> str:
    return f"/v4/spreadsheets/{book}/values/{quote(cells, safe='')}{tail}"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("Hoja1", "Hoja1!A1:Z1000"),
        ("Revisión!A1", "'Revisión'!A1"),
        ("'Revisión'!B2:A1", "'Revisión'!A1:B2"),
        ("A1:C", "'Revisión'!A1:C1000"),
        ("Revisión!B:B", "'Revisión'!B1:B1000"),
        ("Revisión!2:3", "'Revisión'!A2:Z3"),
        ("Revisión!R2C1:R3C2", "'Revisión'!A2:B3"),
        ("revisión!A1:ZZ2000", "'Revisión'!A1:Z1000"),
    ],
)
def test_a_range_comes_back_clipped_and_quoted(ask: Ask, book: str, asked: str, given: str) -> None:
    status, answer = ask("GET", url(book, asked))
    assert (status, answer["range"]) == (200, given)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Sheet1", "Sheet1"),
        ("D3", "'D3'"),
        ("Datos", "Datos"),
        ("a_b", "a_b"),
        ("R1C1", "'R1C1'"),
        ("Año", "'Año'"),
        ("2023", "'2023'"),
        ("it's", "'it''s'"),
        ("Resumen final", "'Resumen final'"),
    ],
)
def test_titles_are_quoted_where_they_need_it(title: str, shown: str) -> None:
    assert a1.quoted(title) == shown


@given(st.integers(0, 18_277))
def test_column_names_come_back(index: int) -> None:
    assert a1.column_index(a1.column_name(index)) == index


@given(st.text(max_size=20))
def test_any_text_is_a_range_or_none(text: str) -> None:
    box = a1.cells_box(text)
    assert box is None or (box.top >= 0 and box.left >= 0)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("Nada!A1", "Unable to parse range: Nada!A1"),
        ("¿qué?", "Unable to parse range: ¿qué?"),
        (
            "Hoja1!A1001",
            "Range (Hoja1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
    ],
)
def test_a_bad_range_is_refused(ask: Ask, book: str, cells: str, message: str) -> None:
    status, answer = ask("GET", url(book, cells))
    assert (status, answer["error"]["message"]) == (400, message)


@pytest.mark.parametrize(
    ("typed", "locale", "value", "text"),
    [
        ("12,5", CO, 12.5, "12,5"),
        ("12,5", US, "12,5", "12,5"),
        ("1.234,56", CO, 1234.56, "1.234,56"),
        ("2,000,000.01", US, 2_000_000.01, "2,000,000.01"),
        ("00123", CO, 123, "123"),
        ("85%", CO, 0.85, "85%"),
        ("$1.500", CO, 1500, "$1.500"),
        ("2021-08-03", CO, 44411, "2021-08-03"),
        ("3/8/2021", CO, 44411, "3/8/2021"),
        ("8/3/2021", US, 44411, "8/3/2021"),
        ("31/2/2021", CO, "31/2/2021", "31/2/2021"),
        ("10:30", CO, 0.4375, "10:30"),
        ("2021-08-03 10:30:00", CO, 44411.4375, "2021-08-03 10:30:00"),
        ("VERDADERO", CO, True, "VERDADERO"),
        ("falso", US, "falso", "falso"),
        ("1e5", US, 100_000, "1.00E+05"),
        ("1,5E-3", CO, 0.0015, "1,50E-03"),
        ("3_1_0", US, "3_1_0", "3_1_0"),
        ("'00123", CO, "00123", "00123"),
        ("-3", CO, -3, "-3"),
        ("1.1.1", CO, "1.1.1", "1.1.1"),
        ("EMP-01", CO, "EMP-01", "EMP-01"),
    ],
)
def test_what_a_person_types(typed: str, locale: Locale, value: Any, text: str) -> None:
    held, number_format = enter(typed, locale)
    assert held is not None
    assert next(iter(held.values())) == value
    assert show(value, number_format, locale) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (1.0, "1"),
        (1 / 3, "0.3333333333"),
        (1 / 1024, "0.0009765625"),
        (1e21, "1E+21"),
        (-2.5, "-2.5"),
        (123456789012, "123456789012"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_without_format(value: float, text: str) -> None:
    assert general(value, US) == text


@pytest.mark.parametrize(
    ("value", "kind", "pattern", "text"),
    [
        (0.125, "PERCENT", "0.0%", "12,5%"),
        (1234.5, "NUMBER", "#,##0.00", "1.234,50"),
        (-1234.5, "NUMBER", "#,##0", "-1.234"),
        (44411, "DATE", "dd/mm/yyyy", "03/08/2021"),
        (44411.5, "DATE_TIME", "yyyy-mm-dd hh:mm", "2021-08-03 12:00"),
        (5, "NUMBER", '0" días"', "5 días"),
        (7, "TEXT", "@", "7"),
    ],
)
def test_number_formats(value: float, kind: str, pattern: str, text: str) -> None:
    assert show(value, {"type": kind, "pattern": pattern}, CO) == text


def test_raw_stays_as_it_is_and_hostile_names_are_no_formulas(ask: Ask, book: str) -> None:
    rows = [['=IMPORTXML("http://x";"//a")', "00123", "12,5", True, 3, None, ""]]
    ask("PUT", url(book, "Revisión!A2", "?valueInputOption=RAW"), {"values": rows})
    _, answer = ask("GET", url(book, "Revisión!A2:G2", "?valueRenderOption=FORMULA"))
    assert answer["values"] == [['=IMPORTXML("http://x";"//a")', "00123", "12,5", True, 3]]
    _, cells = ask(
        "GET",
        f"/v4/spreadsheets/{book}?ranges=Revisi%C3%B3n!A2&fields="
        "sheets.data.rowData.values.userEnteredValue",
    )
    held = cells["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredValue"]
    assert list(held) == ["stringValue"]


def test_formulas_are_calculated_a_little(ask: Ask, book: str) -> None:
    rows = [
        [
            "=A1+B1*2",
            "=SUM(A1:B2)",
            '="a"&"b"',
            "=1/0",
            "=NADA(1)",
            "=A3",
            '=HYPERLINK("http://x","y")',
        ]
    ]
    ask("PUT", url(book, "Hoja1!A3", "?valueInputOption=USER_ENTERED"), {"values": rows})
    _, answer = ask("GET", url(book, "Hoja1!A3:G3", "?valueRenderOption=UNFORMATTED_VALUE"))
    assert answer["values"] == [[5, 6, "ab", "#DIV/0!", "#NAME?", 5, "y"]]


def test_updates_and_their_refusals(ask: Ask, book: str) -> None:
    raw = "?valueInputOption=RAW"
    assert ask("PUT", url(book, "Hoja1!A1:A2", raw), {"values": [["x", "y"]]})[0] == 400
    assert ask("PUT", url(book, "Hoja1!A1:B1", raw), {"values": [["x"], ["y"]]})[0] == 400
    assert ask("PUT", url(book, "Hoja1!A1"), {"values": [["x"]]})[0] == 400
    assert ask("PUT", url(book, "Hoja1!A1", raw), {"valores": []})[0] == 400
    assert ask("PUT", url(book, "Hoja1!A1", raw + "&nada=1"), {"values": [["x"]]})[0] == 400
    long = ask("PUT", url(book, "Hoja1!A1", raw), {"values": [["x" * 50_001]]})
    assert (long[0], "50000 characters" in long[1]["error"]["message"]) == (400, True)
    data = "?valueInputOption=RAW&includeValuesInResponse=true"
    _, answer = ask("PUT", url(book, "Hoja1!A1", data), {"values": [["x", None, "z"]]})
    assert (answer["updatedCells"], answer["updatedData"]["values"]) == (2, [["x", "2", "z"]])


APPENDS: list[tuple[str, list[list[Any]], str, str | None, str]] = [
    ("an empty tab", [], "T", None, "T!A1:B1"),
    ("below the only table", [["a", "b"]], "T", "T!A1:B1", "T!A2:B2"),
    ("the last of two", [["a"], [], ["", "b"]], "T", "T!B3", "T!B4:C4"),
    ("the one that is asked", [["a"], [], ["", "", "b"]], "T!A1", "T!A1", "T!A2:B2"),
    ("outside of all", [["a"]], "T!E4", None, "T!E4:F4"),
]


@pytest.mark.parametrize(("why", "rows", "cells", "table", "written"), APPENDS)
def test_append_finds_the_table(
    core: Core,
    ask: Ask,
    why: str,
    rows: list[list[Any]],
    cells: str,
    table: str | None,
    written: str,
) -> None:
    book = Person(core).create_sheet("x", {"T": rows})
    target = url(book, cells, ":append?valueInputOption=RAW")
    _, answer = ask("POST", target, {"values": [["x", "y"]]})
    assert answer.get("tableRange") == table, why
    assert answer["updates"]["updatedRange"] == written, why


def test_append_makes_the_grid_grow_and_inserts_rows(core: Core, ask: Ask) -> None:
    book = Person(core).create_sheet("x", {"T": [["a"], [], ["pie"]]})
    core.sheets.books[book].tabs[0].grid["rowCount"] = 3
    option = ":append?valueInputOption=RAW&insertDataOption=INSERT_ROWS"
    ask("POST", url(book, "T!A1", option), {"values": [["b"], ["c"]]})
    assert Person(core).values(book, "T") == [["a"], ["b"], ["c"], [], ["pie"]]
    ask("POST", url(book, "T!A5", ":append?valueInputOption=RAW"), {"values": [["fin"]]})
    assert core.sheets.books[book].tabs[0].row_count == 6


def test_who_may_open_a_sheet(core: Core, ask: Ask, book: str) -> None:
    assert ask("GET", "/v4/spreadsheets/nada")[1]["error"]["status"] == "NOT_FOUND"
    core.drive.files[book].can_edit = False
    assert ask("GET", f"/v4/spreadsheets/{book}")[0] == 200
    refused = ask("POST", url(book, "Hoja1", ":clear"))
    assert (refused[0], refused[1]["error"]["status"]) == (403, "PERMISSION_DENIED")
    Person(core).take_away(book)
    assert ask("GET", f"/v4/spreadsheets/{book}")[0] == 403
    excel = Person(core).add_file("plan.xlsx", content=b"x")
    status, answer = ask("GET", f"/v4/spreadsheets/{excel}")
    assert (status, answer["error"]["status"]) == (400, "FAILED_PRECONDITION")


def test_a_write_moves_the_drive_file(core: Core, ask: Ask, book: str) -> None:
    before = core.drive.files[book].modified
    token = len(core.drive.log)
    ask("PUT", url(book, "Hoja1!A1", "?valueInputOption=RAW"), {"values": [["x"]]})
    assert core.drive.files[book].modified > before
    assert core.drive.log[token].file_id == book
