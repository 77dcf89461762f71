"""Clauses that leave their verb out, because the one before said it and counted alike.

"Se hicieron doce retenes de alcoholemia y otros veinte al transporte", "…163 perros en el pueblo,
y en las veredas sesenta", "…, además de cuatro clases de cocina", "la enfermera fue a los de San
Juan y también a los de la otra escuela".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidencias.domain.claims import verbs
from evidencias.domain.claims.tokens import Token

PREPOSITIONS = verbs.word_set(
    """a al ante en con por para desde durante mediante entre hasta de tras"""
)
TENS = verbs.word_set("""treinta cuarenta cincuenta sesenta setenta ochenta noventa""")
UNITS = verbs.word_set(
    """dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
    diecisiete dieciocho diecinueve veinte veintiún veintiuno veintiuna veintidós veintitrés
    veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve cien ciento
    doscientos doscientas trescientos trescientas cuatrocientos cuatrocientas quinientos
    quinientas mil seiscientos seiscientas setecientos ochocientos novecientos decenas cientos
    miles"""
)

_ADDING = (("además", "de"), ("así", "como"))
_REACH = 6  # words within which "y en las veredas sesenta" comes to its number


def gaps(row: list[Token], main: list[int]) -> Iterator[int]:
    """Positions of the tokens where such a clause begins; `main` are those of the verbs."""
    for i in range(1, len(row) - 1):
        verb = max((v for v in main if v < i), default=None)
        if verb is None or is_numeral(row[i - 1]):
            continue
        counted = any(is_numeral(t) for t in row[max(0, verb - 4) : i])
        alike = _counts_object(row, i) or _counts_elsewhere(row, i) or _adds(row, i)
        if (counted and alike) or (i > verb + 1 and _also(row, i)):
            yield i + 1


def _also(row: list[Token], i: int) -> bool:
    """ "…y también a los de la otra sede": the same done elsewhere, whatever it was."""
    if row[i].low not in {",", "y", "e"} or i + 4 >= len(row) or row[i + 1].low != "también":
        return False
    return row[i + 2].low in PREPOSITIONS and not verbs.is_infinitive(row[i + 3].low)


def _counts_object(row: list[Token], i: int) -> bool:
    """ "…, 20 al transporte": an object counted like the one before."""
    if row[i].low not in {",", "y", "e"} or i + 3 >= len(row):
        return False
    number = i + 2 if row[i + 1].low in {"otros", "otras"} else i + 1
    return is_numeral(row[number]) and _has_complement(row[number + 1 :])


def _counts_elsewhere(row: list[Token], i: int) -> bool:
    """ "…y en las veredas sesenta", "…, y en tres más a ordeñar": another place or time, with its
    own number, which ends the clause or counts "más" of the same."""
    if row[i].low not in {"y", "e"} or row[i + 1].low not in PREPOSITIONS:
        return False
    for j in range(i + 2, min(i + 2 + _REACH, len(row))):
        if not row[j].is_word or verbs.is_past(row[j].low):
            return False
        if is_numeral(row[j]):
            after = row[j + 1].low if j + 1 < len(row) else "."
            return after in {"más", ",", ".", ";"}
    return False


def _adds(row: list[Token], i: int) -> bool:
    """ "…, además de las diez requisas", "…, así como dos ruedas de negocios"."""
    if row[i].low != "," or i + 4 >= len(row):
        return False
    number = i + 4 if row[i + 3].low in {"los", "las", "otros", "otras"} else i + 3
    return (row[i + 1].low, row[i + 2].low) in _ADDING and is_numeral(row[number])


def _has_complement(after: list[Token]) -> bool:
    """Whether "al transporte" or "escolares en las sedes" follows, not a purpose of the whole."""
    for here, following in pairwise(after[:4]):
        if not here.is_word or not following.is_word:
            return False
        if here.low in PREPOSITIONS or here.low == "del":
            return not verbs.is_infinitive(following.low)
    return False


def is_numeral(token: Token) -> bool:
    """Whether a word is a number, in digits or as words begin one."""
    return token.low[0].isdigit() or token.low in TENS or token.low in UNITS
