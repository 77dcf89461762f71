"""Numbers in Spanish prose: digits, words, percentages, fractions, and how exact they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidencias.domain.text import fold

EXACT, ABOUT, MORE, LESS = "", "alrededor", "mas_de", "menos_de"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written at text[start:end]; `value` is 83 for "83 %" and for "dos de cada tres".

    `percent` is True for percentages and fractions of a whole, `bound` one of "", "alrededor",
    "mas_de", "menos_de". `written` is True when it stands in words. `whole` is the base of "53 de
    las 64" (64), None elsewhere.
    """

    start: int
    end: int
    value: float
    percent: bool = False
    bound: str = EXACT
    written: bool = False
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with its place; the methods are what text2num's `find_numbers` asks for."""

    word: str
    start: int
    end: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_DIGITS = re.compile(
    r"(?<![\w.,/:'’])(?<!\w-)(?:\d{1,3}(?:[.'’\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d{1,2})?)(?!\d)(?![.,:/-]\d)"
)
_PERCENT = re.compile(r"\s*(?:%|por\s+ciento|por\s+100\b|puntos\s+porcentuales)", re.IGNORECASE)
_HUNDRED = re.compile(r"\b(?:el\s+)?ciento\s+por\s+ciento\b", re.IGNORECASE)
_EACH = re.compile(r"\s+de\s+cada\s+", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s+(?:(?:actividades|acciones|metas)\s+)?de\s+(?:las?|los?|un\s+total\s+de|sus|nuestr[ao]s)?\s*",
    re.IGNORECASE,
)
# "veintiún talleres", "treinta y un jóvenes": text2num knows only the full forms.
_APOCOPE = {"veintiun": "veintiuno", "veintiún": "veintiuno"}
_PORTIONS = (
    (r"(?:las\s+)?tres\s+cuartas\s+partes", 75.0),
    (r"(?:las\s+)?dos\s+(?:terceras\s+partes|tercios)", 200 / 3),
    (r"(?:la|una)\s+tercera\s+parte|un\s+tercio", 100 / 3),
    (r"(?:la|una)\s+cuarta\s+parte", 25.0),
    (r"(?:la|una)\s+quinta\s+parte", 20.0),
    (r"la\s+mitad", 50.0),
)
_PORTION = re.compile(
    r"\b(?:" + "|".join(f"(?P<p{i}>{p})" for i, (p, _) in enumerate(_PORTIONS)) + r")\b",
    re.IGNORECASE,
)
_GROUPS = {"docena": 12, "docenas": 12, "decena": 10, "centenar": 100, "centenares": 100}
_GROUP = re.compile(
    r"\b(?:un|una|(medi[oa])|(dos|tres|cuatro|cinco))\s+(docenas?|decena|centenar(?:es)?)\b",
    re.IGNORECASE,
)
_SMALL = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5}

# "se reunió una vez.", "una sola vez con ellos", not "una vez terminado" nor "de una vez".
_ONCE = re.compile(
    r"(?<!\bde )(?<!\bni )\b(?:(una\s+(?:sola|[uú]nica))\s+vez\b"
    r"(?!\s+(?:se|el|la|l[oa]s|un|una|falt\w*)\b)|(una)\s+vez(?=\s*(?:[.,;:)]|$)))",
    re.IGNORECASE,
)
# "ochenta y tres por ciento (83 %)", "trece (13)": one number written twice.
_WRITTEN_TWICE = re.compile(r"\s*\(\s*")
_CLOSED = re.compile(r"\s*\)")

