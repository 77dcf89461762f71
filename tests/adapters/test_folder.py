"""Local folders: the contract of file sources, and what only a disk can do to a tool."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.adapters.local import names
from evidencias.adapters.local.disk import is_online_only
from evidencias.adapters.local.folder import Folder, Hashes
from evidencias.adapters.local.shortcuts import shortcut, stub_url
from evidencias.domain.model import EvidenceFile, Listing
from evidencias.errors import AccessError, SourceError
from evidencias.ports import FileSource
from tests.adapters.file_source import (
    CLOSED,
    IGNORED,
    MODIFIED,
    SET_ASIDE,
    TREE,
    FileSourceContract,
    quiet,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene este caso")


def write(root: Path, route: str, data: bytes = b"x") -> Path:
    path = root / route
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (MODIFIED.timestamp(), MODIFIED.timestamp()))
    return path


def scan(*roots: Path, ignore: tuple[str, ...] = ()) -> Listing:
    return Folder(roots, ignore).scan(quiet)


def ids(listing: Listing) -> list[str]:
    return [file.id for file in listing.files]


@pytest.fixture
def without_privileges() -> Iterator[Path]:
    """A folder of one's own, seen as an ordinary user even where the tests run as root."""
    if sys.platform == "win32":
        pytest.skip("los permisos de carpeta se prueban en sistemas POSIX")
    root = Path(tempfile.mkdtemp())
    user = os.geteuid()
    if user == 0:
        os.chown(root, 65534, 65534)
        os.seteuid(65534)
    yield root
    os.seteuid(user)
    for folder in root.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o700)
    shutil.rmtree(root)


class TestFolder(FileSourceContract):
    @pytest.fixture
    def seeded(self, tmp_path: Path) -> Iterator[FileSource]:
        for route, data in TREE.items():
            write(tmp_path, route, data)
        for route in SET_ASIDE:
            write(tmp_path, route)
        source = Folder([tmp_path], IGNORED)
        yield source
        source.close()

    @pytest.fixture
    def partial(self, without_privileges: Path) -> Iterator[FileSource]:
        write(without_privileges, "Eje 1/acta.txt")
        write(without_privileges, f"Eje 2/{CLOSED}/dentro.txt").parent.chmod(0)
        yield Folder([without_privileges])


def test_a_root_that_is_not_there_names_itself_and_the_fix(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No encuentro la carpeta de evidencias") as missing:
        scan(tmp_path / "nada")
    assert "carpeta" in missing.value.hint
    with pytest.raises(SourceError, match="no es una carpeta"):
        scan(write(tmp_path, "archivo.txt"))


def test_a_root_out_of_reach_asks_for_permission(without_privileges: Path) -> None:
    root = without_privileges / "cerrada" / "Evidencias"
    root.mkdir(parents=True)
    root.parent.chmod(0)
    with pytest.raises(AccessError, match="No tengo permiso"):
        scan(root)


def test_several_roots_prefix_their_names(tmp_path: Path) -> None:
    for route in ("uno/Fotos/a.txt", "dos/Fotos/a.txt", "Actas/b.txt"):
        write(tmp_path, route)
    roots = (tmp_path / "uno/Fotos", tmp_path / "dos/Fotos", tmp_path / "Actas")
    assert ids(scan(*roots)) == ["Actas/b.txt", "Fotos (2)/a.txt", "Fotos/a.txt"]


def test_a_root_inside_another_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "Fotos/a.txt")
    assert ids(scan(tmp_path, tmp_path / "Fotos")) == ["Fotos/a.txt"]
    assert ids(scan(tmp_path / "Fotos", tmp_path)) == ["Fotos/a.txt"]


def test_globs_disregard_case_and_slash(tmp_path: Path) -> None:
    for route in ("A/Plantillas/x.txt", "A/b.BAK", "PLANTILLAS/y.txt", "A/queda.txt"):
        write(tmp_path, route)
    found = scan(tmp_path, ignore=("**\\plantillas\\**", "*.bak"))
    assert ids(found) == ["A/queda.txt"]
    assert {s.reason for s in found.set_aside} == {"coincide con «ignorar»"}


