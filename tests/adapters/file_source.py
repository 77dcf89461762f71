"""The contract of every `FileSource`: a seeded tree, and what any source must say of it.

A source's own test inherits `FileSourceContract` and gives two fixtures: `seeded`, a source over
the tree `TREE` (route -> bytes) and the files of `SET_ASIDE`; and `partial`, one over any tree
whose folder `CLOSED` cannot be listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from evidencias.domain.model import Coverage, EvidenceFile, Listing
from evidencias.ports import FileSource

MODIFIED = datetime(2021, 9, 14, 15, 33, 22, tzinfo=UTC)
TREE = {
    "Acta 1.txt": b"Acta de la reuni\xc3\xb3n",
    "Eje 1/Sesión ñ 😀.txt": b"uno",
    "Eje 1/copia.txt": b"uno",
    "Eje 1/vacío.pdf": b"",
    "Eje 1/no es.pdf": b"hola",
    "Eje 2/" + "nombre muy largo " * 10 + ".txt": b"largo",
    "Eje 2/=SUMA(A1).txt": b"formula",
    "Eje 2/Plantillas/formato.txt": b"plantilla",
}
SET_ASIDE = {
    "Eje 1/~$Acta.docx": "bloqueo",
    "Thumbs.db": "sistema",
    "Eje 2/.DS_Store": "sistema",
    "Eje 2/descarga.pdf.crdownload": "sin terminar",
}
IGNORED = ("**/plantillas/**",)
CLOSED = "CERRADA"


def quiet(phase: str, done: int, total: int | None) -> None:
    """A progress that nobody looks at."""


class FileSourceContract:
    """What every source of evidence promises."""

    @pytest.fixture
    def seeded(self) -> Iterator[FileSource]:
        """A source over the seeded tree, with the globs of `IGNORED`."""
        raise NotImplementedError

    @pytest.fixture
    def partial(self) -> Iterator[FileSource]:
        """A source one of whose folders, named `CLOSED`, cannot be listed."""
        raise NotImplementedError

    def listing(self, seeded: FileSource) -> Listing:
        return seeded.scan(quiet)

    def by_path(self, seeded: FileSource) -> dict[str, EvidenceFile]:
        return {file.path: file for file in self.listing(seeded).files}

    def test_every_file_is_listed_once_or_set_aside_with_a_reason(self, seeded: FileSource) -> None:
        found = self.listing(seeded)
        assert sorted(f.path for f in found.files) == sorted(
            path for path in TREE if "Plantillas" not in path
        )
        reasons = {s.path: s.reason for s in found.set_aside}
        assert len({f.id for f in found.files}) == len(found.files)
        for path, word in SET_ASIDE.items():
            assert word in reasons[path]
        assert any("ignorar" in reason for reason in reasons.values())

    def test_a_file_is_described(self, seeded: FileSource) -> None:
        file = self.by_path(seeded)["Acta 1.txt"]
        assert file.name == "Acta 1.txt"
        assert file.size == len(TREE["Acta 1.txt"])
        assert file.md5 == hashlib.md5(TREE["Acta 1.txt"]).hexdigest()
        assert file.modified == MODIFIED
        assert file.created is None or file.created.tzinfo is not None
        assert "://" in file.url or file.url.startswith("file:")
        assert file.shortcut_target is None
        assert not (file.trashed or file.broken or file.native or file.online_only)

    def test_equal_bytes_have_equal_fingerprints(self, seeded: FileSource) -> None:
        files = self.by_path(seeded)
        assert files["Eje 1/copia.txt"].md5 == files["Eje 1/Sesión ñ 😀.txt"].md5
        assert files["Eje 1/copia.txt"].id != files["Eje 1/Sesión ñ 😀.txt"].id

    def test_a_tree_read_whole_says_so(self, seeded: FileSource) -> None:
        assert self.listing(seeded).coverage == Coverage(complete=True, unread=())

    def test_a_folder_that_cannot_be_listed_is_told(self, partial: FileSource) -> None:
        coverage = self.listing(partial).coverage
        assert coverage.complete is False
        assert [route.split("/")[-1] for route in coverage.unread] == [CLOSED]

    def test_two_scans_say_the_same(self, seeded: FileSource) -> None:
        assert self.listing(seeded) == self.listing(seeded)

    def test_documents_are_read_or_explained(self, seeded: FileSource) -> None:
        files = self.by_path(seeded)
        assert seeded.document(files["Acta 1.txt"]).text == "Acta de la reunión"
        assert seeded.document(files["Eje 1/no es.pdf"]).damaged
        assert seeded.document(files["Eje 1/no es.pdf"]).problem
        assert seeded.document(files["Eje 1/vacío.pdf"]).text == ""

    def test_progress_is_told(self, seeded: FileSource) -> None:
        told: list[tuple[str, int, int | None]] = []
        seeded.scan(lambda *step: told.append(step))
        assert told
        assert all(phase and done >= 0 for phase, done, _ in told)
