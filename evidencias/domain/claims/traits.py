"""What a clause's own words say about being a claim, as named numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evidencias.domain.claims import verbs
from evidencias.domain.claims.clauses import Joint, main_verbs, past_verbs
from evidencias.domain.claims.gaps import PREPOSITIONS, is_numeral
from evidencias.domain.claims.statements import Statement
from evidencias.domain.claims.tokens import Span, Token, count_words, tokens
from evidencias.domain.figures.lexicon import kinds_of
from evidencias.domain.text import fold

_INTENT = re.compile(
    r"\b(?:se (?:propone|contempla|tiene (?:previst|program|planead)\w+|"
    r"recomienda|requiere|espera|sugiere|busca|pretende|proyecta|planea|preve|"
    r"aspira|debe|deben|puede|pueden|podra|podran|necesita|hace necesario)|es (?:necesario|posible|"
    r"importante|indispensable|preciso|conveniente|pertinente|fundamental|clave)|hay que|conviene|"
    r"debe|deben|deberia|deberian|podria|podrian|puede|pueden|seria|se quiere|tiene previsto|"
    r"(?:el|para el|la) (?:proximo|otro|siguiente) (?:ano|semestre|vigencia)|queda pendiente|"
    r"estan? (?:previst|program|planead)[oa]s? para|"
    r"se (?:les? )?[a-z]+[aei]ran?|esta pendiente|sigue pendiente|en proceso de contratacion|"
    r"permitira|permitiran)\b"
)
# A past verb that only schedules: "se programó la realización de…".
_SCHEDULED = re.compile(
    r"\bse (?:program|plane|proyect)(?:o|aron) (?:(?:la|el) (?:realizacion|ejecucion|desarrollo)|"
    r"realizar|ejecutar|desarrollar|llevar a cabo)\b"
)
_ONGOING = re.compile(
    r"^(?:ya |hoy )?(?:avanzan?|continuan?|se (?:adelantan?|vienen? \w+ndo)|"
    r"se encuentran? en ejecucion|esta(?:n)? en (?:marcha|ejecucion|funcionamiento))\b"
)
_ALREADY = re.compile(
    r"\bya (?!(?:menciona|cita|descri|dich|expues|señala|senala|conoci|existe|nombra|indica))"
    r"[a-z]+(?:ad|id|it|ert|uest|ech)[oa]s?\b"
)
_METHOD = re.compile(
    r"\bse (?:trabajo|priorizo|privilegio|prioriza\w*|procuro|propendio|formularon|formulo|"
    r"programo|programaron|proyecto|planearon|planeo|contemplo|establecio|establecieron|definio|"
    r"definieron|estructuraron|estructuro|plantearon|planteo|identifico|evidencio|evidenciaron|"
    r"busco|opto|conto con|tuvo en cuenta|utilizo|utilizaron|uso|usaron|aprovecho|logro que)\b"
)
_DENIED = re.compile(
    r"^(?:tampoco|no)\b|\bsin (?:ejecutar|iniciar|ejecucion)\b|\bsiguen? sin\b|"
    r"\bimpidi(?:o|eron)\b|\bno alcanz"
)
_REASON = re.compile(r"(?::|\b(?:pues|porque|ya que|por cuanto|dado que|debido a que))[\s,]*$")
_ONLY = verbs.word_set("""apenas solo solamente unicamente""")
_LIGHT = verbs.word_set("""hubo hizo hicieron""")
_WHEN = verbs.word_set("""después antes así luego siempre cuando""")
_SAYS = verbs.word_set("""presentó presentaron ejecutó ejecutaron realizó realizaron""")
_ABOUT_FIGURES = re.compile(
    r"\bcumplimiento\b|\bimpacto cualitativo\b|\bpor ciento\b|%|\bse reporta(?:n|ron)?\b|"
    r"\breporto\b|"
    r"\bda cuenta de\b|\bactividades (?:programadas|del plan|que contempla)"
)
# "El eje de salud quedó en 50 %": a figure and nothing done.
_SHARE = re.compile(r"%|\bpor ciento\b|\bde cada\b")
_OF_PLAN = re.compile(
    r"\b(?:cumpl\w+|avances?|avanz\w+|ejes?|lineas?|componentes?|politica|plan|metas)\b"
)
_ABOUT_PAPERS = re.compile(
    r"\b(?:reposan?|consignad|se encuentran? en|archivos?|soportes?|evidencias?|carpeta|drive|"
    r"codificacion|firmas|fotografias? sin)\b"
)
_ADVERSE = re.compile(
    r"\b(?:dificultad\w*|tarde|dañad[ao]|danad[ao]|lluvias?|demora\w*|obligaron|obligo|retras\w*|"
    r"falta|insuficien\w*|creciente|cerrad[ao]s|desbordo|cerraron|redujo|redujeron|desierto|"
    r"pandemia|presupuesto|contratistas?|contratacion)\b"
)
_GENERAL = re.compile(
    r"\b(?:actividades|acciones|estrategias?|avances?|politica publica|la politica|gestion|"
    r"esfuerzos|"
    r"logros?|resultados|alianzas|oferta|confianza|articulacion|territorio|trabajo|enfoque|"
    r"recursos naturales|beneficiarios|poblacion|comunidad)\b"
)
_PLAN_WORD = r"(?:previst|program|plan|parte|contemplad|acordad|concertad)\w*"
_VAGUE = re.compile(
    r"\b(?:diferentes|diversas?|diversos|distint[ao]s|vari[ao]s|algun[ao]s|multiples|demas|otras) "
    r"(?:\w+ )?(?:actividades|acciones|estrategias|iniciativas|labores|gestiones|alianzas|medios|"
    r"programas|plataformas|documentos|procesos|proyectos)\b|"
    r"\b(?:actividades|acciones|estrategias|iniciativas|labores) (?:de |para |que |al? |en (?:el|"
    r"la|l[ao]s) |propias|misionales|tendientes|encaminad|orientad|enmarcad|dirigid|enfocad|"
    r"realizad|desarrollad|relacionad)"
)
_UNPLANNED = re.compile(
    r"\b(?:fuera de (?:lo|las|el|la) (?:anterior|previst\w*|program\w*|plan\w*)|"
    r"por iniciativa propia|por fuera del plan|de manera extraordinaria|"
    r"no (?:estab\w+|estuv\w+|habia\w*|hacia\w*|figura\w*|hacen?|aparec\w*) (?:\w+ ){0,3}"
    rf"{_PLAN_WORD}|sin (?:estar|que estuvieran?|hallarse) (?:\w+ ){{0,2}}{_PLAN_WORD}|"
    r"no (?:previst|program|planead|contemplad)\w+|aunque no (?:hac|est|figur|apar)\w*|"
    r"imprevist[ao]s?)\b|^adicional(?:mente)?\b"
)
_ADDED = re.compile(
    r"^(?:ademas|tambien|asimismo|asi mismo|igualmente|de igual (?:manera|forma)|de otro lado|"
    r"por otr[ao] (?:lado|parte)|del mismo modo|a la par|aparte|como novedad|por primera vez)\b"
)
_DEED_PHRASE = re.compile(
    r"\bllev\w+ a cabo\b|\bp(?:uso|usieron) en (?:marcha|servicio|funcionamiento)\b|"
    r"\b(?:qued|dej)\w+ (?:radicad|suscrit|firmad|instalad|conformad|inaugurad|list[oa])|"
    r"\b(?:ya|fue|fueron) (?:\w+ ){0,2}(?:suscrit|firmad|radicad|inaugurad|entregad|instalad)"
)
_NOW = re.compile(r"\b(?:ya|hoy|actualmente)\b")
_NUMERAL = re.compile(
    r"\d|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|once|quince)\b"
)
_TITLES = (
    ("dificultades", "dificultad"),
    ("oportunidades", "oportunidad"),
    ("evidencias", "evidencia"),
    ("estrategias", "estrategia"),
    ("logros", "logro"),
)


def traits(statement: Statement) -> dict[str, float]:
    """What the clause's own words say, as named numbers (mostly 0 or 1)."""
    plain = fold(statement.text).strip()
    row = tokens(statement.text, Span(0, len(statement.text)))
    past = [] if _SCHEDULED.search(plain) else past_verbs(row)
    gapped = _leaves_verb_out(statement, past)
    count = max(1, count_words(statement.text))
    found = {
        "past": float(bool(past) or gapped or _is_under_way(plain)),
        "past_early": float(gapped or (bool(past) and past[0] < 12)),
        "intent": float(bool(_SCHEDULED.search(plain)) or _intends(statement.text, row, past)),
        "method": float(bool(_METHOD.search(plain))),
        "denied": float(bool(_DENIED.search(plain)) or _main_denied(row, past)),
        "figures": float(bool(_ABOUT_FIGURES.search(plain))),
        "papers": float(bool(_ABOUT_PAPERS.search(plain))),
        "adverse": float(len(_ADVERSE.findall(plain))),
        "general": len(_GENERAL.findall(plain)) * 5 / count,
        "unplanned": float(bool(_UNPLANNED.search(plain)) or _inherits(statement)),
        "added": float(bool(_ADDED.search(plain))),
        "vague": float(bool(_VAGUE.search(plain))),
        "deed": float(bool(_DEED_PHRASE.search(plain)) or gapped or _tells_deed(row, past)),
        "now": float(bool(_NOW.search(plain))),
        "number": float(bool(_NUMERAL.search(plain))),
        "no_verb": float(not past and not any(verbs.may_be_present(t.low) for t in row)),
        "lead": float(statement.lead and bool(_GENERAL.search(plain))),
        "state": float(bool(past) and all(_is_state(row, i) for i in past)),
        "short": float(count < 5),
        "long": float(count > 35),
    }
    return found | _section(statement.title, found)


