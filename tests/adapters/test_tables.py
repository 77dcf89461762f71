"""Workbooks and CSV files as tables, and the plans of the corpora read through them."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from evidencias.adapters.local.tables import CsvTable, WorkbookTable, table_source
from evidencias.domain.model import Activity
from evidencias.domain.period import semester
from evidencias.domain.plan import read_plan
from evidencias.errors import AccessError, EvidenciasError, InputError

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
CASES = sorted(p.parent for p in CORPUS.glob("*/plan.csv"))


def as_csv(activity: Activity) -> dict[str, object]:
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:g}"

    return {
        "codigo": activity.code,
        "eje": activity.axis,
        "actividad": activity.name,
        "dependencia": activity.department,
        "indicador": activity.indicator,
        "meta": number(activity.target),
        "ejecutado": number(activity.achieved),
        "inicio": str(activity.start or ""),
        "fin": str(activity.end or ""),
        "evidencia_requerida": set(activity.required),
        "peso": number(activity.weight),
        "reportada": "si" if activity.reported else "no",
    }


@pytest.mark.skipif(not CASES, reason="no está ../shared/corpus")
@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx"])
def test_the_plan_of_a_corpus_reads_to_its_csv(case: Path, name: str) -> None:
    with (case / "plan.csv").open(encoding="utf-8", newline="") as file:
        expected: list[dict[str, object]] = [dict(row) for row in csv.DictReader(file)]
    for row in expected:
        row["evidencia_requerida"] = set(str(row["evidencia_requerida"]).split(";")) - {""}
    plan = read_plan(table_source(case / name).read(), semester(case.name[-6:]))
    assert [as_csv(a) for a in plan.activities] == expected
    assert not plan.problems
    assert not any(a.code_doubt for a in plan.activities)


def book(path: Path, rows: list[list[object]]) -> Path:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def test_cells_keep_their_meaning(tmp_path: Path) -> None:
    row: list[object] = ["1.10", "007", 2.5, 3, True, datetime(2021, 2, 1), "  ", None, "ñ 😀"]
    path = book(tmp_path / "plan.xlsx", [row])
    (sheet,) = WorkbookTable(path).read().sheets
    assert sheet.rows == (("1.10", "007", 2.5, 3, True, datetime(2021, 2, 1), None, None, "ñ 😀"),)


def test_numbers_read_as_they_are_shown(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = 0.835, 1.1, 1.1, 2.0
    sheet["A1"].number_format, sheet["B1"].number_format = "0.0%", "0.00"
    sheet["D1"].number_format = "0.00"
    workbook.save(tmp_path / "plan.xlsx")
    assert WorkbookTable(tmp_path / "plan.xlsx").read().sheets[0].rows == (
        ("83.5%", "1.10", 1.1, 2.0),
    )


def test_merged_hidden_and_several_sheets(tmp_path: Path) -> None:
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    first.title, first.sheet_state = "Vieja", "hidden"
    second = workbook.create_sheet("Plan")
    for row in (["a", "b"], ["c", None], ["d", None]):
        second.append(row)
    second.merge_cells("B1:B3")
    second.row_dimensions[2].hidden = True
    workbook.save(tmp_path / "plan.xlsx")
    table = WorkbookTable(tmp_path / "plan.xlsx").read()
    assert [s.name for s in table.sheets] == ["Plan", "Vieja"]
    assert table.sheets[0].rows == (("a", "b"), ("c", None), ("d", None))
    assert table.sheets[0].merged == ((0, 1, 2, 1),)


def test_a_formula_without_a_kept_result_is_not_blank(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", [[1, 2, "=A1+B1"]])
    assert WorkbookTable(path).read().sheets[0].rows == ((1, 2, "=A1+B1"),)


def test_a_formula_with_its_kept_result(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", [[1, 2, "=A1+B1"]])
    kept = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<v />", b"<v>3</v>").replace(b"<v></v>", b"<v>3</v>")
            new.writestr(name, part)
    path.write_bytes(kept.getvalue())
    assert WorkbookTable(path).read().sheets[0].rows == ((1, 2, 3),)


CSV = [
    ("a,b\n1,2\n", "utf-8", ",", (("a", "b"), ("1", "2"))),
    ("a;b\n1,5;2\n", "utf-8", ";", (("a", "b"), ("1,5", "2"))),
    ("a\tb\n1,5\t2\n", "utf-8", "\t", (("a", "b"), ("1,5", "2"))),
    ("código;año\n1;2\n", "cp1252", ";", (("código", "año"), ("1", "2"))),
    ("\ufeffcódigo,b\n1,2\n", "utf-8", ",", (("código", "b"), ("1", "2"))),
    ("código\tb\n1\t2\n", "utf-16", "\t", (("código", "b"), ("1", "2"))),
    ("sep=;\na;b\n1;2\n", "utf-8", ";", (("a", "b"), ("1", "2"))),
    ('a,b\n"uno, dos","línea\notra"\n', "utf-8", ",", (("a", "b"), ("uno, dos", "línea\notra"))),
    ("a,b\r\n\r\n1,\r\n", "utf-8", ",", (("a", "b"), (), ("1", None))),
    ("P, 1;\na;b\n2,5;3\n", "utf-8", ";", (("P, 1", None), ("a", "b"), ("2,5", "3"))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding", "mark", "rows"), CSV)
def test_a_csv(tmp_path: Path, text: str, encoding: str, mark: str, rows: object) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(text.encode(encoding))
    assert CsvTable(path).read().sheets[0].rows == rows


def test_dates_stay_dates(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", [[date(2021, 7, 1)]])
    assert WorkbookTable(path).read().sheets[0].rows == ((datetime(2021, 7, 1),),)


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def protected() -> bytes:
    return old_excel() + "EncryptedPackage".encode("utf-16-le")


def truncated(tmp_path: Path) -> bytes:
    return book(tmp_path / "whole.xlsx", [["a"] * 50] * 50).read_bytes()[:2000]


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    cases = [
        (b"", "está dañado"),
        (b"hola", "está dañado"),
        (b"PK\x03\x04", "está dañado"),
        (truncated(tmp_path), "está dañado"),
        (old_excel(), "es un libro de Excel antiguo"),
        (protected(), "está protegido con contraseña"),
    ]
    for data, message in cases:
        path = tmp_path / "plan.xlsx"
        path.write_bytes(data)
        with pytest.raises(InputError, match=f"«plan.xlsx» {message}") as refused:
            WorkbookTable(path).read()
        assert refused.value.hint


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w") as packed:
        packed.writestr("hola.txt", "hola")
    with pytest.raises(InputError, match="está dañado"):
        WorkbookTable(tmp_path / "plan.xlsx").read()


def test_other_files_and_missing_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"se espera \.xlsx o \.csv"):
        table_source(tmp_path / "plan.pdf")
    for source in (table_source(tmp_path / "no.xlsx"), table_source(tmp_path / "no.csv")):
        with pytest.raises(InputError, match="No encuentro «no"):
            source.read()
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(InputError, match="es una carpeta"):
        table_source(tmp_path / "x.csv").read()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="los permisos no se aplican aquí")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("a,b")
    path.chmod(0)
    with pytest.raises(AccessError, match="No tengo permiso"):
        CsvTable(path).read()


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"a,\0b\nc")
    with pytest.raises(EvidenciasError):
        CsvTable(path).read()
