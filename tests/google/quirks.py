"""Odd behaviours of the core that hold until switched off (faults give them to single calls)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass
class Quirks:
    """Every field is off by default; `set(**names)` checks the names."""

    page_cap: int = 0  # files per page at most, whatever pageSize asks
    partial_or_parents: str = ""  # the parents heard: the "first", "alternate" ones or "none"
    incomplete_search: bool = False
    expired_page_tokens: bool = False
    changes_lag: int = 0  # the newest N changes are not shown yet
    flat_misses: set[str] = field(default_factory=set)  # ids a flat listing leaves out
    no_storage: bool = False  # a service account owns nothing: storageQuotaExceeded
    disabled_services: set[str] = field(default_factory=set)
    clock_skew: float = 0.0  # seconds added to the Date header and to the token check

    def set(self, **values: Any) -> None:
        known = {item.name for item in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"unknown quirk {name!r}; known: {sorted(known)}")
            held = getattr(self, name)
            setattr(self, name, set(value) if isinstance(held, set) else value)

    def for_call(self, kind: str, value: int) -> Quirks:
        """These quirks with one more, for a single call."""
        if kind == "incompleteSearch":
            return replace(self, incomplete_search=True)
        if kind == "expired_page_token":
            return replace(self, expired_page_tokens=True)
        if kind == "partial_or_parents":
            return replace(self, partial_or_parents="none" if value else "first")
        if kind == "page_cap":
            return replace(self, page_cap=value or 1)
        if kind == "changes_lag":
            return replace(self, changes_lag=value or 1)
        return self
