"""What a Spanish clause says by its verb forms: done, only intended, denied, or plain talk.

Morphology only, no tagger: the preterite and the perfect carry nearly every statement of
execution in administrative prose, and their endings are almost never those of other words.
Source of the closed lists: Nueva gramática de la lengua española (RAE), ch. 4 and 28.
"""

from __future__ import annotations

import re

from evidencias.domain.text import fold


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
AUXILIARY = word_set("""ha han hemos había habían habiendo""")
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
COPULAS = word_set("""fue fueron fuimos estuvo estuvieron estuvimos resultó resultaron sido""")
# Verbs of a deed that can be shown, apart from those of change, attitude or method: their stems.
_DEED_STEMS = word_set(
    """abri acondicion adecu adelant adjudic adorn adquiri aloj ampli aplic apoy arboriz arm
    arregl asesor asfalt asign atendi auspici barri brind canaliz capacit caracteriz cedi
    celebr cerc certific compil compr condecor conform conmemor constru contrat convoc coron
    cosech cre cubri cultiv decor demarc demoli descontamin desinfect despach diagnostic dict
    digitaliz disen distribuy divulg don dot edit ejecut elabor eligi embelleci ensen entreg
    equip esteriliz estren excav exhibi expidi expus fabric festej film financi firm form
    fumig georreferenci grab gradu habilit hici hiz homenaje hub ilumin implement imprimi
    inaugur incaut indemniz inmuniz inscribi inspeccion instal intercambi intervin lanz
    legaliz levant limpi matricul midi moderniz mont moviliz notific obsequi oper organiz
    otorg pag particip patrocin paviment perfor pint plant pod premi present prest produj
    proyect public radic realiz recaud recogi recolect reconstruy recorri recuper refaccion
    reforest regal rehabilit remodel renov repar reparti repot rescat restaur reubic roci
    rotul sembr senaliz sesion sistematiz socializ subsidi suministr suscribi sustituy tendi
    titul traj tramit transmiti transport traslad urbaniz vacun vendi viaj vincul visit"""
)
_DEED = re.compile(rf"(?:{'|'.join(sorted(_DEED_STEMS))})"
                   r"(?:o|io|yo|aron|ieron|eron|yeron|amos|imos)")  # fmt: skip
CLITICS = word_set("""se le les lo la los las nos me te no ya también tampoco""")
NOBODY = word_set("""nadie ningún ninguno ninguna nada nunca jamás""")
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
    if before in AUXILIARY or (before == "sido" and before_that in AUXILIARY):
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


def is_deed(word: str) -> bool:
    """Whether a verb in the past tells a deed that can be shown ("repartieron", not "mejoró")."""
    return bool(_DEED.fullmatch(fold(word)))


def person(word: str) -> str:
    """The person of a verb in the past: "nosotros", "ellos" or "él"; participles count as "él"."""
    if word.endswith("mos"):
        return "nosotros"
    return "ellos" if word.endswith("on") else "él"
