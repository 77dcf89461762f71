"""From words to tables: how much of each activity every name, folder and text says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import explain, foreign, kin, shapes
from evidencias.domain.linking.lexicon import Lexicon, words_above
from evidencias.domain.linking.numbered import Key, numbered
from evidencias.domain.linking.prepare import FileView, roots_of
from evidencias.domain.linking.products import Product, evoked, product
from evidencias.domain.linking.sparse import (
    Grid,
    Rows,
    Shared,
    Table,
    ahead,
    as_rows,
    grid,
    regroup,
    rows,
)
from evidencias.domain.linking.vocabulary import EVOKED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Weighted = Mapping[str, float]
NARRATED: Final = ("name", "folder", "head", "text", "union")
CHANNELS: Final = ("name", "parent", "folder", "head", "text", "union", "lines")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of each file in one place: the distinct sets of weighted roots, and whose each is.

    Files of a folder share its words and photographs have none: what is said often is read once.
    """

    of: Ints
    rows: Rows

    def speaks(self) -> Floats:
        """1 for each file that says anything here, else 0."""
        return (np.diff(self.rows.start) > 0).astype(float)[self.of]


@dataclass(frozen=True, slots=True)
class Channels:
    """The words of each file by where they stand."""

    name: Said
    parent: Said
    folder: Said
    head: Said
    text: Said
    union: Said
    lines: Said
    line_owner: Ints


@dataclass(frozen=True, slots=True)
class Spoken:
    """One table a channel and measure: enough for a rough look."""

    grids: Mapping[str, Table]
    channels: Channels


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables; `explained` are shares of what the file itself says.

    `speaks` is 1 for each file that says anything in a channel.
    """

    grids: Mapping[str, Table]
    speaks: Mapping[str, Floats]


def _flat(roots: Iterable[str]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for root in roots:
        counts[root] = counts.get(root, 0) + 1
    return {r: min(1.0, 0.7 + 0.15 * n) for r, n in counts.items()}


def _said(keys: Iterable[Key], words: Callable[[Key], Weighted], ids: Mapping[str, int]) -> Said:
    mine = numbered(keys)
    sets = [words(key) for key in mine.found]
    table = rows([[ids[r] for r in x] for x in sets], [list(x.values()) for x in sets])
    return Said(mine.of, table)


def _told(lines: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    return _flat(root for line in lines for root in line)


def _ones(roots: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(roots, 1.0)


def channels(views: Sequence[FileView], ids: Mapping[str, int]) -> Channels:
    """Sort the words of every file by where they stand."""
    lines = [(i, line) for i, view in enumerate(views) for line in view.lines]
    return Channels(
        _said((v.roots for v in views), _flat, ids),
        _said((v.folders[-1:] for v in views), lambda f: _flat(roots_of(f[0])) if f else {}, ids),
        _said((v.folders for v in views), words_above, ids),
        _said((v.head for v in views), _ones, ids),
        _said((v.lines for v in views), _told, ids),
        _said(
            ((v.roots, v.folders, v.lines) for v in views),
            lambda k: _union(k[0], words_above(k[1]), k[2]),
            ids,
        ),
        _said((line for _, line in lines), _ones, ids),
        np.array([i for i, _ in lines], np.int64),
    )


def _union(
    name: Iterable[str], folder: Weighted, lines: Iterable[Iterable[str]]
) -> dict[str, float]:
    """All that a file says anywhere; what its folders say counts a little less."""
    out = {r: 0.8 * w for r, w in folder.items()}
    for words in (*lines, name):
        out.update(dict.fromkeys(words, 1.0))
    return out


def _word_rows(words: Rows, known: Lexicon) -> Rows:
    """The plan's roots that some words are or may stand for."""
    weighted = Rows(words.start, words.items, words.weights * known.counts.word[words.items])
    size = len(known.plan.ids)
    return as_rows(product(weighted, known.means, size, most=size, how="max"), words.size)


def _topic_rows(words: Rows, known: Lexicon) -> Rows:
    """The plan's topics that some words evoke: what each leaves out is multiplied."""
    counts = known.counts
    weights = words.weights * counts.word[words.items] * counts.subject[words.items]
    weighted = Rows(words.start, words.items, EVOKED * weights)
    return as_rows(evoked(weighted, known.evokes, len(known.plan.topic_ids)), words.size)


