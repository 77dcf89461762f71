"""What people decided, as it changes links, states, orphans and findings; nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.ids import finding_id, link_id
from evidencias.domain.judgement import judge
from evidencias.domain.model import Decision, FileFacts, FindingKind, LinkState, Presence, Verdict
from tests.domain.judging import ACTA, FOTOS, activity, facts_of, file, link, suggestion

CONFIRM, REJECT, ACCEPT = Verdict.CONFIRM, Verdict.REJECT, Verdict.ACCEPT


def about(code: str, name: str, verdict: Verdict, **changes: Any) -> Decision:
    return Decision(link_id(code, name), verdict, code, name, **changes)


def exception(kind: FindingKind, code: str, name: str, verdict: Verdict = ACCEPT) -> Decision:
    return Decision(finding_id(kind, code, name, ""), verdict)


def state(facts: Assessment, code: str = "A1") -> str:
    return next(s.state.value for s in judge(facts).standings if s.activity == code)


def links_of(facts: Assessment) -> dict[tuple[str, str], str]:
    return {(k.activity, k.file): k.state.value for k in judge(facts).links}


PAIRS = [
    # what the linker proposed, decision, the link's state, the activity's state
    (link(), None, "automatico", "soportada"),
    (link(), CONFIRM, "confirmado", "soportada"),
    (link(), REJECT, "rechazado", "sin_evidencia"),
    (suggestion(name="a.pdf"), None, "sugerido", "por_revisar"),
    (suggestion(name="a.pdf"), CONFIRM, "confirmado", "soportada"),
    (suggestion(name="a.pdf"), REJECT, "rechazado", "sin_evidencia"),
    (None, CONFIRM, "confirmado", "soportada"),  # by hand: the linker never saw the pair
    (None, REJECT, "rechazado", "sin_evidencia"),
]


@pytest.mark.parametrize(("proposed", "verdict", "linked", "standing"), PAIRS)
def test_a_decision_rules_its_pair(
    proposed: Any, verdict: Verdict | None, linked: str, standing: str
) -> None:
    facts = facts_of(activity(), files=(file(),), links=(proposed,) if proposed else ())
    if verdict:
        facts = replace(facts, decisions=(about("A1", "a.pdf", verdict, by="Ana"),))
    assert links_of(facts) == {("A1", "a.pdf"): linked}
    assert state(facts) == standing


def test_who_decided_and_why_is_told_first() -> None:
    decision = about("A1", "a.pdf", CONFIRM, by="Ana", note="vi el acta")
    judged = judge(facts_of(activity(), files=(file(),), links=(link(),), decisions=(decision,)))
    assert judged.links[0].reasons[0].text == "Confirmado por Ana: vi el acta."
    assert judged.standings[0].reviewed_by == ("Ana",)


def test_reported_evidenced_and_reviewed_are_three_facts() -> None:
    quiet = activity(reported=False)
    judged = judge(facts_of(quiet, files=(file(),), links=(link(),)))
    assert judged.standings[0].state.value == "soportada"
    assert judged.standings[0].reviewed_by == ()


EXCEPTIONS = [
    # what is wrong with the file, the finding, does the file count once accepted
    ({"at": "2020-09-01T12:00"}, FindingKind.OUT_OF_PERIOD, True),
    ({"at": "2022-02-01T12:00"}, FindingKind.LATE_UPLOAD, True),
    ({"size": 0}, FindingKind.EMPTY_FILE, False),
    ({"trashed": True}, FindingKind.EVIDENCE_GONE, False),
    ({"broken": True}, FindingKind.BROKEN_SHORTCUT, False),
]


@pytest.mark.parametrize(("changes", "kind", "counts"), EXCEPTIONS)
def test_confirming_decides_the_pair_and_accepting_makes_a_file_count(
    changes: dict[str, Any], kind: FindingKind, counts: bool
) -> None:
    late = FileFacts(frozenset({ACTA}), date(2021, 9, 14), "texto")
    event = {"a.pdf": late if kind is FindingKind.LATE_UPLOAD else FileFacts()}
    facts = facts_of(activity(), files=(file(**changes),), links=(link(),), facts=event)
    confirmed = replace(facts, decisions=(about("A1", "a.pdf", CONFIRM),))
    accepted = replace(facts, decisions=(exception(kind, "A1", "a.pdf"),))

    assert state(confirmed) == "sin_evidencia"
    assert state(accepted) == ("soportada" if counts else "sin_evidencia")
    own = [f.accepted for f in judge(accepted).findings if f.kind is kind]
    assert own == [True]  # accepted exceptions are listed, not hidden


def test_a_duplicate_counts_until_a_person_rejects_it() -> None:
    twins = (file("uno.pdf", md5="igual"), file("dos.pdf", md5="igual"))
    links = (link("A1", "uno.pdf"), link("A2", "dos.pdf"))
    facts = facts_of(activity(), activity("A2"), files=twins, links=links)
    no = exception(FindingKind.REUSED_DUPLICATE, "A1", "uno.pdf", REJECT)
    assert (state(facts), state(facts, "A2")) == ("soportada", "soportada")
    judged = replace(facts, decisions=(no,))
    assert (state(judged), state(judged, "A2")) == ("sin_evidencia", "soportada")


def test_ids_are_compared_without_regard_to_case() -> None:
    facts = facts_of(activity())
    lower = finding_id(FindingKind.NO_EVIDENCE, "A1", "", "").lower()
    judged = judge(replace(facts, decisions=(Decision(lower, ACCEPT),)))
    assert [f.accepted for f in judged.findings] == [True]


ORPHANS = [
    # a file and its link, whether it is an orphan
    (file(), None, True),
    (file(), link(), False),
    (file(), suggestion(name="a.pdf"), False),  # it waits for an answer
    (file(), suggestion(name="a.pdf", score=0.1), True),  # below the floor
    (file(), link(state=LinkState.REJECTED), True),
    (file(at="2020-01-01T12:00"), suggestion(name="a.pdf"), True),  # would not count
    (file(trashed=True), None, False),
    (file(broken=True), None, False),
    (file(shortcut_target="otro"), None, False),
    (file(presence=Presence.GONE), None, False),
    (file(size=0), None, True),
]


@pytest.mark.parametrize(("one", "proposed", "orphan"), ORPHANS)
def test_which_files_have_no_activity(one: Any, proposed: Any, orphan: bool) -> None:
    facts = facts_of(activity(), files=(one,), links=(proposed,) if proposed else ())
    assert [o.file for o in judge(facts).orphans] == (["a.pdf"] if orphan else [])


def test_the_nearest_activities_of_an_orphan_come_best_first() -> None:
    codes = ("A1", "A2", "A3", "A4")
    links = tuple(suggestion(c, "a.pdf", n / 100) for n, c in enumerate(codes))
    (orphan,) = judge(facts_of(*map(activity, codes), files=(file(),), links=links)).orphans
    assert [n.activity for n in orphan.nearby] == ["A4", "A3", "A2"]


def test_base_vigencia_counts_the_year() -> None:
    facts = facts_of(activity(), files=(file(at="2021-02-10T12:00"),), links=(link(),))
    assert state(facts) == "sin_evidencia"
    assert state(replace(facts, rules=Rules(base="vigencia"))) == "soportada"


@given(st.integers(0, 10_000), st.lists(st.sampled_from([CONFIRM, REJECT]), max_size=6))
def test_order_changes_nothing_and_a_rejected_pair_never_supports(
    seed: int, verdicts: list[Verdict]
) -> None:
    names = [f"f{n}.pdf" for n in range(6)]
    links = [link("A1", n) if i % 2 else suggestion("A1", n) for i, n in enumerate(names)]
    decisions = [about("A1", n, v) for n, v in zip(names, verdicts, strict=False)]
    whole = activity(required=frozenset({ACTA, FOTOS}))
    files = [file(n) for n in names]
    straight = judge(
        facts_of(whole, files=tuple(files), links=tuple(links), decisions=tuple(decisions))
    )
    shuffle = Random(seed).shuffle
    for mixed in (files, links, decisions):
        shuffle(mixed)
    again = judge(
        facts_of(whole, files=tuple(files), links=tuple(links), decisions=tuple(decisions))
    )
    assert again.links == straight.links
    assert again.standings == straight.standings
    assert again.findings == straight.findings
    rejected = {d.file for d in decisions if d.verdict is REJECT}
    assert not rejected.intersection(straight.standings[0].counting)
    confirmed = {d.file for d in decisions if d.verdict is CONFIRM}
    assert confirmed <= set(straight.standings[0].counting)
