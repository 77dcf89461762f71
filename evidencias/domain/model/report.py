"""The report as read: blocks, sections, claims and figures, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidencias.domain.model.evidence import Place, Reason
from evidencias.domain.model.words import (
    ClaimKind,
    FigureSubject,
    FigureVerdict,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table row of a report in reading order.

    `style` is "heading", "paragraph", "row" (table row: `cells` set) or "header" (page header or
    footer); `level` is the heading level (1-9) or 0; `page` from 1 where known.
    """

    text: str
    style: str = "paragraph"
    level: int = 0
    page: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's sections with its whole paragraphs."""

    title: str
    paragraphs: tuple[str, ...]
    pages: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """The head of the report; "" where a field is missing, `period` as "2021-2" when readable."""

    policy: str = ""
    responsible: str = ""
    period: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: its header and its sections, in order."""

    header: ReportHeader
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """An activity near a claim or an orphan file, with the reasons."""

    activity: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the report says was done. `kind` None means uncertain: see `nearby`.

    `state` is an ActivityState value for a planned claim, a ClaimState value for an unplanned
    one, "" when uncertain or not yet judged. `files` are orphan files that may support it.
    """

    id: str
    text: str
    where: Place
    activity: str = ""
    kind: ClaimKind | None = None
    state: str = ""
    nearby: tuple[Nearby, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number the report gives, as read (not yet judged).

    `scope` is "total", an axis, a department or a code. `claimed` is 83 for 83 %. `bound` is
    "" (exact), "alrededor" (approximate) or "mas_de" / "menos_de" (a bound).
    """

    text: str
    where: Place
    subject: FigureSubject
    scope: str
    claimed: float
    percent: bool = False
    bound: str = ""


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure beside what plan and evidence give; numbers in the figure's own unit."""

    figure: Figure
    computed: float | None
    low: float | None
    high: float | None
    verdict: FigureVerdict
    formulas: Mapping[str, float] = field(default_factory=dict)
    matching: str = ""
    explanation: str = ""

    @property
    def difference(self) -> float | None:
        """Claimed minus computed, None where nothing could be computed."""
        return None if self.computed is None else round(self.figure.claimed - self.computed, 6)
