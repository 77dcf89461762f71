"""What the tool concludes of the sample, against what a careful official concluded by hand."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "data" / "muestra"
# A bulletin that analyses crashes is read as a publication; the plan asks for an informe.
DISPUTED = {"PV-304"}

Rows = list[dict[str, Any]]


def gold(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


GOLD_STATES = {row["codigo"]: row["estado"] for row in gold("estados.csv")}
GOLD_LINKS = {(row["archivo"], row["codigo"]) for row in gold("vinculos.csv")}


def tool(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "evidencias", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr.decode("utf-8")
    return done.stdout.decode("utf-8")


def listed(folder: Path, *arguments: str) -> Any:
    return json.loads(tool(folder, *arguments, "--formato", "json"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after its demo, undecided."""
    folder = tmp_path_factory.mktemp("demo")
    tool(folder, "demo", "-q")
    return folder / "evidencias-demo"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after an official answered every proposed link as the gold says."""
    folder = tmp_path_factory.mktemp("decidida")
    tool(folder, "demo", "-q")
    for _ in range(3):
        _answer(folder / "evidencias-demo" / "registro.xlsx")
        tool(folder / "evidencias-demo", "sincronizar", "-q")
    return folder / "evidencias-demo"


def _answer(register: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(register)
    sheet = book["Revisión"]
    at = {str(cell.value): index for index, cell in enumerate(sheet[1])}
    for row in sheet.iter_rows(min_row=2):
        pair = (str(row[at["Enlace"]].value), str(row[at["Código"]].value))
        if str(row[at["ID"]].value).startswith("V-"):
            row[at["Decisión"]].value = "Confirmar" if pair in GOLD_LINKS else "Rechazar"
            row[at["Responsable"]].value = "Enlace de la política"
    book.save(register)


def states(folder: Path) -> dict[str, str]:
    rows: Rows = listed(folder, "faltantes", "--todas")
    return {row["codigo"]: row["estado"] for row in rows if not row["codigo"].startswith("A-")}


def test_nothing_is_called_supported_or_missing_falsely(workspace: Path) -> None:
    found = states(workspace)
    assert set(found) == set(GOLD_STATES)
    for code, state in found.items():
        if state in {"soportada", "sin_evidencia"}:
            assert GOLD_STATES[code] == state, code


def test_an_official_who_answers_everything_gets_the_right_states(decided: Path) -> None:
    found = states(decided)
    wrong = {code for code, state in found.items() if GOLD_STATES[code] != state}
    assert wrong <= DISPUTED


def test_automatic_links_are_almost_always_right(workspace: Path) -> None:
    rows: Rows = listed(workspace, "vinculos", "--estado", "automatico")
    automatic = {(row["archivo"], row["actividad"]) for row in rows}
    assert len(automatic & GOLD_LINKS) >= 0.95 * len(automatic)
    assert len(automatic & GOLD_LINKS) >= 0.6 * len(GOLD_LINKS)


def test_a_number_plate_is_no_code(workspace: Path) -> None:
    rows: Rows = listed(workspace, "vinculos", "--actividad", "PV-402")
    plates = [row for row in rows if "WLK-402" in row["archivo"] and row["puntaje"] > 0.5]
    assert plates == []


def test_what_proves_nothing_is_set_aside_with_a_reason(workspace: Path) -> None:
    rows: Rows = listed(workspace, "vinculos")
    seen = {row["archivo"] for row in rows} | {
        row["archivo"] for row in listed(workspace, "huerfanos")
    }
    aside = {row["archivo"] for row in gold("aparte.csv") if row["que"] == "apartado"}
    assert seen.isdisjoint(aside)


def test_no_figure_is_accused_falsely(workspace: Path) -> None:
    audit = listed(workspace, "auditar")
    for figure in audit["cifras"]:
        if figure["veredicto"] == "no_coincide":
            assert _expected(figure) == "no_coincide", figure["texto"]
    headline = next(f for f in audit["cifras"] if f["afirmado"] == 80)
    assert headline["veredicto"] == "no_coincide"
    assert headline["formula_que_coincide"] == "metas_cumplidas/reportadas/plan"


def _expected(figure: dict[str, Any]) -> str:
    for row in gold("cifras.csv"):
        if (row["ambito"], float(row["afirmado"])) == (figure["ambito"], figure["afirmado"]):
            return row["veredicto"]
    return "no se esperaba"


def test_the_figures_a_hand_can_check_are_found(decided: Path) -> None:
    audit = listed(decided, "auditar")
    found = {(f["ambito"], f["afirmado"]): f["veredicto"] for f in audit["cifras"]}
    for row in gold("cifras.csv"):
        verdict = found.get((row["ambito"], float(row["afirmado"])))
        assert verdict in {row["veredicto"], None}, row["fragmento"]
    assert found[("total", 61.0)] == "no_verificable"
    assert found[("total", 80.0)] == "no_coincide"
    assert found[("PV-201", 22.0)] == "coincide"


def test_the_one_claim_that_no_plan_holds_is_told(workspace: Path) -> None:
    rows: Rows = listed(workspace, "faltantes")
    claims = [row for row in rows if row["codigo"].startswith("A-")]
    assert len(claims) == 1
    assert "aplicación para que la ciudadanía reporte huecos" in claims[0]["actividad"]


def test_findings_that_need_no_judgement_are_all_there(workspace: Path) -> None:
    audit = listed(workspace, "auditar")
    found = {(f["clase"], f["actividad"] or "", f["archivo"] or "") for f in audit["hallazgos"]}
    sure = {"sin_evidencia", "carga_tardia", "duplicado_reutilizado", "programada_no_reportada"}
    for row in gold("hallazgos.csv"):
        if row["clase"] in sure:
            kinds = (
                {row["clase"], "por_revisar"} if row["clase"] == "sin_evidencia" else {row["clase"]}
            )
            assert {(kind, row["codigo"], row["archivo"]) for kind in kinds} & found
    assert any(kind == "sin_evidencia" for kind, _, _ in found)
