"""The first look at each pair: one row of numbers a pair, from codes, words, dates and signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import codes, events, kinds, signs
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Grid, best_other, grid, trimmed
from evidencias.domain.linking.tables import Tables
from evidencias.domain.linking.vocabulary import Plan
from evidencias.domain.model import EvidenceKind, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

KEPT: Final = 12  # candidates a file keeps
WAYS: Final = (
    "full",
    "part",
    "numbers",
    "dashed",
    "inside",
    "compact",
    "split",
    "splitlead",
    "label",
    "lead",
)
WORDS: Final = ("name", "parent", "folder", "head", "text", "union", "lines")
ROUGH: Final = {
    "name": 1.0, "folder": 0.6, "head": 0.5, "text": 0.35, "lines": 0.6, "name_topics": 0.5,
    "folder_topics": 0.3, "text_topics": 0.2, "lines_topics": 0.3, "path_letters": 1.0,
    "numbers": 0.3,
}  # fmt: skip
STRONG: Final = frozenset({"full", "part", "numbers", "split", "splitlead"})


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs sorted by file then activity, with a named column a signal."""

    width: int
    keys: Ints
    columns: dict[str, Floats]

    @property
    def file(self) -> Ints:
        """Row of the file of each pair."""
        return self.keys // self.width

    @property
    def activity(self) -> Ints:
        """Index of the activity of each pair."""
        return self.keys % self.width


def code_grids(views: Sequence[FileView], plan: Plan) -> dict[str, Grid]:
    """Codes read in names and in folders, one grid a way of writing them."""
    notation = codes.notation([v.activity.code for v in plan.views])
    width = len(plan.views)
    found: dict[str, list[tuple[int, float]]] = {
        f"{p}_{w}": [] for p in ("name", "folder") for w in WAYS
    }
    found["text_code"] = []
    above: dict[tuple[str, ...], list[tuple[str, int, float]]] = {}
    for row, view in enumerate(views):
        if view.folders not in above:
            above[view.folders] = _folder_codes(view.folders, notation)
        for way, activity, share in above[view.folders]:
            found[f"folder_{way}"].append((row * width + activity, share))
        hits = codes.read(view.name.base, notation)
        loose = () if hits else codes.completed((*view.folders, view.name.base), notation)
        for hit in (*hits, *loose):
            found[f"name_{hit.way}"].append((row * width + hit.activity, hit.share))
        found["text_code"].extend((row * width + a, s) for a, s in _text_codes(view.text, notation))
    return {
        key: grid(
            width,
            np.array([k for k, _ in hits], np.int64),
            np.array([s for _, s in hits]),
            how="max",
        )
        for key, hits in found.items()
    }


def _folder_codes(
    folders: tuple[str, ...], notation: codes.Notation
) -> list[tuple[str, int, float]]:
    out: list[tuple[str, int, float]] = []
    for depth in range(len(folders)):
        hits = codes.read(folders[depth], notation)
        loose = () if hits else codes.completed(folders[: depth + 1], notation)
        out.extend((h.way, h.activity, h.share) for h in (*hits, *loose))
    return out


def _text_codes(text: str, notation: codes.Notation) -> list[tuple[int, float]]:
    hits = {
        h.activity
        for line in text[:1500].splitlines()[:12]
        for h in codes.read(line, notation)
        if h.way == "full"
    }
    return [(a, 1 / len(hits)) for a in hits]


def rough_scores(tables: Tables, coded: Mapping[str, Grid]) -> Grid:
    """A rough sum of words and codes, 0 to 1, for the best few activities of each file."""
    rough = ROUGH
    said = {key: tables.grids[key].whole() for key in rough}
    parts = [(said[k].keys, said[k].values * w) for k, w in rough.items()]
    for key, table in coded.items():
        parts.append((table.keys, table.values * (4.0 if key.split("_")[-1] in STRONG else 0.7)))
    width = tables.grids["name"].width
    merged = grid(
        width, np.concatenate([k for k, _ in parts]), np.concatenate([v for _, v in parts])
    )
    kept = keep_best(merged, KEPT)
    value = merged.at(kept)
    return Grid(width, kept, value / (value + 1.0))


def keep_best(table: Grid, count: int) -> Ints:
    """Keys of the `count` greatest values of each row."""
    return trimmed(table, count).keys


def relative(row: Ints, values: Floats) -> Floats:
    """How far a value is ahead of (to 1) or behind (to −1) the best other one of its file."""
    other = best_other(row, values)
    return (values - other) / (values + other + 0.15)


