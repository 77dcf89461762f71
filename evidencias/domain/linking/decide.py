"""From scores to states: automatic only when independent signals agree and none contradicts."""

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
LEAST: Final = 0.004  # below this a suggestion tells nobody anything,
FAINT: Final = 0.0005  # unless nothing better is known of the file: then from this score
BESIDE: Final = 0.25  # and from this share of the best one's
UNEXPLAINED: Final = (
    0.55  # a file most of whose own words the activity leaves unexplained is no proof
)
WORDS_ALONE: Final = 0.1  # how much surer a link must be that no place supports
WITNESSED: Final = 0.3  # how much less sure where place and another witness agree
ELSEWHERE: Final = 0.4  # how much of its score a suggestion keeps whose file is another's already
STRANGE: Final = 0.6  # from this share of words without kin, words alone prove nothing
UNFIT: Final = ("template", "draft", "other_time", "other_year", "payment", "personal", "system")


def _leads(columns: dict[str, Floats], name: str, least: float, by: float = 0.0) -> Bools:
    return (columns[name] > least) & (columns[f"{name.removesuffix('_words')}_ahead"] > by)


def agreeing(pairs: Pairs) -> dict[str, Bools]:
    """Which independent kinds of signal speak for each pair."""
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
        | _leads(c, "learned_name", 0.1, 0.2),
        "texto": _leads(c, "lines_words", 0.1)
        | _leads(c, "text_topics", 0.15)
        | _leads(c, "lines_aligned", 0.1)
        | _leads(c, "learned_text", 0.15, 0.2),
        "compania": company > 0.3,
        "clase": c["kind_fits"] > 0,
        "aprendido": total(c) > 0.8 if "taught_words" in c else np.zeros(len(pairs.keys), bool),
    }


def unexplained(pairs: Pairs) -> Floats:
    """The lesser share of its own words, in name or opening, that a file leaves unexplained."""
    c = pairs.columns
    silent_name = c["mute_name"] > 0
    name = np.where(silent_name, np.inf, c["still_name_unexplained"])
    head = np.where(c["has_text"] > 0, c["still_head_unexplained"], np.inf)
    least = np.minimum(name, head)
    return np.where(np.isfinite(least), least, 0.0)


def _best_company(columns: dict[str, Floats]) -> Floats:
    """How surely the nearest company of a file is the activity's."""
    groups = ("folder", "event", "series", "copy", "day")
    found: Floats = np.max([columns[f"{g}_mean"] for g in groups], axis=0)
    return found


def forbidden(pairs: Pairs) -> Bools:
    """What nothing outweighs: the file says it is no evidence, a blank, or another activity's."""
    c = pairs.columns
    unfit = np.max([c[f"sign_{s}{p}"] for s in UNFIT for p in ("", "_folder")], axis=0) >= 0.7
    unfit |= np.maximum(c["sign_draft_text"], c["sign_other_time_text"]) >= 0.7
    other_code = (c["code_name_other"] > 0.5) & (c["code_name"] < 0.5)
    found: Bools = unfit | other_code | (c["sign_blank_form"] > 0.75)
    return found


def vetoed(pairs: Pairs) -> Bools:
    """What rules an automatic link out, whatever the score: something contradicts it."""
    c = pairs.columns
    coded = np.maximum(c["code_name_backed"], c["code_name_trusted"]) > 0.5
    housed = coded | (c["code_folder_backed"] > 0.5)
    head_open = c["still_head_unexplained"] > 0.5
    other_public = (c["name_other_public_unexplained"] > 0.9) | (
        (c["head_other_public_unexplained"] > 0.9) & head_open
    )
    strange = ((unexplained(pairs) >= UNEXPLAINED) & ~housed) | (other_public & ~coded)
    lonely = (c["mute_name"] > 0) & (c["has_text"] == 0) & (_best_company(c) < 0.5) & ~housed
    strange |= lonely | (
        (c["has_text"] == 0) & (unexplained(pairs) > 0.45) & (_best_company(c) < 0.3) & ~housed
    )
    found: Bools = forbidden(pairs) | strange
    return found


def not_understood(pairs: Pairs) -> Floats:
    """The lesser share of its telling words, in name or opening, with no kin in the activity."""
    c = pairs.columns
    name, head = c["name_strange_unexplained"], c["head_strange_unexplained"]
    both = np.where(c["has_text"] > 0, np.minimum(name, head), name)
    found: Floats = np.where(c["mute_name"] > 0, head, both)
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen pairs: positions in the scored pairs, whether each is automatic, its score."""

    at: NDArray[np.int64]
    automatic: Bools
    score: Floats


def automatic(scored: Scored, weights: Weights) -> Bools:
    """Which pairs are sure: two kinds of signal, nothing against, well ahead of the runner-up.

    How high the score must be depends on which signals agree. Where place (code or folder) and
    another witness agree, half the way is enough; words without any place must be many and none
    of them strange; a folder whose file says something else proves nothing. The bounds were read
    off scores of left-out corpora (docs/decisions-linking.md).
    """
    pairs, score = scored.pairs, scored.score
    says = agreeing(pairs)
    ahead = score - best_other(pairs.file, score)
    place, company, text = (
        says["codigo"] | says["carpeta"], says["compania"], pairs.columns["has_text"] > 0,
    )  # fmt: skip
    clear = (score >= weights.sure) & (ahead >= weights.ahead)
    several = np.sum(list(says.values()), axis=0) >= 2
    by_words = (score >= weights.sure + WORDS_ALONE) & (not_understood(pairs) < STRANGE)
    deaf = says["carpeta"] & ~says["codigo"] & ~company & text & ~says["texto"]
    plain = clear & several & (place | by_words) & ~deaf
    housed = (says["codigo"] & says["carpeta"]) | (
        says["carpeta"] & company & (says["nombre"] | ~text)
    )
    witnessed = housed | _witnessed(says, text)
    near = witnessed & (score >= weights.sure - WITNESSED) & (ahead >= weights.ahead / 2)
    against = vetoed(pairs)
    despite = housed & clear & (score >= weights.sure + WORDS_ALONE) & ~forbidden(pairs)
    found: Bools = ((plain | near) & ~against) | despite
    return found


def _witnessed(says: dict[str, Bools], text: Bools) -> Bools:
    """Place and another independent witness agree, and a text that can speak does."""
    code, folder, name = says["codigo"], says["carpeta"], says["nombre"]
    heard = says["texto"] | ~text
    found: Bools = (code & (name | says["compania"]) & heard) | (folder & name & says["texto"])
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
