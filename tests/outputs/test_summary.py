"""A synchronisation told in a few lines of good Spanish."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from evidencias.domain.judgement import judge
from evidencias.domain.model import Problem
from evidencias.domain.snapshot import SyncSummary
from evidencias.outputs.rows import sync_row
from evidencias.outputs.summary import missing_line, sync_lines
from tests.domain.judging import activity, facts_of, file, link

NOW = datetime(2021, 12, 1, 12, tzinfo=UTC)


def lines(written: bool = True, everything: bool = False, **changes: Any) -> list[str]:
    counts = {k: changes.pop(k) for k in ("seen", "new", "changed", "gone") if k in changes}
    a = judge(facts_of(activity(), files=(file(),), links=(link(),), **changes))
    row = sync_row(a, SyncSummary("r", NOW, NOW, **counts))
    return list(sync_lines(row, a, simulated=False, written=written, everything=everything))


def test_one_is_not_several() -> None:
    assert lines(seen=1, new=1) == [
        "1 archivo en la carpeta (1 nuevo, 0 cambiados, 0 retirados; 0 apartados).",
        "Vínculos: 1 automático, 0 confirmados, 0 sugeridos.",
        "1 actividad reportada: 1 soportada.",
    ]
    assert "(0 nuevos, 1 cambiado, 2 retirados; 0 apartados)" in lines(seen=3, changed=1, gone=2)[0]


def test_a_problem_begins_as_a_sentence_and_only_the_first_are_told() -> None:
    problems = tuple(Problem(f"fila {n}", "Falla.", "Corrija.") for n in range(1, 8))
    assert lines(problems=problems)[3:] == [
        *(f"Fila {n}: Falla. Corrija." for n in range(1, 6)),
        "… y 2 avisos más; con -v se ven todos.",
    ]
    assert lines(problems=problems, everything=True)[-1] == "Fila 7: Falla. Corrija."


def test_nothing_written_is_said() -> None:
    assert lines(written=False)[-1] == "El registro ya estaba al día; no se escribió nada."


def missing(*weights: float | None, **files: Any) -> str:
    plan = [activity(f"A{n}", weight=w) for n, w in enumerate(weights, 1)]
    return missing_line(judge(facts_of(*plan, activity("B1", reported=False), **files)))


def test_how_many_lack_evidence_and_which_weigh_most() -> None:
    alone = {"files": (file(),), "links": (link(),)}
    assert missing(None, **alone) == ("Todo lo reportado (1 actividad) tiene evidencia suficiente.")
    assert missing(None, None, **alone) == (
        "1 de 2 actividades reportadas no tiene evidencia suficiente: 1 sin evidencia."
    )
    assert missing(9, 1, 2, None, 3, **alone) == (
        "4 de 5 actividades reportadas no tienen evidencia suficiente: 4 sin evidencia. "
        "Las tres de mayor peso: A5, A3, A2."
    )
    assert "peso" not in missing(1, 1, 1, 1, 1, **alone)
