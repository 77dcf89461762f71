"""The pieces of WordprocessingML that the annex is made of: runs, fields, headings, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from evidencias.domain.register.words import visible

_GREY = "D9D9D9"
_SIDE = 85  # between a cell's border and its text; by so much a table would stand out to the left
KEEP = "<w:keepNext/>"
NEW_PAGE = "<w:pageBreakBefore/>"


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


def text(value: str) -> str:
    """Text as text: nothing in it is markup, control characters are seen, blanks are kept."""
    return escape(" ".join(visible(value).split("\n")).replace("\t", " "), quote=True)


def run(value: str, properties: str = "") -> str:
    """A run of text."""
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{text(value)}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    held = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{held}{content}</w:p>"


def cell(value: str) -> str:
    """A paragraph of a table's cell."""
    return paragraph(run(value), "Celda")


def field(instruction: str, result: str = "") -> str:
    """A field with the result that is shown until a program works it out."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def heading(level: int, title: str, mark: str, properties: str = "") -> str:
    """A heading that the contents and other rows can lead to."""
    number = int(mark.removeprefix("_Toc"))
    return paragraph(
        f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{run(title)}'
        f'<w:bookmarkEnd w:id="{number}"/>',
        f"Heading{level}",
        properties,
    )


def inner_link(mark: str, content: str) -> str:
    """What leads to a heading."""
    return f'<w:hyperlink w:anchor="{mark}" w:history="1">{content}</w:hyperlink>'


def outer_link(relation: str, value: str) -> str:
    """What opens an address, told by a line below and not only by its colour."""
    shown = run(value, '<w:rStyle w:val="Hyperlink"/>')
    return f'<w:hyperlink r:id="{relation}" w:history="1">{shown}</w:hyperlink>'


def table(
    widths: Sequence[int], titles: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    """A table whose header every page repeats and whose rows stay whole.

    The header, the first and the last two rows stay together: no page holds a header alone or one
    row without its company.
    """
    yield _table_start(widths, titles)
    together = {0, len(rows) - 2} if len(rows) > 1 else set()
    for place, cells in enumerate(rows):
        yield _row(widths, cells, keep=place in together)
    yield "</w:tbl>" + paragraph("", "Separador")


def _table_start(widths: Sequence[int], titles: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    cells = "".join(
        _cell(w, paragraph(run(t, "<w:b/>"), "Celda", KEEP), _GREY)
        for w, t in zip(widths, titles, strict=True)
    )
    sides = (("top", 30), ("left", _SIDE), ("bottom", 30), ("right", _SIDE))
    margins = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in sides)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{_SIDE}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    )


def _row(widths: Sequence[int], cells: Sequence[str], *, keep: bool) -> str:
    held = "".join(_cell(w, c) for w, c in zip(widths, cells, strict=True))
    if keep:  # every paragraph of a cell has a style, and the schema wants this right after it
        held = held.replace('"/></w:pPr>', f'"/>{KEEP}</w:pPr>')
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{held}</w:tr>"


def _cell(width: int, content: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'
