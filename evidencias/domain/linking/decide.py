"""From scores to states: automatic where the score is high, two signals agree and none forbids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking.features import Pairs
from evidencias.domain.linking.sparse import best_other
from evidencias.domain.linking.teach import total
from evidencias.domain.linking.weights import Scored, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

SUGGESTIONS: Final = 3
LEAST: Final = 0.002  # below this a suggestion tells nobody anything,
FAINT: Final = 0.00025  # unless nothing better is known of the file: then from this score
BESIDE: Final = 0.25  # and from this share of the best one's
WORDS_ALONE: Final = 0.02  # how much surer a link must be that no place supports
ELSEWHERE: Final = 0.4  # how much of its score a suggestion keeps whose file is another's already
UNFIT: Final = ("template", "draft", "other_time", "other_year", "payment", "personal", "system")


def _leads(columns: dict[str, Floats], name: str, least: float, by: float = 0.0) -> Bools:
    return (columns[name] > least) & (columns[f"{name.removesuffix('_words')}_ahead"] > by)


def agreeing(pairs: Pairs) -> dict[str, Bools]:
    """Which kinds of signal speak for each pair."""
    c = pairs.columns
    company = np.max([c[f"{g}_mean"] for g in ("event", "series", "copy", "day")], axis=0)
    return {
        "codigo": (c["code_name"] >= 0.5)
        | (c["code_text_code"] >= 0.5)
        | (c["code_name_weak_backed"] > 0),
        "carpeta": (c["code_folder"] >= 0.5)
        | (c["code_folder_weak_backed"] > 0)
        | _leads(c, "folder_aligned", 0.1)
        | _leads(c, "folder_words", 0.1)
        | (c["folder_mean"] > 0.3)
        | (c["axis_ahead"] > 0.3)
        | (c["department_ahead"] > 0.3),
        "nombre": _leads(c, "name_words", 0.1)
        | _leads(c, "name_topics", 0.1)
        | _leads(c, "name_aligned", 0.1)
        | _leads(c, "name_narrated", 0.1)
        | _leads(c, "learned_name", 0.1, 0.2),
        "texto": _leads(c, "lines_words", 0.1)
        | _leads(c, "text_topics", 0.15)
        | _leads(c, "lines_aligned", 0.1)
        | _leads(c, "text_narrated", 0.15)
        | _leads(c, "learned_text", 0.15, 0.2),
        "compania": company > 0.3,
        "clase": c["kind_fits"] > 0,
        "aprendido": total(c) > 0.8 if "taught_words" in c else np.zeros(len(pairs.keys), bool),
    }


def forbidden(pairs: Pairs) -> Bools:
    """What nothing outweighs: the file says it is no evidence, a blank, or another activity's."""
    c = pairs.columns
    unfit = np.max([c[f"sign_{s}{p}"] for s in UNFIT for p in ("", "_folder")], axis=0) >= 0.7
    unfit |= np.maximum(c["sign_draft_text"], c["sign_other_time_text"]) >= 0.7
    other_code = (c["code_name_other"] > 0.5) & (c["code_name"] < 0.5)
    found: Bools = unfit | other_code | (c["sign_blank_form"] > 0.75)
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen pairs: positions in the scored pairs, whether each is automatic, its score."""

    at: NDArray[np.int64]
    automatic: Bools
    score: Floats


def automatic(scored: Scored, weights: Weights) -> Bools:
    """Which pairs are sure: two kinds of signal agree, the score is high, no sign forbids it.

    What speaks against a pair and how far it is ahead of the file's other activities are in the
    score (the third look); words that no place supports must be surer still. The bounds were read
    off scores of left-out corpora (docs/decisions-linking.md).
    """
    says = agreeing(scored.pairs)
    several = np.sum(list(says.values()), axis=0) >= 2
    housed = says["codigo"] | says["carpeta"]
    bound = np.where(housed, weights.sure, weights.sure + WORDS_ALONE)
    found: Bools = several & (scored.score >= bound) & ~forbidden(scored.pairs)
    return found


def choose(scored: Scored, weights: Weights) -> Choice:
    """Automatic links and up to three suggestions a file, best first within a file."""
    pairs, score = scored.pairs, scored.score
    sure = automatic(scored, weights)
    order = np.lexsort((pairs.activity, -score, ~sure, pairs.file))
    row = pairs.file[order]
    near_best = score >= BESIDE * best_other(pairs.file, score)
    told = (score >= LEAST) | ((score >= FAINT) & near_best)
    suggestion = ~sure[order] & told[order]
    before: NDArray[np.int64] = np.cumsum(suggestion) - suggestion
    rank: NDArray[np.int64] = before - before[np.searchsorted(row, row)]
    kept = sure[order] | (suggestion & (rank < SUGGESTIONS))
    at = order[kept]
    settled = np.isin(pairs.file, pairs.file[sure])
    shown = np.where(settled & ~sure, ELSEWHERE * score, score)
    return Choice(at, sure[at], shown[at])
