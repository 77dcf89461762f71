"""The usual names of the columns of a Colombian plan de acción, as patterns over folded text.

Collected from published plans de acción and seguimiento matrices of municipalities (see the
contract, "The plan", and the field notes). Each rule is (field, strength, pattern): the first
rule that matches a header decides its field, the strongest column of a field wins.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Field(StrEnum):
    """What a column of a plan holds; values are the contract's CSV header (and `no`, `plazo`)."""

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
    REQUIRED = "evidencia_requerida"
    WEIGHT = "peso"
    REPORTED = "reportada"
    POLICY = "politica"


# Columns that resemble one of ours and are none: money, baselines, longer goals, comments, links.
IGNORED = re.compile(
    r"presupuest|recurso|financier|financia|\bcosto|\bvalor (total|estimado|contrat|asignado)"
    r"|inversion|\$|millones|\bpesos\b|apropiacion|compromis[oa]s? (presup|financ)|\bcdp\b|\brp\b|rubro"
    r"|bpin|\bmga\b|\bkpt\b|sgp|regalias|linea (de )?base|\blb\b|cuatri?enio|cuatrienal|decenal"
    r"|observacion|comentario|cualitativ|dificultad|justificacion|limitacion|analisis"
    r"|descripcion (del?|de los?) (avance|logro|ejecu|resultado|cumpl)|alertas?\b|riesgo"
    r"|\b(link|enlace|url|ubicacion|ruta|hipervinculo)\b|semaforo|^estado|\bods\b|poblacion|enfoque"
    r"|territorio|vereda|lugar|unidad(es)? (de )?medida|^unidad$|^und?$|\bu\.? ?m\.?\b|formula"
    r"|tipo (de )?(indicador|meta|actividad|accion)|corresponsable|aliad|articulador"
    r"|(no|numero|n|cantidad|total|#)\.? de (actividades|acciones|indicadores|metas|productos)"
    r"|fecha (de )?(reporte|corte|seguimiento|actualizacion|entrega|registro|diligenciamiento)"
    r"|^(cumple|cumplio|cumplimiento|se cumple)( ?\(?si.*)?$|periodicidad|frecuencia|^version|^vigencia$"
    r"|telefono|correo|^cargo|contacto|^plan de accion$"
    r"|(resultado|producto|impacto)s? esperad"
)

_CODE = r"(cod(igo)?s?|cdg|id|identificador|clave|sigla)"
_THING = r"(actividad(es)?|act|activ|acciones|accion|tareas?|iniciativas?)"
_NOT_DATE = r"^(?!.*\b(metas?|avances?|valor|producto|informe|resultado|indicador|linea)\b).*?"

