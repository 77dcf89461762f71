"""The figures of a report: each number that measures something, with what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencias.domain.figures.achieved import Achieved
from evidencias.domain.figures.counts import activity_count
from evidencias.domain.figures.exclusions import is_no_figure
from evidencias.domain.figures.percentages import percentage, share
from evidencias.domain.figures.quantities import lasts
from evidencias.domain.figures.scopes import ScopeFinder
from evidencias.domain.figures.sentence import Reading
from evidencias.domain.figures.spans import quote, sentences
from evidencias.domain.model import Activity, Claim, Figure, Place, Report
from evidencias.domain.numbers import Number, find_numbers


def read_figures(
    report: Report, activities: Sequence[Activity], claims: Sequence[Claim] = ()
) -> tuple[Figure, ...]:
    """The percentages, counts and totals of a report, in reading order, not yet judged.

    `claims` tell which activity a count belongs to; without them only counts that name an
    activity's own indicator are taken. Years, dates, laws, ages, hours, money, labels and the
    100 % that is another figure's base are none. Each text is verbatim, at most sixty words.
    """
    finder, achieved = ScopeFinder(activities), Achieved(activities, claims)
    return tuple(
        figure
        for section in report.sections
        for place, (paragraph, page) in enumerate(
            zip(section.paragraphs, _pages(section.pages, len(section.paragraphs)), strict=True), 1
        )
        for figure in _in_paragraph(
            paragraph, Place(section.title or None, place, page), finder, achieved
        )
    )


def _pages(pages: Sequence[int | None], count: int) -> list[int | None]:
    return [*pages, *[None] * count][:count]


def _in_paragraph(
    paragraph: str, where: Place, finder: ScopeFinder, achieved: Achieved
) -> Iterator[Figure]:
    numbers = [
        n
        for n in find_numbers(paragraph)
        if not is_no_figure(paragraph, n) or lasts(paragraph, n, achieved.by_code.values())
    ]
    taken = achieved.choose(paragraph, where, numbers)
    for sentence in sentences(paragraph):
        reading = Reading(sentence, where, finder)
        for number in numbers:
            if sentence.start <= number.start < sentence.end:
                yield from _figure(reading, number, taken.get(number, ""), achieved)


def _figure(reading: Reading, number: Number, code: str, achieved: Achieved) -> Iterator[Figure]:
    """The figure that a number is, if it is one."""
    text = quote(reading.sentence, number.start, number.end)
    if number.percent:
        yield achieved.percentage(number, code, text, reading.where) or percentage(
            reading, number, text
        )
        return
    counted = activity_count(reading, number, text, bool(code)) or share(reading, number, text)
    if counted:
        yield counted
    elif code:
        yield achieved.figure(number, code, text, reading.where)


__all__ = ["read_figures"]
