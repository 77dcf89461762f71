"""Which numbers are an activity's executed quantity, by the claims they stand in or beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from evidencias.domain.figures.lexicon import content, shares
from evidencias.domain.figures.quantities import (
    CERTAIN,
    FITS,
    counted_noun,
    fit,
    names_indicator,
    noun_score,
)
from evidencias.domain.figures.spans import Span, clause, sentences
from evidencias.domain.model import Activity, Claim, ClaimKind, Figure, FigureSubject, Place
from evidencias.domain.numbers import Number
from evidencias.domain.text import fold

_RATE = re.compile(r"porcentaje|%|cobertura|tasa|proporcion")
_NEARBY_LEAST = 0.15
_FIT_WEIGHT = 0.8
_SURE = 0.55
_LARGE, _UNMISTAKABLE = 10, CERTAIN + 1
_OWN_NOUN = 1.5
_NAMED_WORDS, _NAMED_SHARE = 3, 0.6
_REASON = re.compile(r"\b(?:pues|porque|ya que|por cuanto|dado que|debido a que)\b", re.IGNORECASE)
# What is not done, or not yet: "para el próximo año se formarán dieciséis guías".
_UNDONE = re.compile(
    r"\b(?:no|tampoco|sin|falt\w+|pr[oó]xim[oa]s?|pendientes?|metas?|requier\w+|necesit\w+|se "
    r"(?:propone|espera|proyecta|prev[eé]|planea|busca|tiene previsto|aspira)|"
    r"[^\W\d]{3,}(?:ará|arán|erá|erán|irá|irán))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A claim with the place of its words in the paragraph."""

    claim: Claim
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a paragraph with its numbers and its claims."""

    paragraph: str
    span: Span
    numbers: Sequence[Number]
    claims: Sequence[_Stretch]

    def owners(self, number: Number) -> list[_Stretch]:
        """The claim that holds the number, else those just before and just after it; what stands
        in a reason ("…, pues dos de ellas mandaron excusa") belongs to none before it."""
        holding = [s for s in self.claims if s.start <= number.start and number.end <= s.end]
        if holding:
            return [min(holding, key=lambda s: s.end - s.start)]
        before = max((s for s in self.claims if s.end <= number.start), key=_end, default=None)
        after = min((s for s in self.claims if s.start >= number.end), key=_start, default=None)
        if before and _REASON.search(self.paragraph[before.end : number.start]):
            before = None
        return [s for s in (before, after) if s is not None]

    def alone(self, number: Number, claim: _Stretch) -> bool:
        """Whether the claim has no other number than this one."""
        mates = [n for n in self.numbers if not n.percent and claim in self.owners(n)]
        return len(mates) == 1

    def free(self, number: Number) -> list[str]:
        """The ids of the number's claims that the plan may hold; "" where none was read."""
        if not self.claims:
            return [""]
        owners = self.owners(number)
        return [s.claim.id for s in owners if s.claim.kind is not ClaimKind.UNPLANNED]


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
            here = _Sentence(
                paragraph,
                sentence,
                [n for n in numbers if sentence.start <= n.start < sentence.end],
                [s for s in stretches if sentence.start <= s.start < sentence.end],
            )
            for number in here.numbers:
                self._offer(here, number, best)
        return {number: code for (_, code), (_, number) in best.items()}

    def _offer(
        self, here: _Sentence, number: Number, best: dict[tuple[str, str], tuple[float, Number]]
    ) -> None:
        """Keeps the number as a claim's quantity when it fits better than any before."""
        offers = []
        for stretch in here.owners(number):
            alone = here.alone(number, stretch)
            for candidate in self._candidates(stretch.claim) or self._goes_on(here, stretch):
                activity = self.by_code[candidate.code]
                score = fit(here.paragraph, number, activity, alone=alone)
                if score >= candidate.least:
                    weighed = score * _FIT_WEIGHT + log(candidate.chance)
                    offers.append((weighed, score, stretch.claim.id, candidate.code))
        offers = offers or self._by_count(here, number) or self._by_name(here, number)
        if offers:
            _, score, claim, code = max(offers)
            if score > best.get((claim, code), (0.0, number))[0]:
                best[claim, code] = (score, number)

    def _by_count(self, here: _Sentence, number: Number) -> list[tuple[float, float, str, str]]:
        """The one activity of the plan that did just so many of what the number counts, where
        the claim was given to another or none was read: a large count tells more than wording."""
        claims = here.free(number)
        undone = not here.claims and _UNDONE.search(here.span.text)
        if number.value < _LARGE or not claims or undone:
            return []
        scored = [(fit(here.paragraph, number, a), a) for a in self.by_code.values()]
        likely = [(score, a) for score, a in scored if score >= _UNMISTAKABLE - 1]
        if len(likely) != 1 or likely[0][0] < _UNMISTAKABLE:
            return []
        score, activity = likely[0]
        same = activity.achieved == number.value
        return [(score, score, claims[0], activity.code)] if same else []

    def _by_name(self, here: _Sentence, number: Number) -> list[tuple[float, float, str, str]]:
        """The one activity whose own name the clause says around what it counts, where the claim
        was given to another: "…, y las tres mil guías de bolsillo con el mapa ilustrado"."""
        claims = here.free(number)
        if not here.claims or not claims:
            return []
        said = content(clause(here.span, number.start, number.end))
        noun = counted_noun(here.paragraph, number)
        named = [
            (fit(here.paragraph, number, a), a)
            for a in self.by_code.values()
            if _names(said, a) and noun_score(noun, a) >= _OWN_NOUN
        ]
        if len(named) != 1 or named[0][0] < FITS:
            return []
        score, activity = named[0]
        return [(score, score, claims[0], activity.code)]

    def _goes_on(self, here: _Sentence, stretch: _Stretch) -> list[_Candidate]:
        """The activity of the claim just before, which counted nothing itself, for one that goes
        on with the sentence: "se estudió la norma, y 25 personas terminaron el curso"."""
        before = max((s for s in here.claims if s.end <= stretch.start), key=_end, default=None)
        if before is None or stretch.claim.kind is not None or before.claim.kind is None:
            return []
        counts = any(before.start <= n.start < before.end for n in here.numbers)
        return [] if counts else [replace(c, least=CERTAIN) for c in self._candidates(before.claim)]

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


def _names(said: Sequence[str], activity: Activity) -> bool:
    """Whether the words say most of an activity's name but its verb, and three words at least."""
    name = content(activity.name)
    own = list(dict.fromkeys(name[1:] if name[:1] and name[0].endswith("r") else name))
    told = sum(shares(word, said) for word in own)
    return told >= _NAMED_WORDS and told >= _NAMED_SHARE * len(own)


def _start(stretch: _Stretch) -> int:
    return stretch.start


def _end(stretch: _Stretch) -> int:
    return stretch.end


def _overlap(said: Sequence[str], activity: Activity) -> int:
    keys = content(f"{activity.name} {activity.indicator}")
    return sum(shares(word, keys) for word in dict.fromkeys(said))
