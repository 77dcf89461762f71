"""The annex as the XML of a Word document, piece by piece, so that its size never fills memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from evidencias.domain.register.words import visible
from evidencias.domain.spanish import day_words
from evidencias.outputs.annex_view import Annex, Heading, Line, Missing

TITLE = "EVIDENCIAS DE LAS ACTIVIDADES"
MISSING_TITLE = "Lo que falta"
TOC_TITLE = "Contenido"
_LONG_TOC = 400  # beyond so many activities the table of contents lists ejes only
_FILE_WIDTHS = (4300, 1500, 1260, 2300)
_MISSING_WIDTHS = (1700, 4160, 1400, 2100)
_GREY = "D9D9D9"


class Links:
    """The addresses a document opens, each with the id of its relationship."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def id(self, href: str) -> str:
        """The id of an address, given once."""
        return self.ids.setdefault(href, f"enlace{len(self.ids) + 1}")


class Marks:
    """Bookmarks numbered in the order of the document, found again by what they mark."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def name(self, key: str) -> str:
        """The bookmark of a heading."""
        return self.names.setdefault(key, f"_Toc{len(self.names) + 1:08d}")


def body(annex: Annex, links: Links) -> Iterator[str]:
    """The document's content in order: cover, contents, what is missing, each eje."""
    marks = Marks()
    yield from _cover(annex)
    yield from _contents(annex, marks)
    yield from _missing(annex, marks)
    for title, headings in annex.headings():
        yield _heading(1, title, marks.name(f"eje {title}"))
        for heading in headings:
            yield from _activity(annex, heading, links, marks)


# --- small pieces ------------------------------------------------------------------------------


def text(value: str) -> str:
    """Text as text: nothing in it is markup, control characters are seen, blanks are kept."""
    return escape(" ".join(visible(value).split("\n")).replace("\t", " "), quote=True)


def _run(value: str, properties: str = "") -> str:
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{text(value)}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    held = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{held}{content}</w:p>"


def _field(instruction: str, result: str = "") -> str:
    """A field with the result that is shown until a program works it out."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _heading(level: int, title: str, mark: str) -> str:
    number = int(mark.removeprefix("_Toc"))
    return paragraph(
        f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{_run(title)}'
        f'<w:bookmarkEnd w:id="{number}"/>',
        f"Heading{level}",
    )


def _inner_link(mark: str, content: str) -> str:
    return f'<w:hyperlink w:anchor="{mark}" w:history="1">{content}</w:hyperlink>'


# --- cover and contents ------------------------------------------------------------------------


def _cover(annex: Annex) -> Iterator[str]:
    a = annex.a
    yield paragraph(_run(TITLE), "Title")
    facts = [("Política pública", a.policy), ("Período", a.period.label)]
    facts += [("Responsable", a.responsible)] if a.responsible else []
    facts += [("Cuentan los archivos hasta el", day_words(a.period.cutoff))]
    facts += [("Sincronizado el", annex.synchronised)] if annex.synchronised else []
    for name, value in facts:
        yield paragraph(_run(f"{name}: ", "<w:b/>") + _run(value), "Datos")
    yield paragraph(_run(annex.tally()))
    for line in (_unread(annex), annex.left_out(), annex.belongs):
        if line:
            yield paragraph(_run(line))
    yield paragraph(_run(_READING))


_READING = (
    "Cada archivo se abre desde su nombre. «Automático, sin revisar»: lo vinculó la herramienta y "
    "ninguna persona lo ha mirado. «No cuenta»: está vinculado, pero no prueba la actividad, y se "
    "dice por qué. La fecha es la más antigua entre la de creación y la de modificación."
)


def _unread(annex: Annex) -> str:
    coverage = annex.a.coverage
    if coverage.complete:
        return ""
    return (
        f"Lectura incompleta: no se pudo leer {', '.join(coverage.unread)}. Lo que no está "
        "soportado queda «no verificable»."
    )


def _contents(annex: Annex, marks: Marks) -> Iterator[str]:
    """A table of contents that Word and LibreOffice number themselves.

    Only a program that lays out pages knows their numbers: each entry holds a PAGEREF field that
    they work out, and until then no number rather than a wrong one.
    """
    sections = list(annex.headings())
    deep = sum(len(headings) for _, headings in sections) <= _LONG_TOC
    entries = [(1, MISSING_TITLE, marks.name("falta"))]
    for title, headings in sections:
        entries.append((1, title, marks.name(f"eje {title}")))
        marked = [(2, h.title, marks.name(f"actividad {h.code}")) for h in headings]
        entries += marked if deep else []
    yield paragraph(_run(TOC_TITLE), "TituloContenido")
    for level, title, mark in entries:
        page = _field(f"PAGEREF {mark} \\h")
        inside = f"{_run(title)}<w:r><w:tab/></w:r>{page}"
        yield paragraph(_inner_link(mark, inside), f"TOC{level}")


# --- tables ------------------------------------------------------------------------------------


def _cell(width: int, content: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'


def _table_start(widths: Sequence[int], titles: Sequence[str]) -> str:
    """A table's beginning with a header row that every page repeats and none leaves alone."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    cells = "".join(
        _cell(w, paragraph(_run(t, "<w:b/>"), "Celda", "<w:keepNext/>"), _GREY)
        for w, t in zip(widths, titles, strict=True)
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    )


