"""How much each statement sounds like each activity: words, topics, the evidence, counts, office.

Every signal is a matrix statements × activities of non-negative numbers of about one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evidencias.domain.claims.counts import counted, given
from evidencias.domain.claims.headings import named
from evidencias.domain.claims.statements import Statement
from evidencias.domain.linking import language
from evidencias.domain.model import Activity

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

SIGNALS = ("name", "best_name", "stated", "indicator", "topic", "best_topic", "evidence",
           "best_evidence", "achieved", "target", "counted", "kind", "office", "axis",
           "heading")  # fmt: skip
_STATED_WORDS, _STATED_SHARE = 2, 0.7
_LEAST_NAMED = 4  # its verb among them
# What a deed may be said of without saying what: "se dio un paso", "se abrió un espacio así".
_EMPTY = (
    "propio mismo otro tal cierto nuevo espacio lugar momento modo manera forma caso cosa paso "
    "rumbo camino puerta horizonte vida"
)
_MOST_FILES, _MOST_TEXT = 200, 6000
_LANGUAGE = 1000.0  # words of the common language that stand behind the evidence
_PRIOR_WORDS = 150.0  # weight of the common language when an activity has little evidence


def evidence_roots(
    activities: Sequence[Activity], evidence: Mapping[str, Sequence[str]]
) -> list[Counter[str]]:
    """For each activity, in how many of its files each root stands (long texts are cut)."""
    return [
        Counter(
            root
            for text in evidence.get(activity.code, ())[:_MOST_FILES]
            for root in set(language.roots(text[:_MOST_TEXT]))
        )
        for activity in activities
    ]


def signals(
    rows: Sequence[Statement],
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
) -> dict[str, Matrix]:
    """The named matrices of likeness; see the module."""
    said = [language.roots(row.text) for row in rows]
    leads = [_lead(row) for row in rows]
    names = [set(language.roots(a.name)) for a in activities]
    units = [set(language.roots(a.indicator)) for a in activities]
    rarity = _rarity([n | u for n, u in zip(names, units, strict=True)])
    name = _overlap(said, names, rarity)
    topic = _topics(said, [n | u for n, u in zip(names, units, strict=True)])
    proof = _evidence(said, proofs)
    return {
        "name": name,
        "best_name": _standing_out(name),
        "stated": _stated(said, names),
        "indicator": _overlap(said, units, rarity),
        "topic": topic,
        "best_topic": _standing_out(topic),
        "evidence": proof,
        "best_evidence": _standing_out(proof),
        "achieved": given(rows, [a.achieved for a in activities]),
        "target": given(rows, [a.target for a in activities]),
        **counted(rows, activities),
        "office": _offices(said, [a.department for a in activities]),
        "axis": _overlap(leads, *_specific([a.axis for a in activities])),
        "heading": named([row.over for row in rows], activities),
    }


def _lead(row: Statement) -> list[str]:
    """The roots of the words before the first comma of a sentence's first clause, "En turismo,"."""
    if row.span.start != row.sentence.start:
        return []
    return language.roots(" ".join(row.text.split()[:8]))


def _offices(said: Sequence[Sequence[str]], departments: Sequence[str]) -> Matrix:
    """Whether the statement names an activity's office; one of few activities tells more."""
    import numpy as np

    spread = Counter(departments)
    rare = np.array([1.0 / spread[department] for department in departments])
    shared: Matrix = _overlap(said, *_specific(departments)) * np.sqrt(rare)
    return shared


def _specific(labels: Sequence[str]) -> tuple[list[set[str]], dict[str, float]]:
    """The roots of labels and their rarity among the different labels."""
    bags = [set(language.roots(label)) - language.weak_stems() for label in labels]
    return bags, _rarity([set(b) for b in {frozenset(b) for b in bags}])


def _rarity(bags: Sequence[set[str]]) -> dict[str, float]:
    """Root → how telling it is: about 1 for a root of one bag, little for a root of many."""
    spread = Counter(root for bag in bags for root in bag)
    top = math.log(1 + len(bags))
    return {root: math.log((1 + len(bags)) / n) / top for root, n in spread.items()}


def _overlap(
    said: Sequence[Sequence[str]], bags: Sequence[set[str]], rarity: Mapping[str, float]
) -> Matrix:
    import numpy as np

    grid = np.zeros((len(said), len(bags)))
    for i, roots in enumerate(said):
        for j, bag in enumerate(bags):
            grid[i, j] = sum(rarity[root] for root in set(roots) & bag)
    return np.sqrt(grid)


