"""The second look: what a file's company says (folder, event, series, copies, learned words)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.explain import telling
from evidencias.domain.linking.features import Pairs, keep_best, relative
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Grid, Rows, grid, regroup
from evidencias.domain.linking.tables import Tables
from evidencias.domain.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

GROUPS: Final = ("folder", "tree", "event", "day", "series", "copy")
OFFERED: Final = 4
_DIGITS: Final = re.compile(r"\d+")


def _group(labels: Sequence[Hashable | None]) -> Ints:
    """Number the groups of equal labels; a file without label, or alone, belongs to none (−1)."""
    counts: dict[Hashable, int] = {}
    for label in labels:
        if label is not None:
            counts[label] = counts.get(label, 0) + 1
    ids: dict[Hashable, int] = {}
    return np.array(
        [ids.setdefault(x, len(ids)) if x is not None and counts[x] > 1 else -1 for x in labels],
        np.int64,
    )


def _series(view: FileView) -> Hashable | None:
    if not view.roots:
        return None
    return view.folders, _DIGITS.sub("#", fold(view.name.base)).strip(" #_-.")


def groups(views: Sequence[FileView], days: Sequence[object]) -> dict[str, Ints]:
    """Which files keep each other company, by kind of company."""
    return {
        "folder": _group([v.folders or None for v in views]),
        "tree": _group(
            [v.folders[:-1] or None if len(v.folders) > 1 else v.folders or None for v in views]
        ),
        "event": _group([(v.folders, d) if d else None for v, d in zip(views, days, strict=True)]),
        "day": _group([d or None for d in days]),
        "series": _group([_series(v) for v in views]),
        "copy": _group([v.file.md5 or None if v.file.size else None for v in views]),
    }


def totals(scores: Grid, group: Ints) -> Grid:
    """The scores of the files of each group, summed by activity."""
    row = scores.keys // scores.width
    inside = group[row] >= 0
    held = Grid(scores.width, scores.keys[inside], scores.values[inside])
    return regroup(held, group, how="sum")


def offered(scores: Grid, company: Mapping[str, Ints]) -> Ints:
    """Pairs that a file's company suggests although the file itself does not."""
    found = [scores.keys]
    for name in ("folder", "event", "day", "series", "copy"):
        group = company[name]
        best = keep_best(totals(scores, group), OFFERED)
        start = np.searchsorted(best // scores.width, np.arange(int(group.max(initial=-1)) + 2))
        rows = np.flatnonzero(group >= 0)
        lengths = (start[1:] - start[:-1])[group[rows]]
        owner = np.repeat(rows, lengths)
        ends = np.cumsum(lengths)
        offset = np.arange(len(owner)) - np.repeat(ends - lengths, lengths)
        at = np.repeat(start[:-1][group[rows]], lengths) + offset
        found.append(owner * scores.width + best[at] % scores.width)
    return np.unique(np.concatenate(found))


def _company_columns(name: str, group: Ints, pairs: Pairs, scores: Grid) -> dict[str, Floats]:
    row, act = pairs.file, pairs.activity
    mine = group[row]
    own = scores.at(pairs.keys)
    sizes = np.bincount(group[group >= 0], minlength=int(group.max(initial=-1)) + 1)
    summed = totals(scores, group)
    others = np.where(mine >= 0, summed.at(np.maximum(mine, 0) * pairs.width + act) - own, 0.0)
    count = np.where(mine >= 0, sizes[np.maximum(mine, 0)] - 1 if len(sizes) else 0, 0)
    mean = others / np.maximum(count, 1)
    return {
        f"{name}_company": np.log1p(np.maximum(others, 0.0)),
        f"{name}_mean": mean,
        f"{name}_ahead": relative(row, np.maximum(others, 0.0)),
    }


@dataclass(frozen=True, slots=True)
class Words:
    """All roots of the files, the plan's or not: rows by place, rarity, who explains them."""

    names: Rows
    heads: Rows
    texts: Rows
    rarity: Floats
    telling: Floats
    soft: Grid


def words(found: Tables) -> Words:
    """Number the roots of an archive for learning from its own files."""
    ids: dict[str, int] = {}
    parts = [
        word_rows(x, ids) for x in (found.channels.name, found.channels.head, found.channels.text)
    ]
    width = found.grids["name"].width
    soft = [(i * width + a, v) for r, i in ids.items() for a, v in found.soft.get(r, {}).items()]
    names, heads, texts = parts
    return Words(
        names,
        heads,
        texts,
        np.array([found.rarity.get(root, 1.0) for root in ids]),
        np.array([telling(root, found.rarity) for root in ids]),
        grid(width, np.array([k for k, _ in soft], np.int64), np.array([v for _, v in soft])),
    )


def _profile(rows: Rows, scores: Grid) -> Grid:
    """For each root and activity, the summed scores of the files that use the root."""
    width = scores.width
    taught = _expand(rows, scores.keys // width)
    lengths = np.diff(rows.start)[scores.keys // width]
    activity = np.repeat(scores.keys % width, lengths)
    return grid(width, rows.items[taught] * width + activity, np.repeat(scores.values, lengths))


def learned(rows: Rows, known: Words, pairs: Pairs, scores: Grid) -> tuple[Floats, Floats]:
    """How much a file's words are those of the activity's other files, and what stays open."""
    profile = _profile(rows, scores)
    users = np.bincount(rows.items, minlength=len(known.rarity)).astype(float)
    mine, lengths = _expand(rows, pairs.file), np.diff(rows.start)[pairs.file]
    root, at = rows.items[mine], np.repeat(pairs.activity, lengths)
    own = np.repeat(scores.at(pairs.keys), lengths)
    there = np.maximum(profile.at(root * pairs.width + at) - own, 0.0)
    value = known.rarity[root] * there / (users[root] + 0.5)
    explained = np.maximum(
        np.minimum(there, 1.0), np.minimum(known.soft.at(root * pairs.width + at), 1.0)
    )
    pair = np.repeat(np.arange(len(pairs.keys)), lengths)
    size = len(pairs.keys)
    total = np.bincount(pair, weights=known.telling[root], minlength=size)
    open_ = np.bincount(pair, weights=known.telling[root] * (1 - explained), minlength=size)
    said = np.bincount(pair, weights=value, minlength=size).astype(np.float64)
    return said, open_ / np.maximum(total, 0.3)


def _expand(rows: Rows, wanted: Ints) -> Ints:
    lengths = np.diff(rows.start)[wanted]
    ends = np.cumsum(lengths)
    offset = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
    found: Ints = np.repeat(rows.start[:-1][wanted], lengths) + offset
    return found


def word_rows(weighted: Sequence[Mapping[str, float]], ids: dict[str, int]) -> Rows:
    """Rows of all roots of the files (those the plan lacks too), for learning."""
    from evidencias.domain.linking.sparse import rows

    return rows([[ids.setdefault(r, len(ids)) for r in words] for words in weighted])


def _best(scores: Grid, files: int) -> Floats:
    """The greatest score of each file: how surely it is evidence of anything."""
    best = np.zeros(files)
    np.maximum.at(best, scores.keys // scores.width, scores.values)
    return best


def _others_mean(best: Floats, group: Ints) -> Floats:
    """How surely the other files of a group are evidence of anything; alone, the file's own."""
    known = group >= 0
    size = int(group.max(initial=-1)) + 1
    total = np.bincount(group[known], weights=best[known], minlength=size)
    count = np.bincount(group[known], minlength=size)
    at = np.maximum(group, 0)
    if not size:
        return best
    return np.where(known, (total[at] - best) / np.maximum(count[at] - 1, 1), best)


def second_look(
    pairs: Pairs, scores: Grid, company: Mapping[str, Ints], known: Words
) -> dict[str, Floats]:
    """The columns that company adds, given the scores of the look before."""
    row = pairs.file
    out: dict[str, Floats] = {"own": scores.at(pairs.keys)}
    out["own_ahead"] = relative(row, out["own"])
    out["own_logit"] = np.log((out["own"] + 1e-4) / (1.0001 - out["own"]))
    best = _best(scores, len(company["folder"]))
    out["own_best"] = best[row]
    for name in GROUPS:
        out |= _company_columns(name, company[name], pairs, scores)
        out[f"{name}_any"] = _others_mean(best, company[name])[row]
    for name, table in (("name", known.names), ("head", known.heads), ("text", known.texts)):
        value, open_ = learned(table, known, pairs, scores)
        out[f"learned_{name}"] = np.log1p(value)
        out[f"learned_{name}_ahead"] = relative(row, value)
        out[f"still_{name}_unexplained"] = open_
    silent, image, text = (pairs.columns[n] for n in ("mute_name", "image", "has_text"))
    clear = 1.0 - np.minimum(out["still_name_unexplained"], 1.0)
    for name in ("folder", "event", "day"):
        out[f"{name}_mean_silent"] = out[f"{name}_mean"] * silent
        out[f"{name}_mean_clear"] = out[f"{name}_mean"] * clear * (1 - silent)
    out["own_logit_image"] = out["own_logit"] * image
    out["own_logit_text"] = out["own_logit"] * text
    out["own_clear"] = out["own"] * clear * (1 - silent)
    for name in ("folder", "day", "event"):
        out[f"{name}_but_unexplained"] = out[f"{name}_mean"] * np.maximum(
            out["still_name_unexplained"], out["still_head_unexplained"]
        )
    return out
