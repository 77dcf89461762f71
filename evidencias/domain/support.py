"""From links to states: which files count, and where each activity stands (contract, "States")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from evidencias.domain.assessment import Rules
from evidencias.domain.ids import finding_id
from evidencias.domain.model import (
    ALL_READ,
    Activity,
    ActivityState,
    Counted,
    Coverage,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    FindingKind,
    Link,
    LinkState,
    Period,
    Presence,
    Standing,
)
from evidencias.domain.period import civil, within
from evidencias.domain.text import fold

LINKED = frozenset({LinkState.AUTOMATIC, LinkState.CONFIRMED})
NO_FACTS = FileFacts()
_RANK = {ActivityState.NO_EVIDENCE: 0, ActivityState.PARTIAL: 1, ActivityState.SUPPORTED: 2}


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Ids ("H-…") of the findings that people accepted, and of those they rejected."""

    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()

    def accepts(self, kind: FindingKind, activity: str, file: str) -> bool:
        """Whether a person accepted this finding of this pair."""
        return finding_id(kind, activity, file, "") in self.accepted

    def rejects(self, kind: FindingKind, activity: str, file: str) -> bool:
        """Whether a person said of this finding that it must not stand."""
        return finding_id(kind, activity, file, "") in self.rejected


NO_EXCEPTIONS = Exceptions()


@dataclass(frozen=True, slots=True)
class Case:
    """What judging needs besides activities and links."""

    files: Mapping[str, EvidenceFile]
    facts: Mapping[str, FileFacts]
    period: Period
    floor: float
    exceptions: Exceptions = NO_EXCEPTIONS
    coverage: Coverage = ALL_READ


def with_rules(activities: Iterable[Activity], rules: Rules) -> tuple[Activity, ...]:
    """The activities, each requiring what [reglas] asks where the plan itself is silent."""
    patterns = [
        (re.compile(fold(pattern)), frozenset(map(EvidenceKind, kinds)))
        for pattern, kinds in rules.by_pattern.items()
    ]
    default = frozenset(map(EvidenceKind, rules.default))

    def required(activity: Activity) -> frozenset[EvidenceKind]:
        name = fold(activity.name)
        matched = [kinds for pattern, kinds in patterns if pattern.search(name)]
        return frozenset().union(*matched) if matched else default

    return tuple(a if a.required else replace(a, required=required(a)) for a in activities)


def judged_period(period: Period, base: str) -> Period:
    """The span whose evidence counts: the semester, or with base "vigencia" its year so far."""
    return replace(period, start=date(period.year, 1, 1)) if base == "vigencia" else period


def file_day(file: EvidenceFile) -> date | None:
    """The earlier of the created and modified dates: an upload keeps the old modification date."""
    moments = [m for m in (file.created, file.modified) if m is not None]
    return min(civil(m) for m in moments) if moments else None


def unusable(file: EvidenceFile) -> FindingKind | None:
    """Why a file proves nothing whatever its date, or None."""
    if file.broken:
        return FindingKind.BROKEN_SHORTCUT
    if file.trashed or file.presence is Presence.GONE:
        return FindingKind.EVIDENCE_GONE
    if file.damaged or (file.size == 0 and not file.native):
        return FindingKind.EMPTY_FILE
    return None


def untimely(file: EvidenceFile, facts: FileFacts, period: Period) -> FindingKind | None:
    """Whether the file's date, or the photo's own, falls outside the days that count."""
    day = file_day(file)
    if file.photo_taken is not None and not within(civil(file.photo_taken), period):
        return FindingKind.OUT_OF_PERIOD
    if day is None:
        return FindingKind.OUT_OF_PERIOD
    if within(day, period):
        return None
    late = day > period.cutoff and facts.event_source in {"texto", "nombre"}
    if late and facts.event is not None and period.start <= facts.event <= period.end:
        return FindingKind.LATE_UPLOAD
    return FindingKind.OUT_OF_PERIOD


