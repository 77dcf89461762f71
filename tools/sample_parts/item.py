"""What one file of the sample is: its route, its modification time and its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Maker = Callable[[datetime], bytes]


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the workspace: `path` from its root, `when` in Colombian local time.

    Seconds are even because a zip archive keeps two-second steps.
    """

    path: str
    when: datetime
    content: bytes
