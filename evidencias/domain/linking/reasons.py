"""Why a pair is proposed and what speaks against it, in words an official would use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.prepare import ActivityView
from evidencias.domain.linking.vocabulary import fields, topics_of
from evidencias.domain.model import Activity, Reason

MOST: Final = 3
_ACCENTED: Final = re.compile(r"([cs])ion\b")
MONTHS: Final = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
SIGNS: Final = {
    "draft": (2.0, "parece un borrador o un documento sin terminar"),
    "template": (2.2, "parece una plantilla o un formato sin diligenciar"),
    "payment": (1.6, "parece un papel de pago o de presupuesto"),
    "personal": (1.8, "parece un archivo personal"),
    "plan_paper": (1.4, "habla del plan o de normas, no de una actividad"),
    "other_time": (2.0, "está guardado como de otro semestre"),
    "other_year": (1.5, "el nombre o la carpeta dicen otro año"),
    "other_programme": (1.2, "la carpeta parece de otra política"),
}


LENT: Final = ("taught_copy", "taught_series", "taught_event", "taught_folder", "taught_day",
               "taught_words")  # fmt: skip
# All signals that reasons are read off.
SIGNALS: Final = frozenset(
    [
        *(f"code_{p}{w}" for p in ("name", "folder") for w in ("", "_label", "_lead", "_other")),
        *(f"{c}_{part}" for c in ("name", "folder", "lines") for part in ("words", "topics")),
        *(f"{g}_mean" for g in ("copy", "event", "series", "folder", "day")),
        *(f"sign_{sign}" for sign in (*SIGNS, "blank_form")),
        *("code_text_code", "learned_name", "learned_text", "taught_count_folder", *LENT),
        *("kind_fits", "axis", "department", "outside", "in_span", "own_ahead"),
    ]
)


@dataclass(frozen=True, slots=True)
class Case:
    """One pair to explain: rows, and its signals by name."""

    archive: Archive
    file: int
    activity: int
    signals: Mapping[str, float]


def quoted(words: Iterable[str]) -> str:
    """ "«a» y «b»", at most three."""
    listed = [f"«{w}»" for w in list(words)[:3]]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} y {listed[-1]}"


@lru_cache(maxsize=20_000)
def _written(text: str) -> tuple[tuple[str, str], ...]:
    """The telling roots of a text, each with the word as written."""
    skip = language.weak_stems() | language.function_words() | language.kind_stems()
    found: dict[str, str] = {}
    for word in language.repair(text).replace("_", " ").split():
        plain = word.strip(".,;:()«»\"'-|").lower()
        for piece in language.pieces(plain):
            root = language.stem(piece)
            if root not in skip and len(piece) > 2 and not piece.isdigit():
                found.setdefault(root, plain if plain.isalpha() else piece)
    return tuple(found.items())


@lru_cache(maxsize=20_000)
def _known(said: str) -> frozenset[str]:
    return frozenset(language.stem(p) for p in language.pieces(said))


def shared_words(text: str, activity: Activity) -> list[str]:
    """Words of a text that the activity also uses, as written, in their order."""
    known = _known(f"{activity.name} {activity.indicator}")
    return [word for root, word in _written(text) if root in known]


@lru_cache(maxsize=20_000)
def _topics(text: str) -> Mapping[str, float]:
    return topics_of(dict.fromkeys(language.roots(text), 1.0))


def _topic(text: str, view: ActivityView) -> str:
    """The topic that a text and an activity share most, as a person would write it."""
    mine = {t: w for t, w in _topics(text).items() if w > 0.3}
    theirs = topics_of(fields(view)) if mine else {}
    common = {t: w * theirs[t] for t, w in mine.items() if theirs.get(t, 0) > 0.3}
    best = max(common, key=lambda t: (common[t], t)) if common else ""
    return _ACCENTED.sub(r"\1ión", best.replace("_", " "))


def _code(case: Case) -> Iterator[Reason]:
    signals, code = case.signals, case.archive.plan.views[case.activity].activity.code
    where = {"name": "el nombre", "folder": "la carpeta"}
    for part, said in where.items():
        if signals[f"code_{part}"] >= 0.5:
            yield Reason(
                "codigo", f"el código {code} está en {said}", 3.0 if part == "name" else 2.6
            )
        elif signals[f"code_{part}_label"] >= 0.9 or signals[f"code_{part}_lead"] >= 0.9:
            yield Reason("codigo", f"{said} trae el número de {code}", 1.2)
    if signals["code_text_code"] >= 0.5:
        yield Reason("codigo", f"el documento cita el código {code}", 2.4)


def _words(case: Case) -> Iterator[Reason]:
    view, plan_view = case.archive.views[case.file], case.archive.plan.views[case.activity]
    activity = plan_view.activity
    places = (
        ("nombre", "el nombre", view.name.base, "name"),
        ("carpeta", "la carpeta", "/".join(view.folders), "folder"),
        ("texto", "el documento", view.text[:4000], "lines"),
    )
    for signal, said, text, column in places:
        strength = case.signals[f"{column}_words"] + 0.5 * case.signals[f"{column}_topics"]
        words = shared_words(text, activity) if case.signals[f"{column}_words"] > 0.05 else []
        if words:
            verb = "habla de" if signal == "texto" else "dice"
            yield Reason(signal, f"{said} {verb} {quoted(words)}", 0.8 + strength)
        elif case.signals[f"{column}_topics"] > 0.15:
            topic = _topic(text, plan_view)
            if topic:
                yield Reason(signal, f"{said} trata el mismo tema ({topic})", 0.5 + strength)


def _company(case: Case) -> Iterator[Reason]:
    code = case.archive.plan.views[case.activity].activity.code
    day = case.archive.events[case.file][0]
    said = f" del {day.day} de {MONTHS[day.month - 1]}" if day else " del mismo día"
    found = (
        ("copy", "una copia idéntica está vinculada a {code}"),
        ("event", f"los archivos{said} en esta carpeta son de {{code}}"),
        ("series", "los archivos de la misma serie son de {code}"),
        ("folder", "los demás archivos de la carpeta son de {code}"),
        ("day", f"otros archivos{said} son de {{code}}"),
    )
    for name, text in found:
        mean = case.signals[f"{name}_mean"]
        if mean > 0.3:
            yield Reason("compania", text.format(code=code), 0.4 + 1.4 * mean)
    if case.signals["learned_name"] > 0.2 or case.signals["learned_text"] > 0.3:
        yield Reason("palabras", f"usa las palabras de otros archivos de {code}", 0.7)


def _taught(case: Case) -> Iterator[Reason]:
    """What people's own decisions teach about this pair."""
    count = int(case.signals.get("taught_count_folder", 0.0))
    if count and case.signals["taught_folder"] > 0:
        files = "un archivo" if count == 1 else f"{count} archivos"
        yield Reason("aprendido", f"porque usted confirmó {files} de esta carpeta", 2.0)
    for name, said in (
        ("copy", "una copia idéntica"),
        ("series", "otro archivo de la misma serie"),
    ):
        if case.signals.get(f"taught_{name}", 0.0) > 0.5:
            yield Reason("aprendido", f"porque usted confirmó {said}", 2.1)
    if case.signals.get("taught_words", 0.0) > 0.4:
        yield Reason("aprendido", "usa palabras de los archivos que usted confirmó", 1.2)


