"""Workers that share the files of an archive, and what each must be told of the others' files."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import context, parts, prepare, teach, vocabulary
from evidencias.domain.linking.lexicon import Users, lexicon
from evidencias.domain.linking.narrative import Narrator, by_code, narrated, teachers
from evidencias.domain.linking.parts import Answer, Found, Worker
from evidencias.domain.linking.sparse import Grid
from evidencias.domain.linking.weights import Weights
from evidencias.domain.model import EvidenceFile, Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

HANDFUL: Final = 10_000  # files handed to a worker at a time
AHEAD: Final = 3  # blocks that a worker may be ahead of what is taken


def _inside(keys: Ints, part: range, width: int) -> Ints:
    """The keys of a part's files, as the part numbers them."""
    lo, hi = np.searchsorted(keys, [part.start * width, part.stop * width])
    return keys[lo:hi] - part.start * width


class Team:
    """Workers with a part of the files each, in order."""

    def __init__(self, workers: Sequence[Worker], size: int) -> None:
        self.workers = workers[:size]  # none without a file
        count = len(self.workers)
        self.parts = [
            range(a, b) for a, b in pairwise(size * at // count for at in range(count + 1))
        ]
        self.users: list[Users] = []
        self.labels: list[context.Labels] = []
        self.told: Any = None
        self.plan: vocabulary.Plan

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
        self.plan = plan
        self._hand_out(files, prepare.reread(files, texts))
        opened = self._all(parts.begin, lambda _: (plan, period))
        self.users, self.labels = [list(x) for x in zip(*opened, strict=True)]
        self._look_roughly(parts.look_roughly)

    def _hand_out(self, files: Sequence[EvidenceFile], read: Sequence[str]) -> None:
        """Give each worker its files, handful by handful: it takes one apart as the next comes."""
        common = prepare.repeated(files, read)
        begun = []
        for at in range(0, max(len(p) for p in self.parts), HANDFUL):
            for worker, part in zip(self.workers, self.parts, strict=True):
                mine = part[at : at + HANDFUL]
                some = slice(mine.start, mine.stop)
                begun.append(worker.step(parts.take, files[some], read[some], common))
        for answer in begun:
            answer()

    def _look_roughly(self, step: Callable[..., Any]) -> None:
        known = lexicon(self.users, self.plan)
        looks = self._all(step, lambda _: (known,))
        self.told = archives.common(self.labels, looks, known)

    def hear(self, narrator: Narrator) -> None:
        """Look roughly again, knowing what the report tells of the activities.

        It is read with the words of the files that look likeliest for each of them.
        """
        width = len(self.plan.views)
        pairs = teachers(self.told[2])
        lent = self._all(parts.lend, lambda p: (_inside(pairs, p, width),))
        words = [sum(each, Counter[str]()) for each in zip(*lent, strict=True)]
        listed = [view.activity for view in self.plan.views]
        self.plan = vocabulary.retold(self.plan, narrated(narrator(by_code(listed, words))))
        self._look_roughly(parts.look_roughly_again)

    def look(self, lessons: teach.Lessons, weights: Weights) -> list[int]:
        """Look first at the pairs worth it; what people decided replaces what was guessed.

        Tells of how many blocks each worker's part is.
        """
        told, words, rough = self.told
        self.told, self.users, self.labels = None, [], []
        width = len(self.plan.views)
        keys = archives.first_keys(rough, told.company, lessons.confirmed)
        del rough  # of a great archive each of these is a tenth of a GB
        guessed = self._all(
            parts.look_first,
            lambda p: (told.of(p), _inside(keys, p, width), lessons.of(p, width).all(), weights),
        )
        sure = teach.settled(keys, np.concatenate(guessed), lessons)
        heard = context.heard(Grid(width, keys, sure), told.company, words)
        lent = teach.taught(lessons, told.company, words["name"], width)
        del guessed, words
        return self._all(
            parts.listen,
            lambda p: (
                heard.of(p, told.company), None if lessons.empty else lent.of(p, width), weights,
            ),
        )  # fmt: skip

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
