"""The nouns: frozen values that every room shares, named as in the glossary.

Values of the public contract (states, kinds, classes) are `StrEnum`s whose *values* are the
contract's machine words and whose *names* are English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from evidencias.domain.ids import finding_id, link_id


class EvidenceKind(StrEnum):
    """Kind of evidence a file is and an activity may require; `OTHER` satisfies no requirement."""

    ACTA = "acta"
    ATTENDANCE = "asistencia"
    PHOTOS = "fotos"
    REPORT = "informe"
    CONTRACT = "contrato"
    PUBLICATION = "publicacion"
    CERTIFICATE = "certificado"
    FORM = "formato"
    OTHER = "otro"


class LinkState(StrEnum):
    """What is known of an activity-file pair; the last two come only from people."""

    AUTOMATIC = "automatico"
    SUGGESTED = "sugerido"
    CONFIRMED = "confirmado"
    REJECTED = "rechazado"


class ActivityState(StrEnum):
    """The standing of a reported activity (contract, "States")."""

    SUPPORTED = "soportada"
    TO_REVIEW = "por_revisar"
    PARTIAL = "parcial"
    NO_EVIDENCE = "sin_evidencia"
    UNVERIFIABLE = "no_verificable"


class ClaimKind(StrEnum):
    """Whether a claim of the report is in the plan; an uncertain claim has None instead."""

    PLANNED = "programada"
    UNPLANNED = "no_programada"


class ClaimState(StrEnum):
    """Support of a claim that no plan holds: some orphan file may prove it, or none does."""

    POSSIBLE = "con_soporte_posible"
    UNSUPPORTED = "sin_soporte"


class Severity(StrEnum):
    """Weight of a finding; one unaccepted `BLOCKING` makes the audit fail (exit 1)."""

    BLOCKING = "bloqueante"
    OBSERVATION = "observacion"
    NOTICE = "aviso"


class FindingKind(StrEnum):
    """Classes of findings of the contract."""

    NO_EVIDENCE = "sin_evidencia"
    MISSING_KIND = "tipo_faltante"
    UNPLANNED = "reportada_no_programada"
    FIGURE_MISMATCH = "cifra_no_coincide"
    BROKEN_SHORTCUT = "acceso_directo_roto"
    EVIDENCE_GONE = "evidencia_retirada"
    EMPTY_FILE = "archivo_vacio"
    OUT_OF_PERIOD = "fuera_de_periodo"
    TO_REVIEW = "por_revisar"
    LATE_UPLOAD = "carga_tardia"
    REUSED_DUPLICATE = "duplicado_reutilizado"
    PUBLIC_LINK = "enlace_publico"
    OFF_SCHEDULE = "fuera_de_programacion"
    CLAIMED_NOT_REPORTED = "afirmada_no_reportada"
    REPORTED_NOT_CLAIMED = "reportada_no_afirmada"
    DOUBTFUL_CODE = "codigo_dudoso"
    CONTRADICTION = "contradiccion"
    PLANNED_NOT_REPORTED = "programada_no_reportada"


class Verdict(StrEnum):
    """What a person decided: about a pair (confirm, reject) or a finding (accept)."""

    CONFIRM = "confirmar"
    REJECT = "rechazar"
    ACCEPT = "aceptar"


class FigureVerdict(StrEnum):
    """Whether a claimed figure agrees with plan and evidence."""

    MATCH = "coincide"
    MISMATCH = "no_coincide"
    UNVERIFIABLE = "no_verificable"


class AuditVerdict(StrEnum):
    """The audit in one word."""

    CLEAN = "sin_inconsistencias"
    OBSERVATIONS = "con_observaciones"
    INCONSISTENT = "con_inconsistencias"


class Presence(StrEnum):
    """Whether a file was seen in this reading; the others are known from an earlier one."""

    SEEN = "visto"
    GONE = "retirado"
    UNREAD = "no_leido"


class FigureSubject(StrEnum):
    """What a figure of the report measures (`que`)."""

    COMPLIANCE = "cumplimiento"
    PLANNED_ACTIVITIES = "actividades_programadas"
    REPORTED_ACTIVITIES = "actividades_reportadas"
    ACHIEVED = "ejecutado"
    OTHER = "otra"


@dataclass(frozen=True, slots=True)
class Period:
    """The semester (or any span) under review; dates are civil dates in America/Bogota.

    `half` is 1 or 2, or None for a free span. `cutoff` is the last day on which a file counts.
    """

    year: int
    half: int | None
    start: date
    end: date
    cutoff: date

    @property
    def label(self) -> str:
        """ "2021-2", or "2021-03-01/2021-05-31" for a free span."""
        return f"{self.year}-{self.half}" if self.half else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a report something stands; `paragraph` counts from 1 within its section."""

    section: str | None = None
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad row or file that does not stop the run: shown, with where it is and what to do."""

    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of the plan de acción, judged for one period.

    `target` and `achieved` are quantities in the indicator's unit, None where the plan is blank.
    `weight` is the line's share in the weighted figure (any scale), None where blank. `required`
    is empty when any one file suffices. `programmed`: target above zero and [start, end] touches
    the period. `reported`: the plan says it is reported this semester. `row` is the sheet row
    (from 1). `code_doubt` explains in Spanish why the code was made up, or is None.
    """

    code: str
    axis: str
    name: str
    department: str = ""
    indicator: str = ""
    target: float | None = None
    achieved: float | None = None
    weight: float | None = None
    required: frozenset[EvidenceKind] = frozenset()
    programmed: bool = True
    reported: bool = True
    start: date | None = None
    end: date | None = None
    row: int = 0
    code_doubt: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of the evidence folder as the source lists it; times are aware, in UTC.

    `id` is the contract's `archivo`: the Drive id, or for a local folder the path relative to it
    with "/", Unicode NFC (prefixed by the root's name when there are several roots). `path` is
    the human route from the root, NFC, with "/" (equal to `id` locally); names may repeat on
    Drive. `size` in bytes, None for Google-native documents. `md5` is the fingerprint (huella),
    "" where there is none. `created` is None where the source cannot know it. `version` is
    Drive's version of a native document, "" elsewhere. `url` opens the file. `shortcut_target` is
    the id a shortcut points at, None for other files; `broken` marks a shortcut without a
    readable target. `native` marks a Google document: on Drive its text is exported, a local
    `.gdoc` stub has none. `online_only`: a Drive for Desktop file not downloaded here.
    `shared_publicly`: anyone with the link can open it; None when unknown. `photo_taken` is the
    camera's own clock without zone, taken as Colombian time. `damaged`: what was read inside is
    not what the name says.
    """

    id: str
    path: str
    name: str
    mime: str = ""
    size: int | None = None
    md5: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    url: str = ""
    trashed: bool = False
    shared_publicly: bool | None = None
    shortcut_target: str | None = None
    broken: bool = False
    native: bool = False
    online_only: bool = False
    version: str = ""
    photo_taken: datetime | None = None
    sha256: str = ""
    damaged: bool = False
    presence: Presence = Presence.SEEN


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that was seen but is no evidence (lock, system file, `ignorar`), with the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the folder was read: `unread` names every route that could not be listed."""

    complete: bool = True
    unread: tuple[str, ...] = ()


ALL_READ = Coverage()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file source saw in one reading."""

    files: tuple[EvidenceFile, ...]
    set_aside: tuple[SetAside, ...] = ()
    coverage: Coverage = ALL_READ
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What was read inside a file: plain text (NFC), or why there is none.

    `problem` is a Spanish phrase ("protegido con contraseña", "supera 50 MB") or ""; `damaged`
    is True when the bytes are not what the name says, so the file proves nothing.
    """

    text: str = ""
    photo_taken: datetime | None = None
    problem: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a link is proposed, or what speaks against it: `text` in Spanish for an official.

    `weight` is the signal's share in the score (log-odds), positive for, negative against.
    """

    signal: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """An activity-file pair: `score` 0 to 1; at most three reasons and three against."""

    activity: str
    file: str
    state: LinkState
    score: float
    reasons: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()

    @property
    def id(self) -> str:
        """The link's stable id, "V-…"."""
        return link_id(self.activity, self.file)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What was understood of one file: its kinds of evidence and the day of the event it shows."""

    kinds: frozenset[EvidenceKind] = frozenset()
    event: date | None = None
    event_source: str = ""  # "foto", "texto" or "nombre"
    personal_data: bool = False


@dataclass(frozen=True, slots=True)
class Linking:
    """What the linker concluded, before people's decisions are applied.

    `links` holds automatic ones and up to three suggestions a file, best first within a file.
    A suggestion is *pending* only when its score is above `floor` (set by calibration).
    """

    links: tuple[Link, ...]
    facts: Mapping[str, FileFacts]
    floor: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said in `Revisión` (or with `decidir`) of one id.

    For a link: `activity` and `file` are set and `verdict` is CONFIRM or REJECT; for a finding
    `id` is "H-…" and `verdict` is ACCEPT (or REJECT: "not so"). `origin` is "persona" or
    "decidir"; `row` the row in `Revisión`, for messages.
    """

    id: str
    verdict: Verdict
    activity: str = ""
    file: str = ""
    by: str = ""
    note: str = ""
    origin: str = "persona"
    row: int = 0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an auditor must know; `detail` only distinguishes ids, `message` is for people."""

    kind: FindingKind
    severity: Severity
    message: str
    hint: str
    activity: str = ""
    file: str = ""
    detail: str = ""
    where: Place | None = None
    accepted: bool = False

    @property
    def id(self) -> str:
        """The finding's stable id, "H-…"."""
        return finding_id(self.kind, self.activity, self.file, self.detail)


@dataclass(frozen=True, slots=True)
class Counted:
    """One linked file under an activity and whether it counts; `why_not` names the finding."""

    file: str
    state: LinkState
    counts: bool
    why_not: FindingKind | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one activity stands: its state, what is missing, what is pending.

    `missing` are the required kinds without a counting file (for an activity that requires none
    and has no file it is empty). `pending` are file ids of suggestions that would change the
    state, and `best` the state it would have were they all confirmed. `reviewed_by` are the
    people who decided on its links.
    """

    activity: str
    state: ActivityState
    files: tuple[Counted, ...] = ()
    missing: tuple[EvidenceKind, ...] = ()
    pending: tuple[str, ...] = ()
    reviewed_by: tuple[str, ...] = ()
    best: ActivityState | None = None

    @property
    def counting(self) -> tuple[str, ...]:
        """Ids of the files that count."""
        return tuple(c.file for c in self.files if c.counts)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table row of a report in reading order.

    `style` is "heading", "paragraph", "row" (table row: `cells` set) or "header" (page header or
    footer); `level` is the heading level (1-9) or 0; `page` from 1 where known.
    """

    text: str
    style: str = "paragraph"
    level: int = 0
    page: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's sections with its whole paragraphs."""

    title: str
    paragraphs: tuple[str, ...]
    pages: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """The head of the report; "" where a field is missing, `period` as "2021-2" when readable."""

    policy: str = ""
    responsible: str = ""
    period: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: its header and its sections, in order."""

    header: ReportHeader
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """An activity near a claim or an orphan file, with the reasons."""

    activity: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the report says was done. `kind` None means uncertain: see `nearby`.

    `state` is an ActivityState value for a planned claim, a ClaimState value for an unplanned
    one, "" when uncertain or not yet judged. `files` are orphan files that may support it.
    """

    id: str
    text: str
    where: Place
    activity: str = ""
    kind: ClaimKind | None = None
    state: str = ""
    nearby: tuple[Nearby, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number the report gives, as read (not yet judged).

    `scope` is "total", an axis, a department or a code. `claimed` is 83 for 83 %. `bound` is
    "" (exact), "alrededor" (approximate) or "mas_de" / "menos_de" (a bound).
    """

    text: str
    where: Place
    subject: FigureSubject
    scope: str
    claimed: float
    percent: bool = False
    bound: str = ""


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure beside what plan and evidence give; numbers in the figure's own unit."""

    figure: Figure
    computed: float | None
    low: float | None
    high: float | None
    verdict: FigureVerdict
    formulas: Mapping[str, float] = field(default_factory=dict)
    matching: str = ""
    explanation: str = ""

    @property
    def difference(self) -> float | None:
        """Claimed minus computed, None where nothing could be computed."""
        return None if self.computed is None else round(self.figure.claimed - self.computed, 6)
