"""Which folders to look into again, to confirm what a flat listing or the log of changes said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evidencias.adapters.google.drive_api import GROUP, Change, DriveApi, in_parents
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.tree import children

NIGHTLY = 90  # items: one page, even where Google serves 100
THOROUGH = 900


def choose(
    folders: Iterable[str], items: Mapping[str, Item], checked: Mapping[str, float], limit: int
) -> list[str]:
    """Up to 25 folders, longest unseen first, that together hold at most `limit` items."""
    sizes = {folder: len(held) for folder, held in children(items).items()}
    chosen: list[str] = []
    total = 0
    for folder in sorted(folders, key=lambda f: (checked.get(f, 0.0), f)):
        if total + sizes.get(folder, 0) > limit:
            continue
        chosen.append(folder)
        total += sizes.get(folder, 0)
        if len(chosen) == GROUP:
            break
    return chosen


def look(
    api: DriveApi, space: str, folders: Sequence[str], items: Mapping[str, Item]
) -> list[Change]:
    """The differences between what is known of some folders and what they hold.

    They read as changes: something unknown is there, or something known is not (then its `item`
    is None: it must be confirmed). A folder that differs is asked again alone, because a query
    with several parents may forget some. Raises GoogleError.
    """
    known = children(items)
    together = _held(api, space, folders)
    doubtful = [f for f in folders if together.get(f, {}).keys() != known.get(f, set())]
    found: list[Change] = []
    for folder in doubtful:
        alone = together if len(folders) == 1 else _held(api, space, [folder])
        there, expected = alone.get(folder, {}), known.get(folder, set())
        found += [Change(key, item) for key, item in there.items() if key not in expected]
        found += [Change(key, None) for key in expected - there.keys()]
    return found


def _held(api: DriveApi, space: str, folders: Sequence[str]) -> dict[str, dict[str, Item]]:
    """The children of some folders, by folder; a single one out of reach holds nothing."""
    found: dict[str, dict[str, Item]] = {}
    token = ""
    while True:
        try:
            page = api.page(in_parents(folders), space, token, folders)
        except GoogleError as error:
            if len(folders) == 1 and error.failure.status in (403, 404):
                return {}
            raise
        for item in page.items:
            found.setdefault(item.parent, {})[item.id] = item
        token = page.following
        if not token:
            return found


def distrusts(changes: Iterable[Change], listed_at: str) -> bool:
    """Whether a listing made at `listed_at` (RFC 3339) had left out something that was there."""
    return any(c.item is not None and c.item.created < listed_at for c in changes)
