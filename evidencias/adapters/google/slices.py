"""How a flat listing is cut into disjoint slices that can be read in parallel; pure.

Slices are spans of `createdTime`: it never changes, so a file edited while the listing runs
cannot slip from an unread slice into a read one, as it could with `modifiedTime`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from evidencias.adapters.google import urls

LIVE = "trashed=false"
FOLDERS = f"mimeType='{urls.FOLDER}' and {LIVE}"
FILES = f"mimeType!='{urls.FOLDER}' and {LIVE}"
FILES_PER_FOLDER = 6  # in the listings that were measured; only balance depends on it
FILLED = 0.8  # of the time since the newest folder, where all folders are old
WORTHWHILE = 3  # pages: a shorter slice costs a half-empty page and saves nothing


def count(folders: int, more: bool) -> int:
    """How many slices for the files, after one page of `folders` folders (`more`: not the last).

    Each slice ends in a page that is on average half empty, so big pages allow few of them.
    """
    if not more:
        pages = FILES_PER_FOLDER  # of the size of this page, at most
        return 2 if folders >= 500 and pages >= WORTHWHILE else 1
    return 2 if folders >= 800 else 4 if folders >= 300 else 8


def queries(created: Sequence[str], more: bool, now: str) -> list[str]:
    """The queries of the slices; `created` are the folders' own times, `now` RFC 3339 text."""
    times = sorted(time for time in created if time)
    wanted = count(len(created), more)
    borders = _borders(times, wanted, now) if times and wanted > 1 else []
    spans = zip([None, *borders], [*borders, None], strict=True)
    return [_span(low, high) for low, high in spans]


def _borders(times: Sequence[str], wanted: int, now: str) -> list[str]:
    """Borders at quantiles of the folders' times; where all folders are old, evenly until now.

    People make the folders of a year at once, fill them later, and stop some time before now. It
    is a guess of where the files lie in time: a wrong one costs time, never a file.
    """
    first, last, end = (datetime.fromisoformat(t) for t in (times[0], times[-1], now))
    if end - last > last - first:
        steps = [last + (end - last) * FILLED * n / wanted for n in range(1, wanted)]
        return [step.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") for step in steps]
    return sorted({times[len(times) * n // wanted] for n in range(1, wanted)})


def _span(low: str | None, high: str | None) -> str:
    terms = [FILES]
    if low:
        terms.append(f"createdTime>='{low}'")
    if high:
        terms.append(f"createdTime<'{high}'")
    return " and ".join(terms)
