"""A report kept in a Google Doc, or as a Word, PDF or Markdown file in Drive."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath

from evidencias.adapters.google import urls
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.messages import told
from evidencias.adapters.local.report import LocalReport
from evidencias.domain.model import Block
from evidencias.errors import ConfigError, InputError

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENDINGS = {_DOCX: ".docx", "application/pdf": ".pdf", "text/markdown": ".md", "text/plain": ".md"}
_THING = "el informe de Google Drive"


class DriveReport:
    """`ports.ReportSource` over an address of Drive; a Google Doc is read as the Word file that
    Google makes of it, so that titles and tables come out as from Word."""

    def __init__(self, google: Google, origin: str) -> None:
        self.google = google
        self.api = DriveApi(google)
        ref = urls.parse(origin)
        if ref is None or ref.kind in (urls.Kind.FOLDER, urls.Kind.SPREADSHEET, urls.Kind.FORM):
            raise ConfigError(
                f"informe.origen: «{origin}» no es la dirección de un documento de Google.",
                (f"informe.origen: «{origin}» no es de un documento",),
                "Ábralo en el navegador y copie la dirección completa "
                "(https://docs.google.com/document/d/…).",
            )
        self.ref = ref
        if ref.resource_key:
            self.api.keys[ref.id] = ref.resource_key

    def read(self) -> tuple[Block, ...]:
        """The report's blocks. Raises InputError, SourceError or AccessError."""
        try:
            name, data = self._content()
        except GoogleError as error:
            raise told(error.failure, _THING, self.google.who) from error
        with tempfile.TemporaryDirectory(prefix="evidencias-") as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            return LocalReport(path).read()

    def _content(self) -> tuple[str, bytes]:
        """A file name with the ending that tells its format, and the bytes."""
        if self.ref.kind is urls.Kind.DOCUMENT:
            return "informe.docx", self.api.export(self.ref.id, _DOCX)
        item = self.api.get(self.ref.id)
        if item.mime == urls.DOCUMENT:
            return "informe.docx", self.api.export(item.id, _DOCX)
        ending = _ENDINGS.get(item.mime) or PurePosixPath(item.name).suffix.lower()
        if ending not in _ENDINGS.values():
            raise InputError(
                f"No sé leer «{item.name}» como informe.",
                "Ponga en [informe] origen un documento de Google, o un archivo .docx, .pdf o .md.",
            )
        return f"informe{ending}", self.api.download(item.id)
