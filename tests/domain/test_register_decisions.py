"""How a decision applies (contract, "The register"), from rows as people leave them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencias.domain.ids import link_id
from evidencias.domain.model import Coverage, EvidenceFile, Presence, Verdict
from evidencias.domain.register import (
    DecisionReading,
    Folders,
    RegisterContents,
    Row,
    read_decisions,
    register_changes,
)
from evidencias.domain.register.marks import terminal_mark
from evidencias.errors import InputError
from tests.domain.registering import (
    ACTIVITIES,
    EMOJI,
    FILES,
    LIST,
    NOW,
    PHONE,
    PHOTO,
    after,
    assessed,
    by_hand,
    edited,
    suggested,
)

EMPTY = RegisterContents(exists=False)
FOLDERS = Folders((("/datos/Evidencias", ""),), "/datos")


@pytest.fixture
def register() -> RegisterContents:
    """The register after the first synchronisation: three proposals and one finding to decide."""
    return after(EMPTY, register_changes(assessed(), EMPTY, now=NOW, version="1"))


def read(contents: RegisterContents) -> DecisionReading:
    return read_decisions(contents, FILES, ACTIVITIES, FOLDERS)


def held(contents: RegisterContents) -> list[tuple[str, str, str]]:
    return [(d.activity, d.file, d.verdict.value) for d in read(contents).decisions]


def not_applied(contents: RegisterContents) -> str:
    """The one reason why nothing was applied."""
    found = read(contents)
    assert not found.decisions
    (problem,) = found.problems
    return f"{problem.where}: {problem.message} {problem.hint}"


def test_an_undecided_register_decides_nothing(register: RegisterContents) -> None:
    assert read(register) == DecisionReading()


@pytest.mark.parametrize("word", ["Confirmar", "CONFIRMAR ", "confirmar", " Confirmár\u00a0"])
def test_case_accents_and_blanks_do_not_matter(register: RegisterContents, word: str) -> None:
    assert held(edited(register, 0, decision=word)) == [("1.1", PHOTO, "confirmar")]


@pytest.mark.parametrize("word", ["ok", "x", "Confirmado", "sí", "confirmar?", "1", "rechazo"])
def test_other_spellings_are_reported_never_guessed(register: RegisterContents, word: str) -> None:
    said = not_applied(edited(register, 0, decision=word))
    assert "fila 2" in said and f"«{word}»" in said and "Confirmar, Rechazar o Aceptar" in said


def test_the_id_is_read_without_regard_to_case(register: RegisterContents) -> None:
    lower = str(register.review[0].cells["ID"]).lower()
    assert held(edited(register, 0, id=f" {lower} ", decision="Rechazar")) == [
        ("1.1", PHOTO, "rechazar")
    ]


def test_who_and_note_come_along(register: RegisterContents) -> None:
    (made,) = read(edited(register, 0, decision="Confirmar", by="Ana", note="visto")).decisions
    assert (made.by, made.note, made.row, made.origin) == ("Ana", "visto", 2, "persona")
    assert made.fingerprint == FILES[PHOTO].md5


def test_a_finding_is_accepted_or_rejected(register: RegisterContents) -> None:
    (made,) = read(edited(register, 3, decision="Aceptar")).decisions
    assert (made.id[:2], made.verdict, made.activity) == ("H-", Verdict.ACCEPT, "")
    assert "hallazgo" in not_applied(edited(register, 3, decision="Confirmar"))
    assert "vínculo" in not_applied(edited(register, 0, decision="Aceptar"))


@pytest.mark.parametrize(
    ("code", "link", "expected"),
    [
        ("2.1", EMOJI, ("2.1", EMOJI)),
        ("1.10", f"Evidencias/{LIST}", ("1.10", LIST)),
        ("2.1", f'"/datos/Evidencias/{PHONE}"', ("2.1", PHONE)),
        (2.1, LIST, ("2.1", LIST)),
        ("a-abcdefghij", LIST, ("A-ABCDEFGHIJ", LIST)),
    ],
)
def test_a_row_by_hand_links(
    register: RegisterContents, code: str | float, link: str, expected: tuple[str, str]
) -> None:
    row = by_hand(register, code=code, link=link, decision="Confirmar")
    assert held(row) == [(*expected, "confirmar")]


@pytest.mark.parametrize(
    ("code", "link", "says"),
    [
        ("2.1", "Lombricultura", "es una carpeta"),
        ("2.1", "/datos/plan.xlsx", "no está en la carpeta"),
        ("9.9", LIST, "no está en el plan"),
        ("2.1", None, "le falta"),
        (None, LIST, "le falta"),
    ],
)
def test_a_row_by_hand_that_cannot_be_applied_says_why(
    register: RegisterContents, code: str | None, link: str | None, says: str
) -> None:
    said = not_applied(by_hand(register, code=code, link=link, decision="Confirmar"))
    assert says in said and "fila 6" in said


def test_a_number_that_may_be_two_codes_is_not_guessed(register: RegisterContents) -> None:
    said = not_applied(by_hand(register, code=1.1, link=LIST, decision="Confirmar"))
    assert "1.1 o 1.10" in said


def test_a_code_that_excel_turned_into_a_number_is_no_correction(
    register: RegisterContents,
) -> None:
    number = edited(register, 1, code=1.1, decision="Confirmar")
    assert held(number) == [("1.10", LIST, "confirmar")]


def test_a_corrected_code_rejects_the_proposed_pair_and_confirms_the_other(
    register: RegisterContents,
) -> None:
    assert held(edited(register, 0, code="2.1", decision="Confirmar")) == [
        ("1.1", PHOTO, "rechazar"),
        ("2.1", PHOTO, "confirmar"),
    ]


def test_a_corrected_code_that_does_not_exist_or_is_rejected_is_not_applied(
    register: RegisterContents,
) -> None:
    assert "no está en el plan" in not_applied(
        edited(register, 0, code="7.7", decision="Confirmar")
    )
    assert "fue corregido" in not_applied(edited(register, 0, code="2.1", decision="Rechazar"))


def test_an_enlace_of_another_file_is_reported(register: RegisterContents) -> None:
    said = not_applied(edited(register, 0, link=LIST, decision="Confirmar"))
    assert "no son del mismo archivo" in said
    assert held(edited(register, 0, link=None, decision="Confirmar")) == [
        ("1.1", PHOTO, "confirmar")
    ]


def test_an_unknown_id_is_reported(register: RegisterContents) -> None:
    said = not_applied(edited(register, 0, id="V-AAAAAAAAAA", decision="Confirmar"))
    assert "No reconozco el ID" in said


def test_rows_that_agree_are_one_decision_and_rows_that_differ_none(
    register: RegisterContents,
) -> None:
    decided = edited(register, 0, decision="Confirmar")
    twice = by_hand(decided, code="1.1", link=PHOTO, decision="Confirmar", by="Luis")
    (one,) = read(twice).decisions
    assert (one.verdict, one.by) == (Verdict.CONFIRM, "Luis")
    against = by_hand(decided, code="1.1", link=PHOTO, decision="Rechazar")
    found = read(against)
    assert not found.decisions and len(found.conflicts) == 1
    assert "fila 2 (confirmar), fila 6 (rechazar)" in found.conflicts[0].where


def with_mark(
    contents: RegisterContents, at: int, minute: int, verdict: Verdict
) -> RegisterContents:
    """The row as `decidir` writes it."""
    word = {"confirmar": "Confirmar", "rechazar": "Rechazar"}[verdict.value]
    mark = terminal_mark(FILES[PHOTO].md5, NOW.replace(minute=minute), verdict)
    return edited(contents, at, decision=word, fingerprint=mark)


def test_among_rows_of_decidir_the_last_in_time_holds_wherever_it_stands(
    register: RegisterContents,
) -> None:
    again = by_hand(register, id=link_id("1.1", PHOTO), code="1.1", link=PHOTO)
    rows = with_mark(with_mark(again, 0, 40, Verdict.REJECT), 4, 35, Verdict.CONFIRM)
    (made,) = read(rows).decisions
    assert (made.verdict, made.origin) == (Verdict.REJECT, "decidir")


def test_a_row_of_decidir_that_a_person_changed_is_hers(register: RegisterContents) -> None:
    row = edited(with_mark(register, 0, 40, Verdict.REJECT), 0, decision="Confirmar")
    (made,) = read(row).decisions
    assert (made.verdict, made.origin) == (Verdict.CONFIRM, "persona")


def test_decidir_against_a_person_is_a_conflict(register: RegisterContents) -> None:
    row = by_hand(
        with_mark(register, 0, 40, Verdict.REJECT), code="1.1", link=PHOTO, decision="Confirmar"
    )
    assert not read(row).decisions and len(read(row).conflicts) == 1


def moved(*names: str) -> dict[str, EvidenceFile]:
    """The files, the photo now under these names."""
    photo = FILES[PHOTO]
    kept = {name: file for name, file in FILES.items() if name != PHOTO}
    return {**kept, **{name: replace(photo, id=name, path=name) for name in names}}


def test_a_decision_follows_the_file_that_moved(register: RegisterContents) -> None:
    contents = edited(register, 0, decision="Confirmar")
    found = read_decisions(contents, moved("Nueva/foto.jpg"), ACTIVITIES, FOLDERS)
    assert [(d.activity, d.file) for d in found.decisions] == [("1.1", "Nueva/foto.jpg")]
    assert found.decisions[0].id == link_id("1.1", "Nueva/foto.jpg")


@pytest.mark.parametrize("names", [(), ("a.jpg", "b.jpg")])
def test_a_decision_whose_file_is_gone_or_ambiguous_is_shown(
    register: RegisterContents, names: tuple[str, ...]
) -> None:
    contents = edited(register, 0, decision="Confirmar")
    found = read_decisions(contents, moved(*names), ACTIVITIES, FOLDERS)
    assert not found.decisions
    assert [d.file for d in found.without_file] == [PHOTO]
    assert "Decisión sin archivo" in found.not_applied[0].message


def test_a_partial_reading_does_not_say_that_the_file_left(register: RegisterContents) -> None:
    contents = edited(register, 0, decision="Confirmar")
    partial = Coverage(complete=False, unread=("Lombricultura",))
    found = read_decisions(contents, {}, ACTIVITIES, FOLDERS, coverage=partial)
    assert "lectura parcial" in found.not_applied[0].message


def test_a_remembered_file_that_is_gone_is_no_file(register: RegisterContents) -> None:
    contents = edited(register, 0, decision="Confirmar")
    ghost = {**FILES, PHOTO: replace(FILES[PHOTO], presence=Presence.GONE)}
    assert not read_decisions(contents, ghost, ACTIVITIES, FOLDERS).decisions


def test_columns_are_found_by_name_wherever_they_stand(register: RegisterContents) -> None:
    renamed = replace(
        register,
        review_header=("Notas", *reversed([h.upper() for h in register.review_header])),
        review=tuple(
            Row(row.number, {h.upper(): v for h, v in row.cells.items()}) for row in register.review
        ),
    )
    row = renamed.review[0]
    decided = replace(row, cells={**row.cells, "DECISIÓN": "confirmar"})
    contents = replace(renamed, review=(decided, *renamed.review[1:]))
    assert held(contents) == [("1.1", PHOTO, "confirmar")]


@pytest.mark.parametrize("gone", ["Código", "Enlace", "Huella", "Clase", "Responsable"])
def test_a_decision_holds_without_any_other_column(register: RegisterContents, gone: str) -> None:
    decided = edited(register, 0, decision="Confirmar")
    rows = (replace(r, cells={**r.cells, gone: None}) for r in decided.review)
    header = tuple(h for h in register.review_header if h != gone)
    without = replace(decided, review=tuple(rows), review_header=header)
    assert held(without) == [("1.1", PHOTO, "confirmar")]
    assert read_decisions(replace(without, evidence=()), FILES, ACTIVITIES).decisions


@pytest.mark.parametrize(
    "name", [" Acta 1.pdf", "«Acta».pdf", "a\x07b.pdf", "x/\u202efdp.exe", "'a'"]
)
def test_names_that_cells_show_otherwise_keep_their_decision(name: str) -> None:
    files = {name: replace(FILES[LIST], id=name, path=name, name=name, url="")}
    judged = assessed((suggested("1.10", name),), files=files)
    there = after(EMPTY, register_changes(judged, EMPTY, now=NOW, version="1"))
    found = read_decisions(edited(there, 0, decision="Confirmar"), files, ACTIVITIES)
    assert [d.file for d in found.decisions] == [name]


@pytest.mark.parametrize("gone", ["ID", "Decisión"])
def test_a_missing_column_is_refused(register: RegisterContents, gone: str) -> None:
    header = tuple(h for h in register.review_header if h != gone)
    with pytest.raises(InputError) as refused:
        read(replace(register, review_header=header))
    assert f"«{gone}»" in refused.value.message and "Revisión" in refused.value.message


def test_a_doubled_column_is_refused(register: RegisterContents) -> None:
    with pytest.raises(InputError, match="2 columnas «Decisión»"):
        read(replace(register, review_header=(*register.review_header, "decision ")))


def test_a_register_that_lost_the_tab_with_its_decisions_is_refused(
    register: RegisterContents,
) -> None:
    decided = edited(register, 0, decision="Confirmar")
    judged = assessed(decisions=read(decided).decisions)
    kept = after(decided, register_changes(judged, decided, now=NOW, version="1"))
    with pytest.raises(InputError, match="falta la pestaña «Revisión»"):
        read(replace(kept, review=(), review_header=()))
    assert read(replace(register, review=(), review_header=())) == DecisionReading()


def test_the_link_of_a_file_without_activity_still_decides(register: RegisterContents) -> None:
    found = read_decisions(edited(register, 1, decision="Rechazar"), FILES, (), FOLDERS)
    assert [(d.activity, d.file) for d in found.decisions] == [("1.10", LIST)]
