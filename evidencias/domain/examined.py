"""What the checks of plan and evidence look at: activities, standings, links and their case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evidencias.domain.model import (
    Activity,
    ActivityState,
    EvidenceFile,
    Finding,
    Link,
    Severity,
    Standing,
)
from evidencias.domain.support import LINKED, Case

BLOCKING, OBSERVATION, NOTICE = Severity.BLOCKING, Severity.OBSERVATION, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks look at: the plan, the standings and the links, with their case."""

    activities: Mapping[str, Activity]
    standings: tuple[Standing, ...]
    links: tuple[Link, ...]
    case: Case

    def reported(self) -> Iterator[tuple[Activity, Standing]]:
        """The reported activities with their standing, in the plan's order."""
        for standing in self.standings:
            activity = self.activities[standing.activity]
            if activity.reported:
                yield activity, standing

    def linked(self) -> Iterator[tuple[Link, EvidenceFile]]:
        """The automatic and confirmed links of known activities and files."""
        for link in self.links:
            file = self.case.files.get(link.file)
            if link.state in LINKED and file and link.activity in self.activities:
                yield link, file

    def all_it_has(self, activity: str) -> bool:
        """Whether spoiled files are all that a reported activity has.

        Nothing counts, nothing waits for an answer that would count, and the whole folder was
        read: an incomplete reading accuses nobody.
        """
        standing = next((s for s in self.standings if s.activity == activity), None)
        return (
            standing is not None
            and standing.state is ActivityState.NO_EVIDENCE
            and self.activities[activity].reported
        )


Check = Callable[[Examined], Iterator[Finding]]
