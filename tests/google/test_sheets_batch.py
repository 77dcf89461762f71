"""batchUpdate: every request the tool sends, atomic, and what it leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.conftest import Ask, Tool
from tests.google.core import Core
from tests.google.person import Person


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


SPAN = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}


def test_all_or_nothing(tool: Tool) -> None:
    status, answer = tool.try_send(
        {
            "updateCells": {
                "start": {},
                "rows": [{"values": [text("x")]}],
                "fields": "userEnteredValue",
            }
        },
        {"deleteSheet": {"sheetId": 99}},
    )
    assert (status, answer["error"]["message"]) == (
        400,
        "Invalid requests[1].deleteSheet: No sheet with id: 99",
    )
    assert tool.rows() == [
        ["Clave", "Nombre", "N"],
        ["k1", "beta", "2"],
        ["k2", "Alfa", "1"],
        ["k3", "", "3"],
    ]


BAD: list[tuple[dict[str, Any], str]] = [
    ({"repeatCell": {"range": {"sheetId": 0}, "cell": {}}}, "At least one field must be listed"),
    (
        {"addSheet": {"properties": {"title": "otra"}}},
        'A sheet with the name "otra" already exists',
    ),
    ({"updateCells": {"range": {"sheetId": 7}, "fields": "note"}}, "No grid with id: 7"),
    (
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0}}},
        "You can't delete all",
    ),
    (
        {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 2}}},
        "must be less",
    ),
    ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
    ({"deleteConditionalFormatRule": {"index": 0}}, "No conditional format"),
    ({"nada": {}}, "Unknown name \"nada\" at 'requests[0]': Cannot find field."),
    ({"addSheet": {"properties": {"titulo": "x"}}}, "at 'requests[0].add_sheet.properties'"),
    (
        {"deleteSheet": {"sheetId": "x"}},
        "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32)",
    ),
    ({}, "No request set"),
]


@pytest.mark.parametrize(("request_", "message"), BAD)
def test_a_bad_request_says_which_and_why(
    tool: Tool, request_: dict[str, Any], message: str
) -> None:
    status, answer = tool.try_send(request_)
    assert status == 400
    assert message in answer["error"]["message"]


def test_append_cells_goes_after_the_last_value(core: Core, tool: Tool) -> None:
    person = Person(core)
    person.insert_rows(tool.book, "Rev", 1, 2)
    person.write(tool.book, "Rev", [["a mano"]], row=9)
    row = {"values": [text("k9"), {"userEnteredValue": {"numberValue": 5}}]}
    tool.send({"appendCells": {"sheetId": 0, "rows": [row], "fields": "userEnteredValue"}})
    assert person.values(tool.book, "Rev")[10] == ["k9", "5"]


def test_append_cells_ignores_bare_format_and_grows_the_grid(core: Core, tool: Tool) -> None:
    core.sheets.books[tool.book].tabs[0].grid["rowCount"] = 4
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "sí"}]}}
    tool.send(
        {"setDataValidation": {"range": {"startColumnIndex": 3, "endColumnIndex": 4}, "rule": rule}}
    )
    tool.send({"appendCells": {"rows": [{"values": [text("k4")]}], "fields": "*"}})
    assert tool.rows()[4] == ["k4"]
    assert tool.sheet()["properties"]["gridProperties"]["rowCount"] == 5


def test_links_notes_and_drop_downs_live_in_cells(tool: Tool) -> None:
    link = {"userEnteredFormat": {"textFormat": {"link": {"uri": "https://drive.google.com/x"}}}}
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "sí"}]},
        "strict": True,
        "showCustomUi": True,
    }
    cell = {**text("acta"), **link, "note": "n", "dataValidation": rule}
    fields = "userEnteredValue,userEnteredFormat.textFormat.link,note,dataValidation"
    tool.send(
        {"updateCells": {"start": {"rowIndex": 1}, "rows": [{"values": [cell]}], "fields": fields}}
    )
    shown = tool.sheet(0, "sheets.data.rowData.values")["data"][0]["rowData"][1]["values"][0]
    assert shown["hyperlink"] == "https://drive.google.com/x"
    assert (shown["formattedValue"], shown["note"], shown["dataValidation"]) == ("acta", "n", rule)
    assert shown["userEnteredFormat"]["textFormat"]["link"]["uri"] == "https://drive.google.com/x"
    tool.send({"updateCells": {"range": {"startRowIndex": 1, "endRowIndex": 2}, "fields": "note"}})
    again = tool.sheet(0, "sheets.data.rowData.values")["data"][0]["rowData"][1]["values"][0]
    assert "note" not in again
    assert again["formattedValue"] == "acta"


def test_a_range_that_shrinks_is_cleared(tool: Tool) -> None:
    span = {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    rows = [{"values": [text("z")]}]
    tool.send({"updateCells": {"range": span, "rows": rows, "fields": "userEnteredValue"}})
    assert tool.rows() == [["Clave", "Nombre", "N"], ["z", "", "2"], ["", "", "1"], ["", "", "3"]]


def sort(column: int, order: str = "ASCENDING") -> dict[str, Any]:
    spec = {"dimensionIndex": column, "sortOrder": order}
    return {"sortRange": {"range": {"startRowIndex": 1, "endRowIndex": 4}, "sortSpecs": [spec]}}


@pytest.mark.parametrize(
    ("request_", "keys"),
    [
        (sort(2), ["k2", "k1", "k3"]),
        (sort(2, "DESCENDING"), ["k3", "k1", "k2"]),
        (sort(1), ["k2", "k1", "k3"]),  # without case, blanks last
        (sort(1, "DESCENDING"), ["k1", "k2", "k3"]),
        (
            {
                "moveDimension": {
                    "source": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4},
                    "destinationIndex": 1,
                }
            },
            ["k3", "k1", "k2"],
        ),
        (
            {
                "moveDimension": {
                    "source": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2},
                    "destinationIndex": 4,
                }
            },
            ["k2", "k3", "k1"],
        ),
    ],
)
def test_rows_move_whole(tool: Tool, request_: dict[str, Any], keys: list[str]) -> None:
    tool.send(request_)
    assert [row[0] for row in tool.rows()[1:]] == keys
    assert {row[0]: row[2] for row in tool.rows()[1:]} == {"k1": "2", "k2": "1", "k3": "3"}


def test_tabs_are_added_moved_hidden_and_copied(core: Core, tool: Tool) -> None:
    made = tool.send(
        {
            "addSheet": {
                "properties": {
                    "title": "Nueva",
                    "index": 0,
                    "tabColorStyle": {"rgbColor": {"red": 0.5}},
                }
            }
        }
    )[0]["addSheet"]["properties"]
    assert (made["index"], made["tabColorStyle"]["rgbColor"]["red"]) == (0, 0.49803922)
    sheet = {"sheetId": made["sheetId"]}
    tool.send(
        {
            "updateSheetProperties": {
                "properties": {**sheet, "index": 3, "hidden": True},
                "fields": "index,hidden",
            }
        }
    )
    assert Person(core).tabs(tool.book) == ["Rev", "Otra", "Nueva"]
    tool.send(
        {"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetName": "Copia"}}
    )
    assert tool.rows("Copia") == tool.rows("Rev")
    tool.send({"deleteSheet": sheet})
    assert Person(core).tabs(tool.book) == ["Rev", "Copia", "Otra"]


def test_create_with_tabs_and_data(ask: Ask) -> None:
    rows = [{"values": [text("a"), {"userEnteredValue": {"formulaValue": "=1+1"}}]}]
    body = {
        "properties": {"title": "Nuevo", "locale": "es_CO"},
        "sheets": [
            {
                "properties": {"title": "Uno", "gridProperties": {"rowCount": 5, "columnCount": 3}},
                "data": [{"rowData": rows}],
            },
            {"properties": {"title": "Dos"}},
        ],
    }
    _, made = ask("POST", "/v4/spreadsheets", body)
    assert [s["properties"]["title"] for s in made["sheets"]] == ["Uno", "Dos"]
    assert made["properties"]["locale"] == "es_CO"
    _, answer = ask("GET", f"/v4/spreadsheets/{made['spreadsheetId']}/values/Uno")
    assert answer["values"] == [["a", "2"]]
    assert answer["range"] == "Uno!A1:C5"
    assert ask("POST", "/v4/spreadsheets", {"propiedades": {}})[0] == 400


def test_find_and_replace_borders_and_sizes(tool: Tool) -> None:
    find = {"find": "a", "replacement": "o", "allSheets": True}
    reply = tool.send({"findReplace": find})[0]["findReplace"]
    assert reply == {
        "valuesChanged": 3,
        "rowsChanged": 3,
        "occurrencesChanged": 4,
        "sheetsChanged": 1,
    }
    border = {"style": "SOLID"}
    tool.send(
        {"updateBorders": {"range": SPAN, "bottom": border}},
        {
            "updateDimensionProperties": {
                "range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1},
                "properties": {"pixelSize": 240},
                "fields": "pixelSize",
            }
        },
        {
            "autoResizeDimensions": {
                "dimensions": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
            }
        },
        {"appendDimension": {"dimension": "ROWS", "length": 10}},
    )
    sizes = tool.sheet(0, "sheets.data.columnMetadata.pixelSize")["data"][0]["columnMetadata"]
    assert sizes[0] == {"pixelSize": 240}
    assert tool.sheet(0, "sheets.properties")["properties"]["gridProperties"]["rowCount"] == 1010


def test_the_answer_may_bring_the_book(tool: Tool) -> None:
    body = {"requests": [{"deleteSheet": {"sheetId": 0}}], "includeSpreadsheetInResponse": True}
    _, answer = tool.ask("POST", f"/v4/spreadsheets/{tool.book}:batchUpdate", body)
    assert [s["properties"]["title"] for s in answer["updatedSpreadsheet"]["sheets"]] == ["Otra"]
    assert (
        tool.try_send(
            {
                "deleteSheet": {
                    "sheetId": answer["updatedSpreadsheet"]["sheets"][0]["properties"]["sheetId"]
                }
            }
        )[0]
        == 400
    )


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"repeatCell": {"range": {"endRowIndex": 1001}, "cell": {}, "fields": "note"}},
            "GridRange.end_row_index[1001] is after last row in grid[1000]",
        ),
        (
            {"addNamedRange": {"namedRange": {"name": "n", "range": {"startRowIndex": 2000}}}},
            "GridRange is empty.",
        ),
        (
            {
                "updateCells": {
                    "start": {"rowIndex": 1000},
                    "rows": [{"values": [text("x")]}],
                    "fields": "*",
                }
            },
            "Attempting to write row: 1000, beyond the last requested row of: 999",
        ),
    ],
)
def test_nothing_is_written_past_the_grid(
    tool: Tool, request_: dict[str, Any], message: str
) -> None:
    status, answer = tool.try_send(request_)
    assert (status, answer["error"]["message"].split(": ", 1)[1]) == (400, message)
