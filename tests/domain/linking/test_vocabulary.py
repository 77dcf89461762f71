"""What a plan's words weigh, the topics they evoke, and words of files that stand for them."""

from __future__ import annotations

import pytest

from evidencias.domain.linking import language
from evidencias.domain.linking.prepare import activity_view
from evidencias.domain.linking.vocabulary import aliases, fields, frequent, plan, topics_of
from evidencias.domain.model import Activity
from tests.domain.linking.cases import told

ACTIVITIES = (
    Activity("A1", "Campo", "Realizar talleres de apicultura", indicator="Colmenas instaladas"),
    Activity("A2", "Campo", "Realizar talleres de guadua a jóvenes"),
    Activity("A3", "Agua", "Pavimentar con acta la carretera", indicator="Carretera entregada"),
)
PLAN = plan([activity_view(a) for a in ACTIVITIES], "Política de los jóvenes")


def weight(word: str) -> float:
    return PLAN.weight[language.stem(word)]


@pytest.mark.parametrize(
    ("heavy", "light"),
    [
        ("apicultura", "talleres"),
        ("guadua", "jovenes"),
        ("carretera", "acta"),
        ("carretera", "realizar"),
        ("talleres", "realizar"),
        ("acta", "realizar"),
    ],
)
def test_a_rare_word_of_content_outweighs(heavy: str, light: str) -> None:
    assert weight(heavy) > weight(light) > 0


@pytest.mark.parametrize("pair", [("apicultura", "guadua"), ("colmenas", "carretera")], ids=told)
def test_words_that_one_activity_has_weigh_alike(pair: tuple[str, str]) -> None:
    assert weight(pair[0]) == weight(pair[1])


@pytest.mark.parametrize(
    ("at", "word", "share"),
    [(0, "apicultura", 1.0), (0, "colmenas", 0.6), (2, "carretera", 1.0), (2, "entregada", 0.6)],
)
def test_a_word_of_the_indicator_counts_less_unless_it_is_in_the_title(
    at: int, word: str, share: float
) -> None:
    assert fields(PLAN.views[at])[language.stem(word)] == share


def test_an_axis_that_all_share_tells_nothing() -> None:
    same = plan([activity_view(Activity(c, "Campo", c)) for c in ("Minga", "Trapiche")], "")
    assert len(same.axis.items) == 0
    assert len(PLAN.axis.items) == 3


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("apicultura", "apicultura"),
        ("colmena abeja panal", "apicultura"),
        ("carretera bacheo pavimento", "vias"),
        ("ajedrez tablero jaque", "ajedrez"),
    ],
)
def test_words_evoke_their_topic(words: str, topic: str) -> None:
    assert topics_of(dict.fromkeys(language.roots(words), 1.0))[topic] > 0.3


@pytest.mark.parametrize(
    ("words", "topic"),
    [("carretera", "apicultura"), ("colmena", "vias"), ("xyzw", "ajedrez"), ("", "vias")],
)
def test_words_of_one_topic_do_not_evoke_another(words: str, topic: str) -> None:
    assert topic in {t for names in language.topics().values() for t in names}
    assert topic not in topics_of(dict.fromkeys(language.roots(words), 1.0))


def test_more_words_evoke_a_topic_more_but_never_more_than_wholly() -> None:
    some = [topics_of(dict.fromkeys(language.roots(t), 1.0))["apicultura"] for t in (
        "colmena", "colmena abeja", "colmena abeja panal apicultura miel polen propoleo"
    )]  # fmt: skip
    assert 0 < some[0] < some[1] < some[2] < 1


@pytest.mark.parametrize(
    ("rare", "low", "high"), [(1.0, 1.0, 1.0), (0.7, 1.0, 1.0), (0.3, 0.2, 0.4), (0.0, 0.0, 0.0)]
)
def test_a_word_in_many_files_counts_less(rare: float, low: float, high: float) -> None:
    assert low <= frequent(rare) <= high


KNOWN = (
    *("emprend", "trapich", "acueduct", "tambo", "tambach", "guacharac"),
    *("guard", "emprest", "sistem"),
)


@pytest.mark.parametrize(
    ("root", "target", "sure"),
    [
        ("emprendimeint", "emprend", 0.8),
        ("aceduct", "acueduct", 0.8),
        ("acueducct", "acueduct", 0.8),
        ("acueducts", "acueduct", 0.8),
        ("feriatrapich", "trapich", 0.8),
        ("acueductorural", "acueduct", 0.8),
        ("trapi", "trapich", 0.6),
        ("acue", "acueduct", 0.6),
    ],
)
def test_a_mistyped_joined_or_cut_word_stands_for_the_plans(
    root: str, target: str, sure: float
) -> None:
    assert aliases(KNOWN, [root]) == {root: ((target, sure),)}


@pytest.mark.parametrize(
    ("root", "why"),
    [
        ("tra", "too short to be a cut"),
        ("empre", "two words begin so"),
        ("huacharac", "another first letter"),
        ("guachrc", "too many letters are wrong"),
        ("tambu", "too short for a typing error"),
        ("tambori", "two letters are no word run together"),
        ("guarderi", "a word of the thesaurus is known"),
        ("sistematiz", "says what kind of paper it is"),
    ],
)
def test_a_word_stands_for_nothing(root: str, why: str) -> None:
    assert aliases(KNOWN, [root]) == {}, why


def test_at_most_three_words_are_found_run_together() -> None:
    known = ("minga", "trueque", "fogata", "tambora")
    found = aliases(known, ["mingatruequefogatatambora"])["mingatruequefogatatambora"]
    assert len(found) == 3
    assert {sure for _, sure in found} == {0.8}
