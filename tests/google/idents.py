"""Identifiers and instants that look like Google's and are the same on every run."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib


class Idents:
    """A counter hashed into ids: same calls in the same order, same ids."""

    def __init__(self) -> None:
        self._n = 0

    def _hash(self, salt: str) -> bytes:
        self._n += 1
        return hashlib.sha512(f"{salt}:{self._n}".encode()).digest()

    def file(self, native: bool = False) -> str:
        text = base64.urlsafe_b64encode(self._hash("file")).decode()
        return "1" + text[: 43 if native else 32]

    def drive(self) -> str:
        return "0A" + base64.urlsafe_b64encode(self._hash("drive")).decode()[:14] + "PVA"

    def number(self) -> int:
        return int.from_bytes(self._hash("number")[:4]) % 2_000_000_000 + 1000

    def word(self, length: int = 28) -> str:
        return base64.urlsafe_b64encode(self._hash("word")).decode()[:length]


class Clock:
    """A clock that only moves when something is written."""

    def __init__(self) -> None:
        self._now = dt.datetime(2026, 1, 15, 12, 0, 0, tzinfo=dt.UTC)

    def tick(self) -> str:
        self._now += dt.timedelta(milliseconds=1013)
        return self.now()

    def now(self) -> str:
        return self._now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self._now.microsecond // 1000:03d}Z"


def rfc3339(text: str) -> str:
    """Any RFC 3339 (or date) text as Google prints it: UTC with milliseconds."""
    when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    when = when.astimezone(dt.UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
