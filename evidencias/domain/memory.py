"""What earlier runs linked, what of it vanished, and when so much vanished that we must stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evidencias.domain.model import (
    Coverage,
    EarlierLink,
    EvidenceFile,
    Link,
    LinkState,
    Presence,
    Reason,
)
from evidencias.domain.spanish import listed, plural, quoted
from evidencias.errors import SafetyError

GUARD_SHARE, GUARD_LEAST = 0.20, 20


def missing_files(
    earlier: Sequence[EarlierLink], files: Iterable[EvidenceFile]
) -> tuple[EarlierLink, ...]:
    """The earlier links whose file is no longer listed, neither by id nor, moved, by content."""
    present = [f for f in files if not f.trashed]
    ids, prints = {f.id for f in present}, {f.md5 for f in present if f.md5}
    return tuple(k for k in earlier if k.file not in ids and k.fingerprint not in prints)


def guard(earlier: Sequence[EarlierLink], files: Sequence[EvidenceFile], *, force: bool) -> None:
    """Refuses to believe that everything, or over a fifth of at least twenty files, vanished.

    Raises SafetyError naming examples; `force` lets the run go on.
    """
    linked = {k.file: k.path for k in earlier if k.state is not LinkState.REJECTED}
    lost = {k.file: k.path for k in missing_files(earlier, files) if k.file in linked}
    many = len(linked) >= GUARD_LEAST and len(lost) > GUARD_SHARE * len(linked)
    if force or not lost or not (many or len(lost) == len(linked)):
        return
    examples = listed([quoted(p) for p in sorted(lost.values())[:3]])
    verb = "Desapareció" if len(lost) == 1 else "Desaparecieron"
    raise SafetyError(
        f"{verb} {plural(len(lost), 'archivo vinculado', 'archivos vinculados')} de "
        f"{len(linked)} desde la última sincronización (p. ej. {examples}). No se escribió nada.",
        "Revise que la carpeta sea la correcta y esté completa. Si de verdad se retiraron, ejecute "
        "«evidencias sincronizar --forzar».",
    )


def remembered(
    earlier: Sequence[EarlierLink],
    files: Mapping[str, EvidenceFile],
    coverage: Coverage,
) -> tuple[dict[str, EvidenceFile], tuple[Link, ...]]:
    """Files and links that this reading did not see: withdrawn, or below a folder left unread."""
    presence = Presence.GONE if coverage.complete else Presence.UNREAD
    ghosts: dict[str, EvidenceFile] = {}
    links: list[Link] = []
    for lost in missing_files(earlier, files.values()):
        if lost.state not in (LinkState.AUTOMATIC, LinkState.CONFIRMED) or lost.file in files:
            continue
        ghosts[lost.file] = EvidenceFile(
            lost.file,
            lost.path,
            lost.name,
            md5=lost.fingerprint,
            url=lost.url,
            presence=presence,
        )
        links.append(Link(lost.activity, lost.file, lost.state, 1.0, (_MEMORY[presence],)))
    return ghosts, tuple(links)


_MEMORY = {
    Presence.GONE: Reason("registro", "Estaba vinculado en una sincronización anterior.", 0.0),
    Presence.UNREAD: Reason("registro", "Vinculado antes; hoy no se pudo leer su carpeta.", 0.0),
}


def automatic(links: Iterable[Link]) -> tuple[Link, ...]:
    """Remembered links as proposals: a confirmation lives in its decision, not in the row."""
    return tuple(
        replace(k, state=LinkState.AUTOMATIC) if k.state is LinkState.CONFIRMED else k
        for k in links
    )
