"""What goes wrong, told in Spanish with its exit code; nothing is lost meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from evidencias.cli.common import Session, guarded
from tests.cli.conftest import Place

COMMANDS = ("sincronizar", "faltantes", "vinculos", "huerfanos", "auditar", "historial")


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_configuration(empty: Place, name: str) -> None:
    done = empty.run(name)
    assert done.code == 2
    assert "evidencias iniciar" in done.err


USAGE = [
    (("borrar",), "No existe el comando 'borrar'"),
    (("faltantes", "--estado", "bueno"), "no es ninguno de"),
    (("decidir",), "Falta el argumento"),
    (("vinculos", "--actividad"), "necesita un valor"),
    (("sincronizar", "--formato", "pdf"), "Valor no válido"),
]


@pytest.mark.parametrize(("words", "told"), USAGE)
def test_usage_errors_are_in_spanish(empty: Place, words: tuple[str, ...], told: str) -> None:
    done = empty.run(*words, LANG="en_US.UTF-8", LANGUAGE="en")
    assert done.code == 2
    assert told in done.err
    assert not {"Usage", "Error: No such", "Missing", "Invalid"} & set(done.err.split())


def test_a_configuration_with_many_problems(sample: Place) -> None:
    toml = sample.folder / "evidencias.toml"
    toml.write_text('[politica]\nnombre = ""\n[plan]\norigin = 1\n', encoding="utf-8")
    done = sample.run("sincronizar")
    assert done.code == 2
    assert {"politica.nombre", "plan.origin", "periodo", "registro"} <= {
        line.strip().split(":")[0] for line in done.err.splitlines()
    }


@pytest.mark.parametrize("lock", ["~$registro.xlsx", ".~lock.registro.xlsx#"])
def test_a_workbook_open_elsewhere(sample: Place, lock: str) -> None:
    before = (sample.folder / "registro.xlsx").read_bytes()
    (sample.folder / lock).write_text(",Ana,equipo,20.11.2026 10:00,;", encoding="utf-8")
    new = sample.folder / "Evidencias" / "PV-305 orientación a víctimas.txt"
    new.write_text("Formato de orientación a víctimas", encoding="utf-8")
    done = sample.run("sincronizar")
    assert done.code == 3
    assert "abierto" in done.err
    assert (sample.folder / "registro.xlsx").read_bytes() == before


def test_a_damaged_workbook(sample: Place) -> None:
    (sample.folder / "registro.xlsx").write_bytes(b"PK\x03\x04 roto")
    done = sample.run("sincronizar")
    assert done.code == 2
    assert "registro.xlsx" in done.err


@pytest.mark.parametrize(
    ("old", "new"),
    [('semestre = "2024-1"', 'semestre = "2024-2"'), ("Seguridad Vial y Movilidad", "Vivienda")],
)
def test_a_register_of_another_semester_or_policy(sample: Place, old: str, new: str) -> None:
    toml = sample.folder / "evidencias.toml"
    text = toml.read_text("utf-8").replace("corte = 2024-07-19\n", "").replace(old, new)
    toml.write_text(text, encoding="utf-8")
    before = (sample.folder / "registro.xlsx").read_bytes()
    assert sample.run("sincronizar").code == 2
    assert (sample.folder / "registro.xlsx").read_bytes() == before


def test_a_folder_that_empties_at_once_writes_nothing(sample: Place) -> None:
    before = (sample.folder / "registro.xlsx").read_bytes()
    shutil.rmtree(sample.folder / "Evidencias")
    (sample.folder / "Evidencias").mkdir()
    done = sample.run("sincronizar")
    assert done.code == 7
    assert "--forzar" in done.err
    assert (sample.folder / "registro.xlsx").read_bytes() == before
    assert sample.run("faltantes").code == 0  # the last good state still answers
    assert sample.run("sincronizar", "--forzar").code == 0


def test_a_run_while_another_holds_the_lock(sample: Place) -> None:
    from filelock import FileLock

    with FileLock(str(sample.folder / ".evidencias" / "candado.lock")):
        done = sample.run("sincronizar")
    assert done.code == 6
    assert sample.run("sincronizar").code == 0


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="un administrador lee toda carpeta"
)
def test_a_folder_that_cannot_be_listed(sample: Place) -> None:
    closed = next(p for p in (sample.folder / "Evidencias").iterdir() if p.is_dir())
    closed.chmod(0)
    try:
        assert sample.run("sincronizar", "--forzar").code == 5
        rows = sample.run("faltantes", "--formato", "json")
        assert rows.code == 5
        assert {r["estado"] for r in rows.data if r["programada"]} == {"no_verificable"}
    finally:
        closed.chmod(0o755)


def test_an_index_that_cannot_be_opened(sample: Place) -> None:
    index = sample.folder / ".evidencias" / "indice.sqlite"
    index.unlink()
    index.mkdir()
    done = sample.run("faltantes")
    assert (done.code, "indice.sqlite" in done.err) == (3, True)


def test_a_defect_is_one_line_and_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    def broken() -> int:
        raise KeyError("codigo")

    assert guarded(Session(None, verbose=False, quiet=False, color=True), broken) == 70
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1 and "KeyError" in told[0]
    assert "broken" in next(tmp_path.rglob("defectos.log")).read_text("utf-8")


def test_help_is_in_spanish_and_names_every_command(empty: Place) -> None:
    from evidencias.cli.main import COMMANDS

    text = empty.run("--help", LANG="C").out
    assert all(name in text for name in COMMANDS)
    for name in COMMANDS:
        told = empty.run(name, "--help").out
        assert told.startswith("Uso: evidencias")
        assert all(f" {option}" in told for option in ("--config", "--verbose", "--sin-color"))
        assert "Show this message" not in told


def test_what_was_kept_of_another_semester_answers_for_none(sample: Place) -> None:
    toml = sample.folder / "evidencias.toml"
    text = toml.read_text("utf-8").replace("corte = 2024-07-19\n", "")
    toml.write_text(text.replace('"2024-1"', '"2024-2"'), encoding="utf-8")
    for name in ("faltantes", "auditar", "vinculos", "tablero"):
        done = sample.run(name)
        assert (done.code, "2024-1" in done.err) == (2, True)


def test_a_register_that_is_gone_is_told_with_the_decisions_it_held(sample: Place) -> None:
    link = sample.run("vinculos", "--formato", "json").data[0]["id"]
    assert sample.run("decidir", link, "rechazar").code == 0
    (sample.folder / "registro.xlsx").unlink()
    done = sample.run("sincronizar")
    assert done.code == 0
    assert "sin 1 decisión que tenía" in done.out and "copias" in done.out
    assert "Registro: el de antes" not in sample.run("sincronizar").out
