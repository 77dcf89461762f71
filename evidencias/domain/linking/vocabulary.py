"""The plan's words and topics with their weights, and how words of files stand for them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import ActivityView
from evidencias.domain.linking.sparse import Rows, rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INDICATOR: Final = 0.6  # an indicator names the product, often in other words than the activity
WEAK: Final = 0.2
KIND: Final = 0.4
POLICY: Final = 0.4
EVOKED: Final = 0.6  # how surely one word that belongs to one topic only speaks of it
SHARED: Final = 0.35  # how fast that falls when a word belongs to many topics
TYPO: Final = 88.0
Posting = dict[int, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as the signals read it: roots and topics, and who uses each with what weight.

    `narrated` are the roots of what the report tells, `told` is 1 for each activity it tells of.
    """

    views: tuple[ActivityView, ...]
    name: str
    ids: Mapping[str, int]
    topic_ids: Mapping[str, int]
    words: Rows
    topics: Rows
    axis: Rows
    department: Rows
    narrated: Rows
    told: NDArray[np.float64]
    mass: NDArray[np.float64]
    topic_mass: NDArray[np.float64]
    weight: Mapping[str, float]
    policy: frozenset[str]


def fields(view: ActivityView) -> dict[str, float]:
    """Each content root of an activity with the weight of the field it stands in."""
    return worth(view.title, view.indicator)


def worth(title: Iterable[str], indicator: Iterable[str]) -> dict[str, float]:
    """The roots of a title and an indicator, each with the weight of the field it stands in."""
    found = dict.fromkeys(indicator, INDICATOR)
    found.update(dict.fromkeys(title, 1.0))
    return found


def _word_weights(views: Sequence[ActivityView], policy: frozenset[str]) -> dict[str, float]:
    users: Counter[str] = Counter()
    for view in views:
        users.update(fields(view).keys())
    top = math.log(len(views) + 1)
    weak, kinds = language.weak_stems(), language.kind_stems()
    out = {}
    for root, count in users.items():
        damp = (
            WEAK if root in weak else KIND if root in kinds else POLICY if root in policy else 1.0
        )
        out[root] = damp * math.log((len(views) + 1) / count) / top
    return out


def topics_of(weighted: Mapping[str, float]) -> dict[str, float]:
    """The topics that some roots evoke, each from 0 (hardly) to 1 (by many of its words)."""
    absent: dict[str, float] = {}
    table = language.topics()
    for root, weight in weighted.items():
        names = table.get(root)
        if names:
            rest = 1 - EVOKED * weight / len(names) ** SHARED
            for name in names:
                absent[name] = absent.get(name, 1.0) * rest
    return {name: 1 - rest for name, rest in absent.items()}


def frequent(rare: float) -> float:
    """How much a word still counts when `rare` (1 in one file, 0 in all) is its rarity."""
    return float(min(1.0, (1.5 * rare) ** 1.5))


def _postings(users: Iterable[Mapping[str, float]], ids: dict[str, int]) -> Posting:
    table: Posting = defaultdict(dict)
    for activity, weighted in enumerate(users):
        for item, weight in weighted.items():
            table[ids.setdefault(item, len(ids))][activity] = weight
    return table


def _rows(table: Posting, size: int) -> Rows:
    listed = [table.get(i, {}) for i in range(size)]
    return rows([list(x) for x in listed], [list(x.values()) for x in listed])


def _topic_users(
    views: Sequence[ActivityView], weight: Mapping[str, float]
) -> list[dict[str, float]]:
    found = [
        topics_of({r: w * min(1.0, 0.25 + weight[r]) for r, w in fields(v).items()}) for v in views
    ]
    users = Counter(t for x in found for t, w in x.items() if w > 0.2)
    top = math.log(len(views) + 1)
    rarity = {t: math.log((len(views) + 1) / max(1, n)) / top for t, n in users.items()}
    return [{t: w * rarity.get(t, 0.5) for t, w in x.items()} for x in found]


