"""The rows of the annex: a linked file, the heading of an activity, a thing that is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One linked file: how it is called, what opens it, and whether it counts."""

    name: str
    folder: str
    href: str
    kind: str
    day: str
    review: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """An activity (or a claim without one): what the table of contents knows of it."""

    code: str
    name: str

    @property
    def title(self) -> str:
        """ "EMP-01 · Realizar talleres"."""
        return f"{self.code} · {self.name}"


@dataclass(frozen=True, slots=True)
class Missing:
    """One line of what is missing."""

    code: str
    name: str
    state: str
    lacks: str
