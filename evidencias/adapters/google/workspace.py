"""Google as one workspace uses it: one account, opened when first needed, closed at the end."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from evidencias.adapters.google.auth import Account, Needs, account
from evidencias.adapters.google.clients import Google as Clients
from evidencias.adapters.google.doc_report import DriveReport
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.endpoint import Endpoint, endpoint
from evidencias.adapters.google.retry import Patience
from evidencias.adapters.google.sheet_table import SheetTable
from evidencias.adapters.google.sheets import SheetRegister
from evidencias.config import Config, is_url

log = logging.getLogger("evidencias.google")
CACHE_FILE = "drive.sqlite"


def needs(config: Config) -> Needs:
    """The least that a workspace asks of Google."""
    listing = any(is_url(origin) for origin in config.evidencias.carpeta)
    report = config.informe is not None and is_url(config.informe.origen)
    return Needs(
        listing=listing,
        content=report or (listing and config.evidencias.leer_contenido),
        write_sheets=is_url(config.registro.destino),
        read_sheets=is_url(config.plan.origen),
    )


class Google:
    """Makes the adapters of one configuration; `keep` is the workspace's private folder."""

    def __init__(self, config: Config, keep: Path, patience: Patience | None = None) -> None:
        self.config, self.keep, self.patience = config, keep, patience

    @cached_property
    def clients(self) -> Clients:
        """The account's clients; credentials are read when first used. Raises ConfigError."""
        where = endpoint(self.config.endpoint)
        return Clients(lambda: self._account(where), where, self.patience)

    def _account(self, where: Endpoint) -> Account:
        named = self.config.google.credenciales
        path = self.config.folder / Path(named).expanduser() if named else None
        found = account(path, needs(self.config), where, self.keep)
        if found.warning:
            log.info(found.warning)
        return found

    def folder(
        self, origins: Sequence[str], *, complete: bool = False, simulate: bool = False
    ) -> DriveFolder:
        """The evidence in Drive."""
        return DriveFolder(
            self.clients,
            origins,
            self.keep / CACHE_FILE,
            ignore=self.config.evidencias.ignorar,
            complete=complete,
            simulate=simulate,
        )

    def table(self, origin: str) -> SheetTable:
        """A plan in a Google Sheet."""
        return SheetTable(self.clients, origin)

    def report(self, origin: str) -> DriveReport:
        """A report in Drive."""
        return DriveReport(self.clients, origin)

    def register(self, origin: str) -> SheetRegister:
        """The register in a Google Sheet."""
        return SheetRegister(self.clients, origin)

    def calls(self) -> Mapping[str, int]:
        """Calls made so far to each service."""
        made = "clients" in self.__dict__
        return self.clients.calls if made else {"drive": 0, "sheets": 0}

    def close(self) -> None:
        """Ends connections and threads; harmless when nothing was opened."""
        if "clients" in self.__dict__:
            self.clients.close()