def _sums(users: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([sum(u.values()) for u in users]) + 1e-9


def _told(views: Sequence[ActivityView]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([float(bool(view.narrated)) for view in views])


def plan(views: Sequence[ActivityView], policy: str) -> Plan:
    """Read a plan once: which roots and topics tell its activities apart, and how well."""
    common = frozenset(language.roots(policy))
    weight = _word_weights(views, common)
    users = [{r: w * weight[r] for r, w in fields(v).items()} for v in views]
    topics = _topic_users(views, weight)
    axis = [{r: 0.0 if r in language.weak_stems() else 1.0 for r in v.axis} for v in views]
    office = [{r: 0.0 if r in language.weak_stems() else 1.0 for r in v.department} for v in views]
    ids: dict[str, int] = {}
    topic_ids: dict[str, int] = {}
    said = _narrated(views)
    tables = [_postings(x, ids) for x in (users, _spread(axis), _spread(office), said)]
    topic_table = _postings(topics, topic_ids)
    word, ax, dep, told = (_rows(t, len(ids)) for t in tables)
    return Plan(
        tuple(views), policy, ids, topic_ids, word, _rows(topic_table, len(topic_ids)), ax, dep,
        told, _told(views),
        _sums(users), _sums(topics), weight, common,
    )  # fmt: skip


def retold(plan_: Plan, narrated: Mapping[str, Mapping[str, float]]) -> Plan:
    """A plan with what the report tells of its activities, by code."""
    views = [replace(v, narrated=narrated.get(v.activity.code, {})) for v in plan_.views]
    return plan(views, plan_.name)


def _narrated(views: Sequence[ActivityView]) -> list[dict[str, float]]:
    """What the report tells of each activity: roots, those told of few weighing more."""
    weak, kinds = language.weak_stems(), language.kind_stems()
    return _rarer([
        {r: w * (WEAK if r in weak else KIND if r in kinds else 1.0) for r, w in v.narrated.items()}
        for v in views
    ])  # fmt: skip


def _rarer(users: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Weights that are less the more activities share what is weighed."""
    spread: defaultdict[str, float] = defaultdict(float)
    for user in users:
        for item, weight in user.items():
            spread[item] += weight
    top = math.log(len(users) + 1)
    return [
        {x: w * math.log((len(users) + 1) / max(1.0, spread[x])) / top for x, w in user.items()}
        for user in users
    ]


def _spread(users: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Rarer words of an axis or office weigh more; those that all share weigh nothing."""
    counts = Counter(root for u in users for root in u)
    size = len(users)
    return [
        {r: w * (1 - counts[r] / size) / max(1, len(u)) for r, w in u.items() if counts[r] < size}
        for u in users
    ]


def aliases(
    known: Sequence[str], unknown: Iterable[str]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Roots of files that the plan lacks → the plan's roots they may stand for, and how surely.

    Typing errors ("emprendimeinto"), words run together ("ferianavidena") and cut short ("capac").
    """
    from rapidfuzz import fuzz, process

    long = sorted(r for r in known if len(r) >= 5)
    out: dict[str, tuple[tuple[str, float], ...]] = {}
    for root in set(unknown):
        if len(root) < 4 or root in language.topics() or root in language.kind_stems():
            continue
        inside = [(k, 0.8) for k in long if k in root and len(root) > len(k) + 2]
        cut = [k for k in long if k.startswith(root)] if len(root) >= 4 else []
        if inside:
            out[root] = tuple(inside[:3])
        elif len(cut) == 1:
            out[root] = ((cut[0], 0.6),)
        elif len(root) >= 6:
            best = process.extractOne(root, long, scorer=fuzz.ratio, score_cutoff=TYPO)
            if best and best[0][0] == root[0]:
                out[root] = ((best[0], 0.8),)
    return out
