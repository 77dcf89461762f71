"""Quotas as Google counts them: units a minute on Drive, reads and writes on Sheets."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from tests.google.faults import rate_limited
from tests.google.wire import ApiError

UNITS = {"list": 100, "get": 5, "download": 200, "update": 50}
_AS_LIST = ("list", "getStartPageToken")
_AS_GET = ("get", "about", "generateIds")


def units_of(operation: str) -> int:
    """What a Drive call costs; a Sheets call counts as one request."""
    if not operation.startswith("drive."):
        return 1
    name = operation.rsplit(".", 1)[1]
    if name in ("media", "export"):
        return UNITS["download"]
    if name in _AS_LIST:
        return UNITS["list"] if name == "list" else UNITS["get"]
    return UNITS["get"] if name in _AS_GET else UNITS["update"]


@dataclass
class Quota:
    """Sliding windows; a limit of 0 is no limit (the default)."""

    drive_units: int = 0
    sheets_reads: int = 0
    sheets_writes: int = 0
    window: float = 60.0
    _spent: dict[str, deque[tuple[float, int]]] = field(default_factory=dict)

    def set(self, **limits: float) -> None:
        for name, value in limits.items():
            if name.startswith("_") or not hasattr(self, name):
                raise ValueError(f"unknown quota {name!r}")
            setattr(self, name, value)

    def charge(self, operation: str, read: bool, now: float) -> None:
        """Count a call, or refuse it as Google does when the window is full."""
        service = operation.split(".", maxsplit=1)[0]
        if service == "drive":
            name, limit, cost = "drive_units", self.drive_units, units_of(operation)
        else:
            name = "sheets_reads" if read else "sheets_writes"
            limit, cost = getattr(self, name), 1
        if not limit:
            return
        spent = self._spent.setdefault(name, deque())
        while spent and spent[0][0] <= now - self.window:
            spent.popleft()
        if sum(units for _, units in spent) + cost > limit:
            if service == "sheets":
                raise rate_limited(service, write=not read)
            raise ApiError(
                403, "User Rate Limit Exceeded", "userRateLimitExceeded", domain="usageLimits"
            )
        spent.append((now, cost))
