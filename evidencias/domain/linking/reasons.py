"""Why pairs are proposed and what speaks against them, in words an official would use.

Each rule looks at all pairs of a block at once; a text is only made where it is told. Of equal
weights and signals the rule that comes first is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.cases import Cases, Rule
from evidencias.domain.linking.worded import worded
from evidencias.domain.model import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST: Final = 3
SIGNS: Final = {
    "other_time": (2.0, "está guardado como de otro semestre"),
    "draft": (2.0, "parece un borrador o un documento sin terminar"),
    "template": (2.2, "parece una plantilla o un formato sin diligenciar"),
    "payment": (1.6, "parece un papel de pago o de presupuesto"),
    "personal": (1.8, "parece un archivo personal"),
    "plan_paper": (1.4, "habla del plan o de normas, no de una actividad"),
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
        *("union_narrated", "union_reach", "rival_rank_ahead", "tree_mean"),
        *("path_letters", "numbers"),
    ]
)


def _code(of: Cases) -> Iterator[Rule]:
    for part, said, weight in (("name", "el nombre", 3.0), ("folder", "la carpeta", 2.6)):
        whole = of.signal(f"code_{part}") >= 0.5
        weak = np.maximum(of.signal(f"code_{part}_label"), of.signal(f"code_{part}_lead")) >= 0.9
        yield Rule(whole, "codigo", of.told(f"el código {{code}} está en {said}"), weight)
        number = of.told(f"{said} trae el número de {{code}}")
        yield Rule(weak & ~whole, "codigo", number, 1.2)
    cited = of.signal("code_text_code") >= 0.5
    yield Rule(cited, "codigo", of.told("el documento cita el código {code}"), 2.4)


def _company(of: Cases) -> Iterator[Rule]:
    found = (
        ("series", "los archivos de la misma serie son de {code}"),
        ("event", "los archivos{day} en esta carpeta son de {code}"),
        ("folder", "los demás archivos de la carpeta son de {code}"),
        ("day", "otros archivos{day} son de {code}"),
        ("copy", "una copia idéntica está vinculada a {code}"),
    )
    for name, text in found:
        mean = of.signal(f"{name}_mean")
        yield Rule(mean > 0.3, "compania", of.told(text), 0.4 + 1.4 * mean)
    learned = (of.signal("learned_name") > 0.2) | (of.signal("learned_text") > 0.3)
    text = "usa las palabras de otros archivos de {code}"
    yield Rule(learned, "palabras", of.told(text), 0.7)


def _faint(of: Cases) -> Iterator[Rule]:
    """What little speaks for pairs that nothing clearer does."""
    near = (
        ("folder", "algún archivo de la carpeta podría ser de {code}"),
        ("tree", "algún archivo de las carpetas vecinas podría ser de {code}"),
        ("day", "algún archivo{day} podría ser de {code}"),
    )
    for name, text in near:
        mean = of.signal(f"{name}_mean")
        yield Rule((mean > 0.03) & (mean <= 0.3), "compania", of.told(text), 0.1 + mean)
    kin = "usa palabras afines a las de la actividad"
    yield Rule(of.signal("union_reach") > 0.15, "palabras", kin, 0.2)
    alike = np.max([of.signal(n) for n in ("union_reach", "path_letters", "numbers")], axis=0) > 0
    first = alike & (of.signal("rival_rank_ahead") <= 0)
    text = "ningún otro archivo se parece más a lo que pide {code}"
    yield Rule(first, "rival", of.told(text), 0.15)


def _taught(of: Cases) -> Iterator[Rule]:
    """What people's own decisions teach about these pairs."""
    count = of.signal("taught_count_folder").astype(int)

    def confirmed(i: int) -> str:
        files = "un archivo" if count[i] == 1 else f"{count[i]} archivos"
        return f"porque usted confirmó {files} de esta carpeta"

    yield Rule((count > 0) & (of.signal("taught_folder") > 0), "aprendido", confirmed, 2.0)
    for name, said in (
        ("copy", "porque usted confirmó una copia idéntica"),
        ("series", "porque usted confirmó otro archivo de la misma serie"),
    ):
        yield Rule(of.signal(f"taught_{name}") > 0.5, "aprendido", said, 2.1)
    said = "usa palabras de los archivos que usted confirmó"
    yield Rule(of.signal("taught_words") > 0.4, "aprendido", said, 1.2)


