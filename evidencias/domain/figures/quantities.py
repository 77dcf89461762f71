"""How well a number in a sentence fits as the executed quantity of an activity."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidencias.domain.figures.lexicon import UNITS, alike, content, kinds_of, shares
from evidencias.domain.model import Activity
from evidencias.domain.numbers import Number, find_numbers
from evidencias.domain.text import fold, words

FITS = 1.5
CERTAIN = 2.5
_SUMS = re.compile(
    r"(?:en total|un total de|para un total|acumulad|sumaron|sumo|complet|llegando a|cumpli|"
    r"se realizaron|se hicieron|se dictaron|se entregaron|se atendieron|alcanz|logr)[^.]{0,25}$"
)
_PRONOUN = re.compile(r"^\s*(?:de (?:ell[ao]s|sus)|previst|program|,|\.|;|$)")
_LOOSE = re.compile(
    r"^\s*(?:nuev[ao]s|grandes|divers[ao]s|distint[ao]s|pequen[ao]s|buen[ao]s)\s+(?=[a-z]+s\b)"
)
_OTHERS = re.compile(r"\botr[oa]s\s+$")
_FRONTED = re.compile(r"\s*de (?:l[oa]s|nuestr[oa]s|sus) ([a-z]{4,}s)\b(?=[^,\d]*$)")
# One thing each: "se giró auxilio a 45 jóvenes" counts auxilios; "los auxilios a 45…" may not.
_ONE_EACH = re.compile(r"((?:[a-z]+\s+){1,2})(?:a|para)\s+(?:l[oa]s\s+)?$")
# Right before a number: what was not done, or is no more ("de los talleres se aplazaron dos").
_LOST = re.compile(r"\b(?:aplaz|suspend|murier|secar|perdi|falt)[a-z]*\s+(?:otr[oa]s\s+)?$")
_LACKING = re.compile(r"\s*[a-z]+ (?:que|a quienes) (?:les )?falta")
DURATIONS = frozenset({"dias", "semanas", "meses"})


def counted_noun(text: str, number: Number) -> str:
    """The folded noun right after a number ("13 nuevos talleres" → "talleres"), the one that was
    told before ("420 matas …, y otras 800"; "de los talleres salieron dos"), or ""."""
    after = _LOOSE.sub(" ", fold(text[number.end : number.end + 60]))
    if _PRONOUN.match(after):
        return _told_before(text, number)
    found = re.match(r"\s*([a-z]{2,})", after)
    return found[1] if found else ""


def _told_before(text: str, number: Number) -> str:
    """The noun that a number leaves out, where the sentence surely told it before."""
    sentence = re.split(r"[.;:!?]\s", text[: number.start])[-1]
    if _OTHERS.search(fold(sentence)):
        counts = [n for n in find_numbers(sentence) if not n.percent]
        found = re.match(r"\s*([a-z]{4,}s)\b", fold(sentence[counts[-1].end :])) if counts else None
        return found[1] if found else ""
    fronted = _FRONTED.match(fold(sentence))
    closes = re.match(r"\s*(?:[.,;:]|$)", text[number.end :])
    return fronted[1] if fronted and closes else ""


def fit(text: str, number: Number, activity: Activity, *, alone: bool = False) -> float:
    """A score: at least `FITS` when the number may be the activity's executed quantity.

    Counts the noun against the indicator, the value against the plan's own quantities, and the
    words of adding up before it; `alone` tells that the claim holds no other number.
    """
    if activity.achieved is None and activity.target is None:
        return -9.0
    noun = counted_noun(text, number)
    lost = _LOST.search(fold(text[max(0, number.start - 30) : number.start]))
    if lost or _wrong_unit(noun, activity):
        return -9.0
    told = 2.0 if _given_each(text, number, activity) else noun_score(noun, activity)
    score = told + _value_score(number.value, activity)
    if _SUMS.search(fold(text[max(0, number.start - 45) : number.start])):
        score += 0.75
    return score + (0.5 if alone else 0.0)


def _given_each(text: str, number: Number, activity: Activity) -> bool:
    """Whether so many people each got the one thing that the activity counts.

    A workshop is no such thing: "se dictó taller a 45 madres" counts one.
    """
    own = content(activity.indicator)[:1]
    if any("evento" in kinds_of(w) for w in own) or _LACKING.match(fold(text[number.end :])):
        return False
    given = _ONE_EACH.search(fold(text[max(0, number.start - 45) : number.start]))
    things = [w for w in words(given[1]) if not w.endswith("s")] if given else []
    each = any(shares(thing, own) for thing in things)
    return each and "persona" in kinds_of(counted_noun(text, number))


def names_indicator(text: str, number: Number, activity: Activity) -> bool:
    """Whether the counted noun is the indicator's own noun."""
    noun = counted_noun(text, number)
    return bool(noun) and any(alike(noun, w) for w in content(activity.indicator)[:2])


def lasts(text: str, number: Number, activities: Iterable[Activity]) -> bool:
    """Whether a number is a time that some activity counts by: "los seis meses" of "Meses de
    operación"; other times are no figures."""
    noun = counted_noun(text, number)
    return noun in DURATIONS and any(_counts_first(noun, a) for a in activities)


def _counts_first(noun: str, activity: Activity) -> bool:
    return any(alike(noun, w) for w in content(activity.indicator)[:1])


def _wrong_unit(noun: str, activity: Activity) -> bool:
    """Whether one of the two measures (hectares, hours …) and the other does not measure so."""
    if noun in DURATIONS:
        return not _counts_first(noun, activity)
    said = kinds_of(noun) & UNITS
    unit = frozenset(k for w in words(activity.indicator) for k in kinds_of(w)) & UNITS
    return bool(noun) and said != unit


def noun_score(noun: str, activity: Activity) -> float:
    """How well a counted noun names what the activity counts: 2 the indicator's own, -1 another."""
    if not noun:
        return 0.0
    indicator, name = content(activity.indicator), content(activity.name)
    if any(alike(noun, w) for w in indicator):
        return 2.0
    if any(alike(noun, w) for w in name):
        return 1.5
    said = kinds_of(noun)
    unit = next((k for w in indicator if (k := kinds_of(w))), frozenset())
    if not said or not unit:
        return 0.0
    return 1.0 if said & unit else -1.0


def _value_score(value: float, activity: Activity) -> float:
    """Agreement with the plan's own quantities: equal to either, near, or far away."""
    known = [q for q in (activity.achieved, activity.target) if q]
    if any(abs(value - q) < 0.01 for q in known):
        return 0.5 if value < 2 else 2.0 if value < 10 else 2.5
    if not known:
        return -0.5
    ratio = min(max(value, q) / min(value, q) for q in known) if value else 99.0
    if ratio <= 2:
        return 0.5
    return 0.0 if ratio <= 4 else -2.0
