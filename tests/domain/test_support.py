"""Which files count, and what state follows, as tables of the contract's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.assessment import Rules
from evidencias.domain.ids import finding_id
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Coverage,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    FindingKind,
    Link,
    LinkState,
    Presence,
)
from evidencias.domain.period import semester
from evidencias.domain.support import Case, Exceptions, counted, standings, with_rules

PERIOD = semester("2021-2", date(2022, 1, 20))
ACTA, FOTOS, LISTA = EvidenceKind.ACTA, EvidenceKind.PHOTOS, EvidenceKind.ATTENDANCE


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def file(name: str = "a.pdf", at: str = "2021-09-14T15:00", **changes: Any) -> EvidenceFile:
    born = moment(at)
    base = EvidenceFile(name, name, name, size=10, md5=name, created=born, modified=born)
    return replace(base, **changes)


def case(*files: EvidenceFile, **changes: Any) -> Case:
    facts = {f.id: FileFacts(frozenset({ACTA})) for f in files}
    base = Case({f.id: f for f in files}, facts, PERIOD, floor=0.3)
    return replace(base, **changes)


def link(name: str = "a.pdf", state: LinkState = LinkState.AUTOMATIC, score: float = 0.9) -> Link:
    return Link("A1", name, state, score)


DATES = [
    # created (UTC), modified (UTC), counts
    ("2021-06-16T05:00", "2021-06-16T05:00", True),  # first day, midnight in Bogota
    ("2021-06-16T04:59", "2021-06-16T04:59", False),  # the evening before in Bogota
    ("2022-01-21T04:59", "2022-01-21T04:59", True),  # last minute of the cut-off day
    ("2022-01-21T05:00", "2022-01-21T05:00", False),
    ("2022-03-01T12:00", "2021-09-01T12:00", True),  # an upload keeps its old modification date
    ("2021-09-01T12:00", "2022-03-01T12:00", True),  # edited later: the earlier date rules
    ("2022-03-01T12:00", "2020-09-01T12:00", False),
]


@pytest.mark.parametrize(("created", "modified", "counts"), DATES)
def test_the_earlier_date_in_colombian_time_decides(
    created: str, modified: str, counts: bool
) -> None:
    one = file(at=created, modified=moment(modified))
    assert counted(link(), case(one)).counts is counts


SPOILED = [
    ({"size": 0}, FindingKind.EMPTY_FILE),
    ({"damaged": True}, FindingKind.EMPTY_FILE),
    ({"trashed": True}, FindingKind.EVIDENCE_GONE),
    ({"presence": Presence.GONE}, FindingKind.EVIDENCE_GONE),
    ({"broken": True}, FindingKind.BROKEN_SHORTCUT),
    ({"created": None, "modified": None}, FindingKind.OUT_OF_PERIOD),
    ({"photo_taken": datetime(2020, 9, 14, 10, 0)}, FindingKind.OUT_OF_PERIOD),
    ({"presence": Presence.UNREAD}, None),
    ({"shortcut_target": "otro"}, None),
]


@pytest.mark.parametrize(("changes", "why"), SPOILED)
def test_what_never_counts_and_why(changes: dict[str, Any], why: FindingKind | None) -> None:
    found = counted(link(state=LinkState.CONFIRMED), case(replace(file(), **changes)))
    assert (found.counts, found.why_not) == (False, why)


def test_a_photo_taken_inside_does_not_bring_a_late_file_in() -> None:
    late = file(at="2022-03-01T12:00", photo_taken=datetime(2021, 9, 14, 10, 0))
    assert counted(link(), case(late)).why_not is FindingKind.OUT_OF_PERIOD


def test_a_google_document_has_no_size_and_counts() -> None:
    assert counted(link(), case(file(size=None, native=True))).counts


def test_a_late_upload_counts_once_a_person_accepts_it() -> None:
    late = file(at="2022-02-10T12:00")
    facts = {late.id: FileFacts(frozenset({ACTA}), date(2021, 9, 14), "texto")}
    asked = case(late, facts=facts)
    assert counted(link(), asked).why_not is FindingKind.LATE_UPLOAD
    accepted = frozenset({finding_id(FindingKind.LATE_UPLOAD, "A1", late.id, "")})
    assert counted(link(), replace(asked, exceptions=Exceptions(accepted))).counts


@pytest.mark.parametrize(
    ("event", "source"), [(date(2021, 5, 1), "texto"), (date(2021, 9, 1), ""), (None, "texto")]
)
def test_late_without_a_dated_event_inside_is_out_of_period(
    event: date | None, source: str
) -> None:
    late = file(at="2022-02-10T12:00")
    found = counted(
        link(), case(late, facts={late.id: FileFacts(event=event, event_source=source)})
    )
    assert found.why_not is FindingKind.OUT_OF_PERIOD


def test_a_rejected_duplicate_stops_counting() -> None:
    rejected = frozenset({finding_id(FindingKind.REUSED_DUPLICATE, "A1", "a.pdf", "")})
    found = counted(link(), case(file(), exceptions=Exceptions(rejected=rejected)))
    assert found.why_not is FindingKind.REUSED_DUPLICATE


A, S, R, C = LinkState.AUTOMATIC, LinkState.SUGGESTED, LinkState.REJECTED, LinkState.CONFIRMED
STATES = [
    # required, links as (kind, state, score), expected
    ([], [], ActivityState.NO_EVIDENCE),
    ([], [(FOTOS, A, 0.9)], ActivityState.SUPPORTED),
    ([ACTA], [(ACTA, A, 0.9)], ActivityState.SUPPORTED),
    ([ACTA], [(FOTOS, A, 0.9)], ActivityState.PARTIAL),
    ([ACTA], [(ACTA, S, 0.9)], ActivityState.TO_REVIEW),
    ([ACTA], [(ACTA, S, 0.2)], ActivityState.NO_EVIDENCE),  # below the calibrated floor
    ([ACTA], [(ACTA, R, 0.9)], ActivityState.NO_EVIDENCE),
    ([ACTA, FOTOS], [(ACTA, A, 0.9), (FOTOS, S, 0.9)], ActivityState.TO_REVIEW),
    ([ACTA, FOTOS, LISTA], [(ACTA, A, 0.9), (FOTOS, S, 0.9)], ActivityState.PARTIAL),
    ([ACTA, FOTOS], [(FOTOS, S, 0.9)], ActivityState.TO_REVIEW),  # would rise to partial
    ([ACTA], [(ACTA, C, 0.0), (FOTOS, S, 0.9)], ActivityState.SUPPORTED),
    ([EvidenceKind.OTHER], [(ACTA, A, 0.9)], ActivityState.PARTIAL),
]


def judged(
    required: list[EvidenceKind],
    links: list[tuple[EvidenceKind, LinkState, float]],
    coverage: Coverage | None = None,
) -> ActivityState:
    files = [file(f"{i}.pdf") for i in range(len(links))]
    facts = {f.id: FileFacts(frozenset({k})) for f, (k, _, _) in zip(files, links, strict=True)}
    pairs = [
        Link("A1", f.id, state, score) for f, (_, state, score) in zip(files, links, strict=True)
    ]
    asked = case(*files, facts=facts, **({"coverage": coverage} if coverage else {}))
    activity = Activity("A1", "E", "n", required=frozenset(required))
    return standings([activity], pairs, asked)[0].state


@pytest.mark.parametrize(("required", "links", "expected"), STATES)
def test_the_state_follows_from_the_links(
    required: list[EvidenceKind],
    links: list[tuple[EvidenceKind, LinkState, float]],
    expected: ActivityState,
) -> None:
    assert judged(required, links) is expected


@pytest.mark.parametrize(("required", "links", "expected"), STATES)
def test_an_incomplete_reading_never_says_sin_evidencia(
    required: list[EvidenceKind],
    links: list[tuple[EvidenceKind, LinkState, float]],
    expected: ActivityState,
) -> None:
    state = judged(required, links, Coverage(False, ("una carpeta",)))
    supported = expected is ActivityState.SUPPORTED
    assert state is (ActivityState.SUPPORTED if supported else ActivityState.UNVERIFIABLE)


links_of_a_plan = st.lists(
    st.builds(
        Link,
        st.sampled_from(["A1", "A2"]),
        st.sampled_from([f"{i}.pdf" for i in range(5)]),
        st.sampled_from(list(LinkState)),
        st.floats(0, 1),
    ),
    unique_by=lambda k: (k.activity, k.file),
)


@given(links_of_a_plan, st.randoms())
def test_the_order_of_links_does_not_matter(links: list[Link], random: Random) -> None:
    files = [file(f"{i}.pdf") for i in range(5)]
    plan = [Activity("A1", "E", "n", required=frozenset({ACTA})), Activity("A2", "E", "m")]
    shuffled = list(links)
    random.shuffle(shuffled)
    one, other = standings(plan, links, case(*files)), standings(plan, shuffled, case(*files))
    assert one == other


@given(links_of_a_plan)
def test_rejecting_never_improves_a_state(links: list[Link]) -> None:
    rank = [ActivityState.NO_EVIDENCE, ActivityState.PARTIAL, ActivityState.TO_REVIEW,
            ActivityState.SUPPORTED]  # fmt: skip
    files = [file(f"{i}.pdf") for i in range(5)]
    plan = [Activity("A1", "E", "n"), Activity("A2", "E", "m")]
    rejected = [replace(k, state=LinkState.REJECTED) for k in links]
    before = standings(plan, links, case(*files))
    after = standings(plan, rejected, case(*files))
    for b, a in zip(before, after, strict=True):
        assert rank.index(a.state) <= rank.index(b.state)
        assert not a.counting


RULES = [
    ("Realizar TALLERES de costos", {ACTA}),
    ("Capacitación a docentes", {ACTA}),
    ("Taller y feria", {ACTA, FOTOS}),  # several matches add up
    ("Otra cosa", {LISTA}),
]


@pytest.mark.parametrize(("name", "kinds"), RULES)
def test_rules_speak_only_where_the_plan_is_silent(name: str, kinds: set[EvidenceKind]) -> None:
    rules = Rules(("asistencia",), {"taller|capacitación": ("acta",), "feria": ("fotos",)})
    silent = Activity("A1", "E", name)
    told = replace(silent, required=frozenset({EvidenceKind.CONTRACT}))
    assert with_rules([silent, told], rules)[0].required == kinds
    assert with_rules([silent, told], rules)[1].required == {EvidenceKind.CONTRACT}
