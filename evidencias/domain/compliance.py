"""Compliance: the formulas, the bases, the range still open, and the summary for the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evidencias.domain.assessment import Rules
from evidencias.domain.model import Activity, ActivityState, LinkState, Standing

FORMULAS = ("metas_cumplidas", "promedio_simple", "promedio_ponderado")
BASES = ("reportadas", "evidenciadas", "confirmadas")
ROWS = ("plan", "reportadas")
TOTAL = "total"
_LIGHTS = ("crítico", "bajo", "medio", "satisfactorio", "sobresaliente")
_OPEN_STATES = {ActivityState.TO_REVIEW, ActivityState.UNVERIFIABLE}


@dataclass(frozen=True)
class Facts:
    """What compliance is counted from: the plan, where each activity stands, what was confirmed.

    `earlier` holds, per earlier semester of the vigencia, the codes its frozen manifest supports;
    it counts only when `rules.base` is "vigencia". `reachable` are the codes that pending
    suggestions could still bring to "soportada"; None takes every activity to review as such.
    """

    activities: Sequence[Activity]
    standings: Sequence[Standing]
    confirmed: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=Rules)
    earlier: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reachable: frozenset[str] | None = None

    @cached_property
    def past(self) -> frozenset[str]:
        """Codes supported in an earlier semester that counts."""
        if self.rules.base != "vigencia":
            return frozenset()
        return frozenset(code for codes in self.earlier.values() for code in codes)

    @cached_property
    def supported(self) -> frozenset[str]:
        """Codes with enough evidence now, or in an earlier semester that counts."""
        return self.past | self._in({ActivityState.SUPPORTED})

    @cached_property
    def open(self) -> frozenset[str]:
        """Codes that pending suggestions or unread folders may still bring to "soportada"."""
        undecided = self._in(_OPEN_STATES) - self.supported
        if self.reachable is None:
            return undecided
        return (undecided & self.reachable) | (
            self._in({ActivityState.UNVERIFIABLE}) - self.supported
        )

    @cached_property
    def reported(self) -> frozenset[str]:
        """Codes reported this semester, or supported in an earlier one that counts."""
        return frozenset(a.code for a in self.activities if a.reported) | self.past

    def _in(self, states: set[ActivityState]) -> frozenset[str]:
        return frozenset(s.activity for s in self.standings if s.state in states)

    def rows(self, scope: str = TOTAL) -> tuple[Activity, ...]:
        """The plan's rows of a scope: "total", an axis, a department or a code."""
        if scope == TOTAL:
            return tuple(self.activities)
        return tuple(a for a in self.activities if scope in {a.axis, a.department, a.code})


@dataclass(frozen=True, slots=True)
class ComplianceTable:
    """The compliance of one scope in percent: every formula, and the configured one's range.

    `formulas` maps "formula/basis/rows" to its value; a formula that cannot be counted (no
    weights, no rows) is absent. `met` and `rows` are the count behind the default formula.
    """

    scope: str
    key: str
    value: float | None
    low: float | None
    high: float | None
    formulas: Mapping[str, float]
    met: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the register's `Resumen`: the whole, an axis or a department."""

    level: str  # "total", "eje" or "dependencia"
    name: str
    programmed: int
    reported: int
    supported: int
    to_review: int
    partial: int
    no_evidence: int
    unverifiable: int
    compliance: float | None
    low: float | None
    high: float | None
    light: str


def compliance(facts: Facts, scope: str = TOTAL) -> ComplianceTable:
    """The compliance of a scope by every formula, with the range of the configured one."""
    rows = facts.rows(scope)
    formula, key = facts.rules.formula, default_key(facts.rules)
    values = {
        f"{name}/{basis}/{over}": value
        for name in FORMULAS
        for basis in BASES
        for over in ROWS
        if (value := _share(name, rows, _basis(facts, basis), _over(facts, rows, over))) is not None
    }
    most = facts.reported & (facts.supported | facts.open)
    return ComplianceTable(
        scope,
        key,
        values.get(key),
        values.get(key),
        _share(formula, rows, most, rows),
        values,
        sum(1 for a in rows if a.code in _basis(facts, "evidenciadas") and is_met(a)),
        len(rows),
    )


