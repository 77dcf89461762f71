"""What files say inside, each content read once and then kept by the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from evidencias.domain.model import Document, EvidenceFile, Presence
from evidencias.ports import FileSource, Index, Progress

_KEEP_EVERY = 50


def content_key(file: EvidenceFile) -> str:
    """What identifies a file's content: its md5, or for a Google document its id and version."""
    if file.md5:
        # The name chooses the reader, so equal bytes under another extension are another document.
        return f"{file.md5}.{file.name.rsplit('.', 1)[-1].lower()}"
    return f"{file.id}@{file.version or file.modified}"


def readable(file: EvidenceFile) -> bool:
    """Whether there is something to read: no shortcut, nothing trashed, empty or not downloaded."""
    return (
        file.presence is Presence.SEEN
        and file.shortcut_target is None
        and not (file.broken or file.trashed or file.online_only or file.size == 0)
    )


def read_documents(
    files: Sequence[EvidenceFile],
    source: FileSource,
    index: Index,
    progress: Progress,
    *,
    keep: bool = True,
) -> Mapping[str, Document]:
    """Every readable file's document by file id; what is new is read, and kept as it comes."""
    wanted = [f for f in files if readable(f)]
    known = dict(index.documents([content_key(f) for f in wanted]))
    missing = list({content_key(f): f for f in wanted if content_key(f) not in known}.items())
    with ThreadPoolExecutor(max_workers=source.readers) as pool:
        for start in range(0, len(missing), _KEEP_EVERY):
            batch = missing[start : start + _KEEP_EVERY]
            read = pool.map(source.document, [file for _, file in batch])
            fresh = list(zip((key for key, _ in batch), read, strict=True))
            known.update(fresh)
            if keep:
                index.keep_documents(fresh)
            progress("Lectura de documentos", start + len(batch), len(missing))
    return {f.id: known[content_key(f)] for f in wanted}


def kept_texts(files: Iterable[EvidenceFile], index: Index) -> Mapping[str, str]:
    """The texts that an earlier synchronisation read, by file id; calls nobody."""
    wanted = [f for f in files if readable(f)]
    known = index.documents([content_key(f) for f in wanted])
    return {f.id: known[content_key(f)].text for f in wanted if content_key(f) in known}


def with_contents(file: EvidenceFile, documents: Mapping[str, Document]) -> EvidenceFile:
    """The file with what only its bytes could tell: the camera's date, whether it is damaged."""
    document = documents.get(file.id)
    if document is None:
        return file
    taken = document.photo_taken or file.photo_taken
    return replace(file, photo_taken=taken, damaged=document.damaged)