_BEFORE = (
    (MORE, r"(?:m[aá]s del?|al menos|por lo menos|no menos del?|como m[ií]nimo|m[ií]nimo|"
           r"superior(?:es)? al?|mayor(?:es)? al?|por encima del?|super[aoó]\w*(?: a| al)?|"
           r"sobrepas\w+|excede\w*)"),
    (LESS, r"(?:menos del?|no m[aá]s del?|a lo sumo|como m[aá]ximo|m[aá]ximo|inferior(?:es)? al?|"
           r"menor(?:es)? al?|por debajo del?|no (?:lleg|alcanz)\w+ (?:ni )?al?)"),
    (ABOUT, r"(?:alrededor del?|aproximadamente(?: de)?|aproximado(?: del?| al)|un promedio del?|"
            r"cerca del?|cercan[oa]s? al?|casi|unos|unas|m[aá]s o menos|en torno al?|"
            r"(?:apenas )?(?:roza|rozó|bordea|bordeó|ronda|rondó)n?(?: con)?|"
            r"poco (?:m[aá]s|menos) del?)"),
)  # fmt: skip
_BOUND_BEFORE = tuple(
    (bound, re.compile(rf"\b{pattern}\s+(?:el |la |los |las |un |una )?$", re.IGNORECASE))
    for bound, pattern in _BEFORE
)
_BOUND_AFTER = (
    (MORE, re.compile(r"^\s*(?:o m[aá]s|y pico|y tantos|y algo)\b", re.IGNORECASE)),
    (ABOUT, re.compile(r"^\s*(?:\w+\s+)?\(?(?:aproximad|aprox\b|m[aá]s o menos)", re.IGNORECASE)),
)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of the text in order, whatever it counts; "un" and "una" are none."""
    found = _once_each(text, _apart([*_digits(text), *_words(text), *_groups(text), *_once(text)]))
    merged = _apart([*_portions(text), *_whole_hundred(text), *_ratios(text, found)])
    return tuple(replace(n, bound=n.bound or bound_of(text, n)) for n in merged)


def parse_number(written: str) -> float:
    """The value of digits as Colombians write them ("1.500" → 1500, "12,5" and "12.5" → 12.5)."""
    if re.fullmatch(r"\d{1,3}([.'’\u00a0\u202f]\d{3})+(,\d+)?", written):
        written = re.sub(r"[.'’\u00a0\u202f]", "", written)
    return float(written.replace(",", "."))


def bound_of(text: str, number: Number) -> str:
    """Whether the words around a number make it approximate or a bound; "" when it is exact."""
    before = text[max(0, number.start - 40) : number.start]
    for bound, pattern in _BOUND_BEFORE:
        if pattern.search(before):
            return bound
    after = text[number.end : number.end + 40]
    return next((bound for bound, pattern in _BOUND_AFTER if pattern.search(after)), EXACT)


def _digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        yield _percented(text, Number(match.start(), match.end(), parse_number(match[0])))


def _whole_hundred(text: str) -> Iterator[Number]:
    """ "ciento por ciento", the one percentage whose number is not a number by itself."""
    for match in _HUNDRED.finditer(text):
        yield Number(match.start(), match.end(), 100.0, percent=True, written=True)


def _words(text: str) -> Iterator[Number]:
    """Numbers in words, read by text2num over tokens whose places are kept."""
    from text_to_num import find_numbers as spoken

    tokens = [_Token(_plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    for seen in spoken(tokens, "es", 0):
        first, last = tokens[seen.start], tokens[seen.end - 1]
        if not seen.is_ordinal and not _is_article(text[first.start : last.end]):
            number = Number(first.start, last.end, float(seen.value), written=True)
            yield _percented(text, number)


def _plain(word: str) -> str:
    lowered = word.lower()
    return _APOCOPE.get(lowered, lowered)


def _is_article(words: str) -> bool:
    """Articles far more often than counts ("un", "una"), and "miles", which counts nothing."""
    return fold(words) in {"un", "una", "uno", "unos", "unas", "ciento", "miles"}


def _once(text: str) -> Iterator[Number]:
    """The only "una" that surely counts."""
    for match in _ONCE.finditer(text):
        start, end = match.span(1 if match[1] else 2)
        yield Number(start, end, 1.0, written=True)


def _once_each(text: str, numbers: list[Number]) -> list[Number]:
    """The numbers, those written in words and again in digits between brackets made one."""
    kept: list[Number] = []
    for number in numbers:
        before = kept[-1] if kept else None
        closed = _CLOSED.match(text, number.end)
        if before and closed and _says_again(text, before, number):
            twice = replace(before, end=closed.end(), percent=before.percent or number.percent)
            kept[-1] = twice if twice.percent else _percented(text, twice)
        else:
            kept.append(number)
    return kept


def _says_again(text: str, first: Number, second: Number) -> bool:
    between = text[first.end : second.start]
    other_way = first.written != second.written
    return bool(
        other_way and first.value == second.value and _WRITTEN_TWICE.fullmatch(between)
    )  # fmt: skip


def _percented(text: str, number: Number) -> Number:
    match = _PERCENT.match(text, number.end)
    return replace(number, end=match.end(), percent=True) if match else number


def _groups(text: str) -> Iterator[Number]:
    for match in _GROUP.finditer(text):
        times = 0.5 if match[1] else _SMALL.get(fold(match[2] or ""), 1)
        value = times * _GROUPS[fold(match[3])]
        yield Number(match.start(), match.end(), value, bound=ABOUT, written=True)


def _portions(text: str) -> Iterator[Number]:
    for match in _PORTION.finditer(text):
        index = int(str(match.lastgroup)[1:])
        value = round(_PORTIONS[index][1], 2)
        yield Number(match.start(), match.end(), value, percent=True, written=True)


def _ratios(text: str, numbers: list[Number]) -> Iterator[Number]:
    """The numbers, "dos de cada tres" made one percentage and "53 de las 64" kept with its base."""
    taken = -1
    for place, number in enumerate(numbers):
        if place == taken:
            continue
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        between = text[number.end : following.start] if following else ""
        if following and _EACH.fullmatch(between) and following.value:
            share = round(100 * number.value / following.value, 2)
            yield replace(number, end=following.end, value=share, percent=True)
            taken = place + 1
        elif following and _is_part(between, number, following):
            yield replace(number, whole=following.value)
        else:
            yield number


def _is_part(between: str, number: Number, base: Number) -> bool:
    return bool(
        _OUT_OF.fullmatch(between) and not (number.percent or base.percent)
        and number.value <= base.value
    )  # fmt: skip


def _apart(numbers: list[Number]) -> list[Number]:
    """In order, keeping of two that overlap the one that starts first, then the longer one."""
    kept: list[Number] = []
    for number in sorted(numbers, key=lambda n: (n.start, -n.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept
