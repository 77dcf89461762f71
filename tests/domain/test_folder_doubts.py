"""A folder whose dates are those of a copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evidencias.domain.folder_doubts import doubtful_dates, no_files
from evidencias.domain.model import ALL_READ, Coverage, EvidenceFile, Listing, SetAside
from evidencias.domain.period import semester

PERIOD = semester("2021-2")
INSIDE = datetime(2021, 9, 1, 12, tzinfo=UTC)
COPIED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def files(*moments: datetime) -> list[EvidenceFile]:
    return [EvidenceFile(str(i), str(i), str(i), modified=m) for i, m in enumerate(moments)]


CASES = [
    ([INSIDE] * 30, ""),  # a bulk upload inside the period is ordinary
    ([COPIED] * 9, ""),  # too few to say
    ([COPIED] * 28 + [INSIDE] * 2, "la misma fecha"),
    ([COPIED] * 15 + [INSIDE] * 15, ""),
    ([COPIED + timedelta(days=i) for i in range(20)], "posteriores al corte"),
]


@pytest.mark.parametrize(("moments", "told"), CASES)
def test_doubtful_dates(moments: list[datetime], told: str) -> None:
    problems = doubtful_dates(files(*moments), PERIOD)
    assert bool(problems) == bool(told)
    assert all(told in p.message for p in problems)


ASIDE = (SetAside("~$a.docx", "bloqueo"),)
UNREAD = Coverage(complete=False, unread=("a",))
READINGS = [
    (Listing((), (), ALL_READ), "está vacía"),
    (Listing((), ASIDE * 2, ALL_READ), "2 se apartaron"),
    (Listing((), ASIDE, ALL_READ), "1 se apartó"),
    (Listing((), (), UNREAD), ""),  # what was not read is told elsewhere
    (Listing(tuple(files(INSIDE)), (), ALL_READ), ""),
]


@pytest.mark.parametrize(("listing", "told"), READINGS)
def test_a_folder_without_files_is_doubted(listing: Listing, told: str) -> None:
    problems = no_files(listing)
    assert bool(problems) == bool(told)
    assert all(told in p.message for p in problems)
