"""The report against itself: statements of one report that cannot both hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencias.domain.figures.lexicon import alike, content
from evidencias.domain.figures.spans import Span, clauses, quote, sentences
from evidencias.domain.model import (
    Activity,
    FigureSubject,
    Finding,
    FindingKind,
    JudgedFigure,
    LinkState,
    Place,
    Report,
    Severity,
    Standing,
)
from evidencias.domain.report.titles import section_kind
from evidencias.domain.spanish import number, quoted
from evidencias.domain.text import fold

_SLACK = 1.5  # points by which rounded parts may miss their whole
_LINKED = {LinkState.AUTOMATIC, LinkState.CONFIRMED}
_PLAN = r"(?:plan|programa\w*|programacion|planeacion|previst\w*|contempla\w*|acordad\w*|pactad\w*)"
_ADMITS = re.compile(
    rf"\b(?:no|sin|ni)\b[^.;]{{0,60}}\b(?:se encuentran|encontraban|esta[nb]?\w*|queden?|"
    rf"quedaron|fueron|hac[ei]an? parte|haber\w*|figur\w+|estaba|estar)\b[^.;]{{0,50}}"
    rf"\b{_PLAN}\b|\b(?:por )?fuera (?:del plan|de lo (?:programado|planeado|previsto))|"
    rf"\bno (?:programad|previst|planead|contemplad)[oa]s?\b|"
    rf"\bno tienen? aplicabilidad en ninguna herramienta de planeacion\b"
)
_ADMITTED_THING = re.compile(
    r"activid|accion|jornad|taller|evento|proyect|compra|estudio|obra|atend|realiz|ejecut|elabor|"
    r"celebr|adquir|desarroll|entreg|hizo|hicieron"
)
_ONE_BY_ONE = re.compile(
    r"\b(?:un[ao] (?:a|por) un[ao]|en su totalidad|todas las (?:evidencias|actividades)|"
    r"cada una de las (?:evidencias|actividades)|la totalidad de las (?:evidencias|actividades)|"
    r"de cada actividad|por cada actividad)\b"
)
_KEPT = re.compile(r"consign|repos|encuentr|carg|archiv|carpeta|drive|soport|dispon")
_DENIAL = re.compile(
    r"\bno (?:se )?(?:logr\w+|pud\w+|fue posible|alcanz\w+|realiz\w+|ejecut\w+|hubo|adelant\w+|"
    r"llev\w+ a cabo|desarroll\w+|cumpl\w+|entreg\w+|contrat\w+|instal\w+|firm\w+|suscrib\w+)|"
    r"\btampoco\b|\bsigue[n]? sin\b|\bqued\w+ (?:pendiente|sin)\b|\bsin ejecutar\b"
)
_NO_PROGRESS = re.compile(
    r"\bno (?:se )?(?:evidenci\w+|present\w+|registr\w+|report\w+|observ\w+|hay|hubo)\s+"
    r"(?:ningun\w* )?(?:avance|progreso|resultado)s?\s+(?:alguno )?"
    r"(?:en torno a|en|frente a|respecto a|sobre|para)?l?\s*(?P<topic>[^.,;]{4,60})"
)
_DONE = re.compile(
    r"\b(?:se (?:[a-z]+(?:aron|ieron|o)\b)|[a-z]{4,}(?:aron|ieron)\b|avanz\w+|fortalec\w+|mejor\w+)"
)
_INTENT = re.compile(
    r"\b(?:con el fin|a fin de|para que|se espera|se propone|es necesario|debe\w*)\b"
)
_TELLING_SECTIONS = {"actividades", "estrategias", "logros"}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the report with their place."""

    text: str
    where: Place


def contradictions(
    report: Report,
    figures: Sequence[JudgedFigure],
    standings: Sequence[Standing],
    activities: Sequence[Activity] = (),
) -> Iterator[Finding]:
    """What in the report cannot stand beside something else in it. Few and sure.

    `activities` weigh the parts of an overall figure and tell which are reported; without them
    every standing counts as reported and overall figures are not compared with their parts.
    """
    yield from whole_and_parts(figures, activities)
    yield from successes_denied(report)
    yield from unplanned_admitted(report)
    yield from one_by_one(report, standings, activities)


def admissions(report: Report) -> tuple[Quote, ...]:
    """Sentences that admit activities which no plan holds, difficulties first."""
    found = [q for q in _quotes(report) if _admits(fold(q.text))]
    return tuple(sorted(found, key=lambda q: section_kind(q.where.section or "") != "dificultades"))


def whole_and_parts(
    figures: Sequence[JudgedFigure], activities: Sequence[Activity]
) -> Iterator[Finding]:
    """An overall compliance that its ejes cannot average to, however they are weighed."""
    said = [f.figure for f in figures if f.figure.subject is FigureSubject.COMPLIANCE]
    axes = list(dict.fromkeys(a.axis for a in activities if a.axis))
    parts = {f.scope: f.claimed for f in said if f.scope in axes and f.percent}
    if not parts or len(axes) < 2:
        return
    low, high = _reach(parts, axes, activities)
    for whole in said:
        if whole.scope == "total" and whole.percent and not low <= whole.claimed <= high:
            told = "; ".join(f"{axis}, {number(v)} %" for axis, v in parts.items())
            yield _finding(
                f"El cumplimiento general de {number(whole.claimed)} % no cabe junto a lo que el "
                f"informe dice de sus ejes ({told}): con ellos estaría entre "
                f"{number(max(low, 0))} % y {number(min(high, 100))} %.",
                "Revise cuál de las cifras es la correcta y diga con qué fórmula se calculó.",
                f"total|{whole.claimed}",
                whole.where,
            )


