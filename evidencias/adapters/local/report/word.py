"""Word documents → blocks: paragraphs and tables in the order they stand, with their pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencias.domain.model import Block
from evidencias.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OLE = b"\xd0\xcf\x11\xe0"
_BOLD_LEVEL = 7
# What is no text of the reader's: deletions, the older copy of a drawing, text boxes (read apart).
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}txbxContent", f"{_W}pPr"}
_STAND_INS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a .docx; pages are known when Word left its page breaks in it."""
    document = _opened(name, data)
    walker = _Walker(document)
    return (*walker.running_heads(), *walker.body())


def _opened(name: str, data: bytes) -> Document:
    import docx

    if data.startswith(_OLE):
        raise InputError(
            f"«{name}» está protegido con contraseña o es un Word anterior a 2007.",
            "Ábralo en Word y guárdelo como .docx sin contraseña.",
        )
    try:
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as damaged:
        raise InputError(
            f"«{name}» está dañado o no es un documento de Word.",
            "Ábralo en Word, guárdelo de nuevo como .docx y ejecute otra vez.",
        ) from damaged


class _Walker:
    """Walks the body once; keeps the page it is on."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names = {s.style_id: (s.name or "") for s in document.styles}
        xml = document.element.body
        self.paged = any(True for _ in xml.iter(f"{_W}lastRenderedPageBreak"))
        self.page = 1

    def running_heads(self) -> Iterator[Block]:
        """Page headers and footers, each text once."""
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (section.header, section.footer, section.first_page_header):
                for paragraph in part.paragraphs:
                    text = paragraph.text.strip()
                    if text and text not in seen:
                        seen.add(text)
                        yield Block(text, "header")

    def body(self) -> Iterator[Block]:
        """The blocks of the body."""
        yield from self._container(self.document.element.body)

    def _container(self, parent: _Element) -> Iterator[Block]:
        for element in parent.iterchildren():
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
                yield from self._container(element)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        page, text = self._place(element), _text(element)
        level = self._level(element, text)
        if text.strip():
            style = "heading" if level else "paragraph"
            cells = tuple(c.strip() for c in text.split("\t")) if _tabbed(text) else ()
            kind = "row" if cells else style
            yield Block(text.strip("\n "), kind, 0 if cells else level, page, cells)
        for box in _boxes(element):
            yield from self._container(box)

    def _table(self, element: _Element) -> Iterator[Block]:
        for row in _rows(element):
            page = self._place(row)
            cells = tuple(_cell_text(cell) for cell in _cells(row))
            if any(cells):
                yield Block(" ".join(c for c in cells if c), "row", 0, page, cells)

    def _place(self, element: _Element) -> int | None:
        """The page where an element starts; turns the pages that break inside it."""
        breaks = list(element.iter(f"{_W}lastRenderedPageBreak"))
        if not self.paged:
            return None
        opens_page = bool(breaks) and not _text_before(element, breaks[0])
        start = self.page + (1 if opens_page else 0)
        self.page += len(breaks)
        return start

    def _level(self, element: _Element, text: str) -> int:
        """The heading level by style or outline, 7 for a short line all in bold, else 0."""
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = self.names.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        found = re.match(r"(?:heading|t[ií]tulo|encabezado)\s*(\d)", name, re.IGNORECASE)
        if found:
            return int(found[1])
        if name.lower() in {"title", "título", "subtitle", "subtítulo"}:
            return 1
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and int(outline.get(f"{_W}val", "9")) < 9:
            return int(outline.get(f"{_W}val", "0")) + 1
        return _BOLD_LEVEL if _all_bold(element) and 0 < len(text.split()) <= 12 else 0


def _text(element: _Element) -> str:
    return "".join(_fragments(element))


def _fragments(element: _Element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _STAND_INS:
            yield "" if child.get(f"{_W}type") == "page" else _STAND_INS[child.tag]
        else:
            yield from _fragments(child)


def _text_before(element: _Element, mark: _Element) -> bool:
    """Whether any text of the element stands before a mark inside it."""
    for child in element.iter(f"{_W}t", mark.tag):
        if child is mark:
            return False
        if (child.text or "").strip():
            return True
    return False


def _tabbed(text: str) -> bool:
    """A line laid out with tabs as a row: something on one side at least is a cell."""
    return "\t" in text.strip(" \n") and "\n" not in text.strip()


def _boxes(element: _Element) -> list[_Element]:
    """The text boxes anchored in a paragraph, without their fallback copies."""
    return [
        box
        for box in element.iter(f"{_W}txbxContent")
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors())
    ]


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.iterchildren():
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row.iterchildren():
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent"}:
            yield from _cells(child)


def _cell_text(cell: _Element) -> str:
    """The cell's paragraphs, one a line, also those of tables inside it."""
    lines = (_text(paragraph).strip() for paragraph in cell.iter(f"{_W}p"))
    return "\n".join(line for line in lines if line)


def _all_bold(element: _Element) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if _text(run).strip()]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: _Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false", "off"}
