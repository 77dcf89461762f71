"""What the report says was done, clause by clause, each with the activity of the plan it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencias.domain.claims.orphans import offers
from evidencias.domain.claims.reading import with_files
from evidencias.domain.model import Activity, Claim, Decision, Report


def read_claims(
    report: Report,
    activities: Sequence[Activity],
    *,
    evidence: Mapping[str, Sequence[str]] | None = None,
    orphan_texts: Mapping[str, str] | None = None,
    decisions: Sequence[Decision] = (),
) -> tuple[Claim, ...]:
    """Every statement of the report that something was done, in reading order.

    `activities` stand in the plan's order. `evidence` maps a code to the texts and names of its
    files: their words lie between the plan's and the report's. `orphan_texts` maps a file id to
    its name and text; such files are offered to claims that no plan holds. A decision whose id
    is a claim's moves it to its activity (or away from it); one whose activity is a claim's id
    ties a file to that claim. `Claim.state` is left "". Without activities there are no claims:
    nothing can be said of them.
    """
    from evidencias.domain.claims.likeness import evidence_roots
    from evidencias.domain.claims.narrator import corrected

    proofs = evidence_roots(activities, evidence or {})
    found = corrected(report, activities, proofs, decisions)
    offered = offers(found, orphan_texts or {})
    return tuple(with_files(claim, offered, decisions) for claim in found)


__all__ = ["read_claims"]
