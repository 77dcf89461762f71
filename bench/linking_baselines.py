"""Plain methods beside the linker: code by pattern, TF-IDF of letters, BM25, rapidfuzz."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from bench.corpora import Corpus, find, load
from evidencias.domain.linking import language
from evidencias.domain.text import fold

Scores = list[list[float]]


def _paths(corpus: Corpus) -> list[str]:
    return [fold(f.path) for f in corpus.files]


def _titles(corpus: Corpus) -> list[str]:
    return [fold(a.name) for a in corpus.activities]


def by_code(corpus: Corpus) -> Scores:
    bodies = [r"\W{0,2}0*".join(re.findall(r"[a-z]+|\d+", fold(a.code))) for a in corpus.activities]
    patterns = [re.compile(rf"(?<![a-z0-9]){body}(?!\d)") for body in bodies]
    return [[float(bool(p.search(path))) for p in patterns] for path in _paths(corpus)]


def _cosines(left: Sequence[Counter[str]], right: Sequence[Counter[str]]) -> Scores:
    users = Counter(g for bag in right for g in bag)
    size = len(right)

    def weigh(bag: Counter[str]) -> dict[str, float]:
        found = {g: n * math.log((size + 1) / (users[g] + 1) + 1) for g, n in bag.items()}
        norm = math.sqrt(sum(v * v for v in found.values())) or 1.0
        return {g: v / norm for g, v in found.items()}

    titles = [weigh(b) for b in right]
    files = [weigh(b) for b in left]
    return [[sum(v * t.get(g, 0.0) for g, v in f.items()) for t in titles] for f in files]


def _grams(text: str) -> Counter[str]:
    plain = re.sub(r"[\W_]+", " ", text)
    return Counter(plain[i : i + n] for n in (3, 4, 5) for i in range(len(plain) - n + 1))


def by_letters(corpus: Corpus) -> Scores:
    return _cosines([_grams(p) for p in _paths(corpus)], [_grams(t) for t in _titles(corpus)])


def by_bm25(corpus: Corpus) -> Scores:
    titles = [Counter(language.roots(t)) for t in _titles(corpus)]
    size, mean = len(titles), sum(sum(t.values()) for t in titles) / len(titles)
    users = Counter(r for t in titles for r in t)

    def score(query: Counter[str], title: Counter[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * sum(title.values()) / mean)
        return sum(
            math.log(1 + (size - users[r] + 0.5) / (users[r] + 0.5))
            * title[r]
            * 2.2
            / (title[r] + norm)
            for r in query
            if title[r]
        )

    queries = [
        Counter(language.roots(f"{f.path} {corpus.texts.get(f.id, '')[:2000]}"))
        for f in corpus.files
    ]
    return [[score(q, t) for t in titles] for q in queries]


def by_fuzz(corpus: Corpus) -> Scores:
    names = [fold(f.name) for f in corpus.files]
    return [[fuzz.token_set_ratio(n, t) / 100 for t in _titles(corpus)] for n in names]


METHODS: dict[str, Callable[[Corpus], Scores]] = {
    "código": by_code,
    "letras 3-5": by_letters,
    "BM25": by_bm25,
    "rapidfuzz": by_fuzz,
}


def _hits(corpus: Corpus, scores: Scores) -> tuple[float, float, float]:
    """First place and first three over linked files, and the best F1 any threshold reaches."""
    codes = [a.code for a in corpus.activities]
    gold = {k for k, n in corpus.links.items() if n < 5}
    first = three = 0
    tops = []
    for file, row in zip(corpus.files, scores, strict=True):
        ranked = sorted(range(len(row)), key=lambda i: (-row[i], codes[i]))
        known = {(file.id, codes[i]) for i in ranked[:3] if row[i] > 0}
        three += len(known & gold)
        first += (file.id, codes[ranked[0]]) in gold and row[ranked[0]] > 0
        tops.append((row[ranked[0]], (file.id, codes[ranked[0]]) in gold))
    best, right = 0.0, 0
    for at, (_, hit) in enumerate(sorted(tops, reverse=True), 1):
        right += hit
        best = max(best, 2 * right / (at + len(gold)))
    files = len({f for f, _ in gold})
    return first / max(1, files), three / max(1, len(gold)), best


def compare(root: Path) -> str:
    """The table: for each corpus and method, first place, first three, best F1."""
    rows = ["primer lugar / tres primeras / mejor F1 posible (%)"]
    for folder in find(root):
        corpus = load(folder)
        cells = []
        for name, method in METHODS.items():
            cells.append(
                f"{name} " + "/".join(f"{100 * x:.0f}" for x in _hits(corpus, method(corpus)))
            )
        rows.append(f"{corpus.name:24}" + "   ".join(cells))
    return "\n".join(rows)