def default_key(rules: Rules) -> str:
    """The formula that `calculado` follows: the configured one, evidenced, over the plan."""
    return f"{rules.formula}/evidenciadas/plan"


def is_met(activity: Activity) -> bool:
    """Whether the done quantity reaches the target; a blank in either does not."""
    if activity.target is None or activity.achieved is None:
        return False
    return activity.achieved >= activity.target


def progress(activity: Activity) -> float:
    """min(100, ejecutado/meta) of one activity, in percent; a target of zero is met or not."""
    if activity.target is None or activity.achieved is None:
        return 0.0
    if activity.target <= 0:
        return 100.0 if is_met(activity) else 0.0
    return max(0.0, min(100.0, 100 * activity.achieved / activity.target))


def all_confirmed(standings: Iterable[Standing]) -> frozenset[str]:
    """Codes of supported activities whose every counting link a person confirmed."""
    return frozenset(
        s.activity
        for s in standings
        if s.state is ActivityState.SUPPORTED
        and s.counting
        and all(c.state is LinkState.CONFIRMED for c in s.files if c.counts)
    )


def traffic_light(percent: float | None, limits: Sequence[float]) -> str:
    """The half-open interval a percentage falls into, by name when there are the usual five."""
    if percent is None:
        return ""
    place = sum(percent >= limit for limit in limits)
    if len(limits) == len(_LIGHTS) - 1:
        return _LIGHTS[place]
    edges = [0, *limits, 100]
    return f"{edges[place]:g} a {edges[place + 1]:g}"


def axes_summary(facts: Facts) -> tuple[SummaryRow, ...]:
    """The lines of `Resumen`: the whole, then each eje, then each dependencia, in plan order."""
    axes = dict.fromkeys(a.axis for a in facts.activities if a.axis)
    departments = dict.fromkeys(a.department for a in facts.activities if a.department)
    return (
        _summary(facts, TOTAL, TOTAL, facts.activities),
        *(_summary(facts, "eje", x, [a for a in facts.activities if a.axis == x]) for x in axes),
        *(
            _summary(facts, "dependencia", d, [a for a in facts.activities if a.department == d])
            for d in departments
        ),
    )


def _summary(facts: Facts, level: str, name: str, rows: Sequence[Activity]) -> SummaryRow:
    codes = {a.code for a in rows if a.reported}
    states = [s.state for s in facts.standings if s.activity in codes]
    reached = facts.reported & facts.supported
    value = _share(facts.rules.formula, rows, reached, rows)
    return SummaryRow(
        level,
        name,
        sum(a.programmed for a in rows),
        sum(a.reported for a in rows),
        states.count(ActivityState.SUPPORTED),
        states.count(ActivityState.TO_REVIEW),
        states.count(ActivityState.PARTIAL),
        states.count(ActivityState.NO_EVIDENCE),
        states.count(ActivityState.UNVERIFIABLE),
        value,
        value,
        _share(facts.rules.formula, rows, facts.reported & (facts.supported | facts.open), rows),
        traffic_light(value, facts.rules.traffic_light),
    )


def _basis(facts: Facts, basis: str) -> frozenset[str]:
    """The codes whose progress a basis lets count."""
    if basis == "reportadas":
        return facts.reported
    if basis == "evidenciadas":
        return facts.reported & facts.supported
    return facts.reported & facts.supported & (facts.confirmed | facts.past)


def _over(facts: Facts, rows: Sequence[Activity], over: str) -> Sequence[Activity]:
    return rows if over == "plan" else [a for a in rows if a.code in facts.reported]


def _share(
    formula: str, rows: Sequence[Activity], counting: frozenset[str], over: Sequence[Activity]
) -> float | None:
    """A formula in percent over the given rows; None without rows, or without their weights."""
    if not over:
        return None
    done = [a for a in rows if a.code in counting]
    if formula == "metas_cumplidas":
        return round(100 * sum(is_met(a) for a in done) / len(over), 4)
    if formula == "promedio_simple":
        return round(sum(progress(a) for a in done) / len(over), 4)
    weights = [a.weight for a in over]
    total = sum(w for w in weights if w is not None)
    if None in weights or total <= 0:
        return None
    return round(sum((a.weight or 0) * progress(a) for a in done) / total, 4)
