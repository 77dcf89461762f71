"""The annex EVIDENCIAS DE LAS ACTIVIDADES as a Word document."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from evidencias.domain.model import EvidenceFile
from evidencias.domain.register.words import visible
from evidencias.outputs import annex_package, annex_shell, annex_xml
from evidencias.outputs.annex_pieces import Links
from evidencias.outputs.annex_view import Annex
from evidencias.outputs.whole import whole

_ELSEWHERE = "Ciérrelo si está abierto en Word, o elija otra carpeta en --salida."
_OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=~-._"  # all that may stand unquoted in an address


def write(annex: Annex, target: Path, moment: datetime) -> None:
    """Writes the document whole or not at all. Raises SourceError where it cannot be written.

    `moment` is the state's own, so that the same state gives the same bytes.
    """
    a = annex.a
    version = " · versión pública" if annex.public else ""
    empty = annex_shell.shell(
        annex_xml.TITLE, visible(a.policy), f"Período {a.period.label}{version}", moment
    )
    links = Links()
    with whole(target, _ELSEWHERE) as beside:
        annex_package.save(beside, empty, annex_xml.body(annex, links), lambda: links.ids)


def addresses(roots: Sequence[tuple[str, str]], folder: Path) -> Callable[[EvidenceFile], str]:
    """What a file's hyperlink opens from a document in `folder`: for a file on disk a relative
    path, else its own address.

    `roots` are the evidence folders (absolute path, prefix of their ids). A workspace may have
    been moved since it was synchronised, so only the end of the file's own address is trusted.
    """
    bases = [(prefix, _relative(root, folder)) for root, prefix in roots]

    def address(file: EvidenceFile) -> str:
        if not file.url.startswith("file:"):
            web = file.url.startswith(("https://", "http://"))
            return quote(file.url, safe=_OF_ADDRESSES) if web else ""
        base = next(((p, b) for p, b in bases if file.id.startswith(p)), None)
        if base is None:
            return file.url
        steps = file.id.removeprefix(base[0]).count("/") + 1
        return f"{base[1]}{'/'.join(file.url.split('/')[-steps:])}"

    return address


def _relative(root: str, folder: Path) -> str:
    """The way from a folder to an evidence folder, percent-encoded, with its last slash."""
    try:
        way = os.path.relpath(root, folder)
    except ValueError:  # another drive of Windows: no relative way leads there
        return f"{Path(root).as_uri()}/"
    parts = [quote(os.fsencode(part), safe="") for part in Path(way).parts]
    return "".join(f"{part}/" for part in parts)
