"""The report's words as the page marks them: figures by their number, notes in reading order."""

from __future__ import annotations

from dataclasses import replace

from evidencias.domain.model import (
    Claim,
    ClaimKind,
    Figure,
    FigureSubject,
    FigureVerdict,
    JudgedFigure,
    Place,
    Report,
    ReportHeader,
    Section,
)
from evidencias.outputs.marks import AMBER, GREEN, RED, Paragraph, marked
from tests.domain.judging import activity, facts_of

HERE = Place("Logros", 1)
SENTENCE = "Se dictaron 6 talleres y 6 cursos, para un cumplimiento de 0,83."


def figure(claimed: float, verdict: FigureVerdict, percent: bool = False) -> JudgedFigure:
    read = Figure(SENTENCE, HERE, FigureSubject.ACHIEVED, "A1", claimed, percent)
    return JudgedFigure(read, claimed, claimed, claimed, verdict)


def paragraph(*figures: JudgedFigure) -> Paragraph:
    claim = Claim("A-1", "Se dictaron 6 talleres", HERE, "A1", ClaimKind.PLANNED, "soportada")
    report = Report(ReportHeader(), (Section("Logros", (SENTENCE,)),))
    judged = replace(facts_of(activity()), report=report, claims=(claim,), figures=figures)
    return marked(judged)[0].paragraphs[0]


def test_a_figure_marks_its_number_and_not_its_sentence() -> None:
    shown = paragraph(
        figure(6, FigureVerdict.MATCH), figure(6, FigureVerdict.MISMATCH),
        figure(83, FigureVerdict.UNVERIFIABLE, percent=True),
    )  # fmt: skip
    assert [(s.text, s.color) for s in shown.stretches] == [
        ("Se dictaron ", GREEN), ("6", GREEN), (" talleres", GREEN), (" y ", ""), ("6", RED),
        (" cursos, para un cumplimiento de ", ""), ("0,83", AMBER), (".", ""),
    ]  # fmt: skip


def test_notes_are_numbered_as_they_are_read_and_nothing_is_lost() -> None:
    shown = paragraph(figure(6, FigureVerdict.MATCH), figure(6, FigureVerdict.MISMATCH))
    assert [n for s in shown.stretches for n in s.closes] == [1, 2, 3]
    assert [n.number for n in shown.notes] == [1, 2, 3]
    assert "".join(s.text for s in shown.stretches) == SENTENCE


def test_a_figure_reckoned_from_what_is_said_marks_its_words() -> None:
    shown = paragraph(figure(41, FigureVerdict.MISMATCH))
    assert all(s.color == RED for s in shown.stretches)
