"""How good the audit is: `python -m bench.audit DIR... [--left-out] [--detail] [--json]`.

For every corpus under each DIR with an `oro_informe.csv`, two tables: with the gold links of levels
1-4 as confirmed decisions, and with the tool's own links. `--left-out` reads each report with
weights that never saw it. The scorer is the one that lies beside the corpora.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.claim_cases import folders_with_reports, gold_rows
from bench.corpora import Corpus, load, report_of
from bench.groups import claims_without, group_of
from bench.linked import linked
from evidencias.domain.assessment import Assessment, Rules
from evidencias.domain.judgement import judge
from evidencias.domain.model import Claim, Decision, JudgedFigure, Verdict
from evidencias.workflows import with_report

HEADS = (
    ("cifras", "cifras"), ("valor", "valor"), ("vered", "veredicto"), ("dudosas", "dudosas"),
    ("afirm", "halladas"), ("activ", "actividad_hallada"), ("3 cerca", "cercanas"),
    ("P act", "precision_actividad"), ("np R", "no_programada_recall"),
    ("np P", "no_programada_precision"), ("de más", "de_mas"), ("inciertas", "inciertas"),
)  # fmt: skip
_COUNTS = {"de_mas", "inciertas"}


@dataclass(frozen=True)
class Line:
    """One corpus under one supply of links: the scorer's rates and what it found wrong."""

    name: str
    rates: Mapping[str, float]
    details: Sequence[str]


def scorer(roots: Sequence[Path]) -> ModuleType | None:
    """`puntuar_informe.py` from a DIR, above one, or in `../shared/corpus`; None if absent."""
    shared = Path(__file__).parents[2] / "shared" / "corpus"
    for folder in (*(f for root in roots for f in (root, root.parent)), shared):
        path = folder / "puntuar_informe.py"
        spec = importlib.util.spec_from_file_location("puntuar_informe", path)
        if path.exists() and spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return None


def assessed(corpus: Corpus, *, gold: bool) -> Assessment:
    """The corpus judged, with its gold links as decisions or with the tool's own links."""
    found = linked(corpus)
    confirmed = tuple(
        Decision("", Verdict.CONFIRM, code, file)
        for (file, code), level in sorted(corpus.links.items())
        if gold and level <= 4
    )
    return judge(
        Assessment(
            policy=corpus.policy, responsible="", period=corpus.period, rules=Rules(),
            activities=corpus.activities, files={f.id: f for f in corpus.files},
            facts=found.facts, proposed=() if gold else found.links, floor=found.floor,
            decisions=confirmed,
        )
    )  # fmt: skip


def audited(folder: Path, *, gold: bool) -> Assessment:
    """The corpus's report beside its plan and links, by the tool's own workflow."""
    corpus = load(folder)
    return with_report(assessed(corpus, gold=gold), report_of(folder), corpus.texts)


