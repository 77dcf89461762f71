"""What is kept beside the listings: samples, shortcuts, exposure and the configured folders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from evidencias.adapters.google.cache_file import CacheFile
from evidencias.adapters.google.drive_items import Item


class CacheNotes(CacheFile):
    """Notes that any later reading may doubt; losing one costs a call."""

    def checked(self, space: str) -> dict[str, float]:
        """When each folder was last sampled (POSIX time)."""
        rows = self._db.execute("select folder, at from checked where space = ?", (space,))
        return dict(rows.fetchall())

    def note_checked(self, space: str, folders: Iterable[str], at: float) -> None:
        """Folders that were sampled just now."""
        with self._all_or_nothing() as db:
            db.executemany(
                "insert or replace into checked values (?, ?, ?)",
                [(space, folder, at) for folder in folders],
            )

    def targets(self) -> dict[str, tuple[Item | None, float]]:
        """What shortcuts outside the roots point at (None: unreadable), and when that was seen."""
        rows = self._db.execute("select id, data, at from target")
        return {i: (Item(*json.loads(d)) if d else None, at) for i, d, at in rows}

    def note_targets(self, found: Mapping[str, Item | None], at: float) -> None:
        """Targets as they are now."""
        rows = [(key, json.dumps(item) if item else "", at) for key, item in found.items()]
        with self._all_or_nothing() as db:
            db.executemany("insert or replace into target values (?, ?, ?)", rows)

    def exposure(self) -> dict[str, tuple[bool | None, float]]:
        """What `permissions.list` told of files, and when."""
        rows = self._db.execute("select id, public, at from exposure")
        return {i: (None if p is None else bool(p), at) for i, p, at in rows}

    def note_exposure(self, found: Mapping[str, bool | None], at: float) -> None:
        """Who can open files, as it is now."""
        rows = [(i, None if p is None else int(p), at) for i, p in found.items()]
        with self._all_or_nothing() as db:
            db.executemany("insert or replace into exposure values (?, ?, ?)", rows)

    def doubt(self, ids: Iterable[str]) -> None:
        """What is known of these as targets or of their exposure may be stale."""
        each = [(key,) for key in ids]
        with self._all_or_nothing() as db:
            db.executemany("delete from target where id = ?", each)
            db.executemany("delete from exposure where id = ?", each)

    def doubt_exposure(self, ids: Iterable[str]) -> None:
        """Who can open these may have changed."""
        with self._all_or_nothing() as db:
            db.executemany("delete from exposure where id = ?", [(key,) for key in ids])

    def roots(self) -> dict[str, Item]:
        """The configured folders as they were first seen."""
        rows = self._db.execute("select id, data from root")
        return {key: Item(*json.loads(data)) for key, data in rows}

    def note_root(self, asked: str, item: Item) -> None:
        """A configured folder as it is now, under the id that was asked for."""
        with self._all_or_nothing() as db:
            db.execute("insert or replace into root values (?, ?)", (asked, json.dumps(item)))

    def mounts(self) -> dict[str, str]:
        """Folders that shortcuts open, outside of the roots, with their space."""
        return dict(self._db.execute("select folder, space from mount").fetchall())

    def note_mounts(self, mounts: Mapping[str, str]) -> None:
        """Replaces the folders that shortcuts open."""
        with self._all_or_nothing() as db:
            db.execute("delete from mount")
            db.executemany("insert into mount values (?, ?)", list(mounts.items()))

    def forget_root(self, asked: str) -> None:
        """A configured folder that is no longer there."""
        with self._all_or_nothing() as db:
            db.execute("delete from root where id = ?", (asked,))
