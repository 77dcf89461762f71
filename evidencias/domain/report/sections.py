"""Blocks of a report → its header and its sections with whole paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidencias.domain.model import Block, Report, Section
from evidencias.domain.report.header import is_header_line, read_header
from evidencias.domain.report.paragraphs import (
    Piece,
    continues,
    hangs,
    join,
    vocabulary,
    without_furniture,
)
from evidencias.domain.report.titles import (
    CELL_BAR,
    format_kind,
    is_short,
    looks_like_title,
    section_kind,
    shown_title,
    split_lead,
)

_BOLD_LEVEL = 7  # adapters give bold or capital lines without a heading style this level or more
_LONG_CELL = 8


@dataclass(slots=True)
class _Draft:
    """A section while it is being filled."""

    title: str
    level: int = 0
    paragraphs: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)


def read_report(blocks: Sequence[Block]) -> Report:
    """The report that the blocks tell, in reading order.

    Titles of the municipal format are recognised in any level, split over two lines, inside a
    table cell or reworded; other headings open a section of their own unless they stand below a
    section's level, where they are kept as a paragraph. Text above the first title stands in a
    section titled "". Paragraphs split by a page are whole again.
    """
    pieces = _titles_joined(list(_lines(without_furniture(blocks))))
    first = next((i for i in range(len(pieces)) if _begins(pieces, i)), len(pieces))
    head = [p for p in pieces[:first] if is_header_line(p.block)]
    preamble = [p for p in pieces[:first] if p not in head and _is_prose(p.block)]
    known = vocabulary([p.block.text for p in pieces])
    drafts = _fill([*preamble, *pieces[first:]], known)
    return Report(
        header=read_header([p.block for p in pieces[:first]]),
        sections=tuple(
            Section(d.title, tuple(d.paragraphs), tuple(d.pages))
            for d in drafts
            if d.paragraphs or section_kind(d.title)
        ),
    )


def _is_prose(block: Block) -> bool:
    """Whether a block above the first title says something, and is not part of a letterhead."""
    return not is_short(block.text) or (
        block.style == "paragraph"
        and block.text.rstrip().endswith(".")
        and CELL_BAR not in block.text
    )


def _begins(pieces: Sequence[Piece], place: int) -> bool:
    """Whether the report's body begins here: at a title of the format, or over prose or a table."""
    block = pieces[place].block
    if _opens(block):
        return True
    if not _is_styled(block) or _is_report_title(block.text):
        return False
    after = pieces[place + 1].block if place + 1 < len(pieces) else None
    if after is None or is_header_line(after):
        return False
    return not is_short(after.text) or CELL_BAR in after.text


def _lines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Rows opened into titles and texts, paragraphs at their line breaks; header rows stay rows."""
    for piece in pieces:
        cells = _cells(piece.block)
        if len([c for c in cells if c]) > 1 and is_header_line(replace(piece.block, cells=cells)):
            yield replace(piece, block=replace(piece.block, text=" ".join(cells), cells=cells))
            continue
        resumed = piece.resumed
        for text, titled in _opened(piece.block, cells):
            style = "heading" if titled else piece.block.style.replace("row", "paragraph")
            level = _BOLD_LEVEL if titled and not piece.block.level else piece.block.level
            yield Piece(
                replace(piece.block, text=text, style=style, level=level, cells=()), resumed
            )
            resumed = False


def _cells(block: Block) -> tuple[str, ...]:
    raw = block.cells or (block.text.split("\t") if "\t" in block.text else ())
    return tuple(c.strip() for c in raw)


def _opened(block: Block, cells: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """(text, is a title) of a block: one of a paragraph, several of a table row."""
    filled = _distinct(cells)
    if not cells:
        yield from _opened_text(block.text, block.style == "heading")
    elif filled and is_short(filled[0]) and section_kind(filled[0]) and _title_cell(filled):
        yield " ".join(filled[0].split()), True
        for cell in filled[1:]:
            yield from _opened_text(cell, False)
    elif any(len(c.split()) >= _LONG_CELL for c in filled) and not any(map(_is_number, filled)):
        for cell in filled:
            yield from _opened_text(cell, False)
    elif filled:
        yield CELL_BAR.join(" ".join(c.split()) for c in filled), False


def _distinct(cells: Sequence[str]) -> list[str]:
    """The filled cells; words that come back come from merged cells, numbers may be alike."""
    return [c for i, c in enumerate(cells) if c and (_is_number(c) or c not in cells[:i])]


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,]+\s*%?", cell))


def _title_cell(filled: list[str]) -> bool:
    """A first cell that titles the row: it stands alone, or what follows it is prose."""
    prose = len(filled) > 1 and len(filled[1].split()) >= _LONG_CELL
    return (
        bool(format_kind(filled[0])) or prose or (len(filled) == 1 and looks_like_title(filled[0]))
    )


def _opened_text(text: str, heading: bool) -> Iterator[tuple[str, bool]]:
    if heading:
        yield " ".join(text.split()), False
        return
    if lead := split_lead(text):
        yield lead[0], True
        text = lead[1]
    paragraph = ""
    for line in (" ".join(part.split()) for part in re.split(r"\n+", text)):
        if paragraph and line and not paragraph.endswith((".", ":", "!", "?")):
            paragraph = join(paragraph, line)
        else:
            if paragraph:
                yield paragraph, False
            paragraph = line
    if paragraph:
        yield paragraph, False


def _titles_joined(pieces: list[Piece]) -> list[Piece]:
    """Titles split over two lines ("ACTIVIDADES", "REALIZADAS") made one."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and _one_title(before.block, piece.block):
            text = f"{before.block.text} {piece.block.text}"
            joined[-1] = replace(before, block=replace(before.block, text=text, style="heading"))
        else:
            joined.append(piece)
    return joined


