"""The last synchronised state, as the index keeps it for the commands that answer offline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evidencias.domain.assessment import Assessment, HistoryEntry
from evidencias.domain.register.trend import TrendPoint


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """What one synchronisation saw and wrote; counts are whole files, decisions and calls.

    `written`: whether the register changed.
    """

    run: str
    started: datetime
    ended: datetime
    seen: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    decisions_applied: int = 0
    decisions_conflicting: int = 0
    decisions_not_applied: int = 0
    drive_calls: int = 0
    sheets_calls: int = 0
    written: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one synchronisation concluded, and the register's history and log up to it."""

    assessment: Assessment
    summary: SyncSummary
    history: tuple[HistoryEntry, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
