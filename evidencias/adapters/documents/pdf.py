"""Text of PDF files, page by page (pypdfium2; why: docs/decisions.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidencias.adapters.documents.limits import CutError, Limits, UnreadableError

_PASSWORD = 4  # FPDF_ERR_PASSWORD of pdfium's fpdfview.h


def pdf_lines(data: bytes, limits: Limits) -> Iterator[str]:
    """The lines of each page; a scanned page has none."""
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("no es un PDF aunque su nombre lo diga", damaged=True)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise UnreadableError("está protegido con contraseña") from error
        raise UnreadableError("está incompleto o dañado", damaged=True) from error
    try:
        yield from _pages(document, limits)
    finally:
        document.close()


def _pages(document: Any, limits: Limits) -> Iterator[str]:  # pypdfium2 ships no types
    if len(document) == 0:
        raise UnreadableError("no tiene páginas; está dañado", damaged=True)
    for number in range(len(document)):
        if number >= limits.pages:
            raise CutError(f"solo se leyeron las primeras {limits.pages} páginas")
        yield from _page(document, number, limits)


def _page(document: Any, number: int, limits: Limits) -> list[str]:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        shown = text.get_text_range(0, min(text.count_chars(), limits.characters))
        text.close()
        page.close()
    except pypdfium2.PdfiumError:  # one broken page does not hide the others
        return []
    return str(shown).replace("\ufffe", "").splitlines()