def _stated(said: Sequence[Sequence[str]], names: Sequence[set[str]]) -> Matrix:
    """The share of an activity's telling words that the statement says, where it is most."""
    import numpy as np

    grid = np.zeros((len(said), len(names)))
    telling = [name - language.weak_stems() for name in names]
    for i, roots in enumerate(said):
        for j, own in enumerate(telling):
            shared = len(own & set(roots))
            if shared >= _STATED_WORDS and shared >= _STATED_SHARE * len(own):
                grid[i, j] = shared / len(own)
    return grid


def _topics(said: Sequence[Sequence[str]], bags: Sequence[set[str]]) -> Matrix:
    """Likeness through the topics that words evoke; a topic of many activities tells little."""
    import numpy as np

    known = [_evoked(bag) for bag in bags]
    spread = Counter(topic for topics in known for topic in topics)
    top = math.log(1 + len(bags))
    grid = np.zeros((len(said), len(bags)))
    for i, roots in enumerate(said):
        meant = _evoked(roots)
        for j, topics in enumerate(known):
            grid[i, j] = sum(
                math.sqrt(meant[t] * topics[t]) * math.log((1 + len(bags)) / spread[t]) / top
                for t in meant.keys() & topics.keys()
            )
    return np.sqrt(grid)


def _evoked(roots: Sequence[str] | set[str]) -> dict[str, float]:
    """Topic → how strongly the roots evoke it: each root shares itself among its topics."""
    found: dict[str, float] = {}
    for root in set(roots):
        topics = language.topics().get(root, ())
        for topic in topics:
            found[topic] = found.get(topic, 0.0) + 1 / len(topics)
    return found


def _evidence(said: Sequence[Sequence[str]], bags: Sequence[Counter[str]]) -> Matrix:
    """How much likelier the statement's words are in an activity's evidence than in all of it."""
    import numpy as np

    common: Counter[str] = Counter()
    for bag in bags:
        common.update(bag)
    total = sum(common.values()) or 1
    sizes = [sum(bag.values()) for bag in bags]
    usual = {root: (n + 1) / (total + _LANGUAGE) for root, n in common.items()}
    grid = np.zeros((len(said), len(bags)))
    for i, roots in enumerate(said):
        known = {root for root in roots if root in common}
        for j, bag in enumerate(bags):
            room = sizes[j] + _PRIOR_WORDS
            ratios = (
                math.log((bag[root] / usual[root] + _PRIOR_WORDS) / room)
                for root in known & bag.keys()
            )
            grid[i, j] = sum(max(0.0, ratio) for ratio in ratios)
    return np.sqrt(grid) / 2


def strangeness(
    rows: Sequence[Statement],
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
) -> tuple[Matrix, Matrix]:
    """Statements × activities, the share of the telling words that the activity explains (by its
    name, indicator, topics or evidence); and per statement the share that none explains."""
    import numpy as np

    known = [_explains(a) | proof.keys() for a, proof in zip(activities, proofs, strict=True)]
    anywhere = frozenset().union(*known)
    each, none = np.zeros((len(rows), len(activities))), np.zeros(len(rows))
    for i, row in enumerate(rows):
        telling = set(language.roots(row.text)) - language.weak_stems()
        if telling:
            each[i] = [len(telling & roots) / len(telling) for roots in known]
            none[i] = len(telling - anywhere) / len(telling)
    return each, none


def names_enough(row: Statement) -> bool:
    """Whether a statement names enough to say what was done: "se arregló el techo" does not, nor
    "para los que cuidan se abrió espacio propio"."""
    empty = language.weak_stems() | set(language.roots(_EMPTY))
    return len(set(language.roots(row.text)) - empty) >= _LEAST_NAMED


def _explains(activity: Activity) -> frozenset[str]:
    """The roots of an activity's plan words and of their topics."""
    own = set(language.roots(f"{activity.name} {activity.indicator} {activity.department}"))
    meant = set(_evoked(own - language.weak_stems()))
    near = {root for root, topics in language.topics().items() if meant & set(topics)}
    return frozenset(own | near)


def _standing_out(grid: Matrix) -> Matrix:
    """How far each value stands above the best of the other activities, where it does."""
    import numpy as np

    if grid.shape[1] < 2:
        return grid.copy()
    ordered = np.sort(grid, axis=1)
    rivals = np.where(grid == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])
    return np.maximum(0.0, grid - rivals)
