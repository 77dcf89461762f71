"""An archive read against a plan: everything the looks need, prepared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import context, events, features, kinds, tables, vocabulary
from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.prepare import FileView, activity_view, views
from evidencias.domain.linking.sparse import Grid, grid
from evidencias.domain.model import Activity, EvidenceFile, EvidenceKind, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Archive:
    """Files and plan taken apart, with their tables, codes and company."""

    views: tuple[FileView, ...]
    plan: vocabulary.Plan
    tables: tables.Tables
    coded: Mapping[str, Grid]
    trusted: Mapping[str, float]
    company: Mapping[str, Ints]
    kinds: tuple[frozenset[EvidenceKind], ...]
    events: tuple[tuple[date | None, str], ...]
    by_file: Mapping[str, Floats]
    words: context.Words
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
    """Take plan and files apart and build every table."""
    seen = views(files, texts)
    plan = vocabulary.plan([activity_view(a) for a in activities], policy)
    found = tables.tables(seen, plan)
    happened = tuple(events.event(v, period) for v in seen)
    days = [day or events.file_day(v.file) for (day, _), v in zip(happened, seen, strict=True)]
    coded = features.code_grids(seen, plan)
    trusted = {key: features.trust(table, found.grids["union"]) for key, table in coded.items()}
    return Archive(
        tuple(seen), plan, found, coded, trusted, context.groups(seen, days),
        tuple(kinds.rough(v) for v in seen), happened, features.file_columns(seen, period),
        context.words(found), period,
    )  # fmt: skip


def first_keys(archive: Archive, decided: Ints | None = None) -> Ints:
    """The pairs worth a look: by a file's words and codes, its company, people's decisions."""
    rough = features.rough_scores(archive.tables, archive.coded)
    if decided is not None and len(decided):
        keys = np.concatenate([rough.keys, decided])
        values = np.concatenate([rough.values, np.full(len(decided), 2.0)])
        rough = grid(archive.width, keys, values, how="max")
    return context.offered(rough, archive.company)


def first_columns(archive: Archive, keys: Ints) -> Pairs:
    """The signals of the first look for some pairs."""
    row, act = keys // archive.width, keys % archive.width
    columns = features.word_columns(archive.tables, archive.plan, keys, row, act)
    columns |= features.code_columns(archive.coded, archive.trusted, keys, row, columns)
    columns |= {name: values[row] for name, values in archive.by_file.items()}
    columns |= features.expected(archive.kinds, archive.views, archive.plan, row, act)
    return Pairs(archive.width, keys, columns)


def second_columns(archive: Archive, pairs: Pairs, scores: Grid) -> Pairs:
    """The signals of the second look: those of the first and what company says."""
    added = context.second_look(pairs, scores, archive.company, archive.words)
    return Pairs(pairs.width, pairs.keys, pairs.columns | added)
