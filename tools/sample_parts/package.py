"""Rewrite an Office package so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
# Parts of the libraries' templates that weigh much and say nothing.
_DROPPED = re.compile(r"docProps/thumbnail\.jpeg|word/stylesWithEffects\.xml|customXml/.*")
_DROPPED_MENTION = re.compile(
    rb"<(?:Relationship|Override) [^>]*(?:thumbnail|stylesWithEffects|customXml)[^>]*/>"
)


def stable(package: bytes, when: datetime) -> bytes:
    """Fix order, times and stamps; parts are stored so that the outer zip may compress them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=_content_types_first):
            if not _DROPPED.fullmatch(name):
                part = _DROPPED_MENTION.sub(b"", source.read(name))
                target.writestr(zipfile.ZipInfo(name, _EPOCH), _stamped(part, name, when))
    return out.getvalue()


def _content_types_first(name: str) -> tuple[bool, str]:
    return (name != "[Content_Types].xml", name)


def _stamped(part: bytes, name: str, when: datetime) -> bytes:
    if name != "docProps/core.xml":
        return part
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _STAMPS.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