def _one_title(first: Block, second: Block) -> bool:
    if first.cells or second.cells or not (_titled(first) and _titled(second)):
        return False
    whole = f"{first.text} {second.text}"
    if not format_kind(first.text) and format_kind(whole):
        return True
    both_capitals = looks_like_title(first.text) and looks_like_title(second.text)
    kinds = section_kind(first.text), section_kind(second.text)
    return both_capitals and bool(kinds[0]) and not kinds[1] and not format_kind(first.text)


def _titled(block: Block) -> bool:
    """A heading, or a short line in capitals, whatever the paper calls it."""
    return is_short(block.text) and (block.style == "heading" or looks_like_title(block.text))


def _opens(block: Block) -> bool:
    """Whether a block is the title of one of the format's sections."""
    if block.cells or not is_short(block.text):
        return False
    if format_kind(block.text):
        return len(block.text) < 60
    if CELL_BAR in block.text:  # the heads of a table's columns
        return False
    return _titled(block) and bool(section_kind(block.text)) and not _is_report_title(block.text)


def _is_report_title(text: str) -> bool:
    return bool(re.search(r"\binforme\b|\bformato\b", text, re.IGNORECASE))


def _fill(pieces: Sequence[Piece], known: frozenset[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for piece in pieces:
        block = piece.block
        if _starts_section(block, drafts):
            drafts.append(_Draft(shown_title(block.text), block.level))
        else:
            if not drafts:
                drafts.append(_Draft("", 0))
            _add(drafts[-1], piece, known)
    return drafts


def _starts_section(block: Block, drafts: list[_Draft]) -> bool:
    """A known title, or a styled heading no deeper than the section it would end."""
    if _opens(block):
        return True
    if not _is_styled(block):
        return False
    return not drafts or not drafts[-1].title or 0 < block.level <= drafts[-1].level


def _is_styled(block: Block) -> bool:
    """A heading by its style, not only a line in bold or capitals."""
    return block.style == "heading" and block.level < _BOLD_LEVEL and is_short(block.text)


def _add(draft: _Draft, piece: Piece, known: frozenset[str]) -> None:
    text, page = piece.block.text, piece.block.page
    if draft.paragraphs and _same_paragraph(draft, piece):
        draft.paragraphs[-1] = join(draft.paragraphs[-1], text, known)
        return
    draft.paragraphs.append(text)
    draft.pages.append(page)


def _same_paragraph(draft: _Draft, piece: Piece) -> bool:
    before, text = draft.paragraphs[-1], piece.block.text
    turned = piece.resumed or piece.block.page != draft.pages[-1]
    return continues(before, text) and (turned or hangs(before))
