"""The last synchronised state, to and from the index's bytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evidencias import __version__
from evidencias.domain.snapshot import Snapshot
from evidencias.ports import Index

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[Snapshot]:
    from pydantic import TypeAdapter

    return TypeAdapter(Snapshot)


def keep(index: Index, snapshot: Snapshot) -> None:
    """Keeps the state under this version of the tool."""
    index.keep(__version__.encode() + b"\n" + _adapter().dump_json(snapshot))


def load(index: Index) -> Snapshot | None:
    """The state kept last, or None when there is none that this version can read."""
    kept = index.load()
    if kept is None:
        return None
    version, _, body = kept.partition(b"\n")
    if version != __version__.encode():
        return None
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(body)
    except ValidationError:
        return None  # kept by a build with other nouns: a cache is thrown away, never repaired
