"""What each tab of the register shows, and what its rows mean: rows <-> decisions."""

from __future__ import annotations

from evidencias.domain.register.shapes import (
    Cell,
    RegisterChanges,
    RegisterContents,
    Row,
    Tab,
    Value,
)

__all__ = ["Cell", "RegisterChanges", "RegisterContents", "Row", "Tab", "Value"]
