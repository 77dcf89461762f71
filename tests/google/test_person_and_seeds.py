"""The person's hand and the seeds: what later tests stand on."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.drive_state import DOC, FOLDER, SHEET, SHORTCUT
from tests.google.person import Person
from tests.google.seeding import seed_corpus, seed_directory, seed_large

CORPORA = ("ingresos-2021-2", "cultura-2023-2")


def test_a_person_rearranges_a_sheet(core: Core) -> None:
    person = Person(core)
    book = person.create_sheet("R", {"T": [["Clave", "V"], ["b", "2"], ["a", "1"]]})
    person.sort(book, "T", 0)
    person.insert_columns(book, "T", 1)
    person.edit(book, "T", 0, 1, "Mía")
    person.move_column(book, "T", 0, 3)
    person.insert_rows(book, "T", 1)
    person.rename_tab(book, "T", "Revisadas")
    person.add_tab(book, "Apuntes")
    assert person.tabs(book) == ["Revisadas", "Apuntes"]
    shown = [["Mía", "V", "Clave"], [], ["", "1", "a"], ["", "2", "b"]]
    assert person.values(book, "Revisadas") == shown
    person.move_row(book, "Revisadas", 3, 1)
    person.delete_rows(book, "Revisadas", 2)
    person.delete_columns(book, "Revisadas", 0)
    assert person.values(book, "Revisadas") == [["V", "Clave"], ["2", "b"], ["1", "a"]]
    person.clear(book, "Revisadas")
    assert person.values(book, "Revisadas") == []
    person.delete_tab(book, "Apuntes")
    with pytest.raises(KeyError, match="Apuntes"):
        person.tab(book, "Apuntes")


MOVES = st.one_of(
    st.tuples(st.sampled_from(["insert_rows", "insert_columns"]), st.integers(0, 4)),
    st.tuples(st.sampled_from(["move_row", "move_column"]), st.integers(0, 4), st.integers(0, 6)),
    st.tuples(st.just("sort"), st.integers(0, 3), st.booleans(), st.integers(0, 1)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(MOVES, max_size=8))
def test_rearranging_keeps_every_row_together(moves: list[tuple[Any, ...]]) -> None:
    person = Person(Core())
    rows = [[f"{letter}{number}" for letter in "abc"] for number in range(5)]
    book = person.create_sheet("R", {"T": rows})
    for name, *arguments in moves:
        getattr(person, name)(book, "T", *arguments)
    kept = [sorted(filter(None, row)) for row in person.values(book, "T")]
    assert sorted(filter(None, kept)) == rows


@pytest.mark.parametrize("shared_drive", [False, True], ids=["my-drive", "shared-drive"])
@pytest.mark.parametrize("name", CORPORA)
def test_a_corpus_is_seeded_whole(
    core: Core, ask: Ask, shared: Path, name: str, shared_drive: bool
) -> None:
    corpus = shared / "corpus" / name
    root = seed_corpus(core, corpus, shared_drive)
    csv.field_size_limit(10**7)
    with (corpus / "arbol.csv").open(encoding="utf-8", newline="") as held:
        rows = list(csv.DictReader(held))
    for row in rows:
        file = core.drive.files[row["id"]]
        names = [file.name]
        names += [up.name for up in core.drive.ancestors(file) if up.id not in _roots(core, root)]
        assert "/".join(reversed(names)) == row["ruta"]
        assert (file.created, file.modified) == (row["creado"], row["modificado"])
        if row["tipo"] == "acceso_directo":
            assert (file.mime, file.target) == (SHORTCUT, row["texto"].strip())
        assert (file.mime == FOLDER) == (row["tipo"] == "carpeta")
    _check_contents(core, ask, rows)


def _roots(core: Core, root: str) -> set[str]:
    return {root, core.drive.person_root}


def _check_contents(core: Core, ask: Ask, rows: list[dict[str, str]]) -> None:
    more = "supportsAllDrives=true"
    small = [r for r in rows if r["md5"] and r["ruta"].endswith((".txt", ".md", ".zip"))][:5]
    for row in small:
        status, data = ask("GET", f"/drive/v3/files/{row['id']}?alt=media&{more}")
        assert (status, hashlib.md5(data).hexdigest()) == (200, row["md5"])
    native = next(r for r in rows if r["mime"] == DOC)
    _, text = ask("GET", f"/drive/v3/files/{native['id']}/export?mimeType=text/plain&{more}")
    assert text.decode("utf-8-sig").replace("\r\n", "\n") == native["texto"]
    for row in (r for r in rows if r["mime"] == SHEET):
        _, book = ask("GET", f"/v4/spreadsheets/{row['id']}/values/Hoja%201")
        assert book["values"][0][0] == row["texto"].split("\n")[0].split(" | ")[0].strip()


def test_a_directory_is_seeded_with_its_bytes(core: Core, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    (tmp_path / "A" / "x.txt").write_bytes(b"hola")
    seed_directory(core, tmp_path)
    _, answer = ask("GET", "/drive/v3/files?q=name='x.txt'&fields=files(id,size,mimeType)")
    assert answer["files"][0]["mimeType"] == "text/plain"
    assert ask("GET", f"/drive/v3/files/{answer['files'][0]['id']}?alt=media") == (200, b"hola")


def test_a_large_tree_is_the_same_on_every_run() -> None:
    first, second = Core(), Core()
    seed_large(first, files=300, folders=50)
    seed_large(second, files=300, folders=50)
    assert list(first.drive.files) == list(second.drive.files)
    assert len(first.drive.files) == 300 + 50 + 3
