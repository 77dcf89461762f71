"""Which eje or dependencia of the plan a stretch of the report speaks of, however loosely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencias.domain.figures.lexicon import alike, content, shares
from evidencias.domain.model import Activity
from evidencias.domain.text import fold, words

# What announces an eje by name; of the second kind only when the plan has one called so.
_CUE = re.compile(
    r"\b(?:ejes?|l[ií]neas?|componentes?|dimensi[oó]n|pilar)\s+"
    r"(?:estrat[eé]gic[oa]s?\s+|tem[aá]tic[oa]s?\s+)?(?!base\b|de\s+base\b)",
    re.IGNORECASE,
)
_WEAK_CUE = re.compile(
    r"\b(?:programa|sector|[aá]rea|materia|temas?|objetivo)\s+(?:estrat[eé]gico\s+)?",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\b(?:el|la)\s+(?:de\s+(?:la|los|las)|del?)\s+", re.IGNORECASE)
# "…, mientras que turismo llega al 57 %", "…; turismo, al 57 %": what an eje is called by one word
# once another was told.
_NEXT = re.compile(
    r"(?:^|[,;]|\b(?:y|e|pero|mientras|tanto)\b)\s*(?:que\s+)?(?:la\s+|el\s+|las\s+|los\s+)?"
    r"(?P<name>[^\W\d_]{4,})(?:\s+(?:apenas\s+|s[oó]lo\s+|se\s+)*(?:lleg|alcanz|qued|cierr|cerr|"
    r"ubic|sit[uú]|registr|obtuv|logr|roz|va\b|est[aá]\b)[^,;.:]{0,25}|\s*,\s*(?:al?|en|con)?"
    r"(?:\s+(?:el|un))?\s*)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:Direcci[oó]n|Secretar[ií]a|Oficina|Comisar[ií]a|Instituto|Gerencia|Subsecretar[ií]a|"
    r"Personer[ií]a|Inspecci[oó]n|Empresa|Biblioteca|Casa)\s+(?:de\s+(?:la\s+|los\s+|las\s+)?|del\s+|"
    r"Asesora\s+de\s+)?[A-ZÁÉÍÓÚÑ]\w+(?:(?:,?\s+(?:y|de|del|la|los|las|e))*\s+[A-ZÁÉÍÓÚÑ]\w+)*"
)
_LABEL = re.compile(
    r"^\s*(?:(?:eje|linea|componente|programa|dimension|pilar|objetivo)\b\s*(?:estrategic[oa]\s+)?)?"
    r"(?:n(?:[°º.]|o[°º.\s])\s*(?=\d|[ivx]+\b))?(\d{1,2}|[ivx]{1,4}\b)?\s*[.:)\-–]*\s*"
)
_ORDINAL_RANK = {"primer": 1, "segund": 2, "tercer": 3, "cuart": 4, "quint": 5, "sext": 6,
                 "septim": 7, "octav": 8, "noven": 9, "decim": 10}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
# Words so common in plans that alone they name no eje.
_GENERIC = frozenset(
    words(
        "actividad accion plan politica publica municipal municipio gestion programa proyecto eje "
        "linea componente estrategia desarrollo integral general ejecucion cumplimiento vigencia "
        "semestre secretaria direccion oficina"
    )
)
_PHRASE_END = re.compile(
    r"[.;:()]|\b(?:se|registr\w+|present\w+|alcanz\w+|lleg\w+|obtuv\w+|tiene|tuvo|report\w+|"
    r"qued[oó]\w*|apenas|solo|s[oó]lo|cumpl\w+|logr\w+|roz\w+|va|est[aá]|sigue|es|fue|con|al)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An eje or dependencia named at text[start:end]; `known` False if the plan has none such.

    `elliptic` when only "el de …" announces it.
    """

    scope: str
    start: int
    end: int
    known: bool = True
    elliptic: bool = False


