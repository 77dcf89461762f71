"""All that one run wants written into the register."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from evidencias.domain.assessment import Assessment
from evidencias.domain.memory import missing_files
from evidencias.domain.model import ActivityState, Presence
from evidencias.domain.period import BOGOTA
from evidencias.domain.register.earlier import earlier_links
from evidencias.domain.register.events import new_events
from evidencias.domain.register.history import chained
from evidencias.domain.register.review import proposals, review_cells
from evidencias.domain.register.shapes import Cell, RegisterChanges, RegisterContents
from evidencias.domain.register.stamp import check_stamp
from evidencias.domain.register.summary import summary_tab
from evidencias.domain.register.tabs import activities_tab, evidence_tab, missing_tab, orphans_tab
from evidencias.domain.register.words import label, visible


def register_changes(
    assessment: Assessment,
    contents: RegisterContents,
    *,
    now: datetime,
    version: str,
    new: int | None = None,
    gone: int | None = None,
) -> RegisterChanges:
    """The tool's tabs as they should be, and the rows to append.

    Applied to `contents`, and asked again with the same assessment, it appends nothing more and
    its tabs are the same (law 1). `new` and `gone` are the run's counts of files, where known;
    otherwise they are told from the links. Raises InputError for a register of another policy or
    semester, or one whose `Revisión` lost its ID or Decisión column.
    """
    check_stamp(contents, assessment.policy, assessment.period)
    told = _moves(assessment, contents)
    moves = (told[0] if new is None else new, told[1] if gone is None else gone)
    proposed = proposals(assessment, contents)
    events = new_events(assessment, contents, proposed, now)
    return RegisterChanges(
        policy=assessment.policy,
        semester=assessment.period.label,
        tabs=(
            summary_tab(assessment),
            activities_tab(assessment),
            evidence_tab(assessment),
            missing_tab(assessment),
            orphans_tab(assessment),
        ),
        review=tuple(review_cells(proposal, now) for proposal in proposed),
        history=chained(contents, events),
        log=(_log(assessment, now, version, moves),),
    )


def _moves(assessment: Assessment, contents: RegisterContents) -> tuple[int, int]:
    """How many linked files are new, and how many are gone, as the register itself can tell."""
    earlier = earlier_links(contents)
    seen = {i: f for i, f in assessment.files.items() if f.presence is Presence.SEEN}
    before = {link.file for link in earlier}
    linked = {link.file for link in assessment.links if link.file in seen}
    lost = {link.file for link in missing_files(earlier, tuple(seen.values()))}
    return len(linked - before), len(lost)


def _log(
    assessment: Assessment, now: datetime, version: str, moves: tuple[int, int]
) -> tuple[Cell, ...]:
    seen = sum(file.presence is Presence.SEEN for file in assessment.files.values())
    local = now.astimezone(BOGOTA).replace(tzinfo=None, microsecond=0)
    return (
        Cell(assessment.run.id if assessment.run else local.isoformat()),
        Cell(local),
        Cell(seen),
        *(Cell(count) for count in moves),
        Cell(_states(assessment)),
        Cell(len(assessment.findings)),
        Cell(_coverage(assessment)),
        Cell(version),
    )


def _states(assessment: Assessment) -> str:
    reported = {activity.code for activity in assessment.activities if activity.reported}
    counts = Counter(s.state for s in assessment.standings if s.activity in reported)
    return "; ".join(f"{label(s)}: {counts[s]}" for s in ActivityState if counts[s])


def _coverage(assessment: Assessment) -> str:
    if assessment.coverage.complete:
        return "completa"
    unread = assessment.coverage.unread
    shown = ", ".join(visible(route) for route in unread[:3])
    more = f" y {len(unread) - 3} más" if len(unread) > 3 else ""
    return f"incompleta; sin leer: {shown}{more}" if unread else "incompleta"
