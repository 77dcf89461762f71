"""An archive read against a plan: everything the looks need, prepared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import context, events, features, own_words, vocabulary
from evidencias.domain.linking.alike import worded_alike
from evidencias.domain.linking.coded import agreement, cited, code_grids, trust
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.kept import Kept, kept
from evidencias.domain.linking.lexicon import Lexicon
from evidencias.domain.linking.of_files import (
    Asked,
    OfFiles,
    asked,
    excused,
    expected,
    of_files,
    signals,
)
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Grid, Rows, Shared, grid, stacked
from evidencias.domain.linking.tables import Spoken, Tables, spoken, tables
from evidencias.domain.model import Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


BLOCK: Final = 3000  # files whose tables are held at a time


class Blocks:
    """The tables of some files at a time, in order."""

    def __init__(self, views: Sequence[FileView], known: Lexicon) -> None:
        self.views, self.known = views, known
        self.ranges = [range(i, min(i + BLOCK, len(views))) for i in range(0, len(views), BLOCK)]

    def rough(self, files: Sequence[int]) -> Spoken:
        """The tables that a rough look at some files needs."""
        return spoken([self.views[at] for at in files], self.known, features.ROUGH.keys())

    def tables(self, files: range) -> Tables:
        """All tables of some files."""
        return tables(spoken(self.views[files.start : files.stop], self.known), self.known)


Happened = tuple[date | None, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """Some files taken apart against a plan, while nothing is known of the others."""

    views: tuple[FileView, ...]
    plan: vocabulary.Plan
    period: Period
    coded: Mapping[str, Grid]
    of_files: OfFiles
    events: tuple[Happened, ...]
    labels: context.Labels


def opened(views: Sequence[FileView], plan: vocabulary.Plan, period: Period) -> Opened:
    """Read codes, signs and days of some files."""
    of = [events.file_day(v.file) for v in views]
    happened: list[Happened] = []

    def read() -> Iterator[tuple[float, ...]]:
        """The signs of each file, and beside them its event: both lie in the dates of its name."""
        for view, day in zip(views, of, strict=True):
            happened.append(events.event(view, day, period))
            yield signals(view, day, period)

    known = of_files(views, of, read())
    days = [event or day for (event, _), day in zip(happened, of, strict=True)]
    return Opened(
        tuple(views), plan, period, code_grids(views, plan), known,
        _shared(happened), context.labels(views, days),
    )  # fmt: skip


def _shared(happened: Sequence[Happened]) -> tuple[Happened, ...]:
    """One object for equal days of a great archive."""
    known: dict[Happened, Happened] = {}
    return tuple(known.setdefault(x, x) for x in happened)


@dataclass(frozen=True, slots=True)
class Rough:
    """What a rough look at some files gives: scores, agreement of codes with words, the words."""

    scores: Grid
    agreed: Mapping[str, tuple[int, int]]
    words: Mapping[str, Rows]


def rough_look(part: Opened, blocks: Blocks) -> Rough:
    """The best few activities of each file by words and codes; of files that say the same once."""
    width = len(part.plan.views)
    apart = cited(part.coded, len(part.views))
    scores, words = [], []
    agreed: dict[str, list[tuple[int, int]]] = {key: [] for key in part.coded}
    for files in blocks.ranges:
        inside = slice(files.start, files.stop)
        same = worded_alike(part.views[inside], apart[inside], part.plan)
        first = np.array(same.first())
        found = blocks.rough((files.start + first).tolist())
        union = Shared(found.grids["union"].whole(), same.of).whole()
        coded = {key: table.between(files.start, files.stop) for key, table in part.coded.items()}
        for key, table in coded.items():
            agreed[key].append(agreement(table, union))
        mine = {key: Shared(table, first).whole() for key, table in coded.items()}
        best = features.rough_scores(found, mine)
        scores.append((files.start, Shared(best, same.of).whole()))
        words.append(own_words.word_rows(found.channels, same.of))
    counts = {k: (sum(a for a, _ in x), sum(d for _, d in x)) for k, x in agreed.items()}
    return Rough(stacked(width, scores), counts, own_words.together(words))


@dataclass(frozen=True, slots=True)
class Common:
    """What all files together tell of each: trust in codes, company, and who says each word."""

    trusted: Mapping[str, float]
    company: Mapping[str, Ints]
    users: Mapping[str, Floats]

    def of(self, files: range) -> Common:
        """What concerns some of the files."""
        inside = slice(files.start, files.stop)
        company = {name: group[inside] for name, group in self.company.items()}
        return Common(self.trusted, company, self.users)


def common(
    labels: Sequence[context.Labels], looks: Sequence[Rough], known: Lexicon
) -> tuple[Common, dict[str, Rows], Grid]:
    """What parts that follow each other give together: the common, all words, rough scores."""
    trusted = {key: trust(look.agreed[key] for look in looks) for key in looks[0].agreed}
    rows = own_words.together([look.words for look in looks])
    company = context.groups(labels)
    sizes = [rows_of["name"].size for rows_of in (look.words for look in looks)]
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    scores = stacked(looks[0].scores.width, zip(starts, (x.scores for x in looks), strict=True))
    return Common(trusted, company, own_words.users(rows, known)), rows, scores


@dataclass(frozen=True, slots=True)
class Archive:
    """Files and plan taken apart, with their tables, codes and company."""

    views: tuple[FileView, ...]
    plan: vocabulary.Plan
    blocks: Blocks
    coded: Mapping[str, Grid]
    trusted: Mapping[str, float]
    rough: Grid
    company: Mapping[str, Ints]
    of_files: OfFiles
    asked: Asked
    events: tuple[tuple[date | None, str], ...]
    words: own_words.Words
    period: Period

    @property
    def width(self) -> int:
        """Number of activities."""
        return len(self.plan.views)


def archive(part: Opened, blocks: Blocks, look: Rough, told: Common) -> Archive:
    """Some files with what all files tell of them."""
    words = own_words.words(look.words, told.users, blocks.known)
    return Archive(
        part.views, part.plan, blocks, part.coded, told.trusted, look.scores, told.company,
        part.of_files, asked(part.plan), part.events, words, part.period,
    )  # fmt: skip


def first_keys(rough: Grid, company: Mapping[str, Ints], decided: Ints | None = None) -> Ints:
    """The pairs worth a look: by a file's words and codes, its company, people's decisions."""
    if decided is not None and len(decided):
        keys = np.concatenate([rough.keys, decided])
        values = np.concatenate([rough.values, np.full(len(decided), 2.0)])
        rough = grid(rough.width, keys, values, how="max")
    return context.offered(rough, company)


def parted(archive: Archive, keys: Ints) -> Iterator[tuple[range, Ints]]:
    """Each block of files with its part of some sorted keys."""
    for files in archive.blocks.ranges:
        edges = [files.start * archive.width, files.stop * archive.width]
        first, last = np.searchsorted(keys, edges)
        yield files, keys[first:last]


def block_tables(archive: Archive, files: range, keys: Ints) -> Kept:
    """What the tables of one block of files have at some pairs."""
    return kept(archive.blocks.tables(files), keys - files.start * archive.width)


def block_columns(archive: Archive, files: range, keys: Ints, said: Kept) -> Pairs:
    """The signals of the first look for pairs of one block of files."""
    row, act = np.divmod(keys, archive.width)
    local = keys - files.start * archive.width
    columns = features.word_columns(said.read(local), archive.plan, local, row - files.start)
    columns |= features.code_columns(archive.coded, archive.trusted, keys, row, columns)
    columns |= archive.of_files.columns(row)
    columns |= excused(columns, archive.asked, act)
    columns |= expected(archive.of_files, archive.asked, row, act)
    return Pairs(archive.width, keys, columns)


def first_columns(archive: Archive, keys: Ints) -> Pairs:
    """The signals of the first look for some pairs of the whole archive."""
    parts = [
        block_columns(archive, files, mine, block_tables(archive, files, mine)).columns
        for files, mine in parted(archive, keys)
    ]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Pairs(archive.width, keys, columns)


def heard(archive: Archive, scores: Grid) -> context.Heard:
    """The scores of the first look, added up over the whole archive for the second."""
    return context.heard(scores, archive.company, archive.words.rows)


def second_columns(archive: Archive, pairs: Pairs, told: context.Heard) -> Pairs:
    """The signals of the second look: those of the first and what company says."""
    added = context.second_look(pairs, told, archive.company, archive.words)
    return Pairs(pairs.width, pairs.keys, pairs.columns | added)
