"""Word, PowerPoint, Excel and OpenDocument files: zip packages of XML."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evidencias.adapters.documents.limits import CutError, Limits, UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLANK_PARTS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_MAX_CELLS = 400_000
_UNNAMED = re.compile(r"(Hoja|Sheet) ?\d*", re.IGNORECASE)  # names that nobody gave


def check_package(data: bytes, main: str, limits: Limits) -> None:
    """Raises UnreadableError where the package is truncated, lacks `main`, or is a zip bomb."""
    sizes = _sizes(data, main, limits)
    if sum(sizes.values()) > limits.unpacked or sizes[main] > limits.tree:
        raise UnreadableError("al descomprimirlo es demasiado grande para leerlo")


def _sizes(data: bytes, main: str, limits: Limits) -> dict[str, int]:
    """The unpacked size each part declares; `main` is unpacked once to see that it is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
            if sizes[main] <= limits.tree:
                packed.read(main)
            return sizes
    except KeyError as error:
        raise UnreadableError("no contiene un documento; está dañado", damaged=True) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise UnreadableError("está protegido con contraseña") from error
    except Exception as error:  # BadZipFile, zlib.error and what else a broken member raises
        raise UnreadableError("está incompleto o dañado", damaged=True) from error


def word_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """Paragraphs, table rows ("a | b"), text boxes, headers, footers and notes of a .docx."""
    check_package(data, "word/document.xml", limits)
    import docx

    document = docx.Document(io.BytesIO(data))
    yield from _word_blocks(document.element.body)
    seen: set[str] = set()
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in {"header", "footer", "footnotes", "endnotes"}:
            continue
        text = "\n".join(_word_blocks(_root(relation.target_part.blob)))
        if text and text not in seen:
            seen.add(text)
            yield text


def _root(blob: bytes) -> Element:
    from lxml import etree

    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _word_blocks(parent: Element) -> Iterator[str]:
    """The lines below an element, whatever wraps them (content controls, insertions)."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield _word_paragraph(child)
            for box in _boxes(child):
                yield from _word_blocks(box)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield " | ".join(_cell(cell) for cell in row.iterchildren(f"{_W}tc"))
        elif isinstance(child.tag, str) and child.tag != _FALLBACK:
            yield from _word_blocks(child)


def _cell(cell: Element) -> str:
    return " ".join(line for line in _word_blocks(cell) if line.strip())


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph, without the copies kept for old versions."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _word_paragraph(paragraph: Element) -> str:
    parts: list[str] = []
    _runs(paragraph, parts)
    return "".join(parts)


def _runs(parent: Element, parts: list[str]) -> None:
    for child in parent:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BLANK_PARTS:
            parts.append(_BLANK_PARTS[child.tag])
        elif child.tag not in {f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", _FALLBACK}:
            _runs(child, parts)


def sheet_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """Sheet names and rows ("a | b") of an .xlsx, formulas by their kept values."""
    check_package(data, "xl/workbook.xml", limits)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops; we only read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            yield from _book_lines(book)
        finally:
            book.close()


def _book_lines(book: Any) -> Iterator[str]:  # a read-only workbook has no public type
    cells = 0
    for sheet in book.worksheets:
        if not _UNNAMED.fullmatch(sheet.title):
            yield sheet.title
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
            shown = [_shown(value) for value in row]
            while shown and not shown[-1]:
                shown.pop()
            if shown:
                yield " | ".join(shown)
            if cells > _MAX_CELLS:
                raise CutError("es un libro muy grande: solo se leyó el comienzo")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.removesuffix(" 00:00:00").replace("\n", " ")


def slide_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """Text, tables and notes of every slide of a .pptx."""
    check_package(data, "ppt/presentation.xml", limits)
    from pptx import Presentation

    for number, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
        if number > limits.pages:
            raise CutError(f"solo se leyeron las primeras {limits.pages} diapositivas")
        yield from _shapes(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield slide.notes_slide.notes_text_frame.text


def _shapes(shapes: Any) -> Iterator[str]:  # python-pptx has no common type for these
    for shape in shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield " | ".join(cell.text for cell in row.cells)
        elif hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)


def open_document_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """Paragraphs and table rows of an .odt, .ods or .odp."""
    check_package(data, "content.xml", limits)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield from _open_blocks(_root(packed.read("content.xml")))


def _open_blocks(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_TABLE_NS}table-row":
            cells = ["".join(cell.itertext()).strip() for cell in child]
            yield " | ".join(cells).strip(" |")
        elif child.tag in {f"{_TEXT_NS}p", f"{_TEXT_NS}h"}:
            yield "".join(child.itertext())
        elif isinstance(child.tag, str):
            yield from _open_blocks(child)
