"""When the event of a file happened, and whether that fits the activity and the period."""

from __future__ import annotations

from datetime import date
from typing import Final

from evidencias.domain.linking import dates
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.model import EvidenceFile, Period
from evidencias.domain.period import civil, within

FAR: Final = 400


def file_day(file: EvidenceFile) -> date | None:
    """The day the file came to be: the earlier of created and modified, or the photo's own."""
    if file.photo_taken:
        return civil(file.photo_taken)
    known = [civil(m) for m in (file.created, file.modified) if m]
    return min(known) if known else None


def outside(day: date | None, period: Period) -> float:
    """How far a file's day lies outside the period: 0 inside, to 1 half a year away."""
    if day is None or within(day, period):
        return 0.0
    away = (period.start - day).days if day < period.start else (day - period.cutoff).days
    return min(1.0, 0.3 + away / 180)


def event(view: FileView, day_of_file: date | None, period: Period) -> tuple[date | None, str]:
    """The day of the event a file shows, and where it was read: "foto", "nombre" or "texto"."""
    if view.file.photo_taken:
        return civil(view.file.photo_taken), "foto"
    year = day_of_file.year if day_of_file else period.year
    named = [m for m in dates.days(view.name.base, year) if _plausible(m.day, day_of_file, period)]
    if named:
        return named[0].day, "nombre"
    for found in dates.days(view.text[:1200], year):
        if _plausible(found.day, day_of_file, period):
            return found.day, "texto"
    if view.folders:
        held = [
            m for m in dates.days(view.folders[-1], year) if _plausible(m.day, day_of_file, period)
        ]
        if held:
            return held[0].day, "nombre"
    return None, ""


def _plausible(day: date, around: date | None, period: Period) -> bool:
    """A mentioned day counts as the event's unless it is absurdly far from period and file."""
    if abs((day - period.start).days) > FAR:
        return False
    return around is None or (around - day).days < FAR
