"""One way to ask Google again: paced by quota units, patient within a deadline, never blindly."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_before_delay

from evidencias.adapters.google.failures import Failure, GoogleError, Outcome, of_exception

T = TypeVar("T")
log = logging.getLogger("evidencias.google")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to insist; all in seconds.

    `floor` and `cap` bound one wait, `deadline` the whole of one call with its waits, `timeout`
    the silence of an open connection, `write_timeout` the same for a batch of writes (Google
    itself may take 180 s for one).
    """

    floor: float = 1.0
    cap: float = 64.0
    deadline: float = 300.0
    timeout: float = 60.0
    write_timeout: float = 190.0

    def wait(self, attempt: int, failure: Failure) -> float:
        """Before attempt number `attempt` + 1: what was asked for, or a doubling with jitter."""
        longest: float = min(self.cap, self.floor * 2 ** (attempt - 1))
        jittered = self.floor + random.random() * longest  # noqa: S311 - no secret depends on it
        return max(jittered, failure.retry_after or 0.0)


class Limiter:
    """A bucket of quota units that fills continuously; shared by all threads.

    Drive counts units (a list 100, a get 5, a download 200, of 325,000 a minute and user),
    Sheets counts calls (60 reads and 60 writes a minute and user).
    """

    def __init__(
        self,
        per_minute: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = per_minute / 60
        self._size = per_minute
        self._held = per_minute
        self._clock = clock
        self._sleep = sleep
        self._at = clock()
        self._resume = self._at
        self.pauses = 0
        self._lock = threading.Lock()

    def take(self, units: float) -> None:
        """Returns when the units are there; a debt is taken in order of arrival."""
        with self._lock:
            now = self._clock()
            self._held = min(self._size, self._held + (now - self._at) * self._rate)
            self._at = now
            self._held -= units
            owed = -self._held / self._rate if self._held < 0 else 0.0
            wait = max(owed, self._resume - now)
        if wait > 0:
            self._sleep(wait)

    def pause(self, seconds: float) -> None:
        """Google said to slow down: nobody asks for that long."""
        with self._lock:
            self.pauses += 1
            self._resume = max(self._resume, self._clock() + seconds)


def _failure_of(state: RetryCallState) -> Failure:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, GoogleError):
        return error.failure
    raise TypeError("only classified failures are waited for")


def _translated(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except Exception as error:
        failure = of_exception(error)
        if failure is None:
            raise
        raise GoogleError(failure) from error


def insist(
    ask: Callable[[], T],
    patience: Patience,
    limiter: Limiter,
    units: float,
    *,
    write: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Asks until answered, refused or out of time. Raises GoogleError.

    A read is asked again after any passing failure. A write only when the service said that it
    did nothing (BUSY): after an unclear answer the caller must look before it writes again.
    """

    def again(error: BaseException) -> bool:
        if not isinstance(error, GoogleError):
            return False
        return error.failure.outcome is Outcome.BUSY or (error.failure.passing and not write)

    def once() -> T:
        limiter.take(units)
        return _translated(ask)

    def tell(state: RetryCallState) -> None:
        seconds = state.upcoming_sleep
        if _failure_of(state).outcome is Outcome.BUSY:
            limiter.pause(seconds)
            log.warning("Google pidió esperar; sigo en %d s.", round(seconds))
        else:
            log.warning("Google no respondió bien; insisto en %d s.", round(seconds))

    policy = Retrying(
        retry=retry_if_exception(again),
        wait=lambda state: patience.wait(state.attempt_number, _failure_of(state)),
        stop=stop_before_delay(patience.deadline),
        before_sleep=tell,
        sleep=sleep,
        reraise=True,
    )
    return policy(once)
