"""What people add to the workbook survives a change, or the change is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from evidencias.adapters.local.workbook import Workbook
from evidencias.domain.register import read_decisions
from evidencias.domain.register.columns import REVIEW
from evidencias.errors import InputError
from tests.adapters.test_workbook import Clock, run
from tests.domain.registering import ACTIVITIES, FILES, LINKS, suggested

MORE = (*LINKS, suggested("2.1", "Semillas/listado.xlsx", 0.9))
"""The links of a later run: one more thing to propose, so that something is written."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "registro.xlsx"
    run(made, Clock())
    return made


def saved(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """A person's program opens the workbook, changes it and saves it."""
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book)
    book.save(path)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Changes the XML of one part, for what openpyxl cannot write."""
    kept = parts(path)
    kept[part] = change(kept[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in kept.items():
            archive.writestr(name, data)


def sheet_part(path: Path, title: str) -> str:
    from evidencias.adapters.local.workbook.graft import sheets
    from evidencias.adapters.local.workbook.package import Package

    return sheets(Package(path.read_bytes()))[title]


def look(cell: Cell) -> str:
    """A cell's look as text, which openpyxl's styles can be compared by."""
    return repr((cell.fill, cell.font, cell.number_format, cell.alignment))


def picture() -> Image:
    data = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(data, "PNG")
    return Image(data)


def their_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Cuentas de Ana", 0)
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUM(A1:A2)"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "C1")
    sheet.add_image(picture(), "C20")
    sheet["A4"].comment = Comment("ojo", "Ana")


def in_review(book: openpyxl.Workbook) -> None:
    sheet = book[REVIEW]
    sheet.add_image(picture(), "P2")
    sheet["L2"] = CellRichText("ver ", TextBlock(InlineFont(b=True), "acta"), " 3")
    sheet["L3"].comment = Comment("preguntar a Luis", "Ana")
    sheet["A4"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].height = 77
    sheet.column_dimensions["B"].width = 5
    sheet["O1"], sheet["O2"] = "Mi columna", '=IF(J2="","pendiente","lista")'
    rule = DataValidation(type="list", formula1='"sí,no"')
    rule.add("O2:O50")
    sheet.add_data_validation(rule)
    sheet["A30"] = "nota de Ana al final"
    sheet.merge_cells("P30:Q31")


def test_a_sheet_of_theirs_keeps_every_byte(path: Path) -> None:
    saved(path, their_sheet)
    before = parts(path)
    theirs = {n for n in before if "drawing" in n or "chart" in n or "media" in n or "comment" in n}
    assert run(path, Clock(), MORE)[0]
    after = parts(path)
    sheet = sheet_part(path, "Cuentas de Ana")
    assert after[sheet] == before[sheet]
    own = openpyxl.load_workbook(path)["Cuentas de Ana"]
    assert (len(own._charts), len(own._images), own["A4"].comment.text) == (1, 1, "ojo")
    for name in theirs & after.keys():
        if "media" in name or "comment" in name.lower():
            assert after[name] == before[name]


def test_what_they_do_in_revision_stays(path: Path) -> None:
    saved(path, in_review)
    before = openpyxl.load_workbook(path, rich_text=True)[REVIEW]
    assert run(path, Clock(), MORE)[0]
    after = openpyxl.load_workbook(path, rich_text=True)[REVIEW]
    for row in before.iter_rows():
        for cell in row:
            there = after[cell.coordinate]
            if cell.value is None and there.value is not None:
                continue  # where the tool appended
            assert there.value == cell.value, cell.coordinate
            assert look(there) == look(cell), cell.coordinate
    assert after["L3"].comment.text == "preguntar a Luis" and len(after._images) == 1
    assert after.row_dimensions[3].hidden and after.row_dimensions[4].height == 77
    assert after.column_dimensions["B"].width == 5
    assert {d.formula1 for d in after.data_validations.dataValidation} == {
        '"sí,no"', '"Confirmar,Rechazar,Aceptar"'
    }  # fmt: skip
    assert after["A31"].value and after["A31"].value.startswith("V-")  # below their note
    assert [str(m) for m in after.merged_cells.ranges] == ["P30:Q31"]


def test_a_decision_by_formula_is_read_and_kept_with_its_value(path: Path) -> None:
    part = sheet_part(path, REVIEW)
    formula = '<c r="J2" t="str"><f>IF(TRUE,"Confirmar","")</f><v>Confirmar</v></c>'

    def put(xml: str) -> str:
        first, row, rest = xml.partition('r="2"')
        body, close, tail = rest.partition("</row>")
        before, mark, after = body.partition('<c r="M2"')
        return first + row + before + formula + mark + after + close + tail

    patched(path, part, put)
    assert run(path, Clock(), MORE)[0]
    there = Workbook(path).read()
    assert there.review[0].cells["Decisión"] == "Confirmar"
    assert formula.encode() in parts(path)[part] or b"<f>IF(TRUE" in parts(path)[part]
    (made,) = read_decisions(there, FILES, ACTIVITIES).decisions
    assert made.verdict == "confirmar"
    assert not run(path, Clock(), MORE)[0]


def test_a_formula_that_no_program_has_computed_is_reported_not_taken_for_blank(
    path: Path,
) -> None:
    saved(path, lambda book: setattr(book[REVIEW]["J2"], "value", '=IF(1=1,"Confirmar","")'))
    there = Workbook(path).read()
    found = read_decisions(there, FILES, ACTIVITIES)
    assert not found.decisions and "=IF(1=1" in found.not_applied[0].message


def test_a_table_made_of_the_tab_grows_with_it(path: Path) -> None:
    def tabled(book: openpyxl.Workbook) -> None:
        sheet = book[REVIEW]
        sheet.auto_filter.ref = None
        sheet.add_table(Table(displayName="Decisiones", ref="A1:M5"))

    saved(path, tabled)
    assert run(path, Clock(), MORE)[0]
    sheet = openpyxl.load_workbook(path)[REVIEW]
    assert sheet.tables["Decisiones"].ref == f"A1:M{sheet.max_row}"


def test_styled_blank_rows_below_are_used_not_skipped(path: Path) -> None:
    def coloured(book: openpyxl.Workbook) -> None:
        for row in range(2, 40):
            book[REVIEW].cell(row, 1).fill = PatternFill("solid", fgColor="00FF00")
            book[REVIEW].cell(row, 15, f"=ROW({row})")

    saved(path, coloured)
    run(path, Clock(), MORE)
    sheet = openpyxl.load_workbook(path)[REVIEW]
    assert str(sheet["A6"].value).startswith("V-") and sheet["A6"].fill.fgColor.rgb == "0000FF00"
    assert sheet["O6"].value == "=ROW(6)"


@pytest.mark.parametrize(
    ("put", "says"),
    [
        (lambda sheet: sheet.add_image(picture(), "P2"), "1 imagen en la pestaña «Actividades»"),
        (lambda sheet: setattr(sheet["A2"], "comment", Comment("x", "y")), "comentarios"),
        (lambda sheet: sheet.add_chart(BarChart(), "P9"), "gráfico"),
    ],
)
def test_what_they_put_in_a_tab_of_the_tool_is_refused_before_it_is_lost(
    path: Path, put: Callable[[object], None], says: str
) -> None:
    saved(path, lambda book: put(book["Actividades"]))
    before = path.read_bytes()
    with pytest.raises(InputError, match=says):
        run(path, Clock(), MORE)
    assert path.read_bytes() == before


def test_a_second_chart_in_the_summary_is_theirs(path: Path) -> None:
    def charted(book: openpyxl.Workbook) -> None:
        book["Resumen"].add_chart(BarChart(), "P40")

    saved(path, charted)
    with pytest.raises(InputError, match="1 gráfico en la pestaña «Resumen»"):
        run(path, Clock(), MORE)


def test_a_signed_workbook_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    with pytest.raises(InputError, match="firma digital"):
        run(path, Clock(), MORE)


def test_unknown_parts_are_carried_along(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", b"<algo/>")
    assert run(path, Clock(), MORE)[0]
    assert parts(path)["customXml/item1.xml"] == b"<algo/>"


def test_styles_do_not_grow_at_each_change(path: Path) -> None:
    from lxml import etree

    def looks() -> int:
        root = etree.fromstring(parts(path)["xl/styles.xml"])
        return sum(1 for group in root for _ in group)

    run(path, Clock(), MORE)
    before = looks()
    run(path, Clock(), LINKS)
    run(path, Clock(), MORE)
    assert looks() == before


def test_only_one_sheet_is_selected(path: Path) -> None:
    saved(path, lambda book: setattr(book, "active", 2))
    run(path, Clock(), MORE)
    book = openpyxl.load_workbook(path)
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in book) <= 1
