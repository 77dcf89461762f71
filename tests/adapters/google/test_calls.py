"""How many calls a run makes: the promise of the quiet night and of the first reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.adapters.google import slices
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive_api import GROUP, DriveApi, in_parents
from evidencias.adapters.google.sheets import SheetRegister
from tests.adapters.google.conftest import Opened, quiet
from tests.adapters.google.register import changes, log_of, sheet_url
from tests.google.person import Person
from tests.google.seeding import seed_corpus, seed_large
from tests.google.server import Standin

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "ingresos-2021-2"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no está ../shared con los corpus")
@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_a_night_without_changes_takes_at_most_four_calls(
    standin: Standin, google: Google, opened: Opened, shared: bool
) -> None:
    root = seed_corpus(standin.core, CORPUS, shared)
    register = SheetRegister(google, sheet_url(Person(standin.core).create_sheet("Registro")))
    folder = opened(root)
    folder.scan(quiet)
    register.read()
    register.record(changes(2))
    folder.scan(quiet)  # the creation of the Sheet is in the log of My Drive
    for _ in range(3):
        standin.core.calls.clear()
        folder.scan(quiet)
        contents = register.read()
        known = {str(row.cells["ID"]) for row in contents.review}
        assert not register.record(changes(2, known, log_of(contents)))
        assert len(standin.core.calls) <= 4


@pytest.mark.parametrize("cap", [0, 460])
def test_a_first_reading_costs_at_most_a_fifth_more_than_its_pages(
    standin: Standin, opened: Opened, cap: int
) -> None:
    root = seed_large(standin.core, files=12_000, folders=2_000, shared_drive=True)
    standin.core.quirks.set(page_cap=cap)
    listing = opened(root).scan(quiet)
    pages = -(-14_000 // (cap or 1000))
    assert len(listing.files) == 12_000
    assert len(standin.core.calls) <= 1.2 * pages


def test_a_grouped_question_fits_in_a_uri(standin: Standin, google: Google) -> None:
    """Past 2,048 characters the library would turn it into a POST."""
    api = DriveApi(google)
    folders = [f"1{n:032d}" for n in range(GROUP)]
    api.page(in_parents(folders), "", "", folders)
    (call,) = standin.core.calls
    assert call.method == "GET"


TIMES = st.datetimes(min_value=__import__("datetime").datetime(2015, 1, 1))


@given(
    st.lists(TIMES.map(lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.000Z")), max_size=1200),
    st.booleans(),
)
def test_slices_are_disjoint_and_cover_everything(created: list[str], more: bool) -> None:
    made = slices.queries(created, more, "2026-11-20T00:00:00+00:00")
    low = [q.split("createdTime>='")[1].split("'")[0] for q in made if ">=" in q]
    high = [q.split("createdTime<'")[1].split("'")[0] for q in made if "createdTime<" in q]
    assert low == high == sorted(set(low))
    assert ">=" not in made[0]
    assert "createdTime<" not in made[-1]