def _row(widths: Sequence[int], cells: Sequence[str]) -> str:
    held = "".join(_cell(w, c) for w, c in zip(widths, cells, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{held}</w:tr>"


_TABLE_END = "</w:tbl>" + paragraph("", "Separador")


def _plain(value: str) -> str:
    return paragraph(_run(value), "Celda")


def _missing(annex: Annex, marks: Marks) -> Iterator[str]:
    yield _heading(1, MISSING_TITLE, marks.name("falta"))
    rows = annex.missing()
    if not rows:
        yield paragraph(_run("Nada: toda actividad reportada tiene evidencia suficiente."))
        return
    yield _table_start(_MISSING_WIDTHS, ("Código", "Actividad", "Estado", "Qué falta"))
    known = {f"actividad {h.code}" for _, headings in annex.headings() for h in headings}
    for row in rows:
        yield _row(_MISSING_WIDTHS, _missing_cells(row, known, marks))
    yield _TABLE_END


def _missing_cells(row: Missing, known: set[str], marks: Marks) -> list[str]:
    key = f"actividad {row.code}"
    code = _run(row.code)
    linked = _inner_link(marks.name(key), code) if key in known else code
    return [paragraph(linked, "Celda"), *map(_plain, (row.name, row.state, row.lacks))]


def _activity(annex: Annex, heading: Heading, links: Links, marks: Marks) -> Iterator[str]:
    yield _heading(2, heading.title, marks.name(f"actividad {heading.code}"))
    lines, hidden = annex.lines(heading.code), annex.withheld(heading.code)
    keep = "<w:keepNext/>" if lines else ""
    activity = annex.activities.get(heading.code)
    if activity:
        yield paragraph(_run(annex.state(activity)), "Estado", "<w:keepNext/>")
    if hidden:
        files = "1 archivo" if hidden == 1 else f"{hidden} archivos"
        yield paragraph(_run(f"Se omiten aquí {files}."), "Estado", keep)
    if lines:
        yield _table_start(_FILE_WIDTHS, ("Archivo", "Tipo", "Fecha", "Revisión"))
        yield from (_row(_FILE_WIDTHS, _file_cells(line, links)) for line in lines)
        yield _TABLE_END
    elif not hidden:
        yield paragraph(_run("No se encontró ningún archivo en la carpeta de evidencias."))


def _file_cells(line: Line, links: Links) -> list[str]:
    name = _run(line.name, '<w:rStyle w:val="Hyperlink"/>' if line.href else "")
    if line.href:
        name = f'<w:hyperlink r:id="{links.id(line.href)}" w:history="1">{name}</w:hyperlink>'
    folder = paragraph(_run(line.folder), "Carpeta") if line.folder else ""
    review = _plain(line.review)
    if line.why_not:
        review += paragraph(_run("No cuenta: ", "<w:b/>") + _run(line.why_not), "Celda")
    return [paragraph(name, "Celda") + folder, _plain(line.kind), _plain(line.day), review]
