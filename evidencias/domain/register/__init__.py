"""What each tab of the register shows, and what its rows mean: rows <-> decisions."""

from __future__ import annotations

from evidencias.domain.model import EarlierLink
from evidencias.domain.register.changes import register_changes
from evidencias.domain.register.decide import decide
from evidencias.domain.register.decisions import DecisionReading, read_decisions
from evidencias.domain.register.earlier import earlier_links
from evidencias.domain.register.history import history_entries, history_problems
from evidencias.domain.register.pointers import Folders
from evidencias.domain.register.shapes import (
    Cell,
    RegisterChanges,
    RegisterContents,
    Row,
    Tab,
    Value,
)
from evidencias.domain.register.stamp import check_stamp

__all__ = [
    "Cell",
    "DecisionReading",
    "EarlierLink",
    "Folders",
    "RegisterChanges",
    "RegisterContents",
    "Row",
    "Tab",
    "Value",
    "check_stamp",
    "decide",
    "earlier_links",
    "history_entries",
    "history_problems",
    "read_decisions",
    "register_changes",
]
