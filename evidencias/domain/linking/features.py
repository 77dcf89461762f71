"""The first look at each pair: one row of numbers a pair, from codes, words, dates and signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.coded import WAYS
from evidencias.domain.linking.kept import Readings
from evidencias.domain.linking.sparse import Grid, best_other, grid, trimmed
from evidencias.domain.linking.tables import NARRATED, Spoken
from evidencias.domain.linking.vocabulary import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

KEPT: Final = 12  # candidates a file keeps
WORDS: Final = ("name", "parent", "folder", "head", "text", "union", "lines")
ROUGH: Final = {
    "name": 1.0, "folder": 0.6, "head": 0.5, "text": 0.35, "lines": 0.6, "name_topics": 0.5,
    "folder_topics": 0.3, "text_topics": 0.2, "lines_topics": 0.3, "path_letters": 1.0,
    "numbers": 0.3, "name_narrated": 0.5, "text_narrated": 0.4, "folder_narrated": 0.3,
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


def rough_scores(found: Spoken, coded: Mapping[str, Grid]) -> Grid:
    """A rough sum of words and codes, 0 to 1, for the best few activities of each file."""
    rough = ROUGH
    said = {key: found.grids[key].whole() for key in rough}
    parts = [(said[k].keys, said[k].values * w) for k, w in rough.items()]
    for key, table in coded.items():
        parts.append((table.keys, table.values * (4.0 if key.split("_")[-1] in STRONG else 0.7)))
    width = found.grids["name"].width
    merged = grid(
        width, np.concatenate([k for k, _ in parts]), np.concatenate([v for _, v in parts])
    )
    best = trimmed(merged, KEPT)
    return Grid(width, best.keys, best.values / (best.values + 1.0))


def relative(row: Ints, values: Floats) -> Floats:
    """How far a value is ahead of (to 1) or behind (to −1) the best other one of its file."""
    if not values.any():  # as of most channels where no file has a text
        return np.zeros(len(values))
    other = best_other(row, values)
    return (values - other) / (values + other + 0.15)


def _channel_columns(tables: Readings, plan: Plan, keys: Ints, row: Ints) -> dict[str, Floats]:
    """Words and topics of each channel, and of name, folder and lines together."""
    out: dict[str, Floats] = {}
    covered, mass = np.zeros(len(keys)), plan.mass[keys % len(plan.views)]
    for channel in WORDS:
        value = tables.grids[channel].at(keys)
        out[f"{channel}_words"] = np.log1p(value)
        out[f"{channel}_covers"] = value / mass
        out[f"{channel}_ahead"] = relative(row, value)
        topic = tables.grids[f"{channel}_topics"].at(keys)
        out[f"{channel}_topics"] = np.log1p(topic)
        out[f"{channel}_topics_ahead"] = relative(row, topic)
        share = {"name": 1.0, "folder": 0.6, "lines": 0.7}.get(channel, 0.0)
        covered += share * (value + 0.5 * topic)
    out["all_ahead"] = relative(row, covered)
    out["all_words"] = np.log1p(covered)
    return out


def word_columns(tables: Readings, plan: Plan, keys: Ints, row: Ints) -> dict[str, Floats]:
    """What words, topics, letters and numbers say of each pair."""
    out = _channel_columns(tables, plan, keys, row)
    wins = tables.grids["line_wins"].at(keys)
    out["line_wins"] = np.log1p(wins)
    out["line_wins_ahead"] = relative(row, wins)
    for channel in ("name", "head", "text"):
        says = tables.speaks[channel][row]
        out[f"{channel}_unexplained"] = says * (
            1.0 - np.minimum(tables.grids[f"{channel}_explained"].at(keys), 1.0)
        )
    out |= _kin_columns(tables, keys, row) | _narrated_columns(tables, keys, row)
    out["report_tells"] = plan.told[keys % len(plan.views)]
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


def _kin_columns(tables: Readings, keys: Ints, row: Ints) -> dict[str, Floats]:
    """How far words and their kin reach the activity, and what they leave not understood."""
    out: dict[str, Floats] = {}
    for channel in WORDS:
        for part in ("reach", "theme"):
            value = tables.grids[f"{channel}_{part}"].at(keys)
            out[f"{channel}_{part}"] = value
            out[f"{channel}_{part}_ahead"] = relative(row, value)
    for channel in ("name", "parent", "head", "text"):
        says = tables.speaks[channel][row]
        understood = np.minimum(tables.grids[f"{channel}_understood"].at(keys), 1.0)
        out[f"{channel}_strange_unexplained"] = says * (1.0 - understood)
        out[f"{channel}_understood"] = says * understood
        out[f"{channel}_agrees"] = says * understood * out[f"{channel}_theme"]
    out["near_but_unexplained"] = out["union_theme"] * (
        out["name_strange_unexplained"] + out["head_strange_unexplained"]
    )
    return out


def _narrated_columns(tables: Readings, keys: Ints, row: Ints) -> dict[str, Floats]:
    """How much a file says of what the report tells of the activity."""
    out: dict[str, Floats] = {}
    for channel in NARRATED:
        value = tables.grids[f"{channel}_narrated"].at(keys)
        out[f"{channel}_narrated"] = np.log1p(value)
        out[f"{channel}_narrated_ahead"] = relative(row, value)
    return out


def _foreign_columns(channel: str, tables: Readings, keys: Ints, row: Ints) -> dict[str, Floats]:
    """Subjects and people of the file that are not the activity's, or nobody's in the plan."""
    has = tables.speaks[channel][row]
    shared = tables.grids[f"{channel}_subjects"].at(keys)
    alien = tables.grids[f"{channel}_alien"].at(row)
    some = np.bincount(row, shared)
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
