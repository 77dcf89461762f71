"""A corpus linked as the tool links it, with the report it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpora import Corpus
from evidencias.domain.claims.narrator import narrator
from evidencias.domain.claims.scoring import Weights as ClaimWeights
from evidencias.domain.linking import link
from evidencias.domain.linking.weights import Weights
from evidencias.domain.model import Decision, Linking


@dataclass(frozen=True)
class Fitted:
    """By which weights a corpus is linked and its report read; those of the package by default."""

    links: Weights | None = None
    claims: ClaimWeights | None = None


SHIPPED = Fitted()


def linked(corpus: Corpus, by: Fitted = SHIPPED, decisions: Sequence[Decision] = ()) -> Linking:
    """The links of a corpus."""
    told = corpus.report
    return link(
        corpus.activities, corpus.files, corpus.texts,
        policy=corpus.policy, period=corpus.period, decisions=decisions, weights=by.links,
        narrator=narrator(told, corpus.activities, decisions, by.claims) if told else None,
    )  # fmt: skip