def word_columns(tables: Tables, plan: Plan, keys: Ints, row: Ints, act: Ints) -> dict[str, Floats]:
    """What words, topics, letters and numbers say of each pair."""
    out: dict[str, Floats] = {}
    covered = np.zeros(len(keys))
    for channel in WORDS:
        value = tables.grids[channel].at(keys)
        out[f"{channel}_words"] = np.log1p(value)
        out[f"{channel}_covers"] = value / plan.mass[act]
        out[f"{channel}_ahead"] = relative(row, value)
        topic = tables.grids[f"{channel}_topics"].at(keys)
        out[f"{channel}_topics"] = np.log1p(topic)
        out[f"{channel}_topics_ahead"] = relative(row, topic)
        covered += {"name": 1.0, "folder": 0.6, "lines": 0.7}.get(channel, 0.0) * (
            value + 0.5 * topic
        )
    out["all_ahead"] = relative(row, covered)
    out["all_words"] = np.log1p(covered)
    wins = tables.grids["line_wins"].at(keys)
    out["line_wins"] = np.log1p(wins)
    out["line_wins_ahead"] = relative(row, wins)
    for channel in ("name", "head", "text"):
        says = getattr(tables.channels, channel).speaks()[row]
        out[f"{channel}_unexplained"] = says * (
            1.0 - np.minimum(tables.grids[f"{channel}_explained"].at(keys), 1.0)
        )
    out |= _kin_columns(tables, keys, row)
    for channel in ("name", "folder", "text", "lines"):
        value = tables.grids[f"{channel}_aligned"].at(keys)
        out[f"{channel}_aligned"] = np.log1p(value)
        out[f"{channel}_aligned_ahead"] = relative(row, value)
    for shape in ("name_letters", "path_letters", "numbers"):
        value = tables.grids[shape].at(keys)
        out[shape] = value
        out[f"{shape}_ahead"] = relative(row, value)
    out["aligned_wins"] = np.log1p(tables.grids["aligned_wins"].at(keys))
    out["lines_won"] = np.log1p(tables.grids["lines_won"].at(keys))
    for channel in ("name", "head"):
        out |= _foreign_columns(channel, tables, keys, row)
    for part in ("axis", "department", "axis_text"):
        value = tables.grids[part].at(keys)
        out[part] = value
        out[f"{part}_ahead"] = relative(row, value)
    return out


def _kin_columns(tables: Tables, keys: Ints, row: Ints) -> dict[str, Floats]:
    """How far words and their kin reach the activity, and what they leave not understood."""
    out: dict[str, Floats] = {}
    for channel in WORDS:
        for part in ("reach", "theme"):
            value = tables.grids[f"{channel}_{part}"].at(keys)
            out[f"{channel}_{part}"] = value
            out[f"{channel}_{part}_ahead"] = relative(row, value)
    for channel in ("name", "parent", "head", "text"):
        says = getattr(tables.channels, channel).speaks()[row]
        understood = np.minimum(tables.grids[f"{channel}_understood"].at(keys), 1.0)
        out[f"{channel}_strange_unexplained"] = says * (1.0 - understood)
        out[f"{channel}_understood"] = says * understood
        out[f"{channel}_agrees"] = says * understood * out[f"{channel}_theme"]
    out["near_but_unexplained"] = out["union_theme"] * (
        out["name_strange_unexplained"] + out["head_strange_unexplained"]
    )
    return out


def _foreign_columns(channel: str, tables: Tables, keys: Ints, row: Ints) -> dict[str, Floats]:
    """Subjects and people of the file that are not the activity's, or nobody's in the plan."""
    has = getattr(tables.channels, channel).speaks()[row]
    shared = tables.grids[f"{channel}_subjects"].at(keys)
    alien = tables.grids[f"{channel}_alien"].at(row)
    some = np.zeros(len(has))
    np.maximum.at(some, row, shared)
    people = np.minimum(tables.grids[f"{channel}_says_people"].at(row), 1.0)
    same = tables.grids[f"{channel}_people"].at(keys)
    told = has * ((shared > 0) | (alien > 0) | (some[row] > 0))
    return {
        f"{channel}_subject": shared,
        f"{channel}_foreign": told * (1.0 - np.minimum(shared, 1.0)),
        f"{channel}_alien_unexplained": np.minimum(alien, 1.5),
        f"{channel}_public": people * same,
        f"{channel}_other_public_unexplained": people * (1.0 - np.minimum(same, 1.0)),
    }


