"""Whether a workbook is one that Excel opens without repairing: what can be told without Excel."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


def unsound(path: Path) -> list[str]:
    """What Excel would repair in the workbook; empty when nothing."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    doubled = [f"doubled part {n}" for n in set(names) if names.count(n) > 1]
    return [*doubled, *_types(parts), *_relations(parts), *_workbook(parts), *_sheets(parts)]


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    root = etree.fromstring(parts["[Content_Types].xml"])
    overrides = [node.get("PartName").lstrip("/") for node in root if node.get("PartName")]
    endings = {node.get("Extension").lower() for node in root if node.get("Extension")}
    yield from (f"type of no part: {n}" for n in overrides if n not in parts)
    yield from (f"typed twice: {n}" for n in set(overrides) if overrides.count(n) > 1)
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in endings:
            yield f"untyped part: {name}"


def _relations(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        nodes = list(etree.fromstring(data))
        ids = [node.get("Id") for node in nodes]
        yield from (f"{name}: id twice: {i}" for i in set(ids) if ids.count(i) > 1)
        for node in nodes:
            target = node.get("Target")
            if node.get("TargetMode") == "External":
                if any(c in target for c in ' "<>\\^`{|}'):
                    yield f"{name}: no URI: {target}"
                continue
            there = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            if posixpath.normpath(there) not in parts:
                yield f"{name}: no such part: {target}"


def _workbook(parts: dict[str, bytes]) -> Iterator[str]:
    root = etree.fromstring(parts["xl/workbook.xml"])
    yield from _disorder("workbook", root, WORKBOOK_ORDER)
    sheets = root.find(f"{MAIN}sheets")
    titles = [node.get("name").casefold() for node in sheets]
    numbers = [node.get("sheetId") for node in sheets]
    if len(set(titles)) < len(titles) or len(set(numbers)) < len(numbers):
        yield "two sheets of one name or number"
    names = [
        (n.get("name").casefold(), n.get("localSheetId")) for n in root.iter(f"{MAIN}definedName")
    ]
    yield from (f"name twice: {n}" for n in set(names) if names.count(n) > 1)
    yield from (f"no sheet for {n}" for n in names if n[1] and int(n[1]) >= len(titles))
    yield from (
        f"bad name {n[0]}" for n in names if not n[0].replace("_", "").replace(".", "").isalnum()
    )


def _sheets(parts: dict[str, bytes]) -> Iterator[str]:
    styles = etree.fromstring(parts["xl/styles.xml"])
    looks, rules = (len(styles.findall(f"{MAIN}{g}/*")) for g in ("cellXfs", "dxfs"))
    for name, data in parts.items():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        root = etree.fromstring(data)
        yield from _disorder(name, root, ORDER)
        yield from _cells(name, root, looks)
        if any(int(r.get("dxfId", "0")) >= max(rules, 1) for r in root.iter(f"{MAIN}cfRule")):
            yield f"{name}: no such conditional style"
        rels = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
        known = {n.get("Id") for n in etree.fromstring(parts[rels])} if rels in parts else set()
        used = {n.get(f"{REL}id") for n in root.iter() if n.get(f"{REL}id")}
        yield from (f"{name}: no relation {i}" for i in used - known)


def _cells(name: str, root: etree._Element, looks: int) -> Iterator[str]:
    last = 0
    for row in root.iter(f"{MAIN}row"):
        number = int(row.get("r"))
        if number <= last:
            yield f"{name}: row {number} after {last}"
        last, column = number, 0
        for cell in row:
            place = cell.get("r")
            letters = place.rstrip("0123456789")
            here = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters)))
            if place[len(letters) :] != str(number) or here <= column:
                yield f"{name}: cell {place} out of place in row {number}"
            column = here
            if int(cell.get("s", "0")) >= looks:
                yield f"{name}: {place} has no such style"
            if cell.get("t") == "s" and cell.find(f"{MAIN}v") is None:
                yield f"{name}: {place} has no text"


def _disorder(name: str, root: etree._Element, order: tuple[str, ...]) -> Iterator[str]:
    tags = [etree.QName(node).localname for node in root if isinstance(node.tag, str)]
    places = [order.index(tag) for tag in tags if tag in order]
    if places != sorted(places):
        yield f"{name}: elements out of order: {tags}"
