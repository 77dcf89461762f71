"""The report as a walk through the plan: what each statement tells, given its neighbours.

A narrative tends to follow the plan's order, eje by eje. The walk's state is the last activity
told (0 before the first, then the plan's rows in order); each statement either tells an activity
(the walk moves there), tells something no plan holds, or tells nothing (the walk stays). Scores
are log-linear and inference is exact (forward-backward over activities + 1 states).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencias.domain.claims.clauses import Joint
from evidencias.domain.claims.statements import Statement

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

STEPS = (
    "start_first", "start_other", "again_sentence", "again_own", "again_impersonal",
    "again_same", "next", "skip_one", "skip_few", "skip_many", "back_one", "back_few",
    "back_many", "axis_next_first", "axis_next_other", "axis_first", "axis_other",
)  # fmt: skip
_AGAIN = {
    Joint.SENTENCE: "again_sentence",
    Joint.OWN_SUBJECT: "again_own",
    Joint.IMPERSONAL: "again_impersonal",
    Joint.SAME_SUBJECT: "again_same",
}
BREAKS = ("inside", "sentence", "paragraph")


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Probabilities: `told` statements × activities, `unplanned` and `nothing` per statement."""

    told: Matrix
    unplanned: Matrix
    nothing: Matrix
    log_total: float
    pairs: Matrix | None = None


def step_codes(axes: Sequence[str]) -> Codes:
    """For each pair (last, next) of states the index in STEPS; `again` is left at its first."""
    import numpy as np

    order = list(dict.fromkeys(axes))
    rank = [order.index(axis) for axis in axes]
    first = [axes.index(axis) for axis in axes]
    size = len(axes)
    codes = np.zeros((size + 1, size), dtype=np.int64)
    for new in range(size):
        codes[0, new] = STEPS.index("start_first" if new == first[new] else "start_other")
        for old in range(size):
            codes[old + 1, new] = STEPS.index(_step(old, new, rank, first))
    return codes


def _step(old: int, new: int, rank: Sequence[int], first: Sequence[int]) -> str:
    if rank[old] != rank[new]:
        following = "axis_next" if rank[new] == rank[old] + 1 else "axis"
        return f"{following}_first" if new == first[new] else f"{following}_other"
    gap = new - old
    if gap == 0:
        return "again_sentence"
    if gap < 0:
        return "back_one" if gap == -1 else "back_few" if gap >= -4 else "back_many"
    return {1: "next", 2: "skip_one"}.get(gap, "skip_few" if gap <= 4 else "skip_many")


def break_of(row: Statement) -> int:
    """Index in BREAKS of what stands before the statement."""
    return 2 if row.opens else 1 if row.joint is Joint.SENTENCE else 0


def codes_at(codes: Codes, row: Statement) -> Codes:
    """The step codes before a statement: telling the same again depends on how it is joined."""
    import numpy as np

    here = codes.copy()
    size = codes.shape[1]
    here[np.arange(1, size + 1), np.arange(size)] = STEPS.index(_AGAIN[row.joint])
    return here


def moves(codes: Codes, rows: Sequence[Statement], weights: Matrix) -> list[Matrix]:
    """The odds of moving between states before each statement; `weights` is STEPS × BREAKS.

    Statements that are joined alike share one matrix.
    """
    import numpy as np

    kinds: dict[tuple[Joint, int], Matrix] = {}
    for row in rows:
        kind = (row.joint, break_of(row))
        if kind not in kinds:
            kinds[kind] = np.exp(weights[codes_at(codes, row), kind[1]])
    return [kinds[row.joint, break_of(row)] for row in rows]


def infer(
    told: Matrix,
    unplanned: Matrix,
    nothing: Matrix,
    steps: Sequence[Matrix],
    *,
    pairs: bool = False,
) -> Beliefs:
    """Exact posteriors of a chain from its scores.

    `told` is statements × activities, `unplanned` and `nothing` one score per statement (log
    scale), `steps` one (activities + 1) × activities matrix of odds per statement.
    """
    import numpy as np

    count, size = told.shape
    stay = np.logaddexp(unplanned, nothing)
    top = np.maximum(told.max(axis=1), stay) if size else stay
    tells, stays = np.exp(told - top[:, None]), np.exp(stay - top)
    ahead, behind = np.zeros((count + 1, size + 1)), np.ones((count + 1, size + 1))
    moved, norms = np.zeros((count, size)), np.ones(count)
    ahead[0, 0] = 1.0
    for t in range(count):
        moved[t] = (ahead[t] @ steps[t]) * tells[t]
        after = ahead[t] * stays[t]
        after[1:] += moved[t]
        norms[t] = after.sum()
        ahead[t + 1] = after / norms[t]
    for t in range(count - 1, -1, -1):
        after = behind[t + 1]
        behind[t] = (steps[t] @ (tells[t] * after[1:]) + after * stays[t]) / norms[t]
    kept = (ahead[:-1] * behind[1:]).sum(axis=1) * stays / norms
    share = np.exp(unplanned - stay)
    return Beliefs(
        moved * behind[1:, 1:] / norms[:, None],
        kept * share,
        kept * (1 - share),
        float((np.log(norms) + top).sum()),
        _pairs(ahead, steps, tells * behind[1:, 1:] / norms[:, None]) if pairs else None,
    )


def _pairs(ahead: Matrix, steps: Sequence[Matrix], reached: Matrix) -> Matrix:
    """For each statement the probability of every move, statements × states × activities."""
    import numpy as np

    return np.array([ahead[t][:, None] * steps[t] * reached[t] for t in range(len(steps))])
