"""The annex: what it says, what it leaves out, and that Word can open what we wrote by hand."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from evidencias.domain.model import Activity, Decision, EvidenceFile, Link, LinkState, Verdict
from evidencias.outputs import annex, annex_pieces, annex_words
from evidencias.outputs.annex_view import Annex
from tests.outputs.annexes import (
    HOSTILE,
    MOMENT,
    assessment,
    evidence,
    headings,
    internal,
    tables,
    targets,
    words,
    written,
)


def test_every_eje_and_activity_in_the_order_of_the_plan(tmp_path: Path) -> None:
    document = written(tmp_path, internal(assessment()))
    assert document.paragraphs[0].text == "EVIDENCIAS DE LAS ACTIVIDADES"
    assert headings(document, 1) == [
        "Lo que falta", "Eje uno", "Eje <dos> & más", "Sin eje",
        "Afirmaciones del informe que no están en el plan",
    ]  # fmt: skip
    assert headings(document, 2) == [
        "A-1 · Dictar talleres", "A-2 · Celebrar la feria", "B-1 · Publicar el boletín",
        "B-3 · No reportada con vínculos", "A-CLAIM · Se abrió un museo",
    ]  # fmt: skip


def test_what_is_missing_comes_first_by_weight(tmp_path: Path) -> None:
    missing = tables(written(tmp_path, internal(assessment())))[0]
    assert [r[0] for r in missing] == ["Código", "A-2", "B-1", "A-CLAIM"]
    assert missing[1][2:] == ["sin evidencia", "acta"]
    assert missing[2][3] == "cualquier soporte"


def test_each_file_says_who_reviewed_it_and_why_it_does_not_count(tmp_path: Path) -> None:
    document = written(tmp_path, internal(assessment()))
    _, first, second, *_ = tables(document)
    rows = {r[0].split("\n")[0]: r[1:] for r in first[1:]}
    assert rows["f1.pdf"] == ["informe", "14/09/2021", "Confirmado por Ana Ruiz"]
    assert rows["f3.pdf"][2] == "Automático, sin revisar\nNo cuenta: está vacío o dañado"
    assert "f5.pdf" not in rows  # rejected here
    assert list(rows)[-1] == "f3.pdf"  # what counts comes first
    assert "su fecha está fuera del período" in second[1][3]


SENTENCES = [
    ((2, False, True, False), "hay 2 archivos sugeridos por decidir"),
    ((2, False, True, True), "hay archivos en revisión"),
    ((0, True, True, False), "una persona rechazó los que se propusieron"),
    ((0, True, False, False), "en lo que se pudo leer de la carpeta; falta una parte"),
    ((0, False, True, False), "No se encontró evidencia en la carpeta de evidencias."),
]


@pytest.mark.parametrize(("facts", "told"), SENTENCES)
def test_nothing_is_said_to_be_there_only_where_nothing_was_found(
    facts: tuple[int, bool, bool, bool], told: str
) -> None:
    assert told in annex_words.nothing_linked(*facts)


def test_an_activity_whose_files_were_refused_says_so(tmp_path: Path) -> None:
    refused = (Decision("V-Z", Verdict.REJECT, "A-2", "f4", by="Ana"),)
    text = words(written(tmp_path, internal(assessment(decisions=refused))))
    assert text.count("una persona rechazó los que se propusieron") == 1
    assert text.count("No se encontró evidencia en la carpeta") == 1


def test_an_address_of_the_web_is_written_as_word_accepts_it() -> None:
    """Word calls a document damaged when an address holds what no address may."""
    found = annex.addresses([], Path("/t"))
    odd = 'https://x.co/a b/ñ?q=<1>&é#%20"'
    assert found(EvidenceFile("a", "a", "a", url=odd)) == (
        "https://x.co/a%20b/%C3%B1?q=%3C1%3E&%C3%A9#%20%22"
    )


def test_a_file_of_unknown_kind_or_day_says_so(tmp_path: Path) -> None:
    a = assessment(facts={})
    bare = replace(a.files["f5"], modified=None)
    row = tables(written(tmp_path, internal(replace(a, files={**a.files, "f5": bare}))))[-1][1]
    assert row[1:3] == ["sin clasificar", "sin fecha"]


def test_names_are_text_and_nothing_else(tmp_path: Path) -> None:
    document = written(tmp_path, internal(assessment()))
    names = [r[0] for t in tables(document) for r in t]
    shown = HOSTILE.replace("\x07", "␇").replace("\u202e", "[U+202E]")
    assert any(n.startswith(shown) for n in names)


def test_links_open_what_they_should_and_nothing_else(tmp_path: Path) -> None:
    a = assessment()
    bad = replace(a.files["f1"], url="javascript:alert(1)")
    a = replace(a, files={**a.files, "f1": bad})
    address = annex.addresses([], tmp_path)
    document = written(tmp_path, Annex(a, address))
    assert targets(document) == {a.files[i].url for i in ("f2", "f3", "f4", "f5")}


PLACES = [
    ("/t/Ev", "", "file:///t/Ev/a/b%20c.pdf", "a/b c.pdf", "/t", "Ev/a/b%20c.pdf"),
    ("/t/Ev", "", "file:///viejo/Ev/a/b.pdf", "a/b.pdf", "/t/salida", "../Ev/a/b.pdf"),
    ("/t/E v#1", "", "file:///t/x/n%CC%83.pdf", "ñ.pdf", "/t", "E%20v%231/n%CC%83.pdf"),
    ("/t/Uno", "Uno/", "file:///t/Uno/x.pdf", "Uno/x.pdf", "/t", "Uno/x.pdf"),
    ("/t/Ev", "", "https://docs.google.com/document/d/1/edit", "a.gdoc", "/t",
     "https://docs.google.com/document/d/1/edit"),
]  # fmt: skip


@pytest.mark.parametrize(("root", "prefix", "url", "id_", "folder", "address"), PLACES)
def test_addresses_are_relative_to_the_annex(
    root: str, prefix: str, url: str, id_: str, folder: str, address: str
) -> None:
    found = annex.addresses([(root, prefix)], Path(folder))
    assert found(EvidenceFile(id_, id_, id_, url=url)) == address


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        annex.write(internal(assessment()), tmp_path / name, MOMENT)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as held:
        assert {i.date_time for i in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert held.testzip() is None


def test_headings_stay_with_their_tables_and_rows_stay_whole(tmp_path: Path) -> None:
    document = written(tmp_path, internal(assessment()))
    for style in ("Heading 1", "Heading 2"):
        assert document.styles[style].paragraph_format.keep_with_next
    for table in document.tables:
        head, *rows = table.rows
        assert head._tr.xpath("./w:trPr/w:tblHeader")
        assert all(r._tr.xpath("./w:trPr/w:cantSplit") for r in (head, *rows))
        assert all(p.paragraph_format.keep_with_next for c in head.cells for p in c.paragraphs)
        kept = [all(p.paragraph_format.keep_with_next for c in r.cells for p in c.paragraphs)
                for r in rows]  # fmt: skip
        assert kept == [len(rows) > 1 and n in (0, len(rows) - 2) for n in range(len(rows))]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Ingresos\tPeríodo 2021-2"
    assert "PAGE" in section.footer._element.xml


# As the schema of WordprocessingML orders them; Word calls a document damaged that does not.
ORDER = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl"],
    "rPr": ["rStyle", "rFonts", "b", "i"],
    "tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
    "tblCellMar": ["top", "left", "bottom", "right"],
    "tcPr": ["tcW", "gridSpan", "shd"],
    "tc": ["tcPr", "p"],
    "tbl": ["tblPr", "tblGrid", "tr"],
}


def test_what_we_write_by_hand_has_the_order_of_the_schema(tmp_path: Path) -> None:
    body = written(tmp_path, internal(assessment())).element.body
    found: set[str] = set()
    for element in body.iter():
        name = element.tag.rpartition("}")[2]
        if name in ORDER:
            places = [ORDER[name].index(child.tag.rpartition("}")[2]) for child in element]
            assert places == sorted(places), (name, element.xml)
            found.add(name)
    assert found == set(ORDER)


def test_every_entry_of_the_contents_leads_to_its_heading(tmp_path: Path) -> None:
    document = written(tmp_path, internal(assessment()))
    marks = {
        p._p.xpath("./w:bookmarkStart/@w:name")[0]: p.text
        for p in document.paragraphs
        if p.style.name.startswith("Heading")
    }
    entries = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    led = {p._p.xpath("./w:hyperlink/@w:anchor")[0]: p.text.strip() for p in entries}
    assert led == marks
    fields = "".join(p._p.xml for p in entries)
    assert set(re.findall(r"PAGEREF (\S+)", fields)) == set(marks)
    assert "updateFields" in document.settings.element.xml


def test_a_long_name_is_shortened_in_the_contents_alone(tmp_path: Path) -> None:
    name = "Dictar talleres " + "muy largos " * 30
    document = written(tmp_path, internal(assessment(activities=(Activity("A-1", "Eje", name),))))
    entry = next(p.text for p in document.paragraphs if p.text.startswith("A-1") and "\t" in p.text)
    assert entry.startswith("A-1 · Dictar talleres muy largos")
    assert entry.rstrip().endswith("…")
    assert len(entry) < 170
    assert headings(document, 2)[0] == f"A-1 · {name}"


def test_a_long_plan_lists_only_its_ejes(tmp_path: Path) -> None:
    many = tuple(Activity(f"X-{n}", f"Eje {n % 3}", "Algo") for n in range(500))
    document = written(tmp_path, internal(assessment(activities=many)))
    entries = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    assert len(entries) == 5
    assert len(headings(document, 2)) == 501


def test_nothing_is_missing(tmp_path: Path) -> None:
    a = assessment(activities=(Activity("A-1", "Eje", "Dictar"),), claims=())
    document = written(tmp_path, internal(a))
    assert any(p.text.startswith("Nada: toda actividad") for p in document.paragraphs)


def test_a_target_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    from evidencias.errors import SourceError

    (tmp_path / "anexo.docx").mkdir()
    with pytest.raises(SourceError):
        annex.write(internal(assessment()), tmp_path / "anexo.docx", MOMENT)
    assert [p.name for p in tmp_path.iterdir()] == ["anexo.docx"]


# --- as a reader sees it -----------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="no están LibreOffice y pdftotext",
)
def test_the_contents_give_the_page_of_each_heading(tmp_path: Path) -> None:
    """In LibreOffice, which works the numbers out; and no row of any table is lost."""
    pages = as_pages(tmp_path)
    contents = re.compile(r"^\s*((?:T-\d+ ·|Eje \d|Lo que falta).*?)\.{3,}\s*(\d+)$")
    told = [m.groups() for line in "\n".join(pages[:2]).splitlines() if (m := contents.match(line))]
    assert len(told) == 1 + 3 + 30
    for title, number in told:
        lines = [line.strip() for line in pages[int(number) - 1].splitlines()]
        assert title.strip() in lines, (title, number)
    whole = "\n".join(pages[1:])
    assert all(f"soporte {n:03d}.pdf" in whole for n in range(240))


def as_pages(tmp_path: Path) -> list[str]:
    """The text of each page of an annex of 30 activities with eight files each, and 15 without."""
    activities = tuple(
        Activity(f"T-{n}", f"Eje {n // 10}", f"Hacer la tarea {n}") for n in range(30)
    )
    bare = tuple(Activity(f"Z-{n}", "Eje 2", "Sin nada", reported=False) for n in range(15))
    files = {f"{n:03d}": evidence(f"{n:03d}", name=f"soporte {n:03d}.pdf") for n in range(240)}
    links = tuple(Link(f"T-{int(i) // 8}", i, LinkState.AUTOMATIC, 0.9) for i in files)
    a = assessment(
        activities=activities + bare, files=files, facts={}, proposed=links, claims=(), decisions=()
    )
    annex.write(internal(a), tmp_path / "a.docx", MOMENT)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"],
        check=True, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    return done.stdout.split("\f")


def test_the_words_of_the_cover() -> None:
    assert annex_pieces.text("a\tb\nc") == "a b c"
    assert internal(assessment()).tally().startswith("3 actividades reportadas: 1 soportada")
