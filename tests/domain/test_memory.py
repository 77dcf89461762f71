"""What vanished since the last run, and when that is too much to believe."""

from __future__ import annotations

import pytest

from evidencias.domain import memory
from evidencias.domain.model import Coverage, EarlierLink, EvidenceFile, LinkState, Presence
from evidencias.errors import SafetyError


def earlier(name: str, state: LinkState = LinkState.AUTOMATIC) -> EarlierLink:
    return EarlierLink("V-X", "A1", name, name, name, "", state, f"md5-{name}")


def file(name: str, md5: str = "", trashed: bool = False) -> EvidenceFile:
    return EvidenceFile(name, name, name, md5=md5 or f"md5-{name}", trashed=trashed)


def names(count: int) -> list[str]:
    return [f"{i}.pdf" for i in range(count)]


CASES = [
    # linked before, still there, stops
    (0, 0, False),
    (1, 0, True),  # everything vanished
    (10, 9, False),
    (10, 1, False),  # nine of ten, but fewer than twenty were linked
    (20, 16, False),  # exactly a fifth
    (20, 15, True),
    (100, 79, True),
    (100, 80, False),
]


@pytest.mark.parametrize(("before", "now", "stops"), CASES)
def test_the_guard(before: int, now: int, stops: bool) -> None:
    rows = [earlier(n) for n in names(before)]
    files = [file(n) for n in names(now)]
    if not stops:
        memory.guard(rows, files, force=False)
        return
    with pytest.raises(SafetyError) as caught:
        memory.guard(rows, files, force=False)
    assert str(before - now) in caught.value.message
    memory.guard(rows, files, force=True)


def test_moved_files_did_not_vanish_and_trashed_ones_did() -> None:
    rows = [earlier(n) for n in names(4)]
    moved = [file(f"otra/{n}", md5=f"md5-{n}") for n in names(4)]
    assert memory.missing_files(rows, moved) == ()
    binned = [file(n, trashed=True) for n in names(4)]
    assert len(memory.missing_files(rows, binned)) == 4


def test_rejected_links_are_nobody_s_loss() -> None:
    memory.guard([earlier("a", LinkState.REJECTED)], [], force=False)


@pytest.mark.parametrize(
    ("coverage", "presence"),
    [(Coverage(), Presence.GONE), (Coverage(False, ("x",)), Presence.UNREAD)],
)
def test_an_unread_folder_is_no_withdrawal(coverage: Coverage, presence: Presence) -> None:
    ghosts, links = memory.remembered([earlier("a")], {}, coverage)
    assert ghosts["a"].presence is presence
    assert [k.file for k in links] == ["a"]


def test_suggestions_are_not_remembered() -> None:
    assert memory.remembered([earlier("a", LinkState.SUGGESTED)], {}, Coverage()) == ({}, ())
