"""The audit as one self-contained page: the report's own text, marked and opening to its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidencias.domain.assessment import Assessment
from evidencias.domain.audit import by_severity, mend_first
from evidencias.domain.model import ActivityState, Claim, ClaimKind, EvidenceKind, LinkState
from evidencias.domain.register.words import visible
from evidencias.domain.spanish import KIND_NAMES, LINK_NAMES, STATE_NAMES, day_words, figure_words
from evidencias.domain.support import LINKED, NO_FACTS, file_day
from evidencias.outputs import audit_text
from evidencias.outputs.marks import Note, marked
from evidencias.outputs.pages import environment, write_page

COLOR_NAMES = {"verde": "probado", "ambar": "por aclarar", "rojo": "sin prueba o contradicho"}
SIGNS = {"verde": "✓", "ambar": "?", "rojo": "✗"}


def render(a: Assessment, belongs: str = "") -> str:
    """The page's HTML; the same assessment gives the same text. `belongs` names its manifest."""
    template = environment().get_template("auditoria.html.j2")
    return template.render(_view(a), belongs=visible(belongs)) + "\n"


def write(a: Assessment, target: Path, belongs: str = "") -> None:
    """Writes the page whole or not at all. Raises SourceError where it cannot be written."""
    write_page(render(a, belongs), target)


def _view(a: Assessment) -> dict[str, Any]:
    sections = marked(a)
    shown = [n for s in sections for p in s.paragraphs for n in p.notes]
    return {
        "a": a,
        "verdict": audit_text.verdict_line(a),
        "first": [_finding(f) for f in mend_first(a.findings)],
        "every": [_finding(f) for f in by_severity(a.findings)],
        "accepted": [_finding(f) for f in a.findings if f.accepted],
        "sections": sections,
        "counts": Counter(n.color for n in shown),
        "colors": COLOR_NAMES,
        "signs": SIGNS,
        "note": lambda n: _note(a, n),
        "unchecked": audit_text.UNCHECKED,
        "nothing_told": audit_text.NOTHING_TOLD,
        "until": day_words(a.period.cutoff),
        "visible": visible,
        "synchronised": a.run.started.strftime("%d/%m/%Y %H:%M") if a.run else "",
    }


def _finding(finding: Any) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind.value.replace("_", " "),
        "severity": audit_text.SEVERITIES[finding.severity],
        "message": visible(finding.message),
        "hint": visible(finding.hint),
        "where": audit_text.place_words(finding.where),
        "accepted": finding.accepted,
    }


def _note(a: Assessment, note: Note) -> dict[str, Any]:
    if note.figure:
        judged = note.figure
        verdict = audit_text.FIGURE_VERDICTS[judged.verdict]
        title = f"{figure_words(judged.figure)}: {verdict}"
        return {"title": title, "text": judged.explanation, "files": (), "near": ()}
    claim = note.claim
    assert claim is not None
    if claim.kind is ClaimKind.PLANNED:
        name = next((x.name for x in a.activities if x.code == claim.activity), "")
        state = STATE_NAMES[ActivityState(claim.state)]
        title = f"{claim.activity}: {state}"
        told = " ".join([f"{name}.", *_reasons(claim)])
        return {"title": title, "text": told, "files": _files(a, claim.activity), "near": ()}
    title = "No está en el plan" if claim.kind else "Sin decidir"
    files = [_file(a, f, "posible soporte") for f in claim.files]
    near = [f"{n.activity}: {_name(a, n.activity)}" for n in claim.nearby]
    return {"title": f"{title} ({claim.id})", "text": "", "files": files, "near": near}


def _reasons(claim: Claim) -> list[str]:
    """Why the claim was read as its activity; silent when a person moved it there."""
    return [r.text for n in claim.nearby if n.activity == claim.activity for r in n.reasons]


def _name(a: Assessment, code: str) -> str:
    return next((x.name for x in a.activities if x.code == code), "")


def _files(a: Assessment, code: str) -> Sequence[dict[str, Any]]:
    standing = next((s for s in a.standings if s.activity == code), None)
    counting = set(standing.counting) if standing else set()
    found = []
    for link in a.links:
        if link.activity == code and link.state in LINKED:
            told = LINK_NAMES[LinkState(link.state)]
            counts = told if link.file in counting else f"{told}, no cuenta"
            found.append(_file(a, link.file, counts))
    return found


def _file(a: Assessment, file_id: str, told: str) -> dict[str, Any]:
    file = a.files.get(file_id)
    kinds = a.facts.get(file_id, NO_FACTS).kinds
    return {
        "path": visible(file.path) if file else file_id,
        "url": file.url if file else "",
        "kinds": ", ".join(KIND_NAMES[EvidenceKind(k)] for k in sorted(kinds)),
        "day": day_words(file_day(file)) if file else "",
        "told": told,
    }
