"""Every check of plan and evidence fires where the contract says and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from evidencias.domain.assessment import Assessment
from evidencias.domain.judgement import judge
from evidencias.domain.model import Coverage, FileFacts, FindingKind, LinkState, Presence
from tests.domain.judging import ACTA, FOTOS, activity, facts_of, file, link, suggestion, told

GOOD = facts_of(activity(), files=(file(),), links=(link(),))
BARE = facts_of(activity())
UNREAD = Coverage(complete=False, unread=("Carpeta",))
LATE = "2022-02-01T15:00"
EVENT = FileFacts(frozenset({ACTA}), date(2021, 9, 14), "texto")


def findings(facts: Assessment) -> set[tuple[str, str]]:
    return told(judge(facts).findings)


def one(kind: str, severity: str) -> set[tuple[str, str]]:
    return {(kind, severity)}


def plan(**changes: Any) -> Assessment:
    """One activity with one counting file."""
    return replace(GOOD, activities=(activity(**changes),))


def needing(*kinds: Any, **changes: Any) -> Assessment:
    return replace(plan(required=frozenset(kinds)), **changes)


NOTHING: set[tuple[str, str]] = set()
PLAN_AND_STATES = [
    # what is told, facts
    (NOTHING, GOOD),
    (one("sin_evidencia", "bloqueante"), BARE),
    (NOTHING, replace(BARE, coverage=UNREAD)),
    (NOTHING, replace(BARE, activities=(activity(reported=False, programmed=False),))),
    (one("programada_no_reportada", "aviso"), plan(reported=False)),
    (NOTHING, plan(reported=False, programmed=False)),
    (one("fuera_de_programacion", "observacion"), plan(programmed=False)),
    (one("codigo_dudoso", "observacion"), plan(code_doubt="el código se repite.")),
    (one("tipo_faltante", "bloqueante"), needing(ACTA, FOTOS)),
    (NOTHING, needing(ACTA)),
    (NOTHING, needing(ACTA, FOTOS, coverage=UNREAD)),
]


@pytest.mark.parametrize(("expected", "facts"), PLAN_AND_STATES)
def test_the_plan_and_the_states(expected: set[tuple[str, str]], facts: Assessment) -> None:
    assert findings(facts) == expected


def test_one_finding_for_each_missing_kind() -> None:
    judged = judge(needing(ACTA, FOTOS, facts={"a.pdf": FileFacts()}))
    missing = [f.detail for f in judged.findings if f.kind is FindingKind.MISSING_KIND]
    assert missing == ["acta", "fotos"]
    assert len({f.id for f in judged.findings}) == 2


def test_a_proposal_that_would_support_waits_for_an_answer_and_accuses_nobody() -> None:
    facts = facts_of(activity(), files=(file("s.pdf"),), links=(suggestion(),))
    assert findings(facts) == one("por_revisar", "observacion")
    assert findings(replace(facts, floor=0.95)) == one("sin_evidencia", "bloqueante")


REASONS = [
    ({"programmed": False, "target": None}, "sin meta en el plan"),
    ({"programmed": False, "target": 0.0}, "sin meta en el plan"),
    ({"programmed": False, "target": -1.0}, "sin meta en el plan"),
    (
        {"programmed": False, "start": date(2022, 1, 1), "end": date(2022, 6, 30)},
        "programada del 1 de enero de 2022 al 30 de junio de 2022",
    ),
]


@pytest.mark.parametrize(("changes", "why"), REASONS)
def test_why_a_reported_activity_is_off_schedule(changes: dict[str, Any], why: str) -> None:
    (found,) = judge(plan(**changes)).findings
    assert why in found.message


SPOILED = [
    ("archivo_vacio", {"size": 0}),
    ("archivo_vacio", {"damaged": True}),
    ("acceso_directo_roto", {"broken": True}),
    ("evidencia_retirada", {"trashed": True}),
    ("evidencia_retirada", {"presence": Presence.GONE}),
    ("fuera_de_periodo", {"created": datetime(2020, 9, 1, 12), "modified": None}),
    ("fuera_de_periodo", {"photo_taken": datetime(2020, 9, 14, 10)}),
    ("fuera_de_periodo", {"created": None, "modified": None}),
]


@pytest.mark.parametrize(("kind", "changes"), SPOILED)
def test_a_spoiled_file_blocks_only_where_it_is_all_a_reported_activity_has(
    kind: str, changes: dict[str, Any]
) -> None:
    bad = file("mal.pdf", **changes)
    alone = facts_of(activity(), files=(bad,), links=(link(name="mal.pdf"),))
    beside = replace(alone, files={"mal.pdf": bad, "a.pdf": file()})
    beside = replace(beside, proposed=(*alone.proposed, link()))
    waiting = replace(alone, files={"mal.pdf": bad, "s.pdf": file("s.pdf")})
    waiting = replace(waiting, proposed=(*alone.proposed, suggestion()))
    quiet = replace(alone, activities=(activity(reported=False, programmed=False),))

    assert findings(alone) == {(kind, "bloqueante"), ("sin_evidencia", "bloqueante")}
    assert findings(beside) == one(kind, "observacion")
    assert findings(waiting) == {(kind, "observacion"), ("por_revisar", "observacion")}
    assert findings(replace(alone, coverage=UNREAD)) == one(kind, "observacion")
    assert findings(quiet) == one(kind, "observacion")


@pytest.mark.parametrize(("kind", "changes"), SPOILED)
def test_a_file_that_is_only_proposed_or_rejected_accuses_nobody(
    kind: str, changes: dict[str, Any]
) -> None:
    bad = file("mal.pdf", **changes)
    for state in (LinkState.SUGGESTED, LinkState.REJECTED):
        links = (link(name="mal.pdf", state=state),)
        told_of = findings(facts_of(activity(), files=(bad,), links=links))
        assert told_of == one("sin_evidencia", "bloqueante"), kind


def test_a_file_out_of_reach_today_is_neither_lost_nor_spoiled() -> None:
    ghost = file(presence=Presence.UNREAD)
    facts = facts_of(activity(), files=(ghost,), links=(link(),), coverage=UNREAD)
    assert findings(facts) == NOTHING


def test_a_shortcut_with_a_target_is_no_fault() -> None:
    facts = facts_of(activity(), files=(file(shortcut_target="otro"),), links=(link(),))
    assert findings(facts) == one("sin_evidencia", "bloqueante")


UPLOADS = [
    # told, date of the file, what text or name say of the event
    ("carga_tardia", LATE, EVENT),
    ("carga_tardia", LATE, replace(EVENT, event_source="nombre")),
    ("fuera_de_periodo", LATE, replace(EVENT, event_source="foto")),
    ("fuera_de_periodo", LATE, replace(EVENT, event=date(2022, 1, 5))),  # after the semester
    ("fuera_de_periodo", LATE, replace(EVENT, event=None)),
    ("fuera_de_periodo", "2021-06-01T15:00", EVENT),  # too early is never a late upload
    (None, "2022-01-20T15:00", EVENT),
]


@pytest.mark.parametrize(("kind", "at", "facts"), UPLOADS)
def test_a_late_upload_is_told_from_a_late_event(
    kind: str | None, at: str, facts: FileFacts
) -> None:
    late = facts_of(activity(), files=(file("t.pdf", at),), links=(link(name="t.pdf"),))
    kinds = {k for k, _ in findings(replace(late, facts={"t.pdf": facts}))}
    assert kinds == ({kind, "sin_evidencia"} if kind else set())


def test_a_late_upload_is_an_observation_even_alone() -> None:
    late = facts_of(activity(), files=(file("t.pdf", LATE),), links=(link(name="t.pdf"),))
    assert ("carga_tardia", "observacion") in findings(replace(late, facts={"t.pdf": EVENT}))


DAYS = [
    ("2021-06-15T15:00", None, "es del 15 de junio de 2021; cuentan los archivos del 16 de junio"),
    (LATE, None, "al 20 de enero de 2022"),
    (
        "2021-06-20T15:00",
        datetime(2020, 3, 2, 9),
        "se subió el 20 de junio de 2021, pero la foto se tomó el 2 de marzo de 2020",
    ),
]


@pytest.mark.parametrize(("at", "taken", "words"), DAYS)
def test_the_days_that_count_are_told_as_they_are_judged(
    at: str, taken: datetime | None, words: str
) -> None:
    bad = file(at=at, photo_taken=taken)
    found = judge(facts_of(activity(), files=(bad,), links=(link(),))).findings
    assert any(words in f.message for f in found)


A2 = activity("A2")
TWINS = (file("uno.pdf", md5="igual"), file("dos.pdf", md5="igual"))
DUPLICATES = [
    # severities, files, links as (activity, file)
    (["observacion", "observacion"], TWINS, ["A1 uno.pdf", "A2 dos.pdf"]),
    (["aviso"] * 4, TWINS, ["A1 uno.pdf", "A1 dos.pdf", "A2 uno.pdf", "A2 dos.pdf"]),  # joint
    (["observacion"] * 3, TWINS, ["A1 uno.pdf", "A1 dos.pdf", "A2 dos.pdf"]),
    ([], TWINS, ["A1 uno.pdf", "A1 dos.pdf"]),  # copies within one activity
    ([], TWINS[:1], ["A1 uno.pdf", "A2 uno.pdf"]),  # one file for two activities is allowed
    ([], (TWINS[0], file("dos.pdf", md5="otro")), ["A1 uno.pdf", "A2 dos.pdf"]),
    ([], (file("uno.pdf", md5=""), file("dos.pdf", md5="")), ["A1 uno.pdf", "A2 dos.pdf"]),
]


def reused(facts: Assessment) -> list[str]:
    found = judge(facts).findings
    return [f.severity.value for f in found if f.kind is FindingKind.REUSED_DUPLICATE]


@pytest.mark.parametrize(("severities", "files", "pairs"), DUPLICATES)
def test_the_same_bytes_filed_under_different_activities(
    severities: list[str], files: tuple[Any, ...], pairs: Iterable[str]
) -> None:
    links = tuple(link(pair[:2], pair[3:]) for pair in pairs)
    assert reused(facts_of(activity(), A2, files=files, links=links)) == severities


def test_two_empty_files_are_empty_and_not_the_same_evidence() -> None:
    empty = tuple(replace(f, size=0) for f in TWINS)
    facts = facts_of(
        activity(), A2, files=empty, links=(link("A1", "uno.pdf"), link("A2", "dos.pdf"))
    )
    assert reused(facts) == []


@pytest.mark.parametrize(("shared", "told_of"), [(True, True), (False, False), (None, False)])
def test_a_public_link_is_told_only_where_it_is_known(shared: bool | None, told_of: bool) -> None:
    facts = replace(GOOD, files={"a.pdf": file(shared_publicly=shared)})
    assert findings(facts) == (one("enlace_publico", "observacion") if told_of else NOTHING)


def test_personal_data_behind_a_public_link_is_named() -> None:
    personal = {"a.pdf": FileFacts(frozenset({ACTA}), personal_data=True)}
    facts = replace(GOOD, files={"a.pdf": file(shared_publicly=True)}, facts=personal)
    (found,) = judge(facts).findings
    assert "Ley 1581" in found.message


def test_every_finding_says_what_to_do_and_no_two_share_an_id() -> None:
    files = (file("vacio.pdf", size=0), *TWINS)
    links = (link(name="vacio.pdf"), link("A1", "uno.pdf"), link("A2", "dos.pdf"))
    plan_rows = (
        activity(required=frozenset({FOTOS})),
        A2,
        activity("A3", code_doubt="el código se repite."),
    )
    found = judge(facts_of(*plan_rows, files=files, links=links)).findings
    assert len(found) >= 6
    assert len({f.id for f in found}) == len(found)
    assert all(f.hint.endswith(".") and f.message.endswith(".") for f in found)
