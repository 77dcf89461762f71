"""The annex's sentences: where an activity stands, what lacks, why a file does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidencias.domain.model import (
    Activity,
    ActivityState,
    Counted,
    EvidenceFile,
    FindingKind,
    Standing,
)
from evidencias.domain.spanish import STATE_NAMES, kinds_words, number, plural

_WHY_NOT = {
    FindingKind.BROKEN_SHORTCUT: "es un acceso directo roto",
    FindingKind.EVIDENCE_GONE: "ya no está en la carpeta, o está en la papelera",
    FindingKind.EMPTY_FILE: "está vacío o dañado",
    FindingKind.OUT_OF_PERIOD: "su fecha está fuera del período",
    FindingKind.LATE_UPLOAD: "se subió después del corte y nadie lo ha aceptado",
    FindingKind.REUSED_DUPLICATE: "es el mismo archivo de otra actividad y una persona lo rechazó",
}
_PLURALS = {
    ActivityState.SUPPORTED: "soportadas",
    ActivityState.PARTIAL: "parciales",
    ActivityState.UNVERIFIABLE: "no verificables",
}


def why_not(told: Counted, file: EvidenceFile | None) -> str:
    """Why a linked file does not count; "" when it does."""
    if told.counts:
        return ""
    if told.why_not:
        return _WHY_NOT.get(told.why_not, told.why_not.value.replace("_", " "))
    if file is not None and file.shortcut_target is not None:
        return "es un acceso directo; cuenta el archivo al que apunta"
    return "hoy no se pudo leer su carpeta"


def lacks(standing: Standing, public: bool) -> str:
    """ "acta y fotos (2 sugerencias por decidir)"; "" when nothing lacks."""
    if standing.state is ActivityState.SUPPORTED:
        return ""
    kinds = kinds_words(standing.missing) if standing.missing else "cualquier soporte"
    if not standing.pending:
        return kinds
    if public:
        return f"{kinds} (en revisión)"
    count = plural(len(standing.pending), "sugerencia", "sugerencias")
    return f"{kinds} ({count} por decidir)"


def state_line(activity: Activity, standing: Standing | None, public: bool) -> str:
    """ "Estado: parcial. Falta: acta. …": its standing in one line, what lacks first."""
    parts = []
    if standing and activity.reported:
        parts.append(f"Estado: {STATE_NAMES[standing.state]}.")
        missing = lacks(standing, public)
        parts += [f"Falta: {missing}."] if missing else []
    if not activity.reported:
        parts.append("No reportada este semestre.")
    parts += [f"Dependencia: {activity.department}."] if activity.department else []
    if activity.target is not None:
        done = number(activity.achieved) if activity.achieved is not None else "sin dato"
        # A number stays on the line of what it counts.
        parts.append(f"Meta:\u00a0{number(activity.target)}; ejecutado:\u00a0{done}.")
    return " ".join(parts)


def nothing_linked(pending: int, rejected: bool, complete: bool, public: bool) -> str:
    """What is said of an activity without a linked file: never that nothing is there when
    something waits for a person, was refused, or could not be read."""
    if pending:
        count = plural(pending, "archivo sugerido", "archivos sugeridos")
        told = "hay archivos en revisión" if public else f"hay {count} por decidir"
        return f"Ningún archivo quedó vinculado; {told}."
    if not complete:
        return "No se encontró evidencia en lo que se pudo leer de la carpeta; falta una parte."
    if rejected:
        return "Ningún archivo quedó vinculado: una persona rechazó los que se propusieron."
    return "No se encontró evidencia en la carpeta de evidencias."


def tally(states: Iterable[ActivityState], reported: int) -> str:
    """ "25 actividades reportadas: 12 soportadas, …"."""
    counts = Counter(states)
    parts = [
        plural(counts[s], STATE_NAMES[s], _PLURALS.get(s, STATE_NAMES[s]))
        for s in ActivityState
        if counts[s]
    ]
    told = plural(reported, "actividad reportada", "actividades reportadas")
    return f"{told}: {', '.join(parts)}." if parts else f"{told}."


def withheld(count: int) -> str:
    """ "Se omiten aquí 2 archivos."; "" for none."""
    if not count:
        return ""
    return f"Se {'omite' if count == 1 else 'omiten'} aquí {plural(count, 'archivo', 'archivos')}."


def left_out(personal: int, unread: int, private: int, texts: int) -> str:
    """What the public annex leaves out, counted."""
    files = plural(personal, "archivo", "archivos")
    doubtful = plural(unread, "archivo", "archivos")
    links = plural(private, "enlace que no es público", "enlaces que no son públicos")
    told = (
        f"Versión pública. Se omitieron {files} con datos personales y {doubtful} cuyo contenido "
        f"no se pudo revisar (Ley 1581 de 2012), y {links}."
    )
    if not texts:
        return told
    words = plural(texts, "texto del plan o del informe", "textos del plan o del informe")
    return f"{told} También se {'omitió' if texts == 1 else 'omitieron'} {words}."
