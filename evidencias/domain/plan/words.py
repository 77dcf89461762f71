"""The usual names of the columns of a Colombian plan de acción, as patterns over folded titles.

Collected from published plans de acción and seguimiento matrices of municipalities (see the
contract, "The plan", and the field notes). The first rule that matches a title decides its field;
of several columns of one field the strongest wins.
"""

from __future__ import annotations

import difflib
import re
from enum import StrEnum


class Field(StrEnum):
    """What a column of a plan holds; values are the contract's CSV header where it has one."""

    CODE = "codigo"
    NUMBER = "no"
    AXIS = "eje"
    NAME = "actividad"
    DEPARTMENT = "dependencia"
    INDICATOR = "indicador"
    TARGET = "meta"
    ACHIEVED = "ejecutado"
    START = "inicio"
    END = "fin"
    SPAN = "plazo"
    MONTH = "mes"
    REQUIRED = "evidencia_requerida"
    WEIGHT = "peso"
    REPORTED = "reportada"
    POLICY = "politica"


_CODE = r"(cod(igo)?s?|cdg|id|identificador|clave|sigla)"
_NO = r"(no|nro|num|numero|n|#)"
_THING = r"(actividad(es)?|act|activ|acciones|accion|tareas?|iniciativas?)"
_NOT_A_DATE = r"^(?!.*\b(metas?|avances?|valor|producto|informe|resultado|indicador|linea)\b).*?"
_DONE = r"(ejecutad|realizad|desarrollad|cumplid|lograd|alcanzad|obtenid|acumulad)[oa]s?"

_OTHER_MEASURES = (
    # money
    r"presupuest|recurso|financier|financia|\bcosto|inversion|\$|millones|\bpesos\b|apropiacion",
    r"\bvalor (total|estimado|contrat|asignado)|compromis[oa]s? (presup|financ)|\bcdp\b|\brp\b",
    r"rubro|bpin|\bmga\b|\bkpt\b|\bsgp\b|regalias",
    # where things began and goals of other lengths
    r"linea (de )?base|\blb\b|cuatri?enio|cuatrienal|decenal",
)
_OTHER_WORDS = (
    # further descriptions of the goal
    r"formula|\bods\b|semaforo|^estado",
    r"unidad(es)? (de )?medida|^unidad$|^und?$|\bu ?m\b",
    r"tipo (de )?(indicador|meta|actividad|accion)",
    r"(resultado|producto|impacto)s? esperad|periodicidad|frecuencia|^vigencia$|^version",
    # words about what was done
    r"observacion|comentario|cualitativ|dificultad|justificacion|limitacion|analisis|alertas?\b",
    r"descripcion (del?|de los?) (avance|logro|ejecu|resultado|cumpl)|riesgo",
    r"^(cumple|cumplio|cumplimiento|se cumple)( ?si.*)?$",
    # where, who else, when it was written
    r"\b(link|enlace|url|ubicacion|ruta|hipervinculo)\b|poblacion|enfoque|territorio|vereda|lugar",
    r"corresponsable|aliad|articulador|telefono|correo|^cargo|contacto|^plan de accion$",
    r"fecha (de )?(reporte|corte|seguimiento|actualizacion|registro|diligenciamiento)",
    rf"({_NO}|cantidad|total) de (actividades|acciones|indicadores|metas|productos)",
)
OTHER_MEASURE = re.compile("|".join(_OTHER_MEASURES))
"""Money, baselines and longer goals: what no column below such a group title can be."""
IGNORED = re.compile("|".join(_OTHER_MEASURES + _OTHER_WORDS))
"""Columns that resemble one of ours and are none."""

_Rule = tuple[Field, int, re.Pattern[str]]


def _rule(field: Field, strength: int, *alternatives: str) -> _Rule:
    return field, strength, re.compile("|".join(alternatives))


MONTHS = "ene feb mar abr may jun jul ago sep oct nov dic".split()  # noqa: SIM905 - one line
_MONTH = (
    r"(ene(ro)?|feb(rero)?|mar(zo)?|abr(il)?|may(o)?|jun(io)?|jul(io)?|ago(sto)?|sept?(iembre)?"
    r"|oct(ubre)?|nov(iembre)?|dic(iembre)?)"
)

