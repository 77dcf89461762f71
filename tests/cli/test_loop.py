"""The official's loop: demo, start, synchronise, list, decide, audit."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Place

LISTINGS = ("faltantes", "vinculos", "huerfanos", "historial")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_demo_says_what_to_open_and_uses_an_existing_one_again(sample: Place) -> None:
    before = digest(sample.folder / "registro.xlsx")
    again = Place(sample.folder.parent).run("demo", "muestra")
    assert again.code == 0
    assert "Se usa el ejemplo que ya existe" in again.err
    assert "registro.xlsx" in again.out
    assert digest(sample.folder / "registro.xlsx") == before


def test_a_second_synchronisation_writes_nothing(sample: Place) -> None:
    before = digest(sample.folder / "registro.xlsx")
    done = sample.run("sincronizar")
    assert done.code == 0
    assert "no se escribió nada" in done.out
    assert digest(sample.folder / "registro.xlsx") == before


def test_deleting_the_index_changes_no_verdict(sample: Place) -> None:
    sample.run("sincronizar")  # the copy's own addresses
    before = sample.run("faltantes", "--todas", "--formato", "json").data
    links = sample.run("vinculos", "--formato", "json").data
    shutil.rmtree(sample.folder / ".evidencias")
    told = sample.run("faltantes")
    assert (told.code, "sincronizar" in told.err) == (2, True)
    assert sample.run("sincronizar").code == 0
    assert sample.run("faltantes", "--todas", "--formato", "json").data == before
    assert sample.run("vinculos", "--formato", "json").data == links


def test_simulating_writes_neither_register_nor_index(sample: Place) -> None:
    def everything() -> dict[str, str]:
        files = (p for p in sample.folder.rglob("*") if p.is_file() and "candado" not in p.name)
        return {str(p): digest(p) for p in files}

    (sample.folder / "Evidencias" / "nuevo.txt").write_text("nuevo", encoding="utf-8")
    before = everything()
    done = sample.run("sincronizar", "--simular", "--formato", "json")
    assert done.code == 0
    assert done.data["archivos"]["nuevos"] == 1
    assert everything() == before


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_comes_in_four_formats(sample: Place, name: str) -> None:
    rows = sample.run(name, "--formato", "json").data
    assert rows
    table = list(csv.DictReader(io.StringIO(sample.run(name, "--formato", "csv").out)))
    assert len(table) == len(rows)
    assert set(table[0]) == set(rows[0])
    markdown = sample.run(name, "--formato", "md").out.splitlines()
    assert len(markdown) == len(rows) + 2
    assert sample.run(name).out.strip()


def test_a_decision_from_the_terminal_shows_at_once_and_holds(sample: Place) -> None:
    links = sample.run("vinculos", "--estado", "automatico", "--formato", "json").data
    name = links[0]["id"]
    done = sample.run("decidir", name.lower(), "rechazar", "--responsable", "Ana", "--nota", "=1+1")
    assert done.code == 0, done.err

    def state() -> str:
        rows = sample.run("vinculos", "--formato", "json").data
        return str(next(r["estado"] for r in rows if r["id"] == name))

    assert state() == "rechazado"
    synchronised = sample.run("sincronizar", "--formato", "json").data
    assert synchronised["decisiones"]["aplicadas"] == 1
    assert state() == "rechazado"
    shutil.rmtree(sample.folder / ".evidencias")
    sample.run("sincronizar")
    assert state() == "rechazado"
    history = sample.run("historial", "--formato", "json").data
    assert [h for h in history if h["id"] == name][-1]["responsable"] == "Ana"


WRONG_DECISIONS = [
    (("V-AAAAAAAAAA", "confirmar"), "No conozco el id"),
    (("{link}", "aceptar"), "es un vínculo"),
    (("{finding}", "confirmar"), "es un hallazgo"),
    (("{claim}", "confirmar"), "afirmación del informe"),
]


@pytest.mark.parametrize(("words", "told"), WRONG_DECISIONS)
def test_a_decision_that_does_not_fit_is_refused(
    sample: Place, words: tuple[str, str], told: str
) -> None:
    audit = sample.run("auditar", "--formato", "json").data
    names = {
        "link": sample.run("vinculos", "--formato", "json").data[0]["id"],
        "finding": audit["hallazgos"][0]["id"],
        "claim": audit["afirmaciones"][0]["id"],
    }
    done = sample.run("decidir", words[0].format(**names), words[1])
    assert done.code == 2
    assert told in done.err


def test_starting_from_options(sample: Place) -> None:
    (sample.folder / "evidencias.toml").unlink()
    (sample.folder / "registro.xlsx").unlink()
    done = sample.run(
        "iniciar", "--carpeta", "Evidencias", "--plan", "plan.xlsx", "--informe", "informe.docx",
        "--semestre", "2024-1", "--politica", "Seguridad «Vial» \"y\" Movilidad",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert (sample.folder / "registro.xlsx").exists()
    assert sample.run("sincronizar").code == 0
    again = sample.run("iniciar", "--carpeta", "Evidencias", "--plan", "plan.xlsx",
                       "--semestre", "2024-1", "--politica", "Otra")  # fmt: skip
    assert (again.code, "Ya existe" in again.err) == (2, True)


def test_starting_from_questions(sample: Place) -> None:
    (sample.folder / "evidencias.toml").unlink()
    (sample.folder / "registro.xlsx").unlink()
    answers = "Evidencias\nplan.xlsx\ninforme.docx\n\n2024-1\nMovilidad\nSecretaría\n"
    done = sample.run("iniciar", answers=answers)
    assert done.code == 0, done.err
    assert 'responsable = "Secretaría"' in (sample.folder / "evidencias.toml").read_text("utf-8")


def test_a_question_answered_wrongly_is_asked_again(sample: Place) -> None:
    (sample.folder / "evidencias.toml").unlink()
    (sample.folder / "registro.xlsx").unlink()
    answers = (
        "Nada", '"Evidencias"', "plam.xlsx", "plan.xlsx", "inf.docx", "", "libro.xls", "", "2024 I",
        "2024-1", "Movilidad", "",
    )  # fmt: skip
    done = sample.run("iniciar", answers="\n".join(answers) + "\n")
    assert done.code == 0, done.err
    told = ("carpeta «Nada»", "archivo «plam.xlsx»", "archivo «inf.docx»", "libro .xlsx", "2021-2.")
    assert all(problem in done.err for problem in told)


def test_a_register_of_another_policy_starts_nothing(sample: Place) -> None:
    (sample.folder / "evidencias.toml").unlink()
    words = ("--carpeta", "Evidencias", "--plan", "plan.xlsx", "--semestre", "2024-1")
    done = sample.run("iniciar", *words, "--politica", "Vivienda")
    assert (done.code, "Vivienda" in done.err) == (2, True)
    assert not (sample.folder / "evidencias.toml").exists()


def test_a_register_nobody_named_lies_beside_the_configuration(sample: Place) -> None:
    words = ("--carpeta", "Evidencias", "--plan", "plan.xlsx", "--semestre", "2024-1")
    done = sample.run("iniciar", "-c", "otra/evidencias.toml", *words, "--politica", "Otra")
    assert done.code == 0, done.err
    assert (sample.folder / "otra" / "registro.xlsx").is_file()


STARTS = [
    (("--plan", "plan.xlsx"), "--carpeta"),
    (("--carpeta", "No hay", "--plan", "plan.xlsx", "--semestre", "2024-1", "--politica", "x"),
     "No encuentro la carpeta"),
    (("--carpeta", "Evidencias", "--plan", "no.xlsx", "--semestre", "2024-1", "--politica", "x"),
     "no.xlsx"),
    (("--carpeta", "Evidencias", "--plan", "plan.xlsx", "--informe", "no.docx", "--semestre",
      "2024-1", "--politica", "x"), "No encuentro el informe"),
    (("--carpeta", "Evidencias", "--plan", "plan.xlsx", "--semestre", "2024", "--politica", "x"),
     "«2024» no es un semestre"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "told"), STARTS)
def test_a_start_that_cannot_be_leaves_nothing(
    sample: Place, words: tuple[str, ...], told: str
) -> None:
    (sample.folder / "evidencias.toml").unlink()
    done = sample.run("iniciar", *words)
    assert done.code in (2, 3)
    assert told in done.err
    assert not (sample.folder / "evidencias.toml").exists()


def test_the_tables_show_what_matters_and_count_the_rest(sample: Place) -> None:
    rows = sample.run("vinculos", "--formato", "json").data
    shown = sample.run("vinculos").out
    ids = [r["id"] for r in rows if r["id"] in shown]
    assert {r["id"] for r in rows if r["estado"] != "sugerido"} <= set(ids)
    assert f"… y {len(rows) - len(ids)} sugerencias más" in shown
    assert all(r["id"] in sample.run("vinculos", "-v").out for r in rows[:5] + rows[-5:])
    last = sample.run("faltantes").out.strip().splitlines()[-1]
    assert "actividades reportadas no tienen evidencia suficiente" in last


def test_the_audit_in_every_format_and_as_a_page(sample: Place) -> None:
    data = sample.run("auditar", "--formato", "json")
    assert data.code == 1  # the sample's report has a false figure
    assert data.data["veredicto"] == "con_inconsistencias"
    text = sample.run("auditar").out
    assert text.splitlines()[1].startswith("Veredicto: con inconsistencias")
    page = sample.folder / "salida" / "auditoria.html"
    done = sample.run("auditar", "--salida", str(page), "--formato", "md")
    assert "Veredicto" in done.out
    assert "<mark" in page.read_text("utf-8")


def test_another_report_is_audited_and_nothing_is_stored(sample: Place) -> None:
    other = sample.folder / "otro.md"
    head = "POLÍTICA PÚBLICA\tPolítica de {}\nFECHA INFORME\t{} semestre 2024\n\n"
    body = "# LOGROS\n\nSe alcanzó un cumplimiento del 12 % de las actividades.\n"
    other.write_text(head.format("Seguridad Vial y Movilidad", "Primer") + body, encoding="utf-8")
    before = sample.run("auditar", "--formato", "json").out
    figures = sample.run("auditar", "otro.md", "--formato", "json").data["cifras"]
    assert [f["afirmado"] for f in figures] == [12]
    assert sample.run("auditar", "--formato", "json").out == before
    for policy, half in (("Vivienda", "Primer"), ("Seguridad Vial y Movilidad", "Segundo")):
        other.write_text(head.format(policy, half) + body, encoding="utf-8")
        assert sample.run("auditar", "otro.md").code == 2
        assert sample.run("auditar", "otro.md", "--forzar").code == 1
