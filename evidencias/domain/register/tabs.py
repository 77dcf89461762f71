"""What the tool's own tabs show: activities, evidence, what is missing, orphans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import (
    Activity,
    ActivityState,
    Claim,
    ClaimKind,
    EvidenceFile,
    FileFacts,
    Finding,
    Link,
    LinkState,
    Standing,
)
from evidencias.domain.register.columns import (
    ACTIVITIES,
    ACTIVITIES_HEADER,
    EVIDENCE,
    EVIDENCE_HEADER,
    HIDDEN,
    MISSING,
    MISSING_HEADER,
    ORPHANS,
    ORPHANS_HEADER,
)
from evidencias.domain.register.review import why
from evidencias.domain.register.shapes import Cell, Tab
from evidencias.domain.register.words import kinds_text, label, visible
from evidencias.domain.support import file_day

_NO_FACTS = FileFacts()
_SUGGESTED = 3
_UNSUPPORTED = frozenset(ActivityState) - {ActivityState.SUPPORTED}


def activities_tab(assessment: Assessment) -> Tab:
    """`Actividades`: a row per activity, in the plan's order."""
    standings = {standing.activity: standing for standing in assessment.standings}
    first_rows: dict[str, int] = {}
    for number, link in enumerate(evidence_order(assessment), start=1):
        first_rows.setdefault(link.activity, number)
    classes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for finding in assessment.findings:
        classes[finding.activity][_class(finding)] = None
    rows = (
        _activity(a, standings.get(a.code), tuple(classes[a.code]), first_rows.get(a.code, 0))
        for a in assessment.activities
    )
    return Tab(ACTIVITIES, ACTIVITIES_HEADER, tuple(rows))


def evidence_tab(assessment: Assessment) -> Tab:
    """`Evidencias`: a row per link, by activity, what counts first."""
    names = {activity.code: activity.name for activity in assessment.activities}
    rows = (
        _evidence(link, names.get(link.activity, ""), assessment)
        for link in evidence_order(assessment)
    )
    return Tab(EVIDENCE, EVIDENCE_HEADER, tuple(rows), HIDDEN[EVIDENCE])


def evidence_order(assessment: Assessment) -> Sequence[Link]:
    """The links as `Evidencias` lists them: the plan's order, then state, score and file."""
    place = {activity.code: n for n, activity in enumerate(assessment.activities)}
    states = (LinkState.CONFIRMED, LinkState.AUTOMATIC, LinkState.SUGGESTED, LinkState.REJECTED)
    return sorted(
        assessment.links,
        key=lambda k: (
            place.get(k.activity, len(place)), k.activity, states.index(k.state), -k.score, k.file
        ),
    )  # fmt: skip


def missing_tab(assessment: Assessment) -> Tab:
    """`Faltantes`: reported activities without enough evidence, then claims that no plan holds."""
    activities = {activity.code: activity for activity in assessment.activities}
    rows = [
        _missing(activities[standing.activity], standing, assessment.files)
        for standing in assessment.standings
        if standing.activity in activities
        and activities[standing.activity].reported
        and standing.state in _UNSUPPORTED
    ]
    claims = (claim for claim in assessment.claims if claim.kind is ClaimKind.UNPLANNED)
    rows += [_unplanned(claim, assessment.files) for claim in claims]
    return Tab(MISSING, MISSING_HEADER, tuple(rows))


def orphans_tab(assessment: Assessment) -> Tab:
    """`Huérfanos`: a row per file without activity, with the nearest ones."""
    rows = []
    for orphan in assessment.orphans:
        file = assessment.files.get(orphan.file)
        if file is not None:
            near = "; ".join(f"{n.activity} ({_comma(n.score)})" for n in orphan.nearby)
            rows.append((_file(file), Cell(visible(file.path)), Cell(file_day(file)), Cell(near)))
    return Tab(ORPHANS, ORPHANS_HEADER, tuple(rows))


def _activity(
    activity: Activity, standing: Standing | None, findings: Sequence[str], first_row: int
) -> tuple[Cell, ...]:
    state = label(standing.state) if standing and activity.reported else "No reportada"
    return (
        Cell(visible(activity.code)),
        Cell(visible(activity.axis)),
        Cell(visible(activity.name)),
        Cell(visible(activity.department)),
        Cell(activity.target),
        Cell(activity.achieved),
        Cell("Sí" if activity.reported else "No"),
        Cell(state),
        Cell(visible(", ".join(standing.reviewed_by)) if standing else ""),
        Cell(len(standing.counting) if standing else 0),
        Cell(_lacks(standing) if standing and activity.reported else ""),
        Cell("; ".join(findings)),
        Cell("Ver evidencias", f"#{EVIDENCE}!{first_row}") if first_row else Cell(),
    )


def _lacks(standing: Standing) -> str:
    if standing.state is ActivityState.SUPPORTED:
        return ""
    return kinds_text(standing.missing) or ("" if standing.counting else "cualquier soporte")


def _class(finding: Finding) -> str:
    name = label(finding.kind)
    return f"{name} (aceptado)" if finding.accepted else name


def _evidence(link: Link, activity: str, assessment: Assessment) -> tuple[Cell, ...]:
    file = assessment.files.get(link.file) or EvidenceFile(link.file, link.file, link.file)
    kinds = assessment.facts.get(link.file, _NO_FACTS).kinds
    return (
        Cell(link.id),
        Cell(visible(link.activity)),
        Cell(visible(activity)),
        _file(file),
        Cell(visible(file.path)),
        Cell(kinds_text(kinds)),
        Cell(file_day(file)),
        Cell(label(link.state)),
        Cell(round(link.score, 2), style="score"),
        Cell(visible(why(link))),
        Cell(file.md5),
    )


def _missing(
    activity: Activity, standing: Standing, files: Mapping[str, EvidenceFile]
) -> tuple[Cell, ...]:
    return (
        Cell(visible(activity.code)),
        Cell(visible(activity.name)),
        Cell(visible(activity.department)),
        Cell(label(standing.state)),
        Cell(_lacks(standing)),
        Cell(_names(standing.pending, files)),
    )


def _unplanned(claim: Claim, files: Mapping[str, EvidenceFile]) -> tuple[Cell, ...]:
    return (
        Cell(claim.id),
        Cell(visible(claim.text)),
        Cell(""),
        Cell(label(claim.state)),
        Cell("no está en el plan"),
        Cell(_names(claim.files, files)),
    )


def _names(ids: Sequence[str], files: Mapping[str, EvidenceFile]) -> str:
    names = [visible(files[i].name) for i in ids[:_SUGGESTED] if i in files]
    more = len(ids) - len(names)
    return "; ".join(names) + (f"; y {more} más" if names and more > 0 else "")


def _file(file: EvidenceFile) -> Cell:
    return Cell(visible(file.name), file.url)


def _comma(score: float) -> str:
    return f"{score:.2f}".replace(".", ",")
