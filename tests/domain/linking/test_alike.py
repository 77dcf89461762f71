"""What is looked at once for several files is what a look at each of them finds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.linking import archive, link, parts
from evidencias.domain.linking.alike import first_alike
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.numbered import numbered
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    EvidenceKind,
    Linking,
    Verdict,
)
from evidencias.domain.period import semester

HALF = semester("2024-1")
PLAN = [
    Activity(
        "TJ-1", "Oficios", "Dictar talleres de tejido", required=frozenset({EvidenceKind.PHOTOS})
    ),
    Activity("TJ-2", "Oficios", "Realizar la segunda feria de tejido en marzo"),
    Activity("VV-1", "Monte", "Podar el vivero del lote 14"),
]
FOLDERS = ("", "tejido/", "tejido/marzo/", "TJ-2 feria/", "vivero 2/")
NAMES = (
    *("IMG_20240310_101500.jpg", "IMG_20240310_111500.jpg", "IMG_20240311_101500.jpg"),
    *("IMG_20230310_101500.jpg", "DSC0001.jpg", "DSC0002.jpg", "DSC0002.png", "TJ-1 1.jpg"),
    *("2.jpg", "3.jpg", "feria 2.jpg", "feria 3.jpg", "feria II.jpg", "scan 14.pdf", "scan 15.pdf"),
)  # fmt: skip
FILES = st.lists(
    st.tuples(
        st.sampled_from(FOLDERS), st.sampled_from(NAMES), st.sampled_from([8, 8, 9, 28]),
        st.sampled_from(["", "", "", "a", "b"]), st.sampled_from(["", "", "", "Podé el vivero."]),
    ),
    min_size=2,
    max_size=14,
)  # fmt: skip
DECIDED = st.lists(
    st.tuples(st.integers(0, 13), st.sampled_from(PLAN), st.sampled_from(list(Verdict)[:2]))
)


def each(size: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(size)


@contextmanager
def one_by_one() -> Iterator[None]:
    """Every file is looked at by itself."""

    def alone(known: Archive, decided: object) -> object:
        return each(len(known.views))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "first_alike", alone)
        patch.setattr(archive, "worded_alike", lambda views, *_: numbered(range(len(views))))
        yield


@given(FILES, DECIDED)
def test_links_are_those_of_a_look_at_each_file(
    drawn: list[tuple[str, str, int, str, str]],
    decided: list[tuple[int, Activity, Verdict]],
) -> None:
    files = [
        EvidenceFile(
            f"f{at}", f"{folder}{name}", name, size=9, md5=md5,
            modified=datetime(2024, 3, 10, tzinfo=UTC).replace(day=day),
        )
        for at, (folder, name, day, md5, _) in enumerate(drawn)
    ]  # fmt: skip
    texts = {f"f{at}": text for at, (*_, text) in enumerate(drawn) if text}
    decisions = [
        Decision(f"V-{at}", verdict, activity.code, f"f{file}")
        for at, (file, activity, verdict) in enumerate(decided)
    ]

    def found() -> Linking:
        return link(PLAN, files, texts, policy="Oficios", period=HALF, decisions=decisions)

    together = found()
    with one_by_one():
        assert found() == together


def looked_at(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of some files are looked at."""
    seen: list[int] = []

    def counted(known: Archive, decided: parts.Ints) -> parts.Ints:
        first = first_alike(known, decided)
        seen.append(len(set(first.tolist())))
        return first

    monkeypatch.setattr(parts, "first_alike", counted)
    files = [EvidenceFile(p, p, p.rpartition("/")[2], size=9) for p in paths]
    link(PLAN, files, {}, policy="Oficios", period=HALF)
    return seen[0]


def photographs(*stems: str) -> list[str]:
    return [f"tejido/{stem}.jpg" for stem in stems]


@pytest.mark.parametrize(
    ("paths", "count"),
    [
        (photographs("DSC0001", "DSC0002", "DSC0003"), 1),
        (photographs("IMG_20240310_101500", "IMG_20240310_111500"), 1),
        (photographs("IMG-20240310-WA0007", "IMG-20240310-WA0012"), 1),
        (photographs("IMG_20240310_101500", "IMG_20240311_101500"), 2),
        (photographs("DSC0001", "TJ-1 1"), 2),
        ([*photographs("DSC0001"), "vivero/DSC0001.jpg"], 2),
        (["tejido/DSC0001.jpg", "tejido/DSC0002.png"], 2),
    ],
    ids=itertools.count(),
)
def test_photographs_of_a_folder_and_day_are_looked_at_once(
    paths: list[str], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(paths, monkeypatch) == count
