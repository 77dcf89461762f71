"""Facts and decisions -> links, states, findings: the pure centre that sync and `decidir` share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evidencias.domain.assessment import Assessment, Orphan
from evidencias.domain.checks import findings
from evidencias.domain.examined import Examined
from evidencias.domain.model import (
    ActivityState,
    Claim,
    ClaimKind,
    ClaimState,
    Decision,
    EvidenceFile,
    Finding,
    Link,
    LinkState,
    Nearby,
    Presence,
    Reason,
    Standing,
    Verdict,
)
from evidencias.domain.report_checks import rejudged_figures, report_findings
from evidencias.domain.support import LINKED, Case, Exceptions, is_pending, judged_period, standings


def judge(facts: Assessment) -> Assessment:
    """Draws every conclusion anew from the facts of a run and the decisions that hold.

    Only `activities`, `files`, `facts`, `proposed`, `floor`, `decisions`, `coverage`, `period`,
    `rules`, `report`, `claims` and the figures as read are taken; everything else is replaced.
    """
    links = apply_decisions(facts.proposed, facts.decisions)
    case = case_of(facts)
    where = standings(facts.activities, links, case, _reviewers(facts.decisions))
    pending = frozenset(link.id for link in links if is_pending(link, case))
    known = {a.code: a for a in facts.activities}
    found = findings(Examined(known, where, links, case))
    judged = replace(
        facts,
        links=links,
        pending=pending,
        standings=where,
        orphans=_orphans(facts.files.values(), links, pending),
        claims=_with_states(facts.claims, where),
    )
    judged = replace(judged, figures=rejudged_figures(judged))
    every = (*found, *report_findings(judged))
    return replace(judged, findings=_accepted(every, case.exceptions))


def case_of(facts: Assessment) -> Case:
    """The judging case of an assessment: its files, period and the exceptions people made."""
    verdicts = [(d.id.upper(), d.verdict) for d in facts.decisions if d.id[:2].upper() == "H-"]
    exceptions = Exceptions(
        frozenset(i for i, v in verdicts if v in (Verdict.ACCEPT, Verdict.CONFIRM)),
        frozenset(i for i, v in verdicts if v is Verdict.REJECT),
    )
    period = judged_period(facts.period, facts.rules.base)
    return Case(facts.files, facts.facts, period, facts.floor, exceptions, facts.coverage)


def apply_decisions(links: Iterable[Link], decisions: Sequence[Decision]) -> tuple[Link, ...]:
    """The links after people spoke; a confirmed pair that the linker never saw is added."""
    by_pair = {(d.activity, d.file): d for d in decisions if d.activity and d.file}
    decided: dict[tuple[str, str], Link] = {}
    for link in links:
        decision = by_pair.get((link.activity, link.file))
        decided[link.activity, link.file] = _decided(link, decision) if decision else link
    for pair, decision in by_pair.items():
        if pair not in decided and decision.verdict in (Verdict.CONFIRM, Verdict.REJECT):
            decided[pair] = _decided(Link(*pair, LinkState.SUGGESTED, 0.0), decision)
    return tuple(sorted(decided.values(), key=lambda k: (k.activity, -k.score, k.file)))


def _decided(link: Link, decision: Decision) -> Link:
    if decision.verdict is Verdict.CONFIRM:
        state, verb = LinkState.CONFIRMED, "Confirmado"
    elif decision.verdict is Verdict.REJECT:
        state, verb = LinkState.REJECTED, "Rechazado"
    else:
        return link
    who = f" por {decision.by}" if decision.by else " en «Revisión»"
    note = f": {decision.note}" if decision.note else ""
    said = Reason("decision", f"{verb}{who}{note}.", 0.0)
    return replace(link, state=state, reasons=(said, *link.reasons[:2]))


def _reviewers(decisions: Sequence[Decision]) -> Mapping[str, tuple[str, ...]]:
    people: dict[str, dict[str, None]] = defaultdict(dict)
    for decision in decisions:
        if decision.activity and decision.by:
            people[decision.activity][decision.by] = None
    return {code: tuple(names) for code, names in people.items()}


def _orphans(
    files: Iterable[EvidenceFile], links: Sequence[Link], pending: frozenset[str]
) -> tuple[Orphan, ...]:
    taken = {k.file for k in links if k.state in LINKED or k.id in pending}
    near: dict[str, list[Nearby]] = defaultdict(list)
    for link in links:
        if link.state is LinkState.SUGGESTED:
            near[link.file].append(Nearby(link.activity, link.score, link.reasons))
    return tuple(
        Orphan(f.id, tuple(sorted(near[f.id], key=lambda n: (-n.score, n.activity))[:3]))
        for f in sorted(files, key=lambda f: (f.path, f.id))
        if f.id not in taken and _is_evidence(f)
    )


def _is_evidence(file: EvidenceFile) -> bool:
    return (
        file.presence is Presence.SEEN
        and not file.trashed
        and not file.broken
        and file.shortcut_target is None
    )


def _with_states(claims: Sequence[Claim], where: Sequence[Standing]) -> tuple[Claim, ...]:
    states = {s.activity: s.state for s in where}
    return tuple(replace(c, state=_claim_state(c, states)) for c in claims)


def _claim_state(claim: Claim, states: Mapping[str, ActivityState]) -> str:
    if claim.kind is ClaimKind.PLANNED:
        return states.get(claim.activity, ActivityState.NO_EVIDENCE).value
    if claim.kind is ClaimKind.UNPLANNED:
        return (ClaimState.POSSIBLE if claim.files else ClaimState.UNSUPPORTED).value
    return ""


def _accepted(found: Iterable[Finding], exceptions: Exceptions) -> tuple[Finding, ...]:
    unique: dict[str, Finding] = {}
    for finding in found:
        accepted = finding.id in exceptions.accepted
        unique.setdefault(finding.id, replace(finding, accepted=accepted) if accepted else finding)
    return tuple(unique.values())