def test_the_same_letters_written_in_two_ways_stay_two_files(tmp_path: Path) -> None:
    decomposed, composed = "reunio\u0301n.txt", "reunión.txt"
    write(tmp_path, decomposed, b"uno")
    if len(list(tmp_path.iterdir())) == 1 and (tmp_path / composed).exists():
        pytest.skip("este disco no distingue las dos formas")
    write(tmp_path, composed, b"dos")
    source = Folder([tmp_path])
    files = source.scan(quiet).files
    assert [f.id for f in files] == [composed, f"{composed}#2"]
    assert [f.size for f in files] == [3, 3]
    assert [source.document(f).text for f in files] == ["dos", "uno"]
    source.close()


def test_a_name_in_nfd_has_an_id_in_nfc(tmp_path: Path) -> None:
    write(tmp_path, "Sesio\u0301n/an\u0303o.txt", b"uno")
    source = Folder([tmp_path])
    (file,) = source.scan(quiet).files
    assert file.id == "Sesión/año.txt"
    assert source.document(file).text == "uno"
    source.close()


@POSIX
def test_names_that_are_no_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/ca\xf1a\n.txt"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
            file.write(b"uno")
    except OSError:
        pytest.skip("este disco solo acepta nombres en UTF-8")
    source = Folder([tmp_path])
    (found,) = source.scan(quiet).files
    assert found.id == "ca\\xf1a\\x0a.txt"
    assert found.id.encode("utf-8")
    assert source.document(found).text == "uno"
    source.close()


@given(st.text(st.characters(codec=None), max_size=20))
def test_every_name_can_be_shown(name: str) -> None:
    shown = names.readable(name)
    assert bool(shown.encode("utf-8")) is bool(name)
    assert unicodedata.is_normalized("NFC", shown)
    assert "\n" not in shown and "\0" not in shown


@POSIX
def test_links_inside_are_shortcuts_and_links_outside_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "Evidencias"
    write(root, "A/acta.txt", b"uno")
    write(tmp_path, "fuera/secreto.txt")
    (root / "acceso.txt").symlink_to(root / "A" / "acta.txt")
    (root / "roto.txt").symlink_to(root / "A" / "nada.txt")
    (root / "bucle").symlink_to(root)
    (root / "A" / "fuera").symlink_to(tmp_path / "fuera")
    (root / "A" / "robo.txt").symlink_to(tmp_path / "fuera" / "secreto.txt")
    found = scan(root)
    files = {f.id: f for f in found.files}
    assert sorted(files) == ["A/acta.txt", "acceso.txt", "roto.txt"]
    assert files["acceso.txt"].shortcut_target == "A/acta.txt"
    assert not files["acceso.txt"].broken
    assert files["roto.txt"].broken
    assert {s.path: s.reason.split(";")[0] for s in found.set_aside} == {
        "A/fuera": "enlace que sale de la carpeta",
        "A/robo.txt": "enlace que sale de la carpeta",
        "bucle": "enlace a otra carpeta de la misma evidencia, que se lee en su lugar",
    }
    assert found.coverage.complete


@POSIX
def test_a_pipe_is_set_aside_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "acta.txt")
    found = scan(tmp_path)
    assert found.files == ()
    assert [s.reason for s in found.set_aside] == ["no es un archivo ni una carpeta"]


def test_stubs_of_google_documents(tmp_path: Path) -> None:
    stub = json.dumps({"": "WARNING!", "doc_id": "1AbC-d_9012345", "email": ""}).encode()
    write(tmp_path, "informe.gdoc", stub)
    write(tmp_path, "otro.gsheet", b'{"url": "https://docs.google.com/open?id=1XyZ_0123456789"}')
    write(tmp_path, "roto.gform", b"nada")
    source = Folder([tmp_path])
    doc, sheet, form = source.scan(quiet).files
    assert doc.native and doc.size is None and doc.shortcut_target is None
    assert doc.url == "https://docs.google.com/document/d/1AbC-d_9012345/edit"
    assert doc.mime == "application/vnd.google-apps.document"
    assert doc.md5 and doc.md5 != sheet.md5
    assert sheet.url == "https://docs.google.com/spreadsheets/d/1XyZ_0123456789/edit"
    assert form.native and form.url.startswith("file:") and not form.md5
    assert "documento de Google" in source.document(doc).problem
    source.close()


def test_a_moved_stub_keeps_its_fingerprint(tmp_path: Path) -> None:
    for route, email in (("a.gdoc", ""), ("b/a.gdoc", "ana@b.co")):
        write(tmp_path, route, json.dumps({"doc_id": "1AbC-d_9012345", "email": email}).encode())
    first, second = scan(tmp_path).files
    assert first.md5 == second.md5


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"doc_id": 3}', b'{"doc_id": "../x y"}', b"\xff"])
def test_an_odd_stub_names_nothing(data: bytes) -> None:
    assert stub_url("gdoc", data) == ("", "")


