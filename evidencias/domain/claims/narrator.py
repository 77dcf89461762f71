"""The report as the linker of files hears it: what each claim may tell, before any link is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidencias.domain.claims import weights as shipped
from evidencias.domain.claims.decide import Reading, settle
from evidencias.domain.claims.reading import claims, decided, shortened
from evidencias.domain.claims.reasons import Explainer
from evidencias.domain.claims.scoring import scene
from evidencias.domain.claims.statements import Statement as Row
from evidencias.domain.claims.statements import statements
from evidencias.domain.ids import same_id
from evidencias.domain.linking.narrative import Narrator, Statement
from evidencias.domain.model import Activity, Claim, ClaimKind, Decision, Report, Verdict

if TYPE_CHECKING:
    from evidencias.domain.claims.scoring import Weights


def corrected(
    report: Report,
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
    decisions: Sequence[Decision],
) -> list[Claim]:
    """The claims of a report as people corrected them, without states or files.

    `proofs` are the roots that each activity's files use.
    """
    read = _read(report, activities, proofs, shipped.fitted())
    found = claims(report, *read, activities, Explainer(activities, proofs))
    return [decided(claim, decisions) for claim in found]


def _read(
    report: Report,
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
    weights: Weights,
) -> tuple[list[Row], list[Reading]]:
    rows = statements(report)
    if not rows or not activities:
        return [], []
    return rows, settle(scene(rows, activities, proofs), weights)


def narrator(
    report: Report,
    activities: Sequence[Activity],
    decisions: Sequence[Decision] = (),
    weights: Weights | None = None,
) -> Narrator:
    """Reads a report for the linker.

    It reads without the plan's quantities: what is counted must not support a link. What the report
    says was not done, or was never planned, tells of no activity.
    """
    ordered = sorted(activities, key=lambda a: (a.row, a.code))
    uncounted = [replace(a, achieved=None, target=None) for a in ordered]

    def told(roots: Mapping[str, Counter[str]]) -> list[Statement]:
        proofs = [roots.get(a.code, Counter()) for a in ordered]
        rows, readings = _read(report, uncounted, proofs, weights or shipped.fitted())
        denied = [shortened(x.text) for x, r in zip(rows, readings, strict=True) if r.denied]
        found = claims(report, rows, readings, uncounted, Explainer(uncounted, proofs))
        return [
            Statement(c.text, _chances(c, decisions, done=not any(x in c.text for x in denied)))
            for c in found
        ]

    return told


def _chances(claim: Claim, decisions: Sequence[Decision], *, done: bool) -> Mapping[str, float]:
    """With what chance a claim tells each activity; what a person decided is sure."""
    mine = [d for d in decisions if same_id(d.id, claim.id) and d.activity]
    confirmed = {d.activity: 1.0 for d in mine if d.verdict is Verdict.CONFIRM}
    if confirmed or not done or claim.kind is ClaimKind.UNPLANNED:
        return confirmed
    refused = {d.activity for d in mine if d.verdict is Verdict.REJECT}
    return {n.activity: n.score for n in claim.nearby if n.activity not in refused}
