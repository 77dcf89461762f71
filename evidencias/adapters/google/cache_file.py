"""The disposable SQLite file of the workspace in which what is known of Drive is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = 1
_SCHEMA = """
create table space(
    id text primary key, key text, token text, mode text, started real, at text, round integer);
create table listing(
    id text primary key, key text, token text, mode text, started real, at text, round integer);
create table item(space text, round integer, id text, data text,
    primary key(space, round, id)) without rowid;
create table task(space text, n integer, query text, page text, done integer,
    primary key(space, n)) without rowid;
create table checked(space text, folder text, at real, primary key(space, folder)) without rowid;
create table unread(space text, folder text, primary key(space, folder)) without rowid;
create table target(id text primary key, data text, at real) without rowid;
create table exposure(id text primary key, public integer, at real) without rowid;
create table mount(folder text primary key, space text) without rowid;
create table root(id text primary key, data text) without rowid;
"""


class CacheFile:
    """The file; a damaged one or one of another version is thrown away."""

    def __init__(self, path: Path | None, scratch: bool = False) -> None:
        """`path` None keeps everything in memory; `scratch` reads the file and never writes it."""
        self._db = _opened(path) if path else sqlite3.connect(":memory:", isolation_level=None)
        if path and scratch:
            copy = sqlite3.connect(":memory:", isolation_level=None)
            self._db.backup(copy)
            self._db.close()
            self._db = copy
        _prepare(self._db)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("begin immediate")
        try:
            yield self._db
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _checked_version(path)
    except sqlite3.DatabaseError:
        for leftover in (path, *path.parent.glob(f"{path.name}-*")):
            leftover.unlink(missing_ok=True)
        return sqlite3.connect(path, isolation_level=None)


def _checked_version(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        if db.execute("pragma user_version").fetchone()[0] not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        db.execute("pragma quick_check(1)").fetchone()
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        # Moved into the file at the end: half-way it would keep pages that have come waiting.
        db.execute("pragma wal_autocheckpoint = 0")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    if db.execute("pragma user_version").fetchone()[0] == 0:
        db.executescript(f"begin; {_SCHEMA} pragma user_version = {VERSION}; commit;")
