"""The report's own words, cut where claims and figures begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidencias.domain.assessment import Assessment
from evidencias.domain.figures.said import said
from evidencias.domain.model import (
    ActivityState,
    Claim,
    ClaimKind,
    Figure,
    FigureVerdict,
    JudgedFigure,
    Place,
)

GREEN, AMBER, RED = "verde", "ambar", "rojo"
_WORST = {"": 0, GREEN: 1, AMBER: 2, RED: 3}
_CLAIM_COLORS = {ActivityState.SUPPORTED: GREEN, ActivityState.NO_EVIDENCE: RED}
_FIGURE_COLORS = {
    FigureVerdict.MATCH: GREEN,
    FigureVerdict.UNVERIFIABLE: AMBER,
    FigureVerdict.MISMATCH: RED,
}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one stretch [start, end) of a paragraph: its number, colour and subject.

    A claim's stretch is its words, a figure's its number alone; `start` is negative when the
    words are not found.
    """

    number: int
    color: str
    start: int
    end: int
    claim: Claim | None = None
    figure: JudgedFigure | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph with the worst colour of what covers it, and the notes it closes."""

    text: str
    color: str = ""
    closes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the report, cut into stretches, with its notes."""

    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """One section of the report."""

    title: str
    paragraphs: tuple[Paragraph, ...]


def marked(a: Assessment) -> tuple[MarkedSection, ...]:
    """The whole report with its claims and figures marked, notes numbered through."""
    if a.report is None:
        return ()
    subjects: list[Claim | JudgedFigure] = [*a.claims, *a.figures]
    count = 0
    sections = []
    for section in a.report.sections:
        paragraphs = []
        for number, text in enumerate(section.paragraphs, 1):
            here = [s for s in subjects if _stands(_where(s), section.title, number)]
            notes = tuple(_numbered(text, here, count))
            count += len(notes)
            paragraphs.append(Paragraph(stretches(text, notes), notes))
        sections.append(MarkedSection(section.title, tuple(paragraphs)))
    return tuple(sections)


def _where(subject: Claim | JudgedFigure) -> Place:
    return subject.where if isinstance(subject, Claim) else subject.figure.where


def _stands(place: Place, section: str, paragraph: int) -> bool:
    return (place.section or "") == section and place.paragraph == paragraph


def _numbered(
    paragraph: str, subjects: Sequence[Claim | JudgedFigure], count: int
) -> Iterator[Note]:
    """The notes of a paragraph as they close in it: what is said first has the lower number."""
    same: Counter[tuple[str, float]] = Counter()
    notes = []
    for subject in subjects:
        if isinstance(subject, Claim):
            start = paragraph.find(subject.text)
            end = start + len(subject.text)
            notes.append(Note(0, claim_color(subject), start, end, claim=subject))
            continue
        figure = subject.figure
        same[figure.text, figure.claimed] += 1
        start, end = _number_of(paragraph, figure, same[figure.text, figure.claimed])
        notes.append(Note(0, _FIGURE_COLORS[subject.verdict], start, end, figure=subject))
    for number, note in enumerate(sorted(notes, key=lambda n: (n.end, -n.start)), count + 1):
        yield replace(note, number=number)


def _number_of(paragraph: str, figure: Figure, ordinal: int) -> tuple[int, int]:
    """Where a figure's number stands in the paragraph, or all its words when it is not found."""
    start = paragraph.find(figure.text)
    number = said(figure, ordinal)
    if start < 0 or number is None:
        return start, start + len(figure.text)
    return start + number.start, start + number.end


def claim_color(claim: Claim) -> str:
    """Green when proven, red when nothing proves it or no plan holds it, amber in between."""
    if claim.kind is ClaimKind.UNPLANNED:
        return RED
    if claim.kind is ClaimKind.PLANNED and claim.state:
        return _CLAIM_COLORS.get(ActivityState(claim.state), AMBER)
    return AMBER


def stretches(text: str, notes: Sequence[Note]) -> tuple[Stretch, ...]:
    """The paragraph cut at every edge of a note; a note whose words are not found covers none."""
    spans = [(n.start, n.end, n) for n in notes if n.start >= 0]
    edges = sorted({0, len(text), *(e for s in spans for e in s[:2])})
    cut = []
    for begin, end in pairwise(edges):
        covering = [n for s, e, n in spans if s <= begin and end <= e]
        closes = tuple(n.number for _, e, n in spans if e == end)
        cut.append(Stretch(text[begin:end], _worst(n.color for n in covering), closes))
    return tuple(cut)


def _worst(colors: Iterable[str]) -> str:
    return max(colors, key=_WORST.__getitem__, default="")
