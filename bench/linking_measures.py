"""What a linking is worth against a gold: links by level, first three, states, kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bench.corpora import Corpus
from evidencias.domain.model import ActivityState, Link, Linking, LinkState
from evidencias.domain.support import Case, standings

ASSERTED = {ActivityState.SUPPORTED, ActivityState.PARTIAL, ActivityState.NO_EVIDENCE}


@dataclass
class Measures:
    """One line of the table; rates 0 to 1, counts as integers."""

    name: str
    precision: float = 0.0
    recall: float = 0.0
    distractors: float = 0.0
    first_three: float = 0.0
    first_three_5: float = 0.0
    asserted_right: float = 0.0
    to_review: float = 0.0
    answered_right: float = 0.0
    false_supported: float = 0.0
    false_none: float = 0.0
    kinds_right: float = 0.0
    first_place: float = 0.0
    levels: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _rate(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def shortcuts(corpus: Corpus) -> dict[str, list[str]]:
    """Each file with the shortcuts that point at it and the file it points at: they are one."""
    near: dict[str, list[str]] = defaultdict(list)
    for file in corpus.files:
        if file.shortcut_target:
            near[file.id].append(file.shortcut_target)
            near[file.shortcut_target].append(file.id)
    return near


def links(corpus: Corpus, linking: Linking, out: Measures) -> None:
    """Precision and recall of automatic links, distractors, first three; as puntuar.py counts."""
    gold, near = corpus.links, shortcuts(corpus)
    lowest: dict[str, int] = {}
    for (file, _), level in gold.items():
        lowest[file] = min(level, lowest.get(file, 9))

    def pair(link: Link) -> tuple[str, str]:
        here = (link.file, link.activity)
        others = [(f, link.activity) for f in near.get(link.file, [])]
        return here if here in gold else next((o for o in others if o in gold), here)

    auto = {pair(x) for x in linking.links if x.state is LinkState.AUTOMATIC}
    auto |= {(f, a) for f, a in gold for t in near.get(f, []) if (t, a) in auto}
    ranked: dict[str, list[str]] = defaultdict(list)
    for link in sorted(linking.links, key=lambda x: (-x.score, x.activity)):
        file, activity = pair(link)
        if link.state is LinkState.SUGGESTED:
            ranked[file].append(activity)
    wrong: dict[int, int] = defaultdict(int)
    for file, _ in auto - gold.keys():
        wrong[lowest.get(file, 0)] += 1
    for level in range(1, 6):
        mine = [p for p, n in gold.items() if n == level]
        out.levels[level] = (len(mine), sum(p in auto for p in mine), wrong[level])
    real = [p for p, n in gold.items() if n < 5]
    mute = [p for p, n in gold.items() if n == 5]
    right = sum(p in auto for p in real)
    out.precision = _rate(right, right + sum(n for level, n in wrong.items() if level != 5))
    out.recall = _rate(right, len(real))
    unlinked = {f.id for f in corpus.files} - lowest.keys()
    out.distractors = _rate(len({f for f, _ in auto} & unlinked), len(unlinked))
    shown = {(f, a) for f, listed in ranked.items() for a in listed[:3]} | auto
    out.first_three = _rate(sum(p in shown for p in real), len(real))
    out.first_three_5 = _rate(sum(p in shown for p in mute), len(mute))
    best: dict[str, str] = {}
    for link in sorted(linking.links, key=lambda x: (-x.score, x.activity)):
        best.setdefault(link.file, link.activity)
    ids = {f for f, _ in real}
    out.first_place = _rate(sum((f, best.get(f, "")) in gold for f in ids), len(ids))


def _answered(corpus: Corpus, case: Case, found: list[Link]) -> list[Link]:
    """The links once every pending suggestion is answered from the gold of levels 1-4."""
    reported = [a for a in corpus.activities if a.reported]
    while True:
        asked = {(s.activity, f) for s in standings(reported, found, case) for f in s.pending}
        if not asked:
            return found
        out = []
        for link in found:
            if (link.activity, link.file) in asked and link.state is LinkState.SUGGESTED:
                yes = corpus.links.get((link.file, link.activity), 9) < 5
                state = LinkState.CONFIRMED if yes else LinkState.REJECTED
                out.append(replace(link, state=state))
            else:
                out.append(link)
        found = out


def _states(corpus: Corpus, case: Case, found: list[Link]) -> Mapping[str, ActivityState]:
    reported = [a for a in corpus.activities if a.reported]
    return {s.activity: s.state for s in standings(reported, found, case)}


def states(corpus: Corpus, linking: Linking, out: Measures) -> None:
    """States asserted and right, left to review, and right once the pending ones are answered."""
    gold = corpus.states
    case = Case({f.id: f for f in corpus.files}, linking.facts, corpus.period, linking.floor)
    given = _states(corpus, case, list(linking.links))
    asserted = {c: s for c, s in given.items() if s in ASSERTED and c in gold}
    out.asserted_right = _rate(sum(gold[c] == s for c, s in asserted.items()), len(asserted))
    out.to_review = _rate(sum(s is ActivityState.TO_REVIEW for s in given.values()), len(given))
    for state, name in (
        (ActivityState.SUPPORTED, "false_supported"),
        (ActivityState.NO_EVIDENCE, "false_none"),
    ):
        false = sum(s is state and gold[c] != s for c, s in asserted.items())
        setattr(out, name, _rate(false, len(gold)))
    after = _states(corpus, case, _answered(corpus, case, list(linking.links)))
    out.answered_right = _rate(sum(after.get(c) == s for c, s in gold.items()), len(gold))


def kinds(corpus: Corpus, linking: Linking, out: Measures) -> None:
    """Files whose kinds are exactly those of the gold."""
    known = [(f, k) for f, k in corpus.kinds.items() if f in linking.facts]
    right = sum({x.value for x in linking.facts[f].kinds} == k for f, k in known)
    out.kinds_right = _rate(right, len(known))


def measure(corpus: Corpus, linking: Linking) -> Measures:
    """Everything at once."""
    out = Measures(corpus.name)
    links(corpus, linking, out)
    if corpus.states:
        states(corpus, linking, out)
    if corpus.kinds:
        kinds(corpus, linking, out)
    return out
