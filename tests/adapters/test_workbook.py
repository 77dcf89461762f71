"""The register as a workbook: what is written comes back, and nothing is written twice."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from evidencias.adapters.local.workbook import Workbook
from evidencias.adapters.local.workbook.file import COPIES
from evidencias.adapters.local.workbook.links import MAX_LINKS
from evidencias.adapters.local.workbook.write import planned
from evidencias.domain.model import Link, Verdict
from evidencias.domain.register import (
    Cell,
    RegisterChanges,
    RegisterContents,
    Row,
    Tab,
    decide,
    read_decisions,
    register_changes,
)
from evidencias.domain.register.columns import HISTORY, REVIEW, TAB_ORDER
from evidencias.domain.register.lookup import decision_of, proposal_of
from evidencias.errors import AccessError, InputError, SourceError
from tests.adapters.soundness import unsound
from tests.domain.registering import ACTIVITIES, FILES, LINKS, NOW, after, assessed, suggested

LOCK_OWNER = bytes([8]) + b"Ana Diaz" + b" " * 46 + "Ana Diaz".encode("utf-16-le")


class Clock:
    """A clock that moves one minute at each look, so that copies get different names."""

    def __init__(self) -> None:
        self.now = datetime(2021, 11, 2, 8, 30)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registro.xlsx"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(path: Path, clock: Clock, links: tuple[Link, ...] = LINKS) -> tuple[bool, RegisterChanges]:
    """One synchronisation of the tiny municipality."""
    register = Workbook(path, clock)
    there = register.read()
    decisions = read_decisions(there, FILES, ACTIVITIES).decisions
    judged = assessed(links, decisions)
    made = register_changes(judged, there, now=NOW, version="1")
    wrote = register.record(made)
    assert unsound(path) == []
    return wrote, made


def plain(contents: RegisterContents) -> RegisterContents:
    """Contents without what only this adapter adds: its name and the links it made relative."""

    def bare(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(row, links={}) for row in rows)

    return replace(
        contents,
        origin="",
        review=bare(contents.review),
        evidence=bare(contents.evidence),
        history=bare(contents.history),
        log=(),
    )


def edit(path: Path) -> Iterator[openpyxl.Workbook]:
    """The workbook opened as a person's program would, saved afterwards."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def test_a_missing_file_is_an_empty_register(path: Path) -> None:
    assert not Workbook(path).read().exists


def test_what_is_recorded_comes_back(path: Path, clock: Clock) -> None:
    wrote, made = run(path, clock)
    model = after(RegisterContents(exists=False), made)
    assert wrote
    assert plain(Workbook(path).read()) == plain(model)


def test_a_second_run_with_nothing_changed_keeps_the_bytes(path: Path, clock: Clock) -> None:
    run(path, clock)
    before = path.read_bytes()
    wrote, made = run(path, clock)
    assert (wrote, made.review, made.history) == (False, (), ())
    assert path.read_bytes() == before and not (path.parent / COPIES).exists()


def test_tabs_stand_in_the_order_of_the_contract(path: Path, clock: Clock) -> None:
    run(path, clock)
    assert openpyxl.load_workbook(path).sheetnames == list(TAB_ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "1.10", "007", "=1+1", "+57 300", "-3", "@a", "1e5", "12,5", "ñ 😀", "'hola", "\tx\t",
        "dos\nlíneas", " blancos ", "_x0041_", "x005F_", "_x000D_", "TRUE", "#N/A", "<&>\"",
        "2021-09-14", "https://x.co", "{=A1}", "\u0301sola",
    ],
)  # fmt: skip
def test_texts_come_back_as_they_were(path: Path, text: str) -> None:
    register = Workbook(path)
    register.read()
    cells = (Cell("V-AAAAAAAAAA"), *(Cell(text) for _ in range(6)), *(Cell() for _ in range(6)))
    tab = Tab("Huérfanos", ("Archivo", "Ruta", "Fecha", "Actividades cercanas"), (
        (Cell(text), Cell(text), Cell(), Cell(text)),
    ))  # fmt: skip
    changes = RegisterChanges("P", "2021-2", (tab,), (cells,))
    assert register.record(changes)
    (row,) = Workbook(path).read().review
    assert {row.cells.get(name) for name in ("Clase", "Código", "Enlace")} == {text}
    again = Workbook(path)
    again.read()
    assert not again.record(replace(changes, review=()))  # the tool's own tab is still the same
    raw = openpyxl.load_workbook(path)
    assert all(c.data_type != "f" for sheet in raw for r in sheet.iter_rows() for c in r)


