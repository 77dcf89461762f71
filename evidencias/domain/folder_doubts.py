"""What makes a whole folder doubtful: nothing in it, texts unread, dates that a copy gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidencias.domain.model import EvidenceFile, Listing, Period, Presence, Problem
from evidencias.domain.spanish import day_words, plural, quoted
from evidencias.domain.support import file_day

LEAST, MOST = 10, 0.9
WHERE = "Carpeta de evidencias"


def no_files(listing: Listing) -> tuple[Problem, ...]:
    """A warning when a whole reading found no evidence at all, which is seldom the truth."""
    if listing.files or not listing.coverage.complete:
        return ()
    aside = len(listing.set_aside)
    told = (
        f"no hay archivos que revisar; {plural(aside, 'se apartó', 'se apartaron')} "
        "(con -v se ve por qué)."
        if aside
        else "está vacía."
    )
    return (
        Problem(
            WHERE,
            told,
            "Revise que [evidencias] carpeta sea la correcta y que sus archivos estén en este "
            "equipo.",
        ),
    )


def unread_texts(files: Iterable[EvidenceFile]) -> tuple[Problem, ...]:
    """A warning that some files were judged without what they say, with the commonest cause."""
    unread = [f for f in files if f.unread]
    if not unread:
        return ()
    (why, _), *_ = Counter(f.unread for f in unread).most_common(1)
    example = next(f for f in unread if f.unread == why)
    told = (
        f"de {plural(len(unread), 'archivo', 'archivos')} no se leyó todo el texto; p. ej. "
        f"{quoted(example.name)} {why}."
    )
    hint = "Se juzgan por su nombre, su carpeta y su fecha; con -v se ven todos."
    return (Problem(WHERE, told, hint),)


def doubtful_dates(files: Iterable[EvidenceFile], period: Period) -> tuple[Problem, ...]:
    """A warning when nine files in ten bear one same day outside the period, or fall after it.

    Copying or unzipping a folder gives every file the day of the copy; then nothing counts, and
    the fault is not the evidence's.
    """
    days = [d for f in files if f.presence is Presence.SEEN and (d := file_day(f)) is not None]
    if len(days) < LEAST:
        return ()
    day, times = Counter(days).most_common(1)[0]
    late = sum(1 for d in days if d > period.cutoff)
    if day > period.end and times >= MOST * len(days):
        told = (
            f"{plural(times, 'archivo tiene', 'archivos tienen')} la misma fecha, {day_words(day)}"
        )
    elif late >= MOST * len(days):
        told = f"{plural(late, 'archivo es', 'archivos son')} posteriores al corte del período"
    else:
        return ()
    return (
        Problem(
            WHERE,
            f"{told}, de {len(days)}: parece la fecha de una copia.",
            "Copie la carpeta conservando las fechas (o léala desde Drive) y sincronice de nuevo.",
        ),
    )
