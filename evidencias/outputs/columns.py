"""How each listing reads for people: the columns of its table, and its keys in CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencias.domain.model import ActivityState, EvidenceKind, LinkState
from evidencias.domain.spanish import KIND_NAMES, LINK_NAMES, STATE_NAMES, number
from evidencias.outputs.listing import Column

Row = Mapping[str, Any]

MISSING_KEYS = (
    "codigo", "actividad", "eje", "dependencia", "programada", "estado", "evidencias", "falta",
    "sugerencias", "hallazgos",
)  # fmt: skip
LINK_KEYS = (
    "id", "actividad", "archivo", "ruta", "url", "tipo", "estado", "puntaje", "razones",
    "en_contra",
)  # fmt: skip
ORPHAN_KEYS = ("archivo", "ruta", "url", "cercanas")
HISTORY_KEYS = ("fecha", "responsable", "id", "antes", "despues", "origen")

_CLAIM_STATES = {"con_soporte_posible": "con soporte posible", "sin_soporte": "sin soporte"}


def _state(row: Row) -> str:
    value = row["estado"]
    if value in _CLAIM_STATES:
        return f"no programada,\n{_CLAIM_STATES[value]}"
    return STATE_NAMES[ActivityState(value)]


def _lacks(row: Row) -> str:
    parts = [KIND_NAMES[EvidenceKind(k)] for k in row["falta"]]
    if row["sugerencias"]:
        parts.append(f"por revisar: {row['sugerencias']}")
    if not parts and row["estado"] == ActivityState.NO_EVIDENCE.value:
        return "cualquier soporte"
    return "; ".join(parts) or "—"


MISSING = (
    Column("Código", lambda r: r["codigo"], wrap=False),
    Column("Actividad", lambda r: r["actividad"]),
    Column("Estado", _state, wrap=False),
    Column("Falta", _lacks, widest=20),
)


def _why(row: Row) -> str:
    lines = [f"+ {text}" for text in row["razones"]]
    lines += [f"− {text}" for text in row["en_contra"]]
    return "\n".join(lines)


def _link_state(row: Row) -> str:
    state = LINK_NAMES[LinkState(row["estado"])]
    return f"{state}\n{number(row['puntaje'] * 100, 0)} %\n{row['id']}"


LINKS = (
    Column("Actividad", lambda r: r["actividad"], wrap=False),
    Column("Archivo", lambda r: r["ruta"], ratio=2),
    Column("Estado", _link_state, wrap=False),
    Column("Por qué", _why, ratio=3),
)


def _near(row: Row) -> str:
    return "\n".join(
        f"{n['actividad']}: {n['razones'][0] if n['razones'] else 'sin razón clara'}"
        for n in row["cercanas"]
    )


ORPHANS = (
    Column("Archivo", lambda r: r["ruta"], ratio=3),
    Column("Actividades cercanas", lambda r: _near(r) or "ninguna", ratio=2),
)


def history(about: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns of `historial`; `about` says what each id names."""
    return (
        Column("Fecha", lambda r: r["fecha"][:16].replace("T", " "), wrap=False),
        Column("Qué", lambda r: f"{about.get(r['id'], '')}\n{r['id']}".strip(), ratio=2),
        Column("Pasó a", _change, ratio=1),
        Column("Quién", lambda r: r["responsable"] or r["origen"], ratio=1),
    )


def _change(row: Row) -> str:
    before = f" (antes: {row['antes']})" if row["antes"] else ""
    return f"{row['despues'] or '—'}{before}"
