"""Which reader takes which bytes: the name promises a format, the first bytes keep or break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from evidencias.adapters.documents import image, office, pdf, plain
from evidencias.adapters.documents.limits import EXTRACTOR, Limits, UnreadableError, gather
from evidencias.domain.model import Document, EvidenceFile
from evidencias.domain.spanish import system_reason

Reader = Callable[[bytes, Limits], Iterator[str]]

_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0", b"PK", b"{\\rtf"
_TEXT = {"txt", "md", "csv", "tsv", "log", "text", "markdown", "xml", "json", "kml", "vcf", "ics"}
_IMAGES = {"jpg", "jpeg", "jfif", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif"}
_PACKAGES: dict[str, Reader] = {
    **dict.fromkeys(("docx", "docm", "dotx"), office.word_lines),
    **dict.fromkeys(("xlsx", "xlsm", "xltx"), office.sheet_lines),
    **dict.fromkeys(("pptx", "pptm", "ppsx"), office.slide_lines),
    **dict.fromkeys(("odt", "ods", "odp"), office.open_document_lines),
}
_OLD = {"doc", "dot", "xls", "ppt", "pps"}
_MAIN_PARTS = {
    b"word/document.xml": office.word_lines,
    b"xl/workbook.xml": office.sheet_lines,
    b"ppt/presentation.xml": office.slide_lines,
}
_MIMES = {
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/markdown": "md",
    "text/html": "html",
    "message/rfc822": "eml",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
_KNOWN = _TEXT | _IMAGES | set(_PACKAGES) | _OLD | {"pdf", "rtf", "html", "htm", "mht", "eml"}


def extract(name: str, mime: str, data: bytes | Path, limits: Limits = Limits()) -> Document:
    """Text (or photo date) of a document; every failure is a value, never an exception.

    `name` decides the format, or `mime` where the name has no known ending. A format without
    text (video, archive, unknown) gives an empty Document.
    """
    kind = format_of(name, mime)
    try:
        return _read(kind, data, limits) if kind else Document()
    except UnreadableError as error:
        return Document(problem=error.problem, damaged=error.damaged)
    except OSError as error:
        problem = f"no se pudo abrir ({system_reason(error)})"
        return Document(problem=problem, lasting=False)
    except (Exception, RecursionError, MemoryError):
        # the libraries raise anything on odd files; a library's weakness is no proof of damage
        return Document(problem="no se pudo leer su texto")


def _read(kind: str, data: bytes | Path, limits: Limits) -> Document:
    content = _content(data, kind, limits)
    if not content:
        return Document(problem="está vacío (0 bytes)", damaged=True)
    if kind in _IMAGES:
        return image.photo(content)
    return gather(_reader(kind, content)(content, limits), limits)


def content_key(file: EvidenceFile) -> str:
    """Key of a file's text in the cache: its bytes, its format and the extractor's version."""
    content = file.md5 or (f"{file.id}@{file.version}" if file.version else "")
    return f"{content}:{format_of(file.name, file.mime)}:{EXTRACTOR}" if content else ""


def format_of(name: str, mime: str) -> str:
    """The known ending of a name ("pdf"), else the one its mime means, else ""."""
    ending = name.rsplit(".", 1)[-1].strip().lower() if "." in name else ""
    if ending in _KNOWN:
        return ending
    return _MIMES.get(mime, "")


def _content(data: bytes | Path, kind: str, limits: Limits) -> bytes:
    if isinstance(data, bytes):
        content = data
    else:
        with data.open("rb") as file:
            content = file.read(limits.size + 1)
    if len(content) > limits.size and kind not in _TEXT | _IMAGES:
        raise UnreadableError(f"supera {limits.size // 1_000_000} MB; no se leyó su texto")
    return content


def _reader(kind: str, content: bytes) -> Reader:
    head = content[:8].lstrip(b"\xef\xbb\xbf \r\n\t")
    if kind == "pdf":
        return pdf.pdf_lines
    if kind in _PACKAGES:
        return _package_reader(kind, content)
    if kind in _OLD or kind == "rtf":
        return _old_reader(content)
    if kind == "eml":
        return plain.mail_lines
    if kind in {"html", "htm", "mht"} or head.startswith((b"<!DOCTY", b"<html", b"<HTML")):
        return plain.html_lines
    return plain.text_lines


def _package_reader(kind: str, content: bytes) -> Reader:
    """A package must be a zip; an encrypted one is an OLE file with its own stream."""
    if content.startswith(_ZIP):
        return _PACKAGES[kind]
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableError("está protegido con contraseña")
        raise UnreadableError("es un archivo de Office antiguo con otro nombre; no se leyó")
    raise UnreadableError(f"no es un .{kind} aunque su nombre lo diga", damaged=True)


def _old_reader(content: bytes) -> Reader:
    """What hides behind .doc, .xls and .ppt: RTF, HTML, text or a new package."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_OLE):
        raise UnreadableError("es de un Office antiguo: su texto no se lee")
    if head.startswith(_RTF):
        return plain.rtf_lines
    if content.startswith(_ZIP):
        return _by_main_part(content)
    if head.startswith((b"<", b"mime-version")):
        return plain.html_lines
    if b"\0" in content[:1024]:
        raise UnreadableError("no es un documento aunque su nombre lo diga", damaged=True)
    return plain.text_lines


def _by_main_part(content: bytes) -> Reader:
    for part, reader in _MAIN_PARTS.items():
        if part in content:
            return reader
    raise UnreadableError("es un archivo comprimido, no un documento", damaged=True)
