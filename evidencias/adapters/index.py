"""The local index (SQLite): texts by content, file digests, the last state, runs. Disposable.

Nothing here is the only copy of anything: a missing, old or damaged index is made anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from evidencias.adapters.documents import content_key
from evidencias.adapters.local.folder import Hashes
from evidencias.domain.model import Document, EvidenceFile
from evidencias.errors import SourceError

SCHEMA = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS documents(
    key TEXT PRIMARY KEY, text TEXT NOT NULL, photo TEXT, problem TEXT NOT NULL,
    damaged INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS digests(
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    md5 TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state(id INTEGER PRIMARY KEY CHECK (id = 1), json BLOB NOT NULL);
"""
_BATCH = 500


class SqliteIndex:
    """`ports.Index` in one file below `.evidencias/`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextlib.contextmanager
    def _open(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        try:
            db = self._connect()
            with contextlib.closing(db), db:
                yield db
        except sqlite3.OperationalError as error:
            raise SourceError(
                f"No pude {'escribir' if write else 'leer'} el índice local «{self.path}».",
                "Libere espacio o revise los permisos de la carpeta; no se perdió nada.",
            ) from error

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=30)
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA):
                raise sqlite3.DatabaseError("another schema")
            if version == 0:
                db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")
        except sqlite3.OperationalError:
            db.close()
            raise
        except sqlite3.DatabaseError:
            # Damaged or of another version: a cache is thrown away, never repaired.
            db.close()
            self.path.unlink(missing_ok=True)
            return self._connect()
        return db

    def documents(self, files: Sequence[EvidenceFile]) -> Mapping[str, Document]:
        """The documents kept for the present content of these files, by file id."""
        if not self.path.exists():
            return {}
        keys = {file.id: key for file in files if (key := content_key(file))}
        kept = self._by_key(list(set(keys.values())))
        return {file: kept[key] for file, key in keys.items() if key in kept}

    def _by_key(self, keys: Sequence[str]) -> Mapping[str, Document]:
        found: dict[str, Document] = {}
        with self._open(write=False) as db:
            for start in range(0, len(keys), _BATCH):
                some = keys[start : start + _BATCH]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, text, photo, problem, damaged FROM documents WHERE key IN ({marks})"  # noqa: S608, E501 - only question marks are joined in
                for key, text, photo, problem, damaged in db.execute(query, list(some)):
                    taken = datetime.fromisoformat(photo) if photo else None
                    found[key] = Document(text, taken, problem, bool(damaged))
        return found

    def keep_documents(self, documents: Iterable[tuple[EvidenceFile, Document]]) -> None:
        """Keeps documents under the content of their files; one without identity is not kept."""
        rows = [
            (k, d.text, d.photo_taken.isoformat() if d.photo_taken else None, d.problem, d.damaged)
            for f, d in documents
            if (k := content_key(f))
        ]
        with self._open(write=True) as db:
            db.executemany("INSERT OR REPLACE INTO documents VALUES (?,?,?,?,?)", rows)

    def digests(self) -> Mapping[str, tuple[int, int, str, str]]:
        """Every kept digest: path → (size, mtime_ns, md5, sha256)."""
        if not self.path.exists():
            return {}
        with self._open(write=False) as db:
            return {r[0]: r[1:] for r in db.execute("SELECT * FROM digests")}

    def keep_digests(self, rows: Iterable[tuple[str, int, int, str, str]]) -> None:
        """Keeps (path, size, mtime_ns, md5, sha256) rows."""
        with self._open(write=True) as db:
            db.executemany("INSERT OR REPLACE INTO digests VALUES (?,?,?,?,?)", list(rows))

    def load(self) -> bytes | None:
        """The last synchronised state, or None before any synchronisation."""
        if not self.path.exists():
            return None
        with self._open(write=False) as db:
            row = db.execute("SELECT json FROM state WHERE id = 1").fetchone()
        return bytes(row[0]) if row else None

    def keep(self, state: bytes) -> None:
        """Replaces the last synchronised state, atomically."""
        with self._open(write=True) as db:
            db.execute("INSERT OR REPLACE INTO state VALUES (1, ?)", (state,))


class DigestCache:
    """The folder's `HashCache` over the index: read once, written in batches and at `close`."""

    def __init__(self, index: SqliteIndex, *, read: bool = True, write: bool = True) -> None:
        self._index = index
        self._read = read
        self._write = write
        self._pending: list[tuple[str, int, int, str, str]] = []

    @cached_property
    def _known(self) -> Mapping[str, tuple[int, int, str, str]]:
        return self._index.digests() if self._read else {}

    def get(self, path: str, size: int, mtime_ns: int) -> Hashes | None:
        """The hashes kept for exactly this state of the file, or None."""
        row = self._known.get(path)
        return Hashes(row[2], row[3]) if row and row[:2] == (size, mtime_ns) else None

    def put(self, path: str, size: int, mtime_ns: int, hashes: Hashes) -> None:
        """Keeps them, unless this run writes nothing or the path cannot be written as text."""
        if any("\ud800" <= letter <= "\udfff" for letter in path):
            return  # a name of undecodable bytes: hashed again next time, never a failed run
        self._pending.append((path, size, mtime_ns, hashes.md5, hashes.sha256))
        if len(self._pending) >= _BATCH:
            self.close()

    def close(self) -> None:
        """Writes what is still pending."""
        if self._write and self._pending:
            self._index.keep_digests(self._pending)
        self._pending = []
