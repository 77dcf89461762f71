"""Google's discovery documents as a checker of bodies and field masks."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@functools.cache
def document(service: str) -> Json:
    """The static discovery document that ships with google-api-python-client."""
    from googleapiclient.discovery_cache import get_static_doc

    version = {"drive": "v3", "sheets": "v4"}[service]
    text = get_static_doc(service, version)
    assert text, f"no discovery document for {service}"
    loaded: Json = json.loads(text)
    return loaded


@functools.cache
def methods(service: str) -> dict[str, Json]:
    """Every method of a service by its id (`drive.files.list`)."""
    found: dict[str, Json] = {}

    def walk(node: Json) -> None:
        for method in node.get("methods", {}).values():
            found[method["id"]] = method
        for inner in node.get("resources", {}).values():
            walk(inner)

    walk(document(service))
    return found


@functools.cache
def query_names(service: str, operation: str) -> frozenset[str]:
    method = methods(service).get(operation)
    own = method.get("parameters", {}) if method else {}
    return frozenset(own) | frozenset(document(service)["parameters"])


@dataclass(frozen=True)
class Schema:
    """A node of a discovery schema."""

    service: str
    node_id: int
    node: Any

    def __hash__(self) -> int:
        return self.node_id

    def resolved(self) -> Schema:
        if "$ref" in self.node:
            return named(self.service, self.node["$ref"])
        return self

    def child(self, name: str) -> Schema | None:
        """The schema of a property, looking through arrays and references."""
        here = self.resolved()
        while here.node.get("type") == "array":
            here = _node(here.service, here.node["items"]).resolved()
        properties = here.node.get("properties", {})
        if name in properties:
            return _node(here.service, properties[name])
        if "additionalProperties" in here.node:
            return _node(here.service, here.node["additionalProperties"])
        return None


def _node(service: str, node: Json) -> Schema:
    return Schema(service, id(node), node)


@functools.cache
def named(service: str, name: str) -> Schema:
    return _node(service, document(service)["schemas"][name])


def response_schema(service: str, operation: str) -> Schema | None:
    method = methods(service).get(operation)
    ref = method.get("response", {}).get("$ref") if method else None
    return named(service, ref) if ref else None


def request_schema(service: str, operation: str) -> Schema | None:
    method = methods(service).get(operation)
    ref = method.get("request", {}).get("$ref") if method else None
    return named(service, ref) if ref else None


@dataclass(frozen=True)
class Problem:
    """Where a body departs from its schema and how."""

    path: str
    name: str
    kind: str  # unknown | type | enum
    wanted: str
    value: Any

    def __str__(self) -> str:
        return (
            f"{self.path}.{self.name}: {self.kind} (wanted {self.wanted}, got {self.value!r:.80})"
        )


@functools.cache
def fits(schema: Schema) -> Callable[[Any], bool]:
    """A quick look whether a value departs from a schema nowhere; `problems` says where it does.

    A page of a thousand files is looked at faster than it is put together, so that a listing
    measures its client and not this check.
    """
    node = schema.resolved().node
    kind = node.get("type", "any")
    if kind == "any":
        return lambda value: True
    if kind == "array":
        return lambda value: value is None or _each_fits(schema, value)
    if kind == "object":
        return lambda value: value is None or _members_fit(schema, value)
    if kind == "string" and "enum" not in node:
        return lambda value: value is None or isinstance(value, str)
    enum = frozenset(node.get("enum", ()))
    return lambda value: (
        value is None
        or (
            _scalar_fits(node, kind, value)
            and (not enum or not isinstance(value, str) or value in enum)
        )
    )


def _each_fits(schema: Schema, value: Any) -> bool:
    here = schema.resolved()
    return isinstance(value, list) and all(
        map(fits(_node(here.service, here.node["items"])), value)
    )


@functools.cache
def _members(schema: Schema) -> dict[str, Callable[[Any], bool]]:
    here = schema.resolved()
    return {k: fits(_node(here.service, v)) for k, v in here.node.get("properties", {}).items()}


def _members_fit(schema: Schema, value: Any) -> bool:
    if not isinstance(value, dict) or "additionalProperties" in schema.resolved().node:
        return not problems(schema, value)
    known = _members(schema)
    for key, item in value.items():
        test = known.get(key)
        if test is None or not test(item):
            return False
    return True


def problems(schema: Schema, value: Any, path: str = "", name: str = "$") -> list[Problem]:
    """All departures of a value from a schema; null counts as absent."""
    if value is None:
        return []
    here = schema.resolved()
    node = here.node
    kind = node.get("type", "any")
    if kind == "any":
        return []
    if kind == "array":
        return _array(here, value, path, name)
    if kind == "object":
        return _object(here, value, path, name)
    if not _scalar_fits(node, kind, value):
        wanted = node.get("format") or kind
        return [Problem(path, name, "type", wanted, value)]
    if "enum" in node and isinstance(value, str) and value not in node["enum"]:
        return [Problem(path, name, "enum", "|".join(node["enum"])[:60], value)]
    return []


def _array(here: Schema, value: Any, path: str, name: str) -> list[Problem]:
    if not isinstance(value, list):
        return [Problem(path, name, "type", "array", value)]
    items = _node(here.service, here.node["items"])
    found: list[Problem] = []
    for index, item in enumerate(value):
        found += problems(items, item, path, f"{name}[{index}]")
    return found


def _object(here: Schema, value: Any, path: str, name: str) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(path, name, "type", "object", value)]
    found: list[Problem] = []
    properties = here.node.get("properties", {})
    extra = here.node.get("additionalProperties")
    inside = f"{path}.{name}" if path else name
    for key, item in value.items():
        if key in properties:
            found += problems(_node(here.service, properties[key]), item, inside, key)
        elif extra is not None:
            found += problems(_node(here.service, extra), item, inside, key)
        elif item is not None or properties:
            found.append(Problem(inside, key, "unknown", "a known property", item))
    return found


def _scalar_fits(node: Json, kind: str, value: Any) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "number"):
        if isinstance(value, bool):
            return False
        return isinstance(value, int) or (
            isinstance(value, float) and (kind == "number" or value.is_integer())
        )
    return isinstance(value, str)
