"""What the tests of annex, freeze and verification do to a workspace and read from it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidencias.domain import manifest_text
from tests.cli.conftest import Place, Said

MANIFEST = "congelado-2024-1.json"


def sealed(place: Place, name: str = MANIFEST) -> dict[str, Any]:
    """A manifest of the workspace."""
    read: dict[str, Any] = json.loads((place.folder / name).read_text("utf-8"))
    return read


def results(said: Said) -> dict[str, str]:
    """What `verificar` said of each file."""
    return {r["archivo"]: r["resultado"] for r in said.data}


def plan_changed(folder: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(folder / "plan.xlsx")
    cells = [c for row in book.active.iter_rows() for c in row if c.value == "PV-101"]
    cells[0].value = "PV-999"
    book.save(folder / "plan.xlsx")
    return "el plan"


def report_changed(folder: Path) -> str:
    import docx

    report = docx.Document(str(folder / "informe.docx"))
    report.add_paragraph("Se dictaron otros quince talleres.")
    report.save(str(folder / "informe.docx"))
    return "el informe"


def evidence_changed(folder: Path) -> str:
    first = next(p for p in sorted((folder / "Evidencias").rglob("PV-101 Acta*")))
    first.write_bytes(first.read_bytes() + b" ")
    return "1 archivo vinculado"


def evidence_changed_in_silence(folder: Path) -> str:
    """One byte, with the size and the dates as they were."""
    first = next(p for p in sorted((folder / "Evidencias").rglob("PV-101 Acta*")))
    about, data = first.stat(), bytearray(first.read_bytes())
    data[100] ^= 1
    first.write_bytes(data)
    os.utime(first, ns=(about.st_atime_ns, about.st_mtime_ns))
    return "1 archivo vinculado"


def rules_changed(folder: Path) -> str:
    toml = folder / "evidencias.toml"
    text = toml.read_text("utf-8") + '\n[cumplimiento]\nformula = "promedio_simple"\n'
    toml.write_text(text, encoding="utf-8")
    return "la configuración"


def decided(folder: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(folder / "registro.xlsx")
    tab = book["Revisión"]
    head = {c.value: c.column for row in tab.iter_rows() for c in row if c.value}
    row = next(c.row for r in tab.iter_rows() for c in r if str(c.value).startswith("V-"))
    tab.cell(row, head["Decisión"]).value = "Rechazar"
    book.save(folder / "registro.xlsx")
    return "lo decidido"


def reseal(place: Place, change: Callable[[dict[str, Any]], None]) -> None:
    """What whoever can rewrite a manifest can do to it."""
    parts = sealed(place)
    del parts["sha256"]
    change(parts)
    lines = manifest_text.sealed(lambda: parts).lines
    (place.folder / MANIFEST).write_bytes(b"".join(lines))
