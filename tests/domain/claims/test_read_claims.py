"""Reading claims: what is one, which activity it tells, and what people decided of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencias.domain.claims import read_claims
from evidencias.domain.claims.tokens import count_words
from evidencias.domain.claims.traits import tells_part
from evidencias.domain.model import (
    Activity,
    ClaimKind,
    Decision,
    Report,
    ReportHeader,
    Section,
    Verdict,
)

ROWS = (
    ("S-1", "Movilidad", "Instalar señales de tránsito en zonas escolares", "Señales", 34),
    ("S-2", "Movilidad", "Capacitar a motociclistas en seguridad vial", "Motociclistas", 87),
    ("S-3", "Movilidad", "Realizar operativos de control de alcoholemia", "Operativos", 9),
    ("V-1", "Vivienda", "Mejorar techos y pisos de viviendas rurales", "Viviendas mejoradas", 18),
    ("V-2", "Vivienda", "Titular predios fiscales a familias ocupantes", "Títulos", 15),
    ("V-3", "Vivienda", "Asesorar a familias en el subsidio de vivienda", "Familias", 66),
)
PLAN = tuple(
    Activity(code, axis, name, indicator=indicator, target=20, achieved=achieved, row=row)
    for row, (code, axis, name, indicator, achieved) in enumerate(ROWS, 2)
)


def report(*paragraphs: str, title: str = "ACTIVIDADES REALIZADAS") -> Report:
    return Report(ReportHeader(), (Section(title, paragraphs),))


PLAIN = report(
    "En movilidad se instalaron 34 señales de tránsito frente a los colegios, 87 motociclistas "
    "se capacitaron en seguridad vial y se hicieron nueve operativos de alcoholemia. En vivienda "
    "se mejoraron los techos y pisos de 18 viviendas, quince familias recibieron el título de su "
    "predio y se asesoró a 66 familias sobre el subsidio."
)


def test_each_clause_finds_its_activity_in_plain_words() -> None:
    told = [(c.activity, c.kind) for c in read_claims(PLAIN, PLAN)]
    assert told == [(a.code, ClaimKind.PLANNED) for a in PLAN]


def test_the_text_is_verbatim_short_and_placed() -> None:
    for claim in read_claims(PLAIN, PLAN):
        assert claim.text in PLAIN.sections[0].paragraphs[0]
        assert count_words(claim.text) <= 60
        assert (claim.where.section, claim.where.paragraph) == ("ACTIVIDADES REALIZADAS", 1)
        assert claim.id.startswith("A-")


def test_three_nearest_with_a_reason_each() -> None:
    for claim in read_claims(PLAIN, PLAN):
        assert len(claim.nearby) == 3
        assert all(near.reasons for near in claim.nearby)
        assert claim.nearby[0].activity == claim.activity


def test_evidence_lies_between_two_wordings() -> None:
    text = report("Los guardianes del casco marcharon con pancartas por la avenida.")
    files = {"S-2": ["Jornada guardianes del casco: marcha de motociclistas con pancartas"]}
    with_files = read_claims(text, PLAN, evidence=files)
    assert [c.activity for c in with_files] == ["S-2"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Se propone instalar más señales de tránsito el próximo año.", "OPORTUNIDADES"),
        ("Es necesario capacitar a los motociclistas.", "LOGROS OBTENIDOS"),
        ("Se gestionarán recursos para mejorar los techos.", "COMPROMISOS"),
        ("Se tiene previsto titular los predios fiscales.", "ACTIVIDADES REALIZADAS"),
        ("El eje de movilidad quedó en 50 %.", "LOGROS OBTENIDOS"),
        ("Se programó la realización de operativos de alcoholemia.", "ESTRATEGIAS UTILIZADAS"),
        ("Se requiere titular los predios fiscales.", "DIFICULTADES PRESENTADAS"),
    ],
)
def test_intentions_are_no_claims(text: str, title: str) -> None:
    assert read_claims(report(text, title=title), PLAN) == ()


def test_what_was_not_done_is_never_affirmed() -> None:
    said = report("No se instalaron las señales de tránsito.", title="DIFICULTADES PRESENTADAS")
    assert all(c.kind is None for c in read_claims(said, PLAN))


def test_marked_unplanned_work_is_told_apart_and_offered_orphans() -> None:
    text = report(
        PLAIN.sections[0].paragraphs[0],
        "Adicionalmente se realizó un campeonato de ajedrez en el parque.",
    )
    orphans = {"f1": "Planilla campeonato de ajedrez parque", "f2": "Factura de papelería"}
    last = read_claims(text, PLAN, orphan_texts=orphans)[-1]
    assert (last.kind, last.activity, last.files) == (ClaimKind.UNPLANNED, "", ("f1",))


@pytest.mark.parametrize(
    "text",
    [
        "El invierno hizo de las suyas.",
        "Hubo fines de semana enteros sin poder subir.",
        "Finalmente se arregló el portón.",
        "Las sesiones se hicieron después de las seis de la tarde.",
        # a deed told by the way, in a relative clause
        "Pese a los aguaceros que trajo el invierno y al cierre de la vía, esta oficina procede a "
        "presentar el balance del semestre.",
        "Agradecemos a quienes abrieron sus casas y cocinaron para los equipos de las brigadas.",
        # words that name nothing
        "Para los mayores del campo se abrió un espacio propio.",
        "Para las mujeres se abrieron nuevas puertas en la vida pública.",
        # a mishap that accounts for what was not done, and what nobody did
        "No se actualizó la base de datos: la licencia del programa expiró y el banco cerró la "
        "cuenta de la oficina.",
        "Ningún contratista presentó oferta para la compra del vehículo de bomberos.",
        "La licencia del programa de la biblioteca expiró y nadie la pagó a tiempo.",
    ],
)
def test_talk_that_names_no_deed_accuses_nobody(text: str) -> None:
    told = read_claims(report(PLAIN.sections[0].paragraphs[0], text), PLAN)
    assert not any(c.kind is ClaimKind.UNPLANNED for c in told)


@pytest.mark.parametrize(
    "text",
    [
        "Se construyó una pista de patinaje en el barrio Las Acacias.",
        "No se hizo la feria, pero se inauguró una pista de patinaje en el barrio Las Acacias.",
        "La empresa construyó un tanque que recibió el visto bueno del ministerio en Palmira.",
        "De la caseta que donó la empresa lechera se hizo una biblioteca infantil.",
        "Se compró una ambulancia para el corregimiento y nadie la esperaba tan pronto.",
    ],
)
def test_a_deed_outside_the_plan_is_still_told(text: str) -> None:
    told = read_claims(report(PLAIN.sections[0].paragraphs[0], text), PLAN)
    assert any(c.kind is ClaimKind.UNPLANNED for c in told)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("De los recorridos por el cerro apenas salieron dos", True),
        ("solo alcanzó a reunir 12 familias", True),
        ("apenas se entregaron nueve títulos", True),
        ("la oficina solo reportó cinco de sus actividades", False),
        ("el eje apenas llegó al 33 %", False),
        ("apenas se abrió la vía llegaron los técnicos", False),
        ("no solo llovió", False),
        ("Se entregaron nueve títulos", False),
    ],
)
def test_what_says_how_little_was_done(text: str, tells: bool) -> None:
    assert tells_part(text) is tells


def test_what_was_done_in_part_is_told_even_among_the_difficulties() -> None:
    text = report("Apenas se titularon nueve predios.", title="DIFICULTADES PRESENTADAS")
    assert [c.activity for c in read_claims(text, PLAN)] == ["V-2"]


def test_the_sentence_decides_not_the_section() -> None:
    text = report(PLAIN.sections[0].paragraphs[0], title="DIFICULTADES PRESENTADAS")
    assert {c.activity for c in read_claims(text, PLAN)} >= {"S-1", "S-2", "V-1", "V-2"}


def test_equal_sentences_keep_distinct_ids() -> None:
    twice = report("Se instalaron 34 señales de tránsito.", "Se instalaron 34 señales de tránsito.")
    ids = [c.id for c in read_claims(twice, PLAN)]
    assert len(ids) == len(set(ids)) == 2


def test_people_move_a_claim_and_tie_a_file_to_it() -> None:
    first = read_claims(PLAIN, PLAN)[0]
    moved, *_ = read_claims(
        PLAIN, PLAN, decisions=[Decision(first.id.lower(), Verdict.CONFIRM, "V-3")]
    )
    assert (moved.activity, moved.kind) == ("V-3", ClaimKind.PLANNED)
    refused, *_ = read_claims(
        PLAIN, PLAN, decisions=[Decision(first.id, Verdict.REJECT, first.activity)]
    )
    assert (refused.activity, refused.kind) == ("", None)
    tied, *_ = read_claims(
        PLAIN, PLAN, decisions=[Decision("V-X", Verdict.CONFIRM, first.id, "carpeta/acta.pdf")]
    )
    assert tied.files == ("carpeta/acta.pdf",)


def test_nothing_to_read_gives_no_claims() -> None:
    assert read_claims(Report(ReportHeader(), ()), PLAN) == ()
    assert read_claims(PLAIN, ()) == ()
    assert read_claims(report("", "   ", "—"), PLAN) == ()


def test_one_activity_is_enough_of_a_plan() -> None:
    assert len(read_claims(PLAIN, PLAN[:1])) >= 1


def test_order_of_evidence_does_not_matter() -> None:
    files = {"S-1": ["señal de pare", "plano escolar"], "V-1": ["teja", "cemento"]}
    back = {code: list(reversed(texts)) for code, texts in reversed(files.items())}
    assert read_claims(PLAIN, PLAN, evidence=files) == read_claims(PLAIN, PLAN, evidence=back)


REAL = Path(__file__).parents[4] / "shared" / "mission" / "informe-2021-2.md"


@pytest.mark.skipif(not REAL.exists(), reason="falta ../shared/mission: no hay informe real")
def test_the_real_report_invents_nothing() -> None:
    from evidencias.adapters.local.report import LocalReport
    from evidencias.domain.report import read_report

    told = read_claims(read_report(LocalReport(REAL).read()), PLAN)
    assert not any("no tienen aplicabilidad" in claim.text for claim in told)
    assert sum(claim.kind is ClaimKind.PLANNED for claim in told) <= 1
