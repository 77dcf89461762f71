"""The last synchronised state, to and from the index's bytes, a few thousand values at a time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from evidencias import __version__
from evidencias.domain.assessment import HistoryEntry, Orphan
from evidencias.domain.model import EvidenceFile, FileFacts, Finding, Link, Standing
from evidencias.domain.snapshot import Snapshot
from evidencias.ports import Index

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_CHUNK = 2_000  # values parsed at once: a whole large state would take twice its own memory
_HISTORY = "history"


@cache
def _adapters() -> Mapping[str, TypeAdapter[Any]]:
    """How each long part is written; "" is the rest of the state."""
    from pydantic import TypeAdapter

    kinds: dict[str, Any] = {
        "": Snapshot,
        "files": tuple[EvidenceFile, ...],
        "facts": tuple[tuple[str, FileFacts], ...],
        "proposed": tuple[Link, ...],
        "links": tuple[Link, ...],
        "standings": tuple[Standing, ...],
        "findings": tuple[Finding, ...],
        "orphans": tuple[Orphan, ...],
        _HISTORY: tuple[HistoryEntry, ...],
    }
    return {name: TypeAdapter(kind) for name, kind in kinds.items()}


def keep(index: Index, snapshot: Snapshot) -> None:
    """Keeps the state under this version of the tool."""
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=1, mtime=0) as out:
        for line in _lines(snapshot):
            out.write(line + b"\n")
    index.keep(held.getvalue())


def _lines(snapshot: Snapshot) -> Iterator[bytes]:
    """The version, the state without its long parts, then each part: its name, a blank, JSON."""
    a = snapshot.assessment
    parts: dict[str, Sequence[Any]] = {
        "files": tuple(a.files.values()),
        "facts": tuple(a.facts.items()),
        _HISTORY: snapshot.history,
    }
    parts |= {name: getattr(a, name) for name in _adapters() if name and name not in parts}
    empty: dict[str, Any] = {name: () for name in parts if name != _HISTORY}
    rest = replace(a, **{**empty, "files": {}, "facts": {}})
    yield __version__.encode()
    yield _adapters()[""].dump_json(replace(snapshot, assessment=rest, history=()))
    for name, values in parts.items():
        for start in range(0, len(values), _CHUNK):
            chunk = values[start : start + _CHUNK]
            yield name.encode() + b" " + _adapters()[name].dump_json(chunk)


def load(index: Index) -> Snapshot | None:
    """The state kept last, or None when there is none that this version can read."""
    kept = index.load()
    if kept is None:
        return None
    from pydantic import ValidationError

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(kept)) as lines:
            return _read(lines)
    # Kept by a build with other nouns, or damaged: a cache is thrown away, never repaired.
    except (ValidationError, OSError, EOFError, zlib.error, KeyError):
        return None


def _read(lines: Iterator[bytes] | gzip.GzipFile) -> Snapshot | None:
    head = [line.rstrip(b"\n") for line in islice(lines, 2)]
    if len(head) < 2 or head[0] != __version__.encode():
        return None
    rest: Snapshot = _adapters()[""].validate_json(head[1])
    parts: dict[str, list[Any]] = {name: [] for name in _adapters() if name}
    for line in lines:
        name, _, body = line.partition(b" ")
        parts[name.decode()] += _adapters()[name.decode()].validate_json(body)
    history = tuple(parts.pop(_HISTORY))
    long: dict[str, Any] = {name: tuple(values) for name, values in parts.items()}
    long |= {"files": {f.id: f for f in long["files"]}, "facts": dict(long["facts"])}
    return replace(rest, assessment=replace(rest.assessment, **long), history=history)
