"""The audit for people: verdict on one line, what to mend first, then figures and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidencias.domain.assessment import Assessment
from evidencias.domain.audit import mend_first, verdict
from evidencias.domain.model import (
    ActivityState,
    AuditVerdict,
    Claim,
    ClaimKind,
    Figure,
    FigureSubject,
    FigureVerdict,
    Finding,
    JudgedFigure,
    Place,
    Severity,
)
from evidencias.domain.register.words import visible
from evidencias.domain.spanish import STATE_NAMES, number, plural, quoted

if TYPE_CHECKING:
    from rich.console import Console

VERDICTS = {
    AuditVerdict.CLEAN: "sin inconsistencias",
    AuditVerdict.OBSERVATIONS: "con observaciones",
    AuditVerdict.INCONSISTENT: "con inconsistencias",
}
FIGURE_VERDICTS = {
    FigureVerdict.MATCH: "coincide",
    FigureVerdict.MISMATCH: "no coincide",
    FigureVerdict.UNVERIFIABLE: "no verificable",
}
SUBJECTS = {
    FigureSubject.COMPLIANCE: "Cumplimiento",
    FigureSubject.PLANNED_ACTIVITIES: "Actividades del plan",
    FigureSubject.REPORTED_ACTIVITIES: "Actividades reportadas",
    FigureSubject.ACHIEVED: "Ejecutado",
    FigureSubject.OTHER: "Otra cifra",
}
UNCHECKED = (
    "No se revisó: las firmas de las actas, los nombres de los listados, lo que muestran las fotos."
)


def verdict_line(a: Assessment) -> str:
    """ "Veredicto: con inconsistencias (3 bloqueantes, 8 observaciones, 2 avisos)."."""
    open_ones = Counter(f.severity for f in a.findings if not f.accepted)
    accepted = sum(1 for f in a.findings if f.accepted)
    parts = [
        plural(open_ones[Severity.BLOCKING], "bloqueante", "bloqueantes"),
        plural(open_ones[Severity.OBSERVATION], "observación", "observaciones"),
        plural(open_ones[Severity.NOTICE], "aviso", "avisos"),
    ]
    if accepted:
        parts.append(plural(accepted, "aceptado", "aceptados"))
    return f"Veredicto: {VERDICTS[verdict(a.findings)]} ({', '.join(parts)})."


def place_words(place: Place | None) -> str:
    """ "Logros obtenidos, párrafo 2, página 3", as far as it is known."""
    if place is None:
        return ""
    parts = [place.section or ""]
    parts += [f"párrafo {place.paragraph}"] if place.paragraph else []
    parts += [f"página {place.page}"] if place.page else []
    return ", ".join(p for p in parts if p)


def audit_lines(a: Assessment, *, everything: bool = False) -> Iterator[tuple[str, str]]:
    """(style, text) lines; style is "h" for a heading, "" for text, "i" for a numbered item."""
    yield "h", verdict_line(a)
    yield from _header(a)
    first = a.findings if everything else mend_first(a.findings)
    if first:
        yield "h", "Hallazgos" if everything else "Lo primero por corregir"
        yield from (("i", line) for line in map(_finding, first))
    if a.figures:
        yield "h", "Cifras del informe"
        yield from (("i", _figure(f)) for f in a.figures)
    if a.claims:
        yield "h", "Lo que el informe afirma"
        yield "", _claims_count(a.claims)
        yield from (("i", _claim(c)) for c in a.claims)
    yield "", UNCHECKED


def _header(a: Assessment) -> Iterator[tuple[str, str]]:
    header = a.report.header if a.report else None
    if header is None:
        yield "", "Sin informe: se revisaron el plan y la evidencia."
        return
    told = [
        f"Política: {header.policy or 'no la dice'}",
        f"responsable: {header.responsible or 'no lo dice'}",
        f"período: {header.period or 'no lo dice'}",
        f"fecha: {header.date or 'no la dice'}",
    ]
    yield "", f"{'; '.join(told)}."


def _finding(finding: Finding) -> str:
    where = place_words(finding.where)
    accepted = " (aceptado)" if finding.accepted else ""
    tail = f" [{where}]" if where else ""
    return f"{finding.message}{accepted}{tail}\n{finding.hint} ({finding.id})"


def _figure(item: JudgedFigure) -> str:
    figure = item.figure
    where = place_words(figure.where)
    head = f"{figure_words(figure)}: {FIGURE_VERDICTS[item.verdict]} [{where}]"
    return f"{head}\n{quoted(figure.text)}\n{item.explanation}".rstrip()


def figure_words(figure: Figure) -> str:
    """ "cumplimiento de Turismo, 20 %", "ejecutado de PV-101, 6"."""
    unit = " %" if figure.percent else ""
    named = figure.scope not in ("", "total")
    subject = SUBJECTS[figure.subject] + (f" de {figure.scope}" if named else "")
    return f"{subject}, {number(figure.claimed)}{unit}"


def _claims_count(claims: Sequence[Claim]) -> str:
    kinds = Counter(c.kind for c in claims)
    return (
        f"{plural(len(claims), 'afirmación', 'afirmaciones')}: {kinds[ClaimKind.PLANNED]} "
        f"del plan, {kinds[ClaimKind.UNPLANNED]} que no están en él y {kinds[None]} sin decidir."
    )


def _claim(claim: Claim) -> str:
    return f"{quoted(claim.text)}\n{_claim_standing(claim)} [{place_words(claim.where)}]"


def _claim_standing(claim: Claim) -> str:
    if claim.kind is ClaimKind.PLANNED:
        return f"{claim.activity}: {STATE_NAMES[ActivityState(claim.state)]}"
    if claim.kind is ClaimKind.UNPLANNED:
        return f"Ninguna actividad del plan ({claim.id})"
    near = ", ".join(n.activity for n in claim.nearby)
    return f"Sin decidir; podría ser {near}" if near else "Sin decidir"


def draw(console: Console, a: Assessment) -> None:
    """Prints the audit on a terminal."""
    from rich.padding import Padding
    from rich.text import Text

    count = 0
    for style, text in audit_lines(a):
        shown = visible(text)
        if style == "h":
            count = 0
            console.print(Text(f"\n{shown}", style="bold"))
        elif style == "i":
            count += 1
            first, _, rest = shown.partition("\n")
            console.print(Text(f"{count}. {first}"))
            if rest:
                console.print(Padding(Text(rest, style="dim"), (0, 0, 0, 3), expand=False))
        else:
            console.print(Text(shown))


def as_markdown(a: Assessment) -> str:
    """The audit as Markdown, with every finding."""
    out, count = [], 0
    for style, text in audit_lines(a, everything=True):
        safe = text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")
        if style == "h":
            count = 0
            out.append(f"\n## {safe}\n")
        elif style == "i":
            count += 1
            out.append(f"{count}. " + safe.replace("\n", "  \n   "))
        else:
            out.append(safe + "\n")
    return "\n".join(out).strip()
