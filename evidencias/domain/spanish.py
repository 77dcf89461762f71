"""Small pieces of good Spanish: days, numbers, plurals and lists as Colombians write them."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import date

from evidencias.domain.model import ActivityState, EvidenceKind, Figure, FigureSubject, LinkState

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)

KIND_NAMES = {
    EvidenceKind.ACTA: "acta",
    EvidenceKind.ATTENDANCE: "listado de asistencia",
    EvidenceKind.PHOTOS: "fotos",
    EvidenceKind.REPORT: "informe",
    EvidenceKind.CONTRACT: "contrato o convenio",
    EvidenceKind.PUBLICATION: "publicación",
    EvidenceKind.CERTIFICATE: "certificado",
    EvidenceKind.FORM: "formato o planilla",
    EvidenceKind.OTHER: "otro soporte",
}

STATE_NAMES = {
    ActivityState.SUPPORTED: "soportada",
    ActivityState.TO_REVIEW: "por revisar",
    ActivityState.PARTIAL: "parcial",
    ActivityState.NO_EVIDENCE: "sin evidencia",
    ActivityState.UNVERIFIABLE: "no verificable",
}

LINK_NAMES = {
    LinkState.AUTOMATIC: "automático",
    LinkState.SUGGESTED: "sugerido",
    LinkState.CONFIRMED: "confirmado",
    LinkState.REJECTED: "rechazado",
}

SUBJECT_NAMES = {
    FigureSubject.COMPLIANCE: "Cumplimiento",
    FigureSubject.PLANNED_ACTIVITIES: "Actividades del plan",
    FigureSubject.REPORTED_ACTIVITIES: "Actividades reportadas",
    FigureSubject.ACHIEVED: "Ejecutado",
    FigureSubject.OTHER: "Otra cifra",
}


def day_words(day: date | None) -> str:
    """ "21 de enero de 2022"."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}" if day else "fecha desconocida"


def number(value: float, decimals: int = 1) -> str:
    """A number as in es-CO: 1.200 and 83,5; no decimals when it is whole."""
    shown = f"{round(value, decimals):,.{decimals}f}"
    if decimals and shown.endswith("0" * decimals):
        shown = shown[: -decimals - 1]
    return shown.translate(str.maketrans(",.", ".,"))


def plural(count: int, one: str, many: str) -> str:
    """ "1 archivo", "1.200 archivos"."""
    return f"{number(count, 0)} {one if count == 1 else many}"


def listed(items: Sequence[str], last: str = "y") -> str:
    """ "a, b y c"; "e" before a word that begins with the sound i."""
    if len(items) < 2:
        return "".join(items)
    joint = "e" if last == "y" and items[-1][:1].lower() in "ií" else last
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def kinds_words(kinds: Sequence[EvidenceKind]) -> str:
    """ "acta, fotos e informe"."""
    return listed([KIND_NAMES[k] for k in kinds])


def lacking(kind: EvidenceKind) -> str:
    """ "falta acta", "faltan fotos"."""
    return f"{'faltan' if kind is EvidenceKind.PHOTOS else 'falta'} {KIND_NAMES[kind]}"


def quoted(text: str) -> str:
    """«text»."""
    return f"«{text}»"


def figure_subject(figure: Figure) -> str:
    """ "Cumplimiento", "Cumplimiento de Turismo", "Ejecutado de PV-101"."""
    named = figure.scope not in ("", "total")
    return SUBJECT_NAMES[figure.subject] + (f" de {figure.scope}" if named else "")


def figure_words(figure: Figure) -> str:
    """ "Cumplimiento de Turismo, 20 %", "Ejecutado de PV-101, 6"."""
    return f"{figure_subject(figure)}, {number(figure.claimed)}{' %' if figure.percent else ''}"


_REASONS = {
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.ENOENT: "no existe",
    errno.EEXIST: "ya existe",
    errno.EISDIR: "es una carpeta",
    errno.ENOTDIR: "parte de la ruta no es una carpeta",
    errno.ENOSPC: "no queda espacio en el disco",
    errno.EROFS: "el disco es de solo lectura",
    errno.EBUSY: "está en uso",
    errno.ENAMETOOLONG: "la ruta es demasiado larga",
    errno.EINVAL: "el nombre no es válido",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in a few words; systems tell it in their own language."""
    return _REASONS.get(error.errno or 0, f"el sistema no lo permitió (código {error.errno})")
