"""A tiny municipality for the tests of the register: three activities, some files, one period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.judgement import judge
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    Link,
    LinkState,
    Reason,
)
from evidencias.domain.period import semester
from evidencias.domain.register import (
    Cell,
    RegisterChanges,
    RegisterContents,
    Row,
    Tab,
)
from evidencias.domain.register.columns import (
    EVIDENCE,
    HISTORY_HEADER,
    LOG_HEADER,
    REVIEW_HEADER,
)

NOW = datetime(2021, 11, 2, 13, 30, 15, tzinfo=UTC)
PERIOD = semester("2021-2")
POLICY = "Juventud rural"
ACTIVITIES = (
    Activity("1.1", "Campo", "Realizar talleres de lombricultura", "Agricultura", target=2.0,
             achieved=2.0, required=frozenset({EvidenceKind.ACTA, EvidenceKind.PHOTOS})),
    Activity("1.10", "Campo", "Entregar semillas de maíz", "Agricultura", target=1.0,
             achieved=1.0),
    Activity("2.1", "Ciudad", "=Abrir la biblioteca +3 días", "Cultura", target=1.0, achieved=0.5),
)  # fmt: skip
FILES = {
    name: EvidenceFile(
        id=name,
        path=name,
        name=name.rsplit("/", 1)[-1],
        size=10,
        md5=f"{number:032x}",
        created=datetime(2021, 9, number, 15, 0, tzinfo=UTC),
        modified=datetime(2021, 9, number, 15, 0, tzinfo=UTC),
        url=f"file:///datos/Evidencias/{name.replace(' ', '%20').replace('#', '%23')}",
    )
    for number, name in enumerate(
        (
            "Lombricultura/Acta 1.pdf",
            "Lombricultura/Foto #2.jpg",
            "Semillas/listado.xlsx",
            "=Semillas/+57 300.pdf",
            "Biblioteca/ñ 😀.docx",
        ),
        start=1,
    )
}
ACTA, PHOTO, LIST, PHONE, EMOJI = FILES
FACTS = {
    ACTA: FileFacts(frozenset({EvidenceKind.ACTA})),
    PHOTO: FileFacts(frozenset({EvidenceKind.PHOTOS})),
}


def suggested(activity: str, file: str, score: float = 0.6, why: str = "el nombre habla") -> Link:
    """A suggestion with one reason."""
    return Link(activity, file, LinkState.SUGGESTED, score, (Reason("nombre", why, 1.0),))


LINKS = (
    Link("1.1", ACTA, LinkState.AUTOMATIC, 0.97, (Reason("codigo", "el código 1.1", 2.0),)),
    suggested("1.1", PHOTO, 0.7),
    suggested("1.10", LIST, 0.65),
    suggested("1.10", PHONE, 0.55),
)


def assessed(
    links: Iterable[Link] = LINKS,
    decisions: Iterable[Decision] = (),
    files: dict[str, EvidenceFile] | None = None,
) -> Assessment:
    """The facts of the tiny municipality, judged under these decisions."""
    return judge(
        Assessment(
            policy=POLICY,
            responsible="Secretaría",
            period=PERIOD,
            rules=Rules(),
            activities=ACTIVITIES,
            files=FILES if files is None else files,
            facts=FACTS,
            proposed=tuple(links),
            floor=0.3,
            decisions=tuple(decisions),
        )
    )


def after(contents: RegisterContents, changes: RegisterChanges) -> RegisterContents:
    """What a register holds once the changes are written: the model every adapter must match."""
    evidence = next((tab for tab in changes.tabs if tab.name == EVIDENCE), None)
    return replace(
        contents,
        exists=True,
        policy=changes.policy,
        semester=changes.semester,
        review_header=contents.review_header or REVIEW_HEADER,
        review=(*contents.review, *_rows(REVIEW_HEADER, changes.review, len(contents.review) + 2)),
        history=(
            *contents.history,
            *_rows(HISTORY_HEADER, changes.history, len(contents.history) + 2),
        ),
        log=(*contents.log, *_rows(LOG_HEADER, changes.log, len(contents.log) + 2)),
        evidence=_tab_rows(evidence) if evidence else contents.evidence,
    )


def _tab_rows(tab: Tab) -> tuple[Row, ...]:
    return _rows(tab.header, tab.rows, 2)


def _rows(
    header: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], first: int
) -> tuple[Row, ...]:
    return tuple(
        Row(
            number,
            {h: c.value for h, c in zip(header, cells, strict=True) if c.value not in (None, "")},
            {h: c.link for h, c in zip(header, cells, strict=True) if c.link},
        )
        for number, cells in enumerate(rows, start=first)
    )


def edited(contents: RegisterContents, at: int, **values: str | float | None) -> RegisterContents:
    """The contents with cells of the review row at index `at` changed, as a person would."""
    names = {"decision": "Decisión", "code": "Código", "link": "Enlace", "by": "Responsable",
             "note": "Observaciones", "id": "ID", "fingerprint": "Huella"}  # fmt: skip
    row = contents.review[at]
    cells = {**row.cells, **{names[key]: value for key, value in values.items()}}
    rows = list(contents.review)
    rows[at] = replace(row, cells=cells)
    return replace(contents, review=tuple(rows))


def by_hand(contents: RegisterContents, **values: str | float | None) -> RegisterContents:
    """The contents with one more row, typed by a person below the others."""
    number = max((row.number for row in contents.review), default=1) + 1
    grown = replace(contents, review=(*contents.review, Row(number, {})))
    return edited(grown, len(grown.review) - 1, **values)
