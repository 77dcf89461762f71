"""The sample's report (FORMATO INFORME GESTIÓN POLÍTICAS PÚBLICAS) from `catalogo/informe.md`."""

from __future__ import annotations

from datetime import datetime

from tools.sample_parts.catalogue import FOLDER
from tools.sample_parts.word import paper


def report(when: datetime) -> bytes:
    """Make informe.docx: title, head table, six sections of uneven level, a page header."""
    lines = (FOLDER / "informe.md").read_text(encoding="utf-8")
    return paper(lines, header="EQUIPO DE POLÍTICAS PÚBLICAS")(when)
