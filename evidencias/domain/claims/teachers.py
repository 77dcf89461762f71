"""Which files lend their words to an activity, between its plan and the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from evidencias.domain.model import Link, LinkState


def teachers(links: Iterable[Link]) -> Iterator[Link]:
    """The links whose file may teach words: none refused, and of the suggestions for one file
    only the likeliest, for a file offered to four activities would make them sound alike.

    Suggestions count because here they prove nothing.
    """
    kept = [link for link in links if link.state is not LinkState.REJECTED]
    best: defaultdict[str, float] = defaultdict(float)
    for link in kept:
        best[link.file] = max(best[link.file], link.score)
    for link in kept:
        if link.state is not LinkState.SUGGESTED or link.score >= best[link.file]:
            yield link
