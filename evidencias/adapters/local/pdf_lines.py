"""The lines of a PDF with their place, size and weight, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidencias.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_MAX_PAGES = 400
_CELL_GAP = 1.8  # in letter heights: a wider gap than this separates two cells of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths in points from the page's lower left corner.

    `margin` is the right edge of the text on its page, `cells` are set when wide gaps split the
    line like a table row.
    """

    text: str
    page: int
    y: float
    left: float
    right: float
    size: float
    bold: bool = False
    cells: tuple[str, ...] = ()
    margin: float = 0.0
    indented: bool = False


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def read_lines(name: str, data: bytes) -> list[list[Line]]:
    """The lines of each page, in reading order. Raises InputError in Spanish."""
    document = _opened(name, data)
    try:
        pages = [_page_lines(document[i], i + 1) for i in range(min(len(document), _MAX_PAGES))]
    finally:
        document.close()
    if not any(line.text.strip() for page in pages for line in page):
        raise InputError(
            f"«{name}» no tiene texto: parece escaneado.",
            "Use el archivo de Word del que salió, o un PDF con texto reconocido (OCR).",
        )
    return pages


def _opened(name: str, data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as failed:
        if "password" in str(failed).lower():
            raise InputError(
                f"«{name}» está protegido con contraseña.",
                "Guárdelo sin contraseña y ejecute de nuevo.",
            ) from failed
        raise InputError(
            f"«{name}» está dañado o no es un PDF.",
            "Ábralo y expórtelo de nuevo como PDF, o use el archivo de Word.",
        ) from failed


def _page_lines(page: PdfPage, number: int) -> list[Line]:
    text = page.get_textpage()
    try:
        rows = [_line(glyphs, number) for glyphs in _rows(text)]
    finally:
        text.close()
        page.close()
    return _with_margins([row for row in rows if row.text])


def _rows(text: PdfTextPage) -> Iterator[list[_Glyph]]:
    """Glyphs cut where PDFium breaks the line or the text jumps to another height."""
    row: list[_Glyph] = []
    for glyph in _glyphs(text):
        if row and (glyph.char in "\r\n" or _elsewhere(row[-1], glyph)):
            yield row
            row = []
        if glyph.char not in "\r\n":
            row.append(glyph)
    if row:
        yield row


def _elsewhere(last: _Glyph, glyph: _Glyph) -> bool:
    if not glyph.char.strip() or not last.char.strip():
        return False
    return abs(glyph.bottom - last.bottom) > 2.5 * max(last.size, glyph.size, 4.0)


def _glyphs(text: PdfTextPage) -> Iterator[_Glyph]:
    import pypdfium2.raw as pdfium

    weights: dict[int, bool] = {}
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index) or 32)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, origin_x, origin_y)
        size = pdfium.FPDFText_GetFontSize(text, index)
        weights[index] = pdfium.FPDFText_GetFontWeight(text, index) >= 600
        bold = weights[index] or _named_bold(text, index)
        yield _Glyph(char, left.value, right.value, origin_y.value, size, bold)


def _named_bold(text: PdfTextPage, index: int) -> bool:
    import pypdfium2.raw as pdfium

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value.lower()
    return b"bold" in name or b"black" in name or b"negrita" in name


def _line(glyphs: list[_Glyph], page: int) -> Line:
    inked = [g for g in glyphs if g.char.strip() and g.right > g.left]
    text = " ".join("".join(g.char for g in glyphs).split())
    if not inked:
        return Line("", page, 0, 0, 0, 0)
    heavy = sum(g.bold for g in inked) > 0.8 * len(inked)
    return Line(
        text,
        page,
        inked[0].bottom,
        min(g.left for g in inked),
        max(g.right for g in inked),
        max(g.size for g in inked),
        heavy,
        _cells(glyphs),
    )


def _cells(glyphs: list[_Glyph]) -> tuple[str, ...]:
    """The parts of a line that wide gaps separate; () when there is but one."""
    parts, last = [""], None
    for glyph in glyphs:
        if glyph.char.strip() and glyph.right > glyph.left:
            if last and glyph.left - last.right > _CELL_GAP * max(glyph.size, 6.0):
                parts.append("")
            last = glyph
        parts[-1] += glyph.char
    cells = tuple(" ".join(part.split()) for part in parts)
    return cells if len(cells) > 1 else ()


def _with_margins(lines: list[Line]) -> list[Line]:
    """Each line with its column's right edge and whether it is indented in it."""
    placed = []
    for line in lines:
        column = [o for o in lines if abs(o.left - line.left) < 40 and len(o.text) > 30]
        margin = max((o.right for o in column), default=line.right)
        edge = min((o.left for o in column), default=line.left)
        indented = line.left - edge > 8
        placed.append(replace(line, margin=margin, indented=indented))
    return placed
