"""The local index: a cache that may be old, damaged or gone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from evidencias.adapters.index import DigestCache, SqliteIndex
from evidencias.adapters.local.folder import Hashes
from evidencias.domain.model import Document, EvidenceFile


@pytest.fixture
def index(tmp_path: Path) -> SqliteIndex:
    return SqliteIndex(tmp_path / ".evidencias" / "indice.sqlite")


def file(name: str, md5: str = "", version: str = "") -> EvidenceFile:
    return EvidenceFile(name, name, name, md5=md5, version=version, native=bool(version))


def test_documents_come_back_as_they_were(index: SqliteIndex) -> None:
    kept = {
        "a.txt": Document("ñ 😀 =1+1", None, "", False),
        "b.jpg": Document("", datetime(2021, 9, 14, 10, 3), "protegido", True),
        **{f"{n}.pdf": Document(str(n)) for n in range(1200)},
    }
    files = [file(name, md5=f"md5-{name}") for name in kept]
    index.keep_documents(zip(files, kept.values(), strict=True))
    assert index.documents([*files, file("otro.txt", "x")]) == kept


def test_a_document_is_known_by_its_content_wherever_it_moves(index: SqliteIndex) -> None:
    index.keep_documents([(file("a.txt", "m1"), Document("uno"))])
    assert index.documents([file("otra/b.txt", "m1")]) == {"otra/b.txt": Document("uno")}
    assert index.documents([file("a.txt", "m2")]) == {}
    assert index.documents([file("a.pdf", "m1")]) == {}  # read by another reader
    index.keep_documents([(file("doc", version="7"), Document("siete"))])
    assert index.documents([file("doc", version="7")])
    assert not index.documents([file("doc", version="8")])


def test_without_an_identity_nothing_is_kept(index: SqliteIndex) -> None:
    index.keep_documents([(file("a.txt"), Document("uno"))])
    assert index.documents([file("a.txt")]) == {}


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


def test_a_name_of_undecodable_bytes_is_hashed_again_and_fails_nothing(index: SqliteIndex) -> None:
    cache = DigestCache(index)
    cache.put("lat\udcf1n.txt", 1, 2, Hashes("m", "s"))
    cache.put("niño.txt", 1, 2, Hashes("m", "s"))
    cache.close()
    assert list(index.digests()) == ["niño.txt"]
