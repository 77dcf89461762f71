"""Each figure of the report beside what plan and evidence give, with the sum in plain Spanish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencias.domain.compliance import ComplianceTable, Facts, compliance
from evidencias.domain.figures.said import said
from evidencias.domain.figures.spans import Span, clause
from evidencias.domain.model import Figure, FigureSubject, FigureVerdict, JudgedFigure
from evidencias.domain.spanish import number

_NEAR = 0.5
_BASIS_WORDS = {
    "reportadas": "sin exigir evidencia",
    "evidenciadas": "con evidencia suficiente",
    "confirmadas": "con toda su evidencia confirmada por una persona",
}
_FORMULA_WORDS = {
    "metas_cumplidas": "se cuentan las reportadas con meta cumplida",
    "promedio_simple": "se promedia el avance de cada actividad",
    "promedio_ponderado": "se promedia el avance de cada actividad según su peso",
}


@dataclass(frozen=True, slots=True)
class _Truth:
    """What plan and evidence give for a figure: the value, its range, its formulas, the words."""

    value: float | None
    low: float | None = None
    high: float | None = None
    key: str = ""
    formulas: Mapping[str, float] = field(default_factory=dict)
    words: str = ""


def judge_figures(figures: Sequence[Figure], facts: Facts) -> tuple[JudgedFigure, ...]:
    """Every figure judged by the contract's rules, in the order given."""
    return tuple(judge_figure(figure, facts) for figure in figures)


def judge_figure(figure: Figure, facts: Facts) -> JudgedFigure:
    """One figure: the first of `coincide`, `no_verificable`, `no_coincide` that holds."""
    truth = _TRUTHS.get(figure.subject, _nothing)(figure, facts)
    verdict = _verdict(figure, truth)
    matching = _matching(figure, truth, verdict)
    return JudgedFigure(
        figure=figure,
        computed=truth.value,
        low=truth.low,
        high=truth.high,
        verdict=verdict,
        formulas=truth.formulas,
        matching=matching,
        explanation=_explain(figure, truth, verdict, matching, facts),
    )


def agrees(claimed: float, value: float, bound: str = "") -> bool:
    """Whether a claimed number may be said of a value: within 0.5, or as its words allow.

    "alrededor" allows a tenth of the value and at least one; "mas_de" and "menos_de" are bounds.
    """
    if bound == "mas_de":
        return value > claimed - _NEAR
    if bound == "menos_de":
        return value < claimed + _NEAR
    if bound == "alrededor":
        return abs(claimed - value) <= max(1.0, abs(value) / 10)
    return abs(claimed - value) < _NEAR


def _verdict(figure: Figure, truth: _Truth) -> FigureVerdict:
    if truth.value is None:
        return FigureVerdict.UNVERIFIABLE
    if agrees(figure.claimed, truth.value, figure.bound):
        return FigureVerdict.MATCH
    return FigureVerdict.UNVERIFIABLE if _may_become(figure, truth) else FigureVerdict.MISMATCH


def _may_become(figure: Figure, truth: _Truth) -> bool:
    """Whether what is pending or unread could still make the claimed value right."""
    if truth.low is None or truth.high is None or truth.high - truth.low < 1e-6:
        return False
    nearest = min(max(figure.claimed, truth.low), truth.high)
    ends = (nearest, truth.low, truth.high)
    return any(agrees(figure.claimed, value, figure.bound) for value in ends)


def _matching(figure: Figure, truth: _Truth, verdict: FigureVerdict) -> str:
    """The formula that gives the claimed value: the configured one first, then the nearest."""
    if verdict is FigureVerdict.MATCH:
        return truth.key
    hits = [
        (abs(value - figure.claimed), place, key)
        for place, (key, value) in enumerate(truth.formulas.items())
        if agrees(figure.claimed, value, figure.bound if figure.bound == "alrededor" else "")
    ]
    return min(hits)[2] if hits else ""


def _compliance(figure: Figure, facts: Facts) -> _Truth:
    if not facts.rows(figure.scope):
        return _Truth(None)
    table = compliance(facts, figure.scope)
    words = _sum_words(table, facts)
    return _Truth(table.value, table.low, table.high, table.key, table.formulas, words)


def _planned(figure: Figure, facts: Facts) -> _Truth:
    rows = facts.rows(figure.scope)
    return _counted(len(rows) if rows else None, f"El plan tiene {number(len(rows), 0)}.")


def _reported(figure: Figure, facts: Facts) -> _Truth:
    rows = facts.rows(figure.scope)
    count = sum(a.code in facts.reported for a in rows)
    of = f" de {number(len(rows), 0)}"
    return _counted(count if rows else None, f"En el plan figuran reportadas {count}{of}.")