def _other(case: Case) -> Iterator[Reason]:
    if case.signals["kind_fits"] > 0:
        kind = min(
            case.archive.of_files.kinds[case.file]
            & case.archive.plan.views[case.activity].activity.required
        )
        yield Reason("clase", f"es de una clase que la actividad pide ({kind.value})", 0.3)
    if case.signals["axis"] > 0.2:
        yield Reason("carpeta", "la carpeta es la de su eje", 0.4)
    if case.signals["department"] > 0.2:
        yield Reason("carpeta", "la carpeta es la de su dependencia", 0.4)


def _against(case: Case) -> Iterator[Reason]:
    signals = case.signals
    for part, said in (("name", "el nombre"), ("folder", "la carpeta")):
        if signals[f"code_{part}_other"] > 0.4:
            yield Reason("codigo", f"{said} trae el código de otra actividad", 2.5)
    for sign, (weight, text) in SIGNS.items():
        if signals[f"sign_{sign}"] >= 0.5:
            yield Reason("senas", text, weight * signals[f"sign_{sign}"])
    if signals["sign_blank_form"] > 0.3:
        yield Reason("senas", "tiene espacios sin llenar", 1.5)
    if signals["outside"] > 0:
        yield Reason("fecha", "su fecha está fuera del período", 0.8)
    elif signals["in_span"] < 0:
        yield Reason("fecha", "su fecha está fuera de las fechas de la actividad", 0.5)
    if signals["kind_fits"] < 0:
        yield Reason("clase", "no es de las clases de evidencia que la actividad pide", 0.3)
    if sum(signals.get(name, 0.0) for name in LENT) < -0.4:
        yield Reason(
            "aprendido", "usted rechazó o vinculó a otra actividad archivos parecidos", 1.6
        )
    if signals["own_ahead"] < 0.3:
        yield Reason("rival", "otra actividad queda cerca", 0.9 - signals["own_ahead"])


@lru_cache(maxsize=200_000)
def _shared(signal: str, text: str, weight: float) -> Reason:
    """One object for equal reasons: a great archive gives the same few over and over."""
    return Reason(signal, text, weight)


def _strongest(found: Iterable[Reason], sign: float) -> tuple[Reason, ...]:
    ranked = sorted(found, key=lambda r: (-r.weight, r.signal, r.text))[:MOST]
    return tuple(_shared(r.signal, r.text, round(sign * r.weight, 2)) for r in ranked)


def explain(case: Case) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The three strongest reasons and counter-reasons of a pair."""
    reasons = [*_code(case), *_words(case), *_company(case), *_taught(case), *_other(case)]
    return _strongest(reasons, 1.0), _strongest(_against(case), -1.0)