def spoken(
    views: Sequence[FileView], known: Lexicon, wanted: Collection[str] | None = None
) -> Spoken:
    """What words, topics, letters and numbers of some files say; only the wanted tables."""
    found = channels(views, known.ids)
    grids: dict[str, Table] = {}
    for channel in CHANNELS:
        grids |= _channel(channel, getattr(found, channel), known, wanted)
    words, topics = grids["lines"].whole(), grids["lines_topics"].whole()
    grids["line_wins"] = _wins(words, topics, found.line_owner)
    grids["lines"] = regroup(words, found.line_owner, how="max")
    grids["lines_topics"] = regroup(topics, found.line_owner, how="max")
    return Spoken(grids | shapes.shape_grids(views, known.titles, wanted), found)


def tables(rough: Spoken, known: Lexicon) -> Tables:
    """All tables of some files: to the rough ones, what each activity leaves not explained."""
    found, grids = rough.channels, dict(rough.grids)
    for channel in ("name", "head"):
        said = getattr(found, channel)
        for key, table in foreign.foreign(
            said.rows, known.counts.word, known.holders, known.named
        ).items():
            grids[f"{channel}_{key}"] = Shared(table, said.of)
    for channel in ("name", "folder", "text", "lines"):
        said = getattr(found, channel)
        table = explain.aligned(said.rows, known.explainers, known.counts.word)
        grids[f"{channel}_aligned"] = Shared(table, said.of)
    for channel in ("name", "head", "text"):
        said = getattr(found, channel)
        table = explain.explained(said.rows, known.explainers, known.counts.telling)
        grids[f"{channel}_explained"] = Shared(table, said.of)
    grids |= _aligned_lines(grids["lines_aligned"].whole(), found.line_owner)
    speaks = {name: getattr(found, name).speaks() for name in ("name", "parent", "head", "text")}
    return Tables(grids | _kin_grids(found, known), speaks)


def _kin_grids(found: Channels, known: Lexicon) -> dict[str, Table]:
    """How far each activity is reached by words or their kin, and what stays not understood."""
    out: dict[str, Table] = {}
    for channel in CHANNELS:
        said = getattr(found, channel)
        told, theme = kin.reached(said.rows, known.kin, known.plan)
        out[f"{channel}_reach"] = Shared(told, said.of)
        out[f"{channel}_theme"] = Shared(theme, said.of)
    for part in ("reach", "theme"):
        table = out[f"lines_{part}"].whole()
        out[f"lines_{part}"] = regroup(table, found.line_owner, how="max")
    for channel in ("name", "parent", "head", "text"):
        said = getattr(found, channel)
        out[f"{channel}_understood"] = Shared(
            kin.understood(said.rows, known.kin, known.plan, known.counts.telling), said.of
        )
    return out


def _channel(
    channel: str, said: Said, known: Lexicon, wanted: Collection[str] | None
) -> dict[str, Table]:
    """Words and topics of one channel; of folders and names also those of axis and office."""
    plan = known.plan
    width = len(plan.views)
    words, topics = _word_rows(said.rows, known), f"{channel}_topics"
    out = {channel: Product(words, plan.words, width)}
    if wanted is None or topics in wanted:
        out[topics] = Product(_topic_rows(said.rows, known), plan.topics, width)
    if channel in NARRATED and (wanted is None or f"{channel}_narrated" in wanted):
        out[f"{channel}_narrated"] = Product(words, plan.narrated, width)
    if wanted is None and channel == "folder":
        out["axis"] = Product(words, plan.axis, width)
        out["department"] = Product(words, plan.department, width)
    if wanted is None and channel == "name":
        out["axis_text"] = Product(words, plan.axis, width)
    return {key: Shared(table, said.of) for key, table in out.items()}


def _aligned_lines(lines: Grid, owner: Ints) -> dict[str, Grid]:
    """The best line for each activity, how clearly it wins, and how many lines do."""
    wins = ahead(lines)
    clear = Grid(lines.width, wins.keys, (wins.values > 0.15).astype(float))
    return {
        "aligned_wins": regroup(wins, owner, how="max"),
        "lines_won": regroup(clear, owner, how="sum"),
        "lines_aligned": regroup(lines, owner, how="max"),
    }


def _wins(words: Grid, topics: Grid, owner: Ints) -> Grid:
    """How clearly a file's best line for an activity speaks of it and of no other."""
    keys = np.concatenate([words.keys, topics.keys])
    both = grid(words.width, keys, np.concatenate([words.values, 0.6 * topics.values]))
    return regroup(ahead(both), owner, how="max")
