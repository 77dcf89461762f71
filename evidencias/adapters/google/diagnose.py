"""What `diagnosticar` asks of Google, one thing at a time, each with its cause and its fix."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from evidencias.adapters.google.auth import Needs
from evidencias.adapters.google.clients import Google as Clients
from evidencias.adapters.google.diagnose_drive import (
    COMPLETE,
    FOLDER,
    PAGES,
    SPACE,
    drive_checks,
)
from evidencias.adapters.google.endpoint import Endpoint, endpoint
from evidencias.adapters.google.failures import GoogleError, of_exception
from evidencias.adapters.google.messages import credentials_error, told
from evidencias.adapters.google.sheets import spreadsheet_id, told_of_sheet
from evidencias.adapters.google.workspace import Google, needs
from evidencias.config import Config, is_url
from evidencias.domain.diagnosis import Check, Looks, Outcome, skipped, tried
from evidencias.errors import AccessError, SourceError
from evidencias.ports import Progress

CLOCK, CREDENTIALS, TOKEN = "Hora del equipo", "Credenciales de Google", "Permiso de Google"
REGISTER, WRITE, PLAN, REPORT = "Registro: leer", "Registro: escribir", "Plan", "Informe"
QUOTA = "Cuota de Google"
_TOLERATED = 300.0  # seconds a token request may be off before Google refuses it
_ABOUT = "https://www.googleapis.com/drive/v3/about?fields=user"
_NO_ACCOUNT = "falta una cuenta que funcione"


def google_checks(
    config: Config, google: Google, looks: Looks, progress: Progress
) -> Iterator[Check]:
    """Every check of what the configuration has in Google, in the order in which they depend on
    one another; nothing when nothing is there."""
    origins = [*config.evidencias.carpeta, config.plan.origen, config.registro.destino]
    origins += [config.informe.origen] if config.informe else []
    if not any(is_url(origin) for origin in origins):
        return
    yield tried(CLOCK, lambda: _clock(endpoint(config.endpoint)))
    opened = tried(CREDENTIALS, lambda: f"cuenta: {google.clients.who}")
    yield opened
    granted = (
        _no_token() if opened.cause else tried(TOKEN, lambda: _token(google.clients, needs(config)))
    )
    yield granted
    if granted.outcome is not Outcome.FINE:
        yield from (skipped(name, _NO_ACCOUNT) for name in _wanted(config))
        return
    yield from _checks_with_account(config, google.clients, looks, progress)
    yield tried(QUOTA, lambda: _quota(google.clients))


def _no_token() -> Check:
    return skipped(TOKEN, "faltan credenciales que se puedan leer")


def _wanted(config: Config) -> list[str]:
    found = [FOLDER, SPACE, PAGES, COMPLETE] if is_url(config.evidencias.carpeta[0]) else []
    found += [PLAN] if is_url(config.plan.origen) else []
    found += [REPORT] if config.informe and is_url(config.informe.origen) else []
    found += [REGISTER, WRITE] if is_url(config.registro.destino) else []
    return [*found, QUOTA]


def _checks_with_account(
    config: Config, clients: Clients, looks: Looks, progress: Progress
) -> Iterator[Check]:
    if is_url(config.evidencias.carpeta[0]):
        yield from drive_checks(config, clients, progress)
    if is_url(config.plan.origen):
        yield tried(PLAN, looks.plan)
    if config.informe and is_url(config.informe.origen):
        yield tried(REPORT, looks.report)
    if is_url(config.registro.destino):
        read = tried(REGISTER, looks.register)
        yield read
        yield (
            skipped(WRITE, "no se pudo leer")
            if read.cause
            else tried(WRITE, lambda: _writable(config.registro.destino, clients))
        )


# --- the machine and the account -----------------------------------------------------------


def _clock(where: Endpoint) -> str:
    """The difference with Google's own clock, which every answer carries, signed or not."""
    import httplib2

    http = httplib2.Http(timeout=20)
    try:
        answer, _ = http.request(where.move(_ABOUT))
        off = (parsedate_to_datetime(answer["date"]) - datetime.now(UTC)).total_seconds()
    except (OSError, httplib2.HttpLib2Error, KeyError, ValueError) as error:
        raise SourceError(
            "No hay comunicación con Google desde este equipo.",
            "Revise la conexión a internet o el proxy de la oficina y ejecute de nuevo.",
        ) from error
    finally:
        http.close()
    if abs(off) > _TOLERATED:
        raise AccessError(
            f"La hora de este equipo difiere {round(abs(off) / 60)} minutos de la de Google.",
            "Póngala en automático (Configuración, Hora e idioma) y ejecute de nuevo.",
        )
    return f"difiere {round(abs(off))} s de la de Google"


def _token(clients: Clients, wanted: Needs) -> str:
    """Asks for a token now, so that an expired or narrow consent is found before all else."""
    _refresh(clients)
    granted = getattr(clients.account.credentials.inner, "granted_scopes", None)
    lacking = set(wanted.scopes) - set(granted or wanted.scopes)
    if lacking:
        names = ", ".join(sorted(scope.rpartition("/")[2] for scope in lacking))
        raise AccessError(
            f"El permiso dado a {clients.who} no incluye: {names}.",
            "Borre .evidencias/google-token.json y vuelva a dar el permiso con «evidencias "
            "diagnosticar», marcando todas las casillas.",
        )
    return ", ".join(scope.rpartition("/")[2] for scope in wanted.scopes)


def _refresh(clients: Clients) -> None:
    from google.auth.transport.requests import Request

    if clients.account.credentials.valid:
        return
    request = Request()
    try:
        clients.account.credentials.refresh(request)
    except Exception as error:
        failure = of_exception(error)
        if failure is None:
            raise
        if failure.passing:
            raise told(failure, "el permiso", clients.who) from error
        raise credentials_error(failure, clients.who) from error
    finally:
        request.session.close()


def _quota(clients: Clients) -> str:
    """Whether Google asked to wait during these few calls: then others use the same quota."""
    waits, calls = clients.waits, sum(clients.calls.values())
    if waits:
        raise SourceError(
            f"Google pidió esperar {waits} veces en {calls} llamadas.",
            "Otro programa usa la misma cuota: ejecute a otra hora, o use un proyecto de Google "
            "Cloud solo para esto.",
        )
    return f"Google no pidió esperar en {calls} llamadas"


def _writable(origin: str, clients: Clients) -> str:
    """A write that changes nothing: replaces a text that cannot be there."""
    text = f"evidencias-{uuid.uuid4()}"
    request = {"findReplace": {"find": text, "replacement": text, "allSheets": True}}
    book = spreadsheet_id(origin, "registro.destino")
    try:
        clients.sheets.batch_update(book, {"requests": [request]})
    except GoogleError as error:
        raise told_of_sheet(error.failure, "la hoja del registro", clients.who) from error
    return "la cuenta puede editarla"
