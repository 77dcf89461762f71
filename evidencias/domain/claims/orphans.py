"""Files that no activity took, offered where they may support a claim that no plan holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from evidencias.domain.linking import language
from evidencias.domain.model import Claim, ClaimKind

_FLOOR = 0.34  # share of the claim's telling words that a file must hold


def offers(claims: Sequence[Claim], texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Claim id → up to three orphan files, likeliest first; only for unplanned claims."""
    asked = [c for c in claims if c.kind is ClaimKind.UNPLANNED]
    if not asked or not texts:
        return {}
    bags = {file: set(language.roots(text)) for file, text in texts.items()}
    spread = Counter(root for bag in bags.values() for root in bag)
    return {c.id: _best(c, bags, spread) for c in asked}


def _best(claim: Claim, bags: Mapping[str, set[str]], spread: Counter[str]) -> tuple[str, ...]:
    roots = set(language.roots(claim.text)) - language.weak_stems()
    worth = {r: math.log((2 + len(bags)) / (1 + spread[r])) for r in roots}
    total = sum(worth.values()) or 1.0
    scores = {
        file: sum(worth[r] for r in roots & bag) / total
        for file, bag in bags.items()
        if len(roots & bag) > 1
    }
    good = sorted((-s, file) for file, s in scores.items() if s >= _FLOOR)
    return tuple(file for _, file in good[:3])
