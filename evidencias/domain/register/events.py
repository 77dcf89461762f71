"""What happened since the last synchronisation, as records for `Historial`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from evidencias.domain.assessment import Assessment
from evidencias.domain.ids import link_id
from evidencias.domain.model import Decision, FindingKind, Verdict
from evidencias.domain.register.history import (
    BACK,
    GONE,
    NO_DECISION,
    PROPOSED,
    TOOL,
    HistoryEvent,
    history_events,
    proposal,
    stamp,
    standing_decisions,
)
from evidencias.domain.register.marks import TERMINAL
from evidencias.domain.register.review import Proposal
from evidencias.domain.register.rows import review_rows
from evidencias.domain.register.shapes import RegisterContents

_AFTER = {
    Verdict.CONFIRM: "Confirmado",
    Verdict.REJECT: "Rechazado",
    Verdict.ACCEPT: "Aceptado",
}
FOLDER, REVIEW_TAB = "carpeta", "Revisión"


def new_events(
    assessment: Assessment,
    contents: RegisterContents,
    proposed: Iterable[Proposal],
    now: datetime,
) -> tuple[HistoryEvent, ...]:
    """Decisions made, changed and withdrawn, files lost and found, then proposals."""
    return (
        *decision_events(assessment.decisions, contents, now),
        *_withdrawn(assessment.decisions, contents, now),
        *_presence(assessment, contents, now),
        *(proposal(now, p.id, p.reasons) for p in proposed),
    )


def decision_events(
    decisions: Iterable[Decision], contents: RegisterContents, now: datetime
) -> Iterator[HistoryEvent]:
    """Decisions that the history does not yet know as standing."""
    known = standing_decisions(contents)
    proposed = {e.id.upper() for e in history_events(contents) if e.after == PROPOSED}
    for decision in sorted(decisions, key=lambda d: (d.row, d.id)):
        name, after = decision.id.upper(), _AFTER[decision.verdict]
        if known.get(name) == after:
            continue
        before = known.get(name) or (PROPOSED if name in proposed else "")
        source = TERMINAL if decision.origin == TERMINAL else REVIEW_TAB
        yield HistoryEvent(stamp(now), decision.by, decision.id, before, after, source)


def _withdrawn(
    decisions: Iterable[Decision], contents: RegisterContents, now: datetime
) -> Iterator[HistoryEvent]:
    """Decisions that stood and that nobody states any more.

    A row that still says something (in conflict, or about a file that is gone) is no withdrawal.
    """
    held = {decision.id.upper() for decision in decisions}
    stated = {row.id for row in review_rows(contents) if row.decision}
    for name, before in standing_decisions(contents).items():
        if name not in held and name not in stated:
            yield HistoryEvent(stamp(now), "", name, before, NO_DECISION, REVIEW_TAB)


def _presence(
    assessment: Assessment, contents: RegisterContents, now: datetime
) -> Iterator[HistoryEvent]:
    """Linked files that are gone, once each, and those that came back."""
    last = {e.id.upper(): e.after for e in history_events(contents) if e.after in (GONE, BACK)}
    lost = {
        link_id(finding.activity, finding.file)
        for finding in assessment.findings
        if finding.kind is FindingKind.EVIDENCE_GONE and finding.file
    }
    for link in assessment.links:
        if link.id in lost and last.get(link.id) != GONE:
            yield HistoryEvent(stamp(now), TOOL, link.id, _label(link.state), GONE, FOLDER)
    linked = {link.id for link in assessment.links} - lost
    for name in sorted(name for name, after in last.items() if after == GONE):
        if name in linked and assessment.coverage.complete:
            yield HistoryEvent(stamp(now), TOOL, name, GONE, BACK, FOLDER)


def _label(state: str) -> str:
    from evidencias.domain.register.words import label

    return label(state)
