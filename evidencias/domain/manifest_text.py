"""The written form of a manifest: canonical JSON that carries its own SHA-256.

The seal is the SHA-256 of the compact JSON (keys sorted, UTF-8, no blanks) of everything but the
key `sha256`. The file is that JSON with a line break before each key and each item, so that people
can read and compare it; any other byte is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from evidencias.errors import InputError

FORMAT: Final = "evidencias/manifiesto/1"
_MEND: Final = (
    "Use la copia original, tal como la escribió «evidencias congelar»; no la abra ni la guarde "
    "con otro programa."
)
Plain = Mapping[str, Any]


def compact(value: object) -> str:
    """A value in the canonical form."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def number(value: float | None) -> float | None:
    """A quantity as every JSON writer shows it: whole ones without ".0", at most six decimals."""
    if value is None:
        return None
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def sealed(manifest: Mapping[str, object]) -> bytes:
    """The file of a manifest; its lists may be iterators, which are used up."""
    parts = {key: list(_items(manifest[key])) for key in manifest if key != "sha256"}
    digest = hashlib.sha256()
    for piece in _pieces(parts, blank=""):
        digest.update(piece.encode())
    parts["sha256"] = [f'"{digest.hexdigest()}"']
    return "".join(_pieces(parts, blank="\n")).encode() + b"\n"


def _items(value: object) -> Iterator[str]:
    """The canonical text of a value: for a list, "[", each item, "]"."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        yield compact(value)
        return
    yield "["
    for item in value:
        yield compact(item)
    yield "]"


def _pieces(parts: Mapping[str, list[str]], blank: str) -> Iterator[str]:
    for place, key in enumerate(sorted(parts)):
        yield f"{',' if place else '{'}{blank}{compact(key)}:"
        items = parts[key]
        if len(items) == 1:
            yield items[0]
            continue
        yield "["
        for number_, item in enumerate(items[1:-1]):
            yield f"{',' if number_ else ''}{blank}{item}"
        yield "]"
    yield f"{blank}}}"


def opened(name: str, data: bytes) -> dict[str, Any]:
    """A manifest read back. Raises InputError when it is none, or when one byte was changed."""
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"«{name}» no es un manifiesto, o fue alterado: no se puede leer.", _MEND
        ) from error
    if not isinstance(read, dict) or read.get("formato") != FORMAT:
        raise InputError(
            f"«{name}» no es un manifiesto de evidencias que esta versión conozca.",
            "Dé el archivo que escribió «evidencias congelar», p. ej. congelado-2021-2.json.",
        )
    if _written_again(read) != data:
        raise InputError(
            f"«{name}» fue modificado después de congelarlo: su sello no corresponde.", _MEND
        )
    return read


def seal_in(data: bytes) -> str:
    """The seal that a manifest just written carries."""
    return str(json.loads(data)["sha256"])


def _written_again(read: Mapping[str, object]) -> bytes:
    try:
        return sealed(read)
    except (ValueError, TypeError):
        return b""
