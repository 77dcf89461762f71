"""The linker's promises, on a small made-up archive."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencias.domain.model import Decision, EvidenceFile, EvidenceKind, LinkState, Verdict
from tests.domain.linking.cases import ACTIVITIES, FILES, automatic, file, of, run

WHOLE = run()


def test_code_and_words_together_link_alone() -> None:
    assert (FILES[0].id, "RUR-01") in automatic(WHOLE)


def test_the_right_activity_comes_first() -> None:
    expected = {FILES[0]: "RUR-01", FILES[1]: "RUR-01", FILES[3]: "RUR-02", FILES[5]: "DEP-01"}
    assert {f.id: of(WHOLE, f.id)[0].activity for f in expected} == {
        f.id: code for f, code in expected.items()
    }


@pytest.mark.parametrize("stray", FILES[6:], ids=lambda f: f.path)
def test_templates_other_semesters_and_personal_papers_are_never_automatic(stray: object) -> None:
    assert all(x.state is LinkState.SUGGESTED for x in WHOLE.links if x.file == stray.id)  # type: ignore[attr-defined]  # a file


def test_at_most_three_suggestions_a_file_best_first_with_few_reasons() -> None:
    for one in FILES:
        mine = of(WHOLE, one.id)
        suggested = [x.score for x in mine if x.state is LinkState.SUGGESTED]
        assert len(suggested) <= 3
        assert suggested == sorted(suggested, reverse=True)
        assert all(len(x.reasons) <= 3 and len(x.against) <= 3 for x in mine)
        assert all(0 <= x.score <= 1 for x in mine)


def test_reasons_are_given_strongest_first() -> None:
    link = of(WHOLE, FILES[0].id)[0]
    weights = [r.weight for r in link.reasons]
    assert link.reasons[0].text == "el código RUR-01 está en el nombre"
    assert weights == sorted(weights, reverse=True)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_the_order_of_files_and_activities_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    files, activities = list(FILES), list(ACTIVITIES)
    rng.shuffle(files)
    rng.shuffle(activities)
    mixed = run(tuple(activities), tuple(files))
    assert mixed.links == WHOLE.links
    assert dict(mixed.facts) == dict(WHOLE.facts)


def test_the_quantity_a_row_claims_never_supports_its_own_link() -> None:
    boasting = tuple(replace(a, achieved=20.0, target=20.0) for a in ACTIVITIES)
    assert run(boasting).links == WHOLE.links


def test_a_shortcut_has_the_links_of_its_target_and_a_broken_one_none() -> None:
    good = file("accesos/acta", shortcut_target=FILES[0].id)
    bad = file("accesos/perdido", shortcut_target="nadie", broken=True)
    found = run(files=(*FILES, good, bad))
    assert [x.activity for x in of(found, good.id)] == [x.activity for x in of(found, FILES[0].id)]
    assert of(found, bad.id) == []


def test_a_lock_file_is_linked_to_nothing() -> None:
    lock = file("RUR-01 Mercados campesinos/~$RUR-01 acta mercado campesino.docx")
    assert of(run(files=(*FILES, lock)), lock.id) == []


def test_facts_hold_kind_day_and_personal_data() -> None:
    attendance, photo = WHOLE.facts[FILES[3].id], WHOLE.facts[FILES[1].id]
    assert EvidenceKind.ATTENDANCE in attendance.kinds
    assert attendance.personal_data
    assert EvidenceKind.PHOTOS in photo.kinds
    assert (str(photo.event), photo.event_source) == ("2024-04-10", "nombre")
    assert set(WHOLE.facts) == {f.id for f in FILES}


def test_nothing_to_link_is_no_error() -> None:
    assert run(files=()).links == ()
    assert run(activities=()).links == ()


def test_a_few_files_of_which_most_have_nothing_to_do_with_the_plan_are_linked() -> None:
    paths = [f"{name}/{name}.pdf" for name in map("".join, permutations("qwxz"))]
    paths.append("zzz/mercado campesino.pdf")
    strays = tuple(EvidenceFile(path, path, path.rpartition("/")[2]) for path in paths)
    assert {x.file for x in run(files=strays, texts={}).links} == {paths[-1]}


def test_a_file_that_resembles_nothing_is_not_the_likest_of_an_activity_that_has_none() -> None:
    strays = tuple(file(f"{name}/{name}.pdf") for name in ("qwx", "rty", "vbn", "zxc"))
    assert {x.file for x in run(files=(*strays, FILES[0]), texts={}).links} == {FILES[0].id}


# ---------------------------------------------------------------- decisions teach
STREET = tuple(file(f"carpeta rara/{name}", 2 + i) for i, name in enumerate(
    ("sancocho uno.docx", "sancocho dos.docx", "sancocho tres.docx", "sancocho cuatro.docx")
))  # fmt: skip


def yes(path: str, code: str) -> Decision:
    return Decision("V-1", Verdict.CONFIRM, code, path)


def no(path: str, code: str) -> Decision:
    return Decision("V-2", Verdict.REJECT, code, path)


def test_confirmed_files_of_a_folder_teach_the_rest_and_say_so() -> None:
    files = (*FILES, *STREET)
    before = run(files=files)
    after = run(files=files, decisions=tuple(yes(f.id, "DEP-02") for f in STREET[:3]))
    last = STREET[3].id
    assert not any(x.activity == "DEP-02" and x.score > 0.5 for x in of(before, last))
    top = of(after, last)[0]
    assert top.activity == "DEP-02"
    assert any("usted confirmó 3 archivos de esta carpeta" in r.text for r in top.reasons)


def test_a_decision_undone_is_a_lesson_undone() -> None:
    files = (*FILES, *STREET)
    assert run(files=files, decisions=()).links == run(files=files).links


def test_a_rejected_pair_is_not_proposed_again_and_its_like_sink() -> None:
    pair = of(WHOLE, FILES[5].id)[0]
    after = run(decisions=(no(pair.file, pair.activity),))
    assert pair.activity not in {x.activity for x in of(after, pair.file)}


def test_decisions_about_unknown_files_teach_nothing() -> None:
    assert run(decisions=(yes("otro/archivo.pdf", "RUR-01"),)).links == WHOLE.links


def test_the_order_of_decisions_does_not_matter() -> None:
    given_ = tuple(yes(f.id, "DEP-02") for f in STREET[:3])
    files = (*FILES, *STREET)
    assert (
        run(files=files, decisions=given_).links == run(files=files, decisions=given_[::-1]).links
    )


def test_nothing_is_proposed_without_a_word_for_it() -> None:
    links = run().links
    assert any(x.state is LinkState.SUGGESTED for x in links)
    assert all(x.reasons for x in links)