def agreement(table: Grid, said: Grid) -> tuple[int, int]:
    """How often a way of writing codes agrees with what the files say in words, and differs."""
    if not len(table.keys):
        return 0, 0
    row = said.keys // said.width
    top = np.zeros(int(max(table.keys[-1] // table.width, row[-1] if len(row) else 0)) + 1)
    np.maximum.at(top, row, said.values)
    best = top[table.keys // table.width]
    mine = said.at(table.keys)
    agree = np.sum((mine > 0.6 * best) & (best > 0.3))
    differ = np.sum((mine < 0.3 * best) & (best > 0.3))
    return int(agree), int(differ)


def trust(counts: Iterable[tuple[int, int]]) -> float:
    """How far codes of a way of writing are codes of this plan, 0 to 1, by all files' agreement.

    Numbers of last year's plan, of another programme or of rows look like codes and are not.
    """
    listed = list(counts)
    agree, differ = sum(a for a, _ in listed), sum(d for _, d in listed)
    return (agree + 1.0) / (agree + differ + 2.0)


def code_columns(
    coded: Mapping[str, Grid],
    trusted: Mapping[str, float],
    keys: Ints,
    row: Ints,
    words: Mapping[str, Floats],
) -> dict[str, Floats]:
    """Codes by way of writing; trusted as far as this plan's codes agree with words elsewhere."""
    out = {f"code_{key}": table.at(keys) for key, table in coded.items()}
    said = words["union_words"] + words["union_topics"]
    backed = (said > 0.1) & (words["union_ahead"] + words["union_topics_ahead"] > -0.9)
    for part in ("name", "folder"):
        strong = np.max([out[f"code_{part}_{w}"] for w in WAYS if w in STRONG], axis=0)
        weak = np.max([out[f"code_{part}_{w}"] for w in WAYS if w not in STRONG], axis=0)
        out[f"code_{part}"] = strong
        out[f"code_{part}_other"] = np.maximum(best_other(row, strong) - strong, 0.0)
        out[f"code_{part}_trusted"] = np.max(
            [out[f"code_{part}_{w}"] * trusted[f"{part}_{w}"] for w in WAYS], axis=0
        )
        out[f"code_{part}_backed"] = strong * backed
        out[f"code_{part}_weak_backed"] = weak * backed
    return out


@dataclass(frozen=True, slots=True)
class OfFiles:
    """What holds for a file whatever the activity: the distinct rows of values, and whose each is.

    `kinds` and `days` (as ordinals, NaN where unknown) are those that activities may ask for.
    """

    names: tuple[str, ...]
    values: Floats
    of: Ints
    kinds: tuple[frozenset[EvidenceKind], ...]
    days: Floats

    def columns(self, row: Ints) -> dict[str, Floats]:
        """A column a name, for the files of some pairs."""
        mine = self.of[row]
        return {name: self.values[mine, at] for at, name in enumerate(self.names)}


def of_files(views: Sequence[FileView], period: Period) -> OfFiles:
    """The signs, type and time of every file."""
    names: tuple[str, ...] = ()
    ids: dict[tuple[float, ...], int] = {}
    of = np.empty(len(views), np.int64)
    for at, view in enumerate(views):
        found = _of_file(view, period)
        names = tuple(found)
        of[at] = ids.setdefault(tuple(found.values()), len(ids))
    days = (events.file_day(v.file) for v in views)
    return OfFiles(
        names, np.array(list(ids)), of, tuple(kinds.rough(v) for v in views), _ordinals(days)
    )


def _of_file(view: FileView, period: Period) -> dict[str, float]:
    out = {f"sign_{name}": value for name, value in signs.signs(view, period).items()}
    out["has_text"] = float(bool(view.lines))
    out["image"] = float(kinds.extension_class(view.name.extension) in ("foto", "video"))
    out["mute_name"] = float(not view.roots)
    out["outside"] = events.outside(view.file, period)
    return out


def _ordinals(days: Iterable[date | None]) -> Floats:
    return np.array([float(d.toordinal()) if d else np.nan for d in days])


@dataclass(frozen=True, slots=True)
class Asked:
    """What each activity asks of a file: kinds, by number, and a span of days."""

    kinds: tuple[frozenset[EvidenceKind], ...]
    of: Ints
    start: Floats
    end: Floats
    reported: Floats


def asked(plan: Plan) -> Asked:
    """What the activities of a plan ask for."""
    wanted = [v.activity for v in plan.views]
    ids: dict[frozenset[EvidenceKind], int] = {}
    of = np.array([ids.setdefault(a.required, len(ids)) for a in wanted], np.int64)
    return Asked(
        tuple(ids), of, _ordinals(a.start for a in wanted), _ordinals(a.end for a in wanted),
        np.array([float(a.reported) for a in wanted]),
    )  # fmt: skip


def expected(known: OfFiles, plan: Asked, row: Ints, act: Ints) -> dict[str, Floats]:
    """Whether the file's kind is one the activity needs, and its day lies in its span."""
    ids: dict[frozenset[EvidenceKind], int] = {}
    first = int(row.min(initial=0))
    mine = known.kinds[first : int(row.max(initial=-1)) + 1]
    kind = np.array([ids.setdefault(k, len(ids)) for k in mine], np.int64)
    fits = np.array(
        [[0.0 if not k or not n else 1.0 if k & n else -1.0 for n in plan.kinds] for k in ids]
    ).reshape(len(ids), len(plan.kinds))
    return {
        "kind_fits": fits[kind[row - first], plan.of[act]],
        "in_span": _in_span(known.days[row], plan.start[act], plan.end[act]),
        "reported": plan.reported[act],
    }


def _in_span(day: Floats, start: Floats, end: Floats) -> Floats:
    """1 when the day lies in the activity's span, −1 when far outside, 0 when unknown."""
    away = np.fmax(start - day, day - end)
    inside = np.where(away <= 0, 1.0, np.maximum(-1.0, 0.5 - away / 30))
    return np.where(np.isnan(away), 0.0, inside)
