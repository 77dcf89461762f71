"""General Spanish word lists that tell what a number counts. Written for this project.

Stems are prefixes of folded words; none comes from a report, a plan or a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencias.domain.text import fold, words

# Kinds of countable things: an indicator and a sentence that count the same kind of thing may
# speak of the same quantity under other words ("nueve encuentros", "talleres realizados").
_KINDS = {
    "evento": "taller jornada encuentro sesion reunion feria recorrido visita charla clase "
    "campana capacitacion brigada ensayo concierto ciclo mercado operativo salida "
    "asesoria mesa comite conversatorio foro evento actividad accion cita paseo "
    "torneo partido funcion proyeccion muestra presentacion audiencia consulta "
    "atencion llamada conversacion socializacion simulacro inspeccion seguimiento "
    "ronda curso diplomado seminario modulo acompanamiento intervencion celebracion "
    "conmemoracion exposicion festival rutina practica entrevista tertulia minga "
    "asamblea cabildo pago vez veces ocasion oportunidad emision programa tutoria "
    "mentoria domingo sabado noche tarde madrugada velada manana caminata marcha "
    "cabalgata travesia excursion rodada carrera desfile",
    "persona": "persona nino nina joven muchacho muchacha adolescente adulto mayor abuelo abuela "
    "mujer hombre estudiante alumno alumna aprendiz docente profesor maestro "
    "orientador orientadora cuidador cuidadora madre padre gestante familia hogar "
    "vecino vecina habitante ciudadano ciudadana usuario usuaria beneficiario "
    "beneficiaria paciente trabajador trabajadora empleado emprendedor emprendedora "
    "artesano artesana productor productora campesino campesina reciclador "
    "recicladora practicante pasante voluntario voluntaria lider lideresa guia vigia "
    "asistente participante visitante turista formador tendero tendera bachiller "
    "victima migrante servidor funcionario funcionaria servidora deportista artista "
    "creador creadora gestor gestora universitario desempleado buscador hija hijo "
    "nuera esposo menor bebe socio afiliado egresado graduado anciano anciana "
    "poblador lactante personero pequeno pequena chico chica senor senora miembro dueno "
    "duena companero companera consejero consejera alcalde indigena bombero policia medico "
    "dignatario dignataria representante delegado delegada vocero vocera presidente "
    "edil concejal veedor chofer conductor conductora obrero obrera operario operaria "
    "cocinero cocinera panadero panadera ganadero ganadera cafetero cafetera lechero "
    "lechera jornalero jornalera costurero costurera barbero peluquero peluquera "
    "mesero mesera enfermero enfermera ingeniero ingeniera parcelero parcelera "
    "cacaotero cacaotera panelero panelera carpintero herrero zapatero lanchero "
    "barquero marinero arriero instructor instructora agricultor agricultora caficultor "
    "caficultora apicultor apicultora piscicultor piscicultora avicultor avicultora",
    "grupo": "grupo club asociacion organizacion junta colectivo agrupacion banda red comite "
    "empresa negocio emprendimiento microempresa unidad establecimiento comercio "
    "cooperativa semillero equipo entidad institucion sede escuela colegio plantel "
    "jardin acueducto sistema operador restaurante hotel tienda finca predio vivienda "
    "casa huerta huerto hato proyecto parcela granja solar lote patio iniciativa propuesta",
    "lugar": "vereda barrio sector municipio corregimiento parque salon punto esquina plaza "
    "comuna localidad zona pista comedor fuente quebrada nacimiento via sendero",
    "objeto": "pieza kit equipo dispositivo arbol planta plantula semilla mercado morral "
    "paquete complemento ayuda aparato sensor silla baston herramienta maquina "
    "tableta computador libro titulo ejemplar instrumento traje senal aviso boletin "
    "publicacion video podcast contenido afiche elemento material insumo lampara "
    "luminaria camara bicicleta uniforme dotacion animal perro gato ave bovino "
    "alevino estimulo beca subsidio auxilio incentivo apoyo cupo bono premio "
    "prototipo mascota vacuna dosis prueba tamizaje examen valoracion cuestionario "
    "encuesta ficha concepto permiso licencia carne certificado diploma contrato "
    "convenio alianza acuerdo pacto comparendo orden multa sancion queja reclamo "
    "solicitud caso verificacion remision informe documento plan registro inventario "
    "reporte novedad muestreo relato fotografia bien obra practicas vacante puesto "
    "lista revista empleo credito peticion tramite procedimiento rescate caja bolsa "
    "canasta letrero valla tanque poste banca mesa silla cama estufa filtro",
    "hectarea": "hectarea",
    "metro": "metro",
    "kilometro": "kilometro km",
    "kilo": "kilo kilogramo kg",
    "tonelada": "tonelada",
    "litro": "litro galon",
    "hora": "hora",
    "peso": "peso",
}
UNITS = frozenset({"hectarea", "metro", "kilometro", "kilo", "tonelada", "litro", "hora", "peso"})
_KIND_OF: dict[str, frozenset[str]] = {}
for _kind, _list in _KINDS.items():
    for _word in words(_list):
        _KIND_OF[_word] = _KIND_OF.get(_word, frozenset()) | {_kind}

_DIMINUTIVE = re.compile(r"(?:ec|c)?it([oa])s?$")
# Who does something, by the ending of the word: "patinadores", "medallistas".
_DOER = re.compile(r"dor(?:es|as?)?$|[^v]istas?$")

STOP = frozenset(
    words(
        "a al ante aquel aquella aquellos asi cada como con cual cuales cuando de del "
        "desde donde durante e el ella ellas ellos en entre era es esa esas ese eso esos "
        "esta estan estas este esto estos fue fueron ha habia han hasta hay la las le les "
        "lo los mas me mi mientras mismo muy ni no nos nuestra nuestras nuestro nuestros "
        "o otra otras otro otros para pero por porque pues que quien quienes se sea ser "
        "si sido sin sobre solo son su sus tal tambien tan tanto te tiene tienen toda "
        "todas todo todos tras tu u un una unas uno unos y ya"
    )
)


def kinds_of(word: str) -> frozenset[str]:
    """The kinds of thing a noun may name, by its singular; empty when the lists lack it."""
    folded = fold(word)
    for form in (folded, folded.removesuffix("s"), folded.removesuffix("es")):
        if form in _KIND_OF:
            return _KIND_OF[form]
    if folded.endswith("ces"):
        return _KIND_OF.get(folded[:-3] + "z", frozenset())
    small = _DIMINUTIVE.search(folded)
    if small:  # "muchachitos", "tallercitos"
        stem = folded[: small.start()]
        return _KIND_OF.get(stem + small[1]) or _KIND_OF.get(stem, frozenset())
    return frozenset({"persona"}) if len(folded) > 6 and _DOER.search(folded) else frozenset()


def alike(left: str, right: str) -> bool:
    """Whether two folded words share their root: "familia" and "familiar", not "formación"."""
    if left == right:
        return True
    shortest = min(len(left), len(right))
    if shortest < 4:
        return False
    if left.removesuffix("s").removesuffix("e") == right.removesuffix("s").removesuffix("e"):
        return True
    shared = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), shortest
    )
    return shortest >= 5 and shared >= max(5, shortest - 3)


def content(text: str) -> list[str]:
    """The folded words of a text that carry meaning, in order, numbers left out."""
    return [w for w in words(text) if len(w) > 2 and w not in STOP and not w.isdigit()]


def shares(word: str, others: Sequence[str]) -> bool:
    """Whether a word has the root of any of the others."""
    return any(alike(word, other) for other in others)
