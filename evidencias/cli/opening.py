"""How a command gets at its data: synchronise under the lock, or read the last state offline."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta

from evidencias.cli.common import INCOMPLETE, OK, Session, say
from evidencias.config import Config
from evidencias.domain.assessment import Assessment
from evidencias.domain.model import Coverage
from evidencias.domain.period import BOGOTA
from evidencias.domain.snapshot import Snapshot
from evidencias.domain.spanish import day_words, listed, plural, quoted
from evidencias.errors import InputError

STALE = timedelta(days=3)


def synchronised(
    session: Session,
    config: Config,
    *,
    simulate: bool = False,
    complete: bool = False,
    force: bool = False,
) -> Snapshot:
    """Runs one synchronisation under the workspace's lock."""
    from evidencias import wiring, workflows

    ws = wiring.workspace(config, complete=complete, simulate=simulate)
    with closing(ws), ws.lock(), session.progress() as progress:
        wishes = workflows.Wishes(simulate=simulate, force=force)
        return workflows.synchronise(config, ws, ws.clock(), wishes, progress)


def last_state(session: Session, config: Config, *, fresh: bool) -> Snapshot:
    """The last synchronised state (after synchronising, when `fresh`); says of when it is."""
    if fresh:
        return synchronised(session, config)
    from evidencias import snapshots, wiring

    snapshot = snapshots.load(wiring.index(config))
    if snapshot is None:
        raise InputError(
            "Todavía no hay datos: esta carpeta de trabajo no se ha sincronizado.",
            "Ejecute «evidencias sincronizar».",
        )
    _refuse_another(config, snapshot.assessment)
    _tell_age(session, snapshot.summary.started)
    return snapshot


def _refuse_another(config: Config, kept: Assessment) -> None:
    """Refuses to answer for the configured policy or period with what was kept of another."""
    if (kept.policy, kept.period) == (config.politica.nombre, config.period):
        return
    raise InputError(
        f"Los datos guardados son de «{kept.policy}», {kept.period.label}, con corte "
        f"{day_words(kept.period.cutoff)}; la configuración ya dice otra cosa.",
        "Ejecute «evidencias sincronizar».",
    )


def _tell_age(session: Session, when: datetime) -> None:
    local = when.astimezone(BOGOTA)
    session.tell(f"Datos de la sincronización del {day_words(local.date())}, {local:%H:%M}.")
    if datetime.now(BOGOTA) - local > STALE:
        days = (datetime.now(BOGOTA) - local).days
        session.tell(f"Tienen {plural(days, 'día', 'días')}; ejecute «evidencias sincronizar».")


def when(moment: datetime) -> str:
    """ "20 de noviembre de 2026, 09:46", in Colombian time."""
    local = moment.astimezone(BOGOTA)
    return f"{day_words(local.date())}, {local:%H:%M}"


def belonging(config: Config, judged: Assessment) -> str:
    """Which manifest a state belongs to, in a sentence; "" while there is none."""
    from evidencias.manifests import frozen

    held = frozen(config, judged)
    if held is None:
        return ""
    sealed = f"{quoted(held.name)}, congelado el {when(datetime.fromisoformat(held.moment))}"
    if held.current:
        return f"Corresponde al manifiesto {sealed} (SHA-256 {held.seal})."
    return f"El manifiesto {sealed}, no corresponde: lo juzgado cambió después, o es otro informe."


def coverage_code(snapshot: Snapshot) -> int:
    """0, or 5 after saying which folders could not be read."""
    return tell_unread(snapshot.assessment.coverage)


def tell_unread(coverage: Coverage) -> int:
    """0, or 5 after saying which folders this reading left out."""
    if coverage.complete:
        return OK
    routes = listed([quoted(r) for r in coverage.unread[:5]])
    more = len(coverage.unread) - 5
    say(
        f"Lectura incompleta: no se pudo leer {routes}{f' y {more} más' if more > 0 else ''}. "
        "Lo que no está soportado queda «no verificable».",
        err=True,
    )
    return INCOMPLETE
