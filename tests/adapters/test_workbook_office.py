"""LibreOffice as the person's program: she sorts, moves, decides, saves; everything comes back."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from evidencias.adapters.local.workbook import Workbook
from evidencias.domain.register import read_decisions
from evidencias.domain.register.columns import TAB_ORDER
from tests.adapters.test_workbook import Clock, run
from tests.domain.registering import ACTIVITIES, FILES, LINKS, LIST, PHOTO, suggested

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="no está LibreOffice (soffice)"),
]

MACRO = """
Sub Edit(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  sheet = doc.Sheets.getByName("Revisión")
  cursor = sheet.createCursor() : cursor.gotoEndOfUsedArea(False)
  last = cursor.RangeAddress.EndRow
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 7 : field(0).IsAscending = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = field()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByPosition(0, 1, 12, last).sort(how())
  For row = 1 To last
    decision = sheet.getCellByPosition(9, row)
    Select Case sheet.getCellByPosition(5, row).String
      Case "Lombricultura/Foto #2.jpg" : decision.String = "Confirmar"
      Case "Semillas/listado.xlsx" : decision.Formula = "=LOWER(""RECHAZAR"")"
    End Select
  Next
  sheet.getCellByPosition(11, 1).String = "=1+1"
  sheet.getCellByPosition(0, 1).CellBackColor = RGB(255, 255, 0)
  sheet.getCellByPosition(2, last + 1).String = "1.10"
  sheet.getCellByPosition(5, last + 1).String = "=Semillas/+57 300.pdf"
  sheet.getCellByPosition(9, last + 1).String = "confirmar"
  sheet.Columns.insertByIndex(0, 1)
  sheet.getCellByPosition(0, 0).String = "Mis notas"
  sheet.getCellByPosition(0, 1).Formula = "=2+3"
  sheet.Rows.insertByIndex(0, 2)
  sheet.getCellByPosition(3, 0).String = "Título"
  sheet.Rows.getByIndex(4).IsVisible = False
  doc.Sheets.moveByName("Revisión", 0)
  sheet.Name = "Mi revisión"
  doc.Sheets.getByName("Faltantes").Name = "Lo que falta"
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(ConvertToURL(target), saved())
  doc.close(True)
End Sub
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/></library:libraries>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/></library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>"""


def office(profile: Path, *arguments: str) -> None:
    """Runs LibreOffice with a profile of its own."""
    assert OFFICE is not None
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         *arguments],
        check=True, timeout=180, capture_output=True, env={**os.environ, "HOME": str(profile)},
    )  # fmt: skip


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The workbook as LibreOffice saved it after the macro's edits."""
    source, target, profile = (tmp_path / n for n in ("antes.xlsx", "registro.xlsx", "perfil"))
    run(source, Clock())
    office(profile, "--terminate_after_init")
    basic = profile / "user/basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    for name in ("script.xlc", "dialog.xlc"):
        (basic / name).write_text(LIBRARIES, "utf-8")
    (basic / "Standard/script.xlb").write_text(LIBRARY, "utf-8")
    module = MODULE.format(html.escape(MACRO, quote=False))
    (basic / "Standard/Module1.xba").write_text(module, "utf-8")
    office(profile, f'macro:///Standard.Module1.Edit("{source}","{target}")')
    assert target.exists()
    return target


@pytest.mark.slow
def test_what_libreoffice_saved_is_read_and_grows(edited: Path) -> None:
    there = Workbook(edited).read()
    assert (there.policy, there.semester) == ("Juventud rural", "2021-2")
    decisions = read_decisions(there, FILES, ACTIVITIES).decisions
    assert {(d.activity, d.file, d.verdict.value) for d in decisions} == {
        ("1.1", PHOTO, "confirmar"),
        ("1.10", LIST, "rechazar"),
        ("1.10", "=Semillas/+57 300.pdf", "confirmar"),
    }
    book = openpyxl.load_workbook(edited)
    before = {c.coordinate: c.value for row in book["Mi revisión"].iter_rows() for c in row}

    more = (*LINKS, suggested("2.1", LIST, 0.9))
    assert run(edited, Clock(), more)[0]
    book = openpyxl.load_workbook(edited)
    after = {c.coordinate: c.value for row in book["Mi revisión"].iter_rows() for c in row}
    assert {k: after[k] for k, v in before.items() if v is not None} == {
        k: v for k, v in before.items() if v is not None
    }
    assert book["Mi revisión"]["B4"].fill.fgColor.rgb == "FFFFFF00"
    assert book["Mi revisión"].row_dimensions[5].hidden
    wanted = {*TAB_ORDER, "Mi revisión", "Lo que falta"} - {"Revisión", "Faltantes"}
    assert set(book.sheetnames) == wanted and len(book["Resumen"]._charts) == 1
    saved = edited.read_bytes()
    assert not run(edited, Clock(), more)[0] and edited.read_bytes() == saved


@pytest.mark.slow
def test_libreoffice_opens_what_the_tool_wrote_into_its_file(edited: Path, tmp_path: Path) -> None:
    run(edited, Clock(), (*LINKS, suggested("2.1", LIST, 0.9)))
    office(tmp_path / "perfil", "--convert-to", "pdf", "--outdir", str(tmp_path), str(edited))
    assert (tmp_path / "registro.pdf").stat().st_size > 10_000
