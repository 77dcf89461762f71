"""What the workflows need from the outside, each with several adapters behind it.

Fetchers never judge and judges never fetch: these Protocols return the frozen nouns of
`domain.model`, raise only errors of `errors`, and hide whether Google or a local disk answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from evidencias.domain.diagnosis import Check, Looks
from evidencias.domain.model import Block, Document, EvidenceFile, Listing
from evidencias.domain.register import Folders, RegisterChanges, RegisterContents
from evidencias.domain.tables import Table

Progress = Callable[[str, int, int | None], None]
"""progress(phase in Spanish, done, total or None): called often; silent when redirected."""


class TableSource(Protocol):
    """Reads plans: `.xlsx`, `.csv` or a Google Sheet."""

    def read(self) -> Table:
        """The whole table. Raises InputError (unreadable), SourceError or AccessError."""
        ...


class ReportSource(Protocol):
    """Reads reports: `.docx`, `.pdf`, `.md` or a Google Doc."""

    def read(self) -> tuple[Block, ...]:
        """The report's blocks in reading order. Raises as `TableSource.read`."""
        ...


class FileSource(Protocol):
    """A folder of evidence: local or Drive, one or several roots.

    `readers` is how many threads may call `document` at once.
    """

    @property
    def readers(self) -> int: ...  # noqa: D102 - told above

    def scan(self, progress: Progress) -> Listing:
        """Everything below the roots. What could not be listed is in `coverage`, not raised;
        a root that does not exist or is not shared raises AccessError or SourceError."""
        ...

    def document(self, file: EvidenceFile) -> Document:
        """Text (or photo date) of one file; what cannot be read is a value, not an error."""
        ...

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        """Whether anyone with the link can open each file, by id; None where it is unknown."""
        ...


class Register(Protocol):
    """The workbook or Google Sheet where people decide. See the contract, "The register"."""

    def read(self) -> RegisterContents:
        """What it holds now; `exists=False` when there is no workbook or the Sheet is empty.
        Raises InputError for a damaged one, LockedError never, SourceError if open elsewhere."""
        ...

    def record(self, changes: RegisterChanges) -> bool:
        """Brings the tool's tabs up to date and appends rows; False when nothing changed and so
        nothing was written. All or nothing. Raises SourceError (open elsewhere), InputError
        (people's content would be lost), AccessError (read-only)."""
        ...


def _nowhere(_: Iterable[str]) -> Mapping[str, EvidenceFile | None]:
    return {}


def _unknown(_: str) -> EvidenceFile | None:
    return None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The adapters one run works with, chosen by `wiring` from the configuration.

    `locate` finds files by id beyond any listing, also in the trash (None: out of reach or
    deleted); on a disk it tells what lies in the recycle bins inside the folder, by its own path.
    `identity` is what the report or the plan at an origin is now (None: not there).
    """

    plan: TableSource
    report: ReportSource | None
    files: FileSource
    register: Register
    index: Index
    lock: Callable[[], AbstractContextManager[None]]
    folders: Folders
    clock: Callable[[], datetime]
    close: Callable[[], None]
    diagnose: Callable[[Looks, Progress], Iterable[Check]]
    calls: Callable[[], Mapping[str, int]] = field(default=lambda: {"drive": 0, "sheets": 0})
    locate: Callable[[Iterable[str]], Mapping[str, EvidenceFile | None]] = field(default=_nowhere)
    identity: Callable[[str], EvidenceFile | None] = field(default=_unknown)


class Index(Protocol):
    """The local cache (SQLite): extracted text by content, the last state, runs. Disposable."""

    def documents(self, files: Sequence[EvidenceFile]) -> Mapping[str, Document]:
        """The documents kept for the present content of these files, by file id."""
        ...

    def keep_documents(self, documents: Iterable[tuple[EvidenceFile, Document]]) -> None:
        """Keeps documents under the content of their files."""
        ...

    def load(self) -> bytes | None:
        """The last synchronised state as it was kept, or None before any synchronisation."""
        ...

    def keep(self, state: bytes) -> None:
        """Replaces the last synchronised state, atomically."""
        ...
