"""How a flat listing is cut into disjoint slices that can be read in parallel; pure.

Slices are spans of `createdTime`: it never changes, so a file edited while the listing runs
cannot slip from an unread slice into a read one, as it could with `modifiedTime`.
"""

from __future__ import annotations

from collections.abc import Sequence

from evidencias.adapters.google import urls

LIVE = "trashed=false"
FOLDERS = f"mimeType='{urls.FOLDER}' and {LIVE}"
FILES = f"mimeType!='{urls.FOLDER}' and {LIVE}"
FILES_PER_FOLDER = 6  # in the listings that were measured; only balance depends on it
WORTHWHILE = 3  # pages: a shorter slice costs a half-empty page and saves nothing


def count(folders: int, more: bool) -> int:
    """How many slices for the files, after one page of `folders` folders (`more`: not the last).

    Each slice ends in a page that is on average half empty, so big pages allow few of them.
    """
    if not more:
        pages = FILES_PER_FOLDER  # of the size of this page, at most
        return 2 if folders >= 500 and pages >= WORTHWHILE else 1
    return 2 if folders >= 800 else 4 if folders >= 300 else 8


def queries(created: Sequence[str], more: bool) -> list[str]:
    """The queries of the slices, with borders at quantiles of the folders' own `created` times."""
    times = sorted(time for time in created if time)
    wanted = count(len(created), more)
    borders = sorted({times[len(times) * n // wanted] for n in range(1, wanted)}) if times else []
    spans = zip([None, *borders], [*borders, None], strict=True)
    return [_span(low, high) for low, high in spans]


def _span(low: str | None, high: str | None) -> str:
    terms = [FILES]
    if low:
        terms.append(f"createdTime>='{low}'")
    if high:
        terms.append(f"createdTime<'{high}'")
    return " and ".join(terms)
