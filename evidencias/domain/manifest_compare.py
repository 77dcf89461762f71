"""What became of each sealed file: pure comparison of a manifest with what is there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from evidencias.domain.manifest_files import FileSeal, seal_of
from evidencias.domain.model import ALL_READ, Coverage, EvidenceFile
from evidencias.domain.spanish import quoted


class Outcome(StrEnum):
    """What became of a sealed file (contract, `verificar`)."""

    INTACT = "intacto"
    CHANGED = "cambiado"
    MOVED = "movido"
    RENAMED = "renombrado"
    TRASHED = "en_papelera"
    GONE = "desaparecido"
    NO_ACCESS = "sin_acceso"
    NOW_PUBLIC = "ahora_publico"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sealed file, what became of it, how it is now (None: unknown) and a word in Spanish."""

    seal: FileSeal
    outcome: Outcome
    now: FileSeal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """What is there now: the listing, and what lies outside it.

    `beyond` holds files that the listing does not show, by id (also in the trash); None: the
    service shows none. `same_source`: ids mean the same as when it was sealed (Drive ids, or
    paths below the folder). `drive`: whether the listing is of Drive.
    """

    files: Sequence[EvidenceFile]
    beyond: Mapping[str, EvidenceFile | None] = field(default_factory=dict)
    coverage: Coverage = ALL_READ
    drive: bool = False
    same_source: bool = True
    folders: frozenset[str] = frozenset()


_LOST_DRIVE = (
    "Google ya no lo muestra a esta cuenta, aunque su carpeta sí: se borró o se llevó a otra parte."
)
_LOST_FOLDER = (
    "Google no muestra a esta cuenta ni el archivo ni su carpeta: se borró o se retiró el acceso."
)
_LOST_PAPER = "Google no lo muestra a esta cuenta: se borró o se retiró el acceso."
_UNREAD = "No se pudo leer toda la carpeta; puede estar en la parte que falta."
_NO_BYTES = "Está, pero no se pudo leer su contenido para compararlo."
_ONLINE = "Está solo en línea: descárguelo para poder comparar su contenido."
_ELSEWHERE = "Es un documento de Google; en una carpeta del equipo no se puede comprobar."
_AGAIN = "Se subió de nuevo: el contenido es igual, pero en Drive es otro archivo."
_OUTSIDE = "Está fuera de la carpeta de evidencias."


def compare(sealed: Sequence[FileSeal], present: Present) -> tuple[Checked, ...]:
    """What became of every sealed file, in the order given."""
    here = _found(sealed, present)
    lost = [s for s in sealed if s.id not in here and not present.beyond.get(s.id)]
    moved = _claimed(lost, present, {f.id for f in here.values()})
    return tuple(_checked(s, here, moved, present) for s in sealed)


def _found(sealed: Sequence[FileSeal], present: Present) -> dict[str, EvidenceFile]:
    """Sealed id -> the file that is the same one now: by id, or by path in another kind of copy."""
    if present.same_source:
        known = {f.id: f for f in present.files}
        return {s.id: known[s.id] for s in sealed if s.id in known}
    routes = {f.path: f for f in present.files}
    return {s.id: routes[s.path] for s in sealed if s.path in routes}


def _claimed(
    lost: Sequence[FileSeal], present: Present, taken: set[str]
) -> dict[str, EvidenceFile]:
    """Sealed id -> the file that has its bytes now and did not have them before; each once."""
    pool = _pool([*present.files, *(f for f in present.beyond.values() if f)], taken)
    found: dict[str, EvidenceFile] = {}
    used: set[str] = set()
    for same_name in (True, False):
        for seal in sorted(lost, key=lambda s: s.id):
            if seal.id in found:
                continue
            empty = not seal.size  # all empty files are equal: only the name tells them apart
            for file in _candidates(seal, pool):
                if file.id not in used and (file.name == seal.name or not (same_name or empty)):
                    found[seal.id] = file
                    used.add(file.id)
                    break
    return found


def _pool(files: Iterable[EvidenceFile], taken: set[str]) -> Mapping[str, list[EvidenceFile]]:
    pool: dict[str, list[EvidenceFile]] = defaultdict(list)
    for file in files:
        if file.id not in taken:
            for print_ in {file.sha256, file.md5} - {""}:
                pool[print_].append(file)
    return pool


def _candidates(seal: FileSeal, pool: Mapping[str, list[EvidenceFile]]) -> Iterator[EvidenceFile]:
    if not seal.print:
        return
    found = pool.get(seal.print) or pool.get(seal.md5, [])
    known = [f for f in found if f.path not in seal.copies]
    # A living file first, then the same folder, then by path: the same answer on every machine.
    yield from sorted(
        known, key=lambda f: (f.trashed, f.path.rpartition("/")[0] != seal.folder, f.path)
    )


