"""One reading of all configured Drive folders, from their addresses to a `Listing`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

from evidencias.adapters.google import urls
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item, evidence
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.messages import told
from evidencias.adapters.google.roots import Root, Roots, labels, lost
from evidencias.adapters.google.shortcuts import Shortcuts
from evidencias.adapters.google.sifting import Sifter
from evidencias.adapters.google.spaces import SpaceNow, SpaceReader
from evidencias.adapters.google.tree import Tree
from evidencias.domain.model import Coverage, EvidenceFile, Listing, SetAside
from evidencias.errors import EvidenciasError
from evidencias.ports import Progress

log = logging.getLogger("evidencias.google")
_ROUNDS = 20  # folders opened by shortcuts inside folders opened by shortcuts


class Scan:
    """Reads every root once; use a new one for each reading."""

    def __init__(
        self, api: DriveApi, cache: DriveCache, complete: bool, progress: Progress
    ) -> None:
        self.api, self.cache, self.complete, self.progress = api, cache, complete, progress
        self.roots = Roots(api, cache, complete)
        self.shortcuts = Shortcuts(api, cache, complete)
        self.readers: dict[str, SpaceReader] = {}
        self.now: dict[str, SpaceNow] = {}
        self.anchors: dict[str, str] = {}
        self.unread: list[str] = []
        self.touched: set[str] = set()
        self._drawn: Tree | None = None

    def run(self, refs: Sequence[urls.Ref], sifter: Sifter) -> Listing:
        """Everything below the addresses. Raises AccessError, SourceError or ConfigError."""
        roots = self.roots.find(refs)
        self.anchors = labels(roots, self.api)
        known_mounts = {} if self.complete else self.cache.mounts()
        self._read_spaces(roots, known_mounts)
        self.shortcuts.doubt_oldest(self.readers)
        self._open_mounts()
        self._doubt_below_changed_folders()
        self.unread += [self.anchors.get(failed, failed) for failed in self.roots.failed]
        return self._listing(sifter)

    # --- spaces -----------------------------------------------------------------------------

    def _read_spaces(self, roots: Sequence[Root], mounts: Mapping[str, str]) -> None:
        spaces: dict[str, list[Root]] = {}
        for root in roots:
            spaces.setdefault(root.item.space, []).append(root)
        errors: list[EvidenciasError] = []
        for space, own in spaces.items():
            try:
                held = [folder for folder, where in mounts.items() if where == space]
                self._read_space(space, own, held)
            except EvidenciasError as error:
                log.warning("%s", error.message)
                errors.append(error)
                self.unread += [self.anchors.pop(root.item.id) for root in own]
        if len(errors) == len(spaces):
            raise errors[0]

    def _read_space(self, space: str, roots: Sequence[Root], mounts: Sequence[str]) -> None:
        reader = SpaceReader(self.api, self.cache, space, [r.item.id for r in roots], self._told)
        try:
            now = reader.read(self.complete, mounts, next((r.token for r in roots if r.token), ""))
        except GoogleError as error:
            if error.failure.status in (403, 404) and not error.failure.passing:
                self._forget(space, roots)
            name = roots[0].item.name or roots[0].item.id
            raise told(error.failure, f"la carpeta «{name}»", self.api.google.who) from error
        gone = [root for root in roots if root.item.id in now.gone]
        if gone:
            self._forget(space, gone)
            if len(gone) == len(roots):
                raise lost(gone[0].item, self.api.google.who)
            self.unread += [self.anchors.pop(root.item.id) for root in gone]
        self._note(space, reader, now)

    def _forget(self, space: str, roots: Iterable[Root]) -> None:
        """When it comes back, everything is read: the log says nothing of what we cannot see."""
        self.cache.forget(space)
        for root in roots:
            self.cache.forget_root(root.asked)

    def _note(self, space: str, reader: SpaceReader, now: SpaceNow) -> None:
        self.readers[space] = reader
        self._is_now(space, now)
        self.touched |= now.touched
        self.shortcuts.doubt(now.touched)
        if now.elsewhere:
            self.shortcuts.doubt_all()

    def _doubt_below_changed_folders(self) -> None:
        """Who can open a file also follows from the folders above it."""
        tree = self._tree()
        folders = [k for k in self.touched if k in tree.items and tree.items[k].is_folder]
        if folders:
            self.cache.doubt_exposure(tree.below(folders))

    def _told(self, number: int) -> None:
        others = sum(len(now.items) for now in self.now.values())
        self.progress("Leyendo la carpeta de Drive", others + number, None)

    # --- folders that shortcuts open ----------------------------------------------------------

    def _is_now(self, space: str, now: SpaceNow) -> None:
        self.now[space] = now
        self._drawn = None

    def _tree(self) -> Tree:
        """Everything read so far, in one tree."""
        if self._drawn is None:
            merged: dict[str, Item] = {}
            for now in self.now.values():
                merged.update(now.items)
            self._drawn = Tree(merged, self.anchors)
        return self._drawn

    def _open_mounts(self) -> None:
        opened: dict[str, str] = {}
        for _ in range(_ROUNDS):
            try:
                found = self.shortcuts.mounts(self._tree())
                fresh = {k: v for k, v in found.items() if k not in opened}
                self._mount(fresh)
            except GoogleError as error:
                who = self.api.google.who
                raise told(error.failure, "los accesos directos", who) from error
            opened |= {key: item.space for key, (item, _) in fresh.items()}
            if not fresh:
                break
        self.cache.note_mounts(opened)

    def _mount(self, fresh: Mapping[str, tuple[Item, str]]) -> None:
        spaces: dict[str, list[str]] = {}
        for key, (item, route) in fresh.items():
            self.anchors[key] = route
            self._drawn = None
            spaces.setdefault(item.space, []).append(key)
        for space, folders in spaces.items():
            if space in self.readers:
                self._is_now(space, self.readers[space].extend(self.now[space], folders))
            else:
                reader = SpaceReader(self.api, self.cache, space, folders, self._told)
                self._note(space, reader, reader.read(self.complete))

    def sound_pictures(self) -> set[str]:
        """Ids of pictures that Drive itself could open: their bytes need not be fetched."""
        return {i.id for now in self.now.values() for i in now.items.values() if i.decoded}

    # --- the result -----------------------------------------------------------------------------

    def _listing(self, sifter: Sifter) -> Listing:
        tree = self._tree()
        targets = self.shortcuts.targets(tree)
        kept = {} if self.complete else self.cache.exposure()
        public = {key: held for key, (held, _) in kept.items()}
        files: list[EvidenceFile] = []
        aside: dict[str, SetAside] = {}
        for item in tree.items.values():
            route = None if item.is_folder else tree.route(item.id)
            if route is None:
                continue
            if reason := sifter.aside(route):
                aside[reason.path] = reason
            else:
                files.append(evidence(item, route, targets.get(item.target), public.get(item.id)))
        return Listing(
            files=tuple(sorted(files, key=lambda f: (f.path, f.id))),
            set_aside=tuple(sorted(aside.values(), key=lambda s: s.path)),
            coverage=self._coverage(tree),
            calls=self.api.google.calls["drive"],
        )

    def _coverage(self, tree: Tree) -> Coverage:
        folders = {folder for now in self.now.values() for folder in now.unread}
        routes = {tree.route(f) or f for f in folders if tree.inside(f)}
        unread = sorted({*routes, *(label or "la carpeta de Drive" for label in self.unread)})
        return Coverage(not unread, tuple(unread))
