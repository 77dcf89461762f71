"""Which cases are left out together, and how their reports are read by what never saw them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.claim_cases import folders_with_reports
from bench.corpora import find
from bench.fit_claims import fit
from evidencias.domain.claims.scoring import Weights

GROUPS = 6  # parts of which each is left out and judged by weights of the others


@cache
def folders(*roots: Path) -> tuple[Path, ...]:
    """The cases under some folders that have a period."""
    return tuple(f for root in roots for f in find(root) if (f / "caso.toml").exists())


def group_of(name: str, *roots: Path) -> frozenset[str]:
    """The cases that are left out together with the one named."""
    named = sorted({folder.name for folder in folders(*roots)})
    groups = (frozenset(named[i::GROUPS]) for i in range(GROUPS))
    return next((group for group in groups if name in group), frozenset({name}))


@cache
def claims_without(group: frozenset[str], *roots: Path) -> Weights:
    """Weights of the reader of claims from all reports but those of a group."""
    return fit([f for f in folders_with_reports(roots) if f.name not in group])
