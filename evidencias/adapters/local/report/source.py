"""A report on disk (.docx, .pdf, .md) as blocks in reading order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencias.domain.model import Block
from evidencias.domain.spanish import system_reason
from evidencias.errors import InputError, SourceError

_ASK = "Indique en [informe] origen un archivo .docx, .pdf o .md."


class LocalReport:
    """`ports.ReportSource` over a file; the suffix says how it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Block, ...]:
        """The report's blocks. Raises InputError for what cannot be understood."""
        reader = _readers().get(self.path.suffix.lower())
        if reader is None:
            raise InputError(f"No sé leer «{self.path.name}» como informe.", _ASK)
        blocks = reader(self.path.name, self._bytes())
        if not any(block.text.strip() for block in blocks):
            raise InputError(
                f"«{self.path.name}» no tiene texto que leer.",
                "Si es un documento escaneado, use el archivo original de Word o pásele OCR.",
            )
        return blocks

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError as missing:
            raise InputError(f"No encuentro el informe «{self.path}».", _ASK) from missing
        except IsADirectoryError as folder:
            raise InputError(f"«{self.path}» es una carpeta, no un informe.", _ASK) from folder
        except OSError as failed:
            raise SourceError(
                f"No pude abrir «{self.path.name}»: {system_reason(failed)}.",
                "Ciérrelo en otros programas y ejecute de nuevo; no se perdió nada.",
            ) from failed


def _readers() -> dict[str, Callable[[str, bytes], tuple[Block, ...]]]:
    from evidencias.adapters.local.report.markdown import read_markdown
    from evidencias.adapters.local.report.pdf import read_pdf
    from evidencias.adapters.local.report.word import read_docx

    return {
        ".docx": read_docx,
        ".docm": read_docx,
        ".pdf": read_pdf,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".txt": read_markdown,
    }
