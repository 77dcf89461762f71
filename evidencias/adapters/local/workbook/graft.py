"""Moves freshly drawn sheets into a person's workbook, whose other parts keep their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from evidencias.adapters.local.workbook.looks import Looks
from evidencias.adapters.local.workbook.package import REL, Package, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OWNED = {"drawing": "xl/drawings/drawing{}.xml", "chart": "xl/charts/chart{}.xml"}


def graft(target: Package, source: Package) -> None:
    """Puts every sheet of `source` into `target`, replacing those of the same title.

    Also moves the names that `source` defines, and drops the calculation chain, which Excel makes
    anew: it may name cells that are replaced.
    """
    looks = Looks(target, source)
    strings = _strings(source)
    for title, part in sheets(source).items():
        root = source.xml(part)  # moved, not copied: `source` is of no use afterwards
        _restyle(root, looks)
        _inline(root, strings)
        _place(target, source, (title, part), root)
    _move_names(target, source)
    _move_stamp(target, source)
    for relation in target.relations(target.workbook):
        if relation.kind == "calcChain":
            target.unrelate(target.workbook, relation.id)
            target.drop(relation.target)


def sheets(package: Package) -> dict[str, str]:
    """The worksheet parts by their titles, in order."""
    places = {r.id: r for r in package.relations(package.workbook)}
    found = {}
    for node in _sheet_nodes(package):
        relation = places.get(node.get(f"{{{REL}}}id", ""))
        if relation is not None and relation.kind == "worksheet":
            found[str(node.get("name"))] = relation.target
    return found


def sheet_place(package: Package, part: str) -> str:
    """A sheet's place among all, as names that belong to one sheet count it."""
    ids = {r.id for r in package.relations(package.workbook) if r.target == part}
    nodes = enumerate(_sheet_nodes(package))
    return next((str(place) for place, n in nodes if n.get(f"{{{REL}}}id") in ids), "")


def _sheet_nodes(package: Package) -> list[_Element]:
    parent = package.xml(package.workbook).find(tag("sheets"))
    return [] if parent is None else list(parent)


def _strings(package: Package) -> list[_Element]:
    for relation in package.relations(package.workbook):
        if relation.kind == "sharedStrings":
            return list(package.xml(relation.target))
    return []


def _restyle(root: _Element, looks: Looks) -> None:
    for node in root.iter(tag("c"), tag("row")):
        if node.get("s") is not None:
            node.set("s", str(looks.cell(int(node.get("s")))))
    for node in root.iter(tag("col")):
        if node.get("style") is not None:
            node.set("style", str(looks.cell(int(node.get("style")))))
    for node in root.iter(tag("cfRule")):
        if node.get("dxfId") is not None:
            node.set("dxfId", str(looks.rule(int(node.get("dxfId")))))


def _inline(root: _Element, strings: list[_Element]) -> None:
    """Texts into the cells themselves: the target's shared strings stay as they are."""
    for cell in root.iter(tag("c")):
        if cell.get("t") != "s":
            continue
        value = cell.find(tag("v"))
        text = deepcopy(strings[int(value.text)])
        text.tag = tag("is")
        cell.replace(value, text)
        cell.set("t", "inlineStr")


def _place(target: Package, source: Package, named: tuple[str, str], root: _Element) -> None:
    title, part = named
    there = sheets(target).get(title)
    selected = there is not None and _is_selected(target.xml(there))
    for sheet_view in root.iter(tag("sheetView")):
        sheet_view.attrib.pop("tabSelected", None)  # two selected sheets would be edited together
        if selected:
            sheet_view.set("tabSelected", "1")
    if there is None:
        there = target.fresh("xl/worksheets/sheet{}.xml")
        target.put(there, root, _SHEET_TYPE)
        _list_sheet(target, title, there)
    else:
        _drop_owned(target, there)
        target.put(there, root)
    _move_relations(target, source, part, there)


def _is_selected(root: _Element) -> bool:
    return any(v.get("tabSelected") in ("1", "true") for v in root.iter(tag("sheetView")))


