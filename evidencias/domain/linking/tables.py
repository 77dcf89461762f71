"""From words to tables: how much of each activity every name, folder and text says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from evidencias.domain.linking import explain, foreign, kin, language, shapes
from evidencias.domain.linking.prepare import FileView, roots_of
from evidencias.domain.linking.sparse import (
    Grid,
    Rows,
    Shared,
    Table,
    ahead,
    grid,
    product,
    regroup,
    rows,
)
from evidencias.domain.linking.vocabulary import Plan, aliases, frequent, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Weighted = Mapping[str, float]
Key = TypeVar("Key", bound=Hashable)
CHANNELS: Final = ("name", "parent", "folder", "head", "text", "union", "lines")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of each file in one place: the distinct sets of weighted roots, and whose each is.

    Files of a folder share its words and photographs have none: what is said often is read once.
    """

    sets: list[dict[str, float]]
    of: Ints

    def speaks(self) -> Floats:
        """1 for each file that says anything here, else 0."""
        return np.array([bool(words) for words in self.sets], float)[self.of]


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
class Lexicon:
    """What the words of a whole archive are worth to a plan; read once."""

    plan: Plan
    rarity: Mapping[str, float]
    alias: Mapping[str, tuple[tuple[str, float], ...]]
    explainers: explain.Explainers
    kin: kin.Kin
    holders: foreign.Holders
    titles: tuple[shapes.Titles, shapes.Titles]


@dataclass(frozen=True, slots=True)
class Tables:
    """One table a channel and measure; `explained` are shares of what the file itself says."""

    grids: Mapping[str, Table]
    channels: Channels


def _flat(roots: Iterable[str]) -> dict[str, float]:
    counts = Counter(roots)
    return {r: min(1.0, 0.7 + 0.15 * n) for r, n in counts.items()}


def _said(keys: Iterable[Key], words: Callable[[Key], dict[str, float]]) -> Said:
    ids: dict[Key, int] = {}
    of = np.array([ids.setdefault(key, len(ids)) for key in keys], np.int64)
    return Said([words(key) for key in ids], of)


def _above(folders: tuple[str, ...]) -> dict[str, float]:
    """The words of a route of folders; nearer ones weigh more."""
    found: dict[str, float] = {}
    for depth, part in enumerate(folders):
        weight = 0.75 ** (len(folders) - 1 - depth)
        for root in roots_of(part):
            found[root] = max(weight, found.get(root, 0.0))
    return found


