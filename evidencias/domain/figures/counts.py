"""Numbers of the report that count activities: those of the plan, or those told as done."""

from __future__ import annotations

import re

from evidencias.domain.figures.scopes import Mention
from evidencias.domain.figures.sentence import TOTAL, Reading
from evidencias.domain.model import Figure, FigureSubject
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

_ACTIVITIES = re.compile(
    r"^\s*(?:(?:las|grandes|nuevas|diferentes|distintas|principales|de sus|de las|de nuestras)\s+)*"
    r"(actividades|acciones|iniciativas|compromisos|metas|lineas de accion)\b",
)
_PLANNED = re.compile(
    r"program|previst|plane|planific|contempl|plan de accion|del plan\b|el plan\b|compon|conform|"
    r"hacen parte|inclu|proyectad|establecid|acordad|pactad|formulad[ao]s en"
)
_OF_SHARE = re.compile(r"\s*de (?:las|sus|nuestras)\s*")
_AGAIN = re.compile(r"\s*[(,:]?\s*(?:es decir|esto es|o sea)?,?\s*")
_SCHEDULED = re.compile(r"\s*(?:program|previst|plane)")
_REPORTED = re.compile(
    r"report|d(?:a|an|io|ieron) cuenta|inform|registr|rind|realiz|ejecut|adelant|desarroll|"
    r"llev(?:o|aron) a cabo|cumpl|formul|present|evidenc|soport"
)
_OF_THEM = re.compile(r"\b(?:de las cuales|de ellas|de estas|de esas|de ese total)\s*$")
_PLAIN_LIST = re.compile(r"[^.;]{0,60}(?:,|\by\b)\s*(?:solo |solamente |ya )?")
_DONE_ALONE = re.compile(r"\b(?:report|cumpl|ejecut|realiz|adelant|desarroll)\w+\s*$")
_DONE_AFTER = re.compile(
    r"\s*(?:(?:fueron|se|han sido|estan)\s+)?(?:report|cumpl|ejecut|realiz|adelant)"
)
_PLAN_HAS = re.compile(
    r"\b(?:plan|politica)\b[^.]{0,30}\b(?:de|con|tiene|trae|incluye|suma|comprende|contempla|"
    r"contiene|abarca|reune|agrupa|recoge|preve|fija|consta de|compuest[oa] (?:de|por))\s*"
    r"(?:las\s*)?$"
)
# "…y del deporte, ocho", "…y en el eje 2 fueron nueve las reportadas", after another eje's count.
_COUNT_AGAIN = re.compile(
    r"\s*(?:(?:las|fueron)\s+)*(?:(?:report|ejecut|cumpl|realiz)[a-z]*\s*)?(?:[,.;)]|$)"
)
# The last verb before the number, not "86 % de cumplimiento, y del eje 3 se reportaron".
_FULFILLED = re.compile(r"cumpl(?!.*\b(?:report|inform|registr|rind))")
_ELLIPTIC_REPORT = re.compile(r"\b(?:report|inform)\w*\s+(?:solo |apenas |un total de )?$")


def activity_count(reading: Reading, number: Number, text: str, claimed: bool) -> Figure | None:
    """A number of activities, programmed or reported; None when it counts something else.

    `claimed` says that the number stands in a claim about one activity, whose own count it
    then rather is.
    """
    before, after = fold(reading.before(number)), fold(reading.after(number))
    noun = _ACTIVITIES.match(after)
    tail = after[noun.end() :] if noun else ""
    if reading.base == number.value:  # the 45 of "38 de las 45", told before with its part
        of_plan = _SCHEDULED.match(tail or after) or (noun and _is_planned(before, tail))
        return _planned(reading, number, text) if of_plan else None
    of_share = _OF_SHARE.fullmatch(before) and reading.last_subject is FigureSubject.COMPLIANCE
    if noun and of_share:  # "el 60 % de sus quince actividades"
        return _planned(reading, number, text)
    part = number.whole is not None and _REPORTED.search(before[-40:])
    if noun and not part and _is_planned(before, tail):
        return _planned(reading, number, text)
    if reading.planned and _is_rest(before, after):
        return _reported(reading, number, text, reading.planned)
    told_before = reading.last_subject is FigureSubject.REPORTED_ACTIVITIES
    if told_before and _COUNT_AGAIN.match(after) and _names_another(reading, number):
        return _reported(reading, number, text, None)
    return _told_count(reading, number, text, claimed)


def _told_count(reading: Reading, number: Number, text: str, claimed: bool) -> Figure | None:
    """A number of activities told as done, of the plan or of some eje; None when it is none."""
    before, after = fold(reading.before(number)), fold(reading.after(number))
    elliptic = _ELLIPTIC_REPORT.search(before) and not re.match(r"\s*[a-z]", after)
    counts = _ACTIVITIES.match(after) or elliptic or (number.whole and _over_activities(after))
    again = _AGAIN.fullmatch(before) and reading.last_subject is FigureSubject.COMPLIANCE
    if counts and number.whole and again:  # "del 79 % (11 de 14 actividades)"
        return _share_of(reading, number, text, number.whole)
    if not counts or not _REPORTED.search(before[-60:] + after[:60]):
        return None
    mention = reading.scope(number)
    whole = number.whole is not None or bool(re.search(r"\b(?:politica|plan|total)\b", before))
    if mention is None and (claimed or not whole):
        return None
    return _reported(reading, number, text, number.whole)


def _names_another(reading: Reading, number: Number) -> bool:
    """Whether an eje other than the last one stands before the number."""
    mention, last = reading.scope(number), reading.last_axis
    return bool(mention and last and mention.known and mention.scope != last.scope)


def _over_activities(after: str) -> bool:
    return bool(re.match(r"\s*de (?:las |sus )?\S+(?: y \S+)?\s+(?:actividades|acciones)", after))


def _is_rest(before: str, after: str) -> bool:
    """ "…, de las cuales 42 fueron reportadas", "De las 48 programadas se cumplieron 39"."""
    of_them = _OF_THEM.search(before) or _PLAIN_LIST.fullmatch(before)
    if of_them and _DONE_AFTER.match(after):
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
    near = fold(reading.after(number)[: 70 if number.whole else 30])
    fulfilled = _FULFILLED.search(fold(reading.before(number)[-40:])) or "cumpl" in near
    reading.base = number.whole
    if whole and fulfilled:
        subject, claimed = FigureSubject.COMPLIANCE, round(100 * number.value / whole, 2)
    reading.took(number, mention, subject)
    percent = subject is FigureSubject.COMPLIANCE
    return Figure(text, reading.where, subject, scope, claimed, percent, number.bound)


def _share_of(reading: Reading, number: Number, text: str, whole: float) -> Figure:
    """A part of the activities said again beside the percentage that it makes."""
    scope = reading.last_axis.scope if reading.last_axis else TOTAL
    reading.base = whole
    claimed = round(100 * number.value / whole, 2)
    reading.took(number, reading.last_axis, FigureSubject.COMPLIANCE)
    return Figure(text, reading.where, FigureSubject.COMPLIANCE, scope, claimed, True, number.bound)


def _of_scope(reading: Reading, number: Number, mention: Mention) -> bool:
    """Whether a planned count is an eje's own: it follows the name with a verb of having."""
    between = fold(reading.before(number)[mention.end :])
    return bool(re.search(r"\b(?:tiene|contempla|incluye|comprende|suma|trae|con)\b", between))
