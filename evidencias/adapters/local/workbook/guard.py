"""What a save would lose, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evidencias.adapters.local.workbook.graft import sheets
from evidencias.adapters.local.workbook.package import Package
from evidencias.domain.register.columns import SUMMARY
from evidencias.errors import InputError

_SPREADSHEET_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_DRAWN = {
    "pic": "imagen", "sp": "cuadro de texto o forma", "cxnSp": "línea", "grpSp": "grupo de formas",
    "graphicFrame": "gráfico", "contentPart": "trazo a mano",
}  # fmt: skip
_RELATED = {
    "comments": "comentarios", "threadedComment": "comentarios", "pivotTable": "tabla dinámica",
    "table": "tabla", "slicer": "segmentación de datos", "timeline": "escala de tiempo",
    "oleObject": "objeto incrustado", "package": "objeto incrustado", "control": "control",
    "ctrlProp": "control", "image": "imagen de fondo", "queryTable": "consulta",
}  # fmt: skip
_HARMLESS = frozenset({"hyperlink", "drawing", "vmlDrawing", "printerSettings"})


def refuse_losses(package: Package, replaced: Iterable[tuple[str, str]], origin: str) -> None:
    """Raises InputError when writing would lose something that people put in a tool's tab.

    `replaced` pairs each tab that is to be drawn anew with its sheet's title. Everything outside
    those tabs is copied as it is, so only they, and a digital signature, can lose anything.
    """
    places = sheets(package)
    losses = [
        f"{what} en la pestaña «{title}»"
        for tab, title in replaced
        if title in places
        for what in _foreign(package, tab, places[title])
    ]
    if losses:
        raise InputError(
            f"En {origin} se perdería {_listed(losses)}; no se escribió nada.",
            "Las pestañas de la herramienta se reemplazan al sincronizar: mueva eso a «Revisión» "
            "o a una hoja suya y ejecute de nuevo.",
        )
    if any(name.startswith("_xmlsignatures/") for name in package.parts):
        raise InputError(
            f"En {origin} hay una firma digital, que dejaría de ser válida; no se escribió nada.",
            "Quite la firma del registro, o guarde la copia firmada con otro nombre.",
        )


def _foreign(package: Package, tab: str, sheet: str) -> Iterator[str]:
    """What a tool's sheet holds that the tool did not put there."""
    for relation in package.relations(sheet):
        if relation.kind == "drawing" and relation.target in package.parts:
            yield from _drawings(package, tab, relation.target)
        elif relation.kind not in _HARMLESS:
            yield _RELATED.get(relation.kind, f"un elemento desconocido ({relation.kind})")


def _drawings(package: Package, tab: str, part: str) -> Iterator[str]:
    root = package.xml(part)
    wanted = {f"{{{s}}}{name}": word for name, word in _DRAWN.items() for s in _SPREADSHEET_DRAWING}
    found = Counter(wanted[node.tag] for node in root.iter() if node.tag in wanted)
    if tab == SUMMARY and found["gráfico"]:
        found["gráfico"] -= 1  # the tool's own
    for word, count in found.items():
        if count:
            yield f"{count} {word}" if count == 1 else f"{count} × {word}"


def _listed(losses: list[str]) -> str:
    unique = list(dict.fromkeys(losses))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} y {unique[-1]}"
