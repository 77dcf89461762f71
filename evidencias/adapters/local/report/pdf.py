"""PDF → blocks: lines put together to paragraphs, page headers known by their repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from evidencias.adapters.local.report.pdf_lines import Line, read_lines
from evidencias.domain.model import Block

_ENDS = (".", "!", "?", ":", ";", "»", '"', "”")
# Word's own bullets are letters of a symbol font, which a PDF keeps at U+F000 and on.
_BULLET = re.compile(r"^\s*(?:[•▪●◦‣·✓➢\uf000-\uf0ff]|[-–](?=\s))\s*")
_LABEL = re.compile(r"^[^\W\d_][^:.;,]{2,45}:\s")
_BOLD_LEVEL = 7
_EDGE_LINES = 3  # how many lines from the top or bottom of a page may be its header or footer
_MIN_REPEATS = 2


def read_pdf(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a PDF. Raises InputError when it is damaged, locked or holds only pictures."""
    pages = read_lines(name, data)
    furniture = _furniture(pages)
    body = _cells_whole([line for page in pages for line in _trimmed(page, furniture)])
    if not body:
        return ()
    size = median(line.size for line in body for _ in range(max(1, len(line.text) // 20)))
    heads = [Block(text, "header") for text in sorted(_texts_of(pages, furniture))]
    return (*heads, *(_block(group, size) for group in _groups(body)))


def _furniture(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Masked texts that come back at the top or bottom of the pages, and page numbers."""
    counts: Counter[str] = Counter()
    for page in pages:
        edges = [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]
        counts.update({_mask(line.text) for line in edges if len(line.text.split()) <= 20})
    return frozenset(mask for mask, n in counts.items() if n >= _MIN_REPEATS or _is_number(mask))


def _trimmed(page: Sequence[Line], furniture: frozenset[str]) -> Sequence[Line]:
    """A page without its header and footer; what falls inside its text is left to the reader."""
    own = [i for i, line in enumerate(page) if _mask(line.text) not in furniture]
    return page[own[0] : own[-1] + 1] if own else ()


def _is_number(mask: str) -> bool:
    return bool(
        re.fullmatch(r"[-–|\s]*(?:p[aá]g(?:ina|\.)?\s*)?#(?:\s*(?:de|/)\s*#)?[-–|\s]*", mask)
    )


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _cells_whole(lines: Sequence[Line]) -> list[Line]:
    """Rows with the lines that go on below their last cell put into it."""
    whole: list[Line] = []
    below = 0.0
    for line in lines:
        row = whole[-1] if whole else None
        aligned = row is not None and abs(line.left - row.cell_left) < 6 and not line.cells
        if row and row.cells and aligned and 0 < below - line.y < 2.2 * row.size:
            cells = (*row.cells[:-1], _joined([row.cells[-1], line.text]))
            whole[-1] = replace(row, cells=cells, text=" ".join(cells))
        else:
            whole.append(line)
        below = line.y
    return whole


def _texts_of(pages: Sequence[Sequence[Line]], masks: frozenset[str]) -> set[str]:
    return {line.text for page in pages for line in page if _mask(line.text) in masks}


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that make one paragraph (or one row, or one title)."""
    spacing = _usual_spacing(lines)
    group: list[Line] = []
    for line in lines:
        if group and not _same_paragraph(group, line, spacing):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _usual_spacing(lines: Sequence[Line]) -> float:
    """The usual distance between the baselines of two lines of a paragraph."""
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page]
    downward = [gap for gap in gaps if 0 < gap < 60]
    return median(downward) if downward else 14.0


def _same_paragraph(group: Sequence[Line], line: Line, spacing: float) -> bool:
    last = group[-1]
    if last.cells or line.cells or _BULLET.match(line.text) or not _same_look(last, line):
        return False
    if line.page != last.page or line.y > last.y:
        return _goes_on_elsewhere(last, line)
    if _had_room(last, line) and (_labelled(last.text) or _labelled(line.text)):
        return False
    ended = last.text.rstrip().endswith(_ENDS)
    if last.y - line.y > (1.15 if ended else 1.45) * spacing:
        return False
    return not _ends_paragraph(last, line)


def _labelled(text: str) -> bool:
    """ "Responsable: Secretaría de Salud", or a title that ends in a colon."""
    return bool(_LABEL.match(f"{text} "))


def _same_look(last: Line, line: Line) -> bool:
    same_face = abs(last.size - line.size) <= 0.6 and last.bold == line.bold
    return same_face and _capitals(last.text) == _capitals(line.text)


def _goes_on_elsewhere(last: Line, line: Line) -> bool:
    """Whether a line at the top of the next page (or column) belongs to the paragraph left open."""
    ended = last.text.rstrip().endswith(_ENDS)
    if line.text[:1].islower() and not ended:
        return True
    return not (_had_room(last, line) or line.indented or _starts_title(line))


def _ends_paragraph(last: Line, line: Line) -> bool:
    """After a full stop the next word would have fitted, or the next line is indented."""
    ended = last.text.rstrip().endswith(_ENDS)
    return ended and (_had_room(last, line) or (line.indented and not last.indented))


def _had_room(last: Line, line: Line) -> bool:
    """Whether the next line's first word would still have fitted at the end of the last one."""
    word = line.text.split(maxsplit=1)[0]
    return last.margin - last.right > (len(word) + 1) * line.letter * 1.15 + 3


def _starts_title(line: Line) -> bool:
    return line.bold or _capitals(line.text)


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def _block(group: Sequence[Line], size: float) -> Block:
    first = group[0]
    if first.cells:
        return Block(" ".join(first.cells), "row", 0, first.page, first.cells)
    text = _joined([_BULLET.sub("", line.text) for line in group])
    titled = len(text.split()) <= 14 and not text.endswith((".", ","))
    if titled and first.size > size + 0.8:
        return Block(text, "heading", 1 if first.size > size + 4 else 2, first.page)
    if titled and first.bold:
        return Block(text, "heading", _BOLD_LEVEL, first.page)
    return Block(text, "paragraph", 0, first.page)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text; a word hyphenated at the line's end is whole again."""
    text = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if re.search(r"[^\W\d_][-\u00ad\u2010\ufffe\x02]$", text) and following[:1].islower():
            text = text[:-1] + following
        else:
            text = f"{text} {following}"
    return " ".join(text.replace("\u00ad", "").split())
