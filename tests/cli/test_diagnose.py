"""`diagnosticar`: what would stop a run is said before it, with the same exit code."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Place


def outcomes(place: Place) -> tuple[int, dict[str, str]]:
    done = place.run("diagnosticar", "--formato", "json")
    return done.code, {row["nombre"]: row["resultado"] for row in done.data}


def test_all_is_well_and_nothing_is_written(sample: Place) -> None:
    before = {p: p.stat().st_mtime_ns for p in sample.folder.rglob("*") if p.is_file()}
    code, found = outcomes(sample)
    assert code == 0
    assert set(found.values()) == {"bien"}
    assert {p: p.stat().st_mtime_ns for p in sample.folder.rglob("*") if p.is_file()} == before


BROKEN = [
    ("plan.xlsx", "Plan", 2),
    ("informe.docx", "Informe", 2),
    ("registro.xlsx", "Registro", 2),
]


@pytest.mark.parametrize(("name", "check", "code"), BROKEN)
def test_a_damaged_file_is_named_with_what_to_do(
    sample: Place, name: str, check: str, code: int
) -> None:
    (sample.folder / name).write_bytes(b"PK\x03\x04 roto")
    found = outcomes(sample)
    assert found == (code, {**found[1], check: "falla"})
    told = sample.run("diagnosticar").out
    assert f"✗ {check}" in told
    assert name in told


def test_a_missing_folder_fails_for_now_and_the_rest_is_still_looked_at(sample: Place) -> None:
    (sample.folder / "Evidencias").rename(sample.folder / "otra")
    code, found = outcomes(sample)
    assert code in (2, 3, 4)
    assert found["Carpeta de evidencias"] == "falla"
    assert found["Registro"] == "bien"


def test_a_history_changed_by_hand_is_told(sample: Place) -> None:
    import openpyxl

    path = sample.folder / "registro.xlsx"
    book = openpyxl.load_workbook(path)
    book["Historial"]["E3"] = "Confirmado"
    book.save(path)
    assert outcomes(sample)[1]["Registro"] == "falla"
