"""A small register as a run would write it, and what a person then sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from evidencias.domain.register import Cell, RegisterChanges, RegisterContents, Tab
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
    STILL_OPEN,
    SUMMARY,
    SUMMARY_COUNTS,
    TRAFFIC_LIGHT,
)
from evidencias.domain.register.stamp import title
from tests.google.person import Person
from tests.google.server import Standin

POLICY, SEMESTER = "Generación de Ingresos", "2021-2"
HOSTILE = ["=1+1", '=IMPORTXML("http://x";"//a")', "+57 300", "1.10", "007", "1e5", "12,5", "'x"]


def sheet_url(book: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{book}/edit?gid=0#gid=0"


def changes(
    number: int, known: Iterable[str] = (), runs: int | None = None, semester: str = SEMESTER
) -> RegisterChanges:
    """What run `number` wants: `number` + 2 links, and their proposals but those `known`."""
    seen = set(known)
    ids = [f"V-{'ABCDEFGHIJ'[:9]}{n}" for n in range(number + 2)]
    return RegisterChanges(
        policy=POLICY,
        semester=semester,
        tabs=tabs(number, ids),
        review=tuple(_proposal(i, n) for n, i in enumerate(ids) if i not in seen),
        history=tuple(_event(i, n) for n, i in enumerate(ids) if i not in seen),
        log=(_log(number if runs is None else runs + 1),),
    )


def log_of(contents: RegisterContents) -> int:
    return len(contents.log)


def tabs(number: int, ids: list[str]) -> tuple[Tab, ...]:
    evidence = tuple(_link(i, n) for n, i in enumerate(ids))
    return (
        Tab(
            SUMMARY,
            ("Grupo", "Nombre", *SUMMARY_COUNTS, "Cumplimiento", TRAFFIC_LIGHT, STILL_OPEN),
            tuple(_summary(number, ids)),
            HIDDEN[SUMMARY],
            (title(POLICY, SEMESTER), "Decida en «Revisión»."),
        ),
        Tab(ACTIVITIES, ACTIVITIES_HEADER, tuple(_activity(n) for n in range(3))),
        Tab(EVIDENCE, EVIDENCE_HEADER, evidence, HIDDEN[EVIDENCE]),
        Tab(MISSING, MISSING_HEADER, tuple(_missing(n) for n in range(5 - min(number, 4)))),
        Tab(ORPHANS, ORPHANS_HEADER, ()),
    )


def _summary(number: int, ids: list[str]) -> Iterable[tuple[Cell, ...]]:
    counts = [Cell(number + n) for n in range(len(SUMMARY_COUNTS))]
    rest = (*counts, Cell(0.425, style="percent"), Cell("Medio"))
    groups = [("Total", "Todo el plan"), *(("Eje", f"Eje {n}") for n in range(number + 1))]
    groups.append(("Dependencia", "Salud"))
    for n, (group, name) in enumerate(groups):
        yield (Cell(group), Cell(name), *rest, Cell(ids[n] if n < len(ids) else None))


def _activity(n: int) -> tuple[Cell, ...]:
    texts = [Cell(HOSTILE[n]), *(Cell(f"x{c}") for c in range(11))]
    return (*texts, Cell("ver", link=f"#Evidencias!{n + 1}"))


def _link(link_id: str, n: int) -> tuple[Cell, ...]:
    return (
        Cell(link_id),
        Cell("1.10"),
        Cell(HOSTILE[n % len(HOSTILE)]),
        Cell(f"acta {n}.pdf", link=f"https://drive.google.com/file/d/1x{n}/view"),
        Cell("carpeta/ñ 😀"),
        Cell("acta"),
        Cell(date(2021, 9, n % 28 + 1)),
        Cell("Automático"),
        Cell(0.93, style="score"),
        Cell("el código está en la carpeta\x07"),
        Cell("0123456789abcdef"),
    )


def _missing(n: int) -> tuple[Cell, ...]:
    return tuple(Cell(f"m{n}{c}") for c in range(len(MISSING_HEADER)))


def _proposal(link_id: str, n: int) -> tuple[Cell, ...]:
    return (
        Cell(link_id),
        Cell("Vínculo"),
        Cell("1.10"),
        Cell("Taller"),
        Cell(HOSTILE[n % len(HOSTILE)]),
        Cell(f"https://drive.google.com/file/d/1x{n}/view", link="https://drive.google.com/x"),
        Cell("podría ser"),
        Cell(0.5, style="score"),
        Cell(date(2022, 1, 21)),
        Cell(),
        Cell(),
        Cell(),
        Cell(f"md5-{n}"),
    )


def _event(link_id: str, n: int) -> tuple[Cell, ...]:
    moment = Cell(datetime(2022, 1, 21, 3, 0, n % 60))
    texts = (Cell("herramienta"), Cell(link_id), Cell(""), Cell("propuesto"), Cell("vínculo"))
    return (moment, *texts, Cell(f"cadena-{link_id}"))


def _log(number: int) -> tuple[Cell, ...]:
    moment = Cell(datetime(2022, 1, 21, 3, number % 60))
    return (Cell(f"corrida-{number}"), moment, *(Cell(number) for _ in range(7)))


def snapshot(standin: Standin, book: str) -> dict[str, list[list[str]]]:
    """Every tab as a person reads it."""
    person = Person(standin.core)
    with standin.lock:
        return {name: person.values(book, name) for name in person.tabs(book)}
