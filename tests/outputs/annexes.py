"""A small assessment with everything an annex shows, and how its tests read the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.judgement import judge
from evidencias.domain.model import (
    Activity,
    Claim,
    ClaimKind,
    Decision,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    Link,
    LinkState,
    Place,
    Verdict,
)
from evidencias.domain.period import semester
from evidencias.outputs import annex
from evidencias.outputs.annex_view import Annex

PERIOD = semester("2021-2")
MOMENT = datetime(2021, 12, 1, 15, 0, tzinfo=UTC)
HOSTILE = "a<b>&\"c' \x07 \u202egpj.exe {{x}} =1+1 ]]> ñ 😀"


def evidence(id_: str, **more: Any) -> EvidenceFile:
    known: dict[str, Any] = {
        "size": 9, "md5": id_, "modified": datetime(2021, 9, 14, 20, tzinfo=UTC),
        "url": f"https://drive.google.com/file/d/{id_}/view",
    }  # fmt: skip
    name = more.pop("name", f"{id_}.pdf")
    return EvidenceFile(id_, f"Carpeta/{name}", name, **{**known, **more})


def assessment(**more: Any) -> Assessment:
    activities = (
        Activity("A-1", "Eje uno", "Dictar talleres", "Desarrollo", target=4, achieved=5, row=1),
        Activity("A-2", "Eje uno", "Celebrar la feria", required=frozenset({EvidenceKind.ACTA})),
        Activity("B-1", "Eje <dos> & más", "Publicar el boletín"),
        Activity("B-2", "Eje <dos> & más", "No reportada sin vínculos", reported=False),
        Activity("B-3", "", "No reportada con vínculos", reported=False),
    )
    files = [
        evidence("f1"), evidence("f2", name=HOSTILE), evidence("f3", size=0),
        evidence("f4", modified=datetime(2019, 1, 1, tzinfo=UTC)), evidence("f5"),
    ]  # fmt: skip
    automatic = LinkState.AUTOMATIC
    links = (
        Link("A-1", "f1", automatic, 0.9), Link("A-1", "f2", automatic, 0.9),
        Link("A-1", "f3", automatic, 0.9), Link("A-2", "f4", automatic, 0.9),
        Link("B-3", "f5", automatic, 0.9), Link("A-1", "f5", automatic, 0.8),
    )  # fmt: skip
    decisions = (
        Decision("V-X", Verdict.CONFIRM, "A-1", "f1", by="Ana Ruiz"),
        Decision("V-Y", Verdict.REJECT, "A-1", "f5", by="Ana Ruiz"),
        Decision("V-Z", Verdict.CONFIRM, "A-CLAIM", "f5"),
    )
    facts = {f.id: FileFacts(frozenset({EvidenceKind.REPORT})) for f in files}
    known = Assessment(
        policy="Ingresos", responsible="Secretaría", period=PERIOD, rules=Rules(),
        activities=activities, files={f.id: f for f in files}, facts=facts, proposed=links,
        decisions=decisions,
        claims=(Claim("A-CLAIM", "Se abrió un museo", Place(), kind=ClaimKind.UNPLANNED),),
    )  # fmt: skip
    return judge(replace(known, **more))


def written(tmp_path: Path, view: Annex, name: str = "anexo.docx") -> Any:
    import docx

    annex.write(view, tmp_path / name, MOMENT)
    return docx.Document(str(tmp_path / name))


def internal(a: Assessment) -> Annex:
    return Annex(a, lambda file: file.url)


def tables(document: Any) -> list[list[list[str]]]:
    return [[[c.text for c in r.cells] for r in t.rows] for t in document.tables]


def headings(document: Any, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def words(document: Any) -> str:
    """Every word of the document's body, a paragraph a line."""
    return "\n".join("".join(p.itertext("{*}t")) for p in document.element.body.iter("{*}p"))


def targets(document: Any) -> set[str]:
    """What its hyperlinks open."""
    return {r.target_ref for r in document.part.rels.values() if "hyperlink" in r.reltype}
