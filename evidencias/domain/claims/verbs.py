"""What a Spanish clause says by its verb forms: done, only intended, denied, or plain talk.

Morphology only, no tagger: the preterite and the perfect carry nearly every statement of
execution in administrative prose, and their endings are almost never those of other words.
Source of the closed lists: Nueva gramática de la lengua española (RAE), ch. 4 and 28.
"""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


# Irregular preterites, third person and first plural (the strong stems of RAE § 4.12).
_STRONG = word_set(
    """hizo hicieron hicimos hubo fue fueron fuimos estuvo estuvieron estuvimos tuvo tuvieron
    tuvimos dio dieron dimos dijo dijeron pudo pudieron pudimos puso pusieron pusimos quiso
    quisieron supo supieron vino vinieron vinimos trajo trajeron anduvo anduvieron obtuvo
    obtuvieron obtuvimos mantuvo mantuvieron sostuvo sostuvieron contuvo retuvo detuvo dispuso
    propuso expuso compuso impuso intervino previno convino satisfizo produjo redujo condujo
    introdujo tradujo rehizo deshizo vio vieron vimos cupo"""
)
_PRETERITE = re.compile(r"(?:[^\W\d]{2,}ó|[^\W\d]+(?:aron|ieron|yeron|jeron)|[^\W\d]{2,}uvo)")
_FIRST_PLURAL = re.compile(r"[^\W\d]{3,}(?:amos|imos)")
_AUXILIARY = word_set("""ha han hemos había habían habiendo""")
_PARTICIPLE = re.compile(
    r"[^\W\d]{2,}(?:ado|ido|ada|ida|ados|idos|adas|idas)|[^\W\d]*(?:"
    r"hecho|puesto|dicho|visto|escrito|abierto|suscrito|inscrito|vuelto)[as]?s?"
)
_NOT_VERBS = word_set(
    """dominó bongó extramos ramos tramos últimos próximos mínimos máximos marítimos legítimos
    íntimos óptimos décimos séptimos racimos gramos anónimos reclamos mimos"""
)
_OTHER_FINITE = re.compile(
    r"[^\W\d]{2,}(?:aba|aban|ía|ían|ara|aran|iera|ieran|era|eran|ará|arán|erá|erán|irá|irán)|eran?"
)
_PRESENT = re.compile(r"[^\W\d]{2,}(?:an|en|a|e)|son|es|está|están|hay")
CLITICS = word_set("""se le les lo la los las nos me te no ya también tampoco""")
SUBORDINATORS = word_set(
    """que quien quienes donde cuando porque si cual cuales cuyo cuya cuyos cuyas cuanto
    cuantos aunque qué quién quiénes dónde cómo cuándo"""
)


def is_past(word: str, before: str = "", before_that: str = "") -> bool:
    """Whether a lower-case word is a preterite, or the participle of a perfect ("ha recibido").

    `before` and `before_that` are the words ahead of it; "se capacito" without its accent is
    understood after "se", as people write in capitals.
    """
    if word in _NOT_VERBS:
        return False
    if word in _STRONG or _PRETERITE.fullmatch(word) or _FIRST_PLURAL.fullmatch(word):
        return True
    if before in _AUXILIARY or (before == "sido" and before_that in _AUXILIARY):
        return bool(_PARTICIPLE.fullmatch(word)) and word != "sido"
    return before in {"se", "les", "nos"} and bool(re.fullmatch(r"[^\W\d]{3,}[aeiznrct]o", word))


def is_other_finite(word: str) -> bool:
    """Whether the word is a finite form that tells nothing done: imperfect, subjunctive, future."""
    return bool(_OTHER_FINITE.fullmatch(word))


def may_be_present(word: str) -> bool:
    """Whether the word may be a present-tense verb, judged by its ending alone."""
    return bool(_PRESENT.fullmatch(word))


def is_participle(word: str) -> bool:
    """Whether the word has the form of a past participle."""
    return bool(_PARTICIPLE.fullmatch(word))


def is_infinitive(word: str) -> bool:
    """Whether the word has the form of an infinitive ("resaltar")."""
    return len(word) > 3 and word.endswith(("ar", "er", "ir"))


def person(word: str) -> str:
    """The person of a verb in the past: "nosotros", "ellos" or "él"; participles count as "él"."""
    if word.endswith("mos"):
        return "nosotros"
    return "ellos" if word.endswith("on") else "él"
