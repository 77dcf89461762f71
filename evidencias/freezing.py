"""What `congelar` does: seal what was judged, once it is sure that it still is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencias import __version__
from evidencias.config import Config
from evidencias.domain import manifest
from evidencias.domain.assessment import Assessment, Run
from evidencias.domain.manifest_compare import Outcome, Present, compare
from evidencias.domain.manifest_files import FileSeal
from evidencias.domain.manifest_text import Sealed, sealed
from evidencias.domain.model import Listing, Report
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.register import read_decisions
from evidencias.domain.report import read_report
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.spanish import listed, plural, quoted
from evidencias.domain.support import with_rules
from evidencias.errors import InputError
from evidencias.outputs.whole import whole
from evidencias.ports import Progress, Workspace
from evidencias.verifying import exposed, in_drive, plan_words, report_words, sealed_paper

_SYNCHRONISE = (
    "Ejecute «evidencias sincronizar», revise el resultado y congele de nuevo; así se congela "
    "exactamente lo que se juzgó."
)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Plan, report and folder as they are at the moment of freezing, and the seals of the two."""

    plan: Plan
    plan_seal: FileSeal
    report: Report | None
    report_seal: FileSeal | None
    files: Listing


def freeze(
    config: Config,
    ws: Workspace,
    snapshot: Snapshot,
    *,
    by: str,
    forced: bool,
    progress: Progress,
) -> Sealed:
    """The sealed manifest of the last state. Raises InputError when things changed since then."""
    judged = snapshot.assessment
    fresh = _fresh(config, ws, judged, progress)
    changed = list(_changes(config, ws, judged, fresh))
    if changed:
        raise InputError(
            f"No se congeló: desde la última sincronización cambió {listed(changed)}.",
            _SYNCHRONISE,
        )
    circumstances = manifest.Freezing(
        moment=ws.clock(),
        by=by,
        forced=forced,
        version=__version__,
        run=Run(snapshot.summary.run, snapshot.summary.started, snapshot.summary.ended),
        plan=fresh.plan_seal,
        report=fresh.report_seal,
        drive=in_drive(config),
    )
    return sealed(lambda: manifest.build(judged, circumstances))


def _fresh(config: Config, ws: Workspace, judged: Assessment, progress: Progress) -> _Fresh:
    """Each paper is hashed as soon as it is read; a large folder takes minutes to list."""
    plan = read_plan(ws.plan.read(), config.period, config.plan.hoja)
    plan_seal = sealed_paper(ws, config.plan.origen, plan_words(plan))
    report, report_seal = _report(ws, judged), None
    if config.informe and report:
        report_seal = sealed_paper(ws, config.informe.origen, report_words(report))
    return _Fresh(plan, plan_seal, report, report_seal, ws.files.scan(progress))


# --- is everything still as it was judged? -----------------------------------------------------


def _report(ws: Workspace, judged: Assessment) -> Report | None:
    if ws.report is None:
        return None
    if judged.report is None:
        raise InputError(
            "No se congeló: el informe de [informe] origen no se contrastó en la última "
            "sincronización.",
            "Revise que sea el de esta política y este semestre, y sincronice de nuevo.",
        )
    return read_report(ws.report.read())


def _changes(config: Config, ws: Workspace, judged: Assessment, fresh: _Fresh) -> Iterator[str]:
    """What changed since the last synchronisation, each in a few words."""
    if (config.politica.nombre, config.period, config.rules) != (
        judged.policy,
        judged.period,
        judged.rules,
    ):
        yield "la configuración"
    if with_rules(fresh.plan.activities, config.rules) != judged.activities:
        yield "el plan"
    if fresh.report != judged.report:
        yield "el informe"
    if _decided(ws, judged) != {(d.id, d.verdict, d.by, d.note) for d in judged.decisions}:
        yield "lo decidido en «Revisión»"
    yield from _changed_files(ws, judged, fresh.files, in_drive(config))


def _decided(ws: Workspace, judged: Assessment) -> set[tuple[str, ...]]:
    known = {k.id: (k.activity, k.file) for k in (*judged.links, *judged.proposed)}
    reading = read_decisions(
        ws.register.read(), judged.files, judged.activities, folders=ws.folders, known=known
    )
    return {(d.id, d.verdict, d.by, d.note) for d in reading.decisions}


def _changed_files(
    ws: Workspace, judged: Assessment, listing: Listing, drive: bool
) -> Iterator[str]:
    seals = list(manifest.linked_files(judged))
    files, _ = exposed(ws, seals, listing.files, {})
    found = compare(seals, Present(files, coverage=listing.coverage, drive=drive))
    lost = [c.seal.path for c in found if c.outcome is not Outcome.INTACT]
    if lost:
        examples = listed([quoted(path) for path in lost[:3]])
        yield f"{plural(len(lost), 'archivo vinculado', 'archivos vinculados')} (p. ej. {examples})"


# --- writing it ---------------------------------------------------------------------------------


def check_free(target: Path) -> None:
    """Raises InputError when there already is a file of that name."""
    if target.exists():
        raise InputError(
            f"Ya existe «{target}»; un manifiesto no se sobrescribe.",
            f"Para congelar otra entrega dé otro nombre, p. ej. --salida {target.stem}-b.json.",
        )


def write_new(target: Path, lines: Iterable[bytes]) -> None:
    """Writes a file whole or not at all, never over another. Raises InputError or SourceError."""
    with whole(target, "Elija otra carpeta en --salida.") as beside:
        with beside.open("wb") as out:
            out.writelines(lines)
        check_free(target)  # asked again at the last moment: writing may have taken a while
