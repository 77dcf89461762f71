"""The clauses of a sentence, as spans of the report's own text.

A sentence may tell several things done. It is cut where a new finite verb in the past brings its
own subject ("…, el tractor trabajó 400 horas y el consejo se reunió…"); verbs that share the
subject, and verbs of relative clauses, stay with their clause. Cutting too finely does little
harm: neighbours that turn out to tell the same activity are joined again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from evidencias.domain.claims import verbs
from evidencias.domain.claims.gaps import PREPOSITIONS, TENS, UNITS, gaps, is_numeral
from evidencias.domain.claims.tokens import Span, Token, tokens, trim

_DETERMINERS = verbs.word_set(
    """el la los las un una unos unas este esta estos estas ese esa su sus cada todo todos todas
    varios varias algunos algunas ambos ambas otro otra otros otras se ya nuestro nuestra más
    quienes quien uno ellos ellas lo les le nos también además así asimismo"""
)
_CONJUNCTIONS = verbs.word_set("""y e pero mientras además sino pues""")
_SMALL = _DETERMINERS | PREPOSITIONS | _CONJUNCTIONS | {"del", "que", "no"}


class Joint(IntEnum):
    """How a clause hangs on the text before it, from the loosest to the tightest."""

    SENTENCE = 0
    OWN_SUBJECT = 1  # "…, los técnicos llegaron…"
    IMPERSONAL = 2  # "… y se celebró…", "… y hubo…"
    SAME_SUBJECT = 3  # "… y conocieron…"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence and how it is joined to the one before."""

    span: Span
    joint: Joint


