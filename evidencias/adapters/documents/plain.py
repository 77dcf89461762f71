"""Text files, HTML, RTF and e-mail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

from evidencias.adapters.documents.limits import Limits

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
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
    page = _Page()
    page.feed(decode(data[: 20 * limits.characters]))
    page.close()
    yield from "".join(page.parts).splitlines()


class _Page(HTMLParser):
    _SILENT = frozenset({"script", "style", "head", "template"})
    _LINES = frozenset({"p", "div", "tr", "li", "br", "table", "h1", "h2", "h3", "h4", "section"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Breaks lines at blocks and separates cells."""
        if tag in self._SILENT:
            self.silent += 1
        elif tag in {"td", "th"}:
            self.parts.append(" | " if self.cell else "")
            self.cell = True
        elif tag in self._LINES:
            self.parts.append("\n" if not self.cell or tag == "tr" else " ")
            self.cell = self.cell and tag != "tr"

    def handle_endtag(self, tag: str) -> None:
        """Ends what `handle_starttag` began."""
        if tag in self._SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "tr":
            self.cell = False
            self.parts.append("\n")
        elif tag == "body":
            self.silent = 0

    def handle_data(self, data: str) -> None:
        """Keeps what a reader would see."""
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


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
