"""Kinds of evidence an activity requires, read from the words of the plan's column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencias.domain.model import EvidenceKind
from evidencias.domain.plan.cells import blank, text
from evidencias.domain.text import fold

# Usual Colombian names of supporting papers. Order matters inside one phrase: the paper that a
# phrase is *about* comes first ("formato de asistencia" is an attendance list, no form).
_KINDS: tuple[tuple[EvidenceKind, str], ...] = (
    (
        EvidenceKind.ATTENDANCE,
        r"asistencia|asistentes|lista(do)?s? de (participantes|beneficiari[ao]s|usuari[ao]s|firmas)"
        r"|planillas? de (participantes|beneficiari[ao]s|firmas|registro)|participantes"
        r"|^lista(do)?s?$",
    ),
    (
        EvidenceKind.PHOTOS,
        r"fotos?|fotografi\w*|imagen(es)?|videos?|audiovisual(es)?|filmic\w*",
    ),
    (EvidenceKind.ACTA, r"actas?|memorias? de (la )?(reunion|comite)\w*|ayudas? (de )?memoria"),
    (
        EvidenceKind.CERTIFICATE,
        r"certificad\w*|certificacion(es)?|constancias?|diplomas?|paz y salvo",
    ),
    (
        EvidenceKind.CONTRACT,
        r"contrat\w*|convenios?|ordene?s? de (compra|servicio|prestacion)\w*|minutas?"
        r"|aceptacion(es)? de oferta",
    ),
    (
        EvidenceKind.PUBLICATION,
        r"publica\w*|boletin(es)?|redes( sociales)?|piezas?|(pagina|sitio) web|comunicados?"
        r"|notas? de prensa|cunas?|afiches?|volantes?|folletos?|cartillas?|divulgacion|difusion"
        r"|noticias?|banners?|plegables?",
    ),
    (
        EvidenceKind.FORM,
        r"formatos?|formularios?|fichas?|encuestas?|planillas?|listas? de chequeo|tamizajes?"
        r"|caracterizacion(es)?|instrumentos? (diligenciad|aplicad)\w*",
    ),
    (
        EvidenceKind.REPORT,
        r"informes?|reportes?|diagnosticos?|documentos? (tecnic|final|de (resultados|analisis))\w*"
        r"|memorias?|estudios?|consolidados?|balances?|sistematizacion(es)?",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KINDS)
_ANY = re.compile(
    r"\b(cualquier\w*|tod[ao]s? (los|las) (soporte|evidencia)\w*|(demas|otros?|otras?)\b.*"
    r"|soportes?|evidencias?|medios? de verificacion|segun el caso|entre otr[ao]s|etc\w*)\b"
)
_SPLIT = re.compile(
    r"[;,/\n\r•·|+&]|\s[-–—]\s|^\s*[-–—*]\s|\b(?:y/o|e|y|mas|con|ademas)\b|\d+[.)]\s"
)
_OR = re.compile(r"\s+(?:o|u|ó)\s+|\s*/\s*o\s*")


@dataclass(frozen=True, slots=True)
class Required:
    """The kinds a cell asks for, and its words that name none of them (shown as a problem)."""

    kinds: frozenset[EvidenceKind]
    unknown: tuple[str, ...] = ()


def required_kinds(cell: object) -> Required:
    """Kinds named in a cell such as "Actas y fotos", "listado de asistencia; informe técnico".

    Of alternatives joined by "o" the first known one is taken, for a plan cannot mean both.
    """
    if blank(cell):
        return Required(frozenset())
    kinds: set[EvidenceKind] = set()
    unknown: list[str] = []
    for phrase in _phrases(str(cell)):
        found = _phrase_kinds(phrase)
        kinds |= found
        if not found and not _ANY.search(phrase):
            unknown.append(phrase)
    return Required(frozenset(kinds), tuple(unknown))


def _phrases(written: str) -> list[str]:
    lines = fold(written.replace("\r", "\n"))
    parts = (text(part).strip(" .:()¿?\"'«»") for part in _SPLIT.split(lines))
    return [part for part in parts if len(part) > 1]


def _phrase_kinds(phrase: str) -> set[EvidenceKind]:
    for option in _OR.split(phrase):
        named = _kind_of(option)
        if named is not None:
            return {named}
    return set()


def _kind_of(phrase: str) -> EvidenceKind | None:
    """The paper a phrase is about: attendance wherever it stands, else the first one named."""
    if _PATTERNS[0][1].search(phrase):
        return EvidenceKind.ATTENDANCE
    if re.search(r"\bfotografic|\bfotos?\b", phrase):
        return EvidenceKind.PHOTOS
    hits = [
        (found.start(), -len(found[0]), order, kind)
        for order, (kind, pattern) in enumerate(_PATTERNS)
        if (found := pattern.search(phrase))
    ]
    return min(hits)[3] if hits else None
