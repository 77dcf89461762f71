"""An archive read against a plan: everything the looks need, prepared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import context, events, features, own_words, vocabulary
from evidencias.domain.linking.coded import agreement, code_grids, trust
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.lexicon import Lexicon, lexicon
from evidencias.domain.linking.of_files import Asked, OfFiles, asked, expected, of_files
from evidencias.domain.linking.prepare import FileView, activity_view, views
from evidencias.domain.linking.sparse import Grid, grid, stacked
from evidencias.domain.linking.tables import Spoken, Tables, spoken, tables
from evidencias.domain.model import Activity, EvidenceFile, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


BLOCK: Final = 4000  # files whose tables are held at a time


class Blocks:
    """The tables of some files at a time, in order; only the last made are kept."""

    def __init__(self, views: Sequence[FileView], known: Lexicon) -> None:
        self.views, self.known = views, known
        self.ranges = [range(i, min(i + BLOCK, len(views))) for i in range(0, len(views), BLOCK)]
        self.spoken = lru_cache(maxsize=1)(self._spoken)
        self.tables = lru_cache(maxsize=1)(self._tables)

    def _spoken(self, files: range) -> Spoken:
        return spoken(self.views[files.start : files.stop], self.known)

    def _tables(self, files: range) -> Tables:
        return tables(self.spoken(files), self.known)


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


def read(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    policy: str,
    period: Period,
) -> Archive:
    """Take plan and files apart and look at every file roughly."""
    seen = tuple(views(files, texts))
    plan = vocabulary.plan([activity_view(a) for a in activities], policy)
    blocks = Blocks(seen, lexicon(seen, plan))
    happened = tuple(events.event(v, period) for v in seen)
    days = [day or events.file_day(v.file) for (day, _), v in zip(happened, seen, strict=True)]
    coded = code_grids(seen, plan)
    rough, trusted, words = _rough_look(blocks, coded, len(plan.views))
    return Archive(
        seen, plan, blocks, coded, trusted, rough, context.groups(seen, days),
        of_files(seen, period), asked(plan), happened, words, period,
    )  # fmt: skip


def _rough_look(
    blocks: Blocks, coded: Mapping[str, Grid], width: int
) -> tuple[Grid, dict[str, float], own_words.Words]:
    """The rough scores, how far each way of writing codes is trusted, and all words."""
    scores, words = [], []
    agreed: dict[str, list[tuple[int, int]]] = {key: [] for key in coded}
    for files in blocks.ranges:
        found = blocks.spoken(files)
        union = found.grids["union"].whole()
        mine = {key: table.between(files.start, files.stop) for key, table in coded.items()}
        for key, table in mine.items():
            agreed[key].append(agreement(table, union))
        scores.append((files.start, features.rough_scores(found, mine)))
        words.append(own_words.word_rows(found.channels))
    trusted = {key: trust(counts) for key, counts in agreed.items()}
    return stacked(width, scores), trusted, own_words.words(words, blocks.known)


def first_keys(archive: Archive, decided: Ints | None = None) -> Ints:
    """The pairs worth a look: by a file's words and codes, its company, people's decisions."""
    rough = archive.rough
    if decided is not None and len(decided):
        keys = np.concatenate([rough.keys, decided])
        values = np.concatenate([rough.values, np.full(len(decided), 2.0)])
        rough = grid(archive.width, keys, values, how="max")
    return context.offered(rough, archive.company)


def parted(archive: Archive, keys: Ints) -> Iterator[tuple[range, Ints]]:
    """Each block of files with its part of some sorted keys."""
    for files in archive.blocks.ranges:
        edges = [files.start * archive.width, files.stop * archive.width]
        first, last = np.searchsorted(keys, edges)
        yield files, keys[first:last]


def block_tables(archive: Archive, files: range, keys: Ints) -> Tables:
    """What the tables of one block of files have at some pairs."""
    return archive.blocks.tables(files).only(keys - files.start * archive.width)


def block_columns(archive: Archive, files: range, keys: Ints, said: Tables) -> Pairs:
    """The signals of the first look for pairs of one block of files."""
    row, act = np.divmod(keys, archive.width)
    local = keys - files.start * archive.width
    columns = features.word_columns(said, archive.plan, local, row - files.start)
    columns |= features.code_columns(archive.coded, archive.trusted, keys, row, columns)
    columns |= archive.of_files.columns(row)
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
    return context.heard(scores, archive.company, archive.words)


def second_columns(archive: Archive, pairs: Pairs, told: context.Heard) -> Pairs:
    """The signals of the second look: those of the first and what company says."""
    added = context.second_look(pairs, told, archive.company, archive.words)
    return Pairs(pairs.width, pairs.keys, pairs.columns | added)
