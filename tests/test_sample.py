"""The sample workspace: whole, the same each time, safe to unpack, and true to what it teaches."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidencias import sample
from evidencias.errors import InputError
from tools import make_sample

GOLD = Path(__file__).parent / "data" / "muestra"
ROOT = Path(__file__).parents[1]
LATE = "Evidencias/Infraestructura 2024/05 Mayo/PV-204 acta mantenimiento semáforos 09-05-2024.docx"


def gold(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def routes(folder: Path) -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {_nfc(path.relative_to(folder).as_posix()): path for path in files}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("muestra") / "evidencias-demo"
    sample.unpack(folder)
    return folder


# --- unpacking


def test_every_entry_arrives_with_its_bytes_and_time(workspace: Path) -> None:
    found = routes(workspace)
    with zipfile.ZipFile(sample.ARCHIVE) as archive:
        assert len(archive.infolist()) == len(found)
        for entry in archive.infolist():
            assert found[_nfc(entry.filename)].read_bytes() == archive.read(entry)


def test_times_are_colombian_whatever_the_machine_thinks(workspace: Path) -> None:
    late = routes(workspace)[LATE].stat().st_mtime
    assert datetime.fromtimestamp(late, UTC) == datetime(2024, 8, 12, 16, 26, tzinfo=UTC)


def test_time_does_not_depend_on_the_zone_of_the_machine(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys; from evidencias import sample;"
        "sample.unpack(pathlib.Path(sys.argv[1]))"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo"}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m")], check=True, env=environment, cwd=ROOT
    )
    late = routes(tmp_path / "m")[LATE].stat().st_mtime
    assert late == datetime(2024, 8, 12, 16, 26, tzinfo=UTC).timestamp()


def test_an_existing_sample_is_left_as_people_left_it(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    sample.unpack(folder)
    (folder / "LEAME.txt").unlink()
    (folder / "registro.xlsx").write_bytes(b"decisions")
    (folder / "plan.xlsx").write_bytes(b"edited")
    before = {route: path.read_bytes() for route, path in routes(folder).items()}
    sample.unpack(folder)
    assert {route: path.read_bytes() for route, path in routes(folder).items()} == before


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    sample.unpack(tmp_path / "demo")
    assert sample.is_sample(tmp_path / "demo")
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize("taken", ["file", "folder", "own workspace"])
def test_what_is_no_sample_is_refused_and_kept(tmp_path: Path, taken: str) -> None:
    folder = tmp_path / "demo"
    if taken == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        name = "evidencias.toml" if taken == "own workspace" else "notas.txt"
        (folder / name).write_text("[politica]", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as refused:
        sample.unpack(folder)
    assert "no es un espacio de muestra" in refused.value.message
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    "route", ["../fuera.txt", "a/../../fuera.txt", "/fuera.txt", "C:/x", "a\\b"]
)
def test_an_entry_never_leaves_its_folder(tmp_path: Path, route: str) -> None:
    archive = tmp_path / "hostil.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr(zipfile.ZipInfo(route, (2024, 1, 1, 0, 0, 0)), b"x")
    with pytest.raises(ValueError, match="unsafe route"):
        sample.extract(archive, tmp_path / "dentro")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [archive]


def test_a_failed_unpacking_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "roto.zip"
    broken.write_bytes(sample.ARCHIVE.read_bytes()[:-4000])
    monkeypatch.setattr(sample, "ARCHIVE", broken)
    with pytest.raises(zipfile.BadZipFile):
        sample.unpack(tmp_path / "demo")
    assert [path.name for path in tmp_path.iterdir()] == ["roto.zip"]


# --- the archive


def test_names_are_possible_on_windows() -> None:
    with zipfile.ZipFile(sample.ARCHIVE) as archive:
        names = [_nfc(name) for name in archive.namelist()]
    assert len({name.casefold() for name in names}) == len(names)
    reserved = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
    for name in names:
        assert len(name) < 160
        for part in name.split("/"):
            assert not set(part) & set('<>:"\\|?*')
            assert part == part.strip() and not part.endswith(".")
            assert not reserved.fullmatch(part)


def test_it_is_small_and_varied() -> None:
    with zipfile.ZipFile(sample.ARCHIVE) as archive:
        names = archive.namelist()
    kinds = {Path(name).suffix.lower() for name in names}
    assert sample.ARCHIVE.stat().st_size < 1_500_000
    assert 90 <= len(names) <= 110
    assert kinds >= {".docx", ".pdf", ".xlsx", ".jpg", ".jpeg", ".png", ".pptx", ".txt", ".gdoc"}


def test_the_same_run_gives_the_same_entries(tmp_path: Path) -> None:
    with zipfile.ZipFile(sample.ARCHIVE) as archive:
        written_with = archive.comment.decode()
    if written_with != make_sample.versions():
        pytest.skip(f"la muestra se escribió con {written_with}")
    make_sample.write(tmp_path / "otra.zip")
    assert make_sample.digest(tmp_path / "otra.zip") == make_sample.digest(sample.ARCHIVE)


# --- the golden expectations agree with one another and with the files


def test_every_file_is_expected_somewhere(workspace: Path) -> None:
    linked = [row["archivo"] for row in gold("vinculos.csv")]
    aside = [row["archivo"] for row in gold("aparte.csv")]
    assert len(set(linked + aside)) == len(linked + aside)
    assert set(linked + aside) == set(routes(workspace / "Evidencias"))


def test_expected_states_follow_from_expected_links(workspace: Path) -> None:
    required = {row[1]: _kinds(row[9]) for row in _plan_rows(workspace) if row[11]}
    held: dict[str, set[str]] = defaultdict(set)
    for row in gold("vinculos.csv"):
        if row["cuenta"] == "si":
            held[row["codigo"]] |= set(row["tipos"].split("|"))
    expected = {row["codigo"]: (row["estado"], row["falta"]) for row in gold("estados.csv")}
    assert set(expected) == set(required)
    for code, kinds in required.items():
        missing = ";".join(sorted(kinds - held[code]))
        state = "sin_evidencia" if not held[code] else "parcial" if missing else "soportada"
        assert expected[code] == (state, missing)


def _plan_rows(workspace: Path) -> list[list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(workspace / "plan.xlsx")
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [[str(cell or "") for cell in row] for row in rows if str(row[1]).startswith("PV-")]


def _kinds(words: str) -> set[str]:
    roots = {"list": "asistencia", "regi": "fotos", "publ": "publicacion", "cert": "certificado",
             "cont": "contrato", "form": "formato"}  # fmt: skip
    parts = [part.strip().lower() for part in words.split(";")]
    return {roots.get(part[:4], part) for part in parts}


def test_the_report_holds_every_expected_sentence(workspace: Path) -> None:
    import docx

    text = "\n".join(p.text for p in docx.Document(str(workspace / "informe.docx")).paragraphs)
    for row in [*gold("cifras.csv"), *gold("afirmaciones.csv")]:
        assert row["fragmento"] in text


def test_photos_carry_the_clock_of_their_name(workspace: Path) -> None:
    from PIL import Image

    taken = {}
    for route, path in routes(workspace).items():
        if named := re.search(r"IMG_(\d{8})_(\d{6})\.jpg$", route):
            with Image.open(path) as picture:
                taken[named[1] + named[2]] = picture.getexif().get_ifd(0x8769)[0x9003]
    assert len(taken) >= 5
    for stamp, exif in taken.items():
        assert re.sub(r"\D", "", exif) == stamp
