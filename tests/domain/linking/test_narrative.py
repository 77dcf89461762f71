"""What the report tells, heard by the linker: words, chances, and never a quantity."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from evidencias.domain.claims.narrator import narrator
from evidencias.domain.ids import claim_id
from evidencias.domain.linking import link
from evidencias.domain.linking.narrative import (
    MOST_FILES,
    Narrator,
    Statement,
    narrated,
    teachers,
    used_roots,
)
from evidencias.domain.linking.prepare import activity_view, views
from evidencias.domain.linking.sparse import grid
from evidencias.domain.linking.vocabulary import plan, retold
from evidencias.domain.model import Decision, Linking, Report, ReportHeader, Section, Verdict
from tests.domain.linking.cases import ACTIVITIES, FILES, PERIOD, TEXTS, file, of, told

CHANCES = {"RUR-02": 0.8, "DEP-01": 0.05}


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ("veinte abuelos aprendieron a manejar el celular", {"abuel", "aprend", "manej", "celul"}),
        ("134 abuelos con celular", {"abuel", "celul"}),
        ("ciento treinta y cuatro abuelos", {"abuel"}),
        ("el 12,5 % de los abuelos", {"abuel"}),
        ("varias decenas de abuelos, la mitad con celular", {"vari", "abuel", "celul"}),
        ("", set()),
    ],
    ids=told,
)
def test_the_words_of_a_statement_tell_its_activity_and_no_quantity_does(
    text: str, roots: set[str]
) -> None:
    assert narrated([Statement(text, CHANCES)]).get("RUR-02") == dict.fromkeys(roots, 0.8)


def test_a_faint_chance_tells_nothing() -> None:
    assert not narrated([Statement("mercado", CHANCES)])["DEP-01"]


def test_of_several_statements_the_likeliest_counts() -> None:
    said = [Statement("mercado", {"RUR-01": 0.3}), Statement("el mercado", {"RUR-01": 0.9})]
    assert narrated(said) == {"RUR-01": {"merc": 0.9}}


def test_an_activity_that_the_plan_lacks_is_passed_over() -> None:
    known = plan([activity_view(a) for a in ACTIVITIES], "Desarrollo rural")
    assert retold(known, {"X-9": {"merc": 1.0}}).narrated.weights.size == 0


def test_a_root_told_of_few_activities_is_worth_more() -> None:
    known = plan([activity_view(a) for a in ACTIVITIES], "Desarrollo rural")
    one = retold(known, {"RUR-01": {"polen": 0.9}})
    all_ = retold(known, {a.code: {"polen": 0.9} for a in ACTIVITIES})
    assert one.narrated.weights.max() > all_.narrated.weights.max()


def test_a_file_teaches_its_best_activity_where_that_is_likely() -> None:
    dense = np.array([[0.9, 0.5, 0.0, 0.0], [0.0, 0.2, 0.1, 0.0], [0.0, 0.0, 0.4, 0.3]])
    keys = np.flatnonzero(dense)
    assert teachers(grid(4, keys, dense.ravel()[keys])).tolist() == [0, 10]


def test_roots_are_counted_once_a_file() -> None:
    seen = views([file("mercado/mercado plaza.docx")], {"mercado/mercado plaza.docx": "Mercado\nx"})
    assert used_roots(seen, np.array([0]), 2) == [Counter({"merc": 1, "plaz": 1}), Counter()]


# ---------------------------------------------------------------- the whole way
REPORT = Report(
    ReportHeader(),
    (
        Section(
            "ACTIVIDADES REALIZADAS",
            (
                "Los domingos los productores vendieron sus cosechas. "
                "Con las colmenas de doña Rosalba se formaron veinte muchachos en miel y polen. "
                "Los estudiantes jugaron en los tableros.",
            ),
        ),
    ),
)
ROSALBA = file("varios/doña rosalba jornada.docx")
SAID = {ROSALBA.id: "JORNADA\nDonde doña Rosalba se habló del polen y se recorrió el apiario."}


def linked(heard: Narrator | None) -> Linking:
    return link(
        ACTIVITIES, (*FILES, ROSALBA), TEXTS | SAID, policy="Desarrollo rural", period=PERIOD,
        narrator=heard,
    )  # fmt: skip


def test_a_file_told_in_the_words_of_the_report_is_surer_and_says_why() -> None:
    before, after = linked(None), linked(narrator(REPORT, ACTIVITIES))
    score = {x.activity: x.score for x in of(before, ROSALBA.id)}.get("RUR-02", 0.0)
    first = of(after, ROSALBA.id)[0]
    assert first.activity == "RUR-02" and first.score > score
    told_ = [r.text for r in first.reasons if r.signal == "informe"]
    assert (
        told_ and "«rosalba»" in told_[0] and told_[0].endswith("como el informe al contar RUR-02")
    )


def test_words_that_the_plan_has_too_are_not_told_as_the_report_s() -> None:
    told_ = "En mayo se hicieron talleres de apicultura con colmenas de doña Rosalba y polen."
    report = Report(ReportHeader(), (Section("ACTIVIDADES REALIZADAS", (told_,)),))
    said = {ROSALBA.id: "JORNADA\nTaller de apicultura de mayo donde doña Rosalba: el polen."}
    found = link(
        ACTIVITIES, (*FILES, ROSALBA), TEXTS | said, policy="Desarrollo rural", period=PERIOD,
        narrator=narrator(report, ACTIVITIES),
    )  # fmt: skip
    reasons = [r.text for r in of(found, ROSALBA.id)[0].reasons if r.signal == "informe"]
    assert reasons == ["dice «doña», «rosalba» y «polen», como el informe al contar RUR-02"]


def test_a_report_without_claims_changes_nothing() -> None:
    silent = Report(ReportHeader(), (Section("DIFICULTADES", ("",)),))
    assert linked(narrator(silent, ACTIVITIES)).links == linked(None).links


def test_a_claim_that_a_person_moved_tells_its_new_activity() -> None:
    heard = narrator(REPORT, ACTIVITIES)({})
    text = next(s.text for s in heard if "Rosalba" in s.text)
    moved = Decision(claim_id(text, 1), Verdict.CONFIRM, activity="DEP-02")
    again = narrator(REPORT, ACTIVITIES, (moved,))({})
    assert next(s.chances for s in again if s.text == text) == {"DEP-02": 1.0}


def test_a_claim_that_a_person_refused_tells_that_activity_no_more() -> None:
    heard = narrator(REPORT, ACTIVITIES)({})
    text, chances_ = next((s.text, s.chances) for s in heard if "Rosalba" in s.text)
    best = max(chances_, key=lambda code: chances_[code])
    refused = Decision(claim_id(text, 1), Verdict.REJECT, activity=best)
    again = narrator(REPORT, ACTIVITIES, (refused,))({})
    assert best not in next(s.chances for s in again if s.text == text)


def test_what_the_plan_says_was_executed_does_not_move_a_claim() -> None:
    said = Report(ReportHeader(), (Section("ACTIVIDADES REALIZADAS", ("Hubo 134 almuerzos.",)),))
    boasting = (replace(ACTIVITIES[0], achieved=134.0), *ACTIVITIES[1:])
    assert narrator(said, boasting)({}) == narrator(said, ACTIVITIES)({})


@pytest.mark.parametrize(
    "said",
    [
        "Los talleres de apicultura a jóvenes no se dictaron porque doña Rosalba enfermó.",
        "No se hicieron los mercados campesinos en la plaza.",
    ],
)
def test_what_was_not_done_tells_of_no_activity(said: str) -> None:
    report = Report(ReportHeader(), (Section("DIFICULTADES PRESENTADAS", (said,)),))
    assert all(not s.chances for s in narrator(report, ACTIVITIES)({}))


def test_what_a_person_confirms_is_heard_though_it_sounds_like_a_denial() -> None:
    said = "No se hicieron los mercados campesinos en la plaza"
    report = Report(ReportHeader(), (Section("DIFICULTADES PRESENTADAS", (f"{said}.",)),))
    yes = Decision(claim_id(said, 1), Verdict.CONFIRM, activity="RUR-01")
    assert [s.chances for s in narrator(report, ACTIVITIES, (yes,))({})] == [{"RUR-01": 1.0}]


def test_the_order_of_the_activities_does_not_matter_to_the_report() -> None:
    back = ACTIVITIES[::-1]
    assert narrator(REPORT, back)({}) == narrator(REPORT, ACTIVITIES)({})


def test_few_files_lend_their_words_to_one_activity() -> None:
    rows = MOST_FILES + 5
    scores = np.linspace(0.4, 0.9, rows)
    kept = teachers(grid(1, np.arange(rows), scores))
    assert kept.tolist() == list(range(5, rows))
