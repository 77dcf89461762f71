"""What `verificar` does: read a manifest, look at what is there now, tell what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidencias.config import Config, is_url
from evidencias.domain import manifest_read
from evidencias.domain.manifest_compare import Checked, Present, compare, compare_paper
from evidencias.domain.manifest_files import FileSeal, seal_of
from evidencias.domain.manifest_text import Manifest, compact
from evidencias.domain.model import Coverage, EvidenceFile, Listing, Report
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.report import read_report
from evidencias.errors import InputError
from evidencias.ports import Progress, Workspace

Words = Sequence[Sequence[str]]


def in_drive(config: Config) -> bool:
    """Whether the evidence is in Drive."""
    return any(is_url(origin) for origin in config.evidencias.carpeta)


# --- report and plan ---------------------------------------------------------------------------


def sealed_paper(ws: Workspace, origin: str, words: Words) -> FileSeal:
    """The seal of the report or plan at an origin, just read. Raises InputError when it is gone."""
    known = ws.identity(origin)
    if known is None:
        raise InputError(f"No encuentro «{origin}».", "Revise su ruta en evidencias.toml.")
    return seal_of(known, content="" if known.md5 else _print(words))


def _print(words: Words) -> str:
    """What was read, as one SHA-256: how a Google document without version is known again."""
    return hashlib.sha256(compact(words).encode("utf-8", "replace")).hexdigest()


def plan_words(plan: Plan) -> Words:
    """What a plan says, as text."""
    return [
        [a.code, a.axis, a.name, a.department, a.indicator]
        + [str(x) for x in (a.target, a.achieved, a.weight, a.reported, a.start, a.end)]
        for a in plan.activities
    ]


def report_words(report: Report) -> Words:
    """What a report says, as text."""
    return [[s.title, *s.paragraphs] for s in report.sections]


# --- months later ------------------------------------------------------------------------------


def verify(
    config: Config, ws: Workspace, read: Manifest, progress: Progress
) -> tuple[tuple[Checked, ...], Coverage]:
    """What became of report, plan and every sealed file, and how much of the folder was read."""
    seals = manifest_read.file_seals(read)
    listing = ws.files.scan(progress)
    drive = in_drive(config)
    same = (read.get("fuente") == "drive") == drive
    known = {f.id for f in listing.files}
    lost = [s.id for s in seals if s.id not in known]
    progress("Búsqueda de lo que no está en su lugar", 0, None)
    beyond = ws.locate(lost) if lost and same else {}
    files, beyond = exposed(ws, seals, listing.files, beyond)
    present = Present(files, beyond, listing.coverage, drive, same, _folders(listing))
    return (*_papers(config, ws, read), *compare(seals, present)), listing.coverage


def exposed(
    ws: Workspace,
    seals: Sequence[FileSeal],
    files: Sequence[EvidenceFile],
    beyond: Mapping[str, EvidenceFile | None],
) -> tuple[tuple[EvidenceFile, ...], dict[str, EvidenceFile | None]]:
    """The files, knowing who can open those that the manifest speaks of."""
    ids, prints = {s.id for s in seals}, {s.md5 for s in seals if s.md5}
    asked = [f for f in files if f.id in ids or f.md5 in prints]
    asked += [f for f in beyond.values() if f and not f.trashed]
    told = ws.files.exposure(asked)

    def knowing(file: EvidenceFile) -> EvidenceFile:
        public = told.get(file.id)
        return file if public is None else replace(file, shared_publicly=public)

    return tuple(map(knowing, files)), {k: f and knowing(f) for k, f in beyond.items()}


def _folders(listing: Listing) -> frozenset[str]:
    """Every folder that the listing shows, with all above it."""
    paths = [f.path for f in listing.files] + [s.path for s in listing.set_aside]
    found = set()
    for path in paths:
        parts = path.split("/")[:-1]
        found |= {"/".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return frozenset(found)


def _papers(config: Config, ws: Workspace, read: Manifest) -> Iterator[Checked]:
    """Report and plan, where the configuration says they are now."""

    def report() -> Words:
        return report_words(read_report(ws.report.read())) if ws.report else []

    def plan() -> Words:
        return plan_words(read_plan(ws.plan.read(), config.period, config.plan.hoja))

    sealed_report = manifest_read.paper_seal(read, "informe")
    if sealed_report:
        origin = config.informe.origen if config.informe else ""
        yield _paper_now(ws, sealed_report, origin, report)
    sealed_plan = manifest_read.paper_seal(read, "plan")
    if sealed_plan is None:
        raise read.refused()
    yield _paper_now(ws, sealed_plan, config.plan.origen, plan)


def _paper_now(ws: Workspace, seal: FileSeal, origin: str, words: Callable[[], Words]) -> Checked:
    here = ws.identity(origin) if origin else None
    if here is None:
        return compare_paper(seal, None, drive=is_url(origin))
    unversioned = here.native and not here.version
    return compare_paper(seal, seal_of(here, content=_print(words()) if unversioned else ""))
