"""The written form of a manifest: canonical JSON, one item a line, that carries its own SHA-256.

Canonical: UTF-8, keys sorted, no blanks, a line for each key of the manifest and for each item of
its lists. The line `"sha256":…` holds the SHA-256 of all the other lines, so that anyone can check
it without this tool: `grep -v '^"sha256":' congelado-2021-2.json | sha256sum`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidencias.errors import InputError

_VERSION: Final = 1
FORMAT: Final = f"evidencias/manifiesto/{_VERSION}"
_FORMAT: Final = re.compile(rb'^"formato":"evidencias/manifiesto/(\d{1,6})",\r?\n', re.MULTILINE)
_SEAL: Final = re.compile(rb'^"sha256":"([0-9a-f]{64})"(,?)\n', re.MULTILINE)
_KEY: Final = re.compile(rb'^"([a-z0-9_]+)":', re.MULTILINE)
_ANY_SEAL: Final = "0" * 64
_MEND: Final = (
    "Use la copia original, tal como la escribió «evidencias congelar»; no la abra ni la guarde "
    "con otro programa."
)
Parts = Mapping[str, object]


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


@dataclass(frozen=True, slots=True)
class Sealed:
    """A manifest ready to be written: its seal, and its bytes line by line, to be used once."""

    seal: str
    lines: Iterator[bytes]


def sealed(make: Callable[[], Parts]) -> Sealed:
    """Seals what `make` gives; it is called twice, so that no large manifest is held whole.

    Its lists may be iterators.
    """
    digest = hashlib.sha256()
    for line in _lines({**make(), "sha256": _ANY_SEAL}):
        if not line.startswith(b'"sha256":'):
            digest.update(line)
    seal = digest.hexdigest()
    return Sealed(seal, _lines({**make(), "sha256": seal}))


def _lines(parts: Parts) -> Iterator[bytes]:
    yield b"{\n"
    keys = sorted(parts)
    for key in keys:
        end = "" if key == keys[-1] else ","
        yield from section(key, parts[key], end)
    yield b"}\n"


def section(key: str, value: object, end: str = ",") -> Iterator[bytes]:
    """The lines of one key, its list's items each on their own; `end` closes the last."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        yield f"{compact(key)}:{compact(value)}{end}\n".encode()
        return
    yield f"{compact(key)}:[\n".encode()
    before: str | None = None
    for item in value:
        if before is not None:
            yield f"{before},\n".encode()
        before = compact(item)
    if before is not None:
        yield f"{before}\n".encode()
    yield f"]{end}\n".encode()


class Manifest:
    """A manifest read back, its seal checked; each part is understood only when asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises InputError when it is no manifest, or when one byte of it was changed."""
        self.name = name
        self._data = data
        self._check_format()
        seal = _held_seal(data)
        if seal is None:
            raise self._changed()
        self.seal = seal
        starts = [(m[1].decode(), m.start()) for m in _KEY.finditer(data)]
        ends = [*starts[1:], ("", len(data) - 2)]  # before the brace that closes it
        self._places = {key: (at, end) for (key, at), (_, end) in zip(starts, ends, strict=True)}
        if self.get("formato") != FORMAT or starts != sorted(starts):
            raise self.refused()

    def text(self, key: str) -> bytes:
        """The lines of one key, as they were written."""
        start, end = self._places[key]
        return self._data[start:end]

    def get(self, key: str) -> Any:
        """One part, understood. Raises InputError where it is not there."""
        if key not in self._places:
            raise self.refused()
        try:
            return json.loads(b"{" + self.text(key).rstrip(b",\n") + b"}")[key]
        except (ValueError, RecursionError) as error:
            raise self.refused() from error

    def refused(self) -> InputError:
        """What is raised when it is not what a manifest is."""
        return InputError(
            f"«{self.name}» no es un manifiesto que esta versión conozca, o fue modificado.",
            "Dé el archivo que escribió «evidencias congelar», p. ej. congelado-2021-2.json. "
            + _MEND,
        )

    def _changed(self) -> InputError:
        """A refusal that tells a conversion from an edit: both change bytes, only one the sense."""
        plain = self._data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        converted = plain != self._data and _held_seal(plain) is not None
        if not converted and not _SEAL.search(self._data):
            return self.refused()
        told = f"«{self.name}» fue modificado después de congelarlo: su sello no corresponde."
        if converted:
            told += (
                " Lo que dice es lo mismo, pero un programa (Git, el correo o un editor) le cambió "
                "los saltos de línea o le agregó una marca al comienzo."
            )
        return InputError(told, _MEND)

    def _check_format(self) -> None:
        """A newer tool may seal in another way, so this is asked before its seal."""
        told = _FORMAT.search(self._data)
        if told and int(told[1]) > _VERSION:
            raise InputError(
                f"«{self.name}» lo escribió una versión más reciente de evidencias.",
                "Actualice la herramienta en este equipo y verifique de nuevo.",
            )

    def keys(self) -> frozenset[str]:
        """The names of its parts."""
        return frozenset(self._places)


def _held_seal(data: bytes) -> str | None:
    """The SHA-256 that a manifest carries, if all its other lines have it."""
    found = list(_SEAL.finditer(data))
    if len(found) != 1:
        return None
    digest = hashlib.sha256(memoryview(data)[: found[0].start()])
    digest.update(memoryview(data)[found[0].end() :])
    seal, last = found[0][1].decode(), data[found[0].end() :] == b"}\n"
    return seal if digest.hexdigest() == seal and bool(found[0][2]) is not last else None
