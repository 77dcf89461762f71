"""Codes read in names, folders and texts as tables, and how far they are to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import codes
from evidencias.domain.linking.notation import Notation, notation
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.sparse import Grid, grid
from evidencias.domain.linking.vocabulary import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

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


def code_grids(views: Sequence[FileView], plan: Plan) -> dict[str, Grid]:
    """Codes read in names and in folders, one grid a way of writing them."""
    written = notation([v.activity.code for v in plan.views])
    width = len(plan.views)
    found: dict[str, list[tuple[int, float]]] = {
        f"{p}_{w}": [] for p in ("name", "folder") for w in WAYS
    }
    found["text_code"] = []
    above: dict[tuple[str, ...], list[tuple[str, int, float]]] = {}
    for row, view in enumerate(views):
        if view.folders not in above:
            above[view.folders] = _folder_codes(view.folders, written)
        for way, activity, share in above[view.folders]:
            found[f"folder_{way}"].append((row * width + activity, share))
        hits = codes.read(view.name.base, written)
        loose = () if hits else codes.completed((*view.folders, view.name.base), written)
        for hit in (*hits, *loose):
            found[f"name_{hit.way}"].append((row * width + hit.activity, hit.share))
        found["text_code"].extend((row * width + a, s) for a, s in _text_codes(view.text, written))
    return {
        key: grid(
            width,
            np.array([k for k, _ in hits], np.int64),
            np.array([s for _, s in hits]),
            how="max",
        )
        for key, hits in found.items()
    }


def _folder_codes(folders: tuple[str, ...], written: Notation) -> list[tuple[str, int, float]]:
    out: list[tuple[str, int, float]] = []
    for depth in range(len(folders)):
        hits = codes.read(folders[depth], written)
        loose = () if hits else codes.completed(folders[: depth + 1], written)
        out.extend((h.way, h.activity, h.share) for h in (*hits, *loose))
    return out


def _text_codes(text: str, written: Notation) -> list[tuple[int, float]]:
    hits = {
        h.activity
        for line in text[:1500].splitlines()[:12]
        for h in codes.read(line, written)
        if h.way == "full"
    }
    return [(a, 1 / len(hits)) for a in hits]


def cited(coded: Mapping[str, Grid], size: int) -> Bools:
    """Which of `size` files have a code of their own, in their name or text and not in a folder."""
    found = np.zeros(size, bool)
    for place, table in coded.items():
        if not place.startswith("folder_"):
            found[table.keys // table.width] = True
    return found


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
