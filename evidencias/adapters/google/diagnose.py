"""What `diagnosticar` asks of Google, one thing at a time, each with its cause and its fix."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from evidencias.adapters.google import sampling
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.clients import Google as Clients
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.endpoint import Endpoint, endpoint
from evidencias.adapters.google.failures import GoogleError, of_exception
from evidencias.adapters.google.messages import credentials_error, told
from evidencias.adapters.google.roots import Root, Roots, references
from evidencias.adapters.google.scan import Scan
from evidencias.adapters.google.sheets import fetched, spreadsheet_id, told_of_sheet
from evidencias.adapters.google.sifting import Sifter
from evidencias.adapters.google.tree import Tree
from evidencias.adapters.google.workspace import Google
from evidencias.config import Config, is_url
from evidencias.domain.diagnosis import Check, Outcome, fine, skipped, wrong
from evidencias.errors import AccessError, EvidenciasError, SourceError
from evidencias.ports import Progress

CLOCK, CREDENTIALS, TOKEN = "Hora del equipo", "Credenciales de Google", "Permiso de Google"
FOLDER, SPACE = "Carpeta de evidencias", "Unidad compartida"
PAGES, COMPLETE = "Tamaño de página", "Listado completo"
REGISTER, WRITE, PLAN, REPORT = "Registro: leer", "Registro: escribir", "Plan", "Informe"
_TOLERATED = 300.0  # seconds a token request may be off before Google refuses it
_ABOUT = "https://www.googleapis.com/drive/v3/about?fields=user"
_NO_ACCOUNT = "falta una cuenta que funcione"


def google_checks(config: Config, google: Google, progress: Progress) -> Iterator[Check]:
    """Every check of what the configuration has in Google, in the order in which they depend on
    one another; nothing when nothing is there."""
    origins = [*config.evidencias.carpeta, config.plan.origen, config.registro.destino]
    origins += [config.informe.origen] if config.informe else []
    if not any(is_url(origin) for origin in origins):
        return
    yield _tried(CLOCK, lambda: _clock(endpoint(config.endpoint)))
    opened = _tried(CREDENTIALS, lambda: f"se trabaja como {google.clients.who}")
    yield opened
    granted = _no_token() if opened.cause else _tried(TOKEN, lambda: _token(google.clients))
    yield granted
    if granted.outcome is not Outcome.FINE:
        yield from (skipped(name, _NO_ACCOUNT) for name in _wanted(config))
        return
    yield from _checks_with_account(config, google.clients, progress)


def _no_token() -> Check:
    return skipped(TOKEN, "faltan credenciales que se puedan leer")


def _wanted(config: Config) -> list[str]:
    found = [FOLDER, SPACE, PAGES, COMPLETE] if is_url(config.evidencias.carpeta[0]) else []
    found += [PLAN] if is_url(config.plan.origen) else []
    found += [REPORT] if config.informe and is_url(config.informe.origen) else []
    return found + ([REGISTER, WRITE] if is_url(config.registro.destino) else [])


def _checks_with_account(config: Config, clients: Clients, progress: Progress) -> Iterator[Check]:
    if is_url(config.evidencias.carpeta[0]):
        yield from _drive_checks(config, clients, progress)
    if is_url(config.plan.origen):
        plan = config.plan.origen
        yield _tried(PLAN, lambda: _sheet(clients, plan, "plan.origen", "la hoja del plan"))
    if config.informe and is_url(config.informe.origen):
        report = config.informe.origen
        yield _tried(REPORT, lambda: _report(clients, report))
    if is_url(config.registro.destino):
        yield from _register_checks(config.registro.destino, clients)


def _tried(name: str, look: Callable[[], str]) -> Check:
    """The check that a look gives: its text when it works, else the error's cause and fix."""
    try:
        return fine(name, look())
    except EvidenciasError as error:
        return wrong(name, error)


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


def _token(clients: Clients) -> str:
    """Asks for a token now, so that an expired consent is found before anything else."""
    from google.auth.transport.requests import Request

    if clients.account.credentials.valid:
        return "vigente"
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
    return "Google lo concedió"


# --- Drive -----------------------------------------------------------------------------------


