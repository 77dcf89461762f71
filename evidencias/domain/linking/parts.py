"""The run of one part of an archive's files, step by step: what it tells and what it is told.

A part may live in a process of its own (`Worker`): each step takes its state to the next one and
gives what those need who see all parts. Nothing depends on how many parts there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import context, kinds, lexicon, personal, reasons, teach, weights
from evidencias.domain.linking.alike import first_alike
from evidencias.domain.linking.archive import Archive, Blocks, Opened, Rough
from evidencias.domain.linking.cases import Cases
from evidencias.domain.linking.decide import choose
from evidencias.domain.linking.kept import Kept
from evidencias.domain.linking.narrative import used_roots
from evidencias.domain.linking.numbered import Numbered, numbered
from evidencias.domain.linking.prepare import FileView, file_view, lightened
from evidencias.domain.linking.sparse import Grid, Rows, as_rows, expanded
from evidencias.domain.linking.vocabulary import Plan
from evidencias.domain.linking.weights import Scored, Weights
from evidencias.domain.model import EvidenceFile, FileFacts, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

Answer = TypeVar("Answer")
LIKELY = 0.2  # from this score an activity's required kinds help to tell a file's kind


class Worker(Protocol):
    """Something that keeps the state of a part and takes it from step to step."""

    def step(
        self, function: Callable[..., tuple[Any, Answer]], *words: Any
    ) -> Callable[[], Answer]:
        """Begin a step; what it answers is had by calling what is returned."""
        ...


class Here:
    """A worker that does each step at once, in this process."""

    def __init__(self) -> None:
        self.state: Any = None

    def step(
        self, function: Callable[..., tuple[Any, Answer]], *words: Any
    ) -> Callable[[], Answer]:
        """Do a step."""
        self.state, answer = function(self.state, *words)
        return lambda: answer


@dataclass(frozen=True, slots=True)
class Looked:
    """A part after its rough look."""

    opened: Opened
    blocks: Blocks
    rough: Rough


@dataclass(frozen=True, slots=True)
class Judged:
    """A part after its first look: the pairs of each block, and what the tables say of them.

    `alike`: for each file the one that is looked at for it; `looked` marks the pairs of those.
    """

    archive: Archive
    alike: Ints
    looked: Bools
    keys: Ints
    blocks: Sequence[tuple[range, Ints]]
    said: list[Kept]


@dataclass(frozen=True, slots=True)
class Informed:
    """A part that knows what the first look at all files gave."""

    part: Judged
    heard: context.Heard
    taught: teach.Taught | None
    weights: Weights


@dataclass(frozen=True, slots=True)
class Found:
    """The links chosen in some files, best first within a file, and what the files are."""

    files: Ints
    activities: Ints
    automatic: Bools
    score: Floats
    told: Numbered[tuple[reasons.Told, reasons.Told]]
    facts: Numbered[FileFacts]

    def for_all(self, of: Ints) -> Found:
        """The same for files each of which is as one of these."""
        edges = np.searchsorted(self.files, np.arange(len(self.facts.of) + 1))
        at, lengths = expanded(Rows(edges, self.activities, self.score), of)
        return Found(
            np.repeat(np.arange(len(of)), lengths), self.activities[at], self.automatic[at],
            self.score[at], self.told.at(at), self.facts.at(of),
        )  # fmt: skip


def take(
    views: list[FileView] | None,
    files: Sequence[EvidenceFile],
    texts: Sequence[str],
    common: frozenset[str],
) -> tuple[list[FileView], None]:
    """Take some more files apart."""
    more = [file_view(f, text, common) for f, text in zip(files, texts, strict=True)]
    return [*(views or ()), *more], None


def begin(
    views: list[FileView], plan: Plan, period: Period
) -> tuple[Opened, tuple[lexicon.Users, context.Labels]]:
    """Read the files against a plan; tells the words they use and the company they belong to."""
    opened = archives.opened(views, plan, period)
    light = tuple(lightened(view) for view in views)
    return replace(opened, views=light, labels={}), (lexicon.users(views), opened.labels)


def look_roughly(opened: Opened, known: lexicon.Lexicon) -> tuple[Looked, Rough]:
    """Look at every file roughly, knowing what the words of all files are worth."""
    blocks = Blocks(opened.views, known)
    rough = archives.rough_look(opened, blocks)
    none = Grid(rough.scores.width, np.empty(0, np.int64), np.empty(0))  # others know them now
    return Looked(opened, blocks, replace(rough, scores=none)), rough


def lend(part: Looked, pairs: Ints) -> tuple[Looked, list[Counter[str]]]:
    """Tells the words that the likeliest files of each activity use."""
    return part, used_roots(part.opened.views, pairs, len(part.opened.plan.views))


def look_roughly_again(part: Looked, known: lexicon.Lexicon) -> tuple[Looked, Rough]:
    """Look roughly at every file, now that the plan knows what the report tells."""
    return look_roughly(replace(part.opened, plan=known.plan), known)


def look_first(
    part: Looked, told: archives.Common, keys: Ints, decided: Ints, weights_: Weights
) -> tuple[Judged, Floats]:
    """The first look at some pairs; tells their scores.

    Of the tables what they say of the pairs is kept: the signals of a great archive fit no memory.
    """
    archive = archives.archive(part.opened, part.blocks, part.rough, told)
    said, score = [], [np.empty(0)]
    alike = first_alike(archive, decided)
    file = keys // archive.width
    looked = alike[file] == file
    keys = keys[looked]
    blocks = list(archives.parted(archive, keys))
    for files, mine in blocks:
        said.append(archives.block_tables(archive, files, mine))
        pairs = archives.block_columns(archive, files, mine, said[-1])
        score.append(weights.first_scores(pairs, weights_).score)
    scores = np.concatenate(score)
    for_all, _ = expanded(as_rows(Grid(archive.width, keys, scores), len(alike)), alike)
    return Judged(archive, alike, looked, keys, blocks, said), scores[for_all]


def listen(
    part: Judged, heard: context.Heard, taught: teach.Taught | None, weights_: Weights
) -> tuple[Informed, int]:
    """Hear what the first look at all files gave; tells of how many blocks the part is."""
    scores = Grid(part.archive.width, part.keys, heard.scores.values[part.looked])
    return Informed(part, replace(heard, scores=scores), taught, weights_), len(part.blocks)


def look_again(state: Informed, at: int) -> tuple[Informed, Found]:
    """The second and third look at a block; tells what was found there."""
    archive, (files, mine) = state.part.archive, state.part.blocks[at]
    pairs = archives.block_columns(archive, files, mine, state.part.said[at])
    looked = weights.second_scores(archive, pairs, state.heard, state.weights)
    if state.taught is not None:
        looked = weights.decided(archive, looked, state.taught)
    alike = numbered(state.part.alike[files.start : files.stop].tolist())
    seen = np.array(list(alike.found))
    return state, _found(archive, seen, looked, state.weights).for_all(alike.of)


def _found(archive: Archive, files: Ints, looked: Scored, weights_: Weights) -> Found:
    """The links chosen in the files looked at, and what these are.

    What nothing speaks for is nothing to ask a person about.
    """
    choice = choose(looked, weights_)
    columns = looked.pairs.columns
    rows, activities = np.divmod(looked.pairs.keys[choice.at], archive.width)
    signals = {name: columns[name][choice.at] for name in columns if name in reasons.SIGNALS}
    chosen = Cases(archive, rows.tolist(), activities.tolist(), signals)
    why = reasons.reasons(chosen)
    kept = np.flatnonzero(choice.automatic | np.fromiter(map(bool, why), bool, len(why)))
    against = reasons.counter_reasons(chosen.only(kept))
    told = zip([why[i] for i in kept.tolist()], against, strict=True)
    return Found(
        np.searchsorted(files, rows[kept]), activities[kept], choice.automatic[kept],
        choice.score[kept], numbered(told),
        numbered(_facts(archive, files.tolist(), looked, weights_)),
    )  # fmt: skip


def _facts(
    archive: Archive, rows: Sequence[int], looked: Scored, weights_: Weights
) -> Iterator[FileFacts]:
    """Kinds, event day and personal data of some files."""
    needed = _required(archive, looked)
    views = [archive.views[row] for row in rows]
    judged = kinds.judge(views, weights_.kinds, [needed.get(row, {}) for row in rows])
    for row, view, found in zip(rows, views, judged, strict=True):
        day, source = archive.events[row]
        yield FileFacts(found, day, source, personal.has_personal_data(view, found))


def _required(archive: Archive, looked: Scored) -> Mapping[int, Mapping[str, float]]:
    """The kinds that each file's probable activities require, by their score."""
    likely = looked.score >= LIKELY
    keys, scores = looked.pairs.keys[likely].tolist(), looked.score[likely].tolist()
    out: dict[int, dict[str, float]] = {}
    for key, score in zip(keys, scores, strict=True):
        row, activity = divmod(key, archive.width)
        mine = out.setdefault(row, {})
        for kind in archive.plan.views[activity].activity.required:
            mine[kind.value] = max(score, mine.get(kind.value, 0.0))
    return out