class ScopeFinder:
    """Finds ejes and dependencias of one plan in prose."""

    def __init__(self, activities: Sequence[Activity]) -> None:
        self.axes = [a for a in dict.fromkeys(x.axis for x in activities) if a]
        self.departments = [d for d in dict.fromkeys(x.department for x in activities) if d]
        self.keys = {axis: _keys(axis) for axis in self.axes}
        self.numbers = {axis: _own_number(axis) or i for i, axis in enumerate(self.axes, 1)}
        self.vocabulary = {
            a: _vocabulary([x for x in activities if x.axis == a]) for a in self.axes
        }

    def find(self, text: str, elliptic: bool = False) -> Mention | None:
        """The last eje or dependencia named in a text.

        `elliptic` lets "el de familia" name an eje, as after another eje in the same sentence.
        """
        mentions = [*self._cued(text, elliptic), *self._offices(text), *self._named(text)]
        known = [m for m in mentions if m.known]
        return max(known or mentions, key=lambda m: (m.end, -m.start), default=None)

    def _cued(self, text: str, elliptic: bool) -> list[Mention]:
        """ "el componente de turismo", "el tercer eje", "el de familia"."""
        cues = [*_CUE.finditer(text), *_WEAK_CUE.finditer(text)]
        cues += _ELLIPSIS.finditer(text) if elliptic else ()
        found = [self._after_cue(text, cue) for cue in cues]
        found += [self._next(text)] if elliptic else []
        return [mention for mention in found if mention]

    def _next(self, text: str) -> Mention | None:
        """The one eje named by the only word that leads to what comes next, "turismo llega al"."""
        told = _NEXT.search(text)
        word = fold(told["name"]) if told else ""
        axes = [a for a, keys in self.keys.items() if word and shares(word, keys)]
        if told is None or len(axes) != 1 or word in _GENERIC:
            return None
        return Mention(axes[0], told.start("name"), told.end("name"), elliptic=True)

    def _after_cue(self, text: str, cue: re.Match[str]) -> Mention | None:
        start, end, strict = cue.start(), cue.end(), cue.re is _CUE
        numbered = self._numbered(text[:start], text[end:]) if strict else ""
        if numbered:
            return Mention(numbered, start, end)
        phrase = _phrase(text[end:])
        stop = end + len(phrase)
        axis = self._best(content(phrase), by_activities=strict)
        if axis:
            return Mention(axis, start, stop, elliptic=cue.re is _ELLIPSIS)
        named = _bare(phrase)
        return Mention(named, start, stop, known=False) if strict and content(named) else None

    def _numbered(self, before: str, after: str) -> str:
        label = re.match(r"\s*(?:n[o°º.]*\s*)?(\d{1,2}|[IVX]{1,4})\b(?!\s*%)", after)
        last = (words(before)[-1:] or [""])[0]
        rank = next((n for stem, n in _ORDINAL_RANK.items() if last.startswith(stem)), 0)
        if label:
            rank = _ROMAN.get(label[1].lower(), 0) or (int(label[1]) if label[1].isdigit() else 0)
        return next((axis for axis, n in self.numbers.items() if n == rank), "")

    def _best(self, said: Sequence[str], by_activities: bool) -> str:
        """The eje whose name, or else whose activities, the words speak of; "" when unclear."""
        telling = [w for w in said if w not in _GENERIC]
        by_name = {a: sum(shares(w, keys) for w in telling) for a, keys in self.keys.items()}
        chosen = _clear_best({a: float(n) for a, n in by_name.items()}, 1)
        if chosen or any(by_name.values()) or not by_activities:
            return chosen
        weighed = {a: sum(v.get(w[:5], 0.0) for w in telling) for a, v in self.vocabulary.items()}
        return _clear_best(weighed, 1.0, lead=2.0)

    def _offices(self, text: str) -> list[Mention]:
        """Dependencias by their whole name, or as the plan writes it with other small words."""
        found = []
        for match in _OFFICE.finditer(text):
            name = self._office(match[0])
            found.append(Mention(name or match[0], match.start(), match.end(), bool(name)))
        return found

    def _office(self, said: str) -> str:
        have = content(said)
        scored = {d: _coverage(content(d), have) for d in self.departments}
        return _clear_best(scored, 0.75)

    def _named(self, text: str) -> list[Mention]:
        """Ejes by two words of their name close together, or by their only word."""
        placed = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W\d_]{3,}", text)]
        found = []
        for axis, keys in self.keys.items():
            hits = [(fold(w), s, e) for w, s, e in placed if shares(fold(w), keys)]
            distinct = {k for k in keys if any(alike(w, k) for w, _, _ in hits)}
            needed = min(2, len(keys))
            if len(distinct) >= needed and _close(hits, needed):
                found.append(Mention(axis, hits[0][1], hits[-1][2]))
        return _longest(found)


def _keys(axis: str) -> list[str]:
    """The words that name an eje, without its label and what every plan says."""
    name = _LABEL.sub("", fold(axis), count=1)
    telling = [w for w in content(name) if w not in _GENERIC]
    return telling or content(name)


def _own_number(axis: str) -> int:
    label = _LABEL.match(fold(axis))
    written = label[1] if label and label[1] else ""
    return _ROMAN.get(written, 0) or (int(written) if written.isdigit() else 0)


def _vocabulary(activities: Sequence[Activity]) -> Counter[str]:
    """How much of an eje's activities speaks with each root (its first five letters)."""
    roots = (
        {w[:5] for w in content(f"{a.name} {a.indicator} {a.department}") if w not in _GENERIC}
        for a in activities
    )
    counts: Counter[str] = Counter()
    for some in roots:
        counts.update(some)
    return counts


def _phrase(after: str) -> str:
    """What follows a cue, up to a verb or a stop, at most nine words."""
    stop = _PHRASE_END.search(after, 1)
    phrase = after[: stop.start()] if stop else after
    return " ".join(phrase.split()[:9]) if phrase.strip() else ""


def _bare(phrase: str) -> str:
    """The first words of a phrase without the articles that lead to its name."""
    named = " ".join(phrase.split()[:5]).strip(" ,")
    return re.sub(r"^(?:del?|la|el|los|las)\s+(?:la\s+|los\s+|las\s+)?", "", named)


def _coverage(keys: Sequence[str], said: Sequence[str]) -> float:
    return sum(shares(k, said) for k in keys) / len(keys) if keys else 0.0


def _clear_best(scores: dict[str, float], least: float, lead: float = 1.0) -> str:
    """The name with the highest score, if it reaches `least` and none ties with it."""
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < least:
        return ""
    if len(ranked) > 1 and (ranked[1][1] * lead >= ranked[0][1] if lead > 1 else
                            ranked[1][1] == ranked[0][1]):  # fmt: skip
        return ""
    return ranked[0][0]


def _close(hits: Sequence[tuple[str, int, int]], needed: int) -> bool:
    """Whether the words found stand together, as a name does, not scattered over a sentence."""
    return needed == 1 or any(b[1] - a[2] <= 25 for a, b in pairwise(hits))


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of two ejes found in the same words, the one that explains more of them."""
    return [
        m
        for m in mentions
        if not any(
            o is not m and o.start <= m.start and o.end >= m.end
            and (o.end - o.start) > (m.end - m.start)
            for o in mentions
        )
    ]  # fmt: skip
