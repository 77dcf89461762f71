"""A synchronisation told in a few lines: what was read, what stands, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import ActivityState
from evidencias.domain.spanish import STATE_NAMES, listed, plural

SHOWN = 5


def sync_lines(
    row: Mapping[str, Any], a: Assessment, *, simulated: bool, written: bool
) -> Iterator[str]:
    """The lines of `sincronizar` on a terminal, from its JSON row and the assessment."""
    files, links, states = row["archivos"], row["vinculos"], row["actividades"]
    reported = sum(states.values())
    yield (
        f"{plural(files['vistos'], 'archivo', 'archivos')} en la carpeta "
        f"({files['nuevos']} nuevos, {files['cambiados']} cambiados, "
        f"{files['retirados']} retirados; {files['apartados']} apartados)."
    )
    yield (
        f"Vínculos: {links['automatico']} automáticos, {links['confirmado']} confirmados, "
        f"{links['sugerido']} sugeridos."
    )
    told = [
        plural(states[s.value], STATE_NAMES[s], _many(STATE_NAMES[s]))
        for s in ActivityState
        if states[s.value]
    ]
    yield f"{plural(reported, 'actividad reportada', 'actividades reportadas')}: {listed(told)}."
    yield from _decisions(row, a)
    yield from _problems(a)
    if simulated:
        yield "Simulación: no se escribió nada."
    elif not written:
        yield "El registro ya estaba al día; no se escribió nada."


def _many(name: str) -> str:
    plurals = {
        "soportada": "soportadas",
        "parcial": "parciales",
        "no verificable": "no verificables",
    }
    return plurals.get(name, name)


def _decisions(row: Mapping[str, Any], a: Assessment) -> Iterator[str]:
    decisions = row["decisiones"]
    if decisions["aplicadas"]:
        yield f"{plural(decisions['aplicadas'], 'decisión aplicada', 'decisiones aplicadas')}."
    for problem in a.decision_problems:
        yield f"{problem.where}: {problem.message} {problem.hint}".rstrip()


def _problems(a: Assessment) -> Iterator[str]:
    for problem in a.problems[:SHOWN]:
        yield f"{problem.where}: {problem.message} {problem.hint}".rstrip()
    if len(a.problems) > SHOWN:
        yield f"… y {len(a.problems) - SHOWN} avisos más del plan."
