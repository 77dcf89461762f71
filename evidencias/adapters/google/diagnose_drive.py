"""What `diagnosticar` asks of Drive: the folder, its log, the pages Google serves, completeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evidencias.adapters.google import sampling
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.clients import Google as Clients
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.messages import told
from evidencias.adapters.google.roots import Root, Roots, references
from evidencias.adapters.google.scan import Scan
from evidencias.adapters.google.sifting import Sifter
from evidencias.adapters.google.tree import Tree
from evidencias.config import Config
from evidencias.domain.diagnosis import Check, fine, skipped, tried, wrong
from evidencias.errors import AccessError, EvidenciasError, SourceError
from evidencias.ports import Progress

FOLDER, SPACE = "Carpeta de evidencias", "Unidad compartida"
PAGES, COMPLETE = "Tamaño de página", "Listado completo"


def drive_checks(config: Config, clients: Clients, progress: Progress) -> Iterator[Check]:
    """The checks of the evidence folder, in the order in which they depend on one another."""
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
        yield tried(COMPLETE, lambda: _completeness(config, api, progress))
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
