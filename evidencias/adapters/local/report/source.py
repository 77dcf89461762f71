"""A report on disk (.docx, .pdf, .md) as blocks in reading order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencias.adapters.local.reading import read_whole
from evidencias.domain.model import Block
from evidencias.errors import InputError

_ASK = "Dé la ruta de un archivo .docx, .pdf o .md (en la configuración, [informe] origen)."
MAX_BYTES = 100_000_000


class LocalReport:
    """`ports.ReportSource` over a file; the suffix says how it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Block, ...]:
        """The report's blocks. Raises InputError for what cannot be understood."""
        reader = _readers().get(self.path.suffix.lower())
        if reader is None:
            raise InputError(f"No sé leer «{self.path.name}» como informe.", _ASK)
        blocks = reader(self.path.name, read_whole(self.path, _ASK, MAX_BYTES))
        if not any(block.text.strip() for block in blocks):
            raise InputError(
                f"«{self.path.name}» no tiene texto que leer.",
                "Si es un documento escaneado, use el archivo original de Word o pásele OCR.",
            )
        return blocks


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
