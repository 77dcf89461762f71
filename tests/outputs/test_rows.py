"""Rows as the contract's JSON: every key always there, unknown as null."""

from __future__ import annotations

from dataclasses import replace

from evidencias.domain.ids import link_id
from evidencias.domain.judgement import judge
from evidencias.domain.model import Claim, ClaimKind, Decision, Place, Report, ReportHeader, Verdict
from evidencias.outputs import columns
from evidencias.outputs.rows import audit_row, link_rows, missing_rows, orphan_rows
from tests.domain.judging import activity, facts_of, file, link

FILES = tuple(file(f"f{n}.pdf") for n in range(3))
CLAIM = Claim(
    "A-UNO", "se compró un dron", Place(None, None, None), kind=ClaimKind.UNPLANNED,
    files=tuple(f.id for f in FILES),
)  # fmt: skip


def decided(name: str, verdict: Verdict) -> Decision:
    return Decision(link_id("A-UNO", name), verdict, "A-UNO", name)


FACTS = replace(
    facts_of(activity("A1"), files=FILES, claims=(CLAIM,)),
    report=Report(ReportHeader(), ()),
    decisions=(decided("f0.pdf", Verdict.CONFIRM), decided("f1.pdf", Verdict.REJECT)),
)


def test_what_a_person_decided_of_a_claim_is_no_longer_suggested() -> None:
    row = missing_rows(judge(FACTS))[-1]
    assert row["codigo"] == "A-UNO"
    assert (row["evidencias"], row["sugerencias"], row["programada"]) == (1, 1, False)


def test_no_key_is_ever_absent() -> None:
    judged = judge(replace(FACTS, proposed=(link("A1", "f2.pdf"),)))
    everything = missing_rows(judged, everything=True)
    assert all(set(r) == set(columns.MISSING_KEYS) for r in everything)
    assert all(set(r) == set(columns.LINK_KEYS) for r in link_rows(judged))
    assert all(set(r) == set(columns.ORPHAN_KEYS) for r in orphan_rows(judged))
    assert audit_row(judged)["informe"] == dict.fromkeys(
        ("politica", "responsable", "periodo", "fecha")
    )
    assert audit_row(replace(judged, report=None))["informe"]["politica"] is None
