"""The workspace's own papers are no evidence: they speak of every activity and prove none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidencias.adapters.local import names
from evidencias.adapters.local.roots import labelled
from evidencias.domain.model import Document, EvidenceFile, Listing, SetAside
from evidencias.ports import FileSource, Progress


@dataclass(frozen=True, slots=True)
class OwnFilesAside:
    """A `FileSource` in which plan, report, register and the like are set aside.

    `routes` maps the id of a file or folder on disk to what it is, `addresses` the Drive id of a
    document to the same; a stub or a shortcut of such a document is set aside with it.
    """

    inner: FileSource
    routes: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def readers(self) -> int:
        """As many as the source itself."""
        return self.inner.readers

    def scan(self, progress: Progress) -> Listing:
        """The source's listing without the workspace's own files. Raises what the source does."""
        listing = self.inner.scan(progress)
        own = {f.id: what for f in listing.files if (what := self._what(f))}
        if not own:
            return listing
        aside = [SetAside(f.path, own[f.id]) for f in listing.files if f.id in own]
        return replace(
            listing,
            files=tuple(f for f in listing.files if f.id not in own),
            set_aside=tuple(sorted([*listing.set_aside, *aside], key=lambda s: s.path)),
        )

    def document(self, file: EvidenceFile) -> Document:
        """As the source reads it."""
        return self.inner.document(file)

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        """As the source knows it."""
        return self.inner.exposure(files)

    def _what(self, file: EvidenceFile) -> str | None:
        for key, what in self.routes.items():
            if file.id == key or file.id.startswith(f"{key}/"):
                return what
        for key, what in self.addresses.items():
            if key in (file.id, file.shortcut_target) or (file.native and key in file.url):
                return what
        return None


def routes_on_disk(roots: Sequence[Path], own: Mapping[Path, str]) -> dict[str, str]:
    """The ids that files and folders of the workspace have where they lie inside the roots."""
    found: dict[str, str] = {}
    for label, root in labelled(roots):
        for path, what in own.items():
            if path.resolve().is_relative_to(root.resolve()):
                below = path.resolve().relative_to(root.resolve()).as_posix()
                found[names.readable(f"{label}/{below}" if label else below)] = what
    return found