def as_scored(judged: Assessment) -> dict[str, Any]:
    """The parts of the audit's JSON that the scorer reads."""
    return {
        "afirmaciones": [_claim(c) for c in judged.claims],
        "cifras": [_figure(f) for f in judged.figures],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    kind = claim.kind.value if claim.kind else None
    return {"texto": claim.text, "actividad": claim.activity or None, "clase": kind}


def _figure(judged: JudgedFigure) -> dict[str, Any]:
    return {
        "texto": judged.figure.text, "que": judged.figure.subject.value,
        "afirmado": judged.figure.claimed, "calculado": judged.computed, "minimo": judged.low,
        "maximo": judged.high, "veredicto": judged.verdict.value,
    }  # fmt: skip


def measured(folder: Path, judge_by: ModuleType, *, gold: bool) -> Line:
    """The scorer's rates, and beside them what it does not count: nearest three, uncertain."""
    judged = audited(folder, gold=gold)
    score = judge_by.puntuar(str(folder), as_scored(judged))
    found, near = _nearest(folder, judged.claims, judge_by)
    rates = dict(score["tasa"])
    rates["actividad_hallada"] = score["actividad_bien"] / max(1, found)
    rates["cercanas"] = near / max(1, found)
    rates["de_mas"] = score["de_mas"]
    rates["inciertas"] = sum(c.kind is None for c in judged.claims)
    lost = _unseen(folder, judged.claims, judge_by)
    return Line(folder.name, rates, [*score["detalle"], *lost])


def _nearest(folder: Path, told: Sequence[Claim], judge_by: ModuleType) -> tuple[int, int]:
    """Planned gold claims found, and those with the right activity among the nearest three."""
    found = near = 0
    for row in gold_rows(folder):
        here = [c for c in told if judge_by.contiene(c.text, row["fragmento"])]
        if row["clase"] == "programada" and here:
            found += 1
            near += any(
                row["codigo"] in {c.activity, *(n.activity for n in c.nearby)} for c in here
            )
    return found, near


def _unseen(folder: Path, told: Sequence[Claim], judge_by: ModuleType) -> Iterator[str]:
    """What no fragment of the gold speaks of, and the unplanned claims that were missed."""
    rows = gold_rows(folder)
    for row in rows:
        here = [c for c in told if judge_by.contiene(c.text, row["fragmento"])]
        if row["clase"] == "no_programada" and not any(c.kind == "no_programada" for c in here):
            got = [c.activity or c.kind for c in here]
            yield f"no programada «{row['fragmento'][:70]}»; obtenido {got}"
    for claim in told:
        if not any(judge_by.contiene(claim.text, row["fragmento"]) for row in rows):
            yield f"de más ({claim.activity or claim.kind}): «{claim.text[:80]}»"


def _left_out(folder: Path, roots: Sequence[Path]) -> None:
    """Makes the reader forget this corpus, and those that are left out with it."""
    from evidencias.domain.claims import weights

    others = claims_without(group_of(folder.name, *roots), *roots)
    weights.fitted = lambda: others  # type: ignore[assignment] # the bench's own process only


def _cell(name: str, value: float) -> str:
    return f"{value:9.0f}" if name in _COUNTS else f"{100 * value:9.1f}"


def _table(title: str, lines: Sequence[Line], *, detail: bool) -> None:
    print(f"\n{title}\n{'':24}" + "".join(f"{head:>9}" for head, _ in HEADS))
    for line in lines:
        print(f"{line.name:24}" + "".join(_cell(key, line.rates[key]) for _, key in HEADS))
        for text in line.details if detail else ():
            print(f"    {text}")
    if lines:
        worst = {k: (max if k in {*_COUNTS, "dudosas"} else min)(line.rates[k] for line in lines)
                 for _, k in HEADS}  # fmt: skip
        print(f"{'lo peor':24}" + "".join(_cell(key, worst[key]) for _, key in HEADS))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Mide la auditoría contra oro_informe.csv.")
    parser.add_argument("roots", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--left-out", action="store_true", help="pesos que no vieron el corpus")
    parser.add_argument("--detail", action="store_true", help="cada error")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(argv)
    judge_by, folders = scorer(asked.roots), folders_with_reports(asked.roots)
    if judge_by is None or not folders:
        print("No hay corpus con oro_informe.csv o falta puntuar_informe.py; nada que medir.")
        return 0
    tables: dict[str, list[Line]] = {"Vínculos de oro, confirmados": [], "Vínculos propios": []}
    for folder in folders:
        if asked.left_out:
            _left_out(folder, asked.roots)
        for title, gold in zip(tables, (True, False), strict=True):
            tables[title].append(measured(folder, judge_by, gold=gold))
    if asked.json:
        shown = {t: {k.name: dict(k.rates) for k in lines} for t, lines in tables.items()}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
        return 0
    for title, lines in tables.items():
        _table(title, lines, detail=asked.detail)
    return 0


if __name__ == "__main__":
    sys.exit(main())
