"""What the commands do, as straight lines: read everything, decide everything, write once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from evidencias import __version__, account, reading, snapshots
from evidencias.config import Config
from evidencias.domain import memory
from evidencias.domain.assessment import Assessment
from evidencias.domain.claims import read_claims
from evidencias.domain.claims.narrator import narrator
from evidencias.domain.claims.teachers import teachers
from evidencias.domain.figures import read_figures
from evidencias.domain.folder_doubts import doubtful_dates, no_files, unread_texts
from evidencias.domain.judgement import judge
from evidencias.domain.linking.narrative import Narrator
from evidencias.domain.model import (
    Activity,
    Decision,
    Document,
    EvidenceFile,
    Link,
    Listing,
    Presence,
    Problem,
    Report,
)
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.register import (
    DecisionReading,
    RegisterContents,
    check_stamp,
    earlier_links,
    history_entries,
    read_decisions,
    register_changes,
)
from evidencias.domain.register.trend import trend
from evidencias.domain.report import read_report
from evidencias.domain.report_checks import foreign_header, foreign_report, unjudged
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.support import LINKED, with_rules
from evidencias.errors import InputError
from evidencias.manifests import supported_before
from evidencias.ports import Progress, Workspace
from evidencias.processes import link_all


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a synchronisation was asked for: `--simular`, `--forzar`."""

    simulate: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything one run read, before anything is decided."""

    plan: Plan
    activities: tuple[Activity, ...]
    report: Report | None
    register: RegisterContents
    listing: Listing
    documents: Mapping[str, Document]
    earlier: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """What the files say, by file id; files without text are absent."""
        return {i: d.text for i, d in self.documents.items() if d.text}


def synchronise(
    config: Config, ws: Workspace, now: datetime, wishes: Wishes, progress: Progress
) -> Snapshot:
    """The nightly job; whatever fails before the register is written leaves it as it was."""
    gathered = gather(config, ws, wishes, progress)
    progress("Enlace de archivos y actividades", 0, None)
    judged, decided = conclude(config, ws, gathered)
    before = snapshots.load(ws.index)
    judged = account.telling_a_lost_register(judged, gathered.register, before)
    judged = with_exposure(judged, ws)
    moved = account.moves(judged, before)
    changes = register_changes(
        judged,
        gathered.register,
        now=now,
        version=__version__,
        new=moved["new"],
        gone=moved["gone"],
    )
    written = False
    if not wishes.simulate:
        progress("Escritura del registro", 0, None)
        written = ws.register.record(changes)
    snapshot = Snapshot(
        judged,
        account.summary(decided, moved, ws, now=now, written=written),
        history_entries(gathered.register, changes),
        trend(gathered.register, changes if written else None),
    )
    if not wishes.simulate:
        snapshots.keep(ws.index, snapshot)
    return snapshot


def gather(config: Config, ws: Workspace, wishes: Wishes, progress: Progress) -> Gathered:
    """Reads plan, report, register, folder and documents. Raises before reading is expensive."""
    plan = read_plan(ws.plan.read(), config.period, config.plan.hoja)
    report = read_report(ws.report.read()) if ws.report else None
    register = ws.register.read()
    check_stamp(register, config.politica.nombre, config.period)
    listing = ws.files.scan(progress)
    if listing.coverage.complete:
        memory.guard(earlier_links(register), listing.files, force=wishes.force)
    documents = (
        reading.read_documents(
            listing.files, ws.files, ws.index, progress, keep=not wishes.simulate
        )
        if config.evidencias.leer_contenido
        else {}
    )
    activities = with_rules(plan.activities, config.rules)
    earlier = supported_before(config)
    return Gathered(plan, activities, report, register, listing, documents, earlier)


def conclude(
    config: Config, ws: Workspace, gathered: Gathered
) -> tuple[Assessment, DecisionReading]:
    """Links, applies people's decisions and judges; reads nothing more."""
    seen = {f.id: reading.with_contents(f, gathered.documents) for f in gathered.listing.files}
    ghosts, memories = memory.remembered(
        earlier_links(gathered.register), seen, gathered.listing.coverage
    )
    files = {**seen, **ghosts}
    decided = read_decisions(
        gathered.register,
        files,
        gathered.activities,
        ws.folders,
        coverage=gathered.listing.coverage,
    )
    linked = link_all(
        gathered.activities,
        list(seen.values()),
        gathered.texts,
        policy=config.politica.nombre,
        period=config.period,
        decisions=decided.decisions,
        narrator=_narrator(config, gathered, decided.decisions),
    )
    facts = Assessment(
        policy=config.politica.nombre,
        responsible=config.politica.responsable,
        period=config.period,
        rules=config.rules,
        activities=gathered.activities,
        files=files,
        facts=linked.facts,
        proposed=(*linked.links, *memory.automatic(memories)),
        floor=linked.floor,
        set_aside=gathered.listing.set_aside,
        coverage=gathered.listing.coverage,
        decisions=decided.decisions,
        decision_problems=decided.problems,
        earlier=gathered.earlier,
        problems=(
            *gathered.plan.problems,
            *no_files(gathered.listing),
            *doubtful_dates(seen.values(), config.period),
            *unread_texts(seen.values()),
        ),
    )
    return _with_own_report(judge(facts), gathered), decided


