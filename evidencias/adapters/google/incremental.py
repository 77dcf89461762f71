"""What changed in a space since the last reading, decided on the whole picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from evidencias.adapters.google.drive_api import Change, DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.tree import Tree

ListBelow = Callable[[list[str]], Mapping[str, Item]]


@dataclass
class Outcome:
    """The items after the changes; `touched` are all ids the log named; `gone` lost anchors.

    `elsewhere`: a folder outside changed, and with it perhaps what shortcuts point at there.
    """

    items: dict[str, Item]
    touched: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    elsewhere: bool = False


def apply(
    api: DriveApi,
    before: Mapping[str, Item],
    changes: Iterable[Change],
    anchors: Iterable[str],
    list_below: ListBelow,
) -> Outcome:
    """The items after the changes, all of them inside. Raises GoogleError.

    A moved folder emits one change and its descendants none: a folder that was outside and is
    inside now is listed; one that left takes everything below with it.
    """
    anchors = list(anchors)
    latest = {change.id: change.item for change in changes}
    known = {**before}
    _confirm(api, latest, before, anchors)
    for key, item in latest.items():
        if item is None or item.trashed:
            known.pop(key, None)
        else:
            known[key] = item
    routes = dict.fromkeys(anchors, "")
    gone = {a for a in anchors if a in latest and (latest[a] is None or _trashed(latest[a]))}
    after = Tree(known, routes).kept()
    earlier = Tree(before, routes)
    entered = [k for k, i in after.items() if i.is_folder and _is_new(k, earlier, before)]
    entered = [k for k in entered if k not in anchors]
    found = list_below(_top(entered, after)) if entered else {}
    kept = Tree({**after, **found}, routes).kept()
    elsewhere = any(
        key not in kept and key not in before and (item is None or item.is_folder)
        for key, item in latest.items()
    )
    return Outcome(_unsure(kept, before, latest), set(latest), gone, elsewhere)


def _unsure(
    items: dict[str, Item], before: Mapping[str, Item], latest: Mapping[str, Item | None]
) -> dict[str, Item]:
    """A folder that was opened to everybody, or closed, takes what is below with it; of that the
    log says nothing, so that it is no longer known who can open it."""
    turned = [
        key
        for key, item in latest.items()
        if item and item.is_folder and key in before and before[key].public != item.public
    ]
    if not turned:
        return items
    below = Tree(items, {}).below(turned)
    return {k: i._replace(public=None) if k in below else i for k, i in items.items()}


def _trashed(item: Item | None) -> bool:
    return item is not None and item.trashed


def _is_new(key: str, earlier: Tree, before: Mapping[str, Item]) -> bool:
    return key not in before or not earlier.inside(key)


def _top(folders: list[str], items: Mapping[str, Item]) -> list[str]:
    """Those that hang from no other of them: listing these lists them all."""
    below = Tree(items, {}).below(folders)
    return [folder for folder in folders if folder not in below]


def _confirm(
    api: DriveApi,
    latest: dict[str, Item | None],
    before: Mapping[str, Item],
    anchors: list[str],
) -> None:
    """Asks for each thing said to be removed: "removed" is also said of access that came back.

    What hangs below a folder that is really gone need not be asked for.
    """
    removed = [k for k, item in latest.items() if item is None and (k in before or k in anchors)]
    below = Tree(before, {}).below(removed)
    first = [key for key in removed if key not in below]
    latest.update(zip(first, api.google.pool.map(api.find, first), strict=True))
    if all(latest[key] is None for key in first):
        return
    rest = [key for key in removed if key in below]
    latest.update(zip(rest, api.google.pool.map(api.find, rest), strict=True))
