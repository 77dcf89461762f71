"""The heart: which evidence file belongs to which activity, with reasons a person understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    FileFacts,
    Linking,
    Period,
)

if TYPE_CHECKING:
    from evidencias.domain.linking.weights import Weights


def link(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    *,
    policy: str,
    period: Period,
    decisions: Sequence[Decision] = (),
    weights: Weights | None = None,
) -> Linking:
    """Propose links between `files` and `activities`; decisions teach, they are not applied."""
    return Linking((), {file.id: FileFacts() for file in files}, 0.2)


__all__ = ["link"]