def _is_state(row: Sequence[Token], verb: int) -> bool:
    """Whether a verb only says how something was: "fue emocionante", not "fue entregada"."""
    after = row[verb + 1].low if verb + 1 < len(row) else ""
    return row[verb].low in verbs.COPULAS and not verbs.is_participle(after)


def _leaves_verb_out(statement: Statement, past: Sequence[int]) -> bool:
    """Whether the clause takes its verb from the one before: "…, otros veinte al transporte"."""
    return not past and statement.joint is Joint.SAME_SUBJECT


def _is_under_way(plain: str) -> bool:
    """Whether something goes on now, or is "ya suscrito", without a verb in the past."""
    return bool(_ONGOING.search(plain) or _ALREADY.search(plain))


def _intends(text: str, row: Sequence[Token], past: Sequence[int]) -> bool:
    """Whether an intention stands before any verb in the past ("…, que permitirá" does not)."""
    return bool(_INTENT.search(fold(text[: row[past[0]].start] if past else text)))


def _section(title: str, found: Mapping[str, float]) -> dict[str, float]:
    """Where the statement stands; the sentence decides, so a deed is one under any title."""
    plain = fold(title)
    here = {name: float(stem in plain) for name, stem in _TITLES}
    here["oportunidades"] *= 1 - found["past"]
    here["dificultades"] *= 1 - found["deed"]
    return here


