"""What stands over a statement (a title, its row's first cells) and what of the plan that names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidencias.domain.claims.clauses import past_verbs
from evidencias.domain.claims.tokens import Span, count_words, tokens
from evidencias.domain.figures.scopes import ScopeFinder
from evidencias.domain.linking import language
from evidencias.domain.model import Activity, Section
from evidencias.domain.text import fold

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_MOST_WORDS = 14
_COUNT = re.compile(r"\d")
_LABEL = re.compile(r"^\W*(?:[^\W\d]+\s+){0,2}[\d.]+\W*")
_SHARE = 0.7


def over_each(section: Section) -> Iterator[str]:
    """For each paragraph of a section what stands over it: its title, or the lines just before."""
    over, kept = section.title, False
    for paragraph in section.paragraphs:
        yield over
        if _heads(paragraph):
            over = f"{over}\n{paragraph}" if kept else paragraph
            kept = True
        else:
            kept = False


def _heads(paragraph: str) -> bool:
    """Whether a paragraph only names what follows: short, no sentence, counting nothing."""
    labelled = paragraph.partition(":")[0].count(" ") < 2 and ":" in paragraph
    ends = paragraph.rstrip().endswith((".", ";")) and not labelled
    if count_words(paragraph) > _MOST_WORDS or ends:
        return False
    if " | " in paragraph or _COUNT.search(_LABEL.sub("", paragraph)):
        return False
    return not past_verbs(tokens(paragraph, Span(0, len(paragraph))))


def named(overs: Sequence[str], activities: Sequence[Activity]) -> Matrix:
    """Per statement and activity: 1 when what stands over it names its eje, 2 its own name."""
    import numpy as np

    finder = ScopeFinder(activities)
    rows = {over: _named(over, activities, finder) for over in set(overs)}
    return np.array([rows[over] for over in overs]).reshape(len(overs), len(activities))


def _named(over: str, activities: Sequence[Activity], finder: ScopeFinder) -> list[float]:
    axes = {m.scope for line in over.split("\n") if (m := finder.find(line)) and m.known}
    said = set(language.roots(over)) - language.weak_stems()
    plain = fold(over)
    return [
        2.0 if _states(activity, said, plain) else 1.0 if activity.axis in axes else 0.0
        for activity in activities
    ]


def _states(activity: Activity, said: set[str], plain: str) -> bool:
    """Whether it says the activity's code, or most of its telling words."""
    code = re.escape(fold(activity.code))
    if len(activity.code) > 2 and re.search(rf"(?<![\w.]){code}(?![\w.]*\w)", plain):
        return True
    own = set(language.roots(activity.name)) - language.weak_stems()
    shared = len(own & said)
    return shared > 1 and shared >= _SHARE * len(own)
