"""One report as Word, PDF and Markdown reads the same; what cannot be read says so."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from evidencias.adapters.local.report import LocalReport
from evidencias.adapters.local.report.markdown import plain, read_markdown
from evidencias.domain.claims import read_claims
from evidencias.domain.figures import read_figures
from evidencias.domain.model import Activity, Block, Report
from evidencias.domain.report import read_report
from evidencias.errors import InputError

SHARED = Path(__file__).parents[3] / "shared"
OWN = """# FORMATO INFORME GESTIÓN POLÍTICAS PÚBLICAS 2022-1

| POLÍTICA PÚBLICA | Bienestar animal y convivencia responsable con la fauna de las veredas altas |
|---|---|
| RESPONSABLE | Secretaría de Salud |
| FECHA INFORME | Primer semestre 2022 |

## ACTIVIDADES REALIZADAS

En el semestre se hicieron **doce** jornadas de esterilización en las veredas, con apoyo de las
juntas y de la personería, y se atendieron 340 perros y gatos. La línea de adopción reportó siete
acciones. Los propietarios conocieron la ruta de denuncia y las familias recibieron orientación.

El albergue se mantuvo abierto todos los días.

## LOGROS OBTENIDOS

La política alcanza un cumplimiento cuantitativo del 72,5 % frente al 100 % de las 20 actividades
programadas, y el impacto cualitativo se estima en 46 %.

## EVIDENCIAS DE LAS ACTIVIDADES

Reposan en la carpeta compartida, una a una.
"""


def as_docx(blocks: tuple[Block, ...], path: Path) -> Path:
    import docx

    document = docx.Document()
    table = None
    for block in blocks:
        if block.cells:
            table = table or document.add_table(0, len(block.cells))
            for cell, text in zip(table.add_row().cells, block.cells, strict=True):
                cell.text = text
            continue
        table = None
        if block.style == "heading":
            document.add_heading(block.text, min(block.level, 6))
        else:
            document.add_paragraph(block.text)
    document.save(str(path))
    return path


def as_pdf(blocks: tuple[Block, ...], path: Path) -> Path:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    body = ParagraphStyle("cuerpo", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=8,
                          alignment=TA_JUSTIFY)  # fmt: skip
    story: list[Flowable] = []
    for block in blocks:
        if block.cells:
            story.append(Table([[Paragraph(c, body) for c in block.cells]], colWidths=[150, 300]))
        elif block.style == "heading":
            story.append(Paragraph(block.text, styles["Heading2"]))
        else:
            story.append(Paragraph(block.text, body))
    SimpleDocTemplate(str(path), pagesize=(595, 420)).build(story)
    return path


def content(report: Report) -> object:
    return report.header, [(s.title, s.paragraphs) for s in report.sections]


def padded(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Rows as wide as the widest, as a Word table needs."""
    width = max((len(b.cells) for b in blocks), default=0)
    return tuple(
        Block(b.text, b.style, b.level, None, (*b.cells, *[""] * (width - len(b.cells))))
        if b.cells
        else b
        for b in blocks
        if b.text
    )


def same_in_three(markdown: Path, folder: Path) -> Report:
    blocks = padded(LocalReport(markdown).read())
    told = read_report(LocalReport(markdown).read())
    for path in (as_docx(blocks, folder / "i.docx"), as_pdf(blocks, folder / "i.pdf")):
        other = read_report(LocalReport(path).read())
        assert content(other) == content(told), path.suffix
        assert told_by(other) == told_by(told), path.suffix
    return told


PLAN = (
    Activity("F-1", "Fauna", "Esterilizar perros y gatos", indicator="Jornadas", achieved=12),
    Activity("F-2", "Fauna", "Promover la adopción responsable", indicator="Acciones", achieved=7),
    Activity("F-3", "Fauna", "Divulgar la ruta de denuncia del maltrato", indicator="Piezas"),
    Activity("F-4", "Fauna", "Sostener el albergue municipal", indicator="Albergue", achieved=1),
)


def told_by(report: Report) -> object:
    """Its claims and figures beside a plan, as the audit reads them; only a PDF knows pages."""
    claims = read_claims(report, PLAN)
    figures = read_figures(report, PLAN, claims)
    assert claims
    assert figures
    return (
        [(c.id, c.text, c.where.section, c.where.paragraph, c.activity, c.kind) for c in claims],
        [(f.text, f.where.section, f.where.paragraph, f.scope, f.claimed) for f in figures],
    )


def test_word_pdf_and_markdown_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "informe.md"
    path.write_text(OWN, encoding="utf-8")
    report = same_in_three(path, tmp_path)
    assert report.header.policy.endswith("las veredas altas")
    assert [len(s.paragraphs) for s in report.sections] == [2, 1, 1]
    assert [f.claimed for f in read_figures(report, ())] == [7, 72.5, 20, 46]


@pytest.mark.skipif(not SHARED.is_dir(), reason="sin ../shared: no hay informe real que leer")
def test_the_real_report_reads_the_same_from_word_and_pdf(tmp_path: Path) -> None:
    report = same_in_three(SHARED / "mission" / "informe-2021-2.md", tmp_path)
    assert sorted(f.claimed for f in read_figures(report, ())) == [13, 20, 46, 83]