def _narrator(config: Config, gathered: Gathered, decisions: Sequence[Decision]) -> Narrator | None:
    """Who tells the linker what the report says, where it is of this policy and period."""
    report = gathered.report
    if report is None or foreign_header(report.header, config.politica.nombre, config.period):
        return None
    return narrator(report, gathered.activities, decisions)


def with_exposure(judged: Assessment, ws: Workspace) -> Assessment:
    """The assessment knowing which linked files anyone with the link can open."""
    linked = {k.file for k in judged.links if k.state in LINKED}
    asked = [f for i, f in judged.files.items() if i in linked and f.presence is Presence.SEEN]
    known = ws.files.exposure(asked)
    told = {f.id: replace(f, shared_publicly=known.get(f.id)) for f in asked}
    if all(told[f.id] == f for f in asked):
        return judged
    return judge(replace(judged, files={**judged.files, **told}))


def _with_own_report(judged: Assessment, gathered: Gathered) -> Assessment:
    if gathered.report is None:
        return judged
    stranger = foreign_report(gathered.report, judged)
    if stranger:
        told = Problem("informe", stranger, "No se contrastó; corrija [informe] origen.")
        return replace(judged, problems=(*judged.problems, told))
    return with_report(judged, gathered.report, gathered.texts)


def with_report(judged: Assessment, report: Report, texts: Mapping[str, str]) -> Assessment:
    """The assessment with the claims and figures of a report, judged again with them."""
    evidence: dict[str, list[str]] = defaultdict(list)
    for found in teachers(judged.links):
        evidence[found.activity].append(_told(found, judged.files, texts))
    orphans = {
        o.file: f"{judged.files[o.file].path}\n{texts.get(o.file, '')}" for o in judged.orphans
    }
    claims = read_claims(
        report,
        judged.activities,
        evidence=evidence,
        orphan_texts=orphans,
        decisions=judged.decisions,
    )
    figures = read_figures(report, judged.activities, claims)
    return judge(
        replace(judged, report=report, claims=claims, figures=tuple(map(unjudged, figures)))
    )


def _told(found: Link, files: Mapping[str, EvidenceFile], texts: Mapping[str, str]) -> str:
    name = files[found.file].name if found.file in files else ""
    return f"{name}\n{texts.get(found.file, '')}"


def audit(
    snapshot: Snapshot, report: Report | None, texts: Mapping[str, str], *, force: bool
) -> Assessment:
    """The report against the last synchronised state; `report` None means the one kept with it.

    Raises InputError when there is no report at all, or when it is of another policy or period
    (unless `force`).
    """
    judged = snapshot.assessment
    if report is None:
        if judged.report is None:
            raise InputError(
                "No hay informe que auditar.",
                "Dé su ruta, «evidencias auditar informe.docx», o póngalo en [informe] origen.",
            )
        return judged
    stranger = foreign_report(report, judged)
    if stranger and not force:
        raise InputError(stranger, "Si de verdad es este, ejecute de nuevo con --forzar.")
    return with_report(judged, report, texts)
