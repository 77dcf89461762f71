"""The empty Word document that the annex fills: styles, page, header, page numbers, properties."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word

MARK = "<w:p><w:r><w:t>AQUÍ EL CONTENIDO</w:t></w:r></w:p>"
_FONT = "Arial"


def shell(title: str, left: str, right: str, moment: datetime) -> Word:
    """An empty document with styles, header, page numbers and properties, and a mark for the body.

    `left` and `right` are what the header says; `moment` is the date its properties carry.
    """
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    _drop_thumbnail(document)
    _properties(document, title, left, moment)
    _page(document)
    _styles(document)
    _margins(document, left, right)
    _settings(document)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mark = parse_xml(MARK.replace("<w:p>", f'<w:p xmlns:w="{namespace}">', 1))
    document.element.body.insert(0, mark)
    return document


def _drop_thumbnail(document: Word) -> None:
    """The picture of another document that python-docx's template carries."""
    rels = document.part.package.rels
    for key in [k for k, r in rels.items() if r.reltype.endswith("/thumbnail")]:
        del rels[key]


def _properties(document: Word, title: str, subject: str, moment: datetime) -> None:
    about = document.core_properties
    about.title, about.subject, about.language = title, subject, "es-CO"
    about.author, about.last_modified_by, about.comments = "evidencias", "evidencias", ""
    about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)
    about.revision = 1


def _page(document: Word) -> None:
    from docx.shared import Cm, Inches

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)  # carta
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Cm(2.3)


def _styles(document: Word) -> None:
    from docx.shared import Pt

    base = _style(document, "Normal", 10.5, after=6)
    _language(base)
    _style(document, "Title", 18, bold=True, after=12)
    _style(document, "Heading 1", 14, bold=True, before=18, after=6, keep=True)
    _style(document, "Heading 2", 11, bold=True, before=12, after=3, keep=True)
    _style(document, "TituloContenido", 14, bold=True, before=12, after=6, keep=True)
    _style(document, "Datos", 10.5, after=2)
    _style(document, "Estado", 10, after=4)
    _style(document, "Celda", 9, after=0)
    _style(document, "Carpeta", 8, after=0).font.italic = True
    separator = _style(document, "Separador", 4, after=0)
    separator.paragraph_format.line_spacing = Pt(4)
    for level, indent in ((1, 0.0), (2, 0.6)):
        _contents_style(document, level, indent)
    _hyperlink_style(document)


def _style(
    document: Word,
    name: str,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Any:
    """A paragraph style in black, of one font, that keeps its lines together."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    known = name in [s.name for s in document.styles]
    style: Any = (
        document.styles[name]
        if known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, name.startswith("toc"))
    )
    _font(style, _FONT)
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    held = style.paragraph_format
    held.space_before, held.space_after = Pt(before), Pt(after)
    held.keep_with_next, held.keep_together = keep, True
    held.widow_control, held.line_spacing = True, 1.0
    return style


def _font(style: Any, name: str) -> None:
    """One font for every script, without the theme's, which would win."""
    from docx.oxml.ns import qn

    style.font.name = name
    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    fonts.set(qn("w:cs"), name)


def _language(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement("w:lang")
    told.set(qn("w:val"), "es-CO")
    style.element.get_or_add_rPr().append(told)


def _contents_style(document: Word, level: int, indent: float) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm, Inches

    style = _style(document, f"toc {level}", 10, bold=level == 1, before=4 if level == 1 else 0)
    style.element.styleId = f"TOC{level}"
    held = style.paragraph_format
    held.left_indent, held.right_indent = Cm(indent), Cm(1)
    held.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _hyperlink_style(document: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.underline = True  # told by its line, not only by its colour
    style.font.color.rgb = RGBColor(0x0B, 0x2F, 0x6B)


def _margins(document: Word, left: str, right: str) -> None:
    """Policy and semester above, "Página 3 de 12" below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Inches

    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line in (header, footer):
        line.style = _style(document, "Margen", 8.5)
        line.paragraph_format.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT)
    header.add_run(f"{left}\t{right}")
    footer.add_run("\tPágina ")
    _add_field(footer, "PAGE")
    footer.add_run(" de ")
    _add_field(footer, "NUMPAGES")


def _add_field(line: Any, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    line._p.append(field)


_AFTER_UPDATE = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")


def _settings(document: Word) -> None:
    """Asks Word to number the contents when it opens the document.

    The compatibility mode stays the template's (14): with 15, LibreOffice numbers no PAGEREF.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    later = [e for e in settings if e.tag in {qn(f"w:{name}") for name in _AFTER_UPDATE}]
    if later:  # the schema fixes the order, and Word refuses a document that breaks it
        later[0].addprevious(update)
    else:
        settings.append(update)
    for zoom in settings.xpath("./w:zoom"):
        zoom.set(qn("w:percent"), "100")  # the schema asks for it; python-docx's template lacks it
