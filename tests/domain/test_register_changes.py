"""What the tabs show, what enters `Revisión` and `Historial`, and law 1."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.ids import link_id
from evidencias.domain.memory import remembered
from evidencias.domain.model import ALL_READ, EvidenceFile, Link
from evidencias.domain.register import (
    RegisterChanges,
    RegisterContents,
    Tab,
    earlier_links,
    history_entries,
    history_problems,
    read_decisions,
    register_changes,
)
from evidencias.domain.register.columns import EVIDENCE, MISSING, STILL_OPEN, SUMMARY, TAB_ORDER
from evidencias.domain.register.words import visible
from evidencias.errors import InputError
from tests.domain.registering import (
    ACTA,
    ACTIVITIES,
    EMOJI,
    FILES,
    LINKS,
    LIST,
    NOW,
    PHONE,
    PHOTO,
    after,
    assessed,
    edited,
    suggested,
)

EMPTY = RegisterContents(exists=False)


def changes(contents: RegisterContents = EMPTY, links: tuple[Link, ...] = LINKS) -> RegisterChanges:
    """What a run wants written, people's decisions applied."""
    decisions = read_decisions(contents, FILES, ACTIVITIES).decisions
    return register_changes(assessed(links, decisions), contents, now=NOW, version="1")


def first() -> RegisterContents:
    """The register after the first run."""
    return after(EMPTY, changes())


def tab(made: RegisterChanges, name: str) -> Tab:
    return next(tab for tab in made.tabs if tab.name == name)


def column(made: Tab, name: str) -> list[object]:
    return [row[made.header.index(name)].value for row in made.rows]


def proposed(made: RegisterChanges) -> list[tuple[object, object]]:
    return [(row[2].value, row[5].value) for row in made.review]


def test_every_tab_of_the_contract_is_there() -> None:
    made = changes()
    assert [t.name for t in made.tabs] == [
        name for name in TAB_ORDER if name not in ("Revisión", "Bitácora", "Historial")
    ]
    assert all(len(row) == len(t.header) for t in made.tabs for row in t.rows)


def test_what_unlocks_most_comes_first() -> None:
    # Both suggestions of 1.10 would support it alone; the photo is all that 1.1 still lacks.
    assert proposed(changes()) == [("1.1", PHOTO), ("1.10", LIST), ("1.10", PHONE), ("2.1", None)]


def test_at_most_three_proposals_for_an_activity_and_kind() -> None:
    files = {f"f{n}": replace(FILES[LIST], id=f"f{n}", path=f"f{n}", md5="") for n in range(9)}
    links = tuple(suggested("1.10", name, 0.5 + n / 100) for n, name in enumerate(files))
    made = register_changes(assessed(links, files=files), EMPTY, now=NOW, version="1")
    assert [row[5].value for row in made.review if row[2].value == "1.10"] == ["f8", "f7", "f6"]
    listed = set(column(tab(made, SUMMARY), STILL_OPEN))
    assert {link.id for link in links} <= listed  # none of them would be greyed once there


def test_a_suggestion_that_changes_no_state_is_not_proposed() -> None:
    automatic = replace(LINKS[2], state=LINKS[0].state)
    made = changes(links=(*LINKS[:2], automatic, LINKS[3]))
    assert ("1.10", PHONE) not in proposed(made)


def test_nothing_already_there_is_proposed_again() -> None:
    assert changes(first()).review == ()


def test_a_row_deleted_undecided_returns_only_when_its_reasons_change() -> None:
    there = first()
    deleted = replace(there, review=there.review[1:])
    assert changes(deleted).review == ()
    rescored = tuple(replace(k, score=k.score - 0.01) for k in LINKS)
    assert changes(deleted, rescored).review == ()
    other = (LINKS[0], suggested("1.1", PHOTO, 0.7, "la carpeta habla"), *LINKS[2:])
    again = changes(deleted, other)
    assert proposed(again) == [("1.1", PHOTO)]
    there = after(deleted, again)
    assert changes(replace(there, review=there.review[:-1]), other).review == ()


