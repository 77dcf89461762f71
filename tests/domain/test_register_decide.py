"""A decision from the terminal: a row and a record, and never over a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evidencias.domain.ids import link_id
from evidencias.domain.model import Decision, Verdict
from evidencias.domain.register import (
    RegisterChanges,
    RegisterContents,
    decide,
    history_entries,
    read_decisions,
    register_changes,
)
from evidencias.domain.register.lookup import decision_of, proposal_of
from evidencias.errors import InputError
from tests.domain.registering import (
    ACTIVITIES,
    FILES,
    NOW,
    PHOTO,
    after,
    assessed,
    by_hand,
    edited,
)

EMPTY = RegisterContents(exists=False)


@pytest.fixture
def register() -> RegisterContents:
    return after(EMPTY, register_changes(assessed(), EMPTY, now=NOW, version="1"))


def stated(contents: RegisterContents) -> tuple[Decision, ...]:
    return read_decisions(contents, FILES, ACTIVITIES).decisions


def decided(
    contents: RegisterContents, verdict: Verdict, minute: int = 31, name: str = ""
) -> RegisterChanges:
    proposal = proposal_of(assessed(), name or link_id("1.1", PHOTO).lower())
    decision = decision_of(proposal, verdict, by="Ana", note="=nota")
    moment = NOW.replace(minute=minute)
    return decide(contents, proposal, decision, stated=stated(contents), now=moment)


def test_it_appends_a_row_and_a_record(register: RegisterContents) -> None:
    made = decided(register, Verdict.CONFIRM)
    (row,) = made.review
    assert (row[2].value, row[9].value, row[10].value, row[11].value) == (
        "1.1", "Confirmar", "Ana", "=nota"
    )  # fmt: skip
    (entry,) = history_entries(EMPTY, made)
    assert (entry.before, entry.after, entry.source) == ("Propuesto", "Confirmado", "decidir")
    assert made.tabs == () and (made.policy, made.semester) == ("Juventud rural", "2021-2")
    there = after(register, made)
    (held,) = stated(there)
    assert (held.verdict, held.origin, held.by, held.file) == (
        Verdict.CONFIRM, "decidir", "Ana", PHOTO
    )  # fmt: skip
    assert decided(there, Verdict.CONFIRM).review == ()
    later = register_changes(
        assessed(decisions=stated(there)), there, now=NOW + timedelta(days=1), version="1"
    )
    assert later.history == ()  # the next run does not tell it again


def test_the_last_of_its_own_holds(register: RegisterContents) -> None:
    there = after(register, decided(register, Verdict.CONFIRM, 31))
    there = after(there, decided(there, Verdict.REJECT, 32))
    assert [d.verdict for d in stated(there)] == [Verdict.REJECT]
    there = after(there, decided(there, Verdict.CONFIRM, 33))
    assert [d.verdict for d in stated(there)] == [Verdict.CONFIRM]


@pytest.mark.parametrize("typed", [True, False])
def test_against_a_person_it_refuses_and_names_the_row(
    register: RegisterContents, typed: bool
) -> None:
    there = (
        by_hand(register, code="1.1", link=PHOTO, decision="Rechazar", by="Luis")
        if typed
        else edited(register, 0, decision="Rechazar", by="Luis")
    )
    with pytest.raises(InputError, match=r"la fila [26] ya dice «Rechazar».*Luis"):
        decided(there, Verdict.CONFIRM)
    assert decided(there, Verdict.REJECT).review == ()


@pytest.mark.parametrize("word", ["quizás", "Aceptar"])
def test_against_a_row_that_could_not_be_applied_it_refuses_too(
    register: RegisterContents, word: str
) -> None:
    with pytest.raises(InputError, match="la fila 2 dice"):
        decided(edited(register, 0, decision=word), Verdict.CONFIRM)


def test_before_there_is_a_register_it_says_so() -> None:
    with pytest.raises(InputError, match="Todavía no hay registro"):
        decided(EMPTY, Verdict.CONFIRM)


def test_a_finding_is_accepted(register: RegisterContents) -> None:
    name = str(register.review[3].cells["ID"])
    there = after(register, decided(register, Verdict.ACCEPT, name=name))
    assert [(d.id, d.verdict) for d in stated(there)] == [(name, Verdict.ACCEPT)]
