"""A synchronisation told in a few lines: what was read, what stands, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evidencias.domain.assessment import Assessment
from evidencias.domain.model import ActivityState, Problem
from evidencias.domain.spanish import STATE_NAMES, listed, plural

SHOWN = 5


def sync_lines(
    row: Mapping[str, Any],
    a: Assessment,
    *,
    simulated: bool,
    written: bool,
    everything: bool = False,
) -> Iterator[str]:
    """The lines of `sincronizar` on a terminal, from its JSON row and the assessment."""
    files, links, states = row["archivos"], row["vinculos"], row["actividades"]
    reported = sum(states.values())
    yield (
        f"{plural(files['vistos'], 'archivo', 'archivos')} en la carpeta "
        f"({plural(files['nuevos'], 'nuevo', 'nuevos')}, "
        f"{plural(files['cambiados'], 'cambiado', 'cambiados')}, "
        f"{plural(files['retirados'], 'retirado', 'retirados')}; "
        f"{plural(files['apartados'], 'apartado', 'apartados')})."
    )
    yield (
        f"Vínculos: {plural(links['automatico'], 'automático', 'automáticos')}, "
        f"{plural(links['confirmado'], 'confirmado', 'confirmados')}, "
        f"{plural(links['sugerido'], 'sugerido', 'sugeridos')}."
    )
    told = [
        plural(states[s.value], STATE_NAMES[s], _many(STATE_NAMES[s]))
        for s in ActivityState
        if states[s.value]
    ]
    yield f"{plural(reported, 'actividad reportada', 'actividades reportadas')}: {listed(told)}."
    yield from _online_only(a)
    yield from _decisions(row, a)
    yield from _problems(a, None if everything else SHOWN)
    if everything:
        yield from (f"Apartado: {x.path} ({x.reason})." for x in a.set_aside)
        yield from (
            f"Sin todo su texto: {f.path} ({f.unread})." for f in a.files.values() if f.unread
        )
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
        yield _told(problem)


def _told(problem: Problem) -> str:
    where = problem.where[:1].upper() + problem.where[1:]
    return f"{where}: {problem.message} {problem.hint}".rstrip()


def _online_only(a: Assessment) -> Iterator[str]:
    count = sum(1 for f in a.files.values() if f.online_only)
    if count:
        told = plural(count, "archivo está", "archivos están")
        yield f"{told} solo en línea: no se descargó y no se leyó su texto."


def _problems(a: Assessment, limit: int | None) -> Iterator[str]:
    for problem in a.problems[:limit]:
        yield _told(problem)
    left = len(a.problems) - (limit or len(a.problems))
    if left > 0:
        yield f"… y {plural(left, 'aviso', 'avisos')} más; con -v se ven todos."


def missing_line(a: Assessment) -> str:
    """How many reported activities lack evidence, in which states, and the heaviest of them."""
    reported = {x.code: x for x in a.activities if x.reported}
    short = [
        s for s in a.standings if s.activity in reported and s.state is not ActivityState.SUPPORTED
    ]
    if not short:
        count = plural(len(reported), "actividad", "actividades")
        return f"Todo lo reportado ({count}) tiene evidencia suficiente."
    count = plural(len(reported), "actividad reportada", "actividades reportadas")
    states = Counter(s.state for s in short)
    told = [
        plural(n, STATE_NAMES[s], _many(STATE_NAMES[s])) for s in ActivityState if (n := states[s])
    ]
    heavy = sorted(short, key=lambda s: -(reported[s.activity].weight or 0))[:3]
    weights = {reported[s.activity].weight or 0 for s in short}
    weighed = len(short) > len(heavy) and len(weights) > 1  # equal weights choose nobody
    names = ", ".join(s.activity for s in heavy)
    more = f" Las tres de mayor peso: {names}." if weighed else ""
    verb = "no tiene" if len(short) == 1 else "no tienen"
    return f"{len(short)} de {count} {verb} evidencia suficiente: {listed(told)}.{more}"