def _reach(
    parts: dict[str, float], axes: Sequence[str], activities: Sequence[Activity]
) -> tuple[float, float]:
    """The least and the most the whole may be, by activities per eje or with ejes alike."""
    sizes = {axis: sum(a.axis == axis for a in activities) for axis in axes}
    lows, highs = [], []
    for weights in (sizes, dict.fromkeys(axes, 1)):
        total = sum(weights.values())
        known = sum(weights[a] * v for a, v in parts.items()) / total
        unknown = 100 * sum(w for a, w in weights.items() if a not in parts) / total
        lows.append(known - _SLACK)
        highs.append(known + unknown + _SLACK)
    return min(lows), max(highs)


def successes_denied(report: Report) -> Iterator[Finding]:
    """A thing told as done that a difficulty says was not, or a field "without progress"."""
    told = [q for q in _told(report) if section_kind(q.where.section or "") in _TELLING_SECTIONS]
    for denial in _told(report):
        if section_kind(denial.where.section or "") != "dificultades":
            continue
        success = _denied_by(denial, told)
        if success:
            yield _finding(
                f"En «{success.where.section}» el informe dice {quoted(success.text)} y en "
                f"«{denial.where.section}», {quoted(denial.text)}.",
                "Aclare cuál de las dos afirmaciones vale, o qué parte se hizo y cuál no.",
                f"{success.text}|{denial.text}",
                denial.where,
            )


def _denied_by(denial: Quote, told: Sequence[Quote]) -> Quote | None:
    folded = fold(denial.text)
    if stalled := _NO_PROGRESS.search(folded):
        topic = [w for w in content(stalled["topic"]) if w not in {"torno", "sector", "tema"}]
        return next((q for q in told if _speaks_of(q, topic)), None)
    if not _DENIAL.search(folded):
        return None
    words = content(folded[_DENIAL.search(folded).end() :])  # type: ignore[union-attr]
    return next((q for q in told if _same_thing(q, words)), None)


def _speaks_of(success: Quote, topic: Sequence[str]) -> bool:
    said = content(success.text)
    return bool(topic) and all(any(alike(t, w) for w in said) for t in topic[:2])


def _same_thing(success: Quote, denied: Sequence[str]) -> bool:
    """Three telling words in common, and most of those of the denial."""
    said = content(success.text)
    shared = {d for d in denied if any(alike(d, w) for w in said)}
    return len(shared) >= 3 and len(shared) >= 0.6 * len(set(denied))


def unplanned_admitted(report: Report) -> Iterator[Finding]:
    """Difficulties that admit activities outside the plan, quoted."""
    for said in admissions(report):
        if section_kind(said.where.section or "") == "dificultades":
            yield _finding(
                f"El informe admite actividades que no estaban programadas: {quoted(said.text)}.",
                "Diga cuáles son e inclúyalas en el plan, o no las cuente en el cumplimiento.",
                said.text,
                said.where,
            )


def one_by_one(
    report: Report, standings: Sequence[Standing], activities: Sequence[Activity]
) -> Iterator[Finding]:
    """ "Consignadas una a una": how many of the reported activities have at least one file."""
    reported = {a.code for a in activities if a.reported} or {s.activity for s in standings}
    mine = [s for s in standings if s.activity in reported]
    having = sum(any(c.state in _LINKED for c in s.files) for s in mine)
    if not mine or having == len(mine):
        return
    for said in _quotes(report):
        folded = fold(said.text)
        kind = section_kind(said.where.section or "")
        if kind == "evidencias" and _ONE_BY_ONE.search(folded) and _KEPT.search(folded):
            yield _finding(
                f"El informe dice de las evidencias {quoted(said.text)}: {number(having, 0)} de "
                f"{number(len(mine), 0)} actividades reportadas tienen al menos un archivo.",
                "Cargue los soportes que faltan; «evidencias faltantes» dice cuáles son.",
                "una a una",
                said.where,
            )
            return


def _admits(folded: str) -> bool:
    found = _ADMITS.search(folded)
    return bool(found and _ADMITTED_THING.search(folded))


def _quotes(report: Report) -> Iterator[Quote]:
    """Every sentence with its place, cut to sixty words around what it admits."""
    for section, place, paragraph in _paragraphs(report):
        for sentence in sentences(paragraph):
            at = _telling_place(sentence)
            yield Quote(quote(sentence, at, at).rstrip(" ."), Place(section, *place))


def _telling_place(sentence: Span) -> int:
    """Where in a long sentence the telling words stand (folding keeps the length of Spanish)."""
    folded = fold(sentence.text)
    found = _ADMITS.search(folded) or _ONE_BY_ONE.search(folded)
    return sentence.start + (found.start() if found and len(folded) == len(sentence.text) else 0)


def _told(report: Report) -> Iterator[Quote]:
    """Every clause that says something was done, or was not."""
    for section, place, paragraph in _paragraphs(report):
        for sentence in sentences(paragraph):
            for clause in clauses(sentence):
                folded = fold(clause.text)
                denies = _DENIAL.search(folded) or _NO_PROGRESS.search(folded)
                if denies or (_DONE.search(folded) and not _INTENT.search(folded)):
                    yield Quote(clause.text.strip(" ,;:."), Place(section, *place))


def _paragraphs(report: Report) -> Iterator[tuple[str | None, tuple[int, int | None], str]]:
    for section in report.sections:
        for place, paragraph in enumerate(section.paragraphs, 1):
            page = section.pages[place - 1] if place <= len(section.pages) else None
            yield section.title or None, (place, page), paragraph


def _finding(message: str, hint: str, detail: str, where: Place) -> Finding:
    kind, severity = FindingKind.CONTRADICTION, Severity.OBSERVATION
    return Finding(kind, severity, message, hint, detail=detail, where=where)
