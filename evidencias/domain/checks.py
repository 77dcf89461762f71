"""The checks of plan and evidence: one generator per check, each yields findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from evidencias.domain.model import (
    Activity,
    ActivityState,
    EvidenceFile,
    Finding,
    FindingKind,
    Link,
    Severity,
    Standing,
)
from evidencias.domain.period import counts_from
from evidencias.domain.spanish import day_words, kinds_words, plural, quoted
from evidencias.domain.support import LINKED, NO_FACTS, Case, file_day, untimely, unusable

BLOCKING, OBSERVATION, NOTICE = Severity.BLOCKING, Severity.OBSERVATION, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks look at: the plan, the standings and the links, with their case."""

    activities: Mapping[str, Activity]
    standings: tuple[Standing, ...]
    links: tuple[Link, ...]
    case: Case

    def reported(self) -> Iterator[tuple[Activity, Standing]]:
        """The reported activities with their standing, in the plan's order."""
        for standing in self.standings:
            activity = self.activities[standing.activity]
            if activity.reported:
                yield activity, standing

    def linked(self) -> Iterator[tuple[Link, EvidenceFile]]:
        """The automatic and confirmed links of known activities and files."""
        for link in self.links:
            file = self.case.files.get(link.file)
            if link.state in LINKED and file and link.activity in self.activities:
                yield link, file

    def all_it_has(self, activity: str) -> bool:
        """Whether spoiled files are all that a reported activity has.

        Nothing counts, nothing waits for an answer that would count, and the whole folder was
        read: an incomplete reading accuses nobody.
        """
        standing = next((s for s in self.standings if s.activity == activity), None)
        return (
            standing is not None
            and standing.state is ActivityState.NO_EVIDENCE
            and self.activities[activity].reported
        )


Check = Callable[[Examined], Iterator[Finding]]


def without_evidence(seen: Examined) -> Iterator[Finding]:
    """Reported activities with no counting file and nothing pending."""
    for activity, standing in seen.reported():
        if standing.state is ActivityState.NO_EVIDENCE:
            yield Finding(
                FindingKind.NO_EVIDENCE,
                BLOCKING,
                f"{activity.code}: no se encontró evidencia que cuente en el período.",
                "Cargue el soporte en la carpeta; si ya está, vincúlelo en «Revisión».",
                activity.code,
            )


def missing_kinds(seen: Examined) -> Iterator[Finding]:
    """Required kinds that no counting file of a partly supported activity holds."""
    for activity, standing in seen.reported():
        if standing.state is not ActivityState.PARTIAL:
            continue
        for kind in standing.missing:
            near = [f for f in standing.pending if kind in seen.case.facts.get(f, NO_FACTS).kinds]
            maybe = (
                f" Hay {plural(len(near), 'sugerido', 'sugeridos')} por decidir." if near else ""
            )
            yield Finding(
                FindingKind.MISSING_KIND,
                BLOCKING,
                f"{activity.code}: falta {kinds_words((kind,))}; el plan pide "
                f"{kinds_words(tuple(sorted(activity.required)))}.{maybe}",
                "Cargue ese soporte o vincule el archivo que lo contiene.",
                activity.code,
                detail=kind.value,
            )


def to_review(seen: Examined) -> Iterator[Finding]:
    """Activities whose state waits for a person's answer."""
    for activity, standing in seen.reported():
        if standing.state is ActivityState.TO_REVIEW:
            count = plural(len(standing.pending), "archivo sugerido", "archivos sugeridos")
            yield Finding(
                FindingKind.TO_REVIEW,
                OBSERVATION,
                f"{activity.code}: {count} por confirmar o rechazar.",
                "Decida en la pestaña «Revisión» o con «evidencias decidir».",
                activity.code,
            )


def planned_not_reported(seen: Examined) -> Iterator[Finding]:
    """Activities programmed for the period that the plan does not report."""
    for activity in seen.activities.values():
        if activity.programmed and not activity.reported and (activity.target or 0) > 0:
            yield Finding(
                FindingKind.PLANNED_NOT_REPORTED,
                NOTICE,
                f"{activity.code}: programada en el período{_dates(activity)} y no reportada.",
                "Si se ejecutó, repórtela en el plan; si no, explíquelo en el informe.",
                activity.code,
            )


def off_schedule(seen: Examined) -> Iterator[Finding]:
    """Reported activities that the plan programmes for another time."""
    for activity, _ in seen.reported():
        if not activity.programmed:
            aimed = (activity.target or 0) > 0
            why = f"programada{_dates(activity)}" if aimed else "sin meta en el plan"
            yield Finding(
                FindingKind.OFF_SCHEDULE,
                OBSERVATION,
                f"{activity.code}: se reporta en este período, pero está {why}.",
                "Verifique las fechas y la meta del plan, o explique por qué se reporta ahora.",
                activity.code,
            )


def _dates(activity: Activity) -> str:
    if activity.start is None and activity.end is None:
        return ""
    start = f" del {day_words(activity.start)}" if activity.start else ""
    end = f" al {day_words(activity.end)}" if activity.end else ""
    return f"{start}{end}"


def doubtful_codes(seen: Examined) -> Iterator[Finding]:
    """Rows of the plan whose code had to be made up."""
    for activity in seen.activities.values():
        if activity.code_doubt:
            yield Finding(
                FindingKind.DOUBTFUL_CODE,
                OBSERVATION,
                f"{activity.code}: {activity.code_doubt}",
                "Corrija el código en el plan para que los vínculos sean estables.",
                activity.code,
            )


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


CHECKS: tuple[Check, ...] = (
    without_evidence,
    missing_kinds,
    to_review,
    spoiled_files,
    out_of_period,
    reused_duplicates,
    public_links,
    off_schedule,
    doubtful_codes,
    planned_not_reported,
)


def findings(seen: Examined) -> tuple[Finding, ...]:
    """Every finding of plan and evidence, each id once, in the order of the checks."""
    unique: dict[str, Finding] = {}
    for check in CHECKS:
        for finding in check(seen):
            unique.setdefault(finding.id, finding)
    return tuple(unique.values())
