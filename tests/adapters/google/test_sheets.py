"""The register in a Google Sheet: what is written, what never is, and how it is repaired."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.doc_report import DriveReport
from evidencias.adapters.google.sheet_plan import MAX_BYTES, pieces
from evidencias.adapters.google.sheet_table import SheetTable
from evidencias.adapters.google.sheets import SheetRegister
from evidencias.domain.register import Cell, RegisterChanges
from evidencias.domain.register.columns import REVIEW, TAB_ORDER
from evidencias.errors import AccessError, ConfigError, InputError, SourceError
from tests.adapters.google.conftest import WHO
from tests.adapters.google.register import (
    HOSTILE,
    POLICY,
    SEMESTER,
    changes,
    log_of,
    sheet_url,
    snapshot,
)
from tests.google.drive_state import DOC
from tests.google.grid import CELL_LIMIT
from tests.google.person import Person
from tests.google.server import Standin

TOOL_TABS = [name for name in TAB_ORDER if name not in ("Revisión", "Bitácora", "Historial")]


@pytest.fixture
def book(person: Person) -> str:
    return person.create_sheet("Registro 2021-2")


@pytest.fixture
def register(google: Google, book: str) -> SheetRegister:
    return SheetRegister(google, sheet_url(book))


def run(register: SheetRegister, number: int) -> bool:
    contents = register.read()
    known = {str(row.cells["ID"]) for row in contents.review if "ID" in row.cells}
    return register.record(changes(number, known, log_of(contents)))


def test_an_empty_sheet_becomes_a_register(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    assert not register.read().exists
    assert run(register, 1)
    contents = register.read()
    assert (contents.policy, contents.semester) == (POLICY, SEMESTER)
    assert person.tabs(book)[:8] == list(TAB_ORDER)
    assert len(contents.review) == len(contents.evidence) == len(contents.history) == 3
    assert len(contents.log) == 1
    row = contents.evidence[0]
    assert row.cells["Fecha"] == date(2021, 9, 1)
    assert row.cells["Puntaje"] == 0.93
    assert row.links["Archivo"] == "https://drive.google.com/file/d/1x0/view"
    assert contents.history[0].cells["Fecha"] == datetime(2022, 1, 21, 3, 0)


def test_texts_come_back_as_they_were_written(register: SheetRegister) -> None:
    run(register, 6)
    contents = register.read()
    assert [row.cells["Actividad"] for row in contents.evidence] == HOSTILE
    assert [row.cells["Código"] for row in contents.evidence] == ["1.10"] * len(HOSTILE)
    assert contents.evidence[0].cells["Ruta"] == "carpeta/ñ 😀"
    assert contents.evidence[0].cells["Por qué"] == "el código está en la carpeta␇"


def test_nothing_new_writes_nothing_in_one_call(
    standin: Standin, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    before = snapshot(standin, book)
    standin.core.calls.clear()
    assert not run(register, 1)
    assert [call.operation for call in standin.core.calls] == ["sheets.spreadsheets.get"]
    assert snapshot(standin, book) == before


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1), (1, 6), (6, 1)])
def test_only_what_differs_is_written_and_it_is_as_if_written_anew(
    standin: Standin, person: Person, google: Google, first: int, second: int
) -> None:
    grown, fresh = person.create_sheet("a"), person.create_sheet("b")
    run(SheetRegister(google, sheet_url(grown)), first)
    run(SheetRegister(google, sheet_url(grown)), second)
    run(SheetRegister(google, sheet_url(fresh)), second)
    for tab in TOOL_TABS:
        assert snapshot(standin, grown)[tab] == snapshot(standin, fresh)[tab], tab


def test_tool_tabs_are_protected_and_review_is_not(
    person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    for name in TAB_ORDER:
        held = person.tab(book, name).things.get("protectedRanges") or []
        assert bool(held) == (name != "Revisión"), name
    review = person.tab(book, "Revisión")
    rule = review.cell(1, 9).rule
    assert rule is not None
    words = [v["userEnteredValue"] for v in rule["condition"]["values"]]
    assert words == ["Confirmar", "Rechazar", "Aceptar"]
    assert review.things["conditionalFormats"]
    assert person.tab(book, "Resumen").things["charts"]


def test_frames_are_made_once(person: Person, book: str, register: SheetRegister) -> None:
    run(register, 1)

    def frames() -> list[tuple[str, str, int]]:
        kinds = ("protectedRanges", "conditionalFormats", "filterViews", "charts")
        tabs = [(name, person.tab(book, name)) for name in person.tabs(book)]
        return [(n, k, len(t.things.get(k) or [])) for n, t in tabs for k in kinds]

    before = frames()
    for number in (2, 3, 2):
        run(register, number)
    assert frames() == before


def test_the_chart_follows_the_ejes_and_stays_deleted(
    person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    run(register, 4)
    (chart,) = person.tab(book, "Resumen").things["charts"]
    source = chart["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"]["sources"][-1]
    names = [row[1] for row in person.values(book, "Resumen")[source["startRowIndex"] :]]
    count = source["endRowIndex"] - source["startRowIndex"]
    assert names[:count] == [f"Eje {n}" for n in range(5)]
    person.do(book, "deleteEmbeddedObject", objectId=chart["chartId"])
    run(register, 2)
    assert not person.tab(book, "Resumen").things["charts"]


def test_inner_links_lead_to_their_row_whatever_the_tab_is_called(
    person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    links = [cell.format for cell in (person.tab(book, "Actividades").cell(r, 12) for r in (1, 2))]
    uris = [held["textFormat"]["link"]["uri"] for held in links if held]
    sheet = person.tab(book, "Evidencias").id
    assert uris == [f"#gid={sheet}&range=A2", f"#gid={sheet}&range=A3"]
    person.rename_tab(book, "Evidencias", "Pruebas")
    assert not run(register, 1)


# --- people ----------------------------------------------------------------------------------


def test_a_person_moves_columns_and_rows_still_fall_under_theirs(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    person.insert_columns(book, "Revisión", 0)
    person.edit(book, "Revisión", 0, 0, "Mi columna")
    person.move_column(book, "Revisión", 10, 2)
    person.sort(book, "Revisión", 1, descending=True)
    run(register, 2)
    rows = register.read().review
    new = next(row for row in rows if row.cells["ID"] == "V-ABCDEFGHI3")
    assert new.cells["Clase"] == "Vínculo"
    assert new.cells["Propuesto el"] == date(2022, 1, 21)
    assert "Mi columna" not in new.cells
    assert "Decisión" not in new.cells


def test_a_person_decides_and_the_decision_stays(
    person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    person.edit(book, "Revisión", 2, 9, "Confirmar")
    person.edit(book, "Revisión", 2, 10, "Ana")
    decided = register.read().review[1].cells["ID"]
    person.sort(book, "Revisión", 0, descending=True)
    run(register, 4)
    row = next(row for row in register.read().review if row.cells["ID"] == decided)
    assert (row.cells["Decisión"], row.cells["Responsable"]) == ("Confirmar", "Ana")


def test_a_code_typed_by_hand_stays_text(
    person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    person.edit(book, "Revisión", 20, 2, "1.10")
    person.edit(book, "Revisión", 20, 9, "Confirmar")
    assert register.read().review[-1].cells["Código"] == "1.10"


@pytest.mark.parametrize("tab", TAB_ORDER)
def test_a_missing_tab_is_made_again(
    standin: Standin, person: Person, book: str, register: SheetRegister, tab: str
) -> None:
    run(register, 1)
    person.delete_tab(book, tab)
    assert run(register, 1)
    assert tab in person.tabs(book)
    assert not run(register, 1)


@pytest.mark.parametrize("tab", TAB_ORDER)
def test_a_renamed_tab_is_found_again_and_keeps_its_name(
    person: Person, book: str, register: SheetRegister, tab: str
) -> None:
    run(register, 1)
    person.rename_tab(book, tab, "Como yo quiero")
    assert not run(register, 1)
    assert run(register, 2)
    assert "Como yo quiero" in person.tabs(book)
    assert tab not in person.tabs(book)


@pytest.mark.parametrize("tab", TOOL_TABS)
def test_a_half_made_tool_tab_is_written_again(
    standin: Standin, person: Person, book: str, register: SheetRegister, tab: str
) -> None:
    run(register, 1)
    before = snapshot(standin, book)[tab]
    person.clear(book, tab)
    person.edit(book, tab, 0, 3, "algo mío")
    person.edit(book, tab, 40, 1, "más abajo")
    run(register, 1)
    assert snapshot(standin, book)[tab] == before


def test_a_persons_own_tab_with_one_of_our_names_is_left_alone(
    standin: Standin, person: Person, google: Google
) -> None:
    book = person.create_sheet("Registro", {"Hoja": [[]]})
    register = SheetRegister(google, sheet_url(book))
    run(register, 1)
    person.delete_tab(book, "Resumen")
    person.add_tab(book, "Resumen")
    person.write(book, "Resumen", [["Mis notas", "de la reunión"], ["a", "b"]])
    run(register, 1)
    assert person.values(book, "Resumen") == [["Mis notas", "de la reunión"], ["a", "b"]]
    assert "Resumen 2" in person.tabs(book)


def test_review_without_its_columns_is_refused(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    person.edit(book, "Revisión", 0, 9, "Otra cosa")
    before = snapshot(standin, book)
    with pytest.raises(InputError) as caught:
        run(register, 2)
    assert "Decisión" in caught.value.message
    assert snapshot(standin, book) == before


def test_a_register_of_another_semester_is_refused(
    standin: Standin, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    before = snapshot(standin, book)
    register.read()
    with pytest.raises(InputError) as caught:
        register.record(changes(1, semester="2022-1"))
    assert "2022-1" in caught.value.message
    assert snapshot(standin, book) == before


def test_a_sheet_of_something_else_is_refused(person: Person, google: Google) -> None:
    book = person.create_sheet("Presupuesto", {"Gastos": [["Rubro", "Valor"], ["a", 1]]})
    with pytest.raises(InputError):
        SheetRegister(google, sheet_url(book)).read()


def test_a_sheet_that_is_not_shared_says_with_whom(
    person: Person, book: str, register: SheetRegister
) -> None:
    person.take_away(book)
    with pytest.raises(AccessError) as caught:
        register.read()
    assert WHO in caught.value.hint


def test_a_sheet_shared_to_read_only_is_told_at_the_first_write(
    person: Person, book: str, register: SheetRegister
) -> None:
    person.file(book).can_edit = False
    register.read()
    with pytest.raises(AccessError) as caught:
        register.record(changes(1))
    assert "Editor" in caught.value.hint


def test_a_tab_that_a_person_protected_is_told_with_the_step(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    person.protect(book, REVIEW)
    before = person.values(book, REVIEW)
    standin.core.calls.clear()
    with pytest.raises(AccessError) as told:
        run(register, 2)
    assert "Proteger" in told.value.hint
    assert person.values(book, REVIEW) == before
    assert standin.core.count(operation="sheets.spreadsheets.batchUpdate") == 1


def test_an_answer_of_another_making_is_told_as_a_failure(
    standin: Standin, register: SheetRegister
) -> None:
    """A proxy's JSON, in which `error` is a text."""
    standin.core.faults.add("invalid_grant", path="/v4/", times=None)
    with pytest.raises(SourceError):
        register.read()


