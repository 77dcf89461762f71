"""What a complete reading of Drive sees, in every way the folder may be shared."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive import DriveFolder
from evidencias.domain.model import Listing
from evidencias.errors import AccessError, ConfigError, SourceError
from tests.adapters.google.conftest import WHO, Opened, connect, folder_url, quiet
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.seeding import seed_large, seed_tree
from tests.google.server import Standin

TREE: list[dict[str, Any]] = [
    {"path": "A/acta.pdf", "content": "uno"},
    {"path": "A/B/asistencia.pdf", "content": "dos"},
    {"path": "A/B/C/foto.jpg", "content": "tres"},
    {"path": "D/informe", "mime": DOC, "text": "Informe del taller de septiembre"},
    {"path": "D/vacía/", "content": None},
    {"path": "suelto.txt", "content": "cuatro"},
]
FILES = [entry for entry in TREE if not str(entry["path"]).endswith("/")]


def paths(listing: Listing) -> list[str]:
    return [file.path for file in listing.files]


def plant(standin: Standin, shared: bool, tree: list[dict[str, Any]] | None = None) -> str:
    return seed_tree(standin.core, tree or FILES, "Evidencias", shared)


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_every_file_is_listed_with_its_route(
    standin: Standin, opened: Opened, shared: bool
) -> None:
    listing = opened(plant(standin, shared)).scan(quiet)
    assert paths(listing) == sorted(str(entry["path"]) for entry in FILES)
    assert listing.coverage.complete
    acta = next(f for f in listing.files if f.path == "A/acta.pdf")
    assert (acta.name, acta.size) == ("acta.pdf", 3)
    assert acta.created is not None
    assert acta.created.tzinfo is not None
    assert acta.url == f"https://drive.google.com/file/d/{acta.id}/view"
    document = next(f for f in listing.files if f.path == "D/informe")
    assert document.native
    assert document.version
    assert (document.md5, document.size) == ("", None)


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
@pytest.mark.parametrize("cap", [1, 2, 7])
def test_any_page_size_gives_the_same(
    standin: Standin, opened: Opened, shared: bool, cap: int
) -> None:
    root = plant(standin, shared)
    standin.core.quirks.set(page_cap=cap)
    assert len(opened(root).scan(quiet).files) == len(FILES)


@pytest.mark.parametrize("bug", ["first", "none"])
@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_forgotten_parents_are_asked_again_alone(
    standin: Standin, opened: Opened, bug: str, shared: bool
) -> None:
    tree = [
        {"path": f"{a}/{b}/f{c}.txt", "content": "x"} for a in "ABC" for b in "DE" for c in "12"
    ]
    root = plant(standin, shared, tree)
    inner = next(f.id for f in standin.core.drive.files.values() if f.name == "A")
    standin.core.quirks.set(partial_or_parents=bug)
    folder = opened(root)
    assert len(folder.scan(quiet).files) == 12
    assert len(folder.scan(quiet).files) == 12
    assert len(opened(inner, kept="otro.sqlite").scan(quiet).files) == 4


def test_a_folder_of_a_shared_drive_is_listed_below_it_only(
    standin: Standin, opened: Opened
) -> None:
    plant(standin, True)
    inner = next(f.id for f in standin.core.drive.files.values() if f.name == "B")
    assert paths(opened(inner).scan(quiet)) == ["C/foto.jpg", "asistencia.pdf"]


def test_a_large_folder_of_a_shared_drive_turns_to_a_flat_listing(
    standin: Standin, opened: Opened
) -> None:
    drive = seed_large(standin.core, folders=600, files=900, shared_drive=True)
    inner = next(f for f in standin.core.drive.files.values() if f.parent == drive and f.is_folder)
    person = Person(standin.core)
    for file in list(standin.core.drive.files.values()):
        if file.parent == drive and file.id != inner.id and file.is_folder:
            person.move(file.id, inner.id)
    standin.core.calls.clear()
    below = {
        f.id
        for f in standin.core.drive.files.values()
        if not f.is_folder and _under(standin, f.id, inner.id)
    }
    listing = opened(inner.id).scan(quiet)
    assert {f.id for f in listing.files} == below
    assert standin.core.count(operation="drive.files.list") < 40


def _under(standin: Standin, file: str, folder: str) -> bool:
    held = standin.core.drive.files[file]
    return any(a.id == folder for a in standin.core.drive.ancestors(held))


# --- names, trash, shortcuts, keys -------------------------------------------------------


def test_equal_names_slashes_and_accents_are_kept_apart(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    twins = [person.add_file("acta.pdf", root, b"1"), person.add_file("acta.pdf", root, b"2")]
    person.add_file("acta 3/2021.pdf", root, b"3")
    person.add_file(unicodedata.normalize("NFD", "Sesión.pdf"), root, b"4")
    listing = opened(root).scan(quiet)
    assert {f.id for f in listing.files if f.path == "acta.pdf"} == set(twins)
    assert "acta 3∕2021.pdf" in paths(listing)
    assert "Sesión.pdf" in paths(listing)


def test_what_is_in_the_trash_is_not_there(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    folder = person.add_folder("vieja", root)
    person.add_file("a.pdf", folder, b"1")
    person.trash(folder)
    person.trash(person.add_file("b.pdf", root, b"2"))
    assert paths(opened(root).scan(quiet)) == []


def test_no_evidence_is_set_aside_with_its_reason(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    person.add_file("~$acta.docx", root, b"1")
    person.add_file("Thumbs.db", root, b"1")
    ignored = person.add_folder("Plantillas", root)
    person.add_file("formato.docx", ignored, b"1")
    person.add_file("acta.docx", root, b"1")
    listing = opened(root, ignore=["**/Plantillas/**"]).scan(quiet)
    assert paths(listing) == ["acta.docx"]
    assert [s.path for s in listing.set_aside] == [
        "Plantillas",
        "Thumbs.db",
        "~$acta.docx",
    ]


def test_shortcuts_open_files_and_folders_and_tell_when_they_are_broken(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    elsewhere = person.add_folder("Otra carpeta")
    far = person.add_file("lejos.pdf", elsewhere, b"1")
    inner = person.add_folder("dentro", elsewhere)
    person.add_file("hondo.pdf", inner, b"2")
    near = person.add_file("cerca.pdf", root, b"3")
    person.add_shortcut("a lejos", root, far)
    person.add_shortcut("a cerca", root, near)
    person.add_shortcut("a la carpeta", root, elsewhere)
    person.add_shortcut("vuelta", inner, root)
    person.add_shortcut("roto", root, "1NoExisteNoExisteNoExiste")
    listing = opened(root).scan(quiet)
    broken = {f.path: f.broken for f in listing.files if f.shortcut_target}
    assert broken == {
        "a cerca": False,
        "a la carpeta": False,
        "a la carpeta/dentro/vuelta": False,
        "a lejos": False,
        "roto": True,
    }
    assert "a la carpeta/dentro/hondo.pdf" in paths(listing)
    assert len({f.id for f in listing.files}) == len(listing.files)


def test_an_old_link_needs_its_resource_key(
    standin: Standin, person: Person, google: Google, tmp_path: Path
) -> None:
    root = person.add_folder("Evidencias")
    person.add_file("a.pdf", root, b"1")
    key = person.require_key(root)
    with_key = DriveFolder(google, [f"{folder_url(root)}&resourcekey={key}"], tmp_path / "a")
    assert paths(with_key.scan(quiet)) == ["a.pdf"]
    with_key.close()
    without = DriveFolder(google, [folder_url(root)], tmp_path / "b")
    with pytest.raises(AccessError):
        without.scan(quiet)
    without.close()


def test_several_roots_begin_their_routes_with_their_names(
    standin: Standin, person: Person, opened: Opened
) -> None:
    first, second = person.add_folder("Actas"), person.add_folder("Actas")
    drive = standin.core.drive.add_drive("Unidad de Salud")
    person.add_file("a.pdf", first, b"1")
    person.add_file("b.pdf", second, b"2")
    person.add_file("c.pdf", drive, b"3")
    assert paths(opened(first, second, drive).scan(quiet)) == [
        "Actas (2)/b.pdf",
        "Actas/a.pdf",
        "Unidad de Salud/c.pdf",
    ]


# --- what cannot be read -------------------------------------------------------------------


def test_a_folder_that_is_not_shared_says_with_whom_to_share_it(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    person.take_away(root)
    with pytest.raises(AccessError) as caught:
        opened(root).scan(quiet)
    assert WHO in caught.value.hint


def test_one_root_of_two_out_of_reach_is_told_as_unread(
    standin: Standin, person: Person, opened: Opened
) -> None:
    first, second = person.add_folder("Actas"), person.add_folder("Fotos")
    person.add_file("a.pdf", first, b"1")
    person.take_away(second)
    listing = opened(first, second).scan(quiet)
    assert len(listing.files) == 1
    assert not listing.coverage.complete


@pytest.mark.parametrize(
    "url",
    ["https://docs.google.com/document/d/1abcdefghijklmnop/edit", "https://example.org/carpeta"],
)
def test_an_address_of_no_folder_is_refused(google: Google, url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        DriveFolder(google, [url], None)
    assert url in caught.value.problems[0]


def test_a_file_as_root_is_refused(standin: Standin, person: Person, opened: Opened) -> None:
    with pytest.raises(ConfigError):
        opened(person.add_file("a.pdf", None, b"1")).scan(quiet)


def test_an_incomplete_search_is_a_failed_reading(standin: Standin, tmp_path: Path) -> None:
    from evidencias.adapters.google.retry import Patience

    root = plant(standin, True)
    standin.core.quirks.set(incomplete_search=True)
    with connect(standin, Patience(0.001, 0.01, 0.2, 5, 5)) as google:
        folder = DriveFolder(google, [folder_url(root)], tmp_path / "d")
        with pytest.raises(SourceError):
            folder.scan(quiet)
        standin.core.quirks.set(incomplete_search=False)
        assert len(folder.scan(quiet).files) == len(FILES)
        folder.close()


def test_a_flat_listing_that_forgets_a_folder_is_completed(
    standin: Standin, opened: Opened
) -> None:
    root = plant(standin, True)
    hidden = next(f.id for f in standin.core.drive.files.values() if f.name == "A")
    standin.core.quirks.set(flat_misses={hidden})
    assert len(opened(root).scan(quiet).files) == len(FILES)


def test_a_flat_listing_that_forgets_a_file_is_found_out_by_the_sample(
    standin: Standin, opened: Opened
) -> None:
    root = plant(standin, True)
    hidden = next(f.id for f in standin.core.drive.files.values() if f.name == "foto.jpg")
    standin.core.quirks.set(flat_misses={hidden})
    folder = opened(root)
    assert len(folder.scan(quiet).files) == len(FILES)
    assert len(opened(root, complete=True).scan(quiet).files) == len(FILES)


# --- contents ------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_documents_are_read_exported_or_downloaded(
    standin: Standin, person: Person, opened: Opened, shared: bool
) -> None:
    root = plant(standin, shared)
    folder = opened(root)
    files = {f.path: f for f in folder.scan(quiet).files}
    assert folder.document(files["D/informe"]).text == "Informe del taller de septiembre"
    assert folder.document(files["suelto.txt"]).text == "cuatro"
    assert folder.document(files["A/B/C/foto.jpg"]).damaged


def test_a_document_too_big_to_export_says_so(
    standin: Standin, person: Person, opened: Opened
) -> None:
    root = person.add_folder("Evidencias")
    person.add_file("enorme", root, mime=DOC, text="x" * (11 * 1024 * 1024))
    folder = opened(root)
    (file,) = folder.scan(quiet).files
    assert "10 MB" in folder.document(file).problem


def test_a_passing_failure_is_not_remembered_as_a_text(standin: Standin, tmp_path: Path) -> None:
    from evidencias.adapters.google.retry import Patience

    root = plant(standin, False)
    with connect(standin, Patience(0.001, 0.01, 0.2, 5, 5)) as google:
        folder = DriveFolder(google, [folder_url(root)], tmp_path / "d")
        files = {f.path: f for f in folder.scan(quiet).files}
        standin.core.faults.add("503", path="alt=media", times=None)
        with pytest.raises(SourceError):
            folder.document(files["suelto.txt"])
        folder.close()


@pytest.mark.parametrize("kind", ["dailyLimitExceeded", "accessNotConfigured", "401"])
def test_a_refusal_of_the_account_is_no_text(
    standin: Standin, person: Person, opened: Opened, kind: str
) -> None:
    root = person.add_folder("Evidencias")
    person.add_file("a.txt", root, b"acta", "text/plain")
    folder = opened(root)
    (file,) = folder.scan(quiet).files
    standin.core.faults.add(kind, path="alt=media", times=None)
    with pytest.raises(AccessError):
        folder.document(file)


@pytest.mark.parametrize("kind", ["404", "403forbidden", "400"])
def test_a_file_that_cannot_be_had_is_asked_for_twice_and_says_so(
    standin: Standin, person: Person, opened: Opened, kind: str
) -> None:
    root = person.add_folder("Evidencias")
    person.add_file("a.txt", root, b"acta", "text/plain")
    folder = opened(root)
    (file,) = folder.scan(quiet).files
    standin.core.faults.add(kind, path="alt=media", times=1)
    assert folder.document(file).text == "acta"
    standin.core.faults.add(kind, path="alt=media", times=None)
    found = folder.document(file)
    assert found.problem and not found.lasting


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_public_files_are_known_and_asked_for_once(
    standin: Standin, person: Person, opened: Opened, shared: bool
) -> None:
    root = plant(standin, shared)
    by_name = {f.name: f for f in standin.core.drive.files.values()}
    for file in by_name.values():
        file.can_edit = True  # who may share a file sees with whom it is shared
    person.share_with_anyone(by_name["B"].id)
    folder = opened(root)
    files = folder.scan(quiet).files
    told = folder.exposure(files)
    assert {f.name for f in files if told[f.id]} == {"asistencia.pdf", "foto.jpg"}
    standin.core.calls.clear()
    again = folder.scan(quiet)
    assert folder.exposure(again.files) == told
    assert standin.core.count(operation="drive.permissions.list") == 0
    person.unshare(by_name["B"].id)
    changed = folder.exposure(folder.scan(quiet).files)
    assert not any(changed.values())
