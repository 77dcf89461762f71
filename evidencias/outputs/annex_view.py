"""What the annex says, activity by activity, before any thought of Word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidencias.domain.assessment import Assessment
from evidencias.domain.judgement import case_of
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Claim,
    ClaimKind,
    Counted,
    EvidenceFile,
    EvidenceKind,
    Link,
    LinkState,
    Presence,
    Standing,
)
from evidencias.domain.privacy import Reserve, shows_personal_data
from evidencias.domain.spanish import KIND_NAMES, STATE_NAMES
from evidencias.domain.support import LINKED, NO_FACTS, counted, file_day
from evidencias.outputs import annex_words as words
from evidencias.outputs.annex_rows import Heading, Line, Missing

Address = Callable[[EvidenceFile], str]
"""address(file) -> what its hyperlink opens, "" for no hyperlink."""

NO_AXIS = "Sin eje"
CLAIMS_TITLE = "Afirmaciones del informe que no están en el plan"
# What weighs most comes first.
_ORDER = (
    ActivityState.NO_EVIDENCE,
    ActivityState.UNVERIFIABLE,
    ActivityState.PARTIAL,
    ActivityState.TO_REVIEW,
)

OMITTED = "[Texto omitido: tiene datos personales]"


@dataclass(frozen=True)
class Annex:
    """The annex of one assessment. `reserved` is None for the internal one; for the public one
    it says, by file id, which files stay out and why. `belongs` names its manifest, or is ""."""

    a: Assessment
    address: Address
    reserved: Mapping[str, Reserve] | None = None
    belongs: str = ""
    synchronised: str = ""

    @property
    def public(self) -> bool:
        """Whether anyone may read it."""
        return self.reserved is not None

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each activity stands, by code."""
        return {s.activity: s for s in self.a.standings}

    @cached_property
    def activities(self) -> Mapping[str, Activity]:
        """The plan's activities, by code."""
        return {x.code: x for x in self.a.activities}

    @cached_property
    def links(self) -> Mapping[str, Sequence[Link]]:
        """The automatic and confirmed links, by activity or claim."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.a.links:
            if link.state in LINKED:
                found[link.activity].append(link)
        return found

    @cached_property
    def people(self) -> Mapping[tuple[str, str], str]:
        """Who decided each pair."""
        return {(d.activity, d.file): d.by for d in self.a.decisions if d.file}

    @cached_property
    def axes(self) -> Mapping[str, Sequence[Activity]]:
        """Every reported activity and every other one with links, by eje, in the plan's order."""
        found: dict[str, list[Activity]] = defaultdict(list)
        for activity in self.a.activities:
            if activity.reported or self.links.get(activity.code):
                found[activity.axis or NO_AXIS].append(activity)
        return found

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """What the report says and no plan holds, where people linked files to it."""
        return [c for c in self._unplanned if self.links.get(c.id)]

    def headings(self) -> Iterator[tuple[str, Sequence[Heading]]]:
        """Each section's title with its activities."""
        for axis, activities in self.axes.items():
            yield axis, [Heading(x.code, self.said(x.name)) for x in activities]
        if self.claims:
            yield CLAIMS_TITLE, [Heading(c.id, self.said(c.text)) for c in self.claims]

    def said(self, text: str) -> str:
        """A text of the plan or the report, as it may be shown."""
        return OMITTED if self.public and shows_personal_data(text) else text

    # --- one activity ----------------------------------------------------------------------------

    def lines(self, code: str) -> list[Line]:
        """Its files that may be shown: what counts first, then by route."""
        told = self._counted(code)
        shown = [k for k in self.links.get(code, ()) if not self._reserve(k.file)]
        shown.sort(key=lambda k: (not told[k.file].counts, self._route(k.file), k.file))
        return [self._line(k, told[k.file]) for k in shown]

    def withheld(self, code: str) -> int:
        """How many of its files stay out of the public annex."""
        return sum(1 for k in self.links.get(code, ()) if self._reserve(k.file))

    def _counted(self, code: str) -> Mapping[str, Counted]:
        standing = self.standings.get(code)
        if standing:
            return {c.file: c for c in standing.files}
        case = case_of(self.a)
        return {k.file: counted(k, case) for k in self.links.get(code, ())}

    def _reserve(self, file: str) -> Reserve | None:
        return self.reserved.get(file) if self.reserved else None

    def _route(self, file: str) -> str:
        known = self.a.files.get(file)
        return known.path if known else file

    def _line(self, link: Link, told: Counted) -> Line:
        file = self.a.files.get(link.file)
        folder, _, name = self._route(link.file).rpartition("/")
        kinds = self.a.facts.get(link.file, NO_FACTS).kinds
        day = file_day(file) if file else None
        gone = file is None or file.presence is not Presence.SEEN
        return Line(
            name=name,
            folder=folder,
            href="" if file is None or gone else self._href(file),
            kind=", ".join(KIND_NAMES[EvidenceKind(k)] for k in sorted(kinds)) or "sin clasificar",
            day=f"{day:%d/%m/%Y}" if day else "sin fecha",
            review=self._review(link),
            why_not=words.why_not(told, file),
        )

    def _href(self, file: EvidenceFile) -> str:
        return "" if self.public and file.shared_publicly is not True else self.address(file)

    def _review(self, link: Link) -> str:
        if link.state is not LinkState.CONFIRMED:
            return "Automático, sin revisar"
        by = self.people.get((link.activity, link.file), "")
        if self.public:  # who reviewed is no business of the public
            return "Confirmado por una persona"
        return f"Confirmado por {by}" if by else "Confirmado en el registro"

    def state(self, activity: Activity) -> str:
        """Its standing in one line."""
        return words.state_line(activity, self.standings.get(activity.code), self.public)

    def nothing(self, code: str) -> str:
        """What is said of an activity without linked files."""
        standing = self.standings.get(code)
        return words.nothing_linked(
            len(standing.pending) if standing else 0,
            code in self._refused,
            self.a.coverage.complete,
            self.public,
        )

    @cached_property
    def _refused(self) -> frozenset[str]:
        return frozenset(k.activity for k in self.a.links if k.state is LinkState.REJECTED)

    # --- what is missing -------------------------------------------------------------------------

    def missing(self) -> list[Missing]:
        """Reported activities without enough evidence, then claims that no plan holds."""
        known = {x.code: x for x in self.a.activities if x.reported}
        short = [s for s in self.a.standings if s.activity in known and s.state in _ORDER]
        short.sort(key=lambda s: _ORDER.index(s.state))
        rows = [
            Missing(
                s.activity,
                self.said(known[s.activity].name),
                STATE_NAMES[s.state],
                words.lacks(s, self.public),
            )
            for s in short
        ]
        return rows + [
            Missing(c.id, self.said(c.text), "no programada", "el plan no tiene esta actividad")
            for c in self._unplanned
        ]

    @cached_property
    def _unplanned(self) -> Sequence[Claim]:
        return [c for c in self.a.claims if c.kind is ClaimKind.UNPLANNED]

    def unread(self) -> str:
        """Which parts of the folder could not be read; "" when all was."""
        if self.a.coverage.complete:
            return ""
        routes = ", ".join(map(self.said, self.a.coverage.unread))
        return (
            f"Lectura incompleta: no se pudo leer {routes}. Lo que no está soportado queda «no "
            "verificable»."
        )

    def tally(self) -> str:
        """How many reported activities are in each state."""
        reported = [x.code for x in self.a.activities if x.reported]
        states = [self.standings[c].state for c in reported if c in self.standings]
        return words.tally(states, len(reported))

    def left_out(self) -> str:
        """What the public annex leaves out, counted; "" for the internal one."""
        if self.reserved is None:
            return ""
        shown = {k.file for links in self.links.values() for k in links}
        counts = Counter(self.reserved[f] for f in shown if f in self.reserved)
        private = [
            f
            for f in shown - self.reserved.keys()
            if (known := self.a.files.get(f)) is None or known.shared_publicly is not True
        ]
        texts = [x.name for activities in self.axes.values() for x in activities]
        texts += [c.text for c in self._unplanned]
        return words.left_out(
            counts[Reserve.PERSONAL],
            counts[Reserve.UNREAD],
            len(private),
            sum(map(shows_personal_data, texts)),
        )
