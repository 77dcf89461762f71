"""Google's partial responses: parse `fields`, check its names, cut an answer down to it."""

from __future__ import annotations

import re
from typing import Any

from tests.google.schemas import Schema
from tests.google.wire import ApiError

Mask = dict[str, "Mask | None"]
_TOKEN = re.compile(r"\s*([A-Za-z0-9_*@]+|[(),./])\s*")


def parse_mask(text: str) -> Mask:
    """`a,b(c,d/e),f.g` as a tree of names; a leaf is None."""
    tokens: list[str] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise _invalid(text)
        tokens.append(found[1])
        position = found.end()
    tree, rest = _names(tokens, 0)
    if rest != len(tokens):
        raise _invalid(text)
    return tree


def _names(tokens: list[str], at: int) -> tuple[Mask, int]:
    tree: Mask = {}
    while True:
        if at >= len(tokens) or tokens[at] in "(),./":
            raise _invalid(tokens[at] if at < len(tokens) else "")
        at = _one(tokens, at, tree)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
            continue
        return tree, at


def _one(tokens: list[str], at: int, tree: Mask) -> int:
    name = tokens[at]
    at += 1
    if at < len(tokens) and tokens[at] in "./":
        inner: Mask = {}
        if at + 1 >= len(tokens) or tokens[at + 1] in "(),./":
            raise _invalid(name)
        at = _one(tokens, at + 1, inner)
        _merge(tree, name, inner)
        return at
    if at < len(tokens) and tokens[at] == "(":
        inner, at = _names(tokens, at + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise _invalid(name)
        _merge(tree, name, inner)
        return at + 1
    tree[name] = None
    return at


def _merge(tree: Mask, name: str, inner: Mask) -> None:
    held = tree.get(name, {})
    if held is None:
        return
    for key, value in inner.items():
        if value is None or held.get(key, {}) is None:
            held[key] = None
        else:
            _merge(held, key, value)
    tree[name] = held


def check_mask(mask: Mask, schema: Schema) -> None:
    """An unknown name is a 400, as Google says it."""
    for name, inner in mask.items():
        if name == "*":
            continue
        child = schema.child(name)
        if child is None:
            raise _invalid(name)
        if inner is not None:
            check_mask(inner, child)


def _invalid(name: str) -> ApiError:
    return ApiError(
        400,
        f"Invalid field selection {name}",
        "invalidParameter",
        locationType="parameter",
        location="fields",
    )


def cut(value: Any, mask: Mask | None) -> Any:
    """Keep what the mask names; objects that end up without content stay as {}."""
    if mask is None or ("*" in mask and mask["*"] is None):
        return value
    if isinstance(value, list):
        return [cut(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    if "*" in mask:
        return {key: cut(item, mask["*"]) for key, item in value.items()}
    return {name: cut(value[name], inner) for name, inner in mask.items() if name in value}
