"""The section titles of a management report, however they are numbered, split or reworded."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from evidencias.domain.text import fold

# The sections of the municipal format, in its order; `kind` is the name the code uses.
FORMAT_TITLES = {
    "actividades": "Actividades realizadas",
    "estrategias": "Estrategias utilizadas",
    "logros": "Logros obtenidos",
    "dificultades": "Dificultades presentadas",
    "oportunidades": "Oportunidades de crecimiento",
    "evidencias": "Evidencias de las actividades",
}
_KEYWORDS = {
    "evidencias": r"evidenc|soporte|anexo",
    "dificultades": r"dificult|obstacul|limitacion|inconvenient",
    "oportunidades": r"oportunid|recomendac|por mejorar|mejoramiento|retos",
    "estrategias": r"estrateg|metodolog",
    "logros": r"logr|resultad",
    "actividades": r"activid|se hizo|acciones|gestion adelantada|desarrollo del informe",
}
_NUMBERING = re.compile(r"^\s*(?:(?:\d{1,2}|[IVX]{1,4}|[a-zA-Z])\s*[.)\-–]+\s*)+", re.UNICODE)
_MAX_WORDS = 12
CELL_BAR = " | "  # stands between the short cells of a table's row
_SAME = 88
_FEW = 3  # words of a title that only its colon marks
_LEAD = re.compile(r"^([^\W\d_][^:.\n]{5,60}?)\s*(?::|\.\s*[-–]|\s[-–])\s+(\S.*)$", re.DOTALL)

# A title in capitals that a tab, lost in a PDF, separated from its text.
_CAPITALS = re.compile(
    r"^((?:[^\W\d_a-záéíóúüñ]+\s+){2,8}?)((?:[AEOUY]\s+)?[^\W\d_]?[a-záéíóúüñ].*)$", re.DOTALL
)


def tidy(title: str) -> str:
    """A title as a person would quote it: one line, without its number or closing colon."""
    line = " ".join(title.split())
    return _NUMBERING.sub("", line).strip(" :.-–*_") or line


def format_kind(title: str) -> str:
    """The kind of the format's title that this one is up to spelling, or ""; also "Logros:"."""
    folded = fold(tidy(title))
    if title.rstrip().endswith(":") and title.lstrip()[:1].isupper() and folded.count(" ") < _FEW:
        return next((k for k, words in _KEYWORDS.items() if re.match(words, folded)), "")
    scored = ((fuzz.ratio(folded, fold(full)), kind) for kind, full in FORMAT_TITLES.items())
    best, kind = max(scored)
    return kind if best >= _SAME else ""


def section_kind(title: str) -> str:
    """The kind of section that a title announces by its first telling word, or ""."""
    exact = format_kind(title)
    if exact:
        return exact
    folded = fold(tidy(title))
    hits = ((re.search(pattern, folded), kind) for kind, pattern in _KEYWORDS.items())
    placed = [(found.start(), kind) for found, kind in hits if found]
    return min(placed)[1] if placed else ""


def shown_title(title: str) -> str:
    """The title to show: the format's own spelling where it is meant, else the report's words."""
    kind = format_kind(title)
    return FORMAT_TITLES[kind] if kind else tidy(title)


def looks_like_title(text: str) -> bool:
    """A short line in capitals that ends no sentence."""
    line = " ".join(text.split())
    letters = [c for c in line if c.isalpha()]
    if not letters or len(line.split()) > _MAX_WORDS or line.endswith((".", ";", ",")):
        return False
    return sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def is_short(text: str) -> bool:
    """Whether a text is short enough to be a title at all."""
    return 0 < len(text.split()) <= _MAX_WORDS


def split_lead(text: str) -> tuple[str, str] | None:
    """("Logros obtenidos", "Se …") of a paragraph that opens with its section's title."""
    for pattern in (_LEAD, _CAPITALS):
        found = pattern.match(text.strip())
        if found and format_kind(found[1]):
            return found[1].strip(), found[2]
    return None
