"""Read the catalogue of the sample (`catalogo/*.toml`): each `[[archivo]]` says what to write.

`ruta` and `cuando` (Colombian time) are common; `forma` names the maker, whose own keys follow.
`copia_de` repeats another file's bytes; `nfd` writes the route's accents as a Mac does.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools.sample_parts import drawings, pages, posters, sheet, slides, word
from tools.sample_parts.item import Item, Maker

FOLDER = Path(__file__).with_name("catalogo")
Entry = dict[str, Any]


def entries() -> Iterator[Entry]:
    """Yield every file's description, catalogue by catalogue."""
    for catalogue in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(catalogue.read_text(encoding="utf-8"))["archivo"]


def files() -> list[Item]:
    """Make every file of the catalogue."""
    described = {entry["ruta"]: entry for entry in entries()}
    return [_item(entry, described) for entry in described.values()]


def _item(entry: Entry, described: dict[str, Entry]) -> Item:
    original = described[entry.get("copia_de", entry["ruta"])]
    content = _MAKERS[original["forma"]](original)(original["cuando"])
    form = "NFD" if entry.get("nfd") else "NFC"
    return Item(unicodedata.normalize(form, entry["ruta"]), entry["cuando"], content)


def _text(entry: Entry) -> Maker:
    lines = entry["texto"].strip("\n") + "\n"
    content = lines.replace("\n", entry.get("fin", "\r\n")).encode()
    return lambda _when: content


def _bytes(entry: Entry) -> Maker:
    content = bytes.fromhex(entry["hex"])
    return lambda _when: content.ljust(entry.get("largo", 0), b"\0")


def _scene(entry: Entry) -> drawings.Scene:
    scene: drawings.Scene = getattr(drawings, entry["escena"])
    return scene


_MAKERS: dict[str, Callable[[Entry], Maker]] = {
    "afiche": lambda e: posters.poster(_scene(e), e["lineas"], e["fondo"]),
    "asistencia": lambda e: sheet.attendance(
        {key: e[key] for key in sheet.EVENT}, e["personas"], e["rol"]
    ),
    "bytes": _bytes,
    "diapositivas": lambda e: slides.slides(e["paginas"]),
    "docx": lambda e: word.paper(e["texto"]),
    "escaneo": lambda e: pages.scan(e["lineas"], e["semilla"]),
    "foto": lambda e: drawings.photo(_scene(e), e["semilla"], e.get("tomada", "")),
    "mapa": lambda e: posters.street_map(e["puntos"], e["titulo"]),
    "pantallazo": lambda e: posters.screenshot(_scene(e), e["lineas"]),
    "pdf": lambda e: pages.pdf(e["texto"]),
    "tabla": lambda e: sheet.table(e["titulo"], e["columnas"], e["filas"], e["hoja"]),
    "txt": _text,
}
