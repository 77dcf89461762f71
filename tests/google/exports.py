"""Google-native content as the formats that files.export gives."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.google.drive_state import DOC, SHEET, SLIDES, Drive, File
from tests.google.wire import ApiError, parameter_error

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
LIMIT = 10 * 1024 * 1024
Table = tuple[str, list[list[Any]]]  # a tab: its title and its rows
_FORMATS = {
    DOC: {DOCX: "docx", "application/pdf": "pdf", "text/plain": "txt", "text/markdown": "md"},
    SHEET: {
        XLSX: "xlsx",
        "application/pdf": "pdf",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        ODS: "ods",
        "application/zip": "zip",
    },
    SLIDES: {PPTX: "pptx", "application/pdf": "pdf", "text/plain": "txt"},
}


def formats(mime: str) -> dict[str, str]:
    return _FORMATS.get(mime, {})


def export(drive: Drive, file: File, wanted: str, tabs: list[Table]) -> bytes:
    """The bytes of an export; a spreadsheet comes with its tabs."""
    if not file.is_native or file.is_folder:
        raise ApiError(403, "Export only supports Docs Editors files.", "fileNotExportable")
    if wanted not in formats(file.mime):
        raise parameter_error(
            "convertTo", "The requested conversion is not supported.", "badRequest"
        )
    held = file.exports.get(wanted) or _made(file, wanted, tabs)
    data = held() if callable(held) else held
    if len(data) > LIMIT:
        raise ApiError(403, "This file is too large to be exported.", "exportSizeLimitExceeded")
    return data


def _made(file: File, wanted: str, tabs: list[Table]) -> bytes:
    if tabs and wanted in ("text/csv", "text/tab-separated-values"):
        return _csv(tabs[0][1], "," if wanted == "text/csv" else "\t")
    if tabs and wanted == XLSX:
        return xlsx(tabs)
    if tabs and wanted in (ODS, "application/zip"):
        inside = "content.xml" if wanted == ODS else "{}.html"
        return _zip({inside.format(title): repr(rows) for title, rows in tabs})
    held = file.exports.get("text/plain", b"")
    text = (held() if callable(held) else held).decode("utf-8-sig").replace("\r\n", "\n")
    if wanted == DOCX:
        return docx(text)
    return text.encode()


def plain_text(text: str) -> bytes:
    """Google's text/plain begins with a byte order mark and ends lines with CRLF."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def _csv(table: list[list[Any]], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return out.getvalue().removesuffix("\r\n").encode()


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return out.getvalue()


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org"


def _package(kind: str, part: str, extra: str = "") -> dict[str, str]:
    base = "application/vnd.openxmlformats-officedocument."
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/{part}" '
        f'ContentType="{base}{kind}.main+xml"/>{extra}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="{part}"/></Relationships>',
    }


def docx(text: str) -> bytes:
    """A Word file with one paragraph per line; ` | ` separates the cells of a table row."""
    body, rows = "", ""
    for line in [*text.split("\n"), ""]:
        if " | " in line:
            cells = [cell.strip() for cell in line.split(" | ")]
            rows += (
                "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"
            )
            continue
        if rows:
            body, rows = body + f"<w:tbl>{rows}</w:tbl>", ""
        body += _paragraph(line)
    main = f"{_MAIN}/wordprocessingml/2006/main"
    parts = _package("wordprocessingml.document", "word/document.xml")
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
    )
    return _zip(parts)


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def xlsx(tabs: list[Table]) -> bytes:
    """An Excel file with every tab; texts stay texts and numbers numbers."""
    main = f"{_MAIN}/spreadsheetml/2006/main"
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    names = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(tabs) + 1)]
    extra = "".join(
        f'<Override PartName="/{name}" ContentType="{base}.worksheet+xml"/>' for name in names
    )
    parts = _package("spreadsheetml.sheet", "xl/workbook.xml", extra)
    listed, links = "", ""
    for number, ((title, rows), name) in enumerate(zip(tabs, names, strict=True), 1):
        listed += f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="r{number}"/>'
        target = name.removeprefix("xl/")
        links += f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="{target}"/>'
        body = "".join(_row(n, row) for n, row in enumerate(rows, 1))
        parts[name] = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    workbook = f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    parts["xl/workbook.xml"] = workbook
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_RELS}">{links}</Relationships>'
    return _zip(parts)


def _row(number: int, row: list[Any]) -> str:
    return f'<row r="{number}">{"".join(_cell(value) for value in row)}</row>'


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
