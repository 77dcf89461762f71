"""Whether a file holds personal data, so that the public annex and the dashboard can be careful."""

from __future__ import annotations

import re
from typing import Final

from evidencias.domain.linking.prepare import FileView
from evidencias.domain.model import EvidenceKind as Kind
from evidencias.domain.text import fold

_ID_WORD: Final = re.compile(r"\b(?:c\.?\s?c\.?|t\.?i\.?|cedula|documento de identidad|identificacion|nuip)\b")
_ID_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{1,3}(?:\.\d{3}){2,3}|\d{8,10})(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?57\s?)?3\d{2}[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_HEALTH: Final = re.compile(r"\b(?:diagnostico|historia clinica|phq|gad|discapacidad|victima)\b")


def has_personal_data(view: FileView, kinds: frozenset[Kind]) -> bool:
    """Attendance lists and photographs by their kind; the rest by what their text shows."""
    if kinds & {Kind.ATTENDANCE, Kind.PHOTOS}:
        return True
    text = fold(view.text)
    if _PHONE.search(text) or _MAIL.search(text):
        return True
    return bool(_ID_NUMBER.search(text) and (_ID_WORD.search(text) or _HEALTH.search(text)))
