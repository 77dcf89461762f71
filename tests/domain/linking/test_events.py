"""When what a file shows happened, which source is believed, and days that are nobody's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evidencias.domain.linking.events import event, file_day, outside
from evidencias.domain.linking.prepare import file_view
from evidencias.domain.model import EvidenceFile
from evidencias.domain.period import semester
from tests.domain.linking.cases import told

PERIOD = semester("2024-1")
KEPT = date(2024, 4, 20)
TAKEN = datetime(2024, 2, 11, 9, 30)  # a camera's clock has no zone


def read(
    path: str, text: str = "", taken: datetime | None = None, kept: date | None = KEPT
) -> tuple[str, str]:
    file = EvidenceFile(path, path, path.rsplit("/", 1)[-1], photo_taken=taken)
    day, source = event(file_view(file, text), kept, PERIOD)
    return str(day) if day else "", source


@pytest.mark.parametrize(
    ("path", "text", "taken", "day", "source"),
    [
        ("minga 12 de marzo.jpg", "3 de abril de 2024", TAKEN, "2024-02-11", "foto"),
        ("minga.jpg", "", TAKEN, "2024-02-11", "foto"),
        ("minga 12 de marzo.pdf", "Acta del 3 de abril de 2024", None, "2024-03-12", "nombre"),
        ("IMG_20240312_101500.jpg", "", None, "2024-03-12", "nombre"),
        ("acta 12-03-2024.pdf", "", None, "2024-03-12", "nombre"),
        ("acta.pdf", "Se reunieron el 3 de abril de 2024", None, "2024-04-03", "texto"),
        ("5 de mayo/acta.pdf", "Se reunieron el 3 de abril de 2024", None, "2024-04-03", "texto"),
        ("5 de mayo/acta.pdf", "Se sembró guadua", None, "2024-05-05", "nombre"),
        ("acta.pdf", "Del 4 de abril de 2024 al 6 de abril de 2024", None, "2024-04-04", "texto"),
    ],
    ids=told,
)
def test_the_surest_source_wins(
    path: str, text: str, taken: datetime | None, day: str, source: str
) -> None:
    assert read(path, text, taken) == (day, source)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("acta.pdf", ""),
        ("acta 31 de febrero.pdf", ""),
        ("acta comité 4.pdf", "Asistieron 12 vecinas"),
        ("acta.pdf", "Conforme al Decreto del 9 de mayo de 1991"),
        ("acta.pdf", "Plazo hasta el 30 de noviembre de 2031"),
        ("acta.pdf", f"{'Se habló del acueducto. ' * 60} 3 de abril de 2024"),
        ("5 de mayo/fotos/minga.jpg", ""),
    ],
)
def test_absurd_or_hidden_days_are_no_event(path: str, text: str) -> None:
    assert read(path, text) == ("", "")


def test_an_absurd_day_in_the_name_leaves_the_word_to_the_text() -> None:
    assert read("ley 20-07-1991.pdf", "Socializada el 3 de abril de 2024") == (
        "2024-04-03",
        "texto",
    )


@pytest.mark.parametrize(
    ("kept", "day"), [(date(2023, 12, 20), "2023-03-12"), (None, "2024-03-12")], ids=told
)
def test_a_day_without_year_has_that_of_its_file_or_else_of_the_period(
    kept: date | None, day: str
) -> None:
    assert read("minga 12 de marzo.jpg", kept=kept) == (day, "nombre")


EARLY, LATE = datetime(2024, 3, 2, 15, tzinfo=UTC), datetime(2024, 5, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("created", "modified", "taken", "day"),
    [
        (EARLY, LATE, None, date(2024, 3, 2)),
        (LATE, EARLY, None, date(2024, 3, 2)),
        (None, LATE, None, date(2024, 5, 9)),
        (EARLY, LATE, TAKEN, date(2024, 2, 11)),
        (datetime(2024, 3, 2, 3, tzinfo=UTC), None, None, date(2024, 3, 1)),
        (None, None, None, None),
    ],
    ids=told,
)
def test_a_file_came_to_be_on_its_earliest_day_in_colombia(
    created: datetime | None, modified: datetime | None, taken: datetime | None, day: date | None
) -> None:
    file = EvidenceFile("f", "f", "f", created=created, modified=modified, photo_taken=taken)
    assert file_day(file) == day


@pytest.mark.parametrize(
    ("day", "far"),
    [
        (None, 0.0),
        (date(2024, 1, 1), 0.0),
        (date(2023, 12, 17), 0.0),
        (PERIOD.cutoff, 0.0),
        (date(2022, 1, 1), 1.0),
        (date(2026, 1, 1), 1.0),
    ],
    ids=told,
)
def test_a_day_lies_inside_the_period_or_far_out(day: date | None, far: float) -> None:
    assert outside(day, PERIOD) == far


def test_a_day_just_out_is_less_out_than_one_months_away() -> None:
    assert 0.3 < outside(date(2023, 12, 10), PERIOD) < outside(date(2023, 10, 10), PERIOD) < 1
