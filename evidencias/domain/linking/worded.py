"""Reasons read off words: those that a file and an activity share, or the topic they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Final

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.cases import Cases, Rule
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.vocabulary import fields, topics_of, worth

_ACCENTED: Final = re.compile(r"([cs])ion\b")
LIKELY: Final = 0.4  # from this chance people are told that the report tells an activity
PLACES: Final = (
    ("nombre", "el nombre dice", "el nombre", "name"),
    ("carpeta", "la carpeta dice", "la carpeta", "folder"),
    ("texto", "el documento habla de", "el documento", "lines"),
)


def quoted(words: Iterable[str]) -> str:
    """ "«a» y «b»", at most three."""
    listed = [f"«{w}»" for w in list(words)[:3]]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} y {listed[-1]}"


@lru_cache(maxsize=20_000)
def _written(text: str) -> tuple[tuple[str, str], ...]:
    """The telling roots of a text, each with the word as written."""
    skip = language.weak_stems() | language.function_words() | language.kind_stems()
    found: dict[str, str] = {}
    for word in language.repair(text).replace("_", " ").split():
        for root, shown in _roots(word):
            if root not in skip:
                found.setdefault(root, shown)
    return tuple(found.items())


@lru_cache(maxsize=20_000)
def _roots(word: str) -> tuple[tuple[str, str], ...]:
    """The roots of a word, each with what is shown of it."""
    plain = word.strip(".,;:()«»\"'-|").lower()
    pieces = [p for p in language.pieces(plain) if len(p) > 2 and not p.isdigit()]
    return tuple((language.stem(p), plain if plain.isalpha() else p) for p in pieces)


@lru_cache(maxsize=50_000)
def shared_words(text: str, asked: frozenset[str]) -> tuple[str, ...]:
    """Words of a text whose roots an activity asks for, as written, in their order."""
    return tuple(word for root, word in _written(text) if root in asked)


@lru_cache(maxsize=20_000)
def _topics(text: str) -> Mapping[str, float]:
    found = topics_of(dict.fromkeys(language.roots(text), 1.0))
    return {t: w for t, w in found.items() if w > 0.3}


@lru_cache(maxsize=10_000)
def _asked(name: str, indicator: str) -> frozenset[str]:
    """The roots of what an activity says in its own words."""
    return frozenset(language.stem(p) for p in language.pieces(f"{name} {indicator}"))


@lru_cache(maxsize=20_000)
def _asked_topics(title: tuple[str, ...], indicator: tuple[str, ...]) -> Mapping[str, float]:
    return topics_of(worth(title, indicator))


def _topic(mine: Mapping[str, float], theirs: Mapping[str, float]) -> str:
    """The topic that a text and an activity share most, as a person would write it."""
    common = {t: w * theirs[t] for t, w in mine.items() if theirs.get(t, 0) > 0.3}
    best = max(common, key=lambda t: (common[t], t)) if common else ""
    return _ACCENTED.sub(r"\1ión", best.replace("_", " "))


def _place(view: FileView, column: str) -> str:
    """What a file says in one place."""
    if column == "name":
        return view.name.base
    return "/".join(view.folders) if column == "folder" else view.text[:4000]


def worded(of: Cases) -> Iterator[Rule]:
    """Words that file and activity share; where there are none, their topic."""

    def said(verb: str, shared: Mapping[int, Sequence[str]], at: int) -> str:
        return f"{verb} {quoted(shared[at])}"

    def topic(column: str, subject: str, at: int) -> str:
        view = of.activity(at)
        theirs = _asked_topics(view.title, view.indicator)
        found = _topic(_topics(_place(of.view(at), column)), theirs)
        return f"{subject} trata el mismo tema ({found})" if found else ""

    def asked(at: int) -> frozenset[str]:
        activity = of.activity(at).activity
        return _asked(activity.name, activity.indicator)

    yield _narrated(of)
    for signal, verb, subject, column in PLACES:
        words, topics = of.signal(f"{column}_words"), of.signal(f"{column}_topics")
        shared = {
            i: found
            for i in np.flatnonzero(words > 0.05).tolist()
            if (found := shared_words(_place(of.view(i), column), asked(i)))
        }
        holds = np.zeros(len(words), bool)
        holds[list(shared)] = True
        strength = words + 0.5 * topics
        silent = (topics > 0.15) & ~holds
        yield Rule(holds, signal, partial(said, verb, shared), 0.8 + strength)
        yield Rule(silent, signal, partial(topic, column, subject), 0.5 + strength)


@cache
def _months() -> frozenset[str]:
    return frozenset(language.stem(month) for month in language.months())


def _narrated(of: Cases) -> Rule:
    """Words that a file shares with what the report tells of the activity and the plan does not."""
    strength = of.signal("union_narrated")

    def text(at: int) -> str:
        view, activity = of.view(at), of.activity(at)
        said = dict(_written(f"{view.name.base}\n{view.text[:4000]}"))
        known = fields(activity).keys() | of.archive.plan.policy | _months()
        likely = {root for root, chance in activity.narrated.items() if chance >= LIKELY}
        told = [word for root, word in said.items() if root in likely - known]
        code = activity.activity.code
        return f"dice {quoted(told)}, como el informe al contar {code}" if told else ""

    return Rule(strength > 0.2, "informe", text, 0.7 + strength)
