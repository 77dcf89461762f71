"""What a manifest says of one file, and what became of it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evidencias.domain.model import EvidenceFile


@dataclass(frozen=True, slots=True)
class FileSeal:
    """A file as it was sealed; the names of the fields in JSON are those of `as_json`.

    `content` is the SHA-256 of what was read inside a Google document that has no version;
    `copies` are the paths of other files that already had the same bytes.
    """

    id: str
    path: str
    mime: str = ""
    size: int | None = None
    md5: str = ""
    sha256: str = ""
    version: str = ""
    created: str = ""
    modified: str = ""
    public: bool | None = None
    trashed: bool = False
    native: bool = False
    target: str | None = None
    broken: bool = False
    content: str = ""
    url: str = ""
    copies: tuple[str, ...] = field(default=())

    @property
    def print(self) -> str:
        """The strongest fingerprint there is, "" for a document without bytes."""
        return self.sha256 or self.md5

    @property
    def folder(self) -> str:
        """The folder it lies in, "" for the root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.rpartition("/")[2]


def seal_of(file: EvidenceFile, copies: Iterable[str] = (), content: str = "") -> FileSeal:
    """The seal of a file as it is now; addresses of one machine are left out."""
    return FileSeal(
        id=file.id,
        path=file.path,
        mime=file.mime,
        size=file.size,
        md5=file.md5,
        sha256=file.sha256,
        version=file.version,
        created=_iso(file.created),
        modified=_iso(file.modified),
        public=file.shared_publicly,
        trashed=file.trashed,
        native=file.native,
        target=file.shortcut_target,
        broken=file.broken,
        content=content,
        url="" if file.url.startswith("file:") else file.url,
        copies=tuple(sorted(copies)),
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def as_json(seal: FileSeal) -> dict[str, object]:
    """The seal as the manifest writes it; null where something is unknown."""
    return {
        "archivo": seal.id,
        "ruta": seal.path,
        "mime": seal.mime or None,
        "tamano": seal.size,
        "md5": seal.md5 or None,
        "sha256": seal.sha256 or None,
        "version": seal.version or None,
        "creado": seal.created or None,
        "modificado": seal.modified or None,
        "publico": seal.public,
        "en_papelera": seal.trashed,
        "nativo": seal.native,
        "destino": seal.target,
        "roto": seal.broken,
        "huella_contenido": seal.content or None,
        "url": seal.url or None,
        "copias": list(seal.copies),
    }


def from_json(row: Mapping[str, Any]) -> FileSeal:
    """The seal that `as_json` wrote."""

    def text(key: str) -> str:
        return str(row[key] or "")

    return FileSeal(
        id=row["archivo"],
        path=row["ruta"],
        mime=text("mime"),
        size=row["tamano"],
        md5=text("md5"),
        sha256=text("sha256"),
        version=text("version"),
        created=text("creado"),
        modified=text("modificado"),
        public=row["publico"],
        trashed=row["en_papelera"],
        native=row["nativo"],
        target=row["destino"],
        broken=row["roto"],
        content=text("huella_contenido"),
        url=text("url"),
        copies=tuple(row["copias"]),
    )