def _checked(
    seal: FileSeal,
    here: Mapping[str, EvidenceFile],
    moved: Mapping[str, EvidenceFile],
    present: Present,
) -> Checked:
    file = here.get(seal.id)
    if file is not None:
        return _judged(seal, file)
    beyond = present.beyond.get(seal.id)
    if beyond is not None:
        return _judged(seal, beyond, outside=True)
    if seal.id in moved:
        found = _judged(seal, moved[seal.id])
        again = present.drive and present.same_source
        return replace(found, note=f"{_AGAIN} {found.note}".strip()) if again else found
    return _missing(seal, present)


def _missing(seal: FileSeal, present: Present) -> Checked:
    if not present.coverage.complete:
        return Checked(seal, Outcome.NO_ACCESS, note=_UNREAD)
    if not present.same_source and not seal.print:
        return Checked(seal, Outcome.NO_ACCESS, note=_ELSEWHERE)
    if present.drive and seal.folder and seal.folder not in present.folders:
        return Checked(seal, Outcome.NO_ACCESS, note=_LOST_FOLDER)
    note = _LOST_DRIVE if present.drive else ""
    if seal.copies:
        note += f" Había copias iguales: {', '.join(map(quoted, seal.copies[:3]))}."
    return Checked(seal, Outcome.GONE, note=note.strip())


def _judged(seal: FileSeal, file: EvidenceFile, *, outside: bool = False) -> Checked:
    found = _outcome(seal, seal_of(file), outside=outside and not file.trashed)
    if found.outcome is Outcome.NO_ACCESS and file.online_only:
        return replace(found, note=_ONLINE)
    return found


def _outcome(seal: FileSeal, now: FileSeal, *, outside: bool = False) -> Checked:
    """The first outcome that holds; what else is true goes into the note."""
    if now.trashed and not seal.trashed:
        return Checked(seal, Outcome.TRASHED, now)
    same = same_content(seal, now)
    if same is None:
        return Checked(seal, Outcome.NO_ACCESS, now, _NO_BYTES)
    held = [
        outcome
        for outcome, holds in (
            (Outcome.CHANGED, not same),
            (Outcome.NOW_PUBLIC, now.public is True and seal.public is not True),
            (Outcome.MOVED, outside or now.folder != seal.folder),
            (Outcome.RENAMED, now.name != seal.name),
        )
        if holds
    ]
    notes = [_OUTSIDE] if outside else []
    notes += [_ALSO[o] for o in held[1:] if not (o is Outcome.MOVED and outside)]
    return Checked(seal, held[0] if held else Outcome.INTACT, now, " ".join(notes))


_ALSO = {
    Outcome.NOW_PUBLIC: "Además, ahora cualquiera con el enlace puede abrirlo.",
    Outcome.MOVED: "Además, cambió de carpeta.",
    Outcome.RENAMED: "Además, cambió de nombre.",
}


def same_content(seal: FileSeal, now: FileSeal) -> bool | None:
    """Whether the content is the sealed one; None when it cannot be compared now."""
    if seal.sha256 and now.sha256:
        return seal.sha256 == now.sha256
    if seal.sha256 or seal.md5:
        return seal.md5 == now.md5 if seal.md5 and now.md5 else None
    if seal.target is not None or now.target is not None:
        return (seal.target, seal.broken) == (now.target, now.broken)
    if seal.native or now.native:
        return _same_document(seal, now)
    return (seal.size, _second(seal.modified)) == (now.size, _second(now.modified))


def _same_document(seal: FileSeal, now: FileSeal) -> bool | None:
    """A Google document has no checksum: it changed when both its version and its date did, for
    Drive counts a new version also when a document is only moved, renamed or shared."""
    if seal.version and now.version:
        return seal.version == now.version or seal.modified == now.modified
    return seal.content == now.content if seal.content and now.content else None


def _second(moment: str) -> str:
    return datetime.fromisoformat(moment).replace(microsecond=0).isoformat() if moment else ""


def compare_paper(seal: FileSeal, now: FileSeal | None, *, drive: bool = False) -> Checked:
    """What became of the report or the plan; `now` None: it is not where the configuration says."""
    if now is not None:
        return _outcome(seal, now)
    if drive:
        return Checked(seal, Outcome.NO_ACCESS, note=_LOST_PAPER)
    return Checked(seal, Outcome.GONE, note="No está donde dice evidencias.toml.")
