"""Tiny plans, files and links from which the tests of judging build their cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.model import (
    Activity,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    Finding,
    Link,
    LinkState,
)
from evidencias.domain.period import semester

PERIOD = semester("2021-2", date(2022, 1, 20))
ACTA, FOTOS = EvidenceKind.ACTA, EvidenceKind.PHOTOS
FLOOR = 0.3


def activity(code: str = "A1", **changes: Any) -> Activity:
    """A reported and programmed activity whose goal was met."""
    base = Activity(code, "Eje", f"Actividad {code}", "Secretaría", target=1.0, achieved=1.0)
    return replace(base, **changes)


def file(name: str = "a.pdf", at: str = "2021-09-14T15:00", **changes: Any) -> EvidenceFile:
    """A file of ten bytes, all its own, that counts."""
    born = datetime.fromisoformat(at).replace(tzinfo=UTC)
    base = EvidenceFile(name, name, name, size=10, md5=name, created=born, modified=born)
    return replace(base, **changes)


def link(
    code: str = "A1",
    name: str = "a.pdf",
    state: LinkState = LinkState.AUTOMATIC,
    score: float = 0.9,
) -> Link:
    """A link with a score above the floor."""
    return Link(code, name, state, score)


def suggestion(code: str = "A1", name: str = "s.pdf", score: float = 0.9) -> Link:
    """A proposal above the floor."""
    return link(code, name, LinkState.SUGGESTED, score)


def facts_of(
    *activities: Activity,
    files: tuple[EvidenceFile, ...] = (),
    links: tuple[Link, ...] = (),
    **changes: Any,
) -> Assessment:
    """The facts of a run, ready to be judged; every file is an acta unless `facts` says more."""
    base = Assessment(
        policy="Política",
        responsible="",
        period=PERIOD,
        rules=Rules(),
        activities=activities,
        files={f.id: f for f in files},
        facts={f.id: FileFacts(frozenset({ACTA})) for f in files},
        proposed=links,
        floor=FLOOR,
    )
    return replace(base, **changes)


def told(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """(class, severity) of each finding, as the contract writes them."""
    return {(f.kind.value, f.severity.value) for f in findings}
