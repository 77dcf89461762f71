"""What hangs on ranges and tabs: protection, filters, tables, charts, names and marks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.conftest import Tool
from tests.google.core import Core
from tests.google.person import Person

SPAN = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}
THINGS: list[tuple[str, dict[str, Any], str]] = [
    ("protectedRanges", {"addProtectedRange": {"protectedRange": {"range": SPAN}}}, "range"),
    ("filterViews", {"addFilterView": {"filter": {"title": "v", "range": SPAN}}}, "range"),
    ("bandedRanges", {"addBanding": {"bandedRange": {"range": SPAN}}}, "range"),
    ("tables", {"addTable": {"table": {"name": "T", "range": SPAN}}}, "range"),
]


@pytest.mark.parametrize(("store", "request_", "key"), THINGS)
def test_what_hangs_on_a_range_moves_with_it(
    core: Core, tool: Tool, store: str, request_: dict[str, Any], key: str
) -> None:
    tool.send(request_)
    Person(core).insert_rows(tool.book, "Rev", 0, 2)
    Person(core).delete_columns(tool.book, "Rev", 0)
    held = tool.sheet()[store][0][key]
    assert held == {
        "startRowIndex": 3,
        "endRowIndex": 5,
        "startColumnIndex": 0,
        "endColumnIndex": 2,
    }
    Person(core).delete_rows(tool.book, "Rev", 2, 4)
    assert store not in tool.sheet()


def test_names_rules_filters_and_merges_move_too(core: Core, tool: Tool) -> None:
    rule = {"ranges": [SPAN], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    tool.send(
        {"addNamedRange": {"namedRange": {"name": "datos", "range": SPAN}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"setBasicFilter": {"filter": {"range": SPAN}}},
        {"mergeCells": {"range": SPAN, "mergeType": "MERGE_ALL"}},
    )
    Person(core).insert_columns(tool.book, "Rev", 1)
    moved = {**SPAN, "startColumnIndex": 2, "endColumnIndex": 4}
    held = tool.sheet()
    assert held["conditionalFormats"][0]["ranges"] == [moved]
    assert held["basicFilter"]["range"] == moved
    assert held["merges"] == [moved]
    _, answer = tool.ask("GET", f"/v4/spreadsheets/{tool.book}?fields=namedRanges")
    assert answer["namedRanges"][0]["range"] == moved
    tool.send({"deleteConditionalFormatRule": {"index": 0}}, {"clearBasicFilter": {}})
    assert not {"conditionalFormats", "basicFilter"} & set(tool.sheet())


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"mergeCells": {"range": SPAN | {"endRowIndex": 2}}}, "must select all cells"),
        ({"unmergeCells": {"range": SPAN | {"endRowIndex": 2}}}, "must select all cells"),
        ({"addNamedRange": {"namedRange": {"name": "con espacio", "range": SPAN}}}, "named range"),
    ],
)
def test_what_sheets_refuses(tool: Tool, request_: dict[str, Any], words: str) -> None:
    tool.send({"mergeCells": {"range": SPAN, "mergeType": "MERGE_ALL"}})
    status, answer = tool.try_send(request_)
    assert status == 400
    assert words in answer["error"]["message"]


def test_copies_take_the_next_free_name(tool: Tool) -> None:
    tab = tool.sheet()["properties"]["sheetId"]
    copies = tool.send(*[{"duplicateSheet": {"sourceSheetId": tab}}] * 2)
    titles = [made["duplicateSheet"]["properties"]["title"] for made in copies]
    assert titles == ["Copy of Rev", "Copy of Rev 2"]


def test_things_are_updated_and_deleted_by_id(tool: Tool) -> None:
    replies = tool.send(*(request for _, request, _ in THINGS))
    chart = {
        "spec": {"title": "t", "basicChart": {"chartType": "COLUMN"}},
        "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 1}}},
    }
    chart_id = tool.send({"addChart": {"chart": chart}})[0]["addChart"]["chart"]["chartId"]
    protected = replies[0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    view = replies[1]["addFilterView"]["filter"]["filterViewId"]
    banding = replies[2]["addBanding"]["bandedRange"]["bandedRangeId"]
    table = replies[3]["addTable"]["table"]["tableId"]
    assert isinstance(table, str)
    tool.send(
        {
            "updateProtectedRange": {
                "protectedRange": {
                    "protectedRangeId": protected,
                    "description": "d",
                    "warningOnly": True,
                },
                "fields": "description,warningOnly",
            }
        },
        {"updateFilterView": {"filter": {"filterViewId": view, "title": "w"}, "fields": "title"}},
        {"updateTable": {"table": {"tableId": table, "name": "U"}, "fields": "name"}},
        {"updateChartSpec": {"chartId": chart_id, "spec": {"title": "u", "basicChart": {}}}},
    )
    held = tool.sheet()
    assert held["protectedRanges"][0]["description"] == "d"
    assert held["filterViews"][0]["title"] == "w"
    assert held["tables"][0]["name"] == "U"
    assert held["charts"][0]["spec"]["title"] == "u"
    tool.send(
        {"deleteProtectedRange": {"protectedRangeId": protected}},
        {"deleteFilterView": {"filterId": view}},
        {"deleteBanding": {"bandedRangeId": banding}},
        {"deleteTable": {"tableId": table}},
        {"deleteEmbeddedObject": {"objectId": chart_id}},
    )
    assert set(tool.sheet(0, "sheets(properties,protectedRanges,filterViews,tables,charts)")) == {
        "properties"
    }


def test_developer_metadata_marks_and_finds(core: Core, tool: Tool) -> None:
    def mark(key: str, location: dict[str, Any]) -> dict[str, Any]:
        held = {
            "metadataKey": key,
            "metadataValue": "v",
            "location": location,
            "visibility": "DOCUMENT",
        }
        return {"createDeveloperMetadata": {"developerMetadata": held}}

    row = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}}
    tool.send(mark("libro", {"spreadsheet": True}), mark("hoja", {"sheetId": 0}), mark("fila", row))
    search = f"/v4/spreadsheets/{tool.book}/developerMetadata:search"
    look = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "fila"}}]}
    Person(core).insert_rows(tool.book, "Rev", 1)
    found = tool.ask("POST", search, look)[1]["matchedDeveloperMetadata"][0]["developerMetadata"]
    assert found["location"]["dimensionRange"]["startIndex"] == 3
    assert found["location"]["locationType"] == "ROW"
    cells = f"/v4/spreadsheets/{tool.book}/values:batchGetByDataFilter"
    values = tool.ask("POST", cells, look)[1]["valueRanges"][0]["valueRange"]["values"]
    assert values == [["k2", "Alfa", "1"]]
    held = tool.ask(
        "GET", f"/v4/spreadsheets/{tool.book}?fields=developerMetadata,sheets.developerMetadata"
    )
    assert held[1]["developerMetadata"][0]["metadataKey"] == "libro"
    assert held[1]["sheets"][0]["developerMetadata"][0]["location"]["sheetId"] == 0
    Person(core).delete_rows(tool.book, "Rev", 3)
    assert tool.ask("POST", search, look)[1] == {}
    tool.send(
        {
            "deleteDeveloperMetadata": {
                "dataFilter": {"developerMetadataLookup": {"metadataKey": "hoja"}}
            }
        }
    )
    every = {"dataFilters": [{"developerMetadataLookup": {"metadataValue": "v"}}]}
    assert len(tool.ask("POST", search, every)[1]["matchedDeveloperMetadata"]) == 1
