"""Which numbers are an activity's executed quantity, by the claims they stand in or beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from evidencias.domain.figures.lexicon import content, shares
from evidencias.domain.figures.quantities import CERTAIN, FITS, fit, names_indicator
from evidencias.domain.figures.spans import Span, clause, sentences
from evidencias.domain.model import Activity, Claim, ClaimKind, Figure, FigureSubject, Place
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

_RATE = re.compile(r"porcentaje|%|cobertura|tasa|proporcion")
_NEARBY_LEAST = 0.15
_FIT_WEIGHT = 0.8
_SURE = 0.55
_LARGE, _UNMISTAKABLE = 10, CERTAIN + 1


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A claim with the place of its words in the paragraph."""

    claim: Claim
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An activity a claim may be about: how likely, and how well a number has to fit it."""

    code: str
    chance: float
    least: float


class Achieved:
    """Chooses the numbers of a paragraph that say how much of an activity was done."""

    def __init__(self, activities: Sequence[Activity], claims: Sequence[Claim]) -> None:
        self.by_code = {a.code: a for a in activities}
        self.claims: dict[tuple[str | None, int | None], list[Claim]] = {}
        for claim in claims:
            key = (claim.where.section, claim.where.paragraph)
            self.claims.setdefault(key, []).append(claim)
        self.has_claims = bool(claims)

    def choose(
        self, paragraph: str, where: Place, numbers: Sequence[Number]
    ) -> Mapping[Number, str]:
        """The code of the activity whose quantity each number is, for those that are one."""
        if " | " in paragraph:  # a cell with a number alone may be the target as well
            numbers = [n for n in numbers if not _fills_cell(paragraph, n)]
        if not self.has_claims:
            return self._by_words(paragraph, numbers)
        stretches = _located(paragraph, self.claims.get((where.section, where.paragraph), ()))
        best: dict[tuple[str, str], tuple[float, Number]] = {}
        for sentence in sentences(paragraph):
            inside = [n for n in numbers if sentence.start <= n.start < sentence.end]
            here = [s for s in stretches if sentence.start <= s.start < sentence.end]
            for number in inside:
                self._offer(paragraph, number, here, inside, best)
        return {number: code for (_, code), (_, number) in best.items()}

    def _offer(
        self,
        paragraph: str,
        number: Number,
        here: Sequence[_Stretch],
        inside: Sequence[Number],
        best: dict[tuple[str, str], tuple[float, Number]],
    ) -> None:
        """Keeps the number as a claim's quantity when it fits better than any before."""
        offers = []
        for stretch in _owners(number, here):
            mates = [n for n in inside if stretch in _owners(n, here) and not n.percent]
            for candidate in self._candidates(stretch.claim):
                activity = self.by_code[candidate.code]
                score = fit(paragraph, number, activity, alone=len(mates) == 1)
                if score >= candidate.least:
                    weighed = score * _FIT_WEIGHT + log(candidate.chance)
                    offers.append((weighed, score, stretch.claim.id, candidate.code))
        offers = offers or self._by_count(paragraph, number, here)
        if offers:
            _, score, claim, code = max(offers)
            if score > best.get((claim, code), (0.0, number))[0]:
                best[claim, code] = (score, number)

    def _by_count(
        self, paragraph: str, number: Number, here: Sequence[_Stretch]
    ) -> list[tuple[float, float, str, str]]:
        """The one activity of the plan that did just so many of what the number counts, where
        the claim was given to another: a large count tells more than the wording."""
        owners = [s for s in _owners(number, here) if s.claim.kind is not ClaimKind.UNPLANNED]
        if not owners or number.value < _LARGE:
            return []
        scored = [(fit(paragraph, number, a), a) for a in self.by_code.values()]
        likely = [(score, a) for score, a in scored if score >= _UNMISTAKABLE - 1]
        if len(likely) != 1 or likely[0][0] < _UNMISTAKABLE:
            return []
        score, activity = likely[0]
        same = activity.achieved == number.value
        return [(score, score, owners[0].claim.id, activity.code)] if same else []

    def _candidates(self, claim: Claim) -> list[_Candidate]:
        """The claim's activity and, less surely, those near it: a count may tell them apart."""
        if claim.kind is ClaimKind.UNPLANNED:
            return []
        chances = {n.activity: n.score for n in claim.nearby if n.activity in self.by_code}
        if claim.activity in self.by_code:
            chances[claim.activity] = max(chances.get(claim.activity, 1.0), _NEARBY_LEAST)
        return [
            _Candidate(
                code, chance, FITS if code == claim.activity and chance >= _SURE else CERTAIN
            )
            for code, chance in chances.items()
            if chance >= _NEARBY_LEAST
        ]

    def _by_words(self, paragraph: str, numbers: Sequence[Number]) -> Mapping[Number, str]:
        """Without claims: the activity whose indicator is counted among words of its own."""
        chosen: dict[Number, str] = {}
        for sentence in sentences(paragraph):
            for number in numbers:
                if sentence.start <= number.start < sentence.end:
                    code = self._alone(paragraph, sentence, number)
                    if code:
                        chosen[number] = code
        return chosen

    def _alone(self, paragraph: str, sentence: Span, number: Number) -> str:
        said = content(clause(sentence, number.start, number.end))
        scored = sorted(
            (
                (_overlap(said, activity), code)
                for code, activity in self.by_code.items()
                if names_indicator(paragraph, number, activity)
                and fit(paragraph, number, activity) >= CERTAIN
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < 3:
            return ""
        return "" if len(scored) > 1 and scored[1][0] == scored[0][0] else scored[0][1]

    def figure(self, number: Number, code: str, text: str, where: Place) -> Figure:
        """The figure of an activity's executed quantity."""
        subject = FigureSubject.ACHIEVED
        return Figure(text, where, subject, code, number.value, False, number.bound)

    def percentage(self, number: Number, code: str, text: str, where: Place) -> Figure | None:
        """A percentage as an executed quantity, when the activity's indicator is a rate."""
        activity = self.by_code.get(code)
        if activity is None or not _RATE.search(fold(activity.indicator)):
            return None
        return Figure(text, where, FigureSubject.ACHIEVED, code, number.value, True, number.bound)


def _fills_cell(paragraph: str, number: Number) -> bool:
    """Whether a number is all that its table cell holds."""
    before, after = paragraph[: number.start], paragraph[number.end :]
    return (before.endswith("| ") or not before) and (after.startswith(" |") or not after)


def _located(paragraph: str, claims: Iterable[Claim]) -> list[_Stretch]:
    """The claims of a paragraph where their words stand; equal texts one after the other."""
    found: list[_Stretch] = []
    start = 0
    for claim in claims:
        at = paragraph.find(claim.text, start)
        at = at if at >= 0 else paragraph.find(claim.text)
        if at >= 0:
            found.append(_Stretch(claim, at, at + len(claim.text)))
            start = at
    return found


def _owners(number: Number, stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The claim that holds the number, else those just before and just after it."""
    holding = [s for s in stretches if s.start <= number.start and number.end <= s.end]
    if holding:
        return [min(holding, key=lambda s: s.end - s.start)]
    before = max((s for s in stretches if s.end <= number.start), key=_end, default=None)
    after = min((s for s in stretches if s.start >= number.end), key=_start, default=None)
    return [s for s in (before, after) if s is not None]


def _start(stretch: _Stretch) -> int:
    return stretch.start


def _end(stretch: _Stretch) -> int:
    return stretch.end


def _overlap(said: Sequence[str], activity: Activity) -> int:
    keys = content(f"{activity.name} {activity.indicator}")
    return sum(shares(word, keys) for word in dict.fromkeys(said))