RULES: tuple[tuple[Field, int, re.Pattern[str]], ...] = tuple(
    (field, strength, re.compile(pattern))
    for field, strength, pattern in (
        # Codes, before anything that names what they are codes of.
        (Field.CODE, 9, rf"^{_CODE}[ .]*(de |del |de la |)?{_THING}\b"),
        (Field.CODE, 9, rf"^{_THING} ?[-(]?{_CODE}\b"),
        (Field.CODE, 8, rf"^{_CODE}( unico| interno| plan| pa| del plan.*)?$"),
        (Field.CODE, 5, rf"^(numeral|{_CODE} (producto|meta|proyecto|indicador)|codificacion)$"),
        (Field.NUMBER, 7, rf"^(no|nro|num|numero|n|#|item|items|orden|consec(utivo)?)( de orden)?$"),
        (Field.NUMBER, 8, rf"^(no|nro|num|numero|n|#|item|consecutivo)( de( la)?)? {_THING}$"),
        # Who, when and how heavy, before the thing they qualify ("responsable de la actividad").
        (Field.DEPARTMENT, 9, r"^(dependencia|secretaria|sectorial)s?\b(?!.*fecha)"),
        (Field.DEPARTMENT, 8, r"\bresponsables?\b|^resp\b|^respon"),
        (Field.DEPARTMENT, 7, r"^(entidad|oficina|area (resp|encarg)|unidad (ejecutora|administrativa)"
                              r"|institucion|ejecutor|quien|lider|a cargo|encargad|dep$|depend)"),
        (Field.REPORTED, 9, rf"^(se |fue |ya |{_THING} )?report(a|ada|o|ado|adas|ados|an|aron|ar)\b"),
        (Field.REPORTED, 7, r"^(se )?(incluid[ao]|incluye|va) en (el )?(informe|reporte)"),
        (Field.START, 9, rf"{_NOT_DATE}\b(inicio|inicia|inicial|comienzo|comienza|desde|ini)\b(?!.*(\bfin|hasta))"),
        (Field.END, 9, rf"{_NOT_DATE}\b(fin|final|finaliza|finalizacion|termina|terminacion|termino|hasta"
                       r"|cierre|vence|vencimiento|culminacion|culmina|limite|fecha de cumplimiento)\b"),
        (Field.SPAN, 6, r"^(plazo|cronograma|tiempo|fechas?|periodo|temporalidad|calendario|duracion)\b"),
        (Field.WEIGHT, 9, r"\b(peso|ponderacion|ponderador|ponderad[oa]|pond|importancia)\b"),
        (Field.WEIGHT, 5, r"^(%|porcentaje) ?(de )?(participacion|incidencia|la actividad|actividad)$"),
        (Field.REQUIRED, 9, r"(medios?|fuentes?|mecanismos?) (de |)(la |)(verificac|verif|comprobac|evidencia)"),
        (Field.REQUIRED, 9, r"(evidencias?|soportes?|anexos?|documentos?)\b.*(requerid|exigid|esperad|que se"
                            r"|debe|solicitad|minim|anexar|entregar|obligatori)"),
        (Field.REQUIRED, 7, r"^(tipos? de )?(evidencias?|soportes?|verificacion|verificables?|medio de verif)\b"),
        # Axis and what is done, before quantities ("actividad programada" is a name).
        (Field.AXIS, 10, r"^(nombre (del )?)?ejes?\b"),
        (Field.AXIS, 9, r"^(nombre (de la )?)?lineas?\b"),
        (Field.AXIS, 8, r"^(nombre (del )?)?componentes?\b"),
        (Field.AXIS, 7, r"^(nombre (del? (la )?)?)?(dimension(es)?|pilar(es)?|lineamientos?|ambitos?|areas?)\b"),
        (Field.NAME, 2, rf"^{_THING} (ejecutad|realizad|desarrollad|cumplid)[oa]s?"),
        (Field.NAME, 10, rf"^(nombre|descripcion|desc|detalle|enunciado)?[ .]*(de |del |de la |de las |)?{_THING}\b"),
        (Field.NAME, 8, r"\b(que se va a hacer|que se hara|a realizar|a desarrollar|por realizar)\b"),
        (Field.INDICATOR, 9, r"^(nombre (del )?|descripcion (del )?)?(indicador|indic)(es)?\b(?!.*(meta|valor))"),
        (Field.ACHIEVED, 9, r"\b(ejecutad[oa]s?|ejecucion|ejec|avances?|logrado|logrados|lograda|logro|logros"
                            r"|alcanzad[oa]s?|realizad[oa]s?|cumplid[oa]s?|obtenid[oa]s?|acumulad[oa])\b"),
        (Field.ACHIEVED, 6, r"^(seguimiento|resultado|corte|reporte|valor reportado|% cumpl|porcentaje de cumpl"
                            r"|cumplimiento)"),
        (Field.TARGET, 9, r"^(valor (de la )?|cantidad (de la )?)?metas?\b"),
        (Field.TARGET, 8, r"\b(programad[oa]s?|programacion|prog|planead[oa]s?|proyectad[oa]s?)\b"),
        (Field.TARGET, 5, r"^(cantidad|cant|valor esperado|objetivo cuantitativo)\b"),
        (Field.NAME, 7, r"\b(actividad|actividades|accion|acciones)\b"),
        (Field.POLICY, 5, r"^(nombre de la )?politica( publica)?s?$"),
        (Field.AXIS, 5, r"^(objetivos?|retos?|estrategias?|programas?|subprogramas?|sector|tematicas?)\b"),
        (Field.NAME, 4, r"^(descripcion|compromisos?|proyectos?|productos?|entregables?|obligacion|tareas?)\b"),
    )
)  # fmt: skip

QUARTER = re.compile(
    r"\b(trimestre|trim|tri|t|q)\s?\.?(iv|i{1,3}|[1-4])\b|\b(i{1,3}|iv|[1-4])[a-z°º]* (trimestre|trim|tri)\b"
)
_FIRST = (
    r"(i|1|1er|primer) ?(semestre|sem|s)\b|(semestre|sem|s) ?(i|1)\b|30 ?(de |/|-)? ?(junio|jun|06|6)\b"
    r"|\bjun(io)?\b|20\d\d ?- ?[1i]\b|\b[1i] ?- ?20\d\d"
)
_SECOND = (
    r"(ii|2|2do|segundo) ?(semestre|sem|s)\b|(semestre|sem|s) ?(ii|2)\b|31 ?(de |/|-)? ?(diciembre|dic|12)\b"
    r"|\bdic(iembre)?\b|20\d\d ?- ?(2|ii)\b|\b(2|ii) ?- ?20\d\d"
)
HALVES = (re.compile(rf"\b(?:{_FIRST})"), re.compile(rf"\b(?:{_SECOND})"))
YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
YEAR_RANGE = re.compile(r"(?<!\d)20\d{2}\s*(?:-|a|al|/)\s*20\d{2}(?!\d)")
PERCENT = re.compile(r"%|porcentaje|porcentual")
