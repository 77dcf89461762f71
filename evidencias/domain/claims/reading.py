"""Statements and their readings made into the claims that people see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidencias.domain.claims.clauses import Joint
from evidencias.domain.claims.decide import NOTHING, UNPLANNED, Reading
from evidencias.domain.claims.reasons import Explainer
from evidencias.domain.claims.statements import Statement
from evidencias.domain.claims.tokens import MAX_WORDS, count_words, end_of_words
from evidencias.domain.ids import claim_id, same_id
from evidencias.domain.model import (
    Activity,
    Claim,
    ClaimKind,
    Decision,
    Nearby,
    Place,
    Report,
    Verdict,
)

# Chosen by leaving corpora out: docs/decisions-claims.md.
SURE_ACTIVITY = 0.5
SURE_BROAD = 0.95
SURE_BY_TOPIC = 0.8
LEAST_EXPLAINED = 0.15  # a place in the walk alone names no activity
SURE_UNPLANNED = 0.35
NAMED_DENIED = 0.1
_COPULA = re.compile(
    r"(?:fue|fueron|estuv|result|tuvo|tuvieron|conto con|cont[oó] con)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """A run of neighbouring statements read alike; `last` is the end of its span."""

    row: Statement
    last: int
    reading: Reading


def claims(
    report: Report,
    rows: Sequence[Statement],
    readings: Sequence[Reading],
    activities: Sequence[Activity],
    explain: Explainer,
) -> list[Claim]:
    """The claims in reading order, with their ids, without states."""
    seen: Counter[str] = Counter()
    found = []
    for told in _joined(rows, readings):
        paragraph = report.sections[told.row.section].paragraphs[told.row.paragraph - 1]
        text = shortened(paragraph[told.row.span.start : told.last])
        seen[text] += 1
        place = Place(told.row.title or None, told.row.paragraph, told.row.page)
        claim = Claim(claim_id(text, seen[text]), text, place)
        found.append(_judged(claim, told, activities, explain))
    return found


def _joined(rows: Sequence[Statement], readings: Sequence[Reading]) -> Iterator[Told]:
    """Claims as runs: neighbours in a sentence that tell one activity are one claim."""
    current: Told | None = None
    for row, reading in zip(rows, readings, strict=True):
        if current and _same(current, row, reading):
            current = Told(current.row, row.span.end, _together(current.reading, reading))
            continue
        if current:
            yield current
        current = None if _is_none(reading) else Told(row, row.span.end, reading)
    if current:
        yield current


def _is_none(reading: Reading) -> bool:
    """Whether it is no claim; a denial is shown when it may well name an activity."""
    if reading.denied:
        return float(reading.options.max()) < NAMED_DENIED
    return reading.activity == NOTHING


def _same(told: Told, row: Statement, reading: Reading) -> bool:
    """Whether the statement goes on telling what `told` tells, within 60 words."""
    here = (told.row.section, told.row.paragraph, told.row.sentence)
    if here != (row.section, row.paragraph, row.sentence):
        return False
    start = told.row.span.start - row.sentence.start
    text = row.whole[start : row.span.end - row.sentence.start]
    if count_words(text) > MAX_WORDS:
        return False
    if reading.activity >= 0 and reading.activity == told.reading.activity:
        return True
    if row.joint is Joint.IMPERSONAL and _half_understood(told.reading, reading):
        return True
    both = _is_sure(reading) and _is_sure(told.reading)
    return row.joint is Joint.SAME_SUBJECT and (not both or bool(_COPULA.match(row.text)))


def _together(first: Reading, second: Reading) -> Reading:
    """The reading of two statements joined into one claim: the surest of those with an activity."""
    best = max(first, second, key=lambda r: (r.activity >= 0, r.chance))
    return replace(best, shown=False) if _half_understood(first, second) else best


def _half_understood(first: Reading, second: Reading) -> bool:
    """Whether one of two coordinated deeds fits no activity and the other is unclear: "se arregló
    el techo y se mejoró el salón de la banda" accuses nobody of the first half alone."""
    one, other = sorted((first, second), key=lambda r: (r.activity, not r.shown))
    unclear = not _is_sure(other) if other.activity >= 0 else not other.shown
    return one.activity == UNPLANNED and one.shown and unclear and other.activity != NOTHING


def _is_sure(reading: Reading) -> bool:
    by_topic = SURE_ACTIVITY if reading.shared else SURE_BY_TOPIC
    least = SURE_BROAD if reading.broad else by_topic
    by_order_alone = reading.explained < LEAST_EXPLAINED
    return reading.activity >= 0 and reading.chance >= least and not by_order_alone


def shortened(text: str) -> str:
    """The text, or its first 60 words; verbatim either way."""
    end = end_of_words(text, MAX_WORDS)
    return text[:end].rstrip(" ,;:.")


def _judged(claim: Claim, told: Told, activities: Sequence[Activity], explain: Explainer) -> Claim:
    reading = told.reading
    nearby = _nearby(told, activities, explain)
    if reading.denied:
        return replace(claim, nearby=nearby)
    if reading.activity == UNPLANNED and reading.shown and reading.chance >= SURE_UNPLANNED:
        return replace(claim, kind=ClaimKind.UNPLANNED, nearby=nearby)
    if _is_sure(reading):
        code = activities[reading.activity].code
        return replace(claim, activity=code, kind=ClaimKind.PLANNED, nearby=nearby)
    return replace(claim, nearby=nearby)


def _nearby(told: Told, activities: Sequence[Activity], explain: Explainer) -> tuple[Nearby, ...]:
    """The three likeliest activities, each with what speaks for it."""
    options = told.reading.options
    order = sorted(range(len(activities)), key=lambda a: (-options[a], a))[:3]
    return tuple(
        Nearby(activities[a].code, round(float(options[a]), 4), explain(told.row, a)) for a in order
    )


def decided(claim: Claim, decisions: Sequence[Decision]) -> Claim:
    """The claim as people corrected it: by its id, to an activity or away from one."""
    for decision in decisions:
        if not same_id(decision.id, claim.id) or not decision.activity:
            continue
        if decision.verdict is Verdict.CONFIRM:
            claim = replace(claim, activity=decision.activity, kind=ClaimKind.PLANNED)
        elif decision.verdict is Verdict.REJECT and claim.activity == decision.activity:
            claim = replace(claim, activity="", kind=None)
    return claim


def with_files(
    claim: Claim, offered: Mapping[str, Sequence[str]], decisions: Sequence[Decision]
) -> Claim:
    """The claim with the orphan files that may support it, people's choices first."""
    own = [d for d in decisions if same_id(d.activity, claim.id) and d.file]
    chosen = [d.file for d in own if d.verdict is Verdict.CONFIRM]
    refused = {d.file for d in own if d.verdict is Verdict.REJECT}
    rest = [f for f in offered.get(claim.id, ()) if f not in refused and f not in chosen]
    return replace(claim, files=tuple([*chosen, *rest][: max(3, len(chosen))]))
