"""A Word document around XML that is written as it comes: the same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evidencias.outputs.annex_shell import MARK

if TYPE_CHECKING:
    from docx.document import Document as Word

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def save(
    target: Path, shell: Word, body: Iterator[str], addresses: Callable[[], Mapping[str, str]]
) -> None:
    """Writes the document: the shell's parts, its body from `body`, then what the links open.

    `addresses` (address -> relationship id) is asked for after the body is used up.
    """
    held = io.BytesIO()
    shell.save(held)
    with ZipFile(held) as source, ZipFile(target, "w", ZIP_DEFLATED) as out:
        parts = {i.filename: source.read(i.filename) for i in source.infolist()}
        rels = parts.pop("word/_rels/document.xml.rels").decode()
        head, tail = parts.pop("word/document.xml").decode().split(MARK)
        for name, data in parts.items():
            with out.open(_entry(name), "w") as part:
                part.write(data)
        with out.open(_entry("word/document.xml"), "w", force_zip64=True) as part:
            _pour(part, [head], body, [tail])
        start, end = rels.rsplit("</Relationships>", 1)
        with out.open(_entry("word/_rels/document.xml.rels"), "w", force_zip64=True) as part:
            _pour(
                part, [start], map(_relationship, addresses().items()), ["</Relationships>" + end]
            )


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0  # the same on Windows and Linux
    return entry


def _pour(part: Any, *streams: Any) -> None:
    """Writes text in large pieces: a call per paragraph would cost more than the text."""
    pending: list[str] = []
    size = 0
    for stream in streams:
        for piece in stream:
            pending.append(piece)
            size += len(piece)
            if size > 1 << 20:
                part.write("".join(pending).encode())
                pending, size = [], 0
    part.write("".join(pending).encode())


def _relationship(item: tuple[str, str]) -> str:
    address, name = item
    target = escape(address, quote=True)
    return f'<Relationship Id="{name}" Type="{_LINK}" Target="{target}" TargetMode="External"/>'
