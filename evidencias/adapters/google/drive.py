"""A folder of evidence in Google Drive: the `FileSource` behind a pasted address."""

from __future__ import annotations

import gc
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from evidencias.adapters.documents import Isolated, Limits
from evidencias.adapters.documents.extract import format_of
from evidencias.adapters.google import urls
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.clients import WORKERS, Google
from evidencias.adapters.google.drive_api import DriveApi, is_ours
from evidencias.adapters.google.drive_items import Item, evidence
from evidencias.adapters.google.failures import GoogleError, Outcome
from evidencias.adapters.google.messages import told
from evidencias.adapters.google.roots import references
from evidencias.adapters.google.scan import Scan
from evidencias.adapters.google.sifting import Sifter
from evidencias.domain.model import Document, EvidenceFile, Listing
from evidencias.ports import Progress

T = TypeVar("T")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What each kind of Google document is exported as: the format whose text is fullest.
_EXPORTS = {
    urls.DOCUMENT: (("text/plain", ".txt"), (_DOCX, ".docx")),
    urls.SPREADSHEET: ((_XLSX, ".xlsx"), ("text/csv", ".csv")),
    urls.PRESENTATION: (("text/plain", ".txt"),),
}
_TOO_BIG = frozenset({"exportSizeLimitExceeded"})
_TRUSTED = 7 * 86400.0  # seconds that an answer about exposure holds, unless the log names it


@contextmanager
def _without_collections() -> Iterator[None]:
    """A listing makes many small values and drops none: the collector would only go over them
    again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class DriveFolder:
    """One or several Drive folders or shared drives, read only.

    `scan` belongs to one thread; `document`, `exposure` and `locate` may be called from several.
    `keep` is the file of the listing kept between runs (None: nothing is kept); `simulate` reads
    it and leaves it as it is.
    """

    readers = WORKERS

    def __init__(
        self,
        google: Google,
        origins: Sequence[str],
        keep: Path | None,
        *,
        ignore: Sequence[str] = (),
        complete: bool = False,
        simulate: bool = False,
        limits: Limits = Limits(),
    ) -> None:
        self.api = DriveApi(google)
        self._refs = references(origins)
        self._keep = keep
        self._ignore = tuple(ignore)
        self._complete, self._simulate = complete, simulate
        self._limits = limits
        self._reader = Isolated(limits)
        self._reading = threading.Lock()
        self._sound: set[str] = set()

    def close(self) -> None:
        """Ends the helper process that reads documents."""
        self._reader.close()

    def _cache(self) -> DriveCache:
        return DriveCache(self._keep, scratch=self._simulate)

    def scan(self, progress: Progress) -> Listing:
        """Every file below the roots, by route. Raises AccessError, SourceError, ConfigError."""
        before = self.api.google.calls["drive"]
        cache = self._cache()
        try:
            scan = Scan(self.api, cache, self._complete, progress)
            with _without_collections():
                listing = scan.run(self._refs, Sifter(self._ignore))
            self._sound = scan.sound_pictures()
        finally:
            cache.close()
        calls = self.api.google.calls["drive"] - before
        return Listing(listing.files, listing.set_aside, listing.coverage, calls)

    # --- contents ---------------------------------------------------------------------------

    def document(self, file: EvidenceFile) -> Document:
        """Text (or photo date) of a file. A file that cannot be read says why; raises SourceError
        when Google fails for now and AccessError when it refuses the account itself, so that no
        such failure is taken for the text."""
        if file.shortcut_target is not None or file.trashed:
            return Document()
        if file.id in self._sound:
            return Document(photo_taken=file.photo_taken)
        try:
            return self._contents(file)
        except GoogleError as error:
            failure = error.failure
            if failure.passing or failure.status in (0, 401) or is_ours(failure):
                raise told(failure, f"«{file.name}»", self.api.google.who) from error
            if failure.reasons & _TOO_BIG:
                return Document(problem="es un documento de Google de más de 10 MB; no se exporta")
            return Document(problem="Google no permite descargarlo con esta cuenta", lasting=False)

    def _contents(self, file: EvidenceFile) -> Document:
        read = self._exported if file.native else self._downloaded
        try:
            return read(file)
        except GoogleError as error:
            if error.failure.outcome is not Outcome.REFUSED or is_ours(error.failure):
                raise
        return read(file)  # it was listed a moment ago: asked once more before it is given up

    def _exported(self, file: EvidenceFile) -> Document:
        found = Document()
        for mime, ending in _EXPORTS.get(file.mime, ()):
            found = self._read(f"{file.name}{ending}", mime, self.api.export(file.id, mime))
            if not found.problem:
                return found
        return found

    def _downloaded(self, file: EvidenceFile) -> Document:
        if not format_of(file.name, file.mime):
            return Document()
        if (file.size or 0) > self._limits.size:
            most = self._limits.size // 1_000_000
            return Document(problem=f"supera {most} MB; no se leyó su texto")
        return self._read(file.name, file.mime, self.api.download(file.id))

    def _read(self, name: str, mime: str, data: bytes) -> Document:
        """Reads bytes in the helper process, one at a time."""
        with tempfile.TemporaryDirectory(prefix="evidencias-") as folder:
            path = Path(folder) / "documento"
            path.write_bytes(data)
            with self._reading:
                return self._reader.read(name, mime, path)

    # --- who can open it, where it is now -------------------------------------------------------

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        """Whether anyone with the link can open each file, by id; None where we may not know.

        On shared drives Drive does not list holders with the file: they are asked for, and the
        answer is kept until the log names the file, or a week; a complete reading asks anew.
        Raises SourceError or AccessError.
        """
        wanted = list(files)
        found = {f.id: f.shared_publicly for f in wanted if f.shared_publicly is not None}
        cache = self._cache()
        try:
            now = time.time()
            trusted = {} if self._complete else cache.exposure()
            kept = {k: p for k, (p, at) in trusted.items() if now - at < _TRUSTED}
            asked = [f.id for f in wanted if f.id not in found and f.id not in kept]
            fresh = dict(zip(asked, self._pooled(self.api.public, asked), strict=True))
            cache.note_exposure(fresh, now)
        finally:
            cache.close()
        return {f.id: {**kept, **fresh, **found}[f.id] for f in wanted}

    def locate(self, ids: Iterable[str]) -> Mapping[str, EvidenceFile | None]:
        """Files by id wherever they are now, also in the trash; None: deleted or out of reach.

        `path` is only the name. Raises SourceError or AccessError.
        """
        wanted = list(dict.fromkeys(ids))
        found: list[Item | None] = self._pooled(self.api.find, wanted)
        return {
            key: evidence(item, item.name) if item else None
            for key, item in zip(wanted, found, strict=True)
        }

    def _pooled(self, ask: Callable[[str], T], ids: Sequence[str]) -> list[T]:
        try:
            return list(self.api.google.pool.map(ask, ids))
        except GoogleError as error:
            raise told(error.failure, "los archivos vinculados", self.api.google.who) from error
