"""Write the sample's Word documents from lines of marked text."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tools.sample_parts.item import Maker
from tools.sample_parts.package import stable

_KEPT_STYLES = {
    "Normal", "Header", "Footer", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet",
    "Table Grid", "Normal Table", "Default Paragraph Font", "No List",
}  # fmt: skip


@functools.cache
def _slim_template() -> bytes:
    """python-docx's own template with only the styles that the sample uses: a tenth of it."""
    document = docx.Document()
    styles = document.styles.element
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    for style in list(styles.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")).title() not in _titled():
            styles.remove(style)
    return _saved(document)


def _titled() -> set[str]:
    return {name.title() for name in _KEPT_STYLES}


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blank() -> Document:
    """Open an empty document in the sample's typeface."""
    document = docx.Document(io.BytesIO(_slim_template()))
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    return document


def finished(document: Document, when: datetime, author: str = "Alcaldía de San Telmo") -> bytes:
    """Save a document with its author and date fixed."""
    properties = document.core_properties
    properties.author, properties.last_modified_by = author, author
    properties.created = properties.modified = when
    properties.title = properties.comments = ""
    return stable(_saved(document), when)


def paper(lines: str, header: str = "") -> Maker:
    """Make a document of paragraphs; "#" marks headings, "- " bullets, "a | b" table rows."""

    def make(when: datetime) -> bytes:
        document = blank()
        if header:
            document.sections[0].header.paragraphs[0].text = header
        _write(document, [line.strip() for line in lines.strip().splitlines()])
        return finished(document, when)

    return make


def _write(document: Document, lines: Sequence[str]) -> None:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if " | " in line:
            rows.append([cell.strip() for cell in line.split(" | ")])
            continue
        if rows:
            _table(document, rows)
            rows = []
        _paragraph(document, line)


def _paragraph(document: Document, line: str) -> None:
    marks = len(line) - len(line.lstrip("#"))
    if marks:
        document.add_heading(line[marks:].strip(), level=marks)
    elif line.startswith("- "):
        document.add_paragraph(line[2:], style="List Bullet")
    elif line:
        document.add_paragraph(line)


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=False):
            cell.text = value
