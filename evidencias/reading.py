"""What files say inside, each content read once and then kept by the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from evidencias.domain.model import Document, EvidenceFile, Presence
from evidencias.ports import FileSource, Index, Progress

_KEEP_EVERY = 50


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
    known = dict(index.documents(wanted))
    missing = [f for f in wanted if f.id not in known]
    with ThreadPoolExecutor(max_workers=source.readers) as pool:
        for start in range(0, len(missing), _KEEP_EVERY):
            batch = missing[start : start + _KEEP_EVERY]
            fresh = list(zip(batch, pool.map(source.document, batch), strict=True))
            known.update((file.id, document) for file, document in fresh)
            if keep:
                index.keep_documents((f, d) for f, d in fresh if d.lasting)
            progress("Lectura de documentos", start + len(batch), len(missing))
    return known


def kept_texts(files: Iterable[EvidenceFile], index: Index) -> Mapping[str, str]:
    """The texts that an earlier synchronisation read, by file id; calls nobody."""
    kept = index.documents([f for f in files if readable(f)])
    return {file: document.text for file, document in kept.items()}


def with_contents(file: EvidenceFile, documents: Mapping[str, Document]) -> EvidenceFile:
    """The file with what only its bytes could tell: camera's date, damage, why text is lacking."""
    document = documents.get(file.id)
    if document is None:
        return file
    taken = document.photo_taken or file.photo_taken
    return replace(file, photo_taken=taken, damaged=document.damaged, unread=document.problem)
