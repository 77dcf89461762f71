"""Plan, files, links, decisions and findings: what the linking and judging is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from evidencias.domain.ids import finding_id, link_id
from evidencias.domain.model.words import (
    ActivityState,
    EvidenceKind,
    FindingKind,
    LinkState,
    Presence,
    Severity,
    Verdict,
)


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
    not what the name says. `unread`: why its text was not read, or not whole, in Spanish.
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
    unread: str = ""
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

    def hides(self, path: str) -> bool:
        """Whether a file of this path may still be there, below a route that was not listed."""
        return any(route == "." or f"{path}/".startswith(f"{route}/") for route in self.unread)


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
    is True when the bytes are not what the name says, so the file proves nothing. `lasting` is
    False when another reading may do better (a time-out, a file in use): it is not kept.
    """

    text: str = ""
    photo_taken: datetime | None = None
    problem: str = ""
    damaged: bool = False
    lasting: bool = True


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
class EarlierLink:
    """A link as the last synchronisation left it; `file` is its `archivo`, `fingerprint` its md5.

    `id` is the one its row carries, `url` what its name opened.
    """

    id: str
    activity: str
    file: str
    path: str
    name: str
    url: str
    state: LinkState
    fingerprint: str


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
class Place:
    """Where in a report something stands; `paragraph` counts from 1 within its section."""

    section: str | None = None
    paragraph: int | None = None
    page: int | None = None


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
    and has no file it is empty). `pending` are file ids of suggestions that would bring something
    it lacks, and `best` the state it would have were they all confirmed. `reviewed_by` are the
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
