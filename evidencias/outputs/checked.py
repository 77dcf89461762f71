"""What `verificar` found, as the contract's rows and as columns for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evidencias.domain.manifest_compare import Checked, Outcome
from evidencias.domain.manifest_files import FileSeal
from evidencias.domain.spanish import listed, number, plural
from evidencias.outputs.listing import Column

Row = Mapping[str, Any]
KEYS = ("archivo", "ruta", "resultado", "antes", "ahora")
WORDS = {
    Outcome.INTACT: "intacto",
    Outcome.CHANGED: "cambiado",
    Outcome.MOVED: "movido",
    Outcome.RENAMED: "renombrado",
    Outcome.TRASHED: "en la papelera",
    Outcome.GONE: "desaparecido",
    Outcome.NO_ACCESS: "sin acceso",
    Outcome.NOW_PUBLIC: "ahora público",
}
_LABELS = {
    "ruta": "ruta",
    "tamano": "tamaño",
    "huella": "huella",
    "version": "versión",
    "modificado": "modificado",
    "publico": "público",
    "en_papelera": "en la papelera",
    "destino": "destino",
}


def checked_rows(found: Sequence[Checked]) -> list[dict[str, Any]]:
    """`verificar`: report, plan and every sealed file, with what it was and what it is."""
    return [
        {
            "archivo": c.seal.id,
            "ruta": c.seal.path,
            "resultado": c.outcome.value,
            "antes": _state(c.seal, c.seal, ""),
            "ahora": _state(c.now, c.seal, c.note),
        }
        for c in found
    ]


def _state(seal: FileSeal | None, known: FileSeal, note: str) -> dict[str, Any]:
    """One side of the comparison; the fingerprint is of the kind that was sealed."""
    if seal is None:
        return {**dict.fromkeys(_LABELS), "nota": note or None}
    return {
        "ruta": seal.path,
        "tamano": seal.size,
        "huella": (seal.sha256 if known.sha256 and seal.sha256 else seal.md5 or seal.content)
        or None,
        "version": seal.version or None,
        "modificado": seal.modified or None,
        "publico": seal.public,
        "en_papelera": seal.trashed,
        "destino": seal.target,
        "nota": note or None,
    }


def _differences(row: Row, side: str) -> str:
    """What differs between both sides, as it is on one of them."""
    before, now = row["antes"], row["ahora"]
    lines = [
        f"{_LABELS[key]}: {_brief(key, row[side][key])}"
        for key in _LABELS
        if before[key] != now[key] and (side == "antes" or now[key] is not None)
    ]
    if row["resultado"] in (Outcome.GONE.value, Outcome.NO_ACCESS.value):
        lines = []
    note = [now["nota"]] if side == "ahora" and now["nota"] else []
    return "\n".join([*lines, *note]) or "—"


def _brief(key: str, value: object) -> str:
    """A fingerprint by its beginning; the whole one is in the other formats."""
    return f"{value[:12]}…" if key == "huella" and isinstance(value, str) else _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, int):
        return f"{number(value, 0)} bytes"
    return "no se sabe" if value is None else str(value)


COLUMNS = (
    Column("Resultado", lambda r: WORDS[Outcome(r["resultado"])], wrap=False),
    Column("Archivo", lambda r: r["ruta"], ratio=2),
    Column("Antes", lambda r: _differences(r, "antes"), ratio=2),
    Column("Ahora", lambda r: _differences(r, "ahora"), ratio=2),
)


def summary(found: Sequence[Checked]) -> str:
    """ "51 de 54 están intactos; 2 cambiados y 1 movido." in one line."""
    counts = Counter(c.outcome for c in found)
    rest = [f"{counts[o]} {WORDS[o]}" for o in Outcome if o is not Outcome.INTACT and counts[o]]
    told = plural(len(found), "elemento congelado", "elementos congelados")
    if not rest:
        return f"Todo intacto: {told}."
    return f"{counts[Outcome.INTACT]} de {told} siguen intactos; con novedad: {listed(rest)}."