RULES: tuple[_Rule, ...] = (
    _rule(Field.MONTH, 5, rf"^{_MONTH}$"),
    # Codes, before what they are codes of.
    _rule(
        Field.CODE,
        9,
        rf"^{_CODE} ?(de |del |de la )?{_THING}\b",
        rf"^{_THING} ?[-/]? ?{_CODE}$",
    ),
    _rule(Field.CODE, 8, rf"^{_CODE}( unico| interno| plan| pa| del plan.*)?$"),
    _rule(Field.CODE, 5, rf"^(numeral|codificacion|{_CODE} (producto|meta|proyecto|indicador))$"),
    _rule(Field.NUMBER, 8, rf"^({_NO}|item|consecutivo)( de( la)?)? {_THING}$"),
    _rule(Field.NUMBER, 7, rf"^({_NO}|item|items|orden|consec(utivo)?)( de orden)?$"),
    # Who, when and how heavy, before the thing they qualify ("responsable de la actividad").
    _rule(Field.DEPARTMENT, 9, r"^(dependencia|secretaria|sectorial)s?\b(?!.*fecha)"),
    _rule(Field.DEPARTMENT, 8, r"\bresponsables?\b", r"^resp\b", r"^respon"),
    _rule(
        Field.DEPARTMENT,
        7,
        r"^(entidad|oficina|institucion|ejecutor|quien|lider|a cargo|encargad|dep$|depend)",
        r"^(area (resp|encarg)|unidad (ejecutora|administrativa))",
    ),
    _rule(
        Field.REPORTED,
        9,
        rf"^(se |fue |ya |{_THING} )?report(a|ada|o|ado|adas|ados|an|aron|ar)\b",
        r"^semestre (de|en que se) report[ea]",
    ),
    _rule(Field.REPORTED, 4, r"^reporte( (del? )?(semestre|periodo).*)?$"),
    _rule(Field.REPORTED, 7, r"^(se )?(incluid[ao]|incluye|va) en (el )?(informe|reporte)"),
    _rule(
        Field.START,
        9,
        rf"{_NOT_A_DATE}\b(inicio|inicia|inicial|comienzo|comienza|desde|ini)\b"
        r"(?!.*(\bfin|hasta|termin))",
    ),
    _rule(
        Field.END,
        9,
        rf"^(?!.*\b(inicio|inicia|desde)\b){_NOT_A_DATE[1:]}\b(fin|final|finaliza|finalizacion|termina|terminacion|termino|hasta|cierre"
        r"|vence|vencimiento|culminacion|culmina|limite|fecha de (cumplimiento|entrega))\b",
    ),
    _rule(
        Field.SPAN,
        6,
        r"^(plazo|cronograma|tiempo|fechas?|periodo|temporalidad|calendario|duracion)\b",
        r"\binicio\b.*\bfin",
    ),
    _rule(Field.WEIGHT, 9, r"\b(peso|ponderacion|ponderador|ponderad[oa]|pond|importancia)\b"),
    _rule(
        Field.WEIGHT,
        5,
        r"^(%|porcentaje) ?(de )?(participacion|incidencia|la actividad|actividad)$",
    ),
    _rule(
        Field.REQUIRED,
        9,
        r"(medios?|fuentes?|mecanismos?) (de )?(la )?(verificac|verif|comprobac|evidencia)",
        r"(evidencias?|soportes?|anexos?|documentos?)\b.*(requerid|exigid|esperad|que se|debe"
        r"|solicitad|minim|anexar|entregar|obligatori)",
    ),
    _rule(Field.REQUIRED, 7, r"^(tipos? de )?(evidencias?|soportes?|verificacion|verificables?)\b"),
    # The group and what is done, before quantities ("actividad programada" is a name).
    _rule(Field.AXIS, 10, r"^(nombre (del )?)?ejes?\b"),
    _rule(Field.AXIS, 9, r"^(nombre (de la )?)?lineas?\b"),
    _rule(Field.AXIS, 8, r"^(nombre (del )?)?componentes?\b"),
    _rule(
        Field.AXIS,
        7,
        r"^(nombre (del? (la )?)?)?(dimension(es)?|pilar(es)?|lineamientos?|ambitos?|areas?)\b",
    ),
    _rule(Field.NAME, 2, rf"^{_THING} {_DONE}"),
    _rule(
        Field.NAME,
        10,
        rf"^(nombre|descripcion|desc|detalle|enunciado)? ?(de |del |de la |de las )?{_THING}\b",
    ),
    _rule(
        Field.NAME,
        8,
        r"\b(que se va a hacer|que se hara|a realizar|a desarrollar|por realizar)\b",
    ),
    _rule(
        Field.INDICATOR,
        9,
        r"^(nombre (del )?|descripcion (del )?)?(indicador|indic)(es)?\b(?!.*(meta|valor))",
    ),
    _rule(Field.ACHIEVED, 9, rf"\b({_DONE}|ejecucion|ejec|avances?|logros?)\b"),
    _rule(
        Field.ACHIEVED,
        6,
        r"^(seguimiento|resultado|corte|reporte|cumplimiento|valor reportado|% cumpl)",
        r"^porcentaje de cumpl",
    ),
    _rule(Field.TARGET, 9, r"^(valor (de la )?|cantidad (de la )?)?metas?\b"),
    _rule(
        Field.TARGET,
        8,
        r"\b(programad[oa]s?|programacion|prog|planead[oa]s?|proyectad[oa]s?)\b",
    ),
    _rule(Field.TARGET, 5, r"^(cantidad|cant|valor esperado|objetivo cuantitativo)\b"),
    _rule(Field.NAME, 7, r"\b(actividad|actividades|accion|acciones)\b"),
    _rule(Field.POLICY, 5, r"^(nombre de la )?politica( publica)?s?$"),
    _rule(
        Field.AXIS,
        5,
        r"^(objetivos?|retos?|estrategias?|programas?|subprogramas?|sector|tematicas?)\b",
    ),
    _rule(
        Field.NAME,
        4,
        r"^(descripcion|compromisos?|proyectos?|productos?|entregables?|obligacion|tareas?)\b",
    ),
)