@pytest.mark.skipif(not SHARED.is_dir(), reason="sin ../shared: no hay corpus que leer")
@pytest.mark.parametrize(
    "corpus", ["ingresos-2021-2", "infancia-2022-1", "cultura-2023-2", "juventud-salud-2021-1"]
)
def test_the_corpora_read_the_same_from_word_and_markdown(corpus: str) -> None:
    folder = SHARED / "corpus" / corpus
    read = [read_report(LocalReport(folder / f"informe.{s}").read()) for s in ("docx", "md")]
    assert content(read[0]) == content(read[1])


def test_pages_are_known_in_a_pdf(tmp_path: Path) -> None:
    blocks = (Block("LOGROS OBTENIDOS", "heading", 2), *[Block("Se firmó una alianza. " * 40)] * 4)
    report = read_report(LocalReport(as_pdf(blocks, tmp_path / "largo.pdf")).read())
    assert report.sections[0].pages[0] == 1
    assert max(p or 0 for p in report.sections[0].pages) > 1


def test_a_pdf_keeps_labels_and_list_items_apart(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    lines = (
        "Nombre de la política: Juventud", "Dependencia responsable: Secretaría de Gobierno",
        "Período reportado: julio a diciembre de 2023", "Logros:", "• Se atendieron 120 jóvenes",
        "• Se dictaron ocho talleres en las veredas del municipio con sus familias y vecinos",
    )  # fmt: skip
    canvas = Canvas(str(tmp_path / "informe.pdf"))
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    blocks = LocalReport(tmp_path / "informe.pdf").read()
    assert [b.text for b in blocks] == [line.removeprefix("• ") for line in lines]


def test_word_keeps_what_lies_in_boxes_insertions_and_controls(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    document.add_heading("LOGROS OBTENIDOS", 1)
    for inner in (
        "<w:ins w:id='1' w:author='x'><w:r><w:t>Insertado por revisión.</w:t></w:r></w:ins>",
        "<w:del w:id='2' w:author='x'><w:r><w:delText>Borrado.</w:delText></w:r></w:del>"
        "<w:r><w:t>Queda.</w:t></w:r>",
    ):
        document.element.body.append(parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>En un control.</w:t></w:r></w:p>"
    document.element.body.append(parse_xml(f"{control}</w:sdtContent></w:sdt>"))
    document.save(str(tmp_path / "i.docx"))
    (section,) = read_report(LocalReport(tmp_path / "i.docx").read()).sections
    assert section.paragraphs == ("Insertado por revisión.", "Queda.", "En un control.")


INLINE = [
    ("**Se hizo** _todo_ lo `dicho`", "Se hizo todo lo dicho"),
    ("[la carpeta](https://x.test/a_b) y snake_case_name", "la carpeta y snake_case_name"),
    (r"1\. el 5 \* 3 &amp; más", "1. el 5 * 3 & más"),
    ("uno<br>dos", "uno dos"),
]


@pytest.mark.parametrize(("marked", "shown"), INLINE)
def test_inline_markdown_is_what_a_reader_sees(marked: str, shown: str) -> None:
    # A code span's backticks are kept: reports have none, and nothing else is lost.
    assert plain(marked).replace("`", "") == shown


def test_markdown_in_windows_letters_is_read() -> None:
    (block,) = read_markdown("i.md", "Se realizó la reunión en Sopó.".encode("cp1252"))
    assert block.text == "Se realizó la reunión en Sopó."


def test_underlined_titles_and_list_items_are_blocks() -> None:
    blocks = read_markdown("i.md", b"LOGROS\n======\n- uno\n- dos\n  sigue\n")
    assert [(b.style, b.text) for b in blocks] == [
        ("heading", "LOGROS"),
        ("paragraph", "uno"),
        ("paragraph", "dos sigue"),
    ]


def test_a_head_of_lines_in_small_letters_is_not_one_paragraph() -> None:
    head = "**Política pública:** Agua\n**Responsable:** Planeación\nPeriodo: 2023-1\n"
    blocks = read_markdown("i.md", head.encode())
    assert [b.text for b in blocks] == [
        "Política pública: Agua",
        "Responsable: Planeación",
        "Periodo: 2023-1",
    ]


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secreta"))
    canvas.drawString(100, 100, "Hola")
    canvas.save()
    return out.getvalue()


def blank_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.save()
    return out.getvalue()


UNREADABLE = [
    ("informe.docx", b"no es un documento", "dañado"),
    ("informe.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "contraseña"),
    ("informe.docx", b"", "dañado"),
    ("informe.pdf", b"%PDF-1.4 roto", "dañado"),
    ("informe.md", b"", "no tiene texto"),
    ("informe.odt", b"x", "No sé leer"),
]


@pytest.mark.parametrize(("name", "data", "cause"), UNREADABLE)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=cause) as told:
        LocalReport(path).read()
    assert re.search(name, told.value.message)
    assert told.value.hint


@pytest.mark.parametrize(("make", "cause"), [(locked_pdf, "contraseña"), (blank_pdf, "escaneado")])
def test_locked_and_scanned_pdfs_say_so(tmp_path: Path, make: object, cause: str) -> None:
    assert callable(make)
    path = tmp_path / "informe.pdf"
    path.write_bytes(make())
    with pytest.raises(InputError, match=cause):
        LocalReport(path).read()


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No encuentro"):
        LocalReport(tmp_path / "no.docx").read()
    with pytest.raises(InputError, match="carpeta"):
        LocalReport(as_folder(tmp_path / "c.md")).read()


def as_folder(path: Path) -> Path:
    path.mkdir()
    return path