def is_intent(found: Mapping[str, float]) -> bool:
    """Whether the words alone rule a claim out: an intention, with no verb in the past."""
    return bool(found["intent"] and not found["past"])


def only_a_figure(text: str) -> bool:
    """Whether a clause says how much of the plan was done and tells nothing done itself."""
    plain = fold(text)
    if not _SHARE.search(plain):
        return False
    row = tokens(text, Span(0, len(text)))
    told = any(verbs.is_deed(row[i].low) and row[i].low not in _SAYS for i in past_verbs(row))
    return (bool(_OF_PLAN.search(plain)) or count_words(text) < 7) and not told


def is_shown(found: Mapping[str, float]) -> bool:
    """Whether the words tell a deed that can be shown, or say that it was not planned."""
    told = found["deed"] and not found["lead"] and not found["papers"]
    return bool((found["unplanned"] or told) and not found["vague"])


def tells_own_deed(statement: Statement) -> bool:
    """Whether a deed is what the statement says: not what a relative clause says by the way
    ("las limitaciones que trajo el paro"), what nobody did, nor why something was not done ("no
    se depuró: la clave venció y nadie la renovó")."""
    if _accounts_for_denial(statement):
        return False
    row = tokens(statement.text, Span(0, len(statement.text)))
    past = past_verbs(row)
    main = main_verbs(row, past)
    own = [i for i in main if not (_by_nobody(row, i) or _goes_on(row, i, past, main))]
    phrase = _DEED_PHRASE.search(fold(statement.text))
    return not past or _tells_deed(row, own) or bool(own and phrase)


