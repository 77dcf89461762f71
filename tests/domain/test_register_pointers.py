"""What an Enlace typed by a person points at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.model import EvidenceFile
from evidencias.domain.register.pointers import FileFinder, Folders, spellings

LOCAL = {
    name: EvidenceFile(name, name, name.rsplit("/", 1)[-1])
    for name in (
        "Eje 1/Acta 50% de avance.pdf",
        "Eje 1/Gestión/lista #3.xlsx",
        "suelto.pdf",
        "Eje 1/dos.pdf",
        "eje 1/DOS.pdf",
    )
}
UNIX = Folders((("/home/ana/plan/Evidencias", ""),), "/home/ana/plan")
WINDOWS = Folders((("C:/Users/Ana/plan/Evidencias", ""),), "C:/Users/Ana/plan")
SERVER = Folders((("//servidor/planeacion/Evidencias", ""),), "//servidor/planeacion")
SEVERAL = Folders(
    (("/datos/Evidencias", "Evidencias/"), ("/datos/Otra", "Otra/")), "/home/ana/plan"
)
DRIVE = {
    name: EvidenceFile(
        name, f"Eje/{name}.pdf", "x", url=f"https://drive.google.com/file/d/{name}/view"
    )
    for name in ("1AbC_dEfGhIjKlMnOpQrStUv-xyz12345", "1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")
}
ONE = next(iter(DRIVE))


@pytest.mark.parametrize(
    ("text", "folders", "file"),
    [
        ("suelto.pdf", UNIX, "suelto.pdf"),
        (" «suelto.pdf» ", UNIX, "suelto.pdf"),
        ('"C:\\Users\\Ana\\plan\\Evidencias\\suelto.pdf"', WINDOWS, "suelto.pdf"),
        ("c:\\users\\ana\\PLAN\\evidencias\\Suelto.PDF", WINDOWS, "suelto.pdf"),
        ("file:///C:/Users/Ana/plan/Evidencias/suelto.pdf", WINDOWS, "suelto.pdf"),
        ("file:///home/ana/plan/Evidencias/suelto.pdf", UNIX, "suelto.pdf"),
        (
            "file:///home/ana/plan/Evidencias/Eje%201/Gesti%C3%B3n/lista%20%233.xlsx",
            UNIX,
            "Eje 1/Gestión/lista #3.xlsx",
        ),
        ("Eje 1\\Gestio\u0301n\\lista #3.xlsx", UNIX, "Eje 1/Gestión/lista #3.xlsx"),
        ("./Evidencias/suelto.pdf", UNIX, "suelto.pdf"),
        ("Evidencias/../Evidencias/suelto.pdf", UNIX, "suelto.pdf"),
        ("Eje 1/Acta 50% de avance.pdf", UNIX, "Eje 1/Acta 50% de avance.pdf"),
        ("file://servidor/planeacion/Evidencias/suelto.pdf", SERVER, "suelto.pdf"),
        ("\\\\servidor\\planeacion\\Evidencias\\suelto.pdf", SERVER, "suelto.pdf"),
        ("Eje 1/dos.pdf", UNIX, "Eje 1/dos.pdf"),
    ],
)
def test_paths_in_any_spelling_find_their_file(text: str, folders: Folders, file: str) -> None:
    assert FileFinder(LOCAL, folders).find(text).file == file


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"https://drive.google.com/open?id={ONE}",
        f"https://drive.google.com/file/d/{ONE}/view?usp=sharing",
        f"https://docs.google.com/document/d/{ONE}/edit#heading=h.1",
        f"https://docs.google.com/spreadsheets/u/0/d/{ONE}/edit?gid=0",
        f"https://drive.google.com/uc?export=download&id={ONE}",
        f"https://drive.google.com/a/alcaldia.gov.co/file/d/{ONE}/view?resourcekey=0-abc",
    ],
)
def test_any_drive_address_finds_its_file(text: str) -> None:
    assert FileFinder(DRIVE).find(text).file == ONE


@pytest.mark.parametrize(
    ("text", "folders", "says"),
    [
        ("Eje 1", UNIX, "carpeta;"),
        ("Eje 1/Gestión/", UNIX, "carpeta;"),
        ("/home/ana/plan/Evidencias", UNIX, "carpeta;"),
        ("Evidencias", UNIX, "carpeta;"),
        ("https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQr", UNIX, "carpeta;"),
        ("../fuera.pdf", UNIX, "no está en la carpeta"),
        ("/home/ana/plan/Evidencias2/suelto.pdf", UNIX, "no está en la carpeta"),
        ("Evidencias/../plan.xlsx", UNIX, "no está en la carpeta"),
        ("https://drive.google.com/file/d/1NoEsDeAquiNoEsDeAqui/view", UNIX, "no está"),
        ("EJE 1/Dos.pdf", UNIX, "puede ser"),
    ],
)
def test_what_is_no_file_of_the_folder_says_why(text: str, folders: Folders, says: str) -> None:
    target = FileFinder(LOCAL, folders).find(text)
    assert (target.file, says in target.problem) == ("", True), target


def test_several_roots_prefix_their_files() -> None:
    files = {n: EvidenceFile(n, n, n) for n in ("Evidencias/a.pdf", "Otra/a.pdf")}
    assert FileFinder(files, SEVERAL).find("/datos/Otra/a.pdf").file == "Otra/a.pdf"


names = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='/\\"*:<>?|'), min_size=1
).filter(lambda n: n.strip("\"'«»“”‘’ \xa0\u200b.") != "")


@given(st.lists(names, min_size=1, max_size=4))
def test_every_listed_file_is_found_by_what_its_enlace_shows(parts: list[str]) -> None:
    from evidencias.domain.register.words import visible
    from evidencias.domain.text import nfc

    name = nfc("/".join(parts))
    finder = FileFinder({name: EvidenceFile(name, name, parts[-1])}, UNIX)
    assert finder.find(visible(name)).file == name
    if name.strip("\"'«»“”‘’ \xa0\u200b.") == name:
        assert finder.find(f"/home/ana/plan/Evidencias/{name}").file == name


@given(st.text(max_size=60))
def test_no_spelling_leaves_the_folder(text: str) -> None:
    for folders in (UNIX, WINDOWS, SEVERAL):
        assert not any(s.startswith(("../", "/")) or s == ".." for s in spellings(text, folders))
