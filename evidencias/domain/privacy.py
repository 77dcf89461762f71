"""What holds personal data (Ley 1581 de 2012): by kind of file, by its text and by its name."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from evidencias.domain.model import EvidenceFile, EvidenceKind, FileFacts
from evidencias.domain.text import fold

# Attendance lists name people, and a photograph of people identifies them.
PERSONAL_KINDS: Final = frozenset({EvidenceKind.ATTENDANCE, EvidenceKind.PHOTOS})

_ID_WORDS: Final = (
    r"\b(?:c\.?\s?c\.?|t\.?\s?i\.?|c\.?\s?e\.?|r\.?\s?c\.?|cedulas?|documento de identidad"
    r"|tarjeta de identidad|registro civil|identificacion|identificad[oa]s?|pasaporte|nuip)"
    r"(?![a-z])"
)
_ID_WORD: Final = re.compile(_ID_WORDS)
_ID_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.\s]\d{3}){2,3}|\d{8,10})(?!\d)")
# Short numbers are identities only right after the word that says so.
_ID_BESIDE: Final = re.compile(_ID_WORDS + r"[^\d$\n]{0,25}\d(?:[.,\s]?\d){4,10}(?!\d)")
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+?57[\s.-]?)?3\d{2}[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\d)"
)
_LANDLINE: Final = re.compile(
    r"\b(?:tel|telefonos?|celular(?:es)?|cel|movil|whatsapp)\b[^\d\n]{0,15}\d(?:[\s.()-]{0,2}\d){6,11}(?!\d)"
)
# An office's own address is public; a person's is not.
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?!(?:[\w-]+\.)*(?:gov|gob|mil)\.co\b)[\w-]{1,63}\.\w"
)
_HEALTH: Final = re.compile(
    r"\b(?:diagnosticos?|historia clinica|phq|gad|discapacidad|victimas?)\b"
)
# The head of a list of people; out of a PDF its columns come without a mark between them.
_LIST_HEAD: Final = re.compile(
    r"^(?=.*\bnombres?\b)(?:"
    r"(?=.*\b(?:cedula|documento|identificacion|telefono|celular|correo|firma)\b)[^\n]*[|,;\t]"
    r"|(?=.*\b(?:cedula|identificacion|telefono|firma)\b).{0,100}$)",
    re.MULTILINE,
)
# A table with one person a row, whatever else it tells of them; a paper that says who signed it.
_PEOPLE: Final = re.compile(
    r"(?:^|[|;\t,])[ ]*(?:nombres?(?: y apellidos?| completos?)?|apellidos?(?: y nombres?)?"
    r"|persona|participante|asistente|beneficiari[oa]|estudiante|acudiente)[ ]*(?:[|;\t,]|$)"
    r"|\bfirmaron \d",
    re.MULTILINE,
)
_MONEY: Final = re.compile(r"\$\s?\d[\d.,]*")


class Reserve(StrEnum):
    """Why a file stays out of what anyone may read."""

    PERSONAL = "datos personales"
    UNREAD = "contenido sin revisar"


def shows_personal_data(text: str) -> bool:
    """Whether a text shows identity numbers, telephones, private addresses or a list of people."""
    plain = _MONEY.sub(" ", fold(text))
    if any(p.search(plain) for p in (_PHONE, _LANDLINE, _MAIL, _ID_BESIDE, _LIST_HEAD, _PEOPLE)):
        return True
    return bool(_ID_NUMBER.search(plain) and (_ID_WORD.search(plain) or _HEALTH.search(plain)))


def holds_personal_data(kinds: Collection[EvidenceKind], text: str) -> bool:
    """By its kind of evidence, or by what its text shows."""
    return bool(PERSONAL_KINDS.intersection(kinds)) or shows_personal_data(text)


def reserve(file: EvidenceFile, facts: FileFacts, text: str) -> Reserve | None:
    """Why a file may not be shown to everyone, or None; without text nobody knows what it holds."""
    if facts.personal_data or holds_personal_data(facts.kinds, text):
        return Reserve.PERSONAL
    if shows_personal_data(file.path.replace("_", " ").replace("/", "\n")):
        return Reserve.PERSONAL
    return None if text.strip() else Reserve.UNREAD
