"""The public annex: nothing personal in it, and all that it leaves out counted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.judgement import judge
from evidencias.domain.linking import link
from evidencias.domain.model import Activity, Claim, ClaimKind, Coverage, Decision, Place, Verdict
from evidencias.domain.privacy import Reserve, reserve
from evidencias.outputs.annex_view import OMITTED, Annex
from tests.outputs.annexes import assessment, internal, targets, words, written


def test_the_public_annex_leaves_out_and_counts(tmp_path: Path) -> None:
    a = assessment()
    shared = replace(a.files["f5"], shared_publicly=True)
    a = replace(a, files={**a.files, "f5": shared})
    reserved = {"f1": Reserve.PERSONAL, "f4": Reserve.UNREAD, "no-vinculado": Reserve.PERSONAL}
    document = written(tmp_path, Annex(a, lambda file: file.url, reserved=reserved))
    text = words(document)
    assert all(name not in text for name in ("f1.pdf", "f4.pdf", "Ana Ruiz"))
    assert "f3.pdf" in text
    assert targets(document) == {shared.url}
    told = next(p.text for p in document.paragraphs if p.text.startswith("Versión pública"))
    assert "1 archivo con datos personales" in told
    assert "1 archivo cuyo contenido no se pudo revisar" in told
    assert "2 enlaces que no son públicos" in told
    assert "texto" not in told
    assert "Se omite aquí 1 archivo." in text


def test_texts_of_plan_and_report_that_tell_of_a_person_are_left_out_too(tmp_path: Path) -> None:
    a = assessment(
        activities=(
            Activity("A-1", "Eje", "Pagar el auxilio a Luz Marina, c.c. 52.345.678"),
            Activity("A-2", "Eje", "Dictar talleres", reported=True),
        ),
        claims=(Claim("A-X", "Se visitó a la señora Ana Ruiz", Place(), kind=ClaimKind.UNPLANNED),),
        coverage=Coverage(False, ("Hogares/Rosa 310 555 22 11",)),
    )
    public = words(written(tmp_path, Annex(a, lambda file: file.url, reserved={})))
    assert not re.search("52.345|Ana Ruiz|310 555", public)
    assert f"A-1 · {OMITTED}" in public
    assert "Dictar talleres" in public
    assert "También se omitieron 2 textos del plan o del informe." in public
    whole = words(written(tmp_path, internal(a)))
    assert all(text in whole for text in ("52.345.678", "Ana Ruiz", "310 555 22 11"))


# --- every file of the corpora -----------------------------------------------------------------

CORPORA = sorted((Path(__file__).parents[3] / "shared" / "corpus").glob("*-20*"))
# An independent reading of what the eye takes for data of one person.
_EYE = re.compile(
    r"\b3\d{2}[ .-]?\d{3}[ .-]?\d{4}\b|(?i:c\.c\.|c[ée]dula|T\.I\.)\W{0,3}(?:no\.?)?\W{0,3}\d{5}"
    r"|[\w.]+@(?:gmail|hotmail|yahoo|outlook)|(?i:\bnombre\b[^\n]{0,60}[|,;][^\n]*\bfirma\b)"
    r"|(?i:\|[^|\n]*\b(?:edad|gad-7|phq-9)\b[^|\n]*\|)|(?i:\bcaso \d+ \|)|(?i:^.*\bedad,)"
    r"|(?i:(?:participante|aprendiz) (?:no\. )?\d)|que la persona (?:de la lista|identificada)"
    r"|m\. - [^:\n]+: |\| \d+ años|^(?:menor|persona|niñ[oa]|familia) \d+",
    re.MULTILINE,
)
# Called attendance by the gold, and yet they count people without naming any.
COUNTS = {
    "club encuentro 10.docx", "conversatorio cocina tradicional.docx",
    "la hora del cuento sept.xlsx",
}  # fmt: skip


@pytest.mark.skipif(not CORPORA, reason="no están los corpus (../shared/corpus)")
@pytest.mark.parametrize("corpus", CORPORA, ids=lambda p: str(p.name))
def test_no_file_of_a_corpus_with_personal_data_is_in_its_public_annex(
    corpus: Path, tmp_path: Path
) -> None:
    from bench.corpora import load

    case = load(corpus)
    linked = link(
        case.activities, list(case.files), case.texts, policy=case.policy, period=case.period
    )
    # Every gold link confirmed by a person: all that could be in the annex is in it.
    decisions = tuple(Decision("V", Verdict.CONFIRM, c, f, by="Ana") for f, c in case.links)
    known = {f.id: replace(f, shared_publicly=True) for f in case.files}
    judged = judge(Assessment(
        policy=case.policy, responsible="", period=case.period, rules=Rules(),
        activities=case.activities, files=known, facts=linked.facts, proposed=linked.links,
        floor=linked.floor, decisions=decisions,
    ))  # fmt: skip
    held = {i: reserve(f, linked.facts[i], case.texts.get(i, "")) for i, f in known.items()}
    view = Annex(judged, lambda f: f"https://x/{f.id}", {i: r for i, r in held.items() if r})
    document = written(tmp_path, view)
    shown = {target.removeprefix("https://x/") for target in targets(document)}
    people = {"asistencia", "fotos"}
    by_kind = {i for i, kinds in case.kinds.items() if people.intersection(kinds)}
    by_text = {i for i, text in case.texts.items() if _EYE.search(text)}
    assert by_kind | by_text
    assert shown
    assert not {known[i].path for i in shown & by_text}
    assert {known[i].name for i in shown & by_kind} <= COUNTS
    assert not _EYE.search(words(document))