def _achieved(figure: Figure, facts: Facts) -> _Truth:
    rows = [a for a in facts.activities if a.code == figure.scope]
    value = rows[0].achieved if rows else None
    if value is None:
        return _Truth(None)
    target = rows[0].target
    meta = f" (meta: {_plain(target)})" if target is not None else ""
    return _counted(value, f"El plan registra {_plain(value)} de ejecutado{meta}.")


def _counted(value: float | None, words: str) -> _Truth:
    return _Truth(value, value, value, words=words if value is not None else "")


def _nothing(_figure: Figure, _facts: Facts) -> _Truth:
    return _Truth(None)


_TRUTHS: Mapping[FigureSubject, Callable[[Figure, Facts], _Truth]] = {
    FigureSubject.COMPLIANCE: _compliance,
    FigureSubject.PLANNED_ACTIVITIES: _planned,
    FigureSubject.REPORTED_ACTIVITIES: _reported,
    FigureSubject.ACHIEVED: _achieved,
}


def _sum_words(table: ComplianceTable, facts: Facts) -> str:
    """The sum behind the value, as a colleague would say it."""
    if table.value is None:
        return ""
    percent = f"{number(table.value)} %"
    open_ = _range_words(table)
    if facts.rules.formula != "metas_cumplidas":
        return f"Con la fórmula «{table.key}» da {percent}{open_}."
    period = "en la vigencia" if facts.rules.base == "vigencia" else "en el período"
    return (
        f"Con evidencia {period} se sustentan {number(table.met, 0)} de "
        f"{number(table.rows, 0)} actividades: {percent}{open_}."
    )


def _range_words(table: ComplianceTable) -> str:
    if table.high is None or table.low is None or table.high - table.low < 0.05:
        return ""
    return f"; llegaría a {number(table.high)} % si se confirma lo pendiente"


def _explain(
    figure: Figure, truth: _Truth, verdict: FigureVerdict, matching: str, facts: Facts
) -> str:
    if truth.value is None:
        return _why_unknown(figure)
    told = f"{_plain(figure.claimed)}{' %' if figure.percent else ''}"
    start = f"El informe dice {_said(figure)}. {truth.words}"
    if figure.subject is not FigureSubject.COMPLIANCE or verdict is FigureVerdict.MATCH:
        return start
    if matching:
        return f"{start} El {told} sale solo si {_recipe(matching, figure, facts)}."
    if verdict is FigureVerdict.UNVERIFIABLE:
        return f"{start} El {told} cabe en lo que falta por revisar o por leer."
    return f"{start} Ninguna de las fórmulas conocidas da {told}."


def _said(figure: Figure) -> str:
    unit = " %" if figure.percent else ""
    lead = {"alrededor": "alrededor de ", "mas_de": "más de ", "menos_de": "menos de "}
    return f"{lead.get(figure.bound, '')}{_plain(figure.claimed)}{unit}"


def _plain(value: float) -> str:
    """A number with as many of two decimals as it has: 40,9 and 66,67."""
    return number(
        value, next(d for d in (0, 1, 2) if d == 2 or abs(value - round(value, d)) < 1e-9)
    )


def _recipe(key: str, figure: Figure, facts: Facts) -> str:
    """How a formula's name reads: what is counted, over which rows, with the count."""
    formula, basis, over = key.split("/")
    words = f"{_FORMULA_WORDS[formula]} {_BASIS_WORDS[basis]}"
    rows = facts.rows(figure.scope)
    base = len(rows) if over == "plan" else sum(a.code in facts.reported for a in rows)
    where = "sobre todas las del plan" if over == "plan" else "solo sobre las reportadas"
    if formula == "metas_cumplidas":
        met = round(compliance(facts, figure.scope).formulas[key] * base / 100)
        return f"{words} ({number(met, 0)} de {number(base, 0)}, {where})"
    return f"{words}, {where}"


def _clause(figure: Figure) -> str:
    """The clause of the figure's sentence that holds its number."""
    place = said(figure)
    if place is None:
        return figure.text
    return clause(Span(figure.text, 0, len(figure.text)), place.start, place.end).strip(" ,;:.")


def _why_unknown(figure: Figure) -> str:
    quote = f"«{_clause(figure)}»"
    if figure.subject is FigureSubject.COMPLIANCE:
        return (
            f"{quote}: no verificable. El plan no tiene un eje ni una dependencia que se llame "
            f"«{figure.scope}»."
        )
    if figure.subject is FigureSubject.ACHIEVED:
        return f"{quote}: no verificable. El plan no dice lo ejecutado en {figure.scope}."
    if figure.subject is FigureSubject.OTHER:
        return f"{quote}: no verificable. Ni el plan ni la configuración dicen cómo se calcula."
    return f"{quote}: no verificable. No se encontró en el plan a qué se refiere."
