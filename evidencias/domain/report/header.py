"""The head of a report: policy, responsible office, period and date, however they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from evidencias.domain.model import Block, ReportHeader
from evidencias.domain.report.paragraphs import hangs
from evidencias.domain.text import fold, words

_FIELDS = {
    "policy": r"(?:nombre de la )?politica(?: publica)?|programa",
    "responsible": r"(?:dependencia |secretaria |entidad |area |oficina )?(?:lider )?responsable"
    r"(?: de la politica| del informe)?|dependencia|entidad|secretaria",
    "period": r"periodo(?: (?:reportado|del informe|evaluado|de reporte))?|semestre|vigencia",
    "date": r"fecha(?: (?:del? )?(?:informe|presentacion|elaboracion|reporte|entrega|corte))*",
}
_KEYS = {name: re.compile(rf"(?:{pattern})") for name, pattern in _FIELDS.items()}
_ANY_KEY = re.compile(rf"\b(?:{'|'.join(_FIELDS.values())})\s*:")
_TITLE_POLICY = re.compile(
    r"pol[ií]tica p[uú]blica\s+(?:(?:municipal|social)\s+)?(?:de\s+la|de\s+los|del?|para)?\s*"
    r"(?P<name>[^\d:|]{4,90})",
    re.IGNORECASE,
)
_MONTHS = words(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_YEAR = re.compile(r"\b(20\d{2}|19\d{2})\b")
_HALF = re.compile(
    r"\b(?:(?P<word>primer|segundo)\w*|(?P<roman>ii|i)|(?P<digit>[12])(?:er|do|o|º|°)?\.?)\s+"
    r"(?:semestre|sem\b)|\b(?:semestre|sem\.?)\s+(?P<after>ii|i|[12]|primero|segundo)\b|"
    r"\b20\d{2}\s*[-–/ ]\s*(?P<tail>ii|i|[12])\b(?![/-]?\d)|\bs(?P<s>[12])\b"
)
_DAY = re.compile(r"\b(\d{1,2})\s+de\s+([a-z]+)\s+(?:de\s+|del\s+)?(\d{4})\b")
_NUMERIC_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def read_header(blocks: Sequence[Block]) -> ReportHeader:
    """The header fields found among the blocks above the first section; "" where missing."""
    fields: dict[str, str] = {}
    for key, value in _pairs(blocks):
        name = _field(key)
        if name and value and name not in fields:
            fields[name] = value
    titles = (b for b in blocks if not b.cells and not is_header_line(b))
    title = _joined([b.text for b in titles if 0 < len(b.text.split()) <= 20])
    return ReportHeader(
        policy=fields.get("policy") or _policy_in(title),
        responsible=fields.get("responsible", ""),
        period=_first_period(fields.get("period", ""), fields.get("date", ""), title),
        date=read_day(fields.get("date", "")) or fields.get("date", ""),
    )


def _joined(lines: Sequence[str]) -> str:
    """Title lines as one text, a bar where the next goes not on with the last (or its label)."""
    title = lines[0] if lines else ""
    for before, line in pairwise(lines):
        goes_on = hangs(before) or hangs(line.split(maxsplit=1)[0]) or bool(_field(before))
        title = f"{title} {line}" if goes_on else f"{title} | {line}"
    return title


def is_header_line(block: Block) -> bool:
    """Whether a block is one "key, value" line of the head."""
    return any(_field(key) and value for key, value in _pairs([block]))


def read_period(text: str) -> str:
    """The semester a text names ("II semestre de 2022" → "2022-2"), or ""."""
    folded = fold(text)
    year = _YEAR.search(folded)
    half = _half(folded)
    return f"{year[1]}-{half}" if year and half else ""


def read_day(text: str) -> str:
    """The first calendar day a text names, in ISO 8601, or ""."""
    folded = fold(text)
    if iso := _ISO_DAY.search(folded):
        return iso[0]
    if written := _DAY.search(folded):
        month = next((i for i, m in enumerate(_MONTHS, 1) if m[:4] == written[2][:4]), 0)
        return f"{written[3]}-{month:02}-{int(written[1]):02}" if month else ""
    numeric = _NUMERIC_DAY.search(folded)
    if not numeric or int(numeric[2]) > 12:
        return ""
    return f"{numeric[3]}-{int(numeric[2]):02}-{int(numeric[1]):02}"


def _half(folded: str) -> int | None:
    found = _HALF.search(folded)
    if found:
        written = next(g for g in found.groups() if g)
        return 2 if written in {"segundo", "ii", "2"} else 1
    named = [i for i, month in enumerate(_MONTHS, 1) if re.search(rf"\b{month}\b", folded)]
    if len(named) >= 2 and {named[0], named[-1]} == {1, 6}:
        return 1
    return 2 if len(named) >= 2 and {named[0], named[-1]} == {7, 12} else None


def _first_period(*texts: str) -> str:
    return next((period for text in texts if (period := read_period(text))), "")


def _pairs(blocks: Iterable[Block]) -> Iterable[tuple[str, str]]:
    """(key, value) of two-cell rows, tab-separated lines and "KEY: value" lines."""
    for block in blocks:
        cells = [" ".join(c.split()) for c in (block.cells or block.text.split("\t"))]
        filled = [c for c in dict.fromkeys(cells) if c]
        if len(filled) >= 2:
            yield from zip(filled[::2], filled[1::2], strict=False)
        elif filled and ":" in filled[0]:
            for line in _one_by_line(filled[0]):
                key, _, value = line.partition(":")
                yield key, value.strip()
        elif filled:
            yield from _glued(filled[0])


def _one_by_line(text: str) -> Iterable[str]:
    """The "key: value" lines of a head that its paper ran together."""
    folded = fold(text)
    if len(folded) != len(text):
        return [text]
    edges = [0, *(m.start() for m in _ANY_KEY.finditer(folded) if m.start()), len(text)]
    return [text[start:end].strip() for start, end in pairwise(edges)]


def _glued(line: str) -> Iterable[tuple[str, str]]:
    """A line of capitals followed by its value: "RESPONSABLE Secretaría de Salud"."""
    found = re.match(r"([A-ZÁÉÍÓÚÑ ]{5,})\s+(?=[A-ZÁÉÍÓÚÑ0-9][^A-ZÁÉÍÓÚÑ])(\S.*)$", line)
    if found:
        yield found[1], found[2]


def _field(key: str) -> str:
    folded = " ".join(fold(key).strip(" :*_.").split())
    return next((name for name, pattern in _KEYS.items() if pattern.fullmatch(folded)), "")


def _policy_in(title: str) -> str:
    found = _TITLE_POLICY.search(title)
    return " ".join(found["name"].split()).strip(" .-–") if found else ""
