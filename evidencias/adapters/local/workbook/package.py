"""An .xlsx as a set of parts: what is not touched keeps its bytes, whatever it is."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
MAX_BYTES = 1 << 30
"""Uncompressed size from which a workbook is refused: no register is that large."""


class NotAPackageError(Exception):
    """The bytes are no readable .xlsx; the message says why, in Spanish."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a .rels part; `target` is a part's name, or a URL when `external`."""

    id: str
    kind: str
    target: str
    external: bool


def tag(name: str, namespace: str = MAIN) -> str:
    """The qualified name of a spreadsheet element."""
    return f"{{{namespace}}}{name}"


class Package:
    """The parts of a workbook, by name without the leading "/"; XML is parsed when asked for."""

    def __init__(self, data: bytes) -> None:
        self.parts = dict(_unzipped(data))
        self._trees: dict[str, _Element] = {}
        self._counters: dict[str, int] = {}
        if CONTENT_TYPES not in self.parts:
            raise NotAPackageError("no es un libro de Excel (.xlsx)")
        self.workbook = self._main_part()

    def xml(self, part: str) -> _Element:
        """The part's root element; what is changed in it is written by `data`."""
        if part not in self._trees:
            self._trees[part] = parsed(self.parts[part])
        return self._trees[part]

    def put(self, part: str, content: bytes | _Element, content_type: str = "") -> None:
        """Adds or replaces a part, naming its type if it is new."""
        self._trees.pop(part, None)
        if isinstance(content, bytes):
            self.parts[part] = content
        else:
            self.parts.setdefault(part, b"")
            self._trees[part] = content
        if content_type:
            self._declare(part, content_type)

    def drop(self, part: str) -> None:
        """Removes a part, its relations and its declared type."""
        for name in (part, rels_of(part)):
            self.parts.pop(name, None)
            self._trees.pop(name, None)
        for node in self.xml(CONTENT_TYPES).findall(tag("Override", TYPES)):
            if node.get("PartName") == f"/{part}":
                self.xml(CONTENT_TYPES).remove(node)

    def drop_relations(self, part: str) -> None:
        """Removes everything a part points at, not the parts themselves."""
        self.parts.pop(rels_of(part), None)
        self._trees.pop(rels_of(part), None)
        self._counters.pop(rels_of(part), None)

    def type_of(self, part: str) -> str:
        """The part's declared content type."""
        types = self.xml(CONTENT_TYPES)
        for node in types.findall(tag("Override", TYPES)):
            if node.get("PartName", "").lower() == f"/{part}".lower():
                return str(node.get("ContentType", ""))
        ending = part.rpartition(".")[2].lower()
        for node in types.findall(tag("Default", TYPES)):
            if node.get("Extension", "").lower() == ending:
                return str(node.get("ContentType", ""))
        return ""

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part points at ("" for the package itself)."""
        name = rels_of(part)
        if name not in self.parts:
            return ()
        return tuple(
            Relation(
                node.get("Id", ""),
                node.get("Type", "").rpartition("/")[2],
                node.get("Target", "")
                if node.get("TargetMode") == "External"
                else _resolved(part, node.get("Target", "")),
                node.get("TargetMode") == "External",
            )
            for node in self.xml(name)
            if isinstance(node.tag, str)
        )

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Adds a relation and returns its id; `kind` is the last word of its type."""
        from lxml import etree

        name = rels_of(part)
        if name not in self.parts:
            self.put(name, etree.Element(tag("Relationships", PACKAGE_REL)))
        made = self._next_id(name)
        node = etree.SubElement(self.xml(name), tag("Relationship", PACKAGE_REL))
        node.set("Id", made)
        node.set("Type", f"{REL}/{kind}")
        node.set("Target", target if external else f"/{target}")
        if external:
            node.set("TargetMode", "External")
        return made

    def _next_id(self, rels: str) -> str:
        """A free relation id, counted on, as one by one would be slow for many links."""
        if rels not in self._counters:
            numbers = (re.sub(r"\D", "", node.get("Id", "")) for node in self.xml(rels))
            self._counters[rels] = max((int(n) for n in numbers if n), default=0)
        self._counters[rels] += 1
        return f"rId{self._counters[rels]}"

    def unrelate(self, part: str, relation_id: str) -> None:
        """Removes one relation of a part."""
        root = self.xml(rels_of(part))
        for node in [n for n in root if n.get("Id") == relation_id]:
            root.remove(node)

    def fresh(self, pattern: str) -> str:
        """A part name not taken yet; `pattern` holds one {} for its number."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def data(self) -> bytes:
        """The workbook as bytes."""
        from lxml import etree

        for node in self.xml(CONTENT_TYPES).findall(tag("Override", TYPES)):
            if node.get("PartName", "").lstrip("/") not in self.parts:
                self.xml(CONTENT_TYPES).remove(node)
        for name, root in self._trees.items():
            self.parts[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda n: n != CONTENT_TYPES):
                archive.writestr(name, self.parts[name])
        return out.getvalue()

    def _declare(self, part: str, content_type: str) -> None:
        from lxml import etree

        if self.type_of(part) != content_type:
            node = etree.SubElement(self.xml(CONTENT_TYPES), tag("Override", TYPES))
            node.set("PartName", f"/{part}")
            node.set("ContentType", content_type)

    def _main_part(self) -> str:
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self.parts:
                self._refuse_variants(relation.target)
                return relation.target
        raise NotAPackageError("no es un libro de Excel (.xlsx)")

    def _refuse_variants(self, part: str) -> None:
        if part.endswith(".bin"):
            raise NotAPackageError("es un libro binario (.xlsb); guárdelo como «Libro de Excel»")
        if self.xml(part).tag != tag("workbook"):
            raise NotAPackageError(
                "está guardado como «Open XML estricto»; guárdelo como «Libro de Excel»"
            )


def parsed(data: bytes) -> _Element:
    """XML from a stranger's file: no entities, no network."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def rels_of(part: str) -> str:
    """The name of a part's .rels ("_rels/.rels" for the package)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _unzipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise NotAPackageError("está protegido con contraseña o es un libro antiguo (.xls)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
                raise NotAPackageError("es demasiado grande")
            for info in archive.infolist():
                if not info.is_dir():
                    yield re.sub(r"^/", "", info.filename), archive.read(info)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise NotAPackageError("el archivo está dañado o incompleto") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # zipfile's own zlib
        raise NotAPackageError("el archivo está dañado o incompleto") from error
