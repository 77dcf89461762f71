"""From words to tables: how much of each activity every name, folder and text says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import FileView, roots_of
from evidencias.domain.linking.sparse import Grid, Rows, product, regroup, rows
from evidencias.domain.linking.vocabulary import Plan, aliases, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weighted = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Channels:
    """The words of each file by where they stand, as weighted roots."""

    name: list[dict[str, float]]
    parent: list[dict[str, float]]
    folder: list[dict[str, float]]
    text: list[dict[str, float]]
    lines: list[dict[str, float]]
    line_owner: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tables:
    """One grid a channel and measure; `explained` are shares of what the file itself says."""

    grids: Mapping[str, Grid]
    rarity: Mapping[str, float]
    channels: Channels
    rows: Mapping[str, Rows]


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
    return Channels(
        [_flat(v.roots) for v in views],
        [_flat(roots_of(v.folders[-1])) if v.folders else {} for v in views],
        [above(v.folders) for v in views],
        [_flat(r for line in v.lines for r in line) for v in views],
        [dict.fromkeys(line, 1.0) for _, line in lines],
        np.array([i for i, _ in lines], np.int64),
    )


def rarity(found: Channels) -> dict[str, float]:
    """How telling a root is in this archive: 1 in one file only, near 0 when everywhere."""
    size = len(found.name)
    users: Counter[str] = Counter()
    for name, text, folder in zip(found.name, found.text, found.folder, strict=True):
        users.update(name.keys() | text.keys() | folder.keys())
    top = math.log(size + 1)
    return {r: math.log((size + 1) / n) / top for r, n in users.items()}


def _word_rows(weighted: Sequence[Weighted], plan: Plan, alias: Mapping[str, tuple[tuple[str, float], ...]],
               rare: Mapping[str, float]) -> Rows:
    items: list[list[int]] = []
    weights: list[list[float]] = []
    for words in weighted:
        mine: dict[int, float] = {}
        for root, weight in words.items():
            scale = weight * min(1.0, 1.6 * rare.get(root, 1.0))
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
            {r: w * min(1.0, 1.6 * rare.get(r, 1.0)) * (0.3 if r in weak else 1) for r, w in words.items()}
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
    width = len(plan.views)
    grids: dict[str, Grid] = {}
    kept: dict[str, Rows] = {}
    for channel in ("name", "parent", "folder", "text", "lines"):
        weighted: list[dict[str, float]] = getattr(found, channel)
        words = _word_rows(weighted, plan, alias, rare)
        kept[channel] = words
        grids[channel] = product(words, plan.words, width)
        kept[f"{channel}_topics"] = _topic_rows(weighted, plan, rare)
        grids[f"{channel}_topics"] = product(kept[f"{channel}_topics"], plan.topics, width)
    for key in ("lines", "lines_topics"):
        grids[key] = regroup(grids[key], found.line_owner, how="max")
    for part, postings in (("axis", plan.axis), ("department", plan.department)):
        grids[part] = product(kept["folder"], postings, width)
    grids["axis_text"] = product(kept["name"], plan.axis, width)
    return Tables(grids, rare, found, kept)
