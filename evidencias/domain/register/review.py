"""What enters `Revisión`: what would change a state or can be accepted, what unlocks most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import (
    Activity,
    EvidenceFile,
    FileFacts,
    Finding,
    FindingKind,
    Link,
    LinkState,
    Severity,
    Standing,
)
from evidencias.domain.period import civil
from evidencias.domain.register.history import digest, history_events
from evidencias.domain.register.rows import review_rows
from evidencias.domain.register.shapes import Cell, RegisterContents
from evidencias.domain.register.words import label, visible

PER_KIND = 3
"""Proposals for one activity and missing kind: more would bury the person."""
_NO_FACTS = FileFacts()
_ACCEPTABLE = frozenset(
    {
        FindingKind.LATE_UPLOAD,
        FindingKind.REUSED_DUPLICATE,
        FindingKind.OFF_SCHEDULE,
        FindingKind.CONTRADICTION,
    }
)
"""Observations a person can settle; blocking findings always can. Others only inform."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to decide: `gain` is the share of an activity's lack that it would fill, 0 to 1."""

    id: str
    kind: str
    activity: Activity | None
    code: str
    file: EvidenceFile | None
    text: str
    score: float | None
    gain: float
    reasons: str

    @property
    def rank(self) -> tuple[float, float, float, str, str]:
        """Sorts what unlocks most first, then the heavier activity, then the surer proposal."""
        weight = self.activity.weight if self.activity else None
        return (-self.gain, -(weight or 0.0), -(self.score or 0.0), self.code, self.id)


def open_ids(assessment: Assessment) -> tuple[str, ...]:
    """Every id whose decision would still change something, also those already in `Revisión`."""
    return tuple(sorted({p.id for p in _all(assessment, per_kind=None)}))


def proposals(assessment: Assessment, contents: RegisterContents) -> tuple[Proposal, ...]:
    """What is to be appended to `Revisión`, in order.

    Left out: ids already there, and those a person deleted undecided, until their reasons change.
    """
    there = {row.id for row in review_rows(contents)}
    told = {e.id.upper(): e.reasons for e in history_events(contents) if e.reasons}
    new = (p for p in _all(assessment, PER_KIND) if p.id not in there)
    return tuple(sorted((p for p in new if told.get(p.id) != p.reasons), key=lambda p: p.rank))


def review_cells(proposal: Proposal, now: datetime) -> tuple[Cell, ...]:
    """The row of `Revisión` for a proposal, in the order of its columns; the decision is blank."""
    file = proposal.file
    return (
        Cell(proposal.id),
        Cell(proposal.kind),
        Cell(proposal.code),
        Cell(visible(proposal.activity.name if proposal.activity else "")),
        Cell(visible(file.name if file else "")),
        Cell(visible(pointer(file)), file.url) if file else Cell(),
        Cell(visible(proposal.text)),
        Cell(None if proposal.score is None else round(proposal.score, 2), style="score"),
        Cell(civil(now)),
        Cell(),
        Cell(),
        Cell(),
        Cell(file.md5 if file else ""),
    )


def pointer(file: EvidenceFile) -> str:
    """What stands under Enlace: the web address of a Drive file, the path of a local one."""
    return file.url if file.url.lower().startswith("http") else file.id


def why(link: Link) -> str:
    """The reasons of a link in one text, what speaks against it last."""
    for_it = "; ".join(reason.text.rstrip(". ") for reason in link.reasons)
    against = "; ".join(reason.text.rstrip(". ") for reason in link.against)
    said = f"{for_it[:1].upper()}{for_it[1:]}." if for_it else ""
    return f"{said} En contra: {against}.".strip() if against else said


def _all(assessment: Assessment, per_kind: int | None) -> Iterator[Proposal]:
    activities = {activity.code: activity for activity in assessment.activities}
    suggested = {
        (link.activity, link.file): link
        for link in assessment.links
        if link.state is LinkState.SUGGESTED
    }
    for standing in assessment.standings:
        if standing.activity in activities and not activities[standing.activity].reported:
            continue  # its state is nobody's question this semester
        pending = [suggested.get((standing.activity, file)) for file in standing.pending]
        links = sorted(filter(None, pending), key=lambda link: (-link.score, link.file))
        yield from _suggestions(assessment, activities, standing, links, per_kind)
    for finding in assessment.findings:
        if _can_be_accepted(finding):
            yield _about(finding, activities.get(finding.activity), assessment.files)


def _suggestions(
    assessment: Assessment,
    activities: Mapping[str, Activity],
    standing: Standing,
    links: list[Link],
    per_kind: int | None,
) -> Iterator[Proposal]:
    """At most `per_kind` for each missing kind (a file of several kinds serves them all)."""
    taken: Counter[str] = Counter()
    for link in links:
        kinds = assessment.facts.get(link.file, _NO_FACTS).kinds
        fills: list[str] = [kind for kind in standing.missing if kind in kinds] or [""]
        if per_kind is not None and all(taken[kind] >= per_kind for kind in fills):
            continue
        taken.update(fills)
        gain = len([kind for kind in fills if kind]) / max(1, len(standing.missing))
        yield Proposal(
            id=link.id,
            kind="Vínculo",
            activity=activities.get(link.activity),
            code=link.activity,
            file=assessment.files.get(link.file),
            text=f"¿Este archivo prueba la actividad? {why(link)}".strip(),
            score=link.score,
            gain=gain if standing.missing else 1.0,
            reasons=digest(f"{r.signal}\0{r.text}" for r in (*link.reasons, *link.against)),
        )


def _can_be_accepted(finding: Finding) -> bool:
    if finding.accepted or finding.kind is FindingKind.TO_REVIEW:
        return False
    blocking = finding.severity is Severity.BLOCKING
    observed = finding.severity is Severity.OBSERVATION and finding.kind in _ACCEPTABLE
    return blocking or observed


def _about(
    finding: Finding, activity: Activity | None, files: Mapping[str, EvidenceFile]
) -> Proposal:
    late = finding.kind is FindingKind.LATE_UPLOAD
    return Proposal(
        id=finding.id,
        kind=f"Hallazgo: {label(finding.kind).lower()}",
        activity=activity,
        code=finding.activity,
        file=files.get(finding.file),
        text=f"{finding.message} {finding.hint}".strip(),
        score=None,
        gain=0.5 if late else 0.0,  # accepting a late upload makes its file count
        reasons=digest([finding.message]),
    )
