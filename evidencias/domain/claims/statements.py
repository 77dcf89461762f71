"""The clauses of a report as statements, each with what its words say about being a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencias.domain.claims import clauses, verbs
from evidencias.domain.claims.clauses import Joint, Span
from evidencias.domain.model import Report
from evidencias.domain.text import fold


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause: its section and paragraph (from 0 and 1), its span there, and its joint.

    `opens` marks the first clause of a paragraph, `lead` the first of its section.
    """

    section: int
    title: str
    paragraph: int
    page: int | None
    span: Span
    sentence: Span
    joint: Joint
    text: str
    whole: str
    opens: bool
    lead: bool


def statements(report: Report) -> list[Statement]:
    """Every clause of every paragraph of the report, in reading order."""
    found: list[Statement] = []
    for number, section in enumerate(report.sections):
        for place, paragraph in enumerate(section.paragraphs):
            page = section.pages[place] if place < len(section.pages) else None
            found += _of_paragraph(number, section.title, place, page, paragraph)
    return found


def _of_paragraph(
    number: int, title: str, place: int, page: int | None, paragraph: str
) -> Iterator[Statement]:
    first = True
    for sentence in clauses.sentences(paragraph):
        whole = paragraph[sentence.start : sentence.end]
        for clause in clauses.clauses(paragraph, sentence):
            text = paragraph[clause.span.start : clause.span.end]
            yield Statement(
                number, title, place + 1, page, clause.span, sentence, clause.joint, text, whole,
                opens=first, lead=first and place == 0,
            )  # fmt: skip
            first = False


_INTENT = re.compile(
    r"\b(?:se (?:propone|recomienda|requiere|espera|sugiere|busca|pretende|proyecta|planea|preve|"
    r"aspira|debe|deben|puede|pueden|podra|podran|necesita|hace necesario)|es (?:necesario|posible|"
    r"importante|indispensable|preciso|conveniente|pertinente|fundamental|clave)|hay que|conviene|"
    r"debe|deben|deberia|deberian|podria|podrian|puede|pueden|seria|se quiere|tiene previsto|"
    r"(?:el|para el|la) (?:proximo|otro|siguiente) (?:ano|semestre|vigencia)|queda pendiente|"
    r"esta pendiente|sigue pendiente|en proceso de contratacion|permitira|permitiran)\b"
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
_ABOUT_FIGURES = re.compile(
    r"\bcumplimiento\b|\bimpacto cualitativo\b|\bpor ciento\b|%|\bse reporta(?:n|ron)?\b|"
    r"\breporto\b|"
    r"\bda cuenta de\b|\bactividades (?:programadas|del plan|que contempla)"
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
# Verbs of a deed that can be shown, apart from those of change, attitude or method: their stems.
_DEED_VERB = re.compile(
    r"(?:abri|acondicion|adecu|adelant|adquiri|aplic|apoy|arregl|asesor|atendi|brind|capacit|"
    r"caracteriz|celebr|certific|compr|conform|conmemor|constru|contrat|convoc|cre|dict|diagnostic|"
    r"digitaliz|disen|divulg|don|dot|edit|ejecut|elabor|embelleci|entreg|eligi|equip|esteriliz|"
    r"estren|expidi|firm|form|fumig|gradu|grab|habilit|hici|hiz|hub|implement|imprimi|inaugur|"
    r"instal|intervin|inscribi|lanz|limpi|mont|notific|oper|organiz|otorg|particip|paviment|pint|"
    r"premi|present|produj|proyect|public|radic|realiz|recolect|recorri|recuper|refaccion|remodel|"
    r"repar|reparti|repot|rescat|restaur|sembr|sesion|socializ|suscribi|tramit|traslad|vacun|"
    r"vincul|visit)(?:o|io|yo|aron|ieron|eron|yeron)"
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
    row = clauses.tokens(statement.text, Span(0, len(statement.text)))
    past = [] if _SCHEDULED.search(plain) else clauses.past_verbs(row)
    count = max(1, clauses.count_words(statement.text))
    found = {
        "past": float(bool(past) or bool(_ONGOING.search(plain))),
        "past_early": float(bool(past) and past[0] < 12),
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
        "deed": float(bool(_DEED_PHRASE.search(plain)) or _tells_deed(row, past)),
        "now": float(bool(_NOW.search(plain))),
        "number": float(bool(_NUMERAL.search(plain))),
        "no_verb": float(not past and not any(verbs.may_be_present(t.low) for t in row)),
        "lead": float(statement.lead and bool(_GENERAL.search(plain))),
        "short": float(count < 5),
        "long": float(count > 35),
    }
    return found | _section(statement.title, found)


def _intends(text: str, row: Sequence[clauses.Token], past: Sequence[int]) -> bool:
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


def is_shown(found: Mapping[str, float]) -> bool:
    """Whether the words tell a deed that can be shown, or say that it was not planned."""
    told = found["deed"] and not found["lead"] and not found["papers"]
    return bool((found["unplanned"] or told) and not found["vague"])


def _tells_deed(row: Sequence[clauses.Token], past: Sequence[int]) -> bool:
    """Whether one of the verbs in the past tells a deed."""
    return any(_DEED_VERB.fullmatch(fold(row[i].low)) for i in past)


def _main_denied(row: Sequence[clauses.Token], past: Sequence[int]) -> bool:
    """Whether the first verb in the past stands after "no", "ni" or "tampoco"."""
    if not past or row[past[0]].low.startswith(("falt", "dej")):  # "no faltaron": they came
        return False
    place = past[0] - 1
    while place >= 0 and row[place].low in {"se", "le", "les", "lo", "la", "los", "las", "nos"}:
        place -= 1
    return place >= 0 and row[place].low in {"no", "ni", "tampoco", "nunca"}


def _inherits(statement: Statement) -> bool:
    """Whether the sentence opened with a mark of unplanned work that still holds here."""
    before = statement.whole[: statement.span.start - statement.sentence.start]
    return statement.joint in {Joint.IMPERSONAL, Joint.SAME_SUBJECT} and bool(
        _UNPLANNED.search(fold(before))
    )