def _other(of: Cases) -> Iterator[Rule]:
    def kind(i: int) -> str:
        found = of.archive.of_files.kinds[of.files[i]] & of.activity(i).activity.required
        return f"es de una clase que la actividad pide ({min(found).value})"

    yield Rule(of.signal("kind_fits") > 0, "clase", kind, 0.3)
    office = "la carpeta es la de su dependencia"
    yield Rule(of.signal("department") > 0.2, "carpeta", office, 0.4)
    yield Rule(of.signal("axis") > 0.2, "carpeta", "la carpeta es la de su eje", 0.4)


def _against(of: Cases) -> Iterator[Rule]:
    for part, said in (("name", "el nombre"), ("folder", "la carpeta")):
        other = of.signal(f"code_{part}_other") > 0.4
        yield Rule(other, "codigo", f"{said} trae el código de otra actividad", 2.5)
    for sign, (weight, text) in SIGNS.items():
        told = of.signal(f"sign_{sign}")
        yield Rule(told >= 0.5, "senas", text, weight * told)
    yield Rule(of.signal("sign_blank_form") > 0.3, "senas", "tiene espacios sin llenar", 1.5)
    outside, span, fits = (of.signal(n) for n in ("outside", "in_span", "kind_fits"))
    yield Rule(outside > 0, "fecha", "su fecha está fuera del período", 0.8)
    away = "su fecha está fuera de las fechas de la actividad"
    yield Rule((outside <= 0) & (span < 0), "fecha", away, 0.5)
    unasked = "no es de las clases de evidencia que la actividad pide"
    yield Rule(fits < 0, "clase", unasked, 0.3)
    lent = np.sum([of.signal(name) for name in LENT], axis=0)
    alike = "usted rechazó o vinculó a otra actividad archivos parecidos"
    yield Rule(lent < -0.4, "aprendido", alike, 1.6)
    ahead = of.signal("own_ahead")
    yield Rule(ahead < 0.3, "rival", "otra actividad queda cerca", 0.9 - ahead)


Told = tuple[tuple[str, str, float], ...]


@lru_cache(maxsize=100_000)
def _reason(signal: str, text: str, weight: float) -> Reason:
    """One object for equal reasons: a great archive gives the same few over and over."""
    return Reason(signal, text, weight)


@lru_cache(maxsize=20_000)
def made(told: Told) -> tuple[Reason, ...]:
    """What was told of a pair as reasons."""
    return tuple(_reason(*one) for one in told)


def _ranked(rules: Sequence[Rule], size: int) -> tuple[Ints, Ints, Floats]:
    """Where each rule holds: pair, rule and weight; pair by pair, the strongest first."""
    at = [np.flatnonzero(rule.holds) for rule in rules]
    weight = np.concatenate(
        [np.broadcast_to(rule.weight, size)[i] for rule, i in zip(rules, at, strict=True)]
    )
    pair = np.concatenate(at)
    order = np.lexsort((-weight, pair))
    return pair[order], np.repeat(np.arange(len(at)), [len(i) for i in at])[order], weight[order]


def _strongest(rules: Iterable[Rule], size: int, sign: int) -> list[Told]:
    """The three strongest reasons of each pair that have a text, strongest first."""
    by_signal = sorted(rules, key=lambda rule: rule.signal)
    found: list[Told] = [()] * size
    ranked = (x.tolist() for x in _ranked(by_signal, size))
    for pair, number, weight in zip(*ranked, strict=True):
        told, rule = found[pair], by_signal[number]
        if len(told) < MOST and (text := rule.said(pair)):
            found[pair] = (*told, (rule.signal, text, round(sign * weight, 2)))
    return found


def reasons(of: Cases) -> list[Told]:
    """The three strongest reasons of each pair."""
    speaking = (_code, worded, _company, _taught, _other, _faint)
    rules = (rule for family in speaking for rule in family(of))
    return _strongest(rules, len(of.files), 1)


def counter_reasons(of: Cases) -> list[Told]:
    """The three strongest counter-reasons of each pair."""
    return _strongest(_against(of), len(of.files), -1)
