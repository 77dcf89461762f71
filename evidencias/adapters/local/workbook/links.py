"""Hyperlinks that open: relative paths from the workbook, percent-encoded as Excel writes them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

MAX_LINKS = 60_000
_MAX_TARGET = 2_079  # Excel refuses longer ones
_URL_SAFE = "%/:?&=#+,;@!$'()*~-._"
_INTERNAL = re.compile(r"^#([^!]+)!(\d+)$")


def internal(link: str) -> tuple[str, int] | None:
    """("Evidencias", 3) for "#Evidencias!3": the third data row of that tab; None for others."""
    found = _INTERNAL.match(link)
    return (found[1], int(found[2])) if found else None


def target_of(link: str, folder: Path) -> str:
    """The Target of a hyperlink for a URL or path, "" when it cannot be written as one.

    A local file becomes a path relative to the workbook's `folder`, so that the workspace may be
    moved whole; on another drive it stays a "file:" URL.
    """
    if link.lower().startswith(("http://", "https://")):
        target = quote(link, safe=_URL_SAFE) if urlsplit(link).netloc.isascii() else ""
    elif link:
        target = _relative(_local_path(link), folder)
    else:
        target = ""
    return target if len(target) <= _MAX_TARGET else ""


def link_of(target: str, folder: Path) -> str:
    """What a Target found in a workbook opens: a URL as it is, a relative path as a "file:" URL."""
    if not target or re.match(r"^[A-Za-z][A-Za-z0-9+.-]+:", target):
        return target
    path = unquote(target.replace("\\", "/"))
    return Path(os.path.normpath(folder / path)).as_uri()


def same_target(left: str, right: str) -> bool:
    """Whether two Targets open the same, however each is encoded."""
    return unquote(left).replace("\\", "/") == unquote(right).replace("\\", "/")


def _local_path(link: str) -> str:
    from urllib.request import url2pathname

    if link.lower().startswith("file:"):
        parts = urlsplit(link)
        host = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
        return host + url2pathname(parts.path)
    return link


def _relative(path: str, folder: Path) -> str:
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive of Windows
        return Path(path).as_uri()
    return quote(relative.replace(os.sep, "/"), safe="/")