_LONG_WORDS = [
    "codigo", "actividad", "acciones", "dependencia", "responsable", "indicador", "programado",
    "programada", "ejecutado", "ponderacion", "verificacion", "evidencia", "inicial",
    "terminacion", "reportada", "componente", "estrategica", "avance",
]  # fmt: skip


def match(title: str) -> tuple[Field, int] | None:
    """The field a folded title names and how strongly; a misspelt word counts for less."""
    if IGNORED.search(title):
        return None
    for field, strength, pattern in RULES:
        if pattern.search(title):
            return field, strength
    corrected = " ".join(_corrected(word) for word in title.split())
    again = match(corrected) if corrected != title else None
    return (again[0], max(1, again[1] - 3)) if again else None


def _corrected(word: str) -> str:
    near = difflib.get_close_matches(word, _LONG_WORDS, 1, 0.82) if len(word) > 4 else []
    return near[0] if near else word


_ROMAN_1, _ROMAN_2 = r"(i|1|1er|1ro|primer|primero)", r"(ii|2|2do|2o|segundo)"
_HALF = r"(semestre|sem)"
HALVES = (
    re.compile(
        rf"\b({_ROMAN_1} ?{_HALF}|{_HALF} ?(no )?(i|1)|s ?1"
        r"|30 ?(de |/|-)? ?(junio|jun|06|6)|jun(io)?"
        r"|20\d\d ?- ?[1i]|[1i] ?- ?20\d\d)\b"
    ),
    re.compile(
        rf"\b({_ROMAN_2} ?{_HALF}|{_HALF} ?(no )?(ii|2)|s ?2|31 ?(de |/|-)? ?(diciembre|dic|12)"
        r"|dic(iembre)?|20\d\d ?- ?(2|ii)|(2|ii) ?- ?20\d\d)\b"
    ),
)
QUARTER = re.compile(
    r"\b(?:trimestre|trim|tri|t|q) ?(iv|i{1,3}|[1-4])\b"
    r"|\b(iv|i{1,3}|[1-4])(?:er|ro|do|to|o)? ?(?:trimestre|trim|tri)\b"
    r"|\b(primer|segundo|tercer|cuarto) (?:trimestre|trim|tri)\b"
)
QUARTER_NUMBER = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4,
}  # fmt: skip
YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
YEAR_RANGE = re.compile(r"(?<!\d)20\d{2}\s*(?:-|a|al|/)\s*20\d{2}(?!\d)")
PERCENT = re.compile(r"%|porcentaje|porcentual")
