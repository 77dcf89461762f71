"""Numbers that are no figures: years, days, hours, ages, laws, contracts, labels, money, bases."""

from __future__ import annotations

import re

from evidencias.domain.numbers import Number

_MONTHS = (
    r"(?:ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|may(?:o)?|jun(?:io)?|jul(?:io)?|"
    r"ago(?:sto)?|sept?(?:iembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?)"
)
_WEEKDAYS = r"(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?)"
_LABELS = (
    r"(?:ley|decreto|acuerdo|resoluci[oó]n|ordenanza|sentencia|conpes|circular|directiva|"
    r"art[ií]culos?|arts?\.?|numeral|literal|par[aá]grafo|inciso|acta|contrato|convenio|radicado|"
    r"oficio|expediente|folio|p[aá]ginas?|p[aá]gs?\.?|anexo|tabla|gr[aá]fic[oa]|figura|"
    r"versi[oó]n|edici[oó]n|cap[ií]tulo|tomo|eje|ejes|l[ií]nea|componente|programa|dimensi[oó]n|"
    r"pilar|objetivo|indicador|producto|actividad|acci[oó]n|fase|etapa|m[oó]dulo|nivel|ciclo|categor[ií]a|"
    r"c[oó]digo|calle|carrera|cra\.?|cll?\.?|avenida|diagonal|transversal|km|kil[oó]metro|nit|"
    r"c[eé]dula|tel[eé]fono|celular|grados?|estrato|ficha|lote|manzana|bloque|"
    r"n[uú]mero|n[uú]m\.?|no\.|nro\.?|n[°º]\.?|#|covid|iso)"
)
_LABEL_BEFORE = re.compile(
    rf"\b{_LABELS}\s*(?:n[°º.]|no\.|n[uú]mero|nro\.)?\s*$|[#°º]\s*$", re.IGNORECASE
)
_DATE_AFTER = re.compile(
    rf"^\s*(?:(?:y|al?|,)\s+\d{{1,2}}\s+)?(?:de|del mes de)\s+{_MONTHS}\b", re.I
)
_DATE_BEFORE = re.compile(rf"\b{_MONTHS}\s+(?:de(?:l)?\s+)?(?:a[nñ]o\s+)?$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAYS}\s+$", re.IGNORECASE)
_YEAR_AFTER = re.compile(
    r"^\s*(?:\)|,|\.|;|:|$|-|–|y\b|a\b|al\b|se\b|la\b|el\b|en\b|para\b|como\b)"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:de|del|en|desde|hasta|entre|para|y|a|al|durante|primer|segundo|semestre|vigencia|"
    r"vigencias|a[nñ]o|a[nñ]os|per[ií]odo|cuatrienio|[-–(])\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"^\s*(?:(?:y|a|o)\s+\w+\s+)?(?:a[nñ]os?\b|meses\s+de\s+edad)", re.IGNORECASE
)
_TIME_AFTER = re.compile(
    r"^\s*(?:[ap]\.?\s?m\b|de la (?:ma[nñ]ana|tarde|noche)|en punto|d[ií]as?\b|semanas?\b|"
    r"meses\b|minutos?\b|segundos?\b|a[nñ]os?\b|siglos?\b|veces (?:m[aá]s|menos|mayor)|horas?\s+"
    r"(?:antes|despu[eé]s|de\s+(?:la|duraci[oó]n))|°|grados?\b|mm\b|cm\b|m2\b|m²)",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(r"\b(?:a|desde|hacia|antes de|despu[eé]s de)\s+las?\s+$", re.IGNORECASE)
_CLOCK_AFTER = re.compile(
    r"^\s*(?:$|[.,;:)]|de la (?:ma[nñ]ana|tarde|noche)|y (?:media|cuarto|treinta)|en punto|"
    r"[ap]\.?\s?m\b|horas?\b|hasta\b|a las\b)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:\$|\bcop|\busd|€)\s*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"^\s*(?:millones|mill[oó]n|mil millones|billones)?\s*(?:de\s+)?(?:pesos|d[oó]lares|cop\b|"
    r"smmlv|salarios m[ií]nimos)|^\s*(?:mil\s+)?millones\b",
    re.IGNORECASE,
)
_BASE_BEFORE = re.compile(
    r"\b(?:respecto\s+(?:al?|del?)|frente\s+al?|sobre\s+(?:el|un)|en\s+relaci[oó]n\s+(?:al?|con\s+el)|"
    r"con\s+relaci[oó]n\s+al|comparad[oa]\s+con\s+el|de\s+un\s+total\s+del?|contra\s+el|"
    r"con\s+respecto\s+al?|sobre\s+una?\s+base\s+del?)\s*$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:los|las|sus|dos|tres|seis|nos|más|desde|tras)\b)[^\W\d]{3,}s\b"
)
_ANY_ONE = re.compile(r"\b(?:una?|cada|ning[uú]n|ninguna|alg[uú]n|alguna)\s*$", re.IGNORECASE)
_TAIL = 42


def is_no_figure(text: str, number: Number) -> bool:
    """Whether a number of the text dates, names, prices or ages something instead of counting."""
    before = text[max(0, number.start - _TAIL) : number.start]
    after = text[number.end : number.end + _TAIL]
    if number.percent:
        return number.value == 100 and bool(_BASE_BEFORE.search(before))
    return (
        is_year(text, number)
        or _is_day(before, after, number)
        or _is_label(before, after, number)
        or bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.search(after))
        or bool(_AGE_AFTER.search(after) or _TIME_AFTER.search(after))
        or bool(_CLOCK_BEFORE.search(before) and _CLOCK_AFTER.search(after))
    )


def _is_label(before: str, after: str, number: Number) -> bool:
    """Whether a number names the thing before it; that of "a la calle cuatro veces" counts, and
    that of "siguieron un contrato 43 vecinos": a thing with its number is no "un"."""
    label = _LABEL_BEFORE.search(before)
    if not label:
        return False
    unsure = number.written or _ANY_ONE.search(before[: label.start()])
    return not (unsure and _COUNTED_AFTER.match(after))


def is_year(text: str, number: Number) -> bool:
    """Four digits from 1900 to 2099 without a thousands mark, where a year may stand."""
    written = text[number.start : number.end]
    if not re.fullmatch(r"(?:19|20)\d{2}", written):
        return False
    before, after = text[: number.start], text[number.end :]
    return bool(_YEAR_BEFORE.search(before[-_TAIL:]) or _YEAR_AFTER.search(after[:8]))


def _is_day(before: str, after: str, number: Number) -> bool:
    if number.value > 31:
        return False
    dated = _DATE_AFTER.search(after) or _WEEKDAY_BEFORE.search(before)
    return bool(dated) or bool(
        _DATE_BEFORE.search(before) and re.match(r"\s*(?:de|,|y|al?)\b", after)
    )
