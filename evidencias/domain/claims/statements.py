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
_UNPLANNED = re.compile(
    r"\b(?:fuera de (?:lo|las|el|la) (?:anterior|previst\w*|program\w*|plan\w*)|"
    r"por iniciativa propia|adicional(?:mente)?|por fuera del plan|de manera extraordinaria|"
    r"no (?:estab\w+|estuv\w+|habia\w*|hacia\w*|figura\w*|hacen?|aparec\w*) (?:\w+ ){0,3}"
    rf"{_PLAN_WORD}|sin (?:estar|que estuvieran?|hallarse) (?:\w+ ){{0,2}}{_PLAN_WORD}|"
    r"no (?:previst|program|planead|contemplad)\w+|aunque no (?:hac|est|figur|apar)\w*|"
    r"imprevist[ao]s?)\b"
)
_ADDED = re.compile(
    r"^(?:ademas|tambien|asimismo|asi mismo|igualmente|de igual (?:manera|forma)|de otro lado|"
    r"por otr[ao] (?:lado|parte)|del mismo modo|a la par|aparte|como novedad|por primera vez)\b"
)
# Verbs of a deed that can be shown, apart from those of change, attitude or method.
_DEED = re.compile(
    r"\b(?:abri|acondicion|adecu|adelant|adquiri|aplic|apoy|arregl|asesor|atendi|brind|capacit|"
    r"caracteriz|celebr|certific|compr|conform|conmemor|construy|contrat|convoc|cre|dict|diagnostic|"
    r"digitaliz|dise[nñ]|divulg|don|dot|edit|ejecut|elabor|embelleci|entreg|eligi|equip|esteriliz|"
    r"estren|expidi|firm|form|fumig|gradu|grab|habilit|hici|hiz|implement|imprimi|inaugur|instal|"
    r"intervin|inscribi|lanz|limpi|mont|notific|oper|organiz|otorg|particip|paviment|pint|premi|"
    r"present|produj|proyect|public|radic|realiz|recolect|recorri|recuper|refaccion|remodel|repar|"
    r"reparti|repot|rescat|restaur|sembr|sesion|socializ|suscribi|taller|tramit|traslad|vacun|vincul|"
    r"visit)(?:o|aron|ieron|eron)\b|\bllev\w+ a cabo\b|\bp(?:uso|usieron) en (?:marcha|servicio|"
    r"funcionamiento)\b|\bqued\w+ (?:radicad|suscrit|firmad|instalad|conformad|list|inaugurad)|"
    r"\bhubo\b|\bdej\w+ (?:radicad|firmad|instalad|list)|"
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
    past = clauses.past_verbs(row)
    count = max(1, clauses.count_words(statement.text))
    found = {
        "past": float(bool(past)),
        "past_early": float(bool(past) and past[0] < 12),
        "intent": float(bool(_INTENT.search(plain))),
        "method": float(bool(_METHOD.search(plain))),
        "denied": float(bool(_DENIED.search(plain)) or _main_denied(row, past)),
        "figures": float(bool(_ABOUT_FIGURES.search(plain))),
        "papers": float(bool(_ABOUT_PAPERS.search(plain))),
        "adverse": float(len(_ADVERSE.findall(plain))),
        "general": len(_GENERAL.findall(plain)) * 5 / count,
        "unplanned": float(bool(_UNPLANNED.search(plain)) or _inherits(statement)),
        "added": float(bool(_ADDED.search(plain))),
        "deed": float(bool(_DEED.search(plain))),
        "now": float(bool(_NOW.search(plain))),
        "number": float(bool(_NUMERAL.search(plain))),
        "no_verb": float(not past and not any(verbs.may_be_present(t.low) for t in row)),
        "lead": float(statement.lead),
        "short": float(count < 5),
        "long": float(count > 40),
    }
    title = fold(statement.title)
    return found | {name: float(stem in title) for name, stem in _TITLES}


def is_intent(found: Mapping[str, float]) -> bool:
    """Whether the words alone rule a claim out: an intention, with no verb in the past."""
    return bool(found["intent"] and not found["past"])


def _main_denied(row: Sequence[clauses.Token], past: Sequence[int]) -> bool:
    """Whether the first verb in the past stands after "no", "ni" or "tampoco"."""
    if not past:
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
