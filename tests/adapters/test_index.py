"""The local index: a cache that may be old, damaged or gone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from evidencias.adapters.index import DigestCache, SqliteIndex
from evidencias.adapters.local.folder import Hashes
from evidencias.domain.model import Document


@pytest.fixture
def index(tmp_path: Path) -> SqliteIndex:
    return SqliteIndex(tmp_path / ".evidencias" / "indice.sqlite")


def test_documents_come_back_as_they_were(index: SqliteIndex) -> None:
    kept = {
        "a": Document("ñ 😀 =1+1", None, "", False),
        "b": Document("", datetime(2021, 9, 14, 10, 3), "protegido", True),
        **{str(n): Document(str(n)) for n in range(1200)},
    }
    index.keep_documents(kept.items())
    assert index.documents([*kept, "otro"]) == kept


def test_the_state_is_replaced_whole(index: SqliteIndex) -> None:
    assert index.load() is None
    index.keep(b"uno")
    index.keep(b"dos")
    assert index.load() == b"dos"


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b""])
def test_a_damaged_index_is_made_anew(index: SqliteIndex, damage: bytes) -> None:
    index.keep(b"uno")
    index.path.write_bytes(damage)
    assert index.load() is None
    index.keep(b"dos")
    assert index.load() == b"dos"


def test_another_schema_is_thrown_away(index: SqliteIndex) -> None:
    import sqlite3
    from contextlib import closing

    index.keep(b"uno")
    with closing(sqlite3.connect(index.path)) as db:
        db.execute("PRAGMA user_version = 99")
    assert index.load() is None


def test_digests_hold_only_for_the_same_size_and_time(index: SqliteIndex) -> None:
    cache = DigestCache(index)
    cache.put("a.pdf", 10, 5, Hashes("m", "s"))
    cache.close()
    again = DigestCache(index)
    assert again.get("a.pdf", 10, 5) == Hashes("m", "s")
    assert again.get("a.pdf", 11, 5) is None
    assert again.get("a.pdf", 10, 6) is None
    assert DigestCache(index, read=False).get("a.pdf", 10, 5) is None


def test_a_simulation_keeps_nothing(index: SqliteIndex) -> None:
    cache = DigestCache(index, write=False)
    cache.put("a.pdf", 10, 5, Hashes("m", "s"))
    cache.close()
    assert not index.path.exists()
