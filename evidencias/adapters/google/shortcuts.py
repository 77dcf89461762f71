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
        self._seen: dict[str, float] = {}
        if not complete:
            now = time.time()
            held = {k: v for k, v in cache.targets().items() if now - v[1] < TRUSTED}
            self._known = {key: item for key, (item, _) in held.items()}
            self._seen = {key: at for key, (_, at) in held.items()}

    def doubt(self, ids: Iterable[str]) -> None:
        """The log named these: what was known of them is stale."""
        ids = list(ids)
        self.cache.doubt(ids)
        for key in ids:
            self._known.pop(key, None)

    def doubt_all(self) -> None:
        """Something changed where we do not look: every target outside is asked for again."""
        self.doubt([*self.cache.targets(), *self._known])

    def doubt_oldest(self, spaces: Iterable[str]) -> None:
        """One target a night, the longest unseen, of those that no log we read speaks of."""
        read = set(spaces)
        unheard = [k for k, item in self._known.items() if (item.space if item else "") not in read]
        self.doubt(sorted(unheard, key=lambda key: (self._seen.get(key, 0.0), key))[:1])

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
        shortcuts = [item for item in tree.items.values() if item.is_shortcut]
        for item in sorted(shortcuts, key=lambda i: tree.route(i.id) or ""):
            target, route = targets.get(item.target), tree.route(item.id)
            if target is None or route is None or target.trashed or not target.is_folder:
                continue
            if target.id not in found and not tree.inside(target.id):
                found[target.id] = (target, route)
        return found
