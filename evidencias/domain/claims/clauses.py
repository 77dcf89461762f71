"""Sentences of a paragraph and the clauses of a sentence, as spans of the report's own text.

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

MAX_WORDS = 60
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[;:,.()«»“”\"—–-]")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.?!…]+[»”\")]*\s+(?=[\"«“(¿¡]*[A-ZÁÉÍÓÚÑ\d])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nro|Núm|Art|Dr|Dra|Sr|Sra|Ing|Lic|Prof|Cra|Cl|Av|pág|págs|etc|aprox|ej|Res|Dec)"
    r"|\b[A-ZÁÉÍÓÚÑ])\.\s*$"
)
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
class Token:
    """A word, number or mark with its span in the paragraph; `low` is its lower-case form."""

    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.low[0].isalnum()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of one paragraph."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence and how it is joined to the one before."""

    span: Span
    joint: Joint


def count_words(text: str) -> int:
    """Words of a text, a number with its separators counting as one."""
    return len(_WORD.findall(text))


def end_of_words(text: str, limit: int) -> int:
    """Where the text's word number `limit` ends, or the text's end when it has fewer."""
    ends = [found.end() for found in _WORD.finditer(text)]
    return len(text) if len(ends) <= limit else ends[limit - 1]


def sentences(paragraph: str) -> list[Span]:
    """The sentences of a paragraph, without the blanks around them."""
    spans: list[Span] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if _ABBREVIATION.search(paragraph[start : end.start() + 1]):
            continue
        spans.append(Span(start, end.end()))
        start = end.end()
    spans.append(Span(start, len(paragraph)))
    return [s for s in (_trim(paragraph, s) for s in spans) if s.end > s.start]


def _trim(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    lead = len(piece) - len(piece.lstrip(" \t\n,;:·•*-–—"))
    tail = len(piece) - len(piece.rstrip(" \t\n,;:"))
    return Span(min(span.start + lead, span.end), max(span.start + lead, span.end - tail))


def tokens(text: str, span: Span) -> list[Token]:
    """The words, numbers and marks of a span."""
    return [
        Token(found[0].lower(), found.start(), found.end())
        for found in _TOKEN.finditer(text, span.start, span.end)
    ]


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
    span = _trim(text, span)
    head = re.match(r"(?:y|e)\b[\s,]+", text[span.start : span.end])
    tail = re.search(r"[\s,]+(?:y|e)$", text[span.start : span.end])
    start = span.start + (head.end() if head else 0)
    return _trim(text, Span(start, span.start + tail.start() if tail else span.end))


def past_verbs(row: list[Token]) -> list[int]:
    """Positions of the words that tell something done."""
    lows = [t.low for t in row]
    return [
        i
        for i, word in enumerate(lows)
        if verbs.is_past(word, lows[i - 1] if i else "", lows[i - 2] if i > 1 else "")
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
    return cuts


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
        if word in verbs.SUBORDINATORS and not _coordinates(row, i):
            also = any(t.low == "también" for t in row[i + 1 : verb])
            waiting = not also and not _takes_another_verb(row, i, verb)
        elif word == ";" or verbs.is_other_finite(word) or _clitic_verb(row, i):
            waiting = False
    return waiting


def _coordinates(row: list[Token], i: int) -> bool:
    """Whether this "que" opens a main statement: "mientras que", "es de resaltar que", "y que"."""
    before = row[i - 1].low if i else ""
    return row[i].low == "que" and (before in {"mientras", "y", "e"} or verbs.is_infinitive(before))


def _clitic_verb(row: list[Token], i: int) -> bool:
    """Whether "se" or "no" right before makes this word a verb ("no se lleven")."""
    return i > 0 and row[i - 1].low in {"se", "no"} and verbs.may_be_present(row[i].low)


def _takes_another_verb(row: list[Token], relative: int, verb: int) -> bool:
    """Whether the relative's own verb (in the present) stands right after it."""
    nxt = relative + 1
    while nxt < verb and row[nxt].low in verbs.CLITICS:
        nxt += 1
    word = row[nxt].low
    known = word in _DETERMINERS or word in _PREPOSITIONS
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
    numeral = word[0].isdigit() or word in _TENS or word in _UNITS
    return numeral or word in _DETERMINERS or verbs.is_past(word)
