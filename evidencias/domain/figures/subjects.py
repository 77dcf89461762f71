"""What a number of the report measures: compliance, counts of activities, or something else."""

from __future__ import annotations

import re

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
_DONE_OF = re.compile(r"cumpl|meta")
_ELLIPTIC_REPORT = re.compile(r"\b(?:report|inform)\w*\s+(?:solo |apenas |un total de )?$")


class Reading:
    """One sentence being read; remembers the eje that the sentence last named."""

    def __init__(self, sentence: Span, where: Place, finder: ScopeFinder) -> None:
        self.sentence = sentence
        self.where = where
        self.finder = finder
        self.last_axis: Mention | None = None
        self.cut = 0

    def before(self, number: Number) -> str:
        """The sentence from the last number taken to this one."""
        return self.sentence.text[self.cut : number.start - self.sentence.start]

    def after(self, number: Number) -> str:
        """What follows the number up to the end of its clause."""
        rest = self.sentence.text[number.end - self.sentence.start :]
        return re.split(r"[;.](?:\s|$)|,\s+(?:y|pero|mientras|aunque|sin)\b", rest, maxsplit=1)[0]

    def scope(self, number: Number, after: bool = True) -> Mention | None:
        """The eje or dependencia the number is said of: named before it, or else right after."""
        found = self.finder.find(self.before(number), elliptic=self.last_axis is not None)
        if found is None and after:
            found = self.finder.find(self.after(number))
        return found

    def named(self, mention: Mention, number: Number) -> str:
        """The words by which the eje was named before the number."""
        return self.before(number)[mention.start : mention.end]

    def took(self, number: Number, mention: Mention | None) -> None:
        """Notes that a number became a figure, so that the next one is read from there."""
        self.cut = number.end - self.sentence.start
        self.last_axis = mention or self.last_axis


def percentage(reading: Reading, number: Number, text: str) -> Figure:
    """A percentage: compliance of the whole, an eje or a dependencia, or of something else."""
    mention = reading.scope(number)
    before, after = fold(reading.before(number)), fold(reading.after(number))
    if mention and not mention.elliptic:
        before = before.replace(fold(reading.named(mention, number)), " ", 1)
    subject = _percent_subject(before, after, mention)
    scope = TOTAL
    if subject is FigureSubject.COMPLIANCE and mention:
        scope = mention.scope
    reading.took(number, mention)
    return Figure(text, reading.where, subject, scope, number.value, True, number.bound)


def _percent_subject(before: str, after: str, mention: Mention | None) -> FigureSubject:
    strong, other = _last(_STRONG, before), _last(_OTHER, before)
    if mention and mention.elliptic:
        return FigureSubject.COMPLIANCE
    if strong > other:
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
    elliptic = _ELLIPTIC_REPORT.search(before) and not re.match(r"\s*[a-z]", after)
    if not noun and not elliptic and number.whole is None:
        return None
    if noun and _is_planned(before, after[noun.end() :]):
        return _activities(reading, number, text, FigureSubject.PLANNED_ACTIVITIES)
    if not _REPORTED.search(before[-60:] + after[:60]) and not noun:
        return None
    mention = reading.scope(number)
    if (mention is None and claimed) or not (noun or elliptic or _over_activities(after)):
        return None
    whole = bool(re.search(r"\b(?:politica|plan|total)\b", before))
    if mention is None and not whole and number.whole is None:
        return None
    return _activities(reading, number, text, FigureSubject.REPORTED_ACTIVITIES)


def _over_activities(after: str) -> bool:
    return bool(re.match(r"\s*de (?:las |sus )?\S+(?: y \S+)?\s+(?:actividades|acciones)", after))


def _is_planned(before: str, tail: str) -> bool:
    near = tail[:70]
    said = _PLANNED.search(near)
    reported = re.search(r"report|realiz|ejecut|desarroll|adelant|cumpl", near)
    if said and (not reported or said.start() < reported.start()):
        return True
    return bool(
        re.search(r"\bplan\b[^.]{0,25}\b(?:de|con|tiene|trae|incluye|suma)\s*(?:las\s*)?$", before)
    )


def _activities(reading: Reading, number: Number, text: str, subject: FigureSubject) -> Figure:
    reported = subject is FigureSubject.REPORTED_ACTIVITIES
    mention = reading.scope(number, after=reported)
    if not reported and mention and not _of_scope(reading, number, mention):
        mention = None
    claimed, percent = number.value, False
    if reported and number.whole and _DONE_OF.search(fold(reading.before(number))):
        subject = FigureSubject.COMPLIANCE
        claimed, percent = round(100 * number.value / number.whole, 2), True
    reading.took(number, mention)
    scope = mention.scope if mention else TOTAL
    return Figure(text, reading.where, subject, scope, claimed, percent, number.bound)


def _of_scope(reading: Reading, number: Number, mention: Mention) -> bool:
    """Whether a planned count is an eje's own: it follows the name with a verb of having."""
    between = fold(reading.before(number)[mention.end :])
    return bool(re.search(r"\b(?:tiene|contempla|incluye|comprende|suma|trae|con)\b", between))
