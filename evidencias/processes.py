"""Great archives are linked in two processes, each with half of the files."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import cpu_count, get_context
from typing import Any, Final, TypeVar

from evidencias.domain.linking import link
from evidencias.domain.linking.narrative import Narrator
from evidencias.domain.model import Activity, Decision, EvidenceFile, Linking, Period

Answer = TypeVar("Answer")
MANY: Final = 20_000  # from so many files two processes pay for their start
PROCESSES: Final = 2

_state: Any = None  # of this process, when it is a worker


def _begin() -> None:
    """Looking for garbage in circles takes a tenth of the time, and a worker hardly makes any.

    A worker ends at Ctrl+C without a word: the program itself says what is to be said.
    """
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _step(function: Callable[..., tuple[Any, Answer]], words: tuple[Any, ...]) -> Answer:
    global _state
    _state, answer = function(_state, *words)
    return answer


class Process:
    """A worker in a process of its own, which keeps the state of its part."""

    def __init__(self, stack: ExitStack) -> None:
        # "spawn" is the only way on Windows, and elsewhere the only one safe beside threads.
        pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
        self.pool = stack.enter_context(pool)

    def step(
        self, function: Callable[..., tuple[Any, Answer]], *words: Any
    ) -> Callable[[], Answer]:
        """Begin a step; what it answers is had by calling what is returned."""
        return self.pool.submit(_step, function, words).result


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looks for garbage while millions of links are made, none of which is garbage."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def link_all(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    *,
    policy: str,
    period: Period,
    decisions: Sequence[Decision] = (),
    narrator: Narrator | None = None,
) -> Linking:
    """`link`, in two processes where that pays; in this one where no other can be had."""
    if len(files) >= MANY and cpu_count() > 1:
        try:
            with ExitStack() as stack, _undisturbed():
                workers = [Process(stack) for _ in range(PROCESSES)]
                return link(
                    activities, files, texts, policy=policy, period=period, decisions=decisions,
                    narrator=narrator, workers=workers,
                )  # fmt: skip
        except (BrokenProcessPool, OSError):
            pass  # a guarded computer lets no program start others
    return link(
        activities, files, texts, policy=policy, period=period, decisions=decisions,
        narrator=narrator,
    )  # fmt: skip
