"""`diagnosticar`: each thing a run needs, looked at alone, with its cause and its fix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from evidencias.config import Config, is_url
from evidencias.domain.diagnosis import Check, Looks, fine, skipped, tried, wrong
from evidencias.domain.plan import read_plan
from evidencias.domain.register import check_stamp, history_problems
from evidencias.domain.report import read_report
from evidencias.domain.report_checks import foreign_header
from evidencias.domain.spanish import day_words, number, plural
from evidencias.errors import InputError
from evidencias.ports import Progress, Workspace


def checks(config: Config, ws: Workspace, progress: Progress) -> Iterator[Check]:
    """What lives on this computer first, then what is at Google's with the way there."""
    looks = Looks(
        plan=lambda: _plan(config, ws),
        report=lambda: _report(config, ws),
        register=lambda: _register(config, ws),
    )
    yield from _local(config, ws, looks, progress)
    yield from ws.diagnose(looks, progress)


def _local(config: Config, ws: Workspace, looks: Looks, progress: Progress) -> Iterator[Check]:
    yield fine("Configuración", str(config.path))
    yield from _clock(ws.clock())
    yield from _at_home(config.plan.origen, "Plan", looks.plan)
    if config.informe is None:
        yield skipped("Informe", "la configuración no tiene [informe]")
    else:
        yield from _at_home(config.informe.origen, "Informe", looks.report)
    yield from _at_home(
        config.evidencias.carpeta[0], "Carpeta de evidencias", lambda: _folder(ws, progress)
    )
    yield from _at_home(config.registro.destino, "Registro", looks.register)


def _at_home(origin: str, name: str, look: Callable[[], str]) -> Iterator[Check]:
    if not is_url(origin):
        yield tried(name, look)


def _clock(now: datetime) -> Iterator[Check]:
    told = f"{day_words(now.date())}, {now:%H:%M} (hora de Colombia)"
    if now.year < 2024:
        error = InputError(
            f"El reloj del equipo dice {told}.", "Corrija la fecha y la hora del equipo."
        )
        yield wrong("Reloj del equipo", error)
    else:
        yield fine("Reloj del equipo", told)


def _plan(config: Config, ws: Workspace) -> str:
    plan = read_plan(ws.plan.read(), config.period, config.plan.hoja)
    reported = sum(1 for a in plan.activities if a.reported)
    told = (
        f"{plural(len(plan.activities), 'actividad', 'actividades')}, "
        f"{plural(reported, 'reportada', 'reportadas')}"
    )
    doubts = [p for p in plan.problems if p.message]
    first = f"; {doubts[0].where}: {doubts[0].message}" if doubts else ""
    return f"{told}{first}" + (f" (y {len(doubts) - 1} avisos más)" if len(doubts) > 1 else "")


def _report(config: Config, ws: Workspace) -> str:
    assert ws.report is not None
    report = read_report(ws.report.read())
    stranger = foreign_header(report.header, config.politica.nombre, config.period)
    if stranger:
        raise InputError(stranger, "Corrija [informe] origen.")
    return f"{plural(len(report.sections), 'sección', 'secciones')}"


def _folder(ws: Workspace, progress: Progress) -> str:
    listing = ws.files.scan(progress)
    if not listing.coverage.complete:
        routes = ", ".join(f"«{r}»" for r in listing.coverage.unread[:3])
        raise InputError(
            f"No se pudo leer {routes}.", "Revise los permisos de esas carpetas, o si hay conexión."
        )
    size = sum(f.size or 0 for f in listing.files) / 1e6
    return (
        f"{plural(len(listing.files), 'archivo', 'archivos')} ({number(size)} MB), "
        f"{plural(len(listing.set_aside), 'apartado', 'apartados')}"
    )


def _register(config: Config, ws: Workspace) -> str:
    contents = ws.register.read()
    if not contents.exists:
        return "todavía no existe; se creará al sincronizar"
    check_stamp(contents, config.politica.nombre, config.period)
    broken = history_problems(contents)
    if broken:
        raise InputError(f"{broken[0].where}: {broken[0].message}", broken[0].hint)
    decided = plural(len(contents.review), "fila", "filas")
    return f"{decided} en «Revisión»; el historial está como se escribió"
