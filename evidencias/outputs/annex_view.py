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
    FindingKind,
    Link,
    LinkState,
    Presence,
    Standing,
)
from evidencias.domain.privacy import Reserve
from evidencias.domain.spanish import KIND_NAMES, STATE_NAMES, kinds_words, number, plural
from evidencias.domain.support import LINKED, NO_FACTS, counted, file_day

Address = Callable[[EvidenceFile], str]
"""address(file) -> what its hyperlink opens, "" for no hyperlink."""

NO_AXIS = "Sin eje"
CLAIMS_TITLE = "Afirmaciones del informe que no están en el plan"
_WHY_NOT = {
    FindingKind.BROKEN_SHORTCUT: "es un acceso directo roto",
    FindingKind.EVIDENCE_GONE: "ya no está en la carpeta, o está en la papelera",
    FindingKind.EMPTY_FILE: "está vacío o dañado",
    FindingKind.OUT_OF_PERIOD: "su fecha está fuera del período",
    FindingKind.LATE_UPLOAD: "se subió después del corte y nadie lo ha aceptado",
    FindingKind.REUSED_DUPLICATE: "es el mismo archivo de otra actividad y una persona lo rechazó",
}
# What weighs most comes first.
_ORDER = (
    ActivityState.NO_EVIDENCE,
    ActivityState.UNVERIFIABLE,
    ActivityState.PARTIAL,
    ActivityState.TO_REVIEW,
)


_PLURALS = {
    ActivityState.SUPPORTED: "soportadas",
    ActivityState.PARTIAL: "parciales",
    ActivityState.UNVERIFIABLE: "no verificables",
}


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
        return [c for c in self.a.claims if c.kind is ClaimKind.UNPLANNED and self.links.get(c.id)]

    def headings(self) -> Iterator[tuple[str, Sequence[Heading]]]:
        """Each section's title with its activities."""
        for axis, activities in self.axes.items():
            yield axis, [Heading(x.code, x.name) for x in activities]
        if self.claims:
            yield CLAIMS_TITLE, [Heading(c.id, c.text) for c in self.claims]

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
            kind=", ".join(KIND_NAMES[EvidenceKind(k)] for k in sorted(kinds)),
            day=f"{day:%d/%m/%Y}" if day else "sin fecha",
            review=self._review(link),
            why_not=_why_not(told, file),
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
        """ "Estado: parcial. Falta: acta. …": its standing in one line, what lacks first."""
        standing = self.standings.get(activity.code)
        parts = []
        if standing and activity.reported:
            parts.append(f"Estado: {STATE_NAMES[standing.state]}.")
            lacks = _lacks(standing, self.public)
            parts += [f"Falta: {lacks}."] if lacks else []
        if not activity.reported:
            parts.append("No reportada este semestre.")
        parts += [f"Dependencia: {activity.department}."] if activity.department else []
        if activity.target is not None:
            done = number(activity.achieved) if activity.achieved is not None else "sin dato"
            parts.append(f"Meta: {number(activity.target)}; ejecutado: {done}.")
        return " ".join(parts)

    # --- what is missing -------------------------------------------------------------------------

    def missing(self) -> list[Missing]:
        """Reported activities without enough evidence, then claims that no plan holds."""
        known = {x.code: x for x in self.a.activities if x.reported}
        short = [s for s in self.a.standings if s.activity in known and s.state in _ORDER]
        short.sort(key=lambda s: _ORDER.index(s.state))
        rows = [
            Missing(
                s.activity, known[s.activity].name, STATE_NAMES[s.state], _lacks(s, self.public)
            )
            for s in short
        ]
        return rows + [
            Missing(c.id, c.text, "no programada", "el plan no tiene esta actividad")
            for c in self.a.claims
            if c.kind is ClaimKind.UNPLANNED
        ]

    def tally(self) -> str:
        """ "De 25 actividades reportadas, 12 están soportadas, …"."""
        reported = [x.code for x in self.a.activities if x.reported]
        states = Counter(self.standings[c].state for c in reported if c in self.standings)
        parts = [_told(s, states[s]) for s in ActivityState if states[s]]
        return f"{plural(len(reported), 'actividad reportada', 'actividades reportadas')}: " + (
            f"{', '.join(parts)}." if parts else "ninguna."
        )

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
        return (
            f"Versión pública. Se omitieron {_files(counts[Reserve.PERSONAL])} con datos "
            f"personales y {_files(counts[Reserve.UNREAD])} cuyo contenido no se pudo revisar "
            f"(Ley 1581 de 2012), y {_private(len(private))}."
        )


def _told(state: ActivityState, count: int) -> str:
    return plural(count, STATE_NAMES[state], _PLURALS.get(state, STATE_NAMES[state]))


def _files(count: int) -> str:
    return plural(count, "archivo", "archivos")


def _private(count: int) -> str:
    return plural(count, "enlace que no es público", "enlaces que no son públicos")


def _lacks(standing: Standing, public: bool) -> str:
    parts = [kinds_words(standing.missing)] if standing.missing else []
    if not parts and standing.state in (ActivityState.NO_EVIDENCE, ActivityState.UNVERIFIABLE):
        parts.append("cualquier soporte")
    if standing.pending and public:
        parts.append("revisión pendiente")
    elif standing.pending:
        told = plural(len(standing.pending), "sugerencia", "sugerencias")
        parts.append(f"decidir {told} en «Revisión»")
    return "; ".join(parts)


def _why_not(told: Counted, file: EvidenceFile | None) -> str:
    if told.counts:
        return ""
    if told.why_not:
        return _WHY_NOT.get(told.why_not, told.why_not.value.replace("_", " "))
    if file is not None and file.shortcut_target is not None:
        return "es un acceso directo; cuenta el archivo al que apunta"
    return "hoy no se pudo leer su carpeta"