LNK = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F"
SHORTCUTS = [
    (LNK + b"\0" * 56 + b"https://drive.google.com/open?id=1w3WkiQwTx2-BNWn\0", "1w3WkiQwTx2-BNWn"),
    (b"[InternetShortcut]\r\nURL=https://docs.google.com/document/d/1AbCdEfGhI/\r\n", "1AbCdEfGhI"),
    (LNK + "https://drive.google.com/file/d/1AbCdEfGhIjK/view".encode("utf-16-le"), "1AbCdEfGhIjK"),
    (LNK + b"x" + "http://drive.google.com/folders/1AbCdEfGhI".encode("utf-16-le"), "1AbCdEfGhI"),
    (b"[InternetShortcut]\nURL=https://www.ejemplo.gov.co/noticia", ""),
    (LNK + b"C:\\Carpeta que no existe\\acta.docx\0", ""),
    (b"", ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "target"), SHORTCUTS, ids=range(len(SHORTCUTS)))
def test_where_a_shortcut_points(data: bytes, target: str) -> None:
    found = shortcut(data)
    assert found.drive_id == target
    assert not found.broken


def test_a_shortcut_is_listed_as_such(tmp_path: Path) -> None:
    write(tmp_path, "acceso.lnk", SHORTCUTS[0][0])
    source = Folder([tmp_path])
    (file,) = source.scan(quiet).files
    assert (file.shortcut_target, file.broken) == ("1w3WkiQwTx2-BNWn", False)
    assert source.document(file).text == ""
    source.close()


def test_only_windows_tells_that_a_file_is_online_only(tmp_path: Path) -> None:
    recall, offline, plain = 0x400000, 0x1000, 0x20
    for attributes, expected in ((recall, True), (offline, True), (plain, False)):
        about = SimpleNamespace(st_file_attributes=attributes)
        assert is_online_only(about) is expected  # type: ignore[arg-type]  # what Windows's stat has
    sparse = tmp_path / "hueco.bin"
    with sparse.open("wb") as file:
        file.truncate(1_000_000)
    assert not is_online_only(sparse.stat())


def test_an_online_only_file_is_not_read() -> None:
    file = EvidenceFile(id="a.pdf", path="a.pdf", name="a.pdf", online_only=True)
    source = Folder([Path(tempfile.gettempdir())])
    assert source.document(file).problem == "está solo en línea; no se descargó"


class Cache:
    """A cache that counts what it was asked and given."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int, int], Hashes] = {}
        self.given = 0

    def get(self, path: str, size: int, mtime_ns: int) -> Hashes | None:
        found = self.kept.get((path, size, mtime_ns))
        self.given += found is not None
        return found

    def put(self, path: str, size: int, mtime_ns: int, hashes: Hashes) -> None:
        self.kept[path, size, mtime_ns] = hashes


def test_an_unchanged_file_is_hashed_once(tmp_path: Path) -> None:
    cache = Cache()
    path = write(tmp_path, "a.txt", b"uno")
    first = Folder([tmp_path], cache=cache).scan(quiet)
    second = Folder([tmp_path], cache=cache).scan(quiet)
    assert first == second
    assert cache.given == 1
    path.write_bytes(b"dos")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    assert Folder([tmp_path], cache=cache).scan(quiet).files[0].md5 != first.files[0].md5


def test_a_file_of_an_earlier_run_is_found_by_its_id(tmp_path: Path) -> None:
    write(tmp_path, "Eje 1/a.txt", b"uno")
    (file,) = scan(tmp_path).files
    source = Folder([tmp_path])
    assert source.document(file).text == "uno"
    gone = EvidenceFile(id="nada.txt", path="nada.txt", name="nada.txt")
    assert source.document(gone).problem == "ya no está en la carpeta"
    outside = EvidenceFile(id="../fuera.txt", path="../fuera.txt", name="fuera.txt")
    write(tmp_path.parent, "fuera.txt")
    assert source.document(outside).problem == "ya no está en la carpeta"
    source.close()


@given(st.permutations([f"{folder}/{n}.txt" for folder in ("b", "a", "Á") for n in (2, 10, 1)]))
def test_the_order_of_the_disk_does_not_matter(order: list[str]) -> None:
    with tempfile.TemporaryDirectory() as root:
        for route in order:
            write(Path(root), route)
        assert ids(scan(Path(root))) == sorted(order)
