"""Where every item hangs: routes and "inside" by walking up from child to parent; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evidencias.adapters.google.drive_items import Item, segment


class Tree:
    """Items by id below some anchors (root folders, and folders that shortcuts open).

    `anchors` maps a folder's id to its route ("" for the only root). Loops are harmless.
    """

    def __init__(self, items: Mapping[str, Item], anchors: Mapping[str, str]) -> None:
        self.items = items
        self.anchors = dict(anchors)
        self._routes: dict[str, str | None] = {}

    def route(self, item_id: str) -> str | None:
        """The route of a folder or file from its anchor, or None when it hangs from none."""
        if item_id in self.anchors:
            return self.anchors[item_id]
        item = self.items.get(item_id)
        above = self._folder(item.parent) if item and item.parent else None
        return None if item is None or above is None else _join(above, segment(item.name))

    def _folder(self, folder: str) -> str | None:
        """The route of a folder, remembered; each walk up remembers every folder it passes."""
        chain: list[str] = []
        at = folder
        while at not in self._routes and at not in self.anchors and at not in chain:
            item = self.items.get(at)
            if item is None or not item.parent:
                break
            chain.append(at)
            at = item.parent
        known = self.anchors.get(at, self._routes.get(at))
        for step in reversed(chain):
            known = None if known is None else _join(known, segment(self.items[step].name))
            self._routes[step] = known
        return known

    def inside(self, item_id: str) -> bool:
        """Whether it is an anchor or hangs from one."""
        if item_id in self.anchors:
            return True
        item = self.items.get(item_id)
        return item is not None and bool(item.parent) and self._folder(item.parent) is not None

    def kept(self) -> dict[str, Item]:
        """The items that hang from an anchor, or are one."""
        return {key: item for key, item in self.items.items() if self.inside(key)}

    def folders(self) -> list[str]:
        """Every folder inside, anchors included."""
        below = [key for key, item in self.items.items() if item.is_folder and self.inside(key)]
        return list(dict.fromkeys([*self.anchors, *below]))

    def below(self, folders: Iterable[str]) -> set[str]:
        """The items that hang from any of these folders, themselves excluded."""
        wanted = set(folders)
        verdicts: dict[str, bool] = {}
        return {key for key in self.items if self._hangs(key, wanted, verdicts)}

    def _hangs(self, key: str, wanted: set[str], verdicts: dict[str, bool]) -> bool:
        chain: list[str] = []
        at, found = key, False
        while at in self.items and at not in chain:
            if at in verdicts:
                found = verdicts[at]
                break
            chain.append(at)
            at = self.items[at].parent
            if at in wanted:
                found = True
                break
        # Only a walk that ended says something of every step; a loop says "no".
        verdicts.update(dict.fromkeys(chain, found))
        return found


def children(items: Mapping[str, Item]) -> dict[str, set[str]]:
    """Ids by parent."""
    found: dict[str, set[str]] = {}
    for key, item in items.items():
        found.setdefault(item.parent, set()).add(key)
    return found


def _join(above: str, name: str) -> str:
    return f"{above}/{name}" if above else name
