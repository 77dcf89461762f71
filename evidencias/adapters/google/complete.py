"""A complete reading of one space: flat where it serves, grouped by parents otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from evidencias.adapters.google import slices
from evidencias.adapters.google.cache import DriveCache, State
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.listing import (
    FOLDERS_WORTH_A_FLAT_LISTING,
    Flat,
    Grouped,
    Reading,
)
from evidencias.adapters.google.tree import Tree

PAGE_TOKENS_LIVE = 6 * 3600.0  # "a few hours": an older listing starts again
FLAT, GROUPED, DISTRUSTED = "flat", "grouped", "distrusted"
Told = Callable[[int], None]


class Complete:
    """Reads everything below some anchors and keeps it; an interrupted reading goes on."""

    def __init__(
        self, api: DriveApi, cache: DriveCache, space: str, anchors: list[str], told: Told
    ) -> None:
        self.api, self.cache, self.space, self.told = api, cache, space, told
        self.anchors = anchors

    def under_way(self, key: str) -> State | None:
        """A reading with this key that was begun, not finished, and can still go on."""
        pending = self.cache.pending(self.space)
        if pending is None or pending.key != key:
            return None
        return pending if time.time() - pending.started < PAGE_TOKENS_LIVE else None

    def read(self, key: str, token: str, mode: str) -> tuple[dict[str, Item], set[str]]:
        """Reads all and makes it the finished listing: its items, and folders left unread.

        `token` was taken before. Raises GoogleError; what was read is kept for the next time.
        """
        state = self.under_way(key) or self._begin(key, token, mode)
        reading = Reading(self.api, self.cache, self.space, self.told)
        unread: set[str] = set()
        if state.mode == FLAT:
            items = self._flat(reading)
        else:
            items, unread = self._grouped(reading, state)
        inside = Tree(items, dict.fromkeys(self.anchors, "")).kept()
        self.cache.finish(self.space, items.keys() - inside.keys(), unread)
        return inside, unread

    def _begin(self, key: str, token: str, mode: str) -> State:
        now = time.time()
        at = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        state = State(key, token, mode, now, at)
        self.cache.begin(self.space, state, [slices.FOLDERS] if mode == FLAT else [])
        return state

    def _flat(self, reading: Reading) -> dict[str, Item]:
        reading.run(Flat())
        if not reading.seen:
            self.api.get(self.space)  # an empty drive, or one that is out of reach: that raises
        return {**reading.seen, **self._strays(reading.seen)}

    def _grouped(self, reading: Reading, state: State) -> tuple[dict[str, Item], set[str]]:
        tasks = self.cache.tasks(self.space)
        way = Grouped.resumed(self.anchors, reading.seen, tasks)
        may_turn = bool(self.space) and state.mode == GROUPED
        if not reading.run(way, lambda: may_turn and way.folders > FOLDERS_WORTH_A_FLAT_LISTING):
            # So many folders of a shared drive are cheaper to find in a listing of all of it.
            self._begin(state.key, state.token, FLAT)
            return self._flat(Reading(self.api, self.cache, self.space, self.told)), set()
        return reading.seen, way.unread

    def _strays(self, seen: Mapping[str, Item]) -> dict[str, Item]:
        """Folders that a flat listing left out although it shows what they hold."""
        known = {*seen, self.space, ""}
        found: dict[str, Item] = {}
        strays = {i.parent for i in seen.values()} - known
        while strays:
            held = [i for i in self.api.google.pool.map(self.api.find, strays) if i]
            found |= {i.id: i for i in held if not i.trashed}
            known |= strays
            strays = {i.parent for i in held} - known
        self.cache.add_items(self.space, found.values())
        return found
