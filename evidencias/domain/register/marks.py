"""The hidden Huella of a row in `Revisión`: the file's md5 and, for `decidir`, its signature.

A row that `decidir` appends carries "md5|decidir|moment|verdict". The mark travels with the row
through sorting and moving; a person who then changes the decision makes the row her own, because
the verdict no longer agrees with the mark; the moment tells which of several rows is the last,
whatever their order in the tab.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evidencias.domain.model import Verdict

TERMINAL = "decidir"
PERSON = "persona"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a Huella cell says; `moment` and `verdict` are "" in rows `decidir` did not write."""

    md5: str = ""
    moment: str = ""
    verdict: str = ""

    def origin_of(self, verdict: Verdict) -> str:
        """Who decided: "decidir" only while the row still says what `decidir` wrote."""
        return TERMINAL if self.moment and self.verdict == verdict.value else PERSON


def read_mark(text: str) -> Mark:
    """The mark in a Huella cell; anything unknown after the md5 is left aside."""
    md5, *rest = (part.strip() for part in text.split("|"))
    if len(rest) == 3 and rest[0] == TERMINAL:
        return Mark(md5, rest[1], rest[2])
    return Mark(md5)


def terminal_mark(md5: str, moment: datetime, verdict: Verdict) -> str:
    """The Huella of a row that `decidir` appends."""
    return f"{md5}|{TERMINAL}|{moment.isoformat()}|{verdict.value}"
