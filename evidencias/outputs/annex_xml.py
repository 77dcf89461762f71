"""The annex as the XML of a Word document, piece by piece, so that its size never fills memory."""

from __future__ import annotations

from collections.abc import Iterator

from evidencias.domain.spanish import day_words
from evidencias.outputs import annex_words
from evidencias.outputs.annex_pieces import (
    KEEP,
    NEW_PAGE,
    Links,
    Marks,
    cell,
    field,
    heading,
    inner_link,
    outer_link,
    paragraph,
    run,
    table,
)
from evidencias.outputs.annex_rows import Heading, Line, Missing
from evidencias.outputs.annex_view import Annex

TITLE = "EVIDENCIAS DE LAS ACTIVIDADES"
MISSING_TITLE = "Lo que falta"
TOC_TITLE = "Contenido"
_LONG_TOC = 400  # beyond so many activities the table of contents lists ejes only
_LONG_TITLE = 160
_FILE_WIDTHS = (4300, 1500, 1260, 2300)
_MISSING_WIDTHS = (1700, 3560, 1500, 2600)


def body(annex: Annex, links: Links) -> Iterator[str]:
    """The document's content in order: cover, contents, what is missing, each eje."""
    marks = Marks()
    yield from _cover(annex)
    yield from _contents(annex, marks)
    yield from _missing(annex, marks)
    for title, headings in annex.headings():
        yield heading(1, title, marks.name(f"eje {title}"))
        for one in headings:
            yield from _activity(annex, one, links, marks)


# --- cover and contents ------------------------------------------------------------------------


def _cover(annex: Annex) -> Iterator[str]:
    a = annex.a
    yield paragraph(run(TITLE), "Title")
    facts = [("Política pública", a.policy), ("Período", a.period.label)]
    facts += [("Responsable", a.responsible)] if a.responsible else []
    facts += [("Cuentan los archivos hasta el", day_words(a.period.cutoff))]
    facts += [("Sincronizado el", annex.synchronised)] if annex.synchronised else []
    for name, value in facts:
        yield paragraph(run(f"{name}: ", "<w:b/>") + run(value), "Datos")
    yield paragraph(run(annex.tally()))
    for line in (annex.unread(), annex.left_out(), annex.belongs):
        if line:
            yield paragraph(run(line))
    yield paragraph(run(_PUBLIC_READING if annex.public else _READING))


_WORDS = (
    "«Automático, sin revisar»: lo vinculó la herramienta y ninguna persona lo ha mirado. «No "
    "cuenta»: está vinculado, pero no prueba la actividad, y se dice por qué. La fecha es la más "
    "antigua entre la de creación y la de modificación."
)
_READING = (
    f"Cada archivo se abre desde su nombre. {_WORDS} Las sugerencias se deciden en la pestaña "
    "«Revisión» del registro."
)
_PUBLIC_READING = f"Los archivos públicos se abren desde su nombre. {_WORDS}"


def _contents(annex: Annex, marks: Marks) -> Iterator[str]:
    """A table of contents that Word and LibreOffice number themselves.

    Only a program that lays out pages knows their numbers: each entry holds a PAGEREF field that
    they work out, and until then no number rather than a wrong one.
    """
    sections = list(annex.headings())
    deep = sum(len(headings) for _, headings in sections) <= _LONG_TOC
    yield paragraph(run(TOC_TITLE), "TituloContenido")
    yield _entry(1, MISSING_TITLE, marks.name("falta"))
    for title, headings in sections:
        yield _entry(1, title, marks.name(f"eje {title}"), KEEP if deep else "")
        for one in headings:
            mark = marks.name(_key(one.code))
            if deep:
                yield _entry(2, one.title, mark)


def _key(code: str) -> str:
    return f"actividad {code}"


def _entry(level: int, title: str, mark: str, properties: str = "") -> str:
    page = field(f"PAGEREF {mark} \\h")
    inside = f"{run(_brief(title))}<w:r><w:tab/></w:r>{page}"
    return paragraph(inner_link(mark, inside), f"TOC{level}", properties)


def _brief(title: str) -> str:
    """A title as the contents show it: a long one by its beginning."""
    if len(title) <= _LONG_TITLE:
        return title
    return f"{title[:_LONG_TITLE].rsplit(' ', 1)[0]}…"


# --- what is missing, and each activity --------------------------------------------------------


def _missing(annex: Annex, marks: Marks) -> Iterator[str]:
    yield heading(1, MISSING_TITLE, marks.name("falta"), NEW_PAGE)
    rows = annex.missing()
    if not rows:
        yield paragraph(run("Nada: toda actividad reportada tiene evidencia suficiente."))
        return
    known = {h.code for _, headings in annex.headings() for h in headings}
    cells = [_missing_cells(row, known, marks) for row in rows]
    yield from table(_MISSING_WIDTHS, ("Código", "Actividad", "Estado", "Qué falta"), cells)


def _missing_cells(row: Missing, known: set[str], marks: Marks) -> list[str]:
    code = run(row.code)
    if row.code in known:
        code = inner_link(marks.name(_key(row.code)), code)
    return [paragraph(code, "Celda"), *map(cell, (row.name, row.state, row.lacks))]


def _activity(annex: Annex, one: Heading, links: Links, marks: Marks) -> Iterator[str]:
    yield heading(2, one.title, marks.name(_key(one.code)))
    lines = annex.lines(one.code)
    hidden = annex_words.withheld(annex.withheld(one.code))
    activity = annex.activities.get(one.code)
    if activity:
        yield paragraph(run(annex.state(activity)), "Estado", KEEP)
    if hidden:
        yield paragraph(run(hidden), "Estado", KEEP if lines else "")
    if lines:
        cells = [_file_cells(line, links) for line in lines]
        yield from table(_FILE_WIDTHS, ("Archivo", "Tipo", "Fecha", "Revisión"), cells)
    elif not hidden:
        yield paragraph(run(annex.nothing(one.code)))


def _file_cells(line: Line, links: Links) -> list[str]:
    name = outer_link(links.id(line.href), line.name) if line.href else run(line.name)
    folder = paragraph(run(line.folder), "Carpeta") if line.folder else ""
    review = cell(line.review)
    if line.why_not:
        review += paragraph(run("No cuenta: ", "<w:b/>") + run(line.why_not), "Celda")
    return [paragraph(name, "Celda") + folder, cell(line.kind), cell(line.day), review]