def why_not(activity: str, file: EvidenceFile, case: Case) -> FindingKind | None:
    """Why a linked file does not count for an activity, or None when it does."""
    spoiled = unusable(file)
    if spoiled:
        return spoiled
    kind = untimely(file, case.facts.get(file.id, NO_FACTS), case.period)
    if kind and not case.exceptions.accepts(kind, activity, file.id):
        return kind
    if case.exceptions.rejects(FindingKind.REUSED_DUPLICATE, activity, file.id):
        return FindingKind.REUSED_DUPLICATE
    return None


def counted(link: Link, case: Case) -> Counted:
    """One linked file and whether it counts; a file that is gone counts for nothing."""
    file = case.files.get(link.file)
    if file is None:
        return Counted(link.file, link.state, False, FindingKind.EVIDENCE_GONE)
    if file.presence is Presence.UNREAD:
        return Counted(link.file, link.state, False)  # unknown today: neither proven nor lost
    if file.shortcut_target is not None and not file.broken:
        return Counted(link.file, link.state, False)  # its target may count
    reason = why_not(link.activity, file, case)
    return Counted(link.file, link.state, reason is None, reason)


def would_count(link: Link, case: Case) -> bool:
    """Whether a suggestion, once confirmed, would count."""
    return counted(replace(link, state=LinkState.CONFIRMED), case).counts


def is_pending(link: Link, case: Case) -> bool:
    """A suggestion above the calibrated floor that would count if confirmed."""
    return link.state is LinkState.SUGGESTED and link.score > case.floor and would_count(link, case)


def _kinds(files: Iterable[str], facts: Mapping[str, FileFacts]) -> frozenset[EvidenceKind]:
    return frozenset().union(*(facts.get(f, NO_FACTS).kinds for f in files))


def _level(
    activity: Activity, files: Sequence[str], facts: Mapping[str, FileFacts]
) -> tuple[ActivityState, tuple[EvidenceKind, ...]]:
    missing = tuple(sorted(activity.required - _kinds(files, facts)))
    if not files:
        return ActivityState.NO_EVIDENCE, missing
    return (ActivityState.PARTIAL if missing else ActivityState.SUPPORTED), missing


def standing(activity: Activity, links: Sequence[Link], case: Case) -> Standing:
    """Where one activity stands, from its own links (decisions already applied)."""
    files = tuple(counted(link, case) for link in links if link.state in LINKED)
    counting = [c.file for c in files if c.counts]
    state, missing = _level(activity, counting, case.facts)
    pending = [link for link in links if is_pending(link, case)]
    best, _ = _level(activity, counting + [p.file for p in pending], case.facts)
    useful = tuple(p.file for p in pending if _adds(p.file, missing, counting, case))
    if _RANK[best] > _RANK[state]:
        state = ActivityState.TO_REVIEW
    if state is not ActivityState.SUPPORTED and not case.coverage.complete:
        state = ActivityState.UNVERIFIABLE
    return Standing(activity.code, state, files, missing, useful, best=best)


def _adds(file: str, missing: Sequence[EvidenceKind], counting: Sequence[str], case: Case) -> bool:
    kinds = case.facts.get(file, NO_FACTS).kinds
    return not counting or bool(kinds.intersection(missing))


def standings(
    activities: Sequence[Activity],
    links: Iterable[Link],
    case: Case,
    reviewers: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Standing, ...]:
    """Where every activity stands, in the plan's order. `reviewers` maps a code to who decided."""
    by_activity: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_activity[link.activity].append(link)
    by_whom = reviewers or {}
    return tuple(
        replace(
            standing(a, sorted(by_activity[a.code], key=_strongest_first), case),
            reviewed_by=by_whom.get(a.code, ()),
        )
        for a in activities
    )


def _strongest_first(link: Link) -> tuple[float, str]:
    return (-link.score, link.file)
