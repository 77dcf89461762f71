"""The fitted weights, read from `weights.toml` (written by bench/fit_claims.py)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from evidencias.domain.claims.chain import STEPS
from evidencias.domain.claims.scoring import TOLD, TRAITS, Weights


@cache
def fitted() -> Weights:
    """The weights of the tool; a signal that the file does not name weighs nothing."""
    import numpy as np

    raw = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    return Weights(
        np.array([tables["told"].get(name, 0.0) for name in TOLD]),
        np.array([tables["unplanned"].get(name, 0.0) for name in TRAITS]),
        np.array([tables["nothing"].get(name, 0.0) for name in TRAITS]),
        np.array([tables["steps"].get(name, [0.0, 0.0, 0.0]) for name in STEPS]),
        np.array([tables["claim"].get(name, 0.0) for name in TRAITS]),
    )
