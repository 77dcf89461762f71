"""Sparse tables against what they stand for: plain sums, plain ranking, and any size of block."""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import names
from evidencias.domain.linking import archive, link, products
from evidencias.domain.linking.parts import Here
from evidencias.domain.linking.products import Product, product
from evidencias.domain.linking.sparse import Grid, Shared, grid, rows, trimmed
from evidencias.domain.model import Decision, Verdict
from evidencias.domain.period import semester

WIDTH = 30
CELLS = st.dictionaries(st.integers(0, 6 * WIDTH - 1), st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.5]))


def grid_of(cells: dict[int, float]) -> Grid:
    keys = sorted(cells)
    return Grid(WIDTH, np.array(keys, np.int64), np.array([cells[k] for k in keys]))


@given(CELLS, st.integers(1, 8))
def test_the_greatest_of_each_row_are_kept_the_first_of_equal_ones(
    cells: dict[int, float], count: int
) -> None:
    wanted = []
    for row in range(6):
        mine = sorted((-v, k) for k, v in cells.items() if k // WIDTH == row)
        wanted += sorted(k for _, k in mine[:count])
    assert trimmed(grid_of(cells), count).keys.tolist() == wanted


VALUES = st.sampled_from([-1.0, 0.0, 0.5, 2.0])
TRIPLES = st.lists(st.tuples(st.integers(0, 40), VALUES), max_size=40)
MEET: dict[str, Callable[[float, float], float]] = {
    "sum": operator.add, "max": max, "multiply": operator.mul
}  # fmt: skip


@pytest.mark.parametrize("far", [41, 10_000_000])
@pytest.mark.parametrize("how", ["sum", "max", "multiply"])
@given(TRIPLES)
def test_loose_values_meet_the_same_near_each_other_or_scattered(
    how: str, far: int, triples: list[tuple[int, float]]
) -> None:
    plain: dict[int, float] = {far: 0.5}
    for key, value in triples:
        plain[key] = MEET[how](plain[key], value) if key in plain else value
    loose = [*triples, (far, 0.5)]
    keys, values = (np.array(x) for x in zip(*loose, strict=True))
    found = grid(WIDTH, keys, values, how=how)
    assert found.keys.tolist() == sorted(plain)
    assert found.values.tolist() == [plain[k] for k in sorted(plain)]


@given(CELLS, st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_files_that_share_a_row_read_the_same(cells: dict[int, float], of: list[int]) -> None:
    shared = Shared(grid_of(cells), np.array(of))
    keys = np.arange(len(of) * WIDTH)
    wanted = [cells.get(of[k // WIDTH] * WIDTH + k % WIDTH, 0.0) for k in keys.tolist()]
    assert shared.at(keys).tolist() == wanted
    assert shared.whole().at(keys).tolist() == wanted


@given(st.lists(st.lists(st.integers(0, 4), unique=True), min_size=1, max_size=8))
def test_a_product_adds_or_takes_the_greatest(items: list[list[int]]) -> None:
    postings = rows([[0, 3], [3], [], [1, 2, 3], [29]], [[1, 2], [4], [], [1, 1, 8], [5]])
    dense = np.zeros((5, WIDTH))
    for item in range(5):
        mine = slice(postings.start[item], postings.start[item + 1])
        dense[item, postings.items[mine]] = postings.weights[mine]
    every = np.arange(len(items) * WIDTH)
    added = product(rows(items), postings, WIDTH).at(every).reshape(-1, WIDTH)
    most = product(rows(items), postings, WIDTH, how="max").at(every).reshape(-1, WIDTH)
    for at, mine_ in enumerate(items):
        assert added[at] == pytest.approx(dense[mine_].sum(axis=0))
        assert most[at] == pytest.approx(dense[mine_].max(axis=0, initial=0.0))


def test_links_do_not_depend_on_how_many_files_are_looked_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    activities = names.plan(60)
    files = names.files(activities, 300)

    def found() -> object:
        return link(activities, files, {}, policy="Prueba", period=semester("2022-1"))

    whole = found()
    monkeypatch.setattr(archive, "BLOCK", 70)
    assert found() == whole


@pytest.mark.parametrize("count", [2, 3])
def test_links_do_not_depend_on_how_many_workers_share_the_files(count: int) -> None:
    activities = names.plan(60)
    files = names.files(activities, 300)
    half = semester("2022-1")
    whole = link(activities, files, {}, policy="Prueba", period=half)
    said = [
        Decision(f"V-{at}", Verdict.CONFIRM if at % 2 else Verdict.REJECT, x.activity, x.file)
        for at, x in enumerate(whole.links[::20])
    ]

    def found(workers: list[Here]) -> object:
        return link(
            activities, files, {}, policy="Prueba", period=half, decisions=said, workers=workers
        )

    assert found([Here() for _ in range(count)]) == found([])


def test_more_workers_than_files_do_no_harm() -> None:
    activities = names.plan(5)
    files = names.files(activities, 2)
    half = semester("2022-1")
    alone = link(activities, files, {}, policy="Prueba", period=half)
    workers = [Here() for _ in range(4)]
    assert link(activities, files, {}, policy="Prueba", period=half, workers=workers) == alone


@given(st.lists(st.lists(st.integers(0, 8), unique=True), min_size=1, max_size=12), st.data())
def test_a_product_read_at_some_keys_is_that_of_the_whole(
    items: list[list[int]], data: st.DataObject
) -> None:
    rng = np.random.default_rng(3)
    worth = rows([rng.choice(20, 6, replace=False).tolist() for _ in range(9)])
    lazy = Product(rows(items), worth, 20)
    wanted = data.draw(st.lists(st.integers(0, 20 * len(items) - 1), unique=True).map(sorted))
    read = lazy.at(np.array(wanted, np.int64))
    assert read.tolist() == lazy.table().at(np.array(wanted, np.int64)).tolist()
    with pytest.MonkeyPatch.context() as small:
        small.setattr(products, "CELLS", 50)
        assert lazy.at(np.array(wanted, np.int64)).tolist() == read.tolist()
