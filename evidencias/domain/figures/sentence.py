"""One sentence being read for its figures: what each number stands beside."""

from __future__ import annotations

import re

from evidencias.domain.figures.scopes import Mention, ScopeFinder
from evidencias.domain.figures.spans import Span
from evidencias.domain.model import FigureSubject, Place
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

TOTAL = "total"

# What brings the sentence back from an eje to the whole, and what may stand before an eje named
# after its number ("un 58 % de cumplimiento en la línea de …").
_WHOLE = re.compile(
    r"\b(?:la politica|el plan|de la politica|del plan|global|en general|en total)\b"
)
_BASE = re.compile(
    r"\s*de\s+(?:las?|los?|sus)?\s*\S+(?:\s+y\s+\S+)?(?=\s+(?:actividades|acciones|metas))"
)
_DIRECT = re.compile(
    r"\s*(?:de (?:cumplimiento|avance|ejecucion)\s*|(?:de (?:las |sus )?)?"
    r"(?:actividades|metas|acciones)(?: (?:programad|previst|planead)as)?\s*)?,?\s*"
    r"(?:en|para|del?)?\s*(?:el|la|los|las)?\s*$"
)


class Reading:
    """One sentence being read; remembers what its last figures were said of."""

    def __init__(self, sentence: Span, where: Place, finder: ScopeFinder) -> None:
        self.sentence = sentence
        self.where = where
        self.finder = finder
        self.last_axis: Mention | None = None
        self.last_subject: FigureSubject | None = None
        self.planned: float | None = None
        self.base: float | None = None
        self.cut = 0

    def before(self, number: Number) -> str:
        """The sentence from the last number taken to this one."""
        return self.sentence.text[self.cut : number.start - self.sentence.start]

    def after(self, number: Number) -> str:
        """What follows the number up to the end of its clause."""
        rest = self.sentence.text[number.end - self.sentence.start :]
        return re.split(r"[;.](?:\s|$)|,\s+(?:y|pero|mientras|aunque|sin)\b", rest, maxsplit=1)[0]

    def _tail(self, number: Number) -> str:
        """What follows the number and its base: " actividades de …" of "3 de las 5 actividades"."""
        after = self.after(number)
        return _BASE.sub("", after, count=1) if number.whole else after

    def scope(self, number: Number) -> Mention | None:
        """The eje or dependencia the number is said of: named before it, or else right after."""
        before = self.before(number)
        found = self.finder.find(before, elliptic=self.last_axis is not None)
        if found:
            return None if _WHOLE.search(fold(before[found.end :])) else found
        after = re.split(r"\d|\bpor ciento\b", self._tail(number))[0]
        later = None if _WHOLE.search(fold(before)) else self.finder.find(after)
        return later if later and _DIRECT.match(fold(after[: later.start])) else None

    def took(self, number: Number, mention: Mention | None, subject: FigureSubject) -> None:
        """Notes that a number became a figure, so that the next one is read from there."""
        self.cut = number.end - self.sentence.start
        self.last_axis = mention or self.last_axis
        if subject is not FigureSubject.PLANNED_ACTIVITIES:  # how many there are changes no talk
            self.last_subject = subject
