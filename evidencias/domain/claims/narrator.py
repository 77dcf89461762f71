"""The report as the linker of files hears it: what each claim may tell, before any link is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidencias.domain.claims import weights as shipped
from evidencias.domain.claims.decide import settle
from evidencias.domain.claims.reading import claims, decided
from evidencias.domain.claims.reasons import Explainer
from evidencias.domain.claims.scoring import scene
from evidencias.domain.claims.statements import statements
from evidencias.domain.ids import same_id
from evidencias.domain.linking.narrative import Narrator, Statement
from evidencias.domain.model import Activity, Claim, Decision, Report, Verdict

if TYPE_CHECKING:
    from evidencias.domain.claims.scoring import Weights


def corrected(
    report: Report,
    activities: Sequence[Activity],
    proofs: Sequence[Counter[str]],
    decisions: Sequence[Decision],
    weights: Weights | None = None,
) -> list[Claim]:
    """The claims of a report as people corrected them, without states or files.

    `proofs` are the roots that each activity's files use.
    """
    rows = statements(report)
    if not rows or not activities:
        return []
    readings = settle(scene(rows, activities, proofs), weights or shipped.fitted())
    found = claims(report, rows, readings, activities, Explainer(activities, proofs))
    return [decided(claim, decisions) for claim in found]


def narrator(
    report: Report,
    activities: Sequence[Activity],
    decisions: Sequence[Decision] = (),
    weights: Weights | None = None,
) -> Narrator:
    """Reads a report for the linker; `activities` stand in the plan's order.

    It reads without the plan's quantities: what is counted must not support a link.
    """
    uncounted = [replace(a, achieved=None, target=None) for a in activities]

    def told(roots: Mapping[str, Counter[str]]) -> list[Statement]:
        proofs = [roots.get(a.code, Counter()) for a in activities]
        found = corrected(report, uncounted, proofs, decisions, weights)
        return [Statement(claim.text, _chances(claim, decisions)) for claim in found]

    return told


def _chances(claim: Claim, decisions: Sequence[Decision]) -> Mapping[str, float]:
    """With what chance a claim tells each activity; what a person decided is sure."""
    mine = [d for d in decisions if same_id(d.id, claim.id) and d.activity]
    if any(d.verdict is Verdict.CONFIRM for d in mine):
        return {claim.activity: 1.0}
    refused = {d.activity for d in mine if d.verdict is Verdict.REJECT}
    return {n.activity: n.score for n in claim.nearby if n.activity not in refused}
