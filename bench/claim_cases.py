"""The corpora as cases from which the claim reader learns.

Each corpus is seen with the evidence of its gold links, of half of them, of the tool's own links
and with none, because nobody's folder is complete; told out of order, because not every report
follows its plan as these do; and twice with half of what it tells in the plan's own words, because
these paraphrase on purpose.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from random import Random

from bench.corpora import Corpus, find, load, report_of
from evidencias.domain.claims.likeness import evidence_roots
from evidencias.domain.claims.scoring import Scene, scene
from evidencias.domain.claims.statements import Statement, statements
from evidencias.domain.linking import link
from evidencias.domain.model import Activity
from evidencias.domain.text import words

NOTHING, UNPLANNED = -2, -1


@dataclass(frozen=True)
class Case:
    """One report seen with one supply of evidence, and what its statements tell."""

    scene: Scene
    told: Sequence[int]


def gold_rows(folder: Path) -> list[dict[str, str]]:
    """The claims of `oro_informe.csv` (its figures are left aside)."""
    with (folder / "oro_informe.csv").open(encoding="utf-8", newline="") as handle:
        return [r for r in csv.DictReader(handle) if not r["clase"].startswith("cifra:")]


def gold_texts(corpus: Corpus, keep: int = 1) -> dict[str, list[str]]:
    """Code → texts of the files that the gold links of levels 1-4; one of `keep` of them."""
    pairs = sorted((f, c) for (f, c), level in corpus.links.items() if level <= 4)
    return _texts(corpus, pairs[::keep])


def own_texts(corpus: Corpus) -> dict[str, list[str]]:
    """Code → texts of the files that the tool links or suggests by itself."""
    found = link(
        corpus.activities, corpus.files, corpus.texts, policy=corpus.policy, period=corpus.period
    )
    return _texts(corpus, [(k.file, k.activity) for k in found.links])


def _texts(corpus: Corpus, pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    names = {f.id: f.name for f in corpus.files}
    texts: dict[str, list[str]] = {}
    for file, code in pairs:
        texts.setdefault(code, []).append(f"{names.get(file, '')}\n{corpus.texts.get(file, '')}")
    return texts


@dataclass(frozen=True)
class Seen:
    """The statements of a report in some order, what each tells, and a supply of evidence."""

    rows: Sequence[Statement]
    told: Sequence[int]
    supply: Mapping[str, Sequence[str]]


@lru_cache
def cases(folder: Path) -> tuple[Case, ...]:
    """The corpus's report with each supply of evidence."""
    corpus = load(folder)
    rows = statements(report_of(folder))
    supplies: list[Mapping[str, Sequence[str]]] = [
        gold_texts(corpus), gold_texts(corpus, keep=2), own_texts(corpus), {},
    ]  # fmt: skip
    told = _labels(rows, gold_rows(folder), [a.code for a in corpus.activities])
    seen = [Seen(rows, told, supply) for supply in supplies]
    seen.append(_out_of_order(rows, told, own_texts(corpus)))
    for first, wording in ((0, _whole_name), (1, _part_and_count)):
        plain = _in_plan_words(rows, told, corpus.activities, first, wording)
        seen.append(Seen(plain, told, {}))
    return tuple(_case(one, corpus.activities) for one in seen)


def _case(seen: Seen, activities: Sequence[Activity]) -> Case:
    made = scene(seen.rows, activities, evidence_roots(activities, seen.supply))
    return Case(made, [NOTHING if made.intent[i] else k for i, k in enumerate(seen.told)])


def _out_of_order(
    rows: Sequence[Statement], told: Sequence[int], supply: Mapping[str, Sequence[str]]
) -> Seen:
    """The report told in pieces of three sentences in another order, the same each time."""
    sentences = [list(group) for _, group in groupby(range(len(rows)), lambda i: _place(rows[i]))]
    pieces = [sentences[i : i + 3] for i in range(0, len(sentences), 3)]
    Random(len(rows)).shuffle(pieces)  # an order, not a secret
    mixed = [i for piece in pieces for sentence in piece for i in sentence]
    return Seen([rows[i] for i in mixed], [told[i] for i in mixed], supply)


def _place(row: Statement) -> tuple[int, int, int]:
    return row.section, row.paragraph, row.sentence.start


def _in_plan_words(
    rows: Sequence[Statement],
    told: Sequence[int],
    activities: Sequence[Activity],
    first: int,
    wording: Callable[[Activity], str],
) -> list[Statement]:
    """Every second statement that tells an activity, from `first`, in the words of the plan."""
    planned = [i for i, label in enumerate(told) if label >= 0][first::2]
    said = {i: wording(activities[told[i]]) for i in planned}
    return [replace(row, text=said.get(i, row.text)) for i, row in enumerate(rows)]


def _whole_name(activity: Activity) -> str:
    return f"Se logró {activity.name}"


def _part_and_count(activity: Activity) -> str:
    """The latter half of its name beside its count, as one who shortens the plan writes."""
    words_ = activity.name.split()
    count = f"{activity.achieved:g} " if activity.achieved else ""
    return f"Se hicieron {count}{' '.join(words_[len(words_) // 2 :])}"


def _labels(
    rows: Sequence[Statement], gold: Sequence[Mapping[str, str]], codes: Sequence[str]
) -> list[int]:
    """What each statement tells by the gold: a position in the plan, UNPLANNED or NOTHING."""
    told = [NOTHING] * len(rows)
    for row in gold:
        for i in _places(rows, row["fragmento"]):
            if told[i] == NOTHING:
                told[i] = codes.index(row["codigo"]) if row["codigo"] in codes else UNPLANNED
    return told


def _places(rows: Sequence[Statement], fragment: str) -> list[int]:
    """The statements that hold a gold fragment, or are held by it."""
    wanted = words(fragment)
    whole = [i for i, row in enumerate(rows) if _holds(words(row.text), wanted)]
    if whole:
        return whole
    return [
        i
        for i, row in enumerate(rows)
        if _holds(words(row.whole), wanted) and _share(words(row.text), wanted) >= 0.6
    ]


def _holds(text: Sequence[str], wanted: Sequence[str]) -> bool:
    return " ".join(wanted) in " ".join(text) or _share(wanted, text) >= 0.7


def _share(some: Sequence[str], of: Sequence[str]) -> float:
    return sum(w in set(of) for w in some) / max(1, len(some))


def folders_with_reports(roots: Iterable[Path]) -> list[Path]:
    """The corpora under any of `roots` that have a report with its gold."""
    return [f for root in roots for f in find(root) if (f / "oro_informe.csv").exists()]