def test_what_excel_cannot_hold_is_made_visible_or_cut(path: Path) -> None:
    register = Workbook(path)
    register.read()
    odd = "a\x07b\x00\ud83d\u202e.pdf"
    cells = (Cell("V-AAAAAAAAAA"), Cell(odd), Cell("y" * 40_000), *(Cell() for _ in range(10)))
    register.record(RegisterChanges("P", "2021-2", (), (cells,)))
    (row,) = Workbook(path).read().review
    assert row.cells["Clase"] == "a␇b␀[U+D83D][U+202E].pdf"
    assert len(str(row.cells["Código"])) <= 32_767 and str(row.cells["Código"]).endswith("…")


def test_links_are_relative_encoded_and_open(tmp_path: Path, clock: Clock) -> None:
    odd = "Eje 1/Gestión #2 50%.pdf"
    (tmp_path / "Evidencias/Eje 1").mkdir(parents=True)
    (tmp_path / "Evidencias" / odd).write_text("x")
    file = replace(
        FILES["Semillas/listado.xlsx"],
        id=odd,
        path=odd,
        url=(tmp_path / "Evidencias" / odd).as_uri(),
    )
    judged = assessed((suggested("1.10", odd),), files={odd: file})
    register = Workbook(tmp_path / "registro.xlsx", clock)
    register.record(register_changes(judged, register.read(), now=NOW, version="1"))
    sheet = openpyxl.load_workbook(tmp_path / "registro.xlsx")[REVIEW]
    assert sheet["F2"].hyperlink.target == "Evidencias/Eje%201/Gesti%C3%B3n%20%232%2050%25.pdf"
    assert Workbook(tmp_path / "registro.xlsx").read().review[0].links["Enlace"] == file.url


def test_at_most_sixty_thousand_hyperlinks(tmp_path: Path) -> None:
    rows = tuple((Cell(f"f{n}", "https://x.co/f"), Cell()) for n in range(MAX_LINKS + 10))
    tab = Tab("Huérfanos", ("Archivo", "Ruta"), rows)
    cells = (Cell("V-AAAAAAAAAA", "https://x.co/f"), *(Cell() for _ in range(12)))
    plan = planned(RegisterChanges("P", "2021-2", (tab,), (cells,)), None, tmp_path)
    assert plan is not None
    (drawn,) = [tab for tab in plan.drawn if tab.name == "Huérfanos"]
    links = [bool(row[0].link) for row in drawn.rows]
    assert sum(links) == MAX_LINKS - 1 and len(links) == MAX_LINKS + 10
    assert links[0] and plan.appended[REVIEW][0][0].link


def test_a_decision_from_the_terminal_only_appends(path: Path, clock: Clock) -> None:
    run(path, clock)
    before = openpyxl.load_workbook(path)
    register = Workbook(path, clock)
    there = register.read()
    proposal = proposal_of(assessed(), str(there.review[0].cells["ID"]))
    decision = decision_of(proposal, Verdict.CONFIRM, by="Ana", note="=1+1")
    assert register.record(decide(there, proposal, decision, stated=(), now=NOW))
    after = openpyxl.load_workbook(path)
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                assert after[sheet.title][cell.coordinate].value == cell.value
    assert (after[REVIEW]["J6"].value, after[REVIEW]["L6"].value) == ("Confirmar", "=1+1")
    assert after[REVIEW]["L6"].data_type == "s" and after[HISTORY].max_row == 6
    assert unsound(path) == []
    (made,) = read_decisions(Workbook(path).read(), FILES, ACTIVITIES).decisions
    assert (made.origin, made.by) == ("decidir", "Ana")


@pytest.mark.parametrize("lock", ["~$registro.xlsx", ".~lock.registro.xlsx#"])
def test_an_open_workbook_is_told_and_nothing_is_written(
    path: Path, clock: Clock, lock: str
) -> None:
    run(path, clock)
    before = path.read_bytes()
    register = Workbook(path, clock)
    there = register.read()
    beside = path.with_name(lock)
    beside.write_bytes(
        LOCK_OWNER if lock.startswith("~") else b",Ana Diaz,PC-7,02.11.2021 08:30,x;"
    )
    made = register_changes(assessed(()), there, now=NOW, version="1")
    for act in (Workbook(path).read, lambda: register.record(made)):
        with pytest.raises(SourceError) as told:
            act()
        assert "está abierto en otro programa por Ana Diaz" in told.value.message
        assert lock in told.value.hint
    assert path.read_bytes() == before
    beside.unlink()
    assert register.record(made)


