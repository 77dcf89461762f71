"""How the register says states, kinds, classes and odd characters to people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from evidencias.domain.model import EvidenceKind

_LABELS = {
    "automatico": "Automático",
    "acceso_directo_roto": "Acceso directo roto",
    "archivo_vacio": "Archivo vacío",
    "cifra_no_coincide": "Cifra que no coincide",
    "codigo_dudoso": "Código dudoso",
    "contradiccion": "Contradicción",
    "enlace_publico": "Enlace público",
    "fuera_de_periodo": "Fuera de período",
    "fuera_de_programacion": "Fuera de programación",
    "carga_tardia": "Carga tardía",
    "publicacion": "publicación",
}
_KINDS = frozenset(kind.value for kind in EvidenceKind)
# C0 but tab and line feed; C1; surrogates; the two non-characters; marks that reverse the text.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def label(word: str | StrEnum) -> str:
    """A machine word as people read it: "sin_evidencia" → "Sin evidencia", "fotos" → "fotos"."""
    value = str(word)
    if value in _LABELS:
        return _LABELS[value]
    plain = value.replace("_", " ")
    return plain if value in _KINDS else plain[:1].upper() + plain[1:]


def kinds_text(kinds: Iterable[EvidenceKind]) -> str:
    """Kinds of evidence in the contract's order: "acta; fotos"."""
    wanted = set(kinds)
    return "; ".join(label(kind) for kind in EvidenceKind if kind in wanted)


def visible(text: str) -> str:
    """The text with control characters made visible ("\\x07" → "␇"), as every cell shows it."""
    return _CONTROLS.sub(_picture, text.replace("\r\n", "\n"))


def _picture(found: re.Match[str]) -> str:
    point = ord(found[0])
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"[U+{point:04X}]"