def _told(lines: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    return _flat(root for line in lines for root in line)


def _ones(roots: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(roots, 1.0)


def channels(views: Sequence[FileView]) -> Channels:
    """Sort the words of every file by where they stand."""
    lines = [(i, line) for i, view in enumerate(views) for line in view.lines]
    return Channels(
        _said((v.roots for v in views), _flat),
        _said((v.folders[-1:] for v in views), lambda f: _flat(roots_of(f[0])) if f else {}),
        _said((v.folders for v in views), _above),
        _said((v.head for v in views), _ones),
        _said((v.lines for v in views), _told),
        _said(
            ((v.roots, v.folders, v.lines) for v in views),
            lambda k: _union(_flat(k[0]), _above(k[1]), _told(k[2])),
        ),
        _said((line for _, line in lines), _ones),
        np.array([i for i, _ in lines], np.int64),
    )


def _union(name: Weighted, folder: Weighted, text: Weighted) -> dict[str, float]:
    """All that a file says anywhere; what its folders say counts a little less."""
    out = {r: 0.8 * w for r, w in folder.items()}
    for words in (text, name):
        for root in words:
            out[root] = 1.0
    return out


def _rarity(users: Mapping[str, int], size: int) -> dict[str, float]:
    """How telling a root is in this archive: 1 in one file only, near 0 when everywhere."""
    top = math.log(size + 1)
    return {r: math.log((size + 1) / n) / top for r, n in users.items()}


def lexicon(views: Sequence[FileView], plan: Plan, block: int) -> Lexicon:
    """Read the words of all files once, `block` files at a time."""
    users: Counter[str] = Counter()
    named: set[str] = set()
    for first in range(0, len(views), block):
        found = channels(views[first : first + block])
        for words, n in zip(found.union.sets, np.bincount(found.union.of).tolist(), strict=True):
            for root in words:
                users[root] += n
        for words in (*found.name.sets, *found.folder.sets):
            named.update(words)
    alias = aliases(list(plan.ids), named - plan.ids.keys())
    return Lexicon(
        plan, _rarity(users, len(views)), alias, explain.explainers(plan, users, alias),
        kin.kin(users, plan, alias), foreign.holders(plan), shapes.titles(plan),
    )  # fmt: skip


def _word_rows(
    weighted: Sequence[Weighted],
    plan: Plan,
    alias: Mapping[str, tuple[tuple[str, float], ...]],
    rare: Mapping[str, float],
) -> Rows:
    items: list[list[int]] = []
    weights: list[list[float]] = []
    for words in weighted:
        mine: dict[int, float] = {}
        for root, weight in words.items():
            scale = weight * frequent(rare.get(root, 1.0))
            for target, share in ((root, 1.0),) if root in plan.ids else alias.get(root, ()):
                at = plan.ids[target]
                mine[at] = max(mine.get(at, 0.0), scale * share)
        items.append(list(mine))
        weights.append(list(mine.values()))
    return rows(items, weights)


def _topic_rows(weighted: Sequence[Weighted], plan: Plan, rare: Mapping[str, float]) -> Rows:
    items, weights = [], []
    weak = language.weak_stems()
    for words in weighted:
        evoked = topics_of(
            {
                r: w * frequent(rare.get(r, 1.0)) * (0.3 if r in weak else 1)
                for r, w in words.items()
            }
        )
        known = [(plan.topic_ids[t], w) for t, w in evoked.items() if t in plan.topic_ids]
        items.append([t for t, _ in known])
        weights.append([w for _, w in known])
    return rows(items, weights)


def spoken(views: Sequence[FileView], known: Lexicon) -> Tables:
    """What words, topics, letters and numbers of some files say: enough for a rough look."""
    found = channels(views)
    grids: dict[str, Table] = {}
    for channel in CHANNELS:
        grids |= _channel(channel, getattr(found, channel), known)
    words, topics = grids["lines"].whole(), grids["lines_topics"].whole()
    grids["line_wins"] = _wins(words, topics, found.line_owner)
    grids["lines"] = regroup(words, found.line_owner, how="max")
    grids["lines_topics"] = regroup(topics, found.line_owner, how="max")
    return Tables(grids | shapes.shape_grids(views, known.titles), found)


def tables(rough: Tables, known: Lexicon) -> Tables:
    """All tables of some files: to the rough ones, what each activity leaves not explained."""
    found, grids = rough.channels, dict(rough.grids)
    for channel in ("name", "head"):
        said = getattr(found, channel)
        for key, table in foreign.foreign(said.sets, known.holders, known.rarity).items():
            grids[f"{channel}_{key}"] = Shared(table, said.of)
    for channel in ("name", "folder", "text", "lines"):
        said = getattr(found, channel)
        table = explain.aligned(said.sets, known.explainers, known.rarity)
        grids[f"{channel}_aligned"] = Shared(table, said.of)
    for channel in ("name", "head", "text"):
        said = getattr(found, channel)
        table = explain.explained(said.sets, known.explainers, known.rarity)
        grids[f"{channel}_explained"] = Shared(table, said.of)
    grids |= _aligned_lines(grids["lines_aligned"].whole(), found.line_owner)
    return Tables(grids | _kin_grids(found, known), found)


def _kin_grids(found: Channels, known: Lexicon) -> dict[str, Table]:
    """How far each activity is reached by words or their kin, and what stays not understood."""
    out: dict[str, Table] = {}
    for channel in CHANNELS:
        said = getattr(found, channel)
        told, theme = kin.reached(said.sets, known.kin, known.plan)
        out[f"{channel}_reach"] = Shared(told, said.of)
        out[f"{channel}_theme"] = Shared(theme, said.of)
    for part in ("reach", "theme"):
        table = out[f"lines_{part}"].whole()
        out[f"lines_{part}"] = regroup(table, found.line_owner, how="max")
    for channel in ("name", "parent", "head", "text"):
        said = getattr(found, channel)
        out[f"{channel}_understood"] = Shared(
            kin.understood(said.sets, known.kin, known.plan, known.rarity), said.of
        )
    return out


def _channel(channel: str, said: Said, known: Lexicon) -> dict[str, Table]:
    """Words and topics of one channel; of folders and names also those of axis and office."""
    plan, rare = known.plan, known.rarity
    width = len(plan.views)
    words = _word_rows(said.sets, plan, known.alias, rare)
    topics = _topic_rows(said.sets, plan, rare)
    out = {channel: product(words, plan.words, width)}
    out[f"{channel}_topics"] = product(topics, plan.topics, width)
    if channel == "folder":
        out["axis"] = product(words, plan.axis, width)
        out["department"] = product(words, plan.department, width)
    if channel == "name":
        out["axis_text"] = product(words, plan.axis, width)
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
