"""What `diagnosticar` says of each thing: fine, wrong with cause and fix, or not looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from evidencias.errors import EvidenciasError


class Outcome(StrEnum):
    """How a check ended; the values are for machines, `SYMBOLS` of the listings for people."""

    FINE = "bien"
    WRONG = "falla"
    SKIPPED = "no_revisado"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `detail` says what was seen; `cause` and `fix` are Spanish
    sentences, "" unless the outcome is WRONG; `exit_code` is what a run would have ended with."""

    name: str
    outcome: Outcome
    detail: str = ""
    cause: str = ""
    fix: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Looks:
    """What reading each source as a run would tells of it, in a few words; the calls raise an
    EvidenciasError. Whoever knows when a source can be reached decides whether to look."""

    plan: Callable[[], str]
    report: Callable[[], str]
    register: Callable[[], str]


def fine(name: str, detail: str = "") -> Check:
    """A check that found nothing wrong."""
    return Check(name, Outcome.FINE, detail)


def wrong(name: str, error: EvidenciasError) -> Check:
    """A check that failed as a run would."""
    return Check(
        name, Outcome.WRONG, cause=error.message, fix=error.hint, exit_code=error.exit_code
    )


def skipped(name: str, why: str) -> Check:
    """A check that could not be made or does not apply, with the reason."""
    return Check(name, Outcome.SKIPPED, why)


def tried(name: str, look: Callable[[], str]) -> Check:
    """The check that a look gives: its text when it works, else the error's cause and fix."""
    try:
        return fine(name, look())
    except EvidenciasError as error:
        return wrong(name, error)
