"""`verificar` as a user runs it: a month of changes on disk, and then in Drive."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Place
from tests.cli.papers.given import (
    MANIFEST,
    report_changed,
    reseal,
    results,
    sealed,
)
from tests.google.person import Person
from tests.google.server import Standin


def test_nothing_changed(frozen: Place) -> None:
    done = frozen.run("verificar", MANIFEST)
    assert (done.code, "Todo intacto" in done.out) == (0, True)
    assert set(results(frozen.run("verificar", MANIFEST, "--formato", "json")).values()) == {
        "intacto"
    }


DOCUMENTED = (Path(__file__).parents[3] / "docs" / "manifiesto.md").read_text("utf-8")
SHELLS = [
    ("grep -v", ["sh", "-c"]),
    ("$texto", ["pwsh", "-Command"]),
    ("$texto", ["powershell", "-Command"]),
]


@pytest.mark.parametrize(("first", "shell"), SHELLS, ids=["sh", "pwsh", "powershell"])
def test_an_auditor_works_out_the_seal_as_the_document_says(
    frozen: Place, first: str, shell: list[str]
) -> None:
    if not shutil.which(shell[0]) or (first == "grep -v" and not shutil.which("sha256sum")):
        pytest.skip(f"no está {shell[0]}")
    blocks = re.findall(r"(?m)(?:^ {4}.*\n)+", DOCUMENTED)
    words = next(b for b in blocks if b.strip().startswith(first)).replace("2021-2", "2024-1")
    done = subprocess.run(
        [*shell, words], cwd=frozen.folder, capture_output=True, encoding="utf-8", check=True,
        timeout=60,
    )  # fmt: skip
    assert done.stdout.split()[0] == sealed(frozen)["sha256"]


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


def test_a_manifest_sealed_anew_by_other_hands_opens_nothing(frozen: Place) -> None:
    """Its ids are looked for in the listing and never followed as paths."""
    (frozen.folder.parent / "secreto.txt").write_text("secreto")
    outside = ("../../secreto.txt", "/etc/passwd", "C:\\secreto.txt", "")

    def lead_outside(parts: dict[str, Any]) -> None:
        for row, path in zip(parts["archivos"], outside, strict=False):
            row.update(archivo=path, ruta=path, md5="0" * 32, sha256="0" * 64)

    reseal(frozen, lead_outside)
    done = frozen.run("verificar", MANIFEST, "--formato", "json")
    assert [r["resultado"] for r in done.data if r["archivo"] in outside] == ["desaparecido"] * 4
    reseal(frozen, lambda parts: parts["archivos"].append({"archivo": "x"}))
    done = frozen.run("verificar", MANIFEST)
    assert (done.code, "no es un manifiesto" in done.err) == (2, True)


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
    # Delivered twice: the later one counts.
    first = (sample.folder / MANIFEST).read_bytes()
    reseal(sample, lambda m: m["congelado"].update(fecha="2030-01-01T00:00:00-05:00"))
    reseal(sample, lambda m: m["actividades"].clear())
    (sample.folder / MANIFEST).rename(sample.folder / "congelado-2024-1-b.json")
    (sample.folder / MANIFEST).write_bytes(first)
    assert manifests.supported_before(config.load(toml)) == {"2024-1": frozenset()}
    (sample.folder / "congelado-2024-1-b.json").unlink()
    (sample.folder / "registro.xlsx").unlink()
    assert sample.run("sincronizar").code == 0
    altered = (sample.folder / MANIFEST).read_bytes().replace(b"sin_evidencia", b"soportada", 1)
    (sample.folder / MANIFEST).write_bytes(altered)
    assert sample.run("sincronizar").code == 2


# --- the same month in Drive ------------------------------------------------------------------


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
