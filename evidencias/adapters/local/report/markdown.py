"""Markdown (also what a Word document becomes when exported as text) → blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencias.domain.model import Block

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-{3,})\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?!\s)(.+?)\1\s*:?\s*$")
_KEY_LINE = re.compile(r"^\s*(?:\*\*)?[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ /.]{3,40}(?:\*\*)?\s*:")
_FIELD_LINE = re.compile(r"^\s*(?:\*\*|__)?[A-ZÁÉÍÓÚÑ][^\W\d_]+(?: [^\W\d_]+){0,4}\s*:")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)(?:\1)(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~&])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?(?:br|p|b|i|u|strong|em|span|div|a|sup|sub)\b[^>]*>", re.IGNORECASE)
_BOLD_LEVEL = 7


def read_markdown(_name: str, data: bytes) -> tuple[Block, ...]:
    """Headings, paragraphs and table rows (also tab-separated lines) of a Markdown text."""
    lines = _COMMENT.sub("", _decoded(data)).splitlines()
    blocks: list[Block] = []
    pending: list[str] = []
    for line in [*lines, ""]:
        block = _own_block(line, pending)
        if block is None and line.strip() and not _breaks(line, pending):
            pending.append(line)
            continue
        if not (block and block.level and _UNDERLINE.match(line)):
            blocks.extend(_paragraph(pending))
        pending = [line] if block is None and line.strip() else []
        if block and (block.text or block.cells):
            blocks.append(block)
    blocks.extend(_paragraph(pending))
    return tuple(blocks)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _own_block(line: str, pending: list[str]) -> Block | None:
    """The block that a line is by itself; empty for a table's rule; None for running text."""
    if heading := _HEADING.match(line):
        return Block(plain(heading[2]), "heading", len(heading[1]))
    if pending and _UNDERLINE.match(line) and len(pending) == 1:
        return Block(plain(pending[0]), "heading", 1 if "=" in line else 2)
    if _TABLE_RULE.match(line):
        return Block("")
    return _row_of(line) or _bold_title(line, pending)


def _row_of(line: str) -> Block | None:
    """A table row, between bars or laid out with tabs."""
    if line.strip().startswith("|") or (line.count("|") >= 2 and line.strip().endswith("|")):
        return _row(line.strip().strip("|").split("|"))
    if "\t" in line.rstrip():
        return _row(line.rstrip().split("\t"))
    return None


def _bold_title(line: str, pending: list[str]) -> Block | None:
    """A short line all in bold, standing alone."""
    bold = _BOLD_LINE.match(line)
    if bold and not pending and bold[1] not in bold[2] and len(line.split()) <= 12:
        return Block(plain(bold[2]), "heading", _BOLD_LEVEL)
    return None


def _row(cells: list[str]) -> Block:
    clean = tuple(plain(cell) for cell in cells)
    return Block(" ".join(c for c in clean if c), "row", cells=clean)


def _breaks(line: str, pending: list[str]) -> bool:
    """Whether a line of text starts a paragraph of its own: a list item or "CLAVE: valor".

    "Clave: valor" in small letters does so only under another such line, as heads are written.
    """
    if _BULLET.match(line) or _KEY_LINE.match(line):
        return True
    under_another = len(pending) == 1 and bool(_FIELD_LINE.match(pending[0]))
    return under_another and bool(_FIELD_LINE.match(line))


def _paragraph(lines: list[str]) -> Iterator[Block]:
    text = plain(" ".join(_BULLET.sub("", line).strip().lstrip(">") for line in lines))
    if text:
        yield Block(text)


def plain(text: str) -> str:
    """Inline Markdown as the words a reader sees."""
    from html import unescape

    text = _TAG.sub(" ", _LINK.sub(r"\1", text))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(unescape(_ESCAPE.sub(r"\1", text)).split())
