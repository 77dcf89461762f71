"""The heart: which evidence file belongs to which activity, with reasons a person understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evidencias.domain.model import Activity, Decision, EvidenceFile, Linking, Period

if TYPE_CHECKING:
    from evidencias.domain.linking.narrative import Narrator
    from evidencias.domain.linking.parts import Worker
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
    narrator: Narrator | None = None,
    workers: Sequence[Worker] = (),
) -> Linking:
    """Propose links between `files` and `activities`, each with its reasons in Spanish.

    `texts` maps a file's id to its plain text; a missing id means a file without readable text.
    `decisions` teach (they are not applied: the workflow does that). `weights` are the package's
    own unless given. `narrator` reads the report. `workers` share the files between them. The
    result depends neither on the order of files, activities or decisions nor on the workers.
    """
    from evidencias.domain.linking.linker import run

    return run(
        activities, files, texts, policy=policy, period=period, decisions=decisions,
        weights=weights, narrator=narrator, workers=workers,
    )  # fmt: skip


__all__ = ["link"]
