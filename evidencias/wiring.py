"""The only module that knows which adapter stands behind each port."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evidencias.adapters.index import SqliteIndex
from evidencias.config import Config, is_url
from evidencias.domain.diagnosis import Check, Looks
from evidencias.domain.model import EvidenceFile
from evidencias.domain.period import BOGOTA
from evidencias.domain.register import Folders
from evidencias.errors import AccessError, ConfigError
from evidencias.ports import FileSource, Progress, Register, ReportSource, TableSource, Workspace

if TYPE_CHECKING:
    from evidencias.adapters.google.drive import DriveFolder
    from evidencias.adapters.google.workspace import Google
    from evidencias.domain.model import Block

STATE_FOLDER = ".evidencias"


def workspace(config: Config, *, complete: bool = False, simulate: bool = False) -> Workspace:
    """The adapters that the configuration asks for; nothing is read or connected yet.

    `complete` reads everything anew; `simulate` leaves the index as it is.
    """
    return _Wiring(config, complete, simulate).workspace()


def folders(config: Config) -> Folders:
    """Where the evidence lies on this computer; connects to nothing."""
    return _Wiring(config).folders()


def index(config: Config) -> SqliteIndex:
    """The local index of the workspace, for commands that answer offline."""
    return SqliteIndex(config.folder / STATE_FOLDER / "indice.sqlite")


def report_blocks(config: Config, origin: str) -> tuple[Block, ...]:
    """Reads a report other than the configured one: a path, from the current folder, or a URL."""
    wired = _Wiring(config)
    with wired.closing:
        return wired.report_at(origin, base=Path.cwd()).read()


class _Wiring:
    """Makes each adapter of one configuration, Google's only when something is a URL."""

    def __init__(self, config: Config, complete: bool = False, simulate: bool = False) -> None:
        self.config = config
        self.complete = complete
        self.simulate = simulate
        self.closing = ExitStack()
        self.index = index(config)

    def workspace(self) -> Workspace:
        from evidencias.adapters.local.lock import workspace_lock
        from evidencias.adapters.own_files import OwnFilesAside

        config = self.config
        return Workspace(
            plan=self._plan(config.plan.origen),
            report=self.report_at(config.informe.origen) if config.informe else None,
            files=OwnFilesAside(self._files(), self._own_routes(), self._own_addresses()),
            register=self._register(config.registro.destino),
            index=self.index,
            lock=lambda: workspace_lock(config.folder / STATE_FOLDER),
            folders=self.folders(),
            clock=lambda: datetime.now(BOGOTA),
            calls=self._calls,
            locate=self._locate,
            identity=self._identity,
            close=self.closing.close,
            diagnose=self._diagnose,
        )

    @cached_property
    def _google(self) -> Google:
        from evidencias.adapters.google.workspace import Google

        google = Google(self.config, self.config.folder / STATE_FOLDER)
        self.closing.callback(google.close)
        return google

    def _diagnose(self, looks: Looks, progress: Progress) -> Iterable[Check]:
        """What Google's side needs; nothing when no address of the configuration is Google's."""
        config = self.config
        report = config.informe.origen if config.informe else ""
        origins = [*config.evidencias.carpeta, config.plan.origen, config.registro.destino, report]
        if not any(is_url(origin) for origin in origins):
            return ()
        from evidencias.adapters.google.diagnose import google_checks

        return google_checks(config, self._google, looks, progress)

    def _calls(self) -> Mapping[str, int]:
        used = "_google" in self.__dict__
        return self._google.calls() if used else {"drive": 0, "sheets": 0}

    def _plan(self, origin: str) -> TableSource:
        if is_url(origin):
            return self._google.table(origin)
        from evidencias.adapters.local.tables import table_source

        return table_source(self._path(origin))

    def report_at(self, origin: str, base: Path | None = None) -> ReportSource:
        if is_url(origin):
            return self._google.report(origin)
        from evidencias.adapters.local.report import LocalReport

        return LocalReport((base / origin).resolve() if base else self._path(origin))

    def _files(self) -> FileSource:
        origins = self.config.evidencias.carpeta
        urls = [o for o in origins if is_url(o)]
        if not urls:
            return self._local_folder(origins)
        if len(urls) < len(origins):
            raise ConfigError(
                "evidencias.carpeta mezcla carpetas del equipo y direcciones de Drive.",
                hint="Deje solo carpetas del equipo, o solo direcciones de Drive.",
            )
        return self._drive_folder(urls, simulate=self.simulate)

    def _drive_folder(self, urls: list[str], simulate: bool) -> DriveFolder:
        folder = self._google.folder(urls, complete=self.complete, simulate=simulate)
        self.closing.callback(folder.close)
        return folder

    def _local_folder(self, origins: list[str]) -> FileSource:
        from evidencias.adapters.index import DigestCache
        from evidencias.adapters.local.folder import Folder

        cache = DigestCache(self.index, read=not self.complete, write=not self.simulate)
        folder = Folder([self._path(o) for o in origins], self.config.evidencias.ignorar, cache)
        self.closing.callback(cache.close)
        self.closing.callback(folder.close)
        return folder

    @property
    def _papers(self) -> Mapping[str, str]:
        """Where plan, report and register are, and what each is."""
        config = self.config
        report = {config.informe.origen: "es el informe"} if config.informe else {}
        plan = {config.plan.origen: "es el plan de acción"}
        return {**report, **plan, config.registro.destino: "es el registro"}

    def _own_routes(self) -> dict[str, str]:
        from evidencias.adapters.own_files import routes_on_disk

        config = self.config
        own = {self._path(o): what for o, what in self._papers.items() if not is_url(o)}
        if not is_url(config.registro.destino):
            from evidencias.adapters.local.workbook.file import COPIES

            own[self._path(config.registro.destino).parent / COPIES] = "son copias del registro"
        own[config.path] = "es la configuración"
        if config.google.credenciales:
            own[self._path(config.google.credenciales)] = "son las credenciales"
        folders = [self._path(o) for o in config.evidencias.carpeta if not is_url(o)]
        return routes_on_disk(folders, own) if folders else {}

    def _own_addresses(self) -> dict[str, str]:
        if not any(is_url(origin) for origin in self._papers):
            return {}
        from evidencias.adapters.google import urls

        found = {urls.parse(o): what for o, what in self._papers.items() if is_url(o)}
        return {ref.id: what for ref, what in found.items() if ref}

    def _locate(self, ids: Iterable[str]) -> Mapping[str, EvidenceFile | None]:
        origins = self.config.evidencias.carpeta
        if any(is_url(o) for o in origins):
            return self._elsewhere.locate(ids)
        from evidencias.adapters.local.custody import discarded

        return discarded([self._path(o) for o in origins])

    def _identity(self, origin: str) -> EvidenceFile | None:
        if not is_url(origin):
            from evidencias.adapters.local.custody import paper

            return paper(self._path(origin), self.config.folder)
        from evidencias.adapters.google import urls

        ref = urls.parse(origin)
        assert ref is not None  # its adapter refused any other address when it was read
        plain = EvidenceFile(id=ref.id, path=ref.id, name=ref.id, native=True, url=origin)
        try:
            return self._elsewhere.locate([ref.id])[ref.id]
        except AccessError:
            return plain  # we may read the Sheet and yet not ask Drive about it

    @cached_property
    def _elsewhere(self) -> DriveFolder:
        """Drive asked by id, wherever things are."""
        return self._drive_folder([], simulate=True)

    def _register(self, destination: str) -> Register:
        if is_url(destination):
            return self._google.register(destination)
        from evidencias.adapters.local.workbook import Workbook

        return Workbook(self._path(destination))

    def folders(self) -> Folders:
        """The roots on this computer, none for Drive's, and the workspace."""
        from evidencias.adapters.local.roots import labelled

        paths = [self._path(o) for o in self.config.evidencias.carpeta if not is_url(o)]
        roots = tuple(
            (path.as_posix(), f"{label}/" if label else "")
            for label, path in (labelled(paths) if paths else [])
        )
        return Folders(roots, self.config.folder.as_posix())

    def _path(self, origin: str) -> Path:
        path = self.config.resolve(origin)
        assert isinstance(path, Path)
        return path
