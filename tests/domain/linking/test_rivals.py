"""How a file stands among all that claim an activity, and one activity that draws everything."""

from __future__ import annotations

import numpy as np
import pytest

from evidencias.domain.linking.rivals import rivals, standing
from evidencias.domain.linking.sparse import Grid, grid
from tests.domain.linking.cases import told

# Rows are files and columns activities. All files claim the first activity somewhat; the last two
# activities have a claimant each.
CLAIMS = (
    (0.6, 0.5, 0.0),
    (0.8, 0.0, 0.0),
    (0.7, 0.0, 0.0),
    (0.5, 0.0, 0.4),
)


def table(claims: tuple[tuple[float, ...], ...]) -> Grid:
    dense = np.array(claims)
    keys = np.flatnonzero(dense)
    return grid(dense.shape[1], keys, dense.ravel()[keys])


def stands(claims: tuple[tuple[float, ...], ...], measure: str) -> dict[tuple[int, int], float]:
    """A measure of each pair that has a score."""
    scores = table(claims)
    row, act = scores.keys // scores.width, scores.keys % scores.width
    found = standing(row, act, scores.values, rivals(scores))[f"rival_{measure}_ahead"]
    pairs = zip(row.tolist(), act.tolist(), strict=True)
    return dict(zip(pairs, found.tolist(), strict=True))


@pytest.mark.parametrize(
    ("pair", "above"), [((1, 0), 0), ((2, 0), 1), ((0, 0), 2), ((3, 0), 3), ((0, 1), 0)], ids=told
)
def test_the_rank_counts_the_files_that_claim_it_more(pair: tuple[int, int], above: int) -> None:
    assert stands(CLAIMS, "rank")[pair] == pytest.approx(np.log1p(above))


def test_equal_claims_are_of_equal_rank_and_none_is_above_itself() -> None:
    assert stands(((0.5,), (0.5,), (0.5,)), "rank") == dict.fromkeys(((0, 0), (1, 0), (2, 0)), 0.0)


@pytest.mark.parametrize(
    ("pair", "lead"),
    [((1, 0), 0.1), ((2, 0), -0.1), ((3, 0), -0.3), ((0, 1), 0.5), ((3, 2), 0.4)],
    ids=told,
)
def test_the_lead_is_over_the_best_other_claim(pair: tuple[int, int], lead: float) -> None:
    assert stands(CLAIMS, "lead")[pair] == pytest.approx(lead)


@pytest.mark.parametrize(
    ("pair", "starved"),
    [((0, 1), 0.5), ((3, 2), 0.4), ((1, 0), 0.8 * 0.3), ((3, 0), 0.5 * 0.2)],
    ids=told,
)
def test_an_activity_that_no_other_file_claims_is_starved(
    pair: tuple[int, int], starved: float
) -> None:
    assert stands(CLAIMS, "starved")[pair] == pytest.approx(starved)


@pytest.mark.parametrize(
    ("more", "less"),
    [((1, 0), (2, 0)), ((2, 0), (0, 0)), ((0, 0), (3, 0)), ((0, 1), (1, 0)), ((3, 2), (3, 0))],
    ids=told,
)
def test_the_share_is_beside_the_three_best(more: tuple[int, int], less: tuple[int, int]) -> None:
    share = stands(CLAIMS, "share")
    assert share[more] > share[less] > 0


def test_the_load_is_heavy_where_others_claim_much_and_light_where_none_does() -> None:
    load = stands(CLAIMS, "load")
    assert load[(1, 0)] > 0.4
    assert load[(0, 1)] == load[(3, 2)] == pytest.approx(np.log(0.1))
    assert load[(3, 0)] > load[(1, 0)]


@pytest.mark.parametrize(
    ("pair", "first"),
    [((0, 1), True), ((3, 2), True), ((0, 0), False), ((3, 0), False), ((1, 0), True)],
    ids=told,
)
def test_the_activity_that_draws_everything_yields_to_one_that_is_the_files_own(
    pair: tuple[int, int], first: bool
) -> None:
    assert (stands(CLAIMS, "balanced")[pair] > 0) is first


def test_where_all_activities_draw_alike_the_greater_score_stays_first() -> None:
    found = stands(((0.6, 0.3), (0.3, 0.6)), "balanced")
    assert found[(0, 0)] > 0 > found[(0, 1)]
    assert found[(1, 1)] > 0 > found[(1, 0)]


def test_a_sole_claim_leads_wholly_however_late_in_the_plan_its_activity_is() -> None:
    size = 40
    claims = tuple(tuple(0.4 * (a == f) for a in range(size)) for f in range(size))
    assert all(lead == pytest.approx(0.4) for lead in stands(claims, "lead").values())


def test_activities_without_claims_are_known_and_empty() -> None:
    known = rivals(table(((0.4, 0.0, 0.0), (0.2, 0.0, 0.9))))
    assert known.sums.tolist() == pytest.approx([0.6, 0.0, 0.9])
    assert known.top[:, 0].tolist() == pytest.approx([0.4, 0.2, 0.0])
    assert known.top[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert known.end.tolist() == [2, 2, 3]