def _list_sheet(target: Package, title: str, part: str) -> None:
    from lxml import etree

    relation = target.relate(target.workbook, "worksheet", part)
    parent = target.xml(target.workbook).find(tag("sheets"))
    number = max((int(n.get("sheetId", "0")) for n in parent), default=0) + 1
    node = etree.SubElement(parent, tag("sheet"))
    node.set("name", title)
    node.set("sheetId", str(number))
    node.set(f"{{{REL}}}id", relation)


def _drop_owned(target: Package, sheet: str) -> None:
    """Removes what the replaced sheet alone pointed at: its chart and its hyperlinks."""
    for relation in target.relations(sheet):
        if not relation.external and relation.target in target.parts:
            for below in target.relations(relation.target):
                if not below.external and below.target in target.parts:
                    target.drop(below.target)
            target.drop(relation.target)
    target.drop_relations(sheet)


def _move_relations(target: Package, source: Package, part: str, there: str) -> None:
    """Copies what a drawn sheet points at, each copy under a fresh name and the same id."""
    ids = {}
    for relation in source.relations(part):
        if relation.external:
            made = target.relate(there, relation.kind, relation.target, external=True)
        else:
            copied = _copy(target, source, relation.target, relation.kind)
            made = target.relate(there, relation.kind, copied)
        ids[relation.id] = made
    for node in target.xml(there).iter():
        old = node.get(f"{{{REL}}}id") if isinstance(node.tag, str) else None
        if old is not None:
            node.set(f"{{{REL}}}id", ids[old])


def _copy(target: Package, source: Package, part: str, kind: str) -> str:
    fresh = target.fresh(_OWNED[kind])
    target.put(fresh, deepcopy(source.xml(part)), source.type_of(part))
    _move_relations(target, source, part, fresh)
    return fresh


def _move_names(target: Package, source: Package) -> None:
    """Sets the names that the drawn workbook defines; a sheet's own names follow its place."""
    place = {title: n for n, title in enumerate(_titles(target))}
    titles = _titles(source)
    wanted = []
    for node in _names(source):
        copy = deepcopy(node)
        if copy.get("localSheetId") is not None:
            copy.set("localSheetId", str(place[titles[int(copy.get("localSheetId"))]]))
        wanted.append(copy)
    parent = _names_parent(target)
    keys = {_key(node) for node in wanted}
    for node in [n for n in parent if _key(n) in keys]:
        parent.remove(node)
    parent.extend(wanted)
    if not len(parent):
        parent.getparent().remove(parent)


def _move_stamp(target: Package, source: Package) -> None:
    """Puts back the properties that say policy and semester, where a program dropped them."""
    theirs = _properties_part(target)
    ours = _properties_part(source)
    if not theirs:
        part = target.fresh("docProps/custom{}.xml")
        target.put(part, source.parts[ours], source.type_of(ours))
        target.relate("", "custom-properties", part)
        return
    root = target.xml(theirs)
    names = {node.get("name") for node in root}
    number = max((int(node.get("pid", "1")) for node in root), default=1)
    for node in source.xml(ours):
        if node.get("name") not in names:
            number += 1
            copy = deepcopy(node)
            copy.set("pid", str(number))
            root.append(copy)


def _properties_part(package: Package) -> str:
    related = (r.target for r in package.relations("") if r.kind == "custom-properties")
    return next((part for part in related if part in package.parts), "")


def _titles(package: Package) -> list[str]:
    return [str(node.get("name")) for node in _sheet_nodes(package)]


def _names(package: Package) -> Iterator[_Element]:
    parent = package.xml(package.workbook).find(tag("definedNames"))
    return iter(() if parent is None else parent)


def _key(node: _Element) -> tuple[str, str | None]:
    return str(node.get("name")).casefold(), node.get("localSheetId")


def _names_parent(package: Package) -> _Element:
    """The workbook's <definedNames>, made at its place in the schema when it is missing."""
    from lxml import etree

    root = package.xml(package.workbook)
    found = root.find(tag("definedNames"))
    if found is None:
        found = etree.Element(tag("definedNames"))
        before = _last_of(root, ("sheets", "functionGroups", "externalReferences"))
        before.addnext(found)
    return found


def _last_of(root: _Element, names: Iterable[str]) -> _Element:
    wanted = {tag(name) for name in names}
    return [node for node in root if node.tag in wanted][-1]
