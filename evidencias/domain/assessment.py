"""Everything one reading concluded: the value that every listing, tab and paper is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from evidencias.domain.model import (
    ALL_READ,
    Activity,
    Claim,
    Coverage,
    Decision,
    EvidenceFile,
    FileFacts,
    Finding,
    JudgedFigure,
    Link,
    Nearby,
    Period,
    Problem,
    Report,
    SetAside,
    Standing,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the configuration says about judging; see the contract, `evidencias.toml`.

    `by_pattern` maps a pattern ("taller|capacitación") to the kinds an activity whose name
    matches needs when the plan does not say; several matches add up.
    """

    default: tuple[str, ...] = ()
    by_pattern: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formula: str = "metas_cumplidas"
    base: str = "semestre"
    traffic_light: tuple[float, ...] = (40, 60, 70, 80)


@dataclass(frozen=True, slots=True)
class Run:
    """One synchronisation: its name (local timestamp), start and end (aware)."""

    id: str
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file with no automatic or confirmed link and no pending suggestion."""

    file: str
    nearby: tuple[Nearby, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The facts of one run and all that follows from them.

    `files` holds every listed file by id (also linked files that vanished, so that earlier links
    can be named). `proposed` are the linker's links before decisions and `floor` its calibrated
    floor, kept so that a new decision can be judged offline. `links` are final: people's
    decisions applied, rejected pairs included with state REJECTED. `pending` are ids ("V-…") of
    suggestions above the floor that would count if confirmed. `decisions` are those that hold;
    `decision_problems` what could not be applied. `earlier` holds, per earlier semester of the
    vigencia, the codes that its frozen manifest supports (empty with base "semestre").
    """

    policy: str
    responsible: str
    period: Period
    rules: Rules
    activities: tuple[Activity, ...]
    files: Mapping[str, EvidenceFile]
    facts: Mapping[str, FileFacts]
    proposed: tuple[Link, ...] = ()
    floor: float = 1.0
    links: tuple[Link, ...] = ()
    pending: frozenset[str] = frozenset()
    standings: tuple[Standing, ...] = ()
    findings: tuple[Finding, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    coverage: Coverage = ALL_READ
    decisions: tuple[Decision, ...] = ()
    decision_problems: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    figures: tuple[JudgedFigure, ...] = ()
    run: Run | None = None
    earlier: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A record of `Historial` for listings: `when` in ISO 8601, `source` where it came from."""

    when: str
    who: str
    id: str
    before: str
    after: str
    source: str
