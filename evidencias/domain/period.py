"""Semesters, cut-off days and Colombian civil dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from evidencias.domain.model import Period

# Colombia has had no daylight saving since 1993; a fixed offset needs no zone database on Windows.
BOGOTA = timezone(timedelta(hours=-5), "America/Bogota")
GRACE_BEFORE = timedelta(days=15)
DEFAULT_CUTOFF = timedelta(days=20)
_SEMESTER = re.compile(r"^\s*(\d{4})\s*-\s*([12])\s*$")


def semester(label: str, cutoff: date | None = None) -> Period:
    """The half-year written "2021-2"; raises ValueError for any other text."""
    found = _SEMESTER.match(label)
    if not found:
        raise ValueError(label)
    year, half = int(found[1]), int(found[2])
    start, end = (
        (date(year, 1, 1), date(year, 6, 30))
        if half == 1
        else (date(year, 7, 1), date(year, 12, 31))
    )
    return Period(year, half, start, end, cutoff or end + DEFAULT_CUTOFF)


def span(start: date, end: date, cutoff: date | None = None) -> Period:
    """A free span; it is named as a semester when it is exactly one."""
    for half in (1, 2):
        whole = semester(f"{start.year}-{half}", cutoff)
        if (whole.start, whole.end) == (start, end):
            return whole
    return Period(start.year, None, start, end, cutoff or end + DEFAULT_CUTOFF)


def civil(moment: datetime) -> date:
    """The Colombian calendar day of an aware moment (naive moments are taken as Colombian)."""
    return (moment if moment.tzinfo is None else moment.astimezone(BOGOTA)).date()


def counts_from(period: Period) -> date:
    """First day on which a file counts: fifteen days before the period."""
    return period.start - GRACE_BEFORE


def within(day: date, period: Period) -> bool:
    """Whether a file of that day counts: from `start` − 15 days to `cutoff`, both included."""
    return counts_from(period) <= day <= period.cutoff


def touches(start: date | None, end: date | None, period: Period) -> bool:
    """Whether [start, end] meets the period; a blank date leaves that side open."""
    return (start is None or start <= period.end) and (end is None or end >= period.start)
