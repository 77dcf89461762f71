"""What `congelar` does: seal what was judged, once it is sure that it still is so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencias import __version__
from evidencias.config import Config
from evidencias.domain import manifest
from evidencias.domain.assessment import Assessment, Run
from evidencias.domain.manifest_compare import Outcome, Present, compare
from evidencias.domain.manifest_text import Sealed, sealed
from evidencias.domain.model import Listing, Period, Report
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.register import read_decisions
from evidencias.domain.report import read_report
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.spanish import listed, plural, quoted
from evidencias.domain.support import with_rules
from evidencias.errors import InputError, SourceError
from evidencias.ports import Progress, Workspace
from evidencias.verifying import (
    in_drive,
    open_manifest,
    plan_words,
    report_words,
    sealed_paper,
)

_SYNCHRONISE = (
    "Ejecute «evidencias sincronizar», revise el resultado y congele de nuevo; así se congela "
    "exactamente lo que se juzgó."
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A manifest that the workspace holds: its name, its seal, and whether it is this very state.

    `moment` is when it was frozen, in ISO 8601.
    """

    name: str
    seal: str
    moment: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Plan, report and folder as they are at the moment of freezing."""

    plan: Plan
    report: Report | None
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
    plan = read_plan(ws.plan.read(), config.period, config.plan.hoja)
    fresh = _Fresh(plan, _report(ws, judged), ws.files.scan(progress))
    changed = list(_changes(config, ws, judged, fresh))
    if changed:
        raise InputError(
            f"No se congeló: desde la última sincronización cambió {listed(changed)}.",
            _SYNCHRONISE,
        )
    run = Run(snapshot.summary.run, snapshot.summary.started, snapshot.summary.ended)
    circumstances = manifest.Freezing(
        moment=ws.clock(),
        by=by,
        forced=forced,
        version=__version__,
        run=run,
        plan=sealed_paper(ws, config.plan.origen, plan_words(plan)),
        report=sealed_paper(ws, config.informe.origen, report_words(fresh.report))
        if config.informe and fresh.report
        else None,
        drive=in_drive(config),
    )
    return sealed(lambda: manifest.build(judged, circumstances))


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
    yield from _changed_files(judged, fresh.files, in_drive(config))


def _decided(ws: Workspace, judged: Assessment) -> set[tuple[str, ...]]:
    known = {k.id: (k.activity, k.file) for k in (*judged.links, *judged.proposed)}
    reading = read_decisions(
        ws.register.read(), judged.files, judged.activities, folders=ws.folders, known=known
    )
    return {(d.id, d.verdict, d.by, d.note) for d in reading.decisions}


def _changed_files(judged: Assessment, listing: Listing, drive: bool) -> Iterator[str]:
    seals = list(manifest.linked_files(judged))
    found = compare(seals, Present(listing.files, coverage=listing.coverage, drive=drive))
    lost = [c.seal.path for c in found if c.outcome is not Outcome.INTACT]
    if lost:
        examples = listed([quoted(path) for path in lost[:3]])
        yield f"{plural(len(lost), 'archivo vinculado', 'archivos vinculados')} (p. ej. {examples})"


# --- the manifests a workspace holds -----------------------------------------------------------


def default_name(period: Period) -> str:
    """ "congelado-2021-2.json", beside evidencias.toml."""
    return f"congelado-{period.label.replace('/', '_a_')}.json"


def frozen(config: Config, judged: Assessment) -> Frozen | None:
    """The manifest this state belongs to, else the last one of its semester; None without any.

    One that cannot be read or was altered belongs to nothing: `verificar` says why.
    """
    stem = Path(default_name(judged.period)).stem
    found = []
    for path in sorted(config.folder.glob(f"{stem}*.json")):
        try:
            read = open_manifest(config, path)
        except InputError:
            continue
        current = manifest.same_matter(read, judged)
        found.append(Frozen(path.name, read.seal, read.get("congelado")["fecha"], current))
    return max(found, key=lambda f: (f.current, f.moment), default=None)


def check_free(target: Path) -> None:
    """Raises InputError when there already is a file of that name."""
    if target.exists():
        raise InputError(
            f"Ya existe «{target}»; un manifiesto no se sobrescribe.",
            f"Para congelar otra entrega dé otro nombre, p. ej. --salida {target.stem}-b.json.",
        )


def write_new(target: Path, lines: Iterable[bytes]) -> None:
    """Writes a file whole or not at all, never over another. Raises InputError or SourceError."""
    check_free(target)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            out.writelines(lines)
        beside.rename(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourceError(
            f"No puedo escribir «{target}»: {error.strerror}.", "Elija otra carpeta en --salida."
        ) from error
