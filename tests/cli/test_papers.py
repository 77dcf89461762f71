"""Annex, freeze and verification as a user runs them: a folder on disk, then one in Drive."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Place, Said
from tests.google.person import Person
from tests.google.seeding import seed_directory
from tests.google.server import Standin

MANIFEST = "congelado-2024-1.json"
DOC = "application/vnd.google-apps.document"


def sealed(place: Place) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((place.folder / MANIFEST).read_text("utf-8"))
    return read


def results(said: Said) -> dict[str, str]:
    return {r["archivo"]: r["resultado"] for r in said.data}


@pytest.fixture
def frozen(sample: Place) -> Place:
    """The sample, frozen by force."""
    done = sample.run("congelar", "--forzar", "--responsable", "Ana Ruiz")
    assert done.code == 0, done.err
    return sample


# --- freezing ----------------------------------------------------------------------------------


def test_blocking_findings_refuse_the_freeze_and_are_listed(sample: Place) -> None:
    audit = sample.run("auditar", "--formato", "json").data
    standing = [f["id"] for f in audit["hallazgos"] if f["severidad"] == "bloqueante"]
    done = sample.run("congelar")
    assert done.code == 1
    assert standing
    assert all(name in done.out for name in standing)
    assert not (sample.folder / MANIFEST).exists()


def test_a_forced_freeze_says_so_and_by_whom(frozen: Place) -> None:
    told = sealed(frozen)["congelado"]
    assert (told["forzado"], told["por"]) == (True, "Ana Ruiz")
    assert told["bloqueantes"]


def test_a_manifest_says_what_was_judged(frozen: Place) -> None:
    read = sealed(frozen)
    links = frozen.run("vinculos", "--formato", "json").data
    assert {v["id"]: v["estado"] for v in read["vinculos"]} == {k["id"]: k["estado"] for k in links}
    linked = {k["archivo"] for k in links if k["estado"] in ("automatico", "confirmado")}
    assert {f["archivo"] for f in read["archivos"]} == linked
    assert all(len(f["sha256"]) == 64 for f in read["archivos"] if not f["nativo"])
    audit = frozen.run("auditar", "--formato", "json").data
    assert [c["afirmado"] for c in read["cifras"]] == [c["afirmado"] for c in audit["cifras"]]
    assert read["informe"]["archivo"] == "informe.docx"
    assert read["plan"]["archivo"] == "plan.xlsx"
    assert str(frozen.folder) not in (frozen.folder / MANIFEST).read_text("utf-8")


def test_a_manifest_is_never_overwritten(frozen: Place) -> None:
    before = (frozen.folder / MANIFEST).read_bytes()
    done = frozen.run("congelar", "--forzar")
    assert (done.code, "no se sobrescribe" in done.err) == (2, True)
    assert (frozen.folder / MANIFEST).read_bytes() == before


def plan_changed(folder: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(folder / "plan.xlsx")
    cells = [c for row in book.active.iter_rows() for c in row if c.value == "PV-101"]
    cells[0].value = "PV-999"
    book.save(folder / "plan.xlsx")
    return "el plan"


def report_changed(folder: Path) -> str:
    import docx

    report = docx.Document(str(folder / "informe.docx"))
    report.add_paragraph("Se dictaron otros quince talleres.")
    report.save(str(folder / "informe.docx"))
    return "el informe"


def evidence_changed(folder: Path) -> str:
    first = next(p for p in sorted((folder / "Evidencias").rglob("PV-101 Acta*")))
    first.write_bytes(first.read_bytes() + b" ")
    return "1 archivo vinculado"


def rules_changed(folder: Path) -> str:
    toml = folder / "evidencias.toml"
    text = toml.read_text("utf-8") + '\n[cumplimiento]\nformula = "promedio_simple"\n'
    toml.write_text(text, encoding="utf-8")
    return "la configuración"


def decided(folder: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(folder / "registro.xlsx")
    tab = book["Revisión"]
    head = {c.value: c.column for row in tab.iter_rows() for c in row if c.value}
    row = next(c.row for r in tab.iter_rows() for c in r if str(c.value).startswith("V-"))
    tab.cell(row, head["Decisión"]).value = "Rechazar"
    book.save(folder / "registro.xlsx")
    return "lo decidido"


CHANGES = [plan_changed, report_changed, evidence_changed, rules_changed, decided]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_it_was_judged_is_not_sealed(
    sample: Place, change: Callable[[Path], str]
) -> None:
    told = change(sample.folder)
    done = sample.run("congelar", "--forzar")
    assert done.code == 2, done.out
    assert told in done.err
    assert "sincronizar" in done.err
    assert not (sample.folder / MANIFEST).exists()


# --- a month later, on disk --------------------------------------------------------------------


def test_nothing_changed(frozen: Place) -> None:
    done = frozen.run("verificar", MANIFEST)
    assert (done.code, "Todo intacto" in done.out) == (0, True)
    assert set(results(frozen.run("verificar", MANIFEST, "--formato", "json")).values()) == {
        "intacto"
    }


def test_a_month_of_changes_on_disk(frozen: Place) -> None:
    root = frozen.folder / "Evidencias"
    files = [f for f in sealed(frozen)["archivos"] if f["tamano"] and not f["copias"]]
    changed, moved, renamed, trashed, gone = [f["archivo"] for f in files[:5]]
    (root / changed).write_bytes(b"otro contenido")
    (root / "Archivo").mkdir()
    (root / moved).rename(root / "Archivo" / Path(moved).name)
    (root / renamed).rename((root / renamed).with_name("renombrado.bin"))
    (root / "#recycle").mkdir()
    (root / trashed).rename(root / "#recycle" / Path(trashed).name)
    (root / gone).unlink()
    report_changed(frozen.folder)
    (frozen.folder / "plan.xlsx").rename(frozen.folder / "plan 2024.xlsx")
    done = frozen.run("verificar", MANIFEST, "--formato", "json")
    found = results(done)
    assert done.code == 1
    expected = {
        changed: "cambiado", moved: "movido", renamed: "renombrado", trashed: "en_papelera",
        gone: "desaparecido", "informe.docx": "cambiado", "plan.xlsx": "desaparecido",
    }  # fmt: skip
    assert {k: v for k, v in found.items() if v != "intacto"} == expected
    row = next(r for r in done.data if r["archivo"] == moved)
    assert (row["antes"]["ruta"], row["ahora"]["ruta"]) == (moved, f"Archivo/{Path(moved).name}")
    table = frozen.run("verificar", MANIFEST).out
    assert "con novedad" in table
    assert frozen.run("verificar", MANIFEST, "--formato", "md").out.count("\n") == len(found) + 2


ROOT = os.name == "posix" and os.geteuid() == 0


@pytest.mark.skipif(
    os.name != "posix" or (ROOT and not shutil.which("setpriv")),
    reason="hacen falta permisos de POSIX, y setpriv para quitárselos a root",
)
def test_a_folder_out_of_reach_proves_nothing(frozen: Place) -> None:
    first = sealed(frozen)["archivos"][0]["archivo"]
    closed = (frozen.folder / "Evidencias" / first).parent
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []
    words = [sys.executable, "-m", "evidencias", "verificar", MANIFEST, "--formato", "json"]
    closed.chmod(0)
    try:
        done = subprocess.run(
            [*without, *words], cwd=frozen.folder, capture_output=True, check=False, timeout=120
        )
    finally:
        closed.chmod(0o755)
    found = {r["archivo"]: r["resultado"] for r in json.loads(done.stdout)}
    assert (done.returncode, found[first]) == (5, "sin_acceso")


def test_csv_for_spreadsheets(frozen: Place) -> None:
    said = frozen.run("verificar", MANIFEST, "--formato", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == ["archivo", "ruta", "resultado", "antes", "ahora"]
    assert len(rows) == len(sealed(frozen)["archivos"]) + 2


def test_another_person_verifies_with_their_own_copy(frozen: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copia de Beto"
    shutil.copytree(frozen.folder, copy, copy_function=shutil.copy)  # new dates
    shutil.rmtree(copy / ".evidencias")
    done = Place(copy).run("verificar", str(frozen.folder / MANIFEST))
    assert (done.code, "Todo intacto" in done.out) == (0, True)


def test_one_changed_byte_is_refused(frozen: Place) -> None:
    path = frozen.folder / MANIFEST
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"forzado":true', b'"forzado":false'))
    done = frozen.run("verificar", MANIFEST)
    assert (done.code, "su sello no corresponde" in done.err) == (2, True)


def test_a_manifest_of_another_semester_is_refused(frozen: Place) -> None:
    toml = frozen.folder / "evidencias.toml"
    toml.write_text(toml.read_text("utf-8").replace("2024-1", "2024-2"), encoding="utf-8")
    done = frozen.run("verificar", MANIFEST)
    assert (done.code, "2024-2" in done.err) == (2, True)
    assert frozen.run("verificar", "no-hay.json").code == 2


def test_the_first_semester_counts_by_its_manifest(sample: Place) -> None:
    """With base "vigencia": what was sealed as supported in the first half counts in the second."""
    from evidencias import config, manifests

    assert sample.run("congelar", "--forzar").code == 0
    supported = {
        r["codigo"]
        for r in sealed(sample)["actividades"]
        if r["estado"] == "soportada" and r["reportada"]
    }
    toml = sample.folder / "evidencias.toml"
    text = toml.read_text("utf-8").replace("2024-1", "2024-2")
    toml.write_text(text, encoding="utf-8")
    assert manifests.supported_before(config.load(toml)) == {}
    toml.write_text(text + '\n[cumplimiento]\nbase = "vigencia"\n', encoding="utf-8")
    assert manifests.supported_before(config.load(toml)) == {"2024-1": supported}
    (sample.folder / "registro.xlsx").unlink()
    assert sample.run("sincronizar").code == 0
    altered = (sample.folder / MANIFEST).read_bytes().replace(b"sin_evidencia", b"soportada", 1)
    (sample.folder / MANIFEST).write_bytes(altered)
    assert sample.run("sincronizar").code == 2


# --- papers that name their manifest -----------------------------------------------------------


def annex_text(place: Place, *words: str) -> str:
    import docx

    done = place.run("anexo", "--salida", "salida/anexo.docx", *words)
    assert done.code == 0, done.err
    read = docx.Document(str(place.folder / "salida" / "anexo.docx"))
    return "\n".join(p.text for p in read.paragraphs)


def test_annex_and_audit_name_their_manifest_once_there_is_one(sample: Place) -> None:
    assert MANIFEST not in annex_text(sample)
    assert sample.run("congelar", "--forzar").code == 0
    seal = sealed(sample)["sha256"]
    assert f"SHA-256 {seal}" in annex_text(sample)
    sample.run("auditar", "--salida", "a.html")
    assert seal in (sample.folder / "a.html").read_text("utf-8")
    link = sample.run("vinculos", "--estado", "automatico", "--formato", "json").data[0]["id"]
    sample.run("decidir", link, "rechazar")
    assert "lo juzgado cambió después" in annex_text(sample)
    assert seal not in annex_text(sample)


def test_the_links_of_the_annex_open_after_the_workspace_moved(sample: Place) -> None:
    from urllib.parse import unquote

    import docx

    annex_text(sample)  # the copy was never synchronised where it is now
    read = docx.Document(str(sample.folder / "salida" / "anexo.docx"))
    targets = [r.target_ref for r in read.part.rels.values() if r.reltype.endswith("/hyperlink")]
    assert len(targets) > 50
    on_disk = [t for t in targets if not t.startswith("https://")]  # a .gdoc opens its document
    assert all((sample.folder / "salida" / unquote(t)).is_file() for t in on_disk)
    assert not any(t.startswith(("file:", "/")) for t in targets)


def test_the_same_state_gives_the_same_annex(sample: Place) -> None:
    for name in ("uno.docx", "dos.docx"):
        assert sample.run("anexo", "--salida", name).code == 0
    assert (sample.folder / "uno.docx").read_bytes() == (sample.folder / "dos.docx").read_bytes()


def test_the_default_names(sample: Place) -> None:
    assert sample.run("anexo").code == 0
    done = sample.run("anexo", "--publico")
    assert "Se omitieron" in done.out
    assert {p.name for p in sample.folder.glob("*.docx")} >= {
        "anexo-2024-1.docx",
        "anexo-2024-1-publico.docx",
    }


# --- the same month in Drive -------------------------------------------------------------------


@pytest.fixture
def google() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture(params=[False, True], ids=["mi unidad", "unidad compartida"])
def in_drive(
    sample: Place, google: Standin, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """The sample with its evidence in Drive, synchronised and frozen."""
    folder = sample.folder
    root = seed_directory(google.core, folder / "Evidencias", shared_drive=request.param)
    person = Person(google.core)
    parent = next(f.parent for f in google.core.drive.files.values() if "PV-101 Acta" in f.name)
    text = "Acta 9 del taller urbano PV-101, instituciones educativas del casco urbano, 2024-03-01"
    person.add_file("PV-101 Acta 09 taller urbano", parent, mime=DOC, text=text)
    secret = {"type": "authorized_user", "client_id": "c", "client_secret": "s",
              "refresh_token": "r"}  # fmt: skip
    (folder / "credentials.json").write_text(json.dumps(secret))
    (folder / "credentials.json").chmod(0o600)
    toml = (folder / "evidencias.toml").read_text("utf-8")
    toml = toml.replace('"Evidencias"', f'"https://drive.google.com/drive/folders/{root}"')
    toml += f'\n[google]\ncredenciales = "credentials.json"\nendpoint = "{google.url}"\n'
    (folder / "evidencias.toml").write_text(toml, encoding="utf-8")
    shutil.rmtree(folder / ".evidencias")
    (folder / "registro.xlsx").unlink()
    shutil.rmtree(folder / "Evidencias")
    assert sample.run("sincronizar").code == 0
    done = sample.run("congelar", "--forzar")
    assert done.code == 0, done.err
    return sample


def test_a_month_of_changes_in_drive(in_drive: Place, google: Standin) -> None:
    assert in_drive.run("verificar", MANIFEST).code == 0
    person, files = Person(google.core), sealed(in_drive)["archivos"]
    document = next(f["archivo"] for f in files if f["nativo"])
    folders: dict[str, list[str]] = {}
    for f in files:
        if f["tamano"] and not f["copias"]:
            folders.setdefault(f["ruta"].rpartition("/")[0], []).append(f["archivo"])
    ranked = sorted(folders.values(), key=len)
    gone, kept, *rest = ranked.pop()  # what is left beside it shows that the folder is still seen
    away = next(names[0] for names in ranked if len(names) == 2)
    rest += [n for names in ranked if away not in names for n in names]
    changed, moved, out, renamed, trashed, public = rest[:6]
    with google.lock:
        folder = google.core.drive.files[away].parent or ""
        inside = [
            f["archivo"] for f in files if google.core.drive.files[f["archivo"]].parent == folder
        ]
        person.replace_content(changed, b"otro contenido")
        target = person.add_folder("Archivo", google.core.drive.files[folder].parent)
        person.move(moved, target)
        person.move(out, person.add_folder("Fuera"))
        person.rename(renamed, "renombrado.bin")
        person.rename(kept, google.core.drive.files[kept].name)  # a new version, the same file
        person.trash(trashed)
        person.delete(gone)
        person.share_with_anyone(public)
        person.rewrite(document, "otro texto")
        person.take_away(folder)
    done = in_drive.run("verificar", MANIFEST, "--formato", "json")
    found = results(done)
    assert done.code == 1, done.err
    expected = {
        changed: "cambiado", moved: "movido", out: "movido", renamed: "renombrado",
        trashed: "en_papelera", gone: "desaparecido", public: "ahora_publico",
        document: "cambiado", **dict.fromkeys(inside, "sin_acceso"),
    }  # fmt: skip
    assert {k: v for k, v in found.items() if v != "intacto"} == expected
    assert found[kept] == "intacto"
    assert set(found.values()) == {
        "intacto", "cambiado", "movido", "renombrado", "en_papelera", "desaparecido",
        "sin_acceso", "ahora_publico",
    }  # fmt: skip


def test_the_annex_of_drive_opens_drive(in_drive: Place) -> None:
    import docx

    assert in_drive.run("anexo", "--salida", "a.docx").code == 0
    rels = docx.Document(str(in_drive.folder / "a.docx")).part.rels.values()
    targets = [r.target_ref for r in rels if r.reltype.endswith("/hyperlink")]
    assert targets
    assert all(t.startswith("https://d") for t in targets)
