"""Why a statement is read as an activity, in words an official checks at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidencias.domain.claims.statements import Statement
from evidencias.domain.linking import language
from evidencias.domain.model import Activity, Reason
from evidencias.domain.numbers import find_numbers
from evidencias.domain.spanish import listed, number, quoted
from evidencias.domain.text import fold


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains statement-activity pairs; `proofs` are the roots of each activity's evidence."""

    activities: Sequence[Activity]
    proofs: Sequence[Counter[str]]

    def __call__(self, row: Statement, position: int) -> tuple[Reason, ...]:
        """At most three reasons for reading `row` as the activity at `position`."""
        activity = self.activities[position]
        found = [
            self._words(row, activity),
            self._count(row, activity),
            self._proof(row, position),
            self._topic(row, activity),
        ]
        kept = tuple(reason for reason in found if reason)[:3]
        return kept or (Reason("orden", "Por el orden del relato junto al del plan.", 0.3),)

    def _words(self, row: Statement, activity: Activity) -> Reason | None:
        plan = set(language.roots(f"{activity.name} {activity.indicator}"))
        shared = _shown(row.text, plan - language.weak_stems())
        return Reason("palabras", f"Comparte con el plan {shared}.", 1.0) if shared else None

    def _count(self, row: Statement, activity: Activity) -> Reason | None:
        told = {n.value for n in find_numbers(row.text) if not n.percent and n.value > 1}
        if activity.achieved is None or activity.achieved not in told:
            return None
        count = number(activity.achieved)
        return Reason("cantidad", f"Da la cantidad que el plan trae como ejecutada ({count}).", 0.8)

    def _proof(self, row: Statement, position: int) -> Reason | None:
        known = self.proofs[position].keys() - set(language.roots(self.activities[position].name))
        shared = _shown(row.text, known - language.weak_stems())
        text = f"Los archivos de la actividad también hablan de {shared}."
        return Reason("evidencias", text, 0.6) if shared else None

    def _topic(self, row: Statement, activity: Activity) -> Reason | None:
        topics = language.topics()
        own = set(language.roots(activity.name)) - language.weak_stems()
        meant = {t for r in own for t in topics.get(r, ())}
        said = set(language.roots(row.text)) - language.weak_stems()
        told = {r for r in said if meant & set(topics.get(r, ()))}
        shared = _shown(row.text, told)
        return Reason("tema", f"Habla del mismo tema: {shared}.", 0.5) if shared else None


def _shown(text: str, roots: set[str] | frozenset[str]) -> str:
    """Up to three words of the text whose root is among `roots`, quoted and listed."""
    shown: dict[str, str] = {}
    for word in text.split():
        bare = word.strip(".,;:()«»“”\"'")
        root = language.stem(fold(bare))
        if root in roots and root not in language.function_words():
            shown.setdefault(root, quoted(bare.lower()))
    return listed(list(shown.values())[:3])
