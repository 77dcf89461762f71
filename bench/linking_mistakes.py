"""Every mistake of the linker, with what stood in its way: a row a link, for people to read."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bench.corpora import Corpus, find, load
from bench.fit import unseen
from bench.linked import linked
from bench.linking_measures import shortcuts
from evidencias.domain.linking.weights import Weights, shipped
from evidencias.domain.model import Link, Linking, LinkState, Reason

MUTE = 5  # level of photographs and scans that no automatic link is asked for
WRONG = "vínculo automático equivocado"
LIKELY = 0.5


@dataclass(frozen=True)
class Mistake:
    """A right link that is not automatic, or an automatic one that is wrong (level 0)."""

    caso: str
    nivel: int
    estorbo: str
    puntaje: float
    archivo: str
    actividad: str
    a_favor: str
    en_contra: str


def _stands_in_the_way(mine: Link | None, others: Sequence[Link], weights: Weights) -> str:
    """Why a right link is not automatic."""
    if mine is None:
        return "no está entre las tres"
    if any(x.state is LinkState.AUTOMATIC for x in others):
        return "el archivo ya quedó en otra actividad"
    if others and max(x.score for x in others) > mine.score:
        return "otra actividad va primero"
    if mine.score >= weights.sure:
        return "seguro, pero una sola clase de señal, sin lugar que lo apoye o con seña en contra"
    return "va primero, probable" if mine.score >= LIKELY else "va primero, dudoso"


def _told(reasons: Sequence[Reason]) -> str:
    return "; ".join(x.text for x in reasons)


def _row(corpus: Corpus, key: tuple[str, str], level: int, way: str, mine: Link | None) -> Mistake:
    file, code = key
    path = next(f.path for f in corpus.files if f.id == file)
    name = next(a.name for a in corpus.activities if a.code == code)
    score, why, against = (mine.score, mine.reasons, mine.against) if mine else (0.0, (), ())
    return Mistake(
        corpus.name, level, way, round(score, 2), path, f"{code} {name}", _told(why), _told(against)
    )


def mistakes(corpus: Corpus, linking: Linking, weights: Weights) -> Iterator[Mistake]:
    """The mistakes of levels 1 to 4 in one case, right links that are missing first.

    A shortcut and the file it points at are one.
    """
    near = shortcuts(corpus)
    found: dict[str, list[Link]] = {}
    for one in linking.links:
        found.setdefault(one.file, []).append(one)
    for (file, code), level in corpus.links.items():
        here = [x for f in (file, *near.get(file, ())) for x in found.get(f, ())]
        mine = max((x for x in here if x.activity == code), key=_surest, default=None)
        if level < MUTE and (mine is None or mine.state is not LinkState.AUTOMATIC):
            others = [x for x in here if x.activity != code]
            way = _stands_in_the_way(mine, others, weights)
            yield _row(corpus, (file, code), level, way, mine)
    for one in linking.links:
        files = (one.file, *near.get(one.file, ()))
        right = any((file, one.activity) in corpus.links for file in files)
        if one.state is LinkState.AUTOMATIC and not right:
            yield _row(corpus, (one.file, one.activity), 0, WRONG, one)


def _surest(link: Link) -> tuple[bool, float]:
    return link.state is LinkState.AUTOMATIC, link.score


def _of_all(roots: Sequence[Path]) -> Iterator[tuple[Corpus, list[Mistake]]]:
    for folder in (f for root in roots for f in find(root)):
        corpus = load(folder)
        if corpus.states:
            by = unseen(corpus.name, *roots)
            yield corpus, list(mistakes(corpus, linked(corpus, by), by.links or shipped()))


def write(roots: Sequence[Path], target: Path) -> str:
    """Write all mistakes of left-out cases as CSV; tells how many of each kind there are."""
    lines, ways, total = [], Counter[str](), 0
    with target.open("w", encoding="utf-8", newline="") as handle:
        out = csv.DictWriter(handle, [f.name for f in fields(Mistake)], lineterminator="\n")
        out.writeheader()
        for corpus, found in _of_all(roots):
            asked = sum(1 for level in corpus.links.values() if level < MUTE)
            mine = Counter(x.estorbo for x in found)
            shares = "  ".join(f"{w}: {100 * n / max(asked, 1):.0f}" for w, n in mine.most_common())
            lines.append(f"{corpus.name:24}{shares}")
            out.writerows(asdict(x) for x in found)
            ways.update(mine)
            total += asked
    sums = (f"{way:60}{n:6}{100 * n / max(total, 1):7.1f} %" for way, n in ways.most_common())
    return "\n".join([*lines, "", *sums, f"{'vínculos de niveles 1 a 4':60}{total:6}"])
