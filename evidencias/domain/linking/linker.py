"""The whole run: read, look twice, choose, explain; part by part of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import context, kinds, parts, prepare, teach, vocabulary
from evidencias.domain.linking.lexicon import lexicon
from evidencias.domain.linking.parts import Answer, Found, Here, Worker
from evidencias.domain.linking.prepare import activity_view, extension_of
from evidencias.domain.linking.reasons import made
from evidencias.domain.linking.sparse import Grid
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

AHEAD = 3  # blocks that a worker may be ahead


def run(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    *,
    policy: str,
    period: Period,
    decisions: Sequence[Decision],
    weights: Weights | None,
    workers: Sequence[Worker] = (),
) -> Linking:
    """See `evidencias.domain.linking.link`."""
    weights = weights or shipped()
    ordered = sorted((f for f in files if is_paper(f)), key=lambda f: (f.path, f.id))
    planned = sorted(activities, key=lambda a: (a.row, a.code))
    if not ordered or not planned:
        return Linking((), {f.id: FileFacts() for f in files}, weights.floor)
    plan = vocabulary.plan([activity_view(a) for a in planned], policy)
    taught = teach.lessons(ordered, planned, decisions)
    team = _Team([*workers] or [Here()], len(ordered))
    team.open(ordered, texts, plan, period)
    counts = team.look(plan, taught, weights)
    known = {f.id: FileFacts() for f in files}
    links: list[list[Link]] = [[] for _ in counts]
    at = [part.start for part in team.parts]
    for number, found in team.found(counts):
        mine = ordered[at[number] : at[number] + len(found.facts.of)]
        at[number] += len(mine)
        facts = [_same(fact) for fact in found.facts.found]
        known |= {f.id: facts[of] for f, of in zip(mine, found.facts.of.tolist(), strict=True)}
        links[number].extend(_links(found, mine, planned))
    whole = list(chain.from_iterable(links))
    return Linking((*whole, *_followed(files, whole)), known, weights.floor)


@lru_cache(maxsize=10_000)
def _same(fact: FileFacts) -> FileFacts:
    """One object for equal facts of the files of several blocks."""
    return fact


class _Team:
    """Workers with a part of the files each; what one must know of the others goes through here."""

    def __init__(self, workers: Sequence[Worker], size: int) -> None:
        self.workers = workers[:size]  # none without a file
        count = len(self.workers)
        self.parts = [
            range(a, b) for a, b in pairwise(size * at // count for at in range(count + 1))
        ]
        self.told: Any = None

    def _all(
        self, step: Callable[..., tuple[Any, Answer]], words: Callable[[range], tuple[Any, ...]]
    ) -> list[Answer]:
        """A step of every worker, each with what concerns its part."""
        begun = [w.step(step, *words(p)) for w, p in zip(self.workers, self.parts, strict=True)]
        return [answer() for answer in begun]

    def open(
        self,
        files: Sequence[EvidenceFile],
        texts: Mapping[str, str],
        plan: vocabulary.Plan,
        period: Period,
    ) -> None:
        """Take all files apart and look at each roughly."""
        read = prepare.reread(files, texts)
        common = prepare.repeated(files, read)
        opened = self._all(
            parts.begin,
            lambda p: (files[p.start : p.stop], read[p.start : p.stop], common, plan, period),
        )
        known = lexicon([users for users, _ in opened], plan)
        looks = self._all(parts.look_roughly, lambda _: (known,))
        self.told = archives.common([labels for _, labels in opened], looks, known)

    def look(self, plan: vocabulary.Plan, lessons: teach.Lessons, weights: Weights) -> list[int]:
        """Look first at the pairs worth it; what people decided replaces what was guessed.

        Tells of how many blocks each worker's part is.
        """
        told, words, rough = self.told
        self.told = None
        width = len(plan.views)
        keys = archives.first_keys(rough, told.company, lessons.confirmed)

        def inside(p: range) -> Ints:
            lo, hi = np.searchsorted(keys, [p.start * width, p.stop * width])
            return keys[lo:hi] - p.start * width

        guessed = self._all(parts.look_first, lambda p: (told.of(p), inside(p), weights))
        sure = teach.settled(keys, np.concatenate(guessed), lessons)
        heard = context.heard(Grid(width, keys, sure), told.company, words)
        lent = teach.taught(lessons, told.company, words["name"], width)
        return self._all(
            parts.listen,
            lambda p: (heard.of(p), None if lessons.empty else lent.of(p, width), weights),
        )

    def found(self, counts: Sequence[int]) -> Iterator[tuple[int, Found]]:
        """The second look block by block: which worker's, and what was found.

        Each worker is a few blocks ahead of what is taken, so that no great answers pile up.
        """
        asked = deque[tuple[int, Callable[[], Found]]]()
        for at in range(max(counts)):
            for number, count in enumerate(counts):
                if at < count:
                    asked.append((number, self.workers[number].step(parts.look_again, at)))
            while len(asked) > AHEAD * len(counts):
                number, answer = asked.popleft()
                yield number, answer()
        for number, answer in asked:
            yield number, answer()


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
    for file, activity, sure, score, at in zip(
        found.files.tolist(), found.activities.tolist(), found.automatic.tolist(),
        found.score.tolist(), found.told.of.tolist(), strict=True,
    ):  # fmt: skip
        state = LinkState.AUTOMATIC if sure else LinkState.SUGGESTED
        why, against = told[at]
        yield Link(activities[activity].code, files[file].id, state, round(score, 4), why, against)
