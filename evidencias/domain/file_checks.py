"""The checks of the files that support activities: spoiled, out of period, reused, public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from evidencias.domain.examined import BLOCKING, NOTICE, OBSERVATION, Examined
from evidencias.domain.model import EvidenceFile, Finding, FindingKind, Link
from evidencias.domain.period import counts_from
from evidencias.domain.spanish import day_words, quoted
from evidencias.domain.support import NO_FACTS, Case, file_day, untimely, unusable


def spoiled_files(seen: Examined) -> Iterator[Finding]:
    """Linked files that prove nothing: empty, damaged, broken shortcut, withdrawn."""
    for link, file in seen.linked():
        kind = unusable(file)
        if kind is None:
            continue
        severity = BLOCKING if seen.all_it_has(link.activity) else OBSERVATION
        message, hint = _SPOILED[kind]
        yield Finding(
            kind,
            severity,
            f"{link.activity}: {quoted(file.path)} {_damage(file) or message}.",
            hint,
            link.activity,
            file.id,
        )


_SPOILED = {
    FindingKind.EMPTY_FILE: ("está vacío (0 bytes)", "Cargue de nuevo el archivo completo."),
    FindingKind.BROKEN_SHORTCUT: (
        "es un acceso directo cuyo destino no existe o no se puede abrir",
        "Cargue el archivo mismo en la carpeta, o pida acceso a su destino.",
    ),
    FindingKind.EVIDENCE_GONE: (
        "estaba vinculado y ya no está en la carpeta (o está en la papelera)",
        "Restáurelo, o rechace el vínculo si ya no corresponde.",
    ),
}


def _damage(file: EvidenceFile) -> str:
    return "está dañado: no se puede abrir" if file.damaged and file.size else ""


def out_of_period(seen: Examined) -> Iterator[Finding]:
    """Linked files dated outside the days that count; late uploads are told apart."""
    for link, file in seen.linked():
        facts = seen.case.facts.get(file.id, NO_FACTS)
        kind = (
            None if unusable(file) or not _dated(file) else untimely(file, facts, seen.case.period)
        )
        if kind is FindingKind.LATE_UPLOAD:
            yield _late(link, file, facts.event, facts.event_source)
        elif kind is FindingKind.OUT_OF_PERIOD:
            severity = BLOCKING if seen.all_it_has(link.activity) else OBSERVATION
            yield Finding(
                kind,
                severity,
                f"{link.activity}: {quoted(file.path)} {_when(file, seen.case)}.",
                "Verifique a qué semestre pertenece; si es de este período, acepte el hallazgo "
                "en «Revisión».",
                link.activity,
                file.id,
            )


def _dated(file: EvidenceFile) -> bool:
    return file.presence == "visto" and file.shortcut_target is None


def _when(file: EvidenceFile, case: Case) -> str:
    first, last = counts_from(case.period), case.period.cutoff
    span = f"cuentan los archivos del {day_words(first)} al {day_words(last)}"
    day = file_day(file)
    taken = file.photo_taken.date() if file.photo_taken else None
    if day is not None and taken is not None and first <= day <= last:
        return f"se subió el {day_words(day)}, pero la foto se tomó el {day_words(taken)}; {span}"
    return f"es del {day_words(day)}; {span}" if day else f"no tiene fecha; {span}"


def _late(link: Link, file: EvidenceFile, event: date | None, source: str) -> Finding:
    day = file_day(file)
    told = {"texto": "su texto", "nombre": "su nombre", "foto": "la foto"}.get(source, "su texto")
    return Finding(
        FindingKind.LATE_UPLOAD,
        OBSERVATION,
        f"{link.activity}: {quoted(file.path)} se cargó el {day_words(day)}, después del corte; "
        f"{told} lo fecha el {day_words(event)}, dentro del período.",
        "Si corresponde, acepte el hallazgo en «Revisión» y el archivo contará.",
        link.activity,
        file.id,
    )


def reused_duplicates(seen: Examined) -> Iterator[Finding]:
    """The same bytes filed as several files that together support several activities."""
    groups: dict[str, list[tuple[Link, EvidenceFile]]] = defaultdict(list)
    for link, file in seen.linked():
        if file.md5 and file.size and unusable(file) is None:
            groups[file.md5].append((link, file))
    for pairs in groups.values():
        activities = {link.activity for link, _ in pairs}
        if len({file.id for _, file in pairs}) < 2 or len(activities) < 2:
            continue
        joint = all(
            {link.activity for link, f in pairs if f.id == file.id} == activities
            for _, file in pairs
        )
        yield from (_reused(link, file, pairs, joint) for link, file in pairs)


def _reused(
    link: Link, file: EvidenceFile, pairs: list[tuple[Link, EvidenceFile]], joint: bool
) -> Finding:
    twin = next(f for _, f in pairs if f.id != file.id)
    others = sorted({other.activity for other, _ in pairs} - {link.activity})
    tail = " Su propio contenido corresponde a todas." if joint else ""
    return Finding(
        FindingKind.REUSED_DUPLICATE,
        NOTICE if joint else OBSERVATION,
        f"{link.activity}: {quoted(file.path)} tiene el mismo contenido que {quoted(twin.path)}, "
        f"usado también en {', '.join(others)}.{tail}",
        "Si el evento fue conjunto, acepte el hallazgo; si no, rechácelo.",
        link.activity,
        file.id,
    )


def public_links(seen: Examined) -> Iterator[Finding]:
    """Linked files that anyone with the link can open."""
    for link, file in seen.linked():
        if file.shared_publicly:
            personal = seen.case.facts.get(file.id, NO_FACTS).personal_data
            more = " Contiene datos personales (Ley 1581 de 2012)." if personal else ""
            yield Finding(
                FindingKind.PUBLIC_LINK,
                OBSERVATION,
                f"{link.activity}: cualquiera con el enlace puede abrir {quoted(file.path)}.{more}",
                "Quite en Drive el acceso «Cualquier persona con el enlace».",
                link.activity,
                file.id,
            )