def clauses(paragraph: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence, in order; the whole sentence when it tells one thing."""
    row = tokens(paragraph, sentence)
    cuts = _cuts(row)
    starts = [sentence.start, *(row[i].start for i in sorted(cuts))]
    joints = [Joint.SENTENCE, *(cuts[i] for i in sorted(cuts))]
    edges = [*starts[1:], sentence.end]
    found = [
        Clause(_trim_joint(paragraph, Span(a, b)), joint)
        for a, b, joint in zip(starts, edges, joints, strict=True)
    ]
    return [c for c in found if c.span.end > c.span.start]


def _trim_joint(text: str, span: Span) -> Span:
    """The span without the conjunctions that join it to its neighbours."""
    span = trim(text, span)
    head = re.match(r"(?:y|e)\b[\s,]+", text[span.start : span.end])
    tail = re.search(r"[\s,]+(?:y|e)$", text[span.start : span.end])
    start = span.start + (head.end() if head else 0)
    return trim(text, Span(start, span.start + tail.start() if tail else span.end))


def past_verbs(row: list[Token]) -> list[int]:
    """Positions of the words that tell something done."""
    lows = [t.low for t in row]
    return [
        i
        for i, word in enumerate(lows)
        if not row[i].named
        and verbs.is_past(word, lows[i - 1] if i else "", lows[i - 2] if i > 1 else "")
    ]


def main_verbs(row: list[Token], past: list[int]) -> list[int]:
    """Those of the verbs in the past that no conjunction or relative takes."""
    return [v for k, v in enumerate(past) if not _subordinate(row, past[k - 1] if k else -1, v)]


def _cuts(row: list[Token]) -> dict[int, Joint]:
    """Positions of the tokens where a new clause begins, and how it is joined."""
    main = main_verbs(row, past_verbs(row))
    cuts = {i + 1: Joint.OWN_SUBJECT for i, t in enumerate(row[:-1]) if t.low == ";"}
    for before, verb in pairwise(main):
        cut = _boundary(row, before, verb)
        if cut is not None and not any(before < c <= verb for c in cuts):
            cuts[cut] = _joint(row, cut, verb, before)
    if main and (cut := _after_present(row, main[0])):
        cuts[cut] = _joint(row, cut, main[0], main[0])
    return cuts | {i: Joint.SAME_SUBJECT for i in gaps(row, main) if i not in cuts}


def _after_present(row: list[Token], verb: int) -> int | None:
    """Where the clause of the first verb in the past begins after one that tells a state: "el
    coliseo luce techo nuevo, y ocho canchas quedaron listas"."""
    marks = (i for i in range(verb - 1, 0, -1) if _cut_score(row, i) == 4.0)
    cut = next(marks, None)
    if cut is None or row[cut + 1].low == "sino":
        return None
    stated = any(_is_present(row, i) for i in range(1, cut))
    return cut + 1 if stated else None


def _is_present(row: list[Token], i: int) -> bool:
    """Whether a word may well be a verb in the present, by its ending and the word before it."""
    word, before = row[i].low, row[i - 1]
    if not before.is_word or row[i].named or not verbs.may_be_present(word):
        return False
    return not any(w in _SMALL or is_numeral(Token(w, 0, 0)) for w in (word, before.low))


def _joint(row: list[Token], cut: int, verb: int, before: int) -> Joint:
    """How the clause that begins at `cut` hangs on the one before."""
    between = [t.low for t in row[cut:verb] if t.low not in {"y", "e"} and t.is_word]
    takes_up = row[verb - 1].low in {"lo", "la", "los", "las"}  # "…, y el comité los acompañó"
    agree = verbs.person(row[verb].low) == verbs.person(row[before].low)
    if takes_up or (not between and row[verb].low != "hubo" and agree):
        return Joint.SAME_SUBJECT
    if not between and not agree:
        return Joint.OWN_SUBJECT
    return Joint.IMPERSONAL if all(w in verbs.CLITICS for w in between) else Joint.OWN_SUBJECT


def _subordinate(row: list[Token], before: int, verb: int) -> bool:
    """Whether a conjunction or relative between the verb before and this one takes this verb."""
    waiting = False
    for i in range(before + 1, verb):
        word = row[i].low
        if word in verbs.SUBORDINATORS and not _coordinates(row, i) and not _part_of_them(row, i):
            also = any(t.low == "también" for t in row[i + 1 : verb])
            waiting = not also and not _takes_another_verb(row, i, verb)
        elif word in verbs.AUXILIARY:  # "que no había sido programado" is one verb
            continue
        elif word == ";" or verbs.is_other_finite(word) or _clitic_verb(row, i):
            waiting = False
    return waiting


def _coordinates(row: list[Token], i: int) -> bool:
    """Whether this "que" opens a main statement: "mientras que", "es de resaltar que", "y que"."""
    before = row[i - 1].low if i else ""
    return row[i].low == "que" and (before in {"mientras", "y", "e"} or verbs.is_infinitive(before))


def _part_of_them(row: list[Token], i: int) -> bool:
    """Whether this "cuales" counts some of those before: ", quince de las cuales volvieron"."""
    return row[i].low == "cuales" and i > 2 and is_numeral(row[i - 3])


def _clitic_verb(row: list[Token], i: int) -> bool:
    """Whether "se" or "no" right before makes this word a verb ("no se lleven")."""
    return i > 0 and row[i - 1].low in {"se", "no"} and verbs.may_be_present(row[i].low)


def _takes_another_verb(row: list[Token], relative: int, verb: int) -> bool:
    """Whether the relative's own verb (in the present) stands right after it."""
    nxt = relative + 1
    while nxt < verb and row[nxt].low in verbs.CLITICS:
        nxt += 1
    word = row[nxt].low
    known = word in _DETERMINERS or word in PREPOSITIONS or word in verbs.AUXILIARY
    return nxt < verb and not known and verbs.may_be_present(word)


def _boundary(row: list[Token], before: int, verb: int) -> int | None:
    """Where the clause of `verb` begins after `before`; None when the first has no object."""
    best, best_score = None, 0.0
    for i in range(before + 1, verb):
        score = _cut_score(row, i)
        if score and score >= best_score:
            best, best_score = i + 1, score
    if best is None or not any(t.is_word for t in row[before + 1 : best - 1]):
        return None
    return best


def _cut_score(row: list[Token], i: int) -> float:
    """How well a clause begins after token i; 0 when none does."""
    word, start = row[i].low, row[i + 1].low
    if word == "," and start in _CONJUNCTIONS:
        return 4.0
    if word in {",", ":"}:
        return 3.0 if _opens_subject(start) else 1.8 if start in PREPOSITIONS else 1.5
    if word not in {"y", "e", "mientras"} or (i and _part_of_number(row, i)):
        return 0.0
    if start == ",":
        return 3.5
    return 2.0 if _opens_subject(start) else 1.5 if start in PREPOSITIONS else 0.5


def _part_of_number(row: list[Token], i: int) -> bool:
    return row[i - 1].low in TENS and row[i + 1].low in UNITS


def _opens_subject(word: str) -> bool:
    return is_numeral(Token(word, 0, 0)) or word in _DETERMINERS or verbs.is_past(word)
