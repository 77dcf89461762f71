"""What a percentage of the report measures: compliance of some scope, or something else."""

from __future__ import annotations

import re
from dataclasses import replace

from evidencias.domain.figures.lexicon import content, shares
from evidencias.domain.figures.scopes import Mention
from evidencias.domain.figures.sentence import TOTAL, Reading
from evidencias.domain.model import Figure, FigureSubject
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

_STRONG = re.compile(
    r"cumpli|avance|avanz|ejecucion (?!presup|financ)|ejecut(?:o|a|ado|ada|aron)\b|"
    r"(?:actividades|acciones|metas) (?:program|previst|plane|del plan|cumpl|ejecut|realiz)|"
    r"lo programado|del plan de accion|logro de (?:las )?metas"
)
_MOVES = re.compile(
    r"\b(?:lleg|alcanz|qued|registr|roz|present|obtuv|ubic|situ|logr|cerr|cierr|suma|marc|report|"
    r"tien|tuv|muestr|va en|est[ao]|baj|sub|bord|rond|super|apenas|con un|termin|consolid)\w*"
)
_OTHER = re.compile(
    r"cualitativ|impact|efecto|satisfac(?!tori)|satisfech|cobertura|presup|financ|recursos|inversion|asisten|aument|"
    r"increment|reduc|reduj|dismin|crec|ahorr|deser|desemple|pobreza|matricul|tasa|indice|aprob|"
    r"encuest|poblacion|beneficiari|hogares|familias|mujeres|hombres|ninos|jovenes|estudiantes|"
    r"vacun|ingresos|precio|costo|ventas|empleo generado|contrat"
)
# What a share of the activities is when it is not the share that was done.
_UNDONE = re.compile(
    r"\s*(?:(?!se\b)[a-z]+ ){0,3}?(?:no|sin|pendientes?|restantes?|en (?:ejecucion|proceso|curso|"
    r"tramite)|por (?:iniciar|ejecutar|cumplir))\b"
)
# A work of its own, whose advance is not the plan's: "el convenio tiene una ejecución del 60 %".
_WORK = re.compile(
    r"\b(?:convenios?|contratos?|obras?|construccion|adecuacion|consultoria|proyecto|estudios?|"
    r"edificio|parque|via|puente|sede|pista|cancha|documento)\b"
)
_ADVANCE = re.compile(r"avance|avanz|ejecucion|ejecut")
_PLAN_WORDS = re.compile(r"\b(?:plan|politica|actividades|acciones|metas|cumpl\w+|programad\w+)\b")
# Money that is carried out, which says nothing of the plan: "la inversión ejecutada es del 48 %".
_SPENDING = re.compile(
    r"\b(?:inversion|presupuest\w*|recursos|gastos?|apropiacion|dinero|contrato)\b"
    r"(?:[^,.;]{0,30}\bejecut\w*)?|\bejecut\w* (?:del? |los |las |el |la )*(?:inversion|presupuest|"
    r"recursos|gasto|apropiacion|dinero)\w*"
)
_LINKING = frozenset({"de", "del", "en", "sobre", "para", "con", "por", "al"})
# The value of another time: "pasó del 60 % en 2021 al 81 %", "el 60 % del año anterior".
_FORMER_BEFORE = re.compile(r"\b(?:pas|sub|aument|creci|baj|descend)\w+ del?\s*$", re.IGNORECASE)
_FORMER_AFTER = re.compile(
    r"\s*(?:del?|en)\s+(?:el|la)?\s*(?:a[nñ]o|semestre|vigencia|per[ií]odo)\s+(?:anterior|pasad[oa])",
    re.IGNORECASE,
)


def percentage(reading: Reading, number: Number, text: str) -> Figure:
    """A percentage: compliance of the whole, an eje or a dependencia, or of something else."""
    if _FORMER_BEFORE.search(reading.before(number)) or _FORMER_AFTER.match(reading.after(number)):
        subject = FigureSubject.OTHER
        return Figure(text, reading.where, subject, TOTAL, number.value, True, number.bound)
    mention = reading.scope(number)
    before, after = fold(reading.before(number)), fold(reading.after(number))
    subject = _percent_subject(_unnamed(before, mention), after, mention, reading.last_subject)
    scope = mention.scope if mention and subject is FigureSubject.COMPLIANCE else TOTAL
    reading.took(number, mention, subject)
    return Figure(text, reading.where, subject, scope, number.value, True, number.bound)


def _unnamed(before: str, mention: Mention | None) -> str:
    """The words before a number without those that name its eje, which say nothing else."""
    if mention is None:
        return before
    keys = content(mention.scope)
    return re.sub(r"[a-z]+", lambda m: "" if shares(m[0], keys) else m[0], before)


def _percent_subject(
    before: str, after: str, mention: Mention | None, last: FigureSubject | None
) -> FigureSubject:
    before, after = (_SPENDING.sub("recursos", text) for text in (before, after))
    if _UNDONE.match(after) or (not mention and _of_one_work(before, after)):
        return FigureSubject.OTHER
    strong, other = _last(_STRONG, before), _last(_OTHER, before)
    follows = last is FigureSubject.COMPLIANCE and other < 0
    named = mention and (mention.elliptic or follows or _labels(before))
    if strong > other or named:
        return FigureSubject.COMPLIANCE
    if other >= 0:
        return FigureSubject.OTHER
    moves = mention and (_MOVES.search(before) or not before.strip()) and not _of_people(after)
    return FigureSubject.COMPLIANCE if moves or _told_after(after) else FigureSubject.OTHER


def _told_after(after: str) -> bool:
    """Whether what follows says that it is compliance: "el 58 % de las metas se cumplió"."""
    told = _STRONG.search(after[:60])
    return bool(told and not _OTHER.search(after[: told.start()]))


def share(reading: Reading, number: Number, text: str) -> Figure | None:
    """A compliance written as a part of one ("un cumplimiento del 0,83"); None when it is not."""
    written = reading.sentence.text[number.start - reading.sentence.start :][:4]
    part_of_one = 0 < number.value <= 1 and re.match(r"[01][.,]\d", written)
    if not part_of_one or _counts_something(reading.after(number)):
        return None
    cut, axis, subject = reading.cut, reading.last_axis, reading.last_subject
    percent = replace(number, value=round(100 * number.value, 2), percent=True)
    figure = percentage(reading, percent, text)
    if figure.subject is FigureSubject.COMPLIANCE:
        return figure
    reading.cut, reading.last_axis, reading.last_subject = cut, axis, subject
    return None


def _counts_something(after: str) -> bool:
    """Whether a noun that the number counts or measures stands right after it."""
    following = re.match(r"\s*([a-z]{2,})", fold(after))
    return following is not None and following[1] not in _LINKING


def _of_one_work(before: str, after: str) -> bool:
    """Whether what advances is a contract or a building and not the plan."""
    works = _WORK.search(before) or _WORK.search(after[:60])
    return bool(works and _ADVANCE.search(before) and not _PLAN_WORDS.search(before + after[:60]))


def _labels(before: str) -> bool:
    """Whether what was named only labels the number: "Línea 1: 90 %", "Turismo (100 %)"."""
    return bool(re.search(r"[:(|]\s*(?:(?:el|un|\d+|\|)\s*)*$", before))


def _of_people(after: str) -> bool:
    """ "el 60 % de las mujeres …" says something of people, not of the plan."""
    people = re.match(r"\s*de (?:l[ao]s |sus |nuestr[ao]s )?(?!cumpl|avance|act)\w+", after)
    return bool(people and _OTHER.search(after[:40]))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)