def _tells_deed(row: Sequence[Token], past: Sequence[int]) -> bool:
    """Whether one of the verbs in the past tells a deed; "hubo" and "hizo" tell one only with
    what was held or how many ("hubo tres ferias", not "el invierno hizo de las suyas")."""
    return any(
        verbs.is_deed(row[i].low) and (row[i].low not in _LIGHT or _holds_event(row, i))
        for i in past
    )


def _holds_event(row: Sequence[Token], verb: int) -> bool:
    """Whether what was done, or how many, follows a verb in the past closely."""
    after = row[verb + 1 : verb + 5]
    if verb and row[verb - 1].low == "se":  # "se hicieron después de las seis" tells no deed
        return bool(after) and after[0].low not in PREPOSITIONS | _WHEN
    return any(is_numeral(t) or "evento" in kinds_of(t.low) for t in after)


def _main_denied(row: Sequence[Token], past: Sequence[int]) -> bool:
    """Whether the first verb in the past stands after "no", "ni" or "tampoco"."""
    if not past or row[past[0]].low.startswith(("falt", "dej")):  # "no faltaron": they came
        return False
    place = past[0] - 1
    while place >= 0 and row[place].low in {"se", "le", "les", "lo", "la", "los", "las", "nos"}:
        place -= 1
    return place >= 0 and row[place].low in {"no", "ni", "tampoco", "nunca"}


def _goes_on(row: Sequence[Token], verb: int, past: Sequence[int], main: Sequence[int]) -> bool:
    """Whether it goes on with a relative clause: "quienes abrieron sus casas y cocinaron"."""
    before = [i for i in past if i < verb]
    return bool(before) and before[-1] not in main and row[verb - 1].low in {"y", "e"}


def tells_part(text: str) -> bool:
    """Whether it says how little of what was awaited was done: "apenas salieron dos"."""
    if _ABOUT_FIGURES.search(fold(text)):
        return False
    row = tokens(text, Span(0, len(text)))
    return any(
        fold(row[k].low) in _ONLY
        for i in past_verbs(row)
        for k in range(max(0, i - 3), i)
        if any(is_numeral(t) for t in row[i + 1 : i + 4])
    )


def _by_nobody(row: Sequence[Token], verb: int) -> bool:
    """Whether a verb says what nobody did: "nadie la renovó", "ninguna oficina respondió"."""
    near = [t.low for t in row[max(0, verb - 4) : verb]]
    return any(w in verbs.NOBODY for w in near)


def _accounts_for_denial(statement: Statement) -> bool:
    """Whether it gives, after a colon or a conjunction, the reason of what was not done."""
    before = statement.whole[: statement.span.start - statement.sentence.start]
    told = _REASON.search(before) or re.match(r"\W*(?:pues|porque)\b", statement.text)
    row = tokens(before, Span(0, len(before)))
    return bool(told) and (
        bool(_DENIED.search(fold(before).strip())) or _main_denied(row, past_verbs(row))
    )


def _inherits(statement: Statement) -> bool:
    """Whether the sentence opened with a mark of unplanned work that still holds here."""
    before = statement.whole[: statement.span.start - statement.sentence.start]
    return statement.joint in {Joint.IMPERSONAL, Joint.SAME_SUBJECT} and bool(
        _UNPLANNED.search(fold(before))
    )
