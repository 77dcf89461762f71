"""What was listed of Drive and up to where; rows and cursors change in one transaction, so a run
killed anywhere resumes or starts again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from evidencias.adapters.google.cache_notes import CacheNotes
from evidencias.adapters.google.drive_items import Item


@dataclass(frozen=True, slots=True)
class State:
    """A listing of one space: whose it is (`key`), its change token, how it was made and when.

    `mode` is "flat" or "grouped"; `started` a POSIX time; `at` the same as RFC 3339 text. `round`
    tells its rows from those of the listing before it.
    """

    key: str
    token: str
    mode: str
    started: float
    at: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a listing: a query and the page that comes next ("" for the first)."""

    n: int
    query: str
    page: str
    done: bool


class DriveCache(CacheNotes):
    """The file with its listings, and with the notes beside them. Use one per process."""

    # --- finished listings --------------------------------------------------------------

    def state(self, space: str) -> State | None:
        """The finished listing of a space, or None."""
        return self._state("space", space)

    def _state(self, table: str, space: str) -> State | None:
        row = self._db.execute(
            f"select key, token, mode, started, at, round from {table} where id = ?",  # noqa: S608 - a constant name
            (space,),
        ).fetchone()
        return State(*row) if row else None

    def items(self, space: str) -> dict[str, Item]:
        """Every item of the finished listing."""
        return self._items(space, self.state(space))

    def _items(self, space: str, of: State | None) -> dict[str, Item]:
        query = "select data from item where space = ? and round = ?"
        rows = self._db.execute(query, (space, of.round if of else -1))
        return {item.id: item for item in (Item(*json.loads(data)) for (data,) in rows)}

    def apply(
        self,
        space: str,
        upserts: Iterable[Item],
        deletes: Iterable[str],
        token: str | None,
        unread: Iterable[str],
    ) -> None:
        """Changes, the token that follows them (None: the same) and what is unread, together."""
        with self._all_or_nothing() as db:
            db.execute("delete from unread where space = ?", (space,))
            db.executemany("insert or ignore into unread values (?, ?)", _pairs(space, unread))
            _put(db, space, self.state(space), upserts)
            db.executemany("delete from item where space = ? and id = ?", _pairs(space, deletes))
            if token is not None:
                db.execute("update space set token = ? where id = ?", (token, space))

    def forget(self, space: str) -> None:
        """Drops what is known of a space: the next reading is a complete one."""
        with self._all_or_nothing() as db:
            for table in ("space", "listing"):
                db.execute(f"delete from {table} where id = ?", (space,))  # noqa: S608 - constant names
            for table in ("item", "task", "checked", "unread"):
                db.execute(f"delete from {table} where space = ?", (space,))  # noqa: S608 - constant names

    # --- a listing under way --------------------------------------------------------------

    def pending(self, space: str) -> State | None:
        """The listing that was begun and not finished, or None."""
        return self._state("listing", space)

    def begin(self, space: str, state: State, tasks: Iterable[str]) -> None:
        """Starts a listing afresh; the finished one stays until this one is whole."""
        done, begun = self.state(space), self.pending(space)
        mark = 1 + max((old.round for old in (done, begun) if old), default=0)
        values = (space, state.key, state.token, state.mode, state.started, state.at, mark)
        with self._all_or_nothing() as db:
            _sweep(db, space, done)
            db.execute("delete from task where space = ?", (space,))
            db.execute("delete from unread where space = ?", (space,))
            db.execute("insert or replace into listing values (?, ?, ?, ?, ?, ?, ?)", values)
            _add_tasks(db, space, tasks)

    def tasks(self, space: str) -> list[Task]:
        """The parts of the listing under way, in order."""
        rows = self._db.execute(
            "select n, query, page, done from task where space = ? order by n", (space,)
        )
        return [Task(n, query, page, bool(done)) for n, query, page, done in rows]

    def add_tasks(self, space: str, queries: Iterable[str]) -> list[Task]:
        """More parts of the listing under way."""
        with self._all_or_nothing() as db:
            return _add_tasks(db, space, queries)

    def save_page(
        self, space: str, task: int, items: Iterable[Item], page: str, more: Iterable[str] = ()
    ) -> list[Task]:
        """Rows of one page, where their part goes on, and new parts, in one transaction."""
        with self._all_or_nothing() as db:
            _put(db, space, self.pending(space), items)
            db.execute(
                "update task set page = ?, done = ? where space = ? and n = ?",
                (page, int(not page), space, task),
            )
            return _add_tasks(db, space, more)

    def add_items(self, space: str, items: Iterable[Item]) -> None:
        """Rows of the listing under way that came by another road than its pages."""
        with self._all_or_nothing() as db:
            _put(db, space, self.pending(space), items)

    def fresh(self, space: str) -> dict[str, Item]:
        """Every item of the listing under way."""
        begun = self.pending(space)
        return self._items(space, begun) if begun else {}

    def finish(self, space: str, outside: Iterable[str], unread: Iterable[str]) -> None:
        """The listing under way becomes the finished one, with the token taken before it began.

        `outside` are ids that were listed and are not wanted, `unread` folders without a list.
        """
        with self._all_or_nothing() as db:
            db.executemany("delete from item where space = ? and id = ?", _pairs(space, outside))
            db.execute("insert or replace into space select * from listing where id = ?", (space,))
            db.execute("delete from listing where id = ?", (space,))
            _sweep(db, space, self.state(space))
            for table in ("task", "checked", "unread"):
                db.execute(f"delete from {table} where space = ?", (space,))  # noqa: S608 - constant names
            db.executemany("insert or ignore into unread values (?, ?)", _pairs(space, unread))

    def unread(self, space: str) -> set[str]:
        """Folders whose children could not be listed."""
        rows = self._db.execute("select folder from unread where space = ?", (space,))
        return {folder for (folder,) in rows}


def _put(db: sqlite3.Connection, space: str, of: State | None, items: Iterable[Item]) -> None:
    mark = of.round if of else 0
    rows = [(space, mark, item.id, json.dumps(item)) for item in items]
    db.executemany("insert or replace into item values (?, ?, ?, ?)", rows)


def _sweep(db: sqlite3.Connection, space: str, kept: State | None) -> None:
    """Rows of any other listing than the finished one."""
    mark = kept.round if kept else -1
    db.execute("delete from item where space = ? and round <> ?", (space, mark))


def _pairs(space: str, ids: Iterable[str]) -> list[tuple[str, str]]:
    return [(space, key) for key in ids]


def _add_tasks(db: sqlite3.Connection, space: str, queries: Iterable[str]) -> list[Task]:
    with closing(
        db.execute("select coalesce(max(n), -1) from task where space = ?", (space,))
    ) as c:
        first = c.fetchone()[0] + 1
    added = [Task(first + n, query, "", False) for n, query in enumerate(queries)]
    db.executemany(
        "insert into task values (?, ?, ?, '', 0)", [(space, t.n, t.query) for t in added]
    )
    return added