def test_a_rejected_pair_is_never_proposed_again() -> None:
    there = edited(first(), 1, decision="Rechazar")
    other = (*LINKS[:2], suggested("1.10", LIST, 0.9, "otra razón"), LINKS[3])
    assert ("1.10", LIST) not in proposed(changes(there, other))
    evidence = tab(changes(there, other), EVIDENCE)
    states = dict(zip(column(evidence, "ID"), column(evidence, "Estado"), strict=True))
    assert states[link_id("1.10", LIST)] == "Rechazado"


def test_decisions_and_withdrawals_enter_the_history_once() -> None:
    there = edited(first(), 1, decision="Confirmar", by="Ana")
    made = changes(there)
    assert [(e.who, e.before, e.after, e.source) for e in history_entries(EMPTY, made)] == [
        ("Ana", "Propuesto", "Confirmado", "Revisión")
    ]
    there = after(there, made)
    assert changes(there).history == ()
    cleared = edited(there, 1, decision=None)
    (entry,) = history_entries(EMPTY, changes(cleared))
    assert (entry.before, entry.after) == ("Confirmado", "Sin decisión")
    assert entry.when == "2021-11-02T08:30:15-05:00"


def test_a_decision_that_cannot_be_applied_is_no_withdrawal() -> None:
    there = edited(first(), 1, decision="Confirmar", by="Ana")
    there = after(there, changes(there))
    assert changes(edited(there, 1, decision="quizás")).history == ()


def test_a_linked_file_that_vanished_is_recorded_once_and_its_return_too() -> None:
    there = first()
    left = {name: file for name, file in FILES.items() if name != ACTA}

    def run(contents: RegisterContents, listed: dict[str, EvidenceFile]) -> RegisterChanges:
        ghosts, memories = remembered(earlier_links(contents), listed, ALL_READ)
        links = (*(k for k in LINKS if k.file in listed), *memories)
        judged = assessed(links, files={**listed, **ghosts})
        return register_changes(judged, contents, now=NOW, version="1")

    gone = run(there, left)
    (entry,) = [e for e in history_entries(EMPTY, gone) if e.source == "carpeta"]
    assert (entry.id, entry.before, entry.after) == (
        link_id("1.1", ACTA), "Automático", "Archivo retirado"
    )  # fmt: skip
    there = after(there, gone)
    assert run(there, left).history == ()
    back = [e.after for e in history_entries(EMPTY, run(there, FILES))]
    assert back == ["Archivo de nuevo en la carpeta"]


def test_the_chain_tells_where_the_history_was_changed() -> None:
    there = first()
    assert history_problems(there) == ()
    rows = list(there.history)
    rows[1] = replace(rows[1], cells={**rows[1].cells, "Después": "Confirmado"})
    assert [p.where for p in history_problems(replace(there, history=tuple(rows)))] == [
        "pestaña «Historial», fila 3"
    ]
    cut = replace(there, history=there.history[1:])
    assert len(history_problems(cut)) == 1


def test_earlier_links_come_back_from_evidencias() -> None:
    links = {(k.activity, k.file): k for k in earlier_links(first())}
    assert set(links) == {(k.activity, k.file) for k in LINKS}
    acta = links["1.1", ACTA]
    assert (acta.state.value, acta.fingerprint, acta.url) == (
        "automatico", FILES[ACTA].md5, FILES[ACTA].url
    )  # fmt: skip


