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
from evidencias.domain.linking.sparse import Grid, Rows, best_other, grid, product, regroup, rows
from evidencias.domain.linking.vocabulary import Plan, aliases, fields, topics_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weighted = Mapping[str, float]


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


def frequent(rare: float) -> float:
    """How much a word still counts when `rare` (1 in one file, 0 in all) is its rarity."""
    return float(min(1.0, (1.5 * rare) ** 1.5))


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
    width = len(plan.views)
    grids: dict[str, Grid] = {}
    kept: dict[str, Rows] = {}
    for channel in ("name", "parent", "folder", "head", "text", "union", "lines"):
        weighted: list[dict[str, float]] = getattr(found, channel)
        words = _word_rows(weighted, plan, alias, rare)
        kept[channel] = words
        grids[channel] = product(words, plan.words, width)
        kept[f"{channel}_topics"] = _topic_rows(weighted, plan, rare)
        grids[f"{channel}_topics"] = product(kept[f"{channel}_topics"], plan.topics, width)
    grids["line_wins"] = _wins(grids["lines"], grids["lines_topics"], found.line_owner)
    for key in ("lines", "lines_topics"):
        grids[key] = regroup(grids[key], found.line_owner, how="max")
    for part, postings in (("axis", plan.axis), ("department", plan.department)):
        grids[part] = product(kept["folder"], postings, width)
    grids["axis_text"] = product(kept["name"], plan.axis, width)
    for channel in ("name", "head"):
        grids |= _foreign(channel, getattr(found, channel), plan, rare)
    soft = explainers(plan, {r for words in found.union for r in words}, alias)
    aligned = _aligned_rows(plan, soft)
    for channel in ("name", "folder", "text", "lines"):
        grids[f"{channel}_aligned"] = product(
            _root_rows(getattr(found, channel), soft, rare), aligned, width
        )
    wins = _ahead(grids["lines_aligned"])
    grids["aligned_wins"] = regroup(wins, found.line_owner, how="max")
    grids["lines_won"] = regroup(
        Grid(width, wins.keys, (wins.values > 0.15).astype(float)), found.line_owner, how="sum"
    )
    grids["lines_aligned"] = regroup(grids["lines_aligned"], found.line_owner, how="max")
    for channel in ("name", "head", "text"):
        grids[f"{channel}_explained"] = _explained(getattr(found, channel), soft, rare, width)
    return Tables(grids, rare, found, soft)


def _aligned_rows(plan: Plan, soft: Mapping[str, Mapping[int, float]]) -> Rows:
    """What each root is worth to each activity: its own weight there, or that of its nearest topic."""
    rare = 1.0 / np.array([1.0 + len(x) for x in soft.values()])
    listed = [list(x) for x in soft.values()]
    weights = [
        [
            v * min(1.0, 0.25 + 3 * r) * (1.0 if root not in language.weak_stems() else 0.2)
            for v in x.values()
        ]
        for (root, x), r in zip(soft.items(), rare.tolist(), strict=True)
    ]
    return rows(listed, weights)


def _root_rows(weighted: Sequence[Weighted], soft: Mapping[str, object], rare: Weighted) -> Rows:
    ids = {root: i for i, root in enumerate(soft)}
    return rows(
        [[ids[r] for r in words] for words in weighted],
        [[w * frequent(rare.get(r, 1.0)) for r, w in words.items()] for words in weighted],
    )


