"""What makes a folder doubtful: a copy's dates, nothing in it, texts that were not read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evidencias.domain.folder_doubts import doubtful_dates, no_files, unread_texts
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


def test_files_whose_text_is_lacking_are_counted_with_the_commonest_cause() -> None:
    causes = ("está protegido con contraseña", "", "está dañado", "está protegido con contraseña")
    found = [EvidenceFile(str(i), str(i), f"{i}.docx", unread=why) for i, why in enumerate(causes)]
    (problem,) = unread_texts(found)
    assert problem.message == (
        "de 3 archivos no se leyó todo el texto; p. ej. «0.docx» está protegido con contraseña."
    )
    assert unread_texts(found[1:2]) == ()
