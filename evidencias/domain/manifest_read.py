"""What a manifest read back says: its period, its files, what it held supported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from evidencias.domain.assessment import Assessment
from evidencias.domain.manifest import matter
from evidencias.domain.manifest_files import FileSeal, from_json
from evidencias.domain.manifest_text import Manifest, section
from evidencias.domain.model import ActivityState

Value = TypeVar("Value")


def _understood(manifest: Manifest, take: Callable[[], Value]) -> Value:
    """A seal says that nobody changed a manifest, not that this tool wrote it: what is not there,
    or is of another kind, is refused like a changed byte."""
    try:
        return take()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise manifest.refused() from error


def period_of(manifest: Manifest) -> str:
    """The name of its period: "2021-2"."""
    return _understood(manifest, lambda: str(manifest.get("periodo")["nombre"]))


def moment_of(manifest: Manifest) -> str:
    """When it was frozen, in ISO 8601."""
    return _understood(manifest, lambda: str(manifest.get("congelado")["fecha"]))


def file_seals(manifest: Manifest) -> tuple[FileSeal, ...]:
    """The sealed files."""
    return _understood(manifest, lambda: tuple(map(from_json, manifest.get("archivos"))))


def paper_seal(manifest: Manifest, key: str) -> FileSeal | None:
    """The sealed report ("informe") or plan ("plan"); None where there was none."""
    row = manifest.get(key)
    return None if row is None else _understood(manifest, lambda: from_json(row))


def supported_codes(manifest: Manifest) -> frozenset[str]:
    """The codes that a frozen semester reported and held supported (base "vigencia")."""
    supported = ActivityState.SUPPORTED.value
    rows: Sequence[Mapping[str, Any]] = manifest.get("actividades")
    return _understood(
        manifest,
        lambda: frozenset(r["codigo"] for r in rows if r["reportada"] and r["estado"] == supported),
    )


def same_matter(manifest: Manifest, a: Assessment) -> bool:
    """Whether it speaks of this very assessment; compared line by line."""
    now = matter(a)
    return set(now) <= manifest.keys() and all(
        _same(manifest.text(key), key, value) for key, value in now.items()
    )


def _same(written: bytes, key: str, value: object) -> bool:
    place, end = 0, "," if written.endswith(b",\n") else ""
    for line in section(key, value, end):
        if not written.startswith(line, place):
            return False
        place += len(line)
    return place == len(written)