def test_a_sheet_without_room_says_so(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    full = {"rowCount": CELL_LIMIT - person.book(book).cells(), "columnCount": 1}
    person.do(book, "addSheet", properties={"title": "Grande", "gridProperties": full})
    with pytest.raises(InputError) as told:
        run(register, 2)
    assert "10 millones de celdas" in told.value.message


def test_an_address_of_no_sheet_is_refused(google: Google) -> None:
    with pytest.raises(ConfigError):
        SheetRegister(google, "https://drive.google.com/drive/folders/1abcdefghijklmnop")


def test_a_decision_from_the_terminal_is_one_appended_row(
    standin: Standin, book: str, register: SheetRegister
) -> None:
    run(register, 1)
    row = tuple(
        Cell(text)
        for text in (
            "V-ABCDEFGHI1",
            "",
            "1.10",
            "",
            "",
            "",
            "",
            None,
            None,
            "Rechazar",
            "Ana",
            "",
            "m",
        )
    )
    register.read()
    standin.core.calls.clear()
    assert register.record(RegisterChanges(POLICY, SEMESTER, review=(row,)))
    assert standin.core.count(operation="sheets.spreadsheets.batchUpdate") == 1
    rows = register.read().review
    assert [r.cells["ID"] for r in rows].count("V-ABCDEFGHI1") == 2


def test_a_large_register_goes_in_pieces_and_rows_to_append_in_the_last() -> None:
    big = {"updateCells": {"rows": ["x" * 900_000]}}
    requests = [{"appendCells": {}}, big, big, big, {"appendCells": {}}]
    made = pieces(requests)  # type: ignore[arg-type]  # plain JSON
    assert len(made) == 2
    assert all(sum(len(str(r)) for r in piece) < MAX_BYTES for piece in made)
    assert all("appendCells" not in r for piece in made[:-1] for r in piece)
    assert made[-1][-2:] == [{"appendCells": {}}, {"appendCells": {}}]


def test_hundreds_of_links_are_written_and_read_back(
    standin: Standin, person: Person, book: str, register: SheetRegister
) -> None:
    wanted = changes(400)
    register.read()
    register.record(wanted)
    contents = register.read()
    assert len(contents.evidence) == len(contents.review) == 402
    assert not register.record(changes(400, {str(r.cells["ID"]) for r in contents.review}))


# --- plans and reports -------------------------------------------------------------------------


def test_a_plan_in_a_sheet_is_read_as_plain_cells(person: Person, google: Google) -> None:
    book = person.create_sheet("Plan", {"Plan 2021": [["Código", "Meta"], ["1.10", "x"]]})
    person.edit(book, "Plan 2021", 1, 1, "12,5")
    person.edit(book, "Plan 2021", 2, 0, "=1+1")
    person.edit(book, "Plan 2021", 2, 1, "15/07/2021")
    person.do(
        book,
        "mergeCells",
        range={
            "sheetId": 0,
            "startRowIndex": 3,
            "endRowIndex": 5,
            "startColumnIndex": 0,
            "endColumnIndex": 2,
        },
        mergeType="MERGE_ALL",
    )
    table = SheetTable(google, sheet_url(book)).read()
    assert table.origin == "Plan"
    (sheet,) = table.sheets
    assert sheet.rows[:3] == (("Código", "Meta"), ("1.10", 12.5), (2, date(2021, 7, 15)))
    assert sheet.merged == ((3, 0, 4, 1),)


def test_a_report_in_a_document_is_read_as_blocks(person: Person, google: Google) -> None:
    text = "INFORME DE GESTIÓN\nPolítica pública: Generación de Ingresos\nSe hicieron 8 talleres."
    made = person.add_file("Informe", None, mime=DOC, text=text)
    url = f"https://docs.google.com/document/d/{made}/edit"
    blocks = DriveReport(google, url).read()
    assert [block.text for block in blocks] == text.split("\n")
    by_id = DriveReport(google, f"https://drive.google.com/open?id={made}").read()
    assert by_id == blocks


def test_a_markdown_report_in_drive_is_read_too(person: Person, google: Google) -> None:
    made = person.add_file("informe.md", None, b"# Informe\n\nSe hizo.", mime="text/markdown")
    blocks = DriveReport(google, f"https://drive.google.com/file/d/{made}/view").read()
    assert [block.text for block in blocks] == ["Informe", "Se hizo."]
