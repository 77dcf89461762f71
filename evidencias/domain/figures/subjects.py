"""What a number of the report measures: compliance, counts of activities, or something else."""

from __future__ import annotations

import re

from evidencias.domain.figures.lexicon import content, shares
from evidencias.domain.figures.scopes import Mention, ScopeFinder
from evidencias.domain.figures.spans import Span
from evidencias.domain.model import Figure, FigureSubject, Place
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

TOTAL = "total"
_STRONG = re.compile(
    r"cumpli|avance|avanz|ejecucion (?!presup|financ)|ejecut(?:o|a|ado|ada|aron)\b|"
    r"(?:actividades|acciones|metas) (?:program|previst|plane|del plan|cumpl|ejecut|realiz)|"
    r"lo programado|del plan de accion|logro de (?:las )?metas"
)
_MOVES = re.compile(
    r"\b(?:lleg|alcanz|qued|registr|roz|present|obtuv|ubic|situ|logr|cerr|suma|marc|report|"
    r"tien|tuv|muestr|va en|est[ao]|baj|sub|bord|rond|super|apenas|con un|termin|consolid)\w*"
)
_OTHER = re.compile(
    r"cualitativ|impact|efecto|satisf|cobertura|presup|financ|recursos|inversion|asisten|aument|"
    r"increment|reduc|reduj|dismin|crec|ahorr|deser|desemple|pobreza|matricul|tasa|indice|aprob|"
    r"encuest|poblacion|beneficiari|hogares|familias|mujeres|hombres|ninos|jovenes|estudiantes|"
    r"vacun|ingresos|precio|costo|ventas|empleo generado|contrat"
)
_ACTIVITIES = re.compile(
    r"^\s*(?:(?:grandes|nuevas|diferentes|distintas|principales|de sus|de las|de nuestras)\s+)*"
    r"(actividades|acciones|iniciativas|compromisos|metas|lineas de accion)\b",
)
_PLANNED = re.compile(
    r"program|previst|plane|planific|contempl|plan de accion|del plan\b|el plan\b|compon|conform|"
    r"hacen parte|inclu|proyectad|establecid|acordad|pactad|formulad[ao]s en"
)
_REPORTED = re.compile(
    r"report|d(?:a|an|io|ieron) cuenta|inform|registr|rind|realiz|ejecut|adelant|desarroll|"
    r"llev(?:o|aron) a cabo|cumpl|formul|present|evidenc|soport"
)
# What brings the sentence back from an eje to the whole, and what may stand before an eje named
# after its number ("un 58 % de cumplimiento en la línea de …").
_WHOLE = re.compile(
    r"\b(?:la politica|el plan|de la politica|del plan|global|en general|en total)\b"
)
_DIRECT = re.compile(
    r"\s*(?:de (?:cumplimiento|avance|ejecucion|sus (?:actividades|metas)|"
    r"las (?:actividades|metas|acciones)(?: programadas)?)\s*)?,?\s*"
    r"(?:en|para|del?)?\s*(?:el|la|los|las)?\s*$"
)
# The value of another time: "pasó del 60 % en 2021 al 81 %", "el 60 % del año anterior".
_FORMER_BEFORE = re.compile(r"\b(?:pas|sub|aument|creci|baj|descend)\w+ del?\s*$", re.IGNORECASE)
_FORMER_AFTER = re.compile(
    r"\s*(?:del?|en)\s+(?:el|la)?\s*(?:a[nñ]o|semestre|vigencia|per[ií]odo)\s+(?:anterior|pasad[oa])",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\b(?:de las cuales|de ellas|de estas|de esas|de ese total)\s*$")
_DONE_ALONE = re.compile(r"\b(?:report|cumpl|ejecut|realiz|adelant|desarroll)\w+\s*$")
_DONE_AFTER = re.compile(
    r"\s*(?:fueron|se|han sido|estan)\s+(?:report|cumpl|ejecut|realiz|adelant)"
)
_PLAN_HAS = re.compile(
    r"\b(?:plan|politica)\b[^.]{0,30}\b(?:de|con|tiene|trae|incluye|suma|comprende|contempla|"
    r"consta de|compuest[oa] (?:de|por))\s*(?:las\s*)?$"
)
_ELLIPTIC_REPORT = re.compile(r"\b(?:report|inform)\w*\s+(?:solo |apenas |un total de )?$")


class Reading:
    """One sentence being read; remembers what its last figures were said of."""

    def __init__(self, sentence: Span, where: Place, finder: ScopeFinder) -> None:
        self.sentence = sentence
        self.where = where
        self.finder = finder
        self.last_axis: Mention | None = None
        self.last_subject: FigureSubject | None = None
        self.planned: float | None = None
        self.cut = 0

    def before(self, number: Number) -> str:
        """The sentence from the last number taken to this one."""
        return self.sentence.text[self.cut : number.start - self.sentence.start]

    def after(self, number: Number) -> str:
        """What follows the number up to the end of its clause."""
        rest = self.sentence.text[number.end - self.sentence.start :]
        return re.split(r"[;.](?:\s|$)|,\s+(?:y|pero|mientras|aunque|sin)\b", rest, maxsplit=1)[0]

    def scope(self, number: Number) -> Mention | None:
        """The eje or dependencia the number is said of: named before it, or else right after."""
        before = self.before(number)
        found = self.finder.find(before, elliptic=self.last_axis is not None)
        if found:
            return None if _WHOLE.search(fold(before[found.end :])) else found
        after = self.after(number)
        later = None if _WHOLE.search(fold(before)) else self.finder.find(after)
        return later if later and _DIRECT.match(fold(after[: later.start])) else None

    def took(self, number: Number, mention: Mention | None, subject: FigureSubject) -> None:
        """Notes that a number became a figure, so that the next one is read from there."""
        self.cut = number.end - self.sentence.start
        self.last_axis = mention or self.last_axis
        self.last_subject = subject


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
    strong, other = _last(_STRONG, before), _last(_OTHER, before)
    follows = last is FigureSubject.COMPLIANCE and other < 0
    if strong > other or (mention and (mention.elliptic or follows)):
        return FigureSubject.COMPLIANCE
    if other >= 0:
        return FigureSubject.OTHER
    told_after = _STRONG.search(after[:60])
    if told_after and not _OTHER.search(after[: told_after.start()]):
        return FigureSubject.COMPLIANCE
    if mention and (_MOVES.search(before) or not before.strip()) and not _of_people(after):
        return FigureSubject.COMPLIANCE
    return FigureSubject.OTHER


def _of_people(after: str) -> bool:
    """ "el 60 % de las mujeres …" says something of people, not of the plan."""
    people = re.match(r"\s*de (?:l[ao]s |sus |nuestr[ao]s )?(?!cumpl|avance|act)\w+", after)
    return bool(people and _OTHER.search(after[:40]))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def activity_count(reading: Reading, number: Number, text: str, claimed: bool) -> Figure | None:
    """A number of activities, programmed or reported; None when it counts something else.

    `claimed` says that the number stands in a claim about one activity, whose own count it
    then rather is.
    """
    before, after = fold(reading.before(number)), fold(reading.after(number))
    noun = _ACTIVITIES.match(after)
    if noun and _is_planned(before, after[noun.end() :]):
        return _planned(reading, number, text)
    if reading.planned and _is_rest(before, after):
        return _reported(reading, number, text, reading.planned)
    elliptic = _ELLIPTIC_REPORT.search(before) and not re.match(r"\s*[a-z]", after)
    if not (noun or elliptic or (number.whole and _over_activities(after))):
        return None
    if not _REPORTED.search(before[-60:] + after[:60]):
        return None
    mention = reading.scope(number)
    whole = number.whole is not None or bool(re.search(r"\b(?:politica|plan|total)\b", before))
    if mention is None and (claimed or not whole):
        return None
    return _reported(reading, number, text, number.whole)


def _over_activities(after: str) -> bool:
    return bool(re.match(r"\s*de (?:las |sus )?\S+(?: y \S+)?\s+(?:actividades|acciones)", after))


def _is_rest(before: str, after: str) -> bool:
    """ "…, de las cuales 42 fueron reportadas", "De las 48 programadas se cumplieron 39"."""
    if _OF_THEM.search(before) and _DONE_AFTER.match(after):
        return True
    return bool(_DONE_ALONE.search(before) and not re.match(r"\s*[a-z]", after))


def _is_planned(before: str, tail: str) -> bool:
    near = tail[:70]
    said = _PLANNED.search(near)
    done = re.search(r"report|realiz|ejecut|desarroll|adelant|cumpl", near)
    if said and (not done or said.start() < done.start()):
        return True
    return bool(_PLAN_HAS.search(before))


def _planned(reading: Reading, number: Number, text: str) -> Figure:
    mention = reading.scope(number)
    if mention and not _of_scope(reading, number, mention):
        mention = None
    subject, scope = FigureSubject.PLANNED_ACTIVITIES, mention.scope if mention else TOTAL
    reading.took(number, mention, subject)
    reading.planned = number.value
    return Figure(text, reading.where, subject, scope, number.value, False, number.bound)


def _reported(reading: Reading, number: Number, text: str, whole: float | None) -> Figure:
    """The activities told as done; "se cumplieron 39 de 48" is a share of the plan."""
    mention = reading.scope(number)
    scope = mention.scope if mention else TOTAL
    subject, claimed = FigureSubject.REPORTED_ACTIVITIES, number.value
    fulfilled = re.search(r"cumpl", fold(reading.before(number)[-40:] + reading.after(number)[:30]))
    if whole and fulfilled:
        subject, claimed = FigureSubject.COMPLIANCE, round(100 * number.value / whole, 2)
    reading.took(number, mention, subject)
    percent = subject is FigureSubject.COMPLIANCE
    return Figure(text, reading.where, subject, scope, claimed, percent, number.bound)


def _of_scope(reading: Reading, number: Number, mention: Mention) -> bool:
    """Whether a planned count is an eje's own: it follows the name with a verb of having."""
    between = fold(reading.before(number)[mention.end :])
    return bool(re.search(r"\b(?:tiene|contempla|incluye|comprende|suma|trae|con)\b", between))