def test_a_workbook_saved_meanwhile_is_not_overwritten(path: Path, clock: Clock) -> None:
    run(path, clock)
    register = Workbook(path, clock)
    there = register.read()
    for book in edit(path):
        book[REVIEW]["J2"] = "Confirmar"
    saved = path.read_bytes()
    with pytest.raises(SourceError, match="cambió mientras"):
        register.record(register_changes(assessed(()), there, now=NOW, version="1"))
    assert path.read_bytes() == saved
    assert run(path, clock)[0]
    assert Workbook(path).read().review[0].cells["Decisión"] == "Confirmar"


def test_a_workbook_deleted_or_made_meanwhile_is_told(path: Path, clock: Clock) -> None:
    register = Workbook(path, clock)
    there = register.read()
    made = register_changes(assessed(), there, now=NOW, version="1")
    path.write_bytes(b"alguien")
    with pytest.raises(SourceError):
        register.record(made)
    assert path.read_bytes() == b"alguien"


def test_a_read_only_workbook_is_told(path: Path, clock: Clock) -> None:
    run(path, clock)
    path.chmod(stat.S_IRUSR)
    before = path.read_bytes()
    with pytest.raises(AccessError, match="solo lectura"):
        run(path, clock, ())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "dañado"),
        (b"PK\x03\x04 roto", "dañado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "contraseña"),
        (b"hola", "dañado"),
    ],
)
def test_a_damaged_workbook_names_the_latest_copy(
    path: Path, clock: Clock, data: bytes, says: str
) -> None:
    run(path, clock)
    run(path, clock, ())
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as told:
        Workbook(path).read()
    (copy,) = (path.parent / COPIES).iterdir()
    assert copy.name in told.value.hint
    assert path.read_bytes() == data


