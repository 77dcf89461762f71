"""From words to tables: how much of each activity every name, folder and text says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import explain, kin, language
from evidencias.domain.linking.foreign import foreign
from evidencias.domain.linking.prepare import FileView, roots_of
from evidencias.domain.linking.shapes import shape_grids
from evidencias.domain.linking.sparse import Grid, Rows, ahead, grid, product, regroup, rows
from evidencias.domain.linking.vocabulary import Plan, aliases, frequent, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weighted = Mapping[str, float]
CHANNELS: Final = ("name", "parent", "folder", "head", "text", "union", "lines")


@dataclass(frozen=True, slots=True)
class Channels:
    """The words of each file by where they stand, as weighted roots."""

    name: list[dict[str, float]]
    parent: list[dict[str, float]]
    folder: list[dict[str, float]]
    head: list[dict[str, float]]
    text: list[dict[str, float]]
    union: list[dict[str, float]]
    lines: list[dict[str, float]]
    line_owner: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tables:
    """One grid a channel and measure; `explained` are shares of what the file itself says."""

    grids: Mapping[str, Grid]
    rarity: Mapping[str, float]
    channels: Channels
    soft: Mapping[str, Mapping[int, float]]


def _flat(roots: Iterable[str]) -> dict[str, float]:
    counts = Counter(roots)
    return {r: min(1.0, 0.7 + 0.15 * n) for r, n in counts.items()}


def channels(views: Sequence[FileView]) -> Channels:
    """Sort the words of every file by where they stand; nearer folders weigh more."""
    folder_cache: dict[tuple[str, ...], dict[str, float]] = {}

    def above(folders: tuple[str, ...]) -> dict[str, float]:
        if folders not in folder_cache:
            found: dict[str, float] = {}
            for depth, part in enumerate(folders):
                weight = 0.75 ** (len(folders) - 1 - depth)
                for root in roots_of(part):
                    found[root] = max(weight, found.get(root, 0.0))
            folder_cache[folders] = found
        return folder_cache[folders]

    lines = [(i, line) for i, view in enumerate(views) for line in view.lines]
    names = [_flat(v.roots) for v in views]
    folders = [above(v.folders) for v in views]
    texts = [_flat(r for line in v.lines for r in line) for v in views]
    return Channels(
        names,
        [_flat(roots_of(v.folders[-1])) if v.folders else {} for v in views],
        folders,
        [dict.fromkeys(v.head, 1.0) for v in views],
        texts,
        [_union(*parts) for parts in zip(names, folders, texts, strict=True)],
        [dict.fromkeys(line, 1.0) for _, line in lines],
        np.array([i for i, _ in lines], np.int64),
    )


def _union(name: Weighted, folder: Weighted, text: Weighted) -> dict[str, float]:
    """All that a file says anywhere; what its folders say counts a little less."""
    out = {r: 0.8 * w for r, w in folder.items()}
    for words in (text, name):
        for root in words:
            out[root] = 1.0
    return out


def rarity(found: Channels) -> dict[str, float]:
    """How telling a root is in this archive: 1 in one file only, near 0 when everywhere."""
    size = len(found.name)
    users: Counter[str] = Counter()
    for name, text, folder in zip(found.name, found.text, found.folder, strict=True):
        users.update(name.keys() | text.keys() | folder.keys())
    top = math.log(size + 1)
    return {r: math.log((size + 1) / n) / top for r, n in users.items()}


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


def tables(views: Sequence[FileView], plan: Plan) -> Tables:
    """All word and topic tables of an archive against a plan."""
    found = channels(views)
    rare = rarity(found)
    unknown = {r for words in (*found.name, *found.folder) for r in words if r not in plan.ids}
    alias = aliases(list(plan.ids), unknown)
    grids: dict[str, Grid] = {}
    for channel in CHANNELS:
        grids |= _channel(channel, getattr(found, channel), plan, alias, rare)
    grids["line_wins"] = _wins(grids["lines"], grids["lines_topics"], found.line_owner)
    for key in ("lines", "lines_topics"):
        grids[key] = regroup(grids[key], found.line_owner, how="max")
    for channel in ("name", "head"):
        grids |= foreign(channel, getattr(found, channel), plan, rare)
    grids |= shape_grids(views, plan)
    soft = explain.explainers(plan, {r for words in found.union for r in words}, alias)
    for channel in ("name", "folder", "text", "lines"):
        grids[f"{channel}_aligned"] = explain.aligned(getattr(found, channel), plan, soft, rare)
    grids |= _aligned_lines(grids["lines_aligned"], found.line_owner)
    for channel in ("name", "head", "text"):
        grids[f"{channel}_explained"] = explain.explained(getattr(found, channel), plan, soft, rare)
    grids |= _kin_grids(found, plan, alias, rare)
    return Tables(grids, rare, found, soft)


def _kin_grids(
    found: Channels,
    plan: Plan,
    alias: Mapping[str, tuple[tuple[str, float], ...]],
    rare: Weighted,
) -> dict[str, Grid]:
    """How far each activity is reached by words or their kin, and what stays not understood."""
    known = kin.kin({r for words in found.union for r in words}, plan, alias)
    out = {}
    for channel in ("name", "parent", "folder", "head", "text", "union", "lines"):
        told, theme = kin.reached(getattr(found, channel), known, plan)
        out[f"{channel}_reach"], out[f"{channel}_theme"] = told, theme
    for part in ("reach", "theme"):
        out[f"lines_{part}"] = regroup(out[f"lines_{part}"], found.line_owner, how="max")
    for channel in ("name", "parent", "head", "text"):
        out[f"{channel}_understood"] = kin.understood(getattr(found, channel), known, plan, rare)
    return out


def _channel(
    channel: str,
    weighted: Sequence[Weighted],
    plan: Plan,
    alias: Mapping[str, tuple[tuple[str, float], ...]],
    rare: Weighted,
) -> dict[str, Grid]:
    """Words and topics of one channel; of folders and names also those of axis and office."""
    width = len(plan.views)
    words = _word_rows(weighted, plan, alias, rare)
    out = {channel: product(words, plan.words, width)}
    out[f"{channel}_topics"] = product(_topic_rows(weighted, plan, rare), plan.topics, width)
    if channel == "folder":
        out["axis"] = product(words, plan.axis, width)
        out["department"] = product(words, plan.department, width)
    if channel == "name":
        out["axis_text"] = product(words, plan.axis, width)
    return out


def _aligned_lines(lines: Grid, owner: NDArray[np.int64]) -> dict[str, Grid]:
    """The best line for each activity, how clearly it wins, and how many lines do."""
    wins = ahead(lines)
    clear = Grid(lines.width, wins.keys, (wins.values > 0.15).astype(float))
    return {
        "aligned_wins": regroup(wins, owner, how="max"),
        "lines_won": regroup(clear, owner, how="sum"),
        "lines_aligned": regroup(lines, owner, how="max"),
    }


def _wins(words: Grid, topics: Grid, owner: NDArray[np.int64]) -> Grid:
    """How clearly a file's best line for an activity speaks of it and of no other."""
    keys = np.concatenate([words.keys, topics.keys])
    both = grid(words.width, keys, np.concatenate([words.values, 0.6 * topics.values]))
    return regroup(ahead(both), owner, how="max")
