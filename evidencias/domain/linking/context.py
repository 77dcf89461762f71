"""The second look: what a file's company says (folder, event, series, copies, learned words)."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.features import Pairs, relative
from evidencias.domain.linking.numbered import Numbered, distinct, numbered
from evidencias.domain.linking.own_words import PLACES, Words, learned, profile
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.rivals import FAINT, Rivals, rivals, standing
from evidencias.domain.linking.sparse import (
    PART,
    Grid,
    Rows,
    added,
    as_rows,
    expanded,
    grid,
    trimmed,
)
from evidencias.domain.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

GROUPS: Final = ("folder", "tree", "event", "day", "series", "copy")
OFFERED: Final = 4
_DIGITS: Final = re.compile(r"\d+")


Labels = Mapping[str, Numbered[Hashable | None]]


def _group(parts: Sequence[Numbered[Hashable | None]]) -> Ints:
    """Number the groups of equal labels; a file without label, or alone, belongs to none (−1)."""
    ids: dict[Hashable | None, int] = {}
    mine = [np.array([ids.setdefault(x, len(ids)) for x in part.found], int) for part in parts]
    label = np.concatenate([own[part.of] for own, part in zip(mine, parts, strict=True)])
    several = np.bincount(label, minlength=len(ids)) > 1
    if None in ids:
        several[ids[None]] = False
    group: Ints = np.where(several, np.cumsum(several) - 1, -1)[label]
    return group


def _series(view: FileView) -> Hashable | None:
    if not view.roots:
        return None
    return view.folders, _DIGITS.sub("#", fold(view.name.base)).strip(" #_-.")


def labels(views: Sequence[FileView], days: Sequence[Hashable]) -> Labels:
    """What files that keep each other company have in common, by kind of company."""
    return {
        "folder": numbered(v.folders or None for v in views),
        "tree": numbered(
            v.folders[:-1] or None if len(v.folders) > 1 else v.folders or None for v in views
        ),
        "event": numbered((v.folders, d) if d else None for v, d in zip(views, days, strict=True)),
        "day": numbered(d or None for d in days),
        "series": numbered(_series(v) for v in views),
        "copy": numbered(v.file.md5 or None if v.file.size else None for v in views),
    }


def groups(parts: Sequence[Labels]) -> dict[str, Ints]:
    """Which files keep each other company, by kind of company; parts follow each other."""
    return {name: _group([part[name] for part in parts]) for name in GROUPS}


def totals(scores: Grid, group: Ints) -> Grid:
    """The scores of the files of each group, summed by activity; part by part, to save memory."""
    parts = []
    for first in range(0, len(scores.keys), PART):
        keys = scores.keys[first : first + PART]
        row, activity = np.divmod(keys, scores.width)
        inside = np.flatnonzero(group[row] >= 0)
        moved = group[row[inside]] * scores.width + activity[inside]
        parts.append(grid(scores.width, moved, scores.values[first : first + PART][inside]))
    return parts[0] if len(parts) == 1 else added(scores.width, parts)


def offered(scores: Grid, company: Mapping[str, Ints]) -> Ints:
    """Pairs that a file's company suggests although the file itself does not."""
    groups = [company[name] for name in ("folder", "event", "day", "series", "copy")]
    best = [
        as_rows(trimmed(totals(scores, g), OFFERED), int(g.max(initial=-1)) + 1) for g in groups
    ]
    files, width = len(company["folder"]), scores.width
    edges = [*range(0, files, PART), files]
    found = []
    for first, last in pairwise(edges):
        lo, hi = np.searchsorted(scores.keys, [first * width, last * width])
        keys = [scores.keys[lo:hi]]
        for group, offers in zip(groups, best, strict=True):
            row = first + np.flatnonzero(group[first:last] >= 0)
            at, lengths = expanded(offers, group[row])
            keys.append(np.repeat(row, lengths) * width + offers.items[at])
        found.append(distinct(np.concatenate(keys)))
    return np.concatenate([np.empty(0, np.int64), *found])