def test_half_a_workbook_is_damaged(path: Path, clock: Clock) -> None:
    run(path, clock)
    whole = path.read_bytes()
    for size in (len(whole) // 3, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:size])
        with pytest.raises(InputError):
            Workbook(path).read()


@pytest.mark.parametrize(("policy", "semester"), [("Otra", "2021-2"), ("Juventud rural", "2022-1")])
def test_another_policy_or_semester_is_refused(
    path: Path, clock: Clock, policy: str, semester: str
) -> None:
    run(path, clock)
    before = path.read_bytes()
    register = Workbook(path, clock)
    register.read()
    with pytest.raises(InputError, match="Juventud rural"):
        register.record(RegisterChanges(policy, semester, (Tab("Huérfanos", ("Archivo",), ()),)))
    assert path.read_bytes() == before


def test_the_stamp_survives_the_loss_of_either_of_its_places(path: Path, clock: Clock) -> None:
    run(path, clock)
    for book in edit(path):
        del book.custom_doc_props["evidencias.politica"]
    assert Workbook(path).read().semester == "2021-2"
    assert run(path, clock, ())[0]
    for book in edit(path):
        del book["Resumen"]
    there = Workbook(path).read()
    assert (there.policy, there.semester) == ("Juventud rural", "2021-2")


def test_the_last_five_workbooks_are_kept(path: Path, clock: Clock) -> None:
    versions = []
    for count in range(8):
        links = tuple(suggested("1.10", name) for name in list(FILES)[: count % 5 + 1])
        if path.exists():
            versions.append(path.read_bytes())
        assert run(path, clock, links)[0]
    (path.parent / COPIES / "mis notas.xlsx").write_bytes(b"de una persona")
    links = (suggested("2.1", "Semillas/listado.xlsx", 0.9),)
    versions.append(path.read_bytes())
    assert run(path, clock, links)[0]
    kept = sorted(p for p in (path.parent / COPIES).iterdir() if p.name != "mis notas.xlsx")
    assert [p.read_bytes() for p in kept] == versions[-5:]
    assert (path.parent / COPIES / "mis notas.xlsx").exists()


def test_what_a_killed_run_left_behind_is_swept(path: Path, clock: Clock) -> None:
    run(path, clock)
    left = path.with_name(".registro.xlsx.4711.tmp")
    left.write_bytes(b"a medias")
    run(path, clock, ())
    assert not left.exists() and not list(path.parent.glob("*.tmp"))


def test_a_save_that_fails_leaves_the_workbook(path: Path, clock: Clock) -> None:
    run(path, clock)
    before = path.read_bytes()
    (path.parent / COPIES).write_text("un archivo donde debe ir la carpeta")
    with pytest.raises(SourceError, match="No pude guardar"):
        run(path, clock, ())
    assert path.read_bytes() == before and not list(path.parent.glob(".*.tmp"))


def test_a_workbook_of_other_things_is_refused_and_kept(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Presupuesto"
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="no es un registro"):
        Workbook(path).read()
    with pytest.raises(InputError, match="no es un registro"):
        Workbook(path).record(RegisterChanges("P", "2021-2"))
    assert path.read_bytes() == before


def test_an_empty_workbook_becomes_the_register(path: Path, clock: Clock) -> None:
    openpyxl.Workbook().save(path)
    assert not Workbook(path).read().exists
    assert run(path, clock)[0]
    assert set(TAB_ORDER) <= set(openpyxl.load_workbook(path).sheetnames)
    assert not run(path, clock)[0]


@pytest.mark.parametrize("name", [n for n in TAB_ORDER if n != REVIEW])
def test_a_missing_tab_of_the_tool_is_made_again(path: Path, clock: Clock, name: str) -> None:
    run(path, clock)
    there = Workbook(path).read()
    for book in edit(path):
        del book[name]
    run(path, clock)
    assert name in openpyxl.load_workbook(path).sheetnames
    assert [r.cells for r in Workbook(path).read().review] == [r.cells for r in there.review]
    before = path.read_bytes()
    assert not run(path, clock)[0] and path.read_bytes() == before


@pytest.mark.parametrize("name", TAB_ORDER)
def test_a_renamed_tab_is_found_by_its_mark_or_its_header(
    path: Path, clock: Clock, name: str
) -> None:
    run(path, clock)
    for with_mark in (True, False):
        for book in edit(path):
            title = next(t for t in book.sheetnames if t in (name, "Ana's (1)"))
            book[title].title = "Ana's (1)"
            for mark in list(book.defined_names):
                if with_mark and mark == f"evidencias_{name.lower()}":
                    book.defined_names[mark].value = "'Ana''s (1)'!$A$1"
                elif not with_mark:
                    del book.defined_names[mark]
        there = Workbook(path).read()
        assert len(there.review) == 4 and len(there.history) == 4 and len(there.evidence) == 4
        run(path, clock)
        assert len(openpyxl.load_workbook(path).sheetnames) == len(TAB_ORDER)


def test_a_tab_of_the_tool_that_was_edited_is_put_right(path: Path, clock: Clock) -> None:
    run(path, clock)
    for book in edit(path):
        book["Actividades"]["H2"] = "Soportada"
        book[HISTORY]["B1"] = "Otra cosa"
    assert run(path, clock)[0]
    book = openpyxl.load_workbook(path)
    assert book["Actividades"]["H2"].value == "Por revisar"
    assert not run(path, clock)[0]


def test_revision_is_open_and_the_rest_is_protected(path: Path, clock: Clock) -> None:
    run(path, clock)
    book = openpyxl.load_workbook(path)
    assert {s.title for s in book if not s.protection.sheet} == {REVIEW}
    sheet = book[REVIEW]
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == '"Confirmar,Rechazar,Aceptar"' and "J2" in choices.sqref
    assert sheet.column_dimensions["M"].hidden and sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:M5"
    assert len(book["Resumen"]._charts) == 1


def test_dates_are_right_in_a_workbook_that_counts_from_1904(path: Path, clock: Clock) -> None:
    run(path, clock)
    day = Workbook(path).read().review[0].cells["Propuesto el"]
    for book in edit(path):
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
    links = (*LINKS, suggested("2.1", "Semillas/listado.xlsx", 0.9))
    assert run(path, clock, links)[0]
    there = Workbook(path).read()
    assert {row.cells["Propuesto el"] for row in there.review} == {day}
    assert not run(path, clock, links)[0]
