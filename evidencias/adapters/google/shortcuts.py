"""What shortcuts point at: files elsewhere, folders that open as if they were here, nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from evidencias.adapters.google import urls
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.tree import Tree

TRUSTED = 7 * 86400.0  # seconds: targets outside the logs we read are looked at once a week


class Shortcuts:
    """Looks targets up, each once; raises GoogleError."""

    def __init__(self, api: DriveApi, cache: DriveCache, complete: bool) -> None:
        self.api, self.cache = api, cache
        self._known: dict[str, Item | None] = {}
        if not complete:
            now = time.time()
            held = cache.targets()
            self._known = {k: item for k, (item, at) in held.items() if now - at < TRUSTED}

    def doubt(self, ids: Iterable[str]) -> None:
        """The log named these: what was known of them is stale."""
        ids = list(ids)
        self.cache.doubt(ids)
        for key in ids:
            self._known.pop(key, None)

    def targets(self, tree: Tree) -> Mapping[str, Item | None]:
        """What each shortcut inside the tree points at, by target id; None: unreadable."""
        shortcuts = [i for i in tree.items.values() if i.is_shortcut and tree.inside(i.id)]
        for item in shortcuts:
            if item.target_key:
                self.api.keys[item.target] = item.target_key
        wanted = dict.fromkeys(i.target for i in shortcuts if i.target)
        here = {k: tree.items[k] for k in wanted if k in tree.items and tree.inside(k)}
        here |= {k: Item(k, "", urls.FOLDER) for k in wanted if k in tree.anchors and k not in here}
        missing = [k for k in wanted if k not in here and k not in self._known]
        found = dict(zip(missing, self.api.google.pool.map(self.api.find, missing), strict=True))
        if found:
            self.cache.note_targets(found, time.time())
            self._known.update(found)
        return {k: here[k] if k in here else self._known[k] for k in wanted}

    def mounts(self, tree: Tree) -> dict[str, tuple[Item, str]]:
        """Folders outside the tree that its shortcuts open, with the route of the shortcut."""
        found: dict[str, tuple[Item, str]] = {}
        targets = self.targets(tree)
        for item in sorted(tree.items.values(), key=lambda i: tree.route(i.id) or ""):
            target = targets.get(item.target) if item.is_shortcut else None
            route = tree.route(item.id)
            if target is None or route is None or target.trashed or not target.is_folder:
                continue
            if target.id not in found and not tree.inside(target.id):
                found[target.id] = (target, route)
        return found
