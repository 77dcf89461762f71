"""From scores to states: automatic only when independent signals agree and none contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import best_other
from evidencias.domain.linking.weights import Scored, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

SUGGESTIONS: Final = 3
LEAST: Final = 0.004  # below this a suggestion tells nobody anything


def agreeing(pairs: Pairs) -> dict[str, Bools]:
    """Which independent kinds of signal speak for each pair."""
    c = pairs.columns
    company = np.max([c[f"{g}_mean"] for g in ("event", "series", "copy", "day")], axis=0)
    return {
        "codigo": (c["code_name"] >= 0.5) | (c["code_text_code"] >= 0.5) | (c["code_name_label"] >= 0.9),
        "carpeta": (c["code_folder"] >= 0.5)
        | (c["code_folder_lead"] >= 0.9)
        | ((c["folder_ahead"] > 0.1) & (c["folder_words"] > 0.15))
        | ((c["folder_topics_ahead"] > 0.1) & (c["folder_topics"] > 0.2))
        | (c["folder_mean"] > 0.45),
        "nombre": ((c["name_ahead"] > 0.05) & (c["name_words"] > 0.15))
        | ((c["name_topics_ahead"] > 0.1) & (c["name_topics"] > 0.15))
        | ((c["learned_name_ahead"] > 0.3) & (c["learned_name"] > 0.15)),
        "texto": ((c["lines_ahead"] > 0.05) & (c["lines_words"] > 0.15))
        | ((c["text_topics_ahead"] > 0.05) & (c["text_topics"] > 0.2))
        | ((c["learned_text_ahead"] > 0.3) & (c["learned_text"] > 0.2)),
        "compania": company > 0.45,
    }


def vetoed(pairs: Pairs) -> Bools:
    """What rules an automatic link out, whatever the score: an unfit paper or another's code."""
    c = pairs.columns
    unfit = np.max(
        [c[f"sign_{s}{p}"] for s in ("template", "draft", "other_time", "other_year") for p in ("", "_folder")], axis=0
    ) >= 0.7
    other_code = (c["code_name_other"] > 0.5) & (c["code_name"] < 0.5)
    blank = c["sign_blank_form"] > 0.4
    return unfit | other_code | blank


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen pairs: positions in the scored pairs, and whether each is automatic."""

    at: NDArray[np.int64]
    automatic: Bools


def choose(scored: Scored, weights: Weights) -> Choice:
    """Automatic links and up to three suggestions a file, best first within a file."""
    pairs, score = scored.pairs, scored.score
    kinds = np.sum(list(agreeing(pairs).values()), axis=0)
    rival = best_other(pairs.file, score)
    automatic = (score >= weights.sure) & (score - rival >= weights.ahead) & (kinds >= 2) & ~vetoed(pairs)
    order = np.lexsort((pairs.activity, -score, ~automatic, pairs.file))
    row = pairs.file[order]
    suggestion = ~automatic[order] & (score[order] >= LEAST)
    before = np.cumsum(suggestion) - suggestion
    rank = before - before[np.searchsorted(row, row)]
    kept = automatic[order] | (suggestion & (rank < SUGGESTIONS))
    return Choice(order[kept], automatic[order][kept])
