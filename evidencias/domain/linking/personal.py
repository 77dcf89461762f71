"""Whether a file holds personal data, so that the public annex and the dashboard can be careful."""

from __future__ import annotations

from evidencias.domain.linking.prepare import FileView
from evidencias.domain.model import EvidenceKind as Kind
from evidencias.domain.privacy import holds_personal_data


def has_personal_data(view: FileView, kinds: frozenset[Kind]) -> bool:
    """Attendance lists and photographs by their kind; the rest by what their text shows."""
    return holds_personal_data(kinds, view.text)