def _ahead(table: Grid) -> Grid:
    """By how much each value exceeds the best other of its row, if at all."""
    ahead = table.values - best_other(table.keys // table.width, table.values)
    return Grid(table.width, table.keys, np.maximum(ahead, 0.0))


def _wins(words: Grid, topics: Grid, owner: NDArray[np.int64]) -> Grid:
    """How clearly a file's best line for an activity speaks of it and of no other."""
    both = grid(words.width, np.concatenate([words.keys, topics.keys]),
                np.concatenate([words.values, 0.6 * topics.values]))  # fmt: skip
    ahead = both.values - best_other(both.keys // both.width, both.values)
    return regroup(Grid(both.width, both.keys, np.maximum(ahead, 0.0)), owner, how="max")


def explainers(
    plan: Plan, roots: Iterable[str], alias: Mapping[str, tuple[tuple[str, float], ...]]
) -> dict[str, dict[int, float]]:
    """For each root the activities that explain it: by the word itself, by a topic, by axis or office."""
    exact: dict[str, dict[int, float]] = {}
    evoked: dict[str, dict[int, float]] = {}
    for at, view in enumerate(plan.views):
        mine = fields(view)
        for root in (*view.axis, *view.department, *mine):
            exact.setdefault(root, {})[at] = 1.0 if root in mine else 0.7
        for topic, weight in topics_of(
            {r: 1.0 for r in mine if r not in language.weak_stems()}
        ).items():
            if weight > 0.25:
                evoked.setdefault(topic, {})[at] = 0.65
    most = max(4, len(plan.views) // 4)
    out = {}
    for root in roots:
        found: dict[int, float] = {}
        for topic in language.topics().get(root, ()):
            if len(evoked.get(topic, ())) <= most:
                found.update(evoked.get(topic, {}))
        for target, share in ((root, 1.0), *alias.get(root, ())):
            for at, value in exact.get(target, {}).items():
                found[at] = max(found.get(at, 0.0), share * value)
        out[root] = found
    return out


def _subjects(weighted: Weighted, rare: Weighted) -> dict[str, float]:
    """Topics of subject (not of manner) that some words evoke, and the groups of people they name."""
    broad, weak = language.broad_topics(), language.weak_stems()
    evoked = topics_of(
        {r: w * frequent(rare.get(r, 1.0)) for r, w in weighted.items() if r not in weak}
    )
    return {t: w for t, w in evoked.items() if t not in broad and w > 0.2}


def _publics(roots: Iterable[str]) -> frozenset[str]:
    table = language.publics()
    return frozenset(p for r in roots for p in table.get(r, ()))


def _foreign(
    channel: str, weighted: Sequence[Weighted], plan: Plan, rare: Weighted
) -> dict[str, Grid]:
    """Subjects and groups of people of each file that an activity shares; shares of the file's own."""
    width = len(plan.views)
    ids: dict[str, int] = {}
    holders: dict[int, dict[int, float]] = {}
    policy = _publics(plan.policy)
    for at, view in enumerate(plan.views):
        mine = (*view.title, *view.indicator)
        known = _subjects(dict.fromkeys((*mine, *view.axis, *view.department), 1.0), {})
        people = _publics((*mine, *view.axis)) | policy
        for key in (*known, *(f"={p}" for p in people)):
            holders.setdefault(ids.setdefault(key, len(ids)), {})[at] = 1.0
    postings = rows([list(holders[i]) for i in range(len(ids))])
    subjects = [_subjects(w, rare) for w in weighted]
    people_of = [dict.fromkeys((f"={p}" for p in _publics(w)), 1.0) for w in weighted]
    return {
        f"{channel}_subjects": _share(subjects, ids, postings, width),
        f"{channel}_people": _share(people_of, ids, postings, width),
        f"{channel}_alien": _alien(subjects, ids),
        f"{channel}_says_people": _alien(people_of, {}),
    }


def _share(keyed: Sequence[Weighted], ids: Mapping[str, int], postings: Rows, width: int) -> Grid:
    items = [[ids[k] for k in x if k in ids] for x in keyed]
    weights = [[w / sum(x.values()) for k, w in x.items() if k in ids] for x in keyed]
    return product(rows(items, weights), postings, width)


def _alien(keyed: Sequence[Weighted], ids: Mapping[str, int]) -> Grid:
    """How much of a file's subjects no activity of the plan has; a grid of one column."""
    value = np.array([sum(w for k, w in x.items() if k not in ids) for x in keyed])
    return Grid(1, np.arange(len(keyed)), value)


def telling(root: str, rare: Mapping[str, float]) -> float:
    """How much a word asks to be explained: rare content words do, office words hardly."""
    if root in language.weak_stems() or root in language.kind_stems() or root in language.generic_stems():
        return 0.1
    return frequent(rare.get(root, 1.0))


def _explained(
    weighted: Sequence[Weighted],
    soft: Mapping[str, Mapping[int, float]],
    rare: Weighted,
    width: int,
) -> Grid:
    """The share of a file's telling words that each activity explains."""
    ids = {root: i for i, root in enumerate(soft)}
    postings = rows([list(x) for x in soft.values()], [list(x.values()) for x in soft.values()])
    items, weights = [], []
    for words in weighted:
        value = [telling(root, rare) for root in words]
        total = sum(value) or 1.0
        items.append([ids[root] for root in words])
        weights.append([v / total for v in value])
    return product(rows(items, weights), postings, width)
