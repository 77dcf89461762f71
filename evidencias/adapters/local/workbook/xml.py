"""Small pieces of spreadsheet XML: column names, and elements put at their place in the schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.package import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

AFTER_HYPERLINKS = (
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""What may follow the hyperlinks of a sheet, in the order of the schema."""


def insert_before(root: _Element, node: _Element, later: Sequence[str]) -> None:
    """Inserts a child at its place in the schema: before the first of the later ones."""
    wanted = {tag(name) for name in later}
    place = next((n for n, child in enumerate(root) if child.tag in wanted), len(root))
    root.insert(place, node)


def quieten(root: _Element) -> None:
    """Codes such as "1.1" are texts on purpose: Excel need not mark each with a green corner."""
    from lxml import etree

    if root.find(tag("ignoredErrors")) is None:
        node = etree.Element(tag("ignoredErrors"))
        one = etree.SubElement(node, tag("ignoredError"))
        one.set("sqref", "A1:XFD1048576")
        one.set("numberStoredAsText", "1")
        after = AFTER_HYPERLINKS[AFTER_HYPERLINKS.index("ignoredErrors") + 1 :]
        insert_before(root, node, after)


def letters(column: int) -> str:
    """1 → "A", 27 → "AA"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(name: str) -> int:
    """ "A" → 1, "AA" → 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