def test_drive_files_are_named_by_their_id_although_paths_repeat() -> None:
    twins = {
        name: replace(FILES[LIST], id=name, path="Semillas/listado.xlsx", url=f"https://drive.google.com/file/d/{name}/view")
        for name in ("1aaaaaaaaaaaaaaaaaaaaaaaa", "1bbbbbbbbbbbbbbbbbbbbbbbb")
    }  # fmt: skip
    links = tuple(suggested("1.10", name) for name in twins)
    made = register_changes(assessed(links, files=twins), EMPTY, now=NOW, version="1")
    there = after(EMPTY, made)
    assert {k.file for k in earlier_links(there)} == set(twins)
    decided = edited(there, 0, decision="Confirmar")
    (decision,) = read_decisions(decided, twins, ACTIVITIES).decisions
    assert decision.file == decided.review[0].cells["Enlace"].split("/")[-2]  # type: ignore[union-attr]  # a text cell


def test_claims_outside_the_plan_close_the_list_of_what_is_missing() -> None:
    from evidencias.domain.model import Claim, ClaimKind, Place

    judged = replace(
        assessed(),
        claims=(
            Claim("A-ABCDEFGHIJ", "Se hizo una feria.", Place(), kind=ClaimKind.UNPLANNED,
                  state="con_soporte_posible", files=(EMOJI,)),
        ),
    )  # fmt: skip
    missing = tab(register_changes(judged, EMPTY, now=NOW, version="1"), MISSING)
    assert column(missing, "Código") == ["1.1", "1.10", "2.1", "A-ABCDEFGHIJ"]
    assert column(missing, "Estado")[-1] == "Con soporte posible"
    assert column(missing, "Archivos sugeridos")[0] == "Foto #2.jpg"
    assert column(missing, "Falta")[0] == "fotos"


@pytest.mark.parametrize(
    ("policy", "semester", "says"),
    [("Otra política", "2021-2", "de la política"), ("Juventud rural", "2022-1", "del semestre")],
)
def test_a_register_of_another_policy_or_semester_is_refused(
    policy: str, semester: str, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        changes(RegisterContents(exists=True, policy=policy, semester=semester))


def test_accents_and_case_make_no_other_policy() -> None:
    changes(RegisterContents(exists=True, policy="JUVENTUD  Rúral", semester="2021-2"))


def test_the_log_counts_what_came_and_went() -> None:
    log = [cell.value for cell in changes().log[0]]
    assert log[2:5] == [5, 4, 0] and log[7] == "completa"
    assert log[5] == "Por revisar: 2; Sin evidencia: 1"


texts = st.text(max_size=20)


@given(texts)
def test_cells_show_control_characters_and_keep_all_else(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert all(c.isprintable() or c in "\t\n" or not c.isascii() for c in shown)
    if text.isascii() and text.isprintable():
        assert shown == text


@st.composite
def situations(draw: st.DrawFn) -> tuple[Link, ...]:
    """Some links of the tiny municipality, suggested and automatic."""
    pairs = [(a.code, f) for a in ACTIVITIES for f in FILES]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    return tuple(
        replace(
            suggested(code, file, draw(st.integers(10, 99)) / 100),
            state=draw(st.sampled_from([LINKS[0].state, LINKS[1].state])),
        )
        for code, file in chosen
    )


@given(situations(), st.lists(st.sampled_from(["", "Confirmar", "Rechazar", "Aceptar", "x"])))
def test_a_second_run_with_nothing_changed_writes_nothing(
    links: tuple[Link, ...], words: list[str]
) -> None:
    there = after(EMPTY, changes(links=links))
    for place, word in enumerate(words[: len(there.review)]):
        there = edited(there, place, decision=word or None)
    made = changes(there, links)
    there = after(there, made)
    later = register_changes(
        assessed(links, read_decisions(there, FILES, ACTIVITIES).decisions),
        there,
        now=NOW + timedelta(days=3),
        version="2",
    )
    assert (later.review, later.history) == ((), ())
    assert later.tabs == made.tabs


@given(st.permutations(LINKS))
def test_the_order_of_links_does_not_matter(links: list[Link]) -> None:
    assert changes(links=tuple(links)) == changes()
