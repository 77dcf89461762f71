"""What decisions teach: revealed in batches of twenty files, and measured on the undecided rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.corpora import Corpus, find, load
from bench.fit import unseen
from bench.linked import Fitted, linked
from bench.linking_measures import Measures, links
from evidencias.domain.model import Decision, Linking, LinkState, Verdict

BATCH = 20
BATCHES = 6


def _rest(corpus: Corpus, linking: Linking, decided: set[str]) -> Measures:
    """The measures over files nobody decided about."""
    keep = tuple(f for f in corpus.files if f.id not in decided)
    part = Corpus(
        corpus.name, corpus.policy, corpus.period, corpus.activities, keep, corpus.texts,
        {k: v for k, v in corpus.links.items() if k[0] not in decided}, corpus.kinds, corpus.states,
    )  # fmt: skip
    shown = tuple(x for x in linking.links if x.file not in decided)
    out = Measures(corpus.name)
    links(part, Linking(shown, linking.facts, linking.floor), out)
    return out


def _next(linking: Linking, decided: set[str]) -> list[str]:
    """The files a person would be asked about next: best suggestion first, as the register does."""
    asked = [x for x in linking.links if x.state is LinkState.SUGGESTED and x.file not in decided]
    ordered = sorted(asked, key=lambda x: (-x.score, x.file))
    return list(dict.fromkeys(x.file for x in ordered))[:BATCH]


def _answers(corpus: Corpus, linking: Linking, files: Sequence[str]) -> Iterator[Decision]:
    shown = {(x.file, x.activity) for x in linking.links if x.file in set(files)}
    right = {(f, a) for (f, a), n in corpus.links.items() if f in set(files) and n < 5}
    for file, activity in sorted(shown | right):
        verdict = Verdict.CONFIRM if (file, activity) in corpus.links else Verdict.REJECT
        yield Decision("V", verdict, activity, file)


def curve(corpus: Corpus, by: Fitted) -> list[Measures]:
    """One line after each batch, from none to `BATCHES`."""
    decided: set[str] = set()
    decisions: list[Decision] = []
    out = []
    for _ in range(BATCHES + 1):
        linking = linked(corpus, by, decisions)
        out.append(_rest(corpus, linking, decided))
        asked = _next(linking, decided)
        decisions.extend(_answers(corpus, linking, asked))
        decided.update(asked)
    return out


def simulate(roots: Sequence[Path]) -> str:
    """The table: for each corpus, the undecided rest after each batch."""
    rows = [
        "lo no decidido tras 0, 20, 40… archivos: precisión/exhaustividad/1.º/tres primeras (%)"
    ]
    for folder in (f for root in roots for f in find(root)):
        corpus = load(folder)
        if not corpus.states:
            continue
        cells = (
            "/".join(
                f"{100 * x:.0f}" for x in (m.precision, m.recall, m.first_place, m.first_three)
            )
            for m in curve(corpus, unseen(corpus.name, *roots))
        )
        rows.append(f"{corpus.name:24}" + "  ".join(cells))
    return "\n".join(rows)
