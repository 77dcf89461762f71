"""Text files, HTML, RTF and e-mail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencias.adapters.documents.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SILENT = {"script", "style", "head", "template", "title"}
_CELLS = {"td", "th"}
_LINES = {
    "p", "div", "tr", "li", "br", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "footer", "ul", "ol", "pre", "blockquote", "dt", "dd",
}  # fmt: skip
_RTF_PARTS = re.compile(rb"\{\\\*?\\?(?:pict|object|bin)\b")


def decode(data: bytes) -> str:
    """Text of an unknown Western encoding: a byte-order mark, UTF-8, else Windows-1252; NFC."""
    return unicodedata.normalize("NFC", _decoded(data))


def _decoded(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if data[1:200:2].count(0) > len(data[:200]) // 3:  # UTF-16 without a mark, as Notepad leaves it
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character cut by the size limit is no proof of another encoding
        return (
            data.decode("utf-8", "ignore")
            if error.start > len(data) - 4
            else data.decode("cp1252", "replace")
        )


def text_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """The lines of a text file (.txt, .md, .csv, an exported chat)."""
    yield from decode(data[: 4 * limits.characters]).splitlines()


def rtf_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """The text of an RTF file, pictures left out before they are parsed."""
    from striprtf.striprtf import rtf_to_text

    written = _without_pictures(data)[: 20 * limits.characters].decode("latin-1")
    text: str = rtf_to_text(written, errors="ignore")  # type: ignore[no-untyped-call]  # no types
    yield from text.replace("|", " | ").splitlines()


def _without_pictures(data: bytes) -> bytes:
    """Cuts each picture group, whose hexadecimal bytes may be megabytes."""
    kept, position = [], 0
    for found in _RTF_PARTS.finditer(data):
        if found.start() >= position:
            kept.append(data[position : found.start()])
            position = _group_end(data, found.start())
    return b"".join([*kept, data[position:]])


def _group_end(data: bytes, start: int) -> int:
    depth = 0
    for brace in re.finditer(rb"(?<!\\)[{}]", data[start:]):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return start + brace.end()
    return len(data)


def html_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """The visible text of a web page or of an export disguised as .xls; table cells with |."""
    from lxml import etree

    written = decode(data[: limits.tree]).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(written, parser) if written.strip() else None
    if root is not None:
        yield from _visible(root)


def _visible(root: Element) -> Iterator[str]:
    """One line per block or table row, as a reader would see them."""
    line: list[str] = []
    in_cell = False
    for moment, element in _walk(root):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "tr" or (tag in _LINES and not in_cell):
            yield _joined(line)
            line, in_cell = [], False
        elif tag in _CELLS and moment == "start":
            line.append(" | " if in_cell else "")
            in_cell = True
        elif tag in _LINES:
            line.append(" ")
        hidden = tag in _SILENT and moment == "start"
        line.append("" if hidden else (element.text if moment == "start" else element.tail) or "")
    yield _joined(line)


def _walk(root: Element) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    return iter(etree.iterwalk(root, events=("start", "end")))


def _joined(parts: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def mail_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """Subject, date, people and body of an e-mail; names of its attachments."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data[: 40 * limits.characters], policy=policy.compat32)
    for header in ("Subject", "Asunto", "From", "De", "To", "Para", "Date", "Fecha"):
        if message[header]:
            yield f"{header}: {_header(str(message[header]))}"
    for part in message.walk():
        if part.get_filename():
            yield f"Adjunto: {_header(str(part.get_filename()))}"
        elif part.get_content_type() in {"text/plain", "text/html"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                read = html_lines if part.get_content_type() == "text/html" else text_lines
                yield from read(payload, limits)


def _header(raw: str) -> str:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return raw
