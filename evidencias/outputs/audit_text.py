"""The audit for people: verdict on one line, what to mend first, then figures and claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evidencias.domain.assessment import Assessment
from evidencias.domain.audit import mend_first, verdict
from evidencias.domain.model import (
    ActivityState,
    AuditVerdict,
    Claim,
    ClaimKind,
    FigureVerdict,
    Finding,
    JudgedFigure,
    Place,
    Severity,
)
from evidencias.domain.spanish import STATE_NAMES, figure_words, listed, plural, quoted

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
SEVERITIES = {
    Severity.BLOCKING: "bloqueante",
    Severity.OBSERVATION: "observación",
    Severity.NOTICE: "aviso",
}
UNCHECKED = (
    "No se revisó: las firmas de las actas, los nombres de los listados, lo que muestran las fotos."
)
NOTHING_TOLD = (
    "En el informe no se encontró nada hecho ni ninguna cifra que contrastar. Verifique que el "
    "archivo sea el informe completo."
)
_LONG_QUOTE = re.compile(r"«([^«»]{150,})»")
_CLIPPED = 120


class Line(NamedTuple):
    """One line of the audit: a heading, a paragraph or a numbered item with its detail."""

    style: str  # "heading", "text" or "item"
    text: str
    detail: str = ""


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


def whole(a: Assessment) -> Iterator[Line]:
    """Everything: each finding, each figure with its sentence, each claim."""
    yield Line("heading", verdict_line(a))
    yield Line("text", _header(a))
    yield from _nothing_told(a)
    if a.findings:
        yield Line("heading", "Hallazgos")
        yield from map(_finding, a.findings)
    if a.figures:
        yield Line("heading", "Cifras del informe")
        yield from map(_figure, a.figures)
    if a.claims:
        yield Line("heading", "Lo que el informe afirma")
        yield Line("text", _claims_count(a.claims))
        yield from map(_claim, a.claims)
    yield Line("text", UNCHECKED)


def brief(a: Assessment) -> Iterator[Line]:
    """What a person needs first: ten things to mend, and of the rest what does not stand."""
    yield Line("heading", verdict_line(a))
    yield Line("text", _header(a))
    yield from _nothing_told(a)
    yield from _first(a)
    if a.figures:
        yield from _brief_figures(a.figures)
    if a.claims:
        yield from _brief_claims(a.claims)
    yield Line("text", f"\n{UNCHECKED}")
    yield Line(
        "text",
        "Con -v se ve todo; con --salida auditoria.html, el informe con cada frase marcada.",
    )
    yield Line("heading", verdict_line(a))


def clipped(text: str) -> str:
    """The text with its long quotations cut at a word; the whole ones stand in the report."""

    def cut(found: re.Match[str]) -> str:
        return f"«{found[1][:_CLIPPED].rsplit(' ', 1)[0].rstrip(',;')}…»"

    return _LONG_QUOTE.sub(cut, text)


def _nothing_told(a: Assessment) -> Iterator[Line]:
    """Said when nothing was read in a report, which a person would take for a clean one."""
    if a.report and not a.claims and not a.figures:
        yield Line("text", NOTHING_TOLD)


def _header(a: Assessment) -> str:
    header = a.report.header if a.report else None
    if header is None:
        return "Sin informe: se revisaron el plan y la evidencia."
    told = [
        f"Política: {header.policy or 'no la dice'}",
        f"responsable: {header.responsible or 'no lo dice'}",
        f"período: {header.period or 'no lo dice'}",
        f"fecha: {header.date or 'no la dice'}",
    ]
    return f"{'; '.join(told)}."


def _first(a: Assessment) -> Iterator[Line]:
    first = mend_first(a.findings)
    if not first:
        return
    yield Line("heading", "Lo primero por corregir")
    before = ""
    for finding in first:
        line = _finding(finding, hint=finding.hint != before)
        yield line._replace(text=clipped(line.text))
        before = finding.hint
    left = sum(1 for f in a.findings if not f.accepted) - len(first)
    if left:
        yield Line("text", f"… y {plural(left, 'hallazgo', 'hallazgos')} más.")


def _finding(finding: Finding, *, hint: bool = True) -> Line:
    where = place_words(finding.where)
    accepted = " (aceptado)" if finding.accepted else ""
    tail = f" [{where}]" if where else ""
    told = f"{finding.hint} ({finding.id})" if hint else f"({finding.id})"
    return Line("item", f"{finding.message}{accepted}{tail}", told)


def _figure(item: JudgedFigure) -> Line:
    figure = item.figure
    where = place_words(figure.where)
    return Line(
        "item",
        f"{figure_words(figure)}: {FIGURE_VERDICTS[item.verdict]} [{where}]",
        f"{quoted(figure.text)}\n{item.explanation}".rstrip(),
    )


def _brief_figures(figures: Sequence[JudgedFigure]) -> Iterator[Line]:
    counts = Counter(f.verdict for f in figures)
    yield Line("heading", "Cifras del informe")
    yield Line(
        "text",
        f"{plural(len(figures), 'cifra', 'cifras')}: "
        f"{plural(counts[FigureVerdict.MATCH], 'coincide', 'coinciden')}, "
        f"{plural(counts[FigureVerdict.MISMATCH], 'no coincide', 'no coinciden')} y "
        f"{plural(counts[FigureVerdict.UNVERIFIABLE], 'no es verificable', 'no son verificables')}"
        ".",
    )
    yield from (_figure(f) for f in figures if f.verdict is not FigureVerdict.MATCH)
    good = [figure_words(f.figure) for f in figures if f.verdict is FigureVerdict.MATCH]
    if good:
        yield Line("text", f"Coinciden: {'; '.join(good)}.")


def _claims_count(claims: Sequence[Claim]) -> str:
    kinds = Counter(c.kind for c in claims)
    outside = plural(kinds[ClaimKind.UNPLANNED], "que no está en él", "que no están en él")
    return (
        f"{plural(len(claims), 'afirmación', 'afirmaciones')}: "
        f"{kinds[ClaimKind.PLANNED]} del plan, {outside} y {kinds[None]} sin decidir."
    )


def _brief_claims(claims: Sequence[Claim]) -> Iterator[Line]:
    yield Line("heading", "Lo que el informe afirma")
    yield Line("text", _claims_count(claims))
    for claim in claims:
        if claim.state != ActivityState.SUPPORTED:
            line = _claim(claim)
            yield line._replace(text=clipped(line.text))
    good = list(dict.fromkeys(c.activity for c in claims if c.state == ActivityState.SUPPORTED))
    if good:
        yield Line("text", f"Con soporte: {listed(good)}.")


def _claim(claim: Claim) -> Line:
    where = place_words(claim.where)
    return Line("item", quoted(claim.text), f"{_claim_standing(claim)} [{where}]")


def _claim_standing(claim: Claim) -> str:
    if claim.kind is ClaimKind.PLANNED:
        return f"{claim.activity}: {STATE_NAMES[ActivityState(claim.state)]}"
    if claim.kind is ClaimKind.UNPLANNED:
        return f"Ninguna actividad del plan ({claim.id})"
    near = ", ".join(n.activity for n in claim.nearby)
    return f"Sin decidir; podría ser {near}" if near else "Sin decidir"


def as_markdown(a: Assessment) -> str:
    """The audit as Markdown, with every finding."""
    out, count = [], 0
    for line in whole(a):
        safe = _escaped(line.text)
        if line.style == "heading":
            count = 0
            out.append(f"\n## {safe}\n")
        elif line.style == "item":
            count += 1
            detail = _escaped(line.detail).replace("\n", "  \n   ")
            out.append(f"{count}. {safe}  \n   {detail}")
        else:
            out.append(safe + "\n")
    return "\n".join(out).strip()


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")
