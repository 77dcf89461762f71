"""The audit in one word: from findings to the verdict and the order in which to mend them."""

from __future__ import annotations

from collections.abc import Sequence

from evidencias.domain.model import AuditVerdict, Finding, FindingKind, Severity

_WEIGHT = {Severity.BLOCKING: 0, Severity.OBSERVATION: 1, Severity.NOTICE: 2}
# What contradicts the report's own words comes before what is merely missing.
_FIRST = (
    FindingKind.FIGURE_MISMATCH,
    FindingKind.UNPLANNED,
    FindingKind.NO_EVIDENCE,
    FindingKind.MISSING_KIND,
)


def blocking(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The blocking findings that nobody accepted."""
    return tuple(f for f in findings if f.severity is Severity.BLOCKING and not f.accepted)


def verdict(findings: Sequence[Finding]) -> AuditVerdict:
    """`con_inconsistencias` with an unaccepted blocking finding, else by the observations."""
    if blocking(findings):
        return AuditVerdict.INCONSISTENT
    open_ones = [f for f in findings if f.severity is Severity.OBSERVATION and not f.accepted]
    return AuditVerdict.OBSERVATIONS if open_ones else AuditVerdict.CLEAN


def mend_first(findings: Sequence[Finding], limit: int = 10) -> tuple[Finding, ...]:
    """The unaccepted findings to mend first: by severity, then by what they contradict."""
    return tuple(f for f in by_severity(findings) if not f.accepted)[:limit]


def by_severity(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Every finding, what weighs most first; accepted ones last."""

    def rank(finding: Finding) -> tuple[bool, int, int]:
        place = _FIRST.index(finding.kind) if finding.kind in _FIRST else len(_FIRST)
        return (finding.accepted, _WEIGHT[finding.severity], place)

    return tuple(sorted(findings, key=rank))
