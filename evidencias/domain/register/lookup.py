"""The thing an id stands for, whoever names it: a link, a finding or a claim of the last state."""

from __future__ import annotations

from evidencias.domain.assessment import Assessment
from evidencias.domain.ids import same_id
from evidencias.domain.model import Claim, Decision, Finding, Link, Verdict
from evidencias.domain.register.review import Proposal, why
from evidencias.domain.register.words import label
from evidencias.errors import InputError


def proposal_of(assessment: Assessment, name: str) -> Proposal:
    """What the id names, as a row of `Revisión` would put it.

    Raises InputError for an id that the last synchronisation does not know.
    """
    for link in (*assessment.links, *assessment.proposed):
        if same_id(link.id, name):
            return _of_link(assessment, link)
    for finding in assessment.findings:
        if same_id(finding.id, name):
            return _of_finding(assessment, finding)
    for claim in assessment.claims:
        if same_id(claim.id, name):
            return _of_claim(claim)
    raise InputError(
        f"No conozco el id «{name}».",
        "Cópielo de «evidencias vinculos» (V-…), de «evidencias auditar» (H-…) o de «Revisión».",
    )


def decision_of(proposal: Proposal, verdict: Verdict, *, by: str, note: str) -> Decision:
    """The decision on a proposal. Raises InputError when the verdict does not suit it."""
    is_link = proposal.id.startswith("V-")
    if is_link == (verdict is Verdict.ACCEPT):
        right = "confirmar o rechazar" if is_link else "aceptar o rechazar"
        raise InputError(
            f"{proposal.id} es {'un vínculo' if is_link else 'un hallazgo'}: se puede {right}.",
            f"Ejecute «evidencias decidir {proposal.id} {right.split(maxsplit=1)[0]}».",
        )
    file = proposal.file.id if proposal.file else ""
    print_ = proposal.file.md5 if proposal.file else ""
    return Decision(
        proposal.id, verdict, proposal.code if is_link else "", file if is_link else "",
        by, note, fingerprint=print_,
    )  # fmt: skip


def _of_link(assessment: Assessment, link: Link) -> Proposal:
    activity = next((a for a in assessment.activities if a.code == link.activity), None)
    return Proposal(
        id=link.id,
        kind="Vínculo",
        activity=activity,
        code=link.activity,
        file=assessment.files.get(link.file),
        text=why(link),
        score=link.score,
        gain=0.0,
        reasons="",
    )


def _of_finding(assessment: Assessment, finding: Finding) -> Proposal:
    activity = next((a for a in assessment.activities if a.code == finding.activity), None)
    return Proposal(
        id=finding.id,
        kind=f"Hallazgo: {label(finding.kind).lower()}",
        activity=activity,
        code=finding.activity,
        file=assessment.files.get(finding.file),
        text=f"{finding.message} {finding.hint}".strip(),
        score=None,
        gain=0.0,
        reasons="",
    )


def _of_claim(claim: Claim) -> Proposal:
    raise InputError(
        f"{claim.id} es una afirmación del informe; se vincula con un archivo, no se decide sola.",
        f"Agregue en «Revisión» una fila con Código {claim.id}, el Enlace y «Confirmar».",
    )
