"""Names, order, columns and widths of the register's tabs, shared by every adapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from evidencias.domain.text import fold

SUMMARY = "Resumen"
ACTIVITIES = "Actividades"
EVIDENCE = "Evidencias"
MISSING = "Faltantes"
ORPHANS = "Huérfanos"
REVIEW = "Revisión"
LOG = "Bitácora"
HISTORY = "Historial"
TAB_ORDER = (SUMMARY, ACTIVITIES, EVIDENCE, MISSING, ORPHANS, REVIEW, LOG, HISTORY)
APPENDED = frozenset({REVIEW, LOG, HISTORY})
"""Tabs that only ever grow; `Revisión` alone belongs to people."""

ID, KIND, CODE, ACTIVITY, FILE, LINK = "ID", "Clase", "Código", "Actividad", "Archivo", "Enlace"
PROPOSAL, SCORE, PROPOSED_ON = "Propuesta", "Puntaje", "Propuesto el"
DECISION, BY, NOTE, FINGERPRINT = "Decisión", "Responsable", "Observaciones", "Huella"
PATH, STATE, DAY, WHY = "Ruta", "Estado", "Fecha", "Por qué"
STILL_OPEN = "Por decidir"
"""Hidden column of `Resumen`: the ids whose decision would still change something."""
TRAFFIC_LIGHT = "Semáforo"

REVIEW_HEADER = (
    ID, KIND, CODE, ACTIVITY, FILE, LINK, PROPOSAL, SCORE, PROPOSED_ON, DECISION, BY, NOTE,
    FINGERPRINT,
)  # fmt: skip
ACTIVITIES_HEADER = (
    CODE, "Eje", ACTIVITY, "Dependencia", "Meta", "Ejecutado", "Reportada", STATE, "Revisada por",
    "Evidencias", "Falta", "Hallazgos", LINK,
)  # fmt: skip
EVIDENCE_HEADER = (
    ID, CODE, ACTIVITY, FILE, PATH, "Tipo", DAY, STATE, SCORE, WHY, FINGERPRINT,
)  # fmt: skip
MISSING_HEADER = (CODE, ACTIVITY, "Dependencia", STATE, "Falta", "Archivos sugeridos")
ORPHANS_HEADER = (FILE, PATH, DAY, "Actividades cercanas")
LOG_HEADER = (
    "Corrida", DAY, "Archivos", "Nuevos", "Retirados", "Estados", "Hallazgos", "Cobertura",
    "Versión",
)  # fmt: skip
HISTORY_HEADER = (DAY, BY, ID, "Antes", "Después", "Origen", "Cadena")
SUMMARY_COUNTS = (
    "Programadas", "Reportadas", "Soportadas", "Por revisar", "Parciales", "Sin evidencia",
    "No verificables",
)  # fmt: skip

APPEND_HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {REVIEW: REVIEW_HEADER, LOG: LOG_HEADER, HISTORY: HISTORY_HEADER}
)
RECOGNISED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SUMMARY: ("Grupo", "Nombre", *SUMMARY_COUNTS),
        ACTIVITIES: ACTIVITIES_HEADER,
        EVIDENCE: EVIDENCE_HEADER,
        MISSING: MISSING_HEADER,
        ORPHANS: ORPHANS_HEADER,
        **APPEND_HEADERS,
    }
)
"""The headers by which a renamed tab is known again."""
HIDDEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        EVIDENCE: frozenset({FINGERPRINT}),
        REVIEW: frozenset({FINGERPRINT}),
        SUMMARY: frozenset({STILL_OPEN}),
    }
)
DECISION_WORDS = ("Confirmar", "Rechazar", "Aceptar")

WIDTHS: Mapping[str, int] = MappingProxyType(
    {
        ID: 14, KIND: 32, CODE: 13, "Eje": 26, ACTIVITY: 46, "Dependencia": 26, "Meta": 9,
        "Ejecutado": 10, "Reportada": 10, STATE: 16, "Revisada por": 20, "Evidencias": 11,
        "Falta": 24, "Hallazgos": 30, LINK: 40, FILE: 40, PATH: 52, "Tipo": 20, DAY: 19,
        SCORE: 9, WHY: 60, PROPOSAL: 60, PROPOSED_ON: 13, DECISION: 13, BY: 20, NOTE: 36,
        FINGERPRINT: 34, "Archivos sugeridos": 60, "Actividades cercanas": 60, "Corrida": 20,
        "Estados": 44, "Cobertura": 30, "Antes": 20, "Después": 24, "Origen": 24, "Cadena": 20,
        "Grupo": 14, "Nombre": 44,
    }
)  # fmt: skip
"""Column widths in characters by header; others take twelve."""

CENTRED = frozenset(
    {"Reportada", "Evidencias", SCORE, DAY, PROPOSED_ON, STATE, TRAFFIC_LIGHT, DECISION,
     "Archivos", "Nuevos", "Retirados", *SUMMARY_COUNTS}
)  # fmt: skip
WRAPPED = frozenset(
    {ACTIVITY, PROPOSAL, WHY, NOTE, PATH, "Falta", "Hallazgos", "Archivos sugeridos",
     "Actividades cercanas", "Eje", "Dependencia", "Estados", "Cobertura"}
)  # fmt: skip

STATE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "Soportada": "C6E7CE", "Por revisar": "FFE9A8", "Parcial": "FFD9B3",
        "Sin evidencia": "F6C5C5", "No verificable": "D9D9D9", "Automático": "C6E7CE",
        "Confirmado": "9FD5AE", "Sugerido": "FFE9A8", "Rechazado": "E3E3E3",
        "Con soporte posible": "FFE9A8", "Sin soporte": "F6C5C5",
    }
)  # fmt: skip
"""Background (RRGGBB) of each word that may stand under Estado."""

LIGHTS: tuple[tuple[str, str], ...] = (
    ("Crítico", "F2A6A6"), ("Bajo", "F9C9A3"), ("Medio", "FFE9A8"), ("Satisfactorio", "D3EBC0"),
    ("Sobresaliente", "A9D8B0"),
)  # fmt: skip
"""The five grades of the traffic light, worst first, with their background."""


def width_of(header: str) -> int:
    """The width of a column in characters."""
    return WIDTHS.get(header, 30 if header.startswith("Cumplimiento") else 13)


def find_column(header: Sequence[str], name: str) -> str | None:
    """The header as a person wrote it that means `name` (case, accents and blanks aside)."""
    wanted = fold(name).strip()
    return next((found for found in header if fold(found).strip() == wanted), None)


def looks_like(header: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether a row of cells is this tab's header, although some columns moved or are gone."""
    found = {fold(cell).strip() for cell in header if cell}
    wanted = [fold(name).strip() for name in expected]
    return sum(name in found for name in wanted) >= max(2, round(0.6 * len(wanted)))
