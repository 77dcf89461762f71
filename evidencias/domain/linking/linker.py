"""The whole run: read, look, look again at company and at what is in question, choose, explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking import kinds, teach, vocabulary
from evidencias.domain.linking.narrative import Narrator
from evidencias.domain.linking.parts import Found, Here, Worker
from evidencias.domain.linking.prepare import activity_view, extension_of
from evidencias.domain.linking.reasons import made
from evidencias.domain.linking.team import Team
from evidencias.domain.linking.weights import Weights, shipped
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    FileFacts,
    Link,
    Linking,
    LinkState,
    Period,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def run(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    *,
    policy: str,
    period: Period,
    decisions: Sequence[Decision],
    weights: Weights | None,
    narrator: Narrator | None = None,
    workers: Sequence[Worker] = (),
) -> Linking:
    """See `evidencias.domain.linking.link`."""
    weights = weights or shipped()
    ordered = sorted((f for f in files if is_paper(f)), key=lambda f: (f.path, f.id))
    planned = sorted(activities, key=lambda a: (a.row, a.code))
    known = dict.fromkeys((f.id for f in files), FileFacts())
    if not ordered or not planned:
        return Linking((), known, weights.floor)
    plan = vocabulary.plan([activity_view(a) for a in planned], policy)
    team = Team([*workers] or [Here()], len(ordered))
    team.open(ordered, texts, plan, period)
    if narrator is not None:
        team.hear(narrator)
    counts = team.look(teach.lessons(ordered, planned, decisions), weights)
    links: list[list[Link]] = [[] for _ in counts]
    at = [part.start for part in team.parts]
    for number, found in team.found(counts):
        mine = ordered[at[number] : at[number] + len(found.facts.of)]
        at[number] += len(mine)
        known |= _facts(found, mine)
        links[number].extend(_links(found, mine, planned))
    whole = list(chain.from_iterable(links))
    whole += _followed(files, whole)
    return Linking(tuple(whole), known, weights.floor)


def _facts(found: Found, files: Sequence[EvidenceFile]) -> dict[str, FileFacts]:
    """What was understood of some files."""
    facts = [_same(fact) for fact in found.facts.found]
    return {f.id: facts[of] for f, of in zip(files, found.facts.of.tolist(), strict=True)}


@lru_cache(maxsize=10_000)
def _same(fact: FileFacts) -> FileFacts:
    """One object for equal facts of the files of several blocks."""
    return fact


def is_paper(file: EvidenceFile) -> bool:
    """Whether a file may prove something by itself: shortcuts go with their target."""
    if file.broken or file.shortcut_target:
        return False
    if file.name.startswith(("~$", ".~", "~WRL")):
        return False
    return kinds.extension_class(extension_of(file.name)) != "basura"


def _followed(files: Sequence[EvidenceFile], found: Sequence[Link]) -> list[Link]:
    """Each shortcut has the links of the file it points at."""
    shortcuts = sorted(
        (f for f in files if f.shortcut_target and not f.broken), key=lambda f: (f.path, f.id)
    )
    targets = {f.shortcut_target for f in shortcuts}
    by_file: dict[str, list[Link]] = {}
    for link in found if targets else ():
        if link.file in targets:
            by_file.setdefault(link.file, []).append(link)
    return [
        replace(link, file=f.id)
        for f in shortcuts
        for link in by_file.get(f.shortcut_target or "", ())
    ]


def _links(
    found: Found, files: Sequence[EvidenceFile], activities: Sequence[Activity]
) -> Iterator[Link]:
    """What was found in some files as links with their reasons."""
    told = [(made(why), made(against)) for why, against in found.told.found]
    codes, ids = [a.code for a in activities], [f.id for f in files]
    for file, activity, sure, score, at in zip(
        found.files.tolist(), found.activities.tolist(), found.automatic.tolist(),
        found.score.tolist(), found.told.of.tolist(), strict=True,
    ):  # fmt: skip
        state = LinkState.AUTOMATIC if sure else LinkState.SUGGESTED
        yield Link(codes[activity], ids[file], state, round(score, 4), *told[at])
