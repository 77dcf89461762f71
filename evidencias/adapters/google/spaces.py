"""One space of Drive (My Drive, or a shared drive) brought up to date in as few calls as can be."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from evidencias.adapters.google import sampling
from evidencias.adapters.google.cache import DriveCache, State
from evidencias.adapters.google.complete import DISTRUSTED, FLAT, GROUPED, Complete
from evidencias.adapters.google.drive_api import Change, DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.incremental import Outcome, apply
from evidencias.adapters.google.listing import Grouped, Reading, is_stale_page
from evidencias.adapters.google.tree import Tree

log = logging.getLogger("evidencias.google")
FEW_PAGES, ALLOWANCE = 5, 1.2  # a complete reading costs at most a fifth more than its pages
Told = Callable[[int], None]


@dataclass
class SpaceNow:
    """A space as it is now: what is inside, what changed (see `incremental.Outcome`)."""

    items: Mapping[str, Item]
    unread: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    elsewhere: bool = False


class SpaceReader:
    """Reads one space below its roots (folder ids) and mounts (folders that shortcuts open)."""

    def __init__(
        self, api: DriveApi, cache: DriveCache, space: str, roots: Iterable[str], told: Told
    ) -> None:
        self.api, self.cache, self.space, self.told = api, cache, space, told
        self.roots = list(dict.fromkeys(roots))
        self.mounts: list[str] = []
        seed = "\0".join([api.google.who, api.google.where.base, *sorted(self.roots)])
        self.key = hashlib.sha256(seed.encode()).hexdigest()[:16]
        self.unread: set[str] = set()

    @property
    def anchors(self) -> list[str]:
        """Every folder from which things may hang."""
        return [*self.roots, *self.mounts]

    def read(self, complete: bool, mounts: Iterable[str] = (), token: str = "") -> SpaceNow:
        """Everything below. `token` is a change token taken just now, if there is one already.

        Raises GoogleError; nothing that was known is lost by it.
        """
        self.mounts = list(mounts)
        state = self.cache.state(self.space)
        whole = self._whole()
        resumed = whole.under_way(self.key) is not None
        if not (complete or resumed or state is None or state.key != self.key):
            try:
                return self._changed(state)
            except GoogleError as error:
                if not is_stale_page(error.failure):
                    raise
                log.info("Google ya no tiene los cambios desde la última vez: se lee todo.")
        distrusted = state is not None and state.key == self.key and state.mode == DISTRUSTED
        return self._complete(whole, token, resumed, DISTRUSTED if distrusted else self._mode())

    def extend(self, now: SpaceNow, mounts: Iterable[str]) -> SpaceNow:
        """The same space with more mounts, whose contents are listed."""
        self.unread = set(now.unread)
        fresh = [m for m in mounts if m not in self.anchors]
        self.mounts += fresh
        items = {**now.items, **self._list_below(fresh)}
        kept = Tree(items, self._routes()).kept()
        self._keep(now.items, kept, None)
        return replace(now, items=kept, unread=self.unread)

    def _whole(self) -> Complete:
        return Complete(self.api, self.cache, self.space, self.roots, self.told)

    def _mode(self) -> str:
        return FLAT if self.space and self.space in self.roots else GROUPED

    def _routes(self) -> dict[str, str]:
        return dict.fromkeys(self.anchors, "")

    # --- all of it ------------------------------------------------------------------------

    def _complete(self, whole: Complete, token: str, resumed: bool, mode: str) -> SpaceNow:
        before = self.api.google.calls["drive"] - bool(token)
        if not resumed and not token:
            token = self.api.start_token(self.space)
        items, self.unread = whole.read(self.key, token, mode)
        state = self._state()
        if resumed:
            # Pages read hours apart: the log since the start says what moved between them.
            self.mounts = []
            return self._changed(state)
        now = SpaceNow(items, set(self.unread))
        spent = self.api.google.calls["drive"] - before
        if state.mode == FLAT and _affordable(spent, len(now.items)):
            return self._sampled(state, now, sampling.NIGHTLY)
        return now

    def _state(self) -> State:
        state = self.cache.state(self.space)
        if state is None:
            raise RuntimeError("a finished listing has a state")
        return state

    # --- what changed ---------------------------------------------------------------------

    def _changed(self, state: State) -> SpaceNow:
        before = self.cache.items(self.space)
        self.unread = set()
        again = self.cache.unread(self.space)
        changes, token = self.api.changes(state.token, self.space)
        result = self._applied(before, changes)
        if again:
            result.items.update(self._list_below([f for f in again if f in result.items]))
        if not result.gone & set(self.roots):
            self._keep(before, result.items, token)
        now = SpaceNow(result.items, self.unread, result.touched, result.gone, result.elsewhere)
        return now if now.gone & set(self.roots) else self._sampled(state, now, sampling.NIGHTLY)

    def _applied(self, before: Mapping[str, Item], changes: Iterable[Change]) -> Outcome:
        return apply(self.api, before, changes, self.anchors, self._list_below)

    def _keep(
        self, before: Mapping[str, Item], after: Mapping[str, Item], token: str | None
    ) -> None:
        upserts = [item for key, item in after.items() if before.get(key) != item]
        deletes = before.keys() - after.keys()
        self.cache.apply(self.space, upserts, deletes, token, self.unread)

    def _list_below(self, folders: list[str]) -> Mapping[str, Item]:
        """Everything below some folders, read now; what cannot be listed joins `unread`."""
        if not folders:
            return {}
        scratch = DriveCache(None)
        try:
            reading = Reading(self.api, scratch, self.space, self.told)
            way = Grouped(folders)
            reading.run(way)
        finally:
            scratch.close()
        self.unread |= way.unread
        return reading.seen

    # --- the sample -----------------------------------------------------------------------

    def _sampled(self, state: State, now: SpaceNow, limit: int) -> SpaceNow:
        """Looks into some folders; a listing found incomplete is made again, grouped."""
        folders = set(Tree(now.items, self._routes()).folders()) - now.unread
        chosen = sampling.choose(folders, now.items, self.cache.checked(self.space), limit)
        if not chosen:
            return now
        found = sampling.look(self.api, self.space, chosen, now.items)
        self.cache.note_checked(self.space, chosen, time.time())
        if not found:
            return now
        if state.mode == FLAT and sampling.distrusts(found, state.at):
            log.warning("Google dejó fuera archivos en un listado; se lee carpeta por carpeta.")
            return self._complete(self._whole(), "", False, DISTRUSTED)
        result = self._applied(now.items, found)
        self._keep(now.items, result.items, None)
        touched = now.touched | result.touched
        return replace(now, items=result.items, unread=self.unread, touched=touched)


def _affordable(spent: int, items: int) -> bool:
    """Whether one more call keeps a complete reading within its allowance."""
    pages = max(1, -(-items // 1000))
    return pages <= FEW_PAGES or spent + 1 <= ALLOWANCE * pages
