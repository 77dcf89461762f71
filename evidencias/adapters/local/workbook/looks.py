"""Styles of one workbook found or added in another's, so that cells may move between them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.package import MAIN, Package, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_PARTS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
_FIRST_OWN_FORMAT = 164


class Looks:
    """Maps the style numbers of a `source` workbook to those of a `target`, adding what lacks.

    What equals, element by element, is shared; so the target does not grow at each change.
    """

    def __init__(self, target: Package, source: Package) -> None:
        self.target = target.xml(styles_part(target))
        self.source = source.xml(styles_part(source))
        self._known = {name: _index(self.target, name) for name in ("fonts", "fills", "borders")}
        self._cells = _index(self.target, "cellXfs")
        self._rules = _index(self.target, "dxfs")
        self._formats = {
            f.get("formatCode"): f.get("numFmtId") for f in _all(self.target, "numFmts")
        }
        self._source_formats = {f.get("numFmtId"): f for f in _all(self.source, "numFmts")}
        self._cell_map: dict[int, int] = {}

    def cell(self, number: int) -> int:
        """The target's cell style that looks like the source's."""
        if number not in self._cell_map:
            node = deepcopy(_all(self.source, "cellXfs")[number])
            for attribute, group in (
                ("fontId", "fonts"),
                ("fillId", "fills"),
                ("borderId", "borders"),
            ):
                node.set(attribute, str(self._part(group, int(node.get(attribute, "0")))))
            node.set("numFmtId", self._format(node.get("numFmtId", "0")))
            node.set("xfId", "0")
            self._cell_map[number] = self._place("cellXfs", node, self._cells)
        return self._cell_map[number]

    def rule(self, number: int) -> int:
        """The target's conditional style that looks like the source's."""
        return self._place("dxfs", deepcopy(_all(self.source, "dxfs")[number]), self._rules)

    def _part(self, group: str, number: int) -> int:
        node = deepcopy(_all(self.source, group)[number])
        return self._place(group, node, self._known[group])

    def _format(self, number: str) -> str:
        node = self._source_formats.get(number)
        if node is None:
            return number
        code = node.get("formatCode")
        if code not in self._formats:
            taken = [int(n) for n in self._formats.values() if n]
            fresh = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
            added = deepcopy(node)
            added.set("numFmtId", fresh)
            self._append("numFmts", added)
            self._formats[code] = fresh
        return str(self._formats[code])

    def _place(self, group: str, node: _Element, known: dict[str, int]) -> int:
        key = _canonical(node)
        if key not in known:
            known[key] = self._append(group, node)
        return known[key]

    def _append(self, group: str, node: _Element) -> int:
        parent = self.target.find(tag(group))
        if parent is None:
            parent = self._make(group)
        parent.append(node)
        parent.set("count", str(len(parent)))
        return len(parent) - 1

    def _make(self, group: str) -> _Element:
        from lxml import etree

        made = etree.Element(tag(group))
        later = {tag(name) for name in _ORDER[_ORDER.index(group) + 1 :]}
        place = next((n for n, c in enumerate(self.target) if c.tag in later), len(self.target))
        self.target.insert(place, made)
        return made


def styles_part(package: Package) -> str:
    """The name of a workbook's styles part; made when a foreign writer left it out."""
    for relation in package.relations(package.workbook):
        if relation.kind == "styles" and relation.target in package.parts:
            return relation.target
    part = package.fresh("xl/styles{}.xml")
    package.put(
        part,
        _EMPTY.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    )
    package.relate(package.workbook, "styles", part)
    return part


_EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)


def _all(styles: _Element, group: str) -> list[_Element]:
    parent = styles.find(tag(group))
    return [] if parent is None else [n for n in parent if isinstance(n.tag, str)]


def _index(styles: _Element, group: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, node in enumerate(_all(styles, group)):
        found.setdefault(_canonical(node), number)
    return found


def _canonical(node: _Element) -> str:
    return "".join(_pieces(node))


def _pieces(node: _Element) -> Iterator[str]:
    yield f"<{node.tag} {sorted(node.attrib.items())} {(node.text or '').strip()}>"
    for child in node:
        if isinstance(child.tag, str):
            yield from _pieces(child)
    yield "</>"
