"""Which links lend their file's words to an activity."""

from __future__ import annotations

import pytest

from evidencias.domain.claims.teachers import teachers
from evidencias.domain.model import Link, LinkState

AUTO, SUGGESTED = LinkState.AUTOMATIC, LinkState.SUGGESTED
CASES = [
    ([("A", "f", AUTO, 0.9), ("B", "f", AUTO, 0.7)], ["A", "B"]),
    ([("A", "f", SUGGESTED, 0.6), ("B", "f", SUGGESTED, 0.3)], ["A"]),
    ([("A", "f", SUGGESTED, 0.6), ("B", "f", SUGGESTED, 0.6)], ["A", "B"]),
    ([("A", "f", AUTO, 0.9), ("B", "f", SUGGESTED, 0.3)], ["A"]),
    ([("A", "f", LinkState.REJECTED, 0.9), ("B", "f", SUGGESTED, 0.3)], ["B"]),
    ([("A", "f", LinkState.CONFIRMED, 0.1), ("B", "g", SUGGESTED, 0.3)], ["A", "B"]),
]


@pytest.mark.parametrize(("links", "teach"), CASES)
def test_teachers(links: list[tuple[str, str, LinkState, float]], teach: list[str]) -> None:
    assert [k.activity for k in teachers(Link(*one) for one in links)] == teach
