"""What each number of a report measures, and which numbers are no figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.figures import read_figures
from evidencias.domain.figures.scopes import ScopeFinder
from evidencias.domain.model import (
    Activity,
    Claim,
    ClaimKind,
    Figure,
    FigureSubject,
    Nearby,
    Place,
    Report,
    ReportHeader,
    Section,
)

SHARED = Path(__file__).parents[3] / "shared"
HEALTH, ART, TRADE = "Línea 1. Salud y nutrición", "Línea 2. Arte y memoria", "Línea 3. Turismo"
PLAN = (
    Activity("S-1", HEALTH, "Dictar talleres de lactancia", "Secretaría de Salud",
             "Talleres realizados", 8, 8),
    Activity("S-2", HEALTH, "Vacunar en las veredas", "Secretaría de Salud",
             "Niños vacunados", 300, 240),
    Activity("A-1", ART, "Sostener la escuela de danza", "Casa de la Cultura",
             "Ensayos realizados", 40, 38),
    Activity("T-1", TRADE, "Mantener senderos del cerro", "Dirección de Turismo",
             "Metros de sendero", 3000, 3150),
    Activity("T-2", TRADE, "Atender el punto de información", "Dirección de Turismo",
             "Horas de servicio", 400, 455),
)  # fmt: skip


def report(*paragraphs: str) -> Report:
    return Report(ReportHeader(), (Section("Logros obtenidos", paragraphs),))


def claim(text: str, code: str, kind: ClaimKind | None = ClaimKind.PLANNED) -> Claim:
    where = Place("Logros obtenidos", 1, None)
    near = (Nearby(code, 0.9 if kind else 0.4),)
    return Claim(f"A-{text}", text, where, code if kind else "", kind, nearby=near)


def read(text: str, *claims: Claim) -> list[tuple[str, str, float]]:
    figures = read_figures(report(text), PLAN, claims)
    return [(f.subject.value, f.scope, f.claimed) for f in figures]


SAID = [
    ("La política alcanza un cumplimiento del 83% respecto al 100% de las metas.",
     [("cumplimiento", "total", 83)]),
    ("Se cumplió el 100 % de las actividades programadas.", [("cumplimiento", "total", 100)]),
    ("El impacto cualitativo se encuentra en 46%.", [("otra", "total", 46)]),
    ("El componente de turismo registra un cumplimiento de aproximadamente el 20%.",
     [("cumplimiento", TRADE, 20)]),
    ("Arte y memoria apenas roza el veinte por ciento.", [("cumplimiento", ART, 20)]),
    ("La segunda línea quedó en 40 %.", [("cumplimiento", ART, 40)]),
    ("La línea 3 llegó apenas al 50 %.", [("cumplimiento", TRADE, 50)]),
    ("En la línea de salud se registra un 58% de cumplimiento.", [("cumplimiento", HEALTH, 58)]),
    ("Se registra un 58 % de cumplimiento en la línea de salud.", [("cumplimiento", HEALTH, 58)]),
    ("El eje de nutrición llega al 45% y el de turismo al 90%.",
     [("cumplimiento", HEALTH, 45), ("cumplimiento", TRADE, 90)]),
    ("La Secretaría de Salud tiene un avance de 70 %.",
     [("cumplimiento", "Secretaría de Salud", 70)]),
    ("Gracias al turismo, la política presenta un cumplimiento del 83 %.",
     [("cumplimiento", "total", 83)]),
    ("El eje de vivienda presenta un cumplimiento del 30 %.", [("cumplimiento", "vivienda", 30)]),
    ("El cumplimiento pasó del 60 % en 2021 al 81 % en 2022.",
     [("otra", "total", 60), ("cumplimiento", "total", 81)]),
    ("Línea 1: 90 %; línea 3: 100 %.",
     [("cumplimiento", HEALTH, 90), ("cumplimiento", TRADE, 100)]),
    ("La línea con mayor cumplimiento fue Turismo (100 %).", [("cumplimiento", TRADE, 100)]),
    ("Salud y nutrición | 12 | 9 | 75 %", [("cumplimiento", HEALTH, 75)]),
    ("El plan registra un cumplimiento del 0,83.", [("cumplimiento", "total", 83)]),
    ("La línea 1 quedó en 50 % y la línea 3 en 0,5.",
     [("cumplimiento", HEALTH, 50), ("cumplimiento", TRADE, 50)]),
    ("El eje de turismo cumplió con el ciento por ciento.", [("cumplimiento", TRADE, 100)]),
    ("El grado de cumplimiento fue satisfactorio: 84,5 %.", [("cumplimiento", "total", 84.5)]),
    ("Dos de cada tres actividades de turismo se cumplieron.",
     [("cumplimiento", TRADE, 66.67)]),
    ("Tres de las cinco actividades de la línea de turismo se cumplieron.",
     [("cumplimiento", TRADE, 60)]),
    ("De las metas, el 70 % se cumplió, el 20 % está en ejecución y el 10 % no inició.",
     [("cumplimiento", "total", 70), ("otra", "total", 20), ("otra", "total", 10)]),
    ("La inversión ejecutada es del 48 %.", [("otra", "total", 48)]),
    ("El convenio tiene una ejecución del 60 %.", [("otra", "total", 60)]),
    ("Se registró un avance del 45 % en la construcción del parque.", [("otra", "total", 45)]),
    ("La ejecución presupuestal fue del 93 %.", [("otra", "total", 93)]),
    ("El 60 % de las mujeres atendidas vive en el campo.", [("otra", "total", 60)]),
    ("La satisfacción fue del 92 %.", [("otra", "total", 92)]),
    ("Se trabajó en las 64 actividades que contempla el plan de acción.",
     [("actividades_programadas", "total", 64)]),
    ("Frente a las 32 acciones que trae el plan.", [("actividades_programadas", "total", 32)]),
    ("La política tiene 48 acciones.", [("actividades_programadas", "total", 48)]),
    ("La Dirección de Turismo da cuenta de 13 actividades.",
     [("actividades_reportadas", "Dirección de Turismo", 13)]),
    ("Se reportan cuarenta y ocho actividades de las cincuenta y una programadas.",
     [("actividades_reportadas", "total", 48), ("actividades_programadas", "total", 51)]),
    ("De las 16 actividades del plan, 15 se reportan en este informe y 10 cumplieron la meta.",
     [("actividades_programadas", "total", 16), ("actividades_reportadas", "total", 15),
      ("cumplimiento", "total", 62.5)]),
    ("La política cumplió el 60 % de sus quince actividades; el eje de turismo, el 75 %.",
     [("cumplimiento", "total", 60), ("actividades_programadas", "total", 15),
      ("cumplimiento", TRADE, 75)]),
    ("El avance del plan fue del 79 % (11 de 14 actividades).",
     [("cumplimiento", "total", 79), ("cumplimiento", "total", 78.57)]),
    ("De arte y memoria se reportaron siete acciones.", [("actividades_reportadas", ART, 7)]),
    ("De turismo se reportan siete actividades y de arte y memoria, ocho.",
     [("actividades_reportadas", TRADE, 7), ("actividades_reportadas", ART, 8)]),
    ("En la línea 1 se reportaron ocho actividades y en la línea 2 fueron nueve las reportadas.",
     [("actividades_reportadas", HEALTH, 8), ("actividades_reportadas", ART, 9)]),
    ("En la línea 1 se reportaron ocho actividades y en la vereda, tres.",
     [("actividades_reportadas", HEALTH, 8)]),
    ("El cumplimiento fue del ochenta y tres por ciento (83 %).", [("cumplimiento", "total", 83)]),
    ("El plan cuenta con 48 acciones, de las cuales 42 fueron reportadas.",
     [("actividades_programadas", "total", 48), ("actividades_reportadas", "total", 42)]),
    ("De las 48 actividades programadas se cumplieron 39.",
     [("actividades_programadas", "total", 48), ("cumplimiento", "total", 81.25)]),
    # the plan holds so many, whatever is said of them next
    ("El plan de acción contiene 44 actividades y su cumplimiento es del 72 %.",
     [("actividades_programadas", "total", 44), ("cumplimiento", "total", 72)]),
    ("La política reúne 41 acciones en total y se cumplió el 50 %.",
     [("actividades_programadas", "total", 41), ("cumplimiento", "total", 50)]),
    ("En arte y memoria fueron diez las actividades reportadas.",
     [("actividades_reportadas", ART, 10)]),
    # the verb beside the number tells, not the noun of the figure before
    ("El eje de salud va con 86 % de cumplimiento, y del eje 3 se reportaron ocho de las nueve "
     "actividades.", [("cumplimiento", HEALTH, 86), ("actividades_reportadas", TRADE, 8)]),
    ("Del eje 3 se cumplieron ocho de las nueve actividades reportadas.",
     [("cumplimiento", TRADE, 88.89)]),
    ("La línea de turismo cierra en el 80 %.", [("cumplimiento", TRADE, 80)]),
    # one word names the next eje
    ("La línea de salud llega al 56 %, mientras que turismo se ubica en 57 %.",
     [("cumplimiento", HEALTH, 56), ("cumplimiento", TRADE, 57)]),
    ("El eje de salud llegó al 56 %; el turismo, al 57 %.",
     [("cumplimiento", HEALTH, 56), ("cumplimiento", TRADE, 57)]),
    ("El eje de salud llegó al 56 %, y en turismo creció la ocupación un 57 %.",
     [("cumplimiento", HEALTH, 56), ("otra", "total", 57)]),
    ("El eje de salud llegó al 56 %, mientras que la ocupación se ubica en 57 %.",
     [("cumplimiento", HEALTH, 56), ("otra", "total", 57)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), SAID)
def test_what_a_number_measures(text: str, figures: list[tuple[str, str, float]]) -> None:
    assert read(text) == figures


NO_FIGURES = [
    "Según la Ley 1098 de 2006 y el Decreto 1581 de 2012, artículo 14.",
    "El 15 de marzo de 2022 a las 3:00 p. m., y el 9 y 10 de abril, desde las ocho de la mañana.",
    "Los adolescentes de 14 a 17 años y los mayores de 60 años.",
    "El Contrato No. 45 por $ 120.000.000 y 30 millones de pesos.",
    "El Acta 12 y la página 3 de 5 del anexo 2.",
    "En 2021, durante la vigencia 2022 y el segundo semestre.",
    "El reto de 48 horas de duración dejó ideas.",
    "El componente 3 y la línea 2 siguen su curso.",
    "Se hizo una feria y se trabajó uno a uno.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_figure(text: str) -> None:
    assert read(text, claim(text, "S-1")) == []


def test_a_count_in_a_claim_is_its_activity_s_quantity() -> None:
    text = "Las madres aprendieron a dar pecho en trece talleres"
    assert read(text, claim(text, "S-1")) == [("ejecutado", "S-1", 13)]


COUNTED = [  # the claim's words, its activity, what the figure measures
    ("El grupo de danza salió a la calle treinta y ocho veces", "A-1", [("ejecutado", "A-1", 38)]),
    ("El grupo de danza ensayó en la calle cuatro", "A-1", []),
    ("La junta solo alcanzó a reunirse una vez", "J-1", [("ejecutado", "J-1", 1)]),
    ("La casa de paso abrió los seis meses", "H-1", [("ejecutado", "H-1", 6)]),
    ("Los ensayos de danza duraron seis meses", "A-1", []),
    ("Se puso la vacuna a 240 pequeños sin falta", "S-1", [("ejecutado", "S-2", 240)]),
    ("Se puso la vacuna a 300 muchachitos sin falta", "S-1", []),
]


@pytest.mark.parametrize(("text", "code", "figures"), COUNTED)
def test_what_a_count_says_beside_its_claim(
    text: str, code: str, figures: list[tuple[str, str, float]]
) -> None:
    more = (
        Activity("H-1", HEALTH, "Sostener el hogar de paso", "", "Meses de servicio", 6, 6),
        Activity("J-1", HEALTH, "Reunir la junta", "", "Sesiones realizadas", 2, 1),
    )
    found = read_figures(report(text), [*PLAN, *more], (claim(text, code),))
    assert [(f.subject.value, f.scope, f.claimed) for f in found] == figures


MORE = (
    Activity("C-1", HEALTH, "Otorgar ayudas de estudio", "", "Auxilios entregados", 40, 38),
    Activity("C-2", HEALTH, "Formar a los choferes en trato al turista", "", "Personas formadas",
             20, 18),
    Activity("C-3", TRADE, "Sembrar árboles en el nacimiento", "", "Árboles sembrados", 600, 600),
    Activity("C-4", TRADE, "Hacer caminatas por los senderos", "", "Caminatas", 4, 2),
    Activity("C-5", TRADE, "Imprimir la guía de bolsillo con el mapa de aves", "",
             "Ejemplares impresos", 2000, 2000),
    Activity("C-6", TRADE, "Preparar guías de aviturismo", "", "Guías formados", 15, 16),
)  # fmt: skip

LOOSELY = [  # paragraph, claims as (words, activity or "" when none is sure), executed quantities
    ("Se giró auxilio a cuarenta y cinco jóvenes", [("Se giró", "C-1")], [("C-1", 45)]),
    ("Se giró auxilio económico a 45 jóvenes", [("Se giró", "C-1")], [("C-1", 45)]),
    ("Se explicaron los auxilios a 45 jóvenes", [("Se explicaron", "C-1")], []),
    ("Se giró auxilio a 45 jóvenes que faltaban", [("Se giró", "C-1")], []),
    ("Se dictó taller a 45 madres", [("Se dictó", "S-1")], []),
    ("Siguieron un contrato 22 choferes", [("Siguieron", "C-2")], [("C-2", 22)]),
    ("Se revisó el contrato 22 con los choferes", [("Se revisó", "C-2")], []),
    ("Veinticinco choferes acabaron el curso", [("Veinticinco", "C-2")], [("C-2", 25)]),
    # what goes on with a claim that counted nothing, and what does not
    (
        "Se enseñó buen trato, y 20 personas terminaron el curso",
        [("Se enseñó buen trato", "C-2"), ("20 personas terminaron el curso", "")],
        [("C-2", 20)],
    ),
    (
        "Se enseñó buen trato a 18 personas, y 20 personas vieron el desfile",
        [("Se enseñó buen trato a 18 personas", "C-2"), ("20 personas vieron el desfile", "")],
        [("C-2", 18)],
    ),
    # the noun told before
    (
        "Se pusieron 420 arbolitos abajo, y arriba otros ochocientos",
        [("Se pusieron 420 arbolitos abajo", "A-1"), ("arriba otros ochocientos", "C-3")],
        [("C-3", 800)],
    ),
    (
        "Se juntaron 420 madres abajo, y arriba otras ochocientas",
        [("Se juntaron 420 madres abajo", "A-1"), ("arriba otras ochocientas", "C-3")],
        [],
    ),
    ("De los recorridos por el cerro apenas salieron dos", [("De los", "C-4")], [("C-4", 2)]),
    ("De los recorridos por el cerro se aplazaron dos", [("De los", "C-4")], []),
    ("De los recorridos hubo que suspender dos", [("De los", "C-4")], []),
    ("De las familias del cerro apenas vinieron tres", [("De las", "C-4")], []),
    # the activity named around the number, though the claim is another's
    (
        "Se cantó mucho, y las tres mil guías de bolsillo con el mapa de aves vuelan",
        [("Se cantó", "A-1")],
        [("C-5", 3000)],
    ),
    (
        "Se cantó mucho, y tres mil personas tienen la guía de bolsillo con el mapa de aves",
        [("Se cantó", "A-1")],
        [],
    ),
    # just so many of what one activity counts, where no claim was read; never what is to come
    (
        "Se cantó mucho. Dieciséis guías pueden llevar a cualquiera",
        [("Se cantó", "A-1")],
        [("C-6", 16)],
    ),
    ("Se cantó mucho. Dieciocho guías pueden llevar a cualquiera", [("Se cantó", "A-1")], []),
    ("Se cantó mucho. Dieciséis guías empezarán en enero", [("Se cantó", "A-1")], []),
    ("Se cantó mucho. No se formaron los dieciséis guías", [("Se cantó", "A-1")], []),
    ("La junta se reunió cada mes y ni una sola vez faltó nadie", [("La junta", "J-1")], []),
    ("La junta se reunió y una sola vez se aplazó", [("La junta", "J-1")], []),
    # a reason counts nothing done
    (
        "La junta se reunió una sola vez por el asunto, pues dos de ellas mandaron excusa",
        [("La junta se reunió una sola vez por el asunto", "J-1")],
        [("J-1", 1)],
    ),
    (
        "La junta se reunió con ellas, pues dos de ellas mandaron excusa",
        [("La junta se reunió con ellas", "J-1")],
        [],
    ),
]


@pytest.mark.parametrize(("text", "told", "figures"), LOOSELY)
def test_quantities_told_loosely(
    text: str, told: list[tuple[str, str]], figures: list[tuple[str, float]]
) -> None:
    plan = (*PLAN, *MORE, Activity("J-1", HEALTH, "Reunir la junta", "", "Sesiones", 2, 1))
    claims = [
        claim(said if " " in said and said in text and len(told) > 1 else _rest(text, said), code)
        if code
        else Claim(f"A-{said}", said, Place("Logros obtenidos", 1, None))
        for said, code in told
    ]
    found = read_figures(report(text), plan, claims)
    assert [(f.scope, f.claimed) for f in found] == figures


def _rest(text: str, said: str) -> str:
    """The words said up to the end of their clause, or all of a text without commas."""
    return re.split(r"[,.] ", text[text.index(said) :], maxsplit=1)[0]


def test_a_count_after_its_claim_is_too() -> None:
    text = "Se vacunó en las veredas altas, con un total de 300 niños."
    assert read(text, claim("Se vacunó en las veredas altas", "S-2")) == [("ejecutado", "S-2", 300)]


def test_a_count_of_something_else_is_not() -> None:
    text = "Las madres de catorce veredas aprendieron a dar pecho"
    assert read(text, claim(text, "S-1")) == []


def test_units_must_be_the_indicator_s_own() -> None:
    text = "Se limpiaron más de tres kilómetros en el cerro"
    assert read(text, claim(text, "T-1")) == []
    text = "El punto abrió más de cuatrocientas horas"
    (figure,) = read_figures(report(text), PLAN, (claim(text, "T-2"),))
    assert (figure.subject, figure.claimed, figure.bound) == (
        FigureSubject.ACHIEVED,
        400,
        "mas_de",
    )


def test_an_unplanned_claim_has_no_quantity() -> None:
    text = "Se entregaron 8 talleres de costura"
    assert read(text, claim(text, "S-1", ClaimKind.UNPLANNED)) == []


def test_an_uncertain_claim_only_with_a_sure_number() -> None:
    sure, unsure = "Hubo ocho talleres con ellas", "Hubo quince encuentros con ellas"
    assert read(sure, claim(sure, "S-1", None)) == [("ejecutado", "S-1", 8)]
    assert read(unsure, claim(unsure, "S-1", None)) == []


def test_without_claims_only_a_named_indicator_counts() -> None:
    assert read("Se dictaron 13 talleres de lactancia a madres gestantes.") == [
        ("ejecutado", "S-1", 13)
    ]
    assert read("Se dictaron 13 talleres en la plaza.") == []


def test_a_figure_quotes_its_sentence_and_at_most_sixty_words() -> None:
    lead = "Se hicieron muchas cosas en todas las veredas del municipio, "
    text = f"Otra frase. {lead * 9}y la política alcanza un cumplimiento del 83 %. Otra más."
    (figure,) = read_figures(report(text), PLAN)
    assert figure.text in text
    assert "83 %" in figure.text
    assert len(figure.text.split()) <= 60


def test_an_axis_is_found_by_its_number_name_or_activities() -> None:
    finder = ScopeFinder(PLAN)
    found = [finder.find(t) for t in ("el eje 2", "el componente de salud", "la línea de danza")]
    assert [m.scope for m in found if m] == [ART, HEALTH, ART]
    assert finder.find("la política pública del municipio") is None


SPANISH = st.text("aeioulmnst 0123456789%,.;ñá", max_size=120)


@given(SPANISH)
def test_every_figure_is_quoted_from_its_paragraph(text: str) -> None:
    figures: tuple[Figure, ...] = read_figures(report(text), PLAN)
    for figure in figures:
        assert figure.text in text
        assert figure.where == Place("Logros obtenidos", 1, None)


@pytest.mark.skipif(not SHARED.is_dir(), reason="sin ../shared: no hay informe real que leer")
def test_the_real_report_gives_its_four_figures_and_invents_none() -> None:
    from evidencias.adapters.local.report import LocalReport
    from evidencias.domain.report import read_report

    real = read_report(LocalReport(SHARED / "mission" / "informe-2021-2.md").read())
    figures = read_figures(real, PLAN)
    assert [(f.subject.value, f.scope, f.claimed, f.bound) for f in figures] == [
        ("actividades_reportadas", "Dirección de Agropecuario", 13, "alrededor"),
        ("cumplimiento", "total", 83, ""),
        ("otra", "total", 46, ""),
        ("cumplimiento", TRADE, 20, "alrededor"),
    ]


@pytest.mark.parametrize(
    ("axis", "text"),
    [
        ("Infraestructura segura", "Infraestructura segura llegó al 40 %."),
        ("Vivienda y hábitat", "El eje de vivienda llegó al 40 %."),
        ("Norte y sur del municipio", "El eje norte llegó al 40 %."),
        ("V. Salud", "El eje 5 llegó al 40 %."),
        ("No. 3 Campo y riego", "El eje 3 llegó al 40 %."),
    ],
)
def test_the_first_letters_of_an_ejes_name_are_no_number(axis: str, text: str) -> None:
    others = [Activity(f"O-{n}", f"Ajeno {n}", "Otra cosa") for n in range(2)]
    figures = read_figures(report(text), [*others, Activity("X", axis, "Hacer obras")])
    assert [f.scope for f in figures] == [axis]


def test_numbers_alone_in_their_cells_are_not_taken_for_what_was_done() -> None:
    row = "S-2 | Vacunar en las veredas | Niños vacunados | 300 | 240"
    assert read(row, claim(row, "S-2")) == []
