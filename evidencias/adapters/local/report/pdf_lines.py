"""The lines of a PDF with their place, size and weight, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from evidencias.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_MAX_PAGES = 400
_CELL_GAP = 1.8  # in letter heights: a wider gap than this separates two cells of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths in points from the page's lower left corner.

    `margin` is the right edge of its column, `indented` whether it starts to the right of it.
    `cells` are set when wide gaps split the line like a table row; `cell_left` is where the last
    of them starts.
    """

    text: str
    page: int
    y: float
    left: float
    right: float
    size: float
    bold: bool = False
    cells: tuple[str, ...] = ()
    cell_left: float = 0.0
    margin: float = 0.0
    indented: bool = False

    @property
    def letter(self) -> float:
        """The mean width of a character of this line."""
        return (self.right - self.left) / max(1, len(self.text))


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
    cells, cell_left = _cells(glyphs)
    return Line(
        text,
        page,
        inked[0].bottom,
        min(g.left for g in inked),
        max(g.right for g in inked),
        max(g.size for g in inked),
        sum(g.bold for g in inked) > 0.8 * len(inked),
        cells,
        cell_left,
    )


def _cells(glyphs: list[_Glyph]) -> tuple[tuple[str, ...], float]:
    """The parts of a line that wide gaps separate, and where the last one starts.

    A justified line also has wide gaps, but all of them: those of a row stand out.
    """
    gaps = _gaps(glyphs)
    usual = median(gap for _, gap in gaps) if len(gaps) > 2 else 0.0
    wide = [i for i, gap in gaps if gap > max(_CELL_GAP * max(glyphs[i].size, 6.0), 2.5 * usual)]
    if not wide:
        return (), 0.0
    edges = [0, *wide, len(glyphs)]
    parts = ("".join(g.char for g in glyphs[a:b]) for a, b in pairwise(edges))
    return tuple(" ".join(part.split()) for part in parts), glyphs[wide[-1]].left


def _gaps(glyphs: list[_Glyph]) -> list[tuple[int, float]]:
    """(index of the glyph after it, width) of every gap between words."""
    inked = [i for i, g in enumerate(glyphs) if g.char.strip() and g.right > g.left]
    return [
        (after, glyphs[after].left - glyphs[before].right)
        for before, after in pairwise(inked)
        if after > before + 1
        or glyphs[after].left - glyphs[before].right > _CELL_GAP * max(glyphs[after].size, 6.0)
    ]


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
