"""The clauses of a report as statements, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidencias.domain.claims.clauses import Joint, clauses
from evidencias.domain.claims.headings import over_each
from evidencias.domain.claims.tokens import Span, sentences
from evidencias.domain.model import Report

_HAS_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause: its section and paragraph (from 0 and 1), its span there, and its joint.

    `opens` marks the first clause of a paragraph, `lead` the first of its section; `over` is
    what stands over it: the title, a line that heads it, the first cells of its row.
    """

    section: int
    title: str
    paragraph: int
    page: int | None
    span: Span
    sentence: Span
    joint: Joint
    text: str
    whole: str
    opens: bool
    lead: bool
    over: str = ""


def statements(report: Report) -> list[Statement]:
    """Every clause of every paragraph of the report, in reading order."""
    found: list[Statement] = []
    for number, section in enumerate(report.sections):
        overs = over_each(section)
        for place, (paragraph, over) in enumerate(zip(section.paragraphs, overs, strict=True)):
            page = section.pages[place] if place < len(section.pages) else None
            rows = _of_paragraph(number, section.title, place, page, paragraph)
            found += (replace(row, over=_over(paragraph, over)) for row in rows)
    return found


def _over(paragraph: str, over: str) -> str:
    """What stands over a statement; in a table's row, the whole row."""
    return paragraph.replace(" | ", "\n") if " | " in paragraph else over


def _of_paragraph(
    number: int, title: str, place: int, page: int | None, paragraph: str
) -> Iterator[Statement]:
    first = True
    for sentence in sentences(paragraph):
        whole = paragraph[sentence.start : sentence.end]
        for clause in clauses(paragraph, sentence):
            text = paragraph[clause.span.start : clause.span.end]
            if not _HAS_WORD.search(text):
                continue
            yield Statement(
                number, title, place + 1, page, clause.span, sentence, clause.joint, text, whole,
                opens=first, lead=first and place == 0,
            )  # fmt: skip
            first = False