def _company_columns(
    name: str, group: Ints, pairs: Pairs, own: Floats, told: Heard
) -> dict[str, Floats]:
    row, act = pairs.file, pairs.activity
    mine = group[row]
    sizes = told.sizes[name]
    place = np.maximum(mine, 0)
    summed = told.sums[name].at(place * pairs.width + act)
    others = np.where(mine >= 0, summed - own, 0.0)
    count = np.where(mine >= 0, sizes[place] - 1 if len(sizes) else 0, 0)
    mean = others / np.maximum(count, 1)
    others = np.maximum(others, 0.0)
    return {
        f"{name}_company": np.log1p(others),
        f"{name}_mean": mean,
        f"{name}_share": others / (np.maximum(told.rivals.sums[act] - own, 0.0) + FAINT),
        f"{name}_ahead": relative(row, others),
    }


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


@dataclass(frozen=True, slots=True)
class Heard:
    """What the scores of a look say of each group of files and of each word, added up once."""

    scores: Grid
    best: Floats
    sizes: Mapping[str, Ints]
    sums: Mapping[str, Grid]
    others: Mapping[str, Floats]
    profiles: Mapping[str, Grid]
    rivals: Rivals

    def of(self, files: range, company: Mapping[str, Ints]) -> Heard:
        """What concerns some of the files, numbered from zero; their pairs they know themselves."""
        inside = slice(files.start, files.stop)
        part = self.scores.between(files.start, files.stop)
        return replace(
            self,
            scores=Grid(part.width, np.empty(0, np.int64), part.values),
            best=self.best[inside],
            sums={name: _of_groups(t, company[name][inside]) for name, t in self.sums.items()},
            others={name: values[inside] for name, values in self.others.items()},
        )


def _of_groups(table: Grid, group: Ints) -> Grid:
    """What a table by groups has of some groups."""
    mine = np.zeros(int(group.max(initial=-1)) + 1, bool)
    mine[group[group >= 0]] = True
    keys = table.keys[: np.searchsorted(table.keys, len(mine) * table.width)]
    kept = np.flatnonzero(mine[keys // table.width])
    return Grid(table.width, keys[kept], table.values[kept])


def heard(scores: Grid, company: Mapping[str, Ints], words: Mapping[str, Rows]) -> Heard:
    """Add up the scores of a look over groups and words."""
    best = _best(scores, len(company["folder"]))
    sizes = {
        name: np.bincount(group[group >= 0], minlength=int(group.max(initial=-1)) + 1)
        for name, group in company.items()
    }
    return Heard(
        scores,
        best,
        sizes,
        {name: totals(scores, group) for name, group in company.items()},
        {name: _others_mean(best, group) for name, group in company.items()},
        {place: profile(table, scores) for place, table in words.items()},
        rivals(scores),
    )


def second_look(
    pairs: Pairs, told: Heard, company: Mapping[str, Ints], known: Words
) -> dict[str, Floats]:
    """The columns that company adds, given the scores of the look before."""
    row = pairs.file
    own = told.scores.at(pairs.keys)
    out: dict[str, Floats] = {"own": own, "own_ahead": relative(row, own)}
    out["own_logit"] = np.log((own + 1e-4) / (1.0001 - own))
    out["own_best"] = told.best[row]
    out |= standing(row, pairs.activity, own, told.rivals)
    for name in GROUPS:
        out |= _company_columns(name, company[name], pairs, own, told)
        out[f"{name}_any"] = told.others[name][row]
    for place in PLACES:
        value, open_ = learned(place, known, pairs, own, told.profiles[place])
        out[f"learned_{place}"] = np.log1p(value)
        out[f"learned_{place}_ahead"] = relative(row, value)
        out[f"still_{place}_unexplained"] = open_
    return out | _mixed_columns(pairs.columns, out)


def _mixed_columns(first: Mapping[str, Floats], out: Mapping[str, Floats]) -> dict[str, Floats]:
    """What company says of files that are silent or clear, and of those that speak otherwise."""
    silent, image, text = (first[n] for n in ("mute_name", "image", "has_text"))
    clear = 1.0 - np.minimum(out["still_name_unexplained"], 1.0)
    strange = np.maximum(out["still_name_unexplained"], out["still_head_unexplained"])
    mixed: dict[str, Floats] = {}
    for name in ("folder", "event", "day"):
        mixed[f"{name}_mean_silent"] = out[f"{name}_mean"] * silent
        mixed[f"{name}_mean_clear"] = out[f"{name}_mean"] * clear * (1 - silent)
        mixed[f"{name}_but_unexplained"] = out[f"{name}_mean"] * strange
    mixed["own_logit_image"] = out["own_logit"] * image
    mixed["own_logit_text"] = out["own_logit"] * text
    mixed["own_clear"] = out["own"] * clear * (1 - silent)
    return mixed
