"""Google as one workspace uses it: one account, opened when first needed, closed at the end."""
# ruff: noqa: D102 - the members of the Protocols below are named and documented by evidencias.toml

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

from evidencias.adapters.google.auth import Needs, account
from evidencias.adapters.google.clients import Google as Clients
from evidencias.adapters.google.doc_report import DriveReport
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.endpoint import endpoint
from evidencias.adapters.google.retry import Patience
from evidencias.adapters.google.sheet_table import SheetTable
from evidencias.adapters.google.sheets import SheetRegister

log = logging.getLogger("evidencias.google")
CACHE_FILE = "drive.sqlite"


class _GooglePart(Protocol):
    @property
    def credenciales(self) -> str | None: ...


class _Evidence(Protocol):
    @property
    def carpeta(self) -> Sequence[str]: ...
    @property
    def ignorar(self) -> Sequence[str]: ...
    @property
    def leer_contenido(self) -> bool: ...


class _Origin(Protocol):
    @property
    def origen(self) -> str: ...


class _Destination(Protocol):
    @property
    def destino(self) -> str: ...


class Settings(Protocol):
    """What this room needs of the configuration, under the names of evidencias.toml."""

    @property
    def google(self) -> _GooglePart: ...
    @property
    def evidencias(self) -> _Evidence: ...
    @property
    def plan(self) -> _Origin: ...
    @property
    def informe(self) -> _Origin | None: ...
    @property
    def registro(self) -> _Destination: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def folder(self) -> Path: ...


class Google:
    """Makes the adapters of one configuration; `keep` is the workspace's private folder."""

    def __init__(self, settings: Settings, keep: Path, patience: Patience | None = None) -> None:
        self.settings, self.keep, self.patience = settings, keep, patience

    @cached_property
    def clients(self) -> Clients:
        """The account's clients. Raises AccessError or ConfigError before any call is made."""
        where = endpoint(self.settings.endpoint)
        named = self.settings.google.credenciales
        path = self.settings.folder / Path(named).expanduser() if named else None
        found = account(path, self.needs(), where, self.keep)
        if found.warning:
            log.info(found.warning)
        return Clients(found, where, self.patience)

    def needs(self) -> Needs:
        """The least that this workspace asks for."""
        settings = self.settings
        report = settings.informe.origen if settings.informe else ""
        listing = any(_is_url(origin) for origin in settings.evidencias.carpeta)
        content = settings.evidencias.leer_contenido and listing
        return Needs(
            listing=listing,
            content=content or _is_url(report),
            write_sheets=_is_url(settings.registro.destino),
            read_sheets=_is_url(settings.plan.origen),
        )

    def folder(
        self, origins: Sequence[str], *, complete: bool = False, simulate: bool = False
    ) -> DriveFolder:
        """The evidence in Drive."""
        return DriveFolder(
            self.clients,
            origins,
            self.keep / CACHE_FILE,
            ignore=self.settings.evidencias.ignorar,
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


def _is_url(origin: str) -> bool:
    return origin.strip().lower().startswith(("http://", "https://"))