def _drive_checks(config: Config, clients: Clients, progress: Progress) -> Iterator[Check]:
    api, cache = DriveApi(clients), DriveCache(None)
    try:
        try:
            found = Roots(api, cache, complete=True)
            roots = found.find(references(config.evidencias.carpeta))
            for error in found.failed.values():
                raise error
        except EvidenciasError as error:
            yield wrong(FOLDER, error)
            yield from (
                skipped(name, "no se pudo abrir la carpeta") for name in (SPACE, PAGES, COMPLETE)
            )
            return
        yield fine(FOLDER, ", ".join(f"«{r.item.name or r.item.id}»" for r in roots))
        yield from _space_checks(api, roots)
        yield _tried(COMPLETE, lambda: _completeness(config, api, progress))
    finally:
        cache.close()


def _space_checks(api: DriveApi, roots: list[Root]) -> Iterator[Check]:
    spaces = [root.item.space for root in roots if root.item.space]
    if not spaces:
        yield skipped(SPACE, "la carpeta está en «Mi unidad» de una persona")
    else:
        yield _asked(
            api, SPACE, lambda: f"su registro de cambios se lee ({_log_ends(api, spaces)})"
        )
    yield _asked(api, PAGES, lambda: _page_size(api, roots[0]))


def _asked(api: DriveApi, name: str, look: Callable[[], str]) -> Check:
    try:
        return fine(name, look())
    except GoogleError as error:
        return wrong(name, told(error.failure, "la carpeta de evidencias", api.google.who))


def _log_ends(api: DriveApi, spaces: list[str]) -> str:
    return ", ".join(api.start_token(space) for space in dict.fromkeys(spaces))


def _page_size(api: DriveApi, root: Root) -> str:
    """How many items Google serves at once with our own fields."""
    space = root.item.space
    query = "trashed=false" if space else f"'{root.item.id}' in parents and trashed=false"
    page = api.page(query, space, "", (root.item.id,))
    if not page.following:
        return f"todo cupo en una página ({len(page.items)})"
    return f"Google sirve {len(page.items)} de 1.000 pedidos"


def _completeness(config: Config, api: DriveApi, progress: Progress) -> str:
    """Reads everything apart from what is kept, and looks into some folders one by one."""
    cache = DriveCache(None)
    try:
        scan = Scan(api, cache, True, progress)
        listing = scan.run(references(config.evidencias.carpeta), Sifter())
        if not listing.coverage.complete:
            raise AccessError(
                f"No se pudo listar: {', '.join(listing.coverage.unread[:5])}.",
                f"Comparta esas carpetas con {api.google.who} como Lector.",
            )
        looked = sum(
            _compared(api, space, now.items, scan.anchors) for space, now in scan.now.items()
        )
    except GoogleError as error:
        raise told(error.failure, "la carpeta de evidencias", api.google.who) from error
    finally:
        cache.close()
    return f"{len(listing.files)} archivos; {looked} carpetas miradas una por una coinciden"


def _compared(
    api: DriveApi, space: str, items: Mapping[str, Item], anchors: Mapping[str, str]
) -> int:
    above = {item.parent for item in items.values()}
    own = [f for f in Tree(items, anchors).folders() if f in items or f in above]
    chosen = sampling.choose(own, items, {}, sampling.THOROUGH)
    if chosen and sampling.look(api, space, chosen, items):
        raise SourceError(
            "El listado de Google y lo que hay en las carpetas no coinciden.",
            "Puede que alguien esté moviendo archivos ahora. Ejecute «evidencias sincronizar "
            "--completo»; si se repite, avise.",
        )
    return len(chosen)


# --- Sheets and documents --------------------------------------------------------------------


def _sheet(clients: Clients, origin: str, key: str, thing: str) -> str:
    book = spreadsheet_id(origin, key)
    try:
        answer = fetched(clients, book, "properties(title),sheets(properties(title))")
    except GoogleError as error:
        raise told_of_sheet(error.failure, thing, clients.who) from error
    tabs = len(answer.get("sheets", ()))
    return f"«{answer['properties']['title']}», {tabs} {'pestaña' if tabs == 1 else 'pestañas'}"


def _report(clients: Clients, origin: str) -> str:
    from evidencias.adapters.google.doc_report import DriveReport

    return f"{len(DriveReport(clients, origin).read())} párrafos"


def _register_checks(origin: str, clients: Clients) -> Iterator[Check]:
    read = _tried(
        REGISTER, lambda: _sheet(clients, origin, "registro.destino", "la hoja del registro")
    )
    yield read
    yield (
        skipped(WRITE, "no se pudo leer")
        if read.cause
        else _tried(WRITE, lambda: _writable(origin, clients))
    )


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
