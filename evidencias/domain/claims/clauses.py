"""The clauses of a sentence, as spans of the report's own text.

A sentence may tell several things done. It is cut where a new finite verb in the past brings its
own subject ("…, el tractor trabajó 400 horas y el consejo se reunió…"); verbs that share the
subject, and verbs of relative clauses, stay with their clause. Cutting too finely does little
harm: neighbours that turn out to tell the same activity are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from evidencias.domain.claims import verbs
from evidencias.domain.claims.tokens import Span, Token, tokens, trim

_DETERMINERS = verbs.word_set(
    """el la los las un una unos unas este esta estos estas ese esa su sus cada todo todos todas
    varios varias algunos algunas ambos ambas otro otra otros otras se ya nuestro nuestra más
    quienes quien uno ellos ellas lo les le nos también además así asimismo"""
)
_PREPOSITIONS = verbs.word_set(
    """a al en con por para desde durante mediante entre hasta de tras"""
)
_CONJUNCTIONS = verbs.word_set("""y e pero mientras además sino pues""")
_TENS = verbs.word_set("""treinta cuarenta cincuenta sesenta setenta ochenta noventa""")
_UNITS = verbs.word_set(
    """dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
    diecisiete dieciocho diecinueve veinte veintiún veintiuno veintiuna veintidós veintitrés
    veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve cien ciento
    doscientos doscientas trescientos trescientas cuatrocientos cuatrocientas quinientos
    quinientas mil seiscientos seiscientas setecientos ochocientos novecientos decenas cientos
    miles"""
)


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


def _cuts(row: list[Token]) -> dict[int, Joint]:
    """Positions of the tokens where a new clause begins, and how it is joined."""
    past = past_verbs(row)
    main = [v for k, v in enumerate(past) if not _subordinate(row, past[k - 1] if k else -1, v)]
    cuts = {i + 1: Joint.OWN_SUBJECT for i, t in enumerate(row[:-1]) if t.low == ";"}
    for before, verb in pairwise(main):
        cut = _boundary(row, before, verb)
        if cut is not None and not any(before < c <= verb for c in cuts):
            cuts[cut] = _joint(row, cut, verb, before)
    return cuts | {i: Joint.SAME_SUBJECT for i in _gaps(row, main) if i not in cuts}


def _gaps(row: list[Token], main: list[int]) -> Iterator[int]:
    """Where an object counted like the one before leaves the verb out ("…, 20 al transporte")."""
    for i in range(1, len(row) - 3):
        number = i + 2 if row[i + 1].low in {"otros", "otras"} else i + 1
        if row[i].low not in {",", "y", "e"} or not _is_numeral(row[number]):
            continue
        verb = max((v for v in main if v < i), default=None)
        counted = verb is not None and any(_is_numeral(t) for t in row[max(0, verb - 4) : i])
        if counted and not _is_numeral(row[i - 1]) and _has_complement(row[number + 1 :]):
            yield i + 1


def _has_complement(after: list[Token]) -> bool:
    """Whether "al transporte" or "escolares en las sedes" follows, not a purpose of the whole."""
    for here, following in pairwise(after[:4]):
        if not here.is_word or not following.is_word:
            return False
        if here.low in _PREPOSITIONS or here.low == "del":
            return not verbs.is_infinitive(following.low)
    return False


def _is_numeral(token: Token) -> bool:
    return token.low[0].isdigit() or token.low in _TENS or token.low in _UNITS


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
    return row[i].low == "cuales" and i > 2 and _is_numeral(row[i - 3])


def _clitic_verb(row: list[Token], i: int) -> bool:
    """Whether "se" or "no" right before makes this word a verb ("no se lleven")."""
    return i > 0 and row[i - 1].low in {"se", "no"} and verbs.may_be_present(row[i].low)


def _takes_another_verb(row: list[Token], relative: int, verb: int) -> bool:
    """Whether the relative's own verb (in the present) stands right after it."""
    nxt = relative + 1
    while nxt < verb and row[nxt].low in verbs.CLITICS:
        nxt += 1
    word = row[nxt].low
    known = word in _DETERMINERS or word in _PREPOSITIONS or word in verbs.AUXILIARY
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
        return 3.0 if _opens_subject(start) else 1.8 if start in _PREPOSITIONS else 1.5
    if word not in {"y", "e", "mientras"} or (i and _part_of_number(row, i)):
        return 0.0
    if start == ",":
        return 3.5
    return 2.0 if _opens_subject(start) else 1.5 if start in _PREPOSITIONS else 0.5


def _part_of_number(row: list[Token], i: int) -> bool:
    return row[i - 1].low in _TENS and row[i + 1].low in _UNITS


def _opens_subject(word: str) -> bool:
    return _is_numeral(Token(word, 0, 0)) or word in _DETERMINERS or verbs.is_past(word)
