"""What the build of a text says of its kind, and the kinds that come of it."""

from __future__ import annotations

import pytest

from evidencias.domain.linking.kinds import asked, judge, kinds, signals, text_signals
from evidencias.domain.linking.prepare import file_view
from evidencias.domain.linking.weights import shipped
from evidencias.domain.model import EvidenceFile, EvidenceKind

TICKS = "Participante | 3 | 10 | 17 | 24\nAna Ruiz | x | x | | x\nLuz Mora | x | | x | x"
STOCK = "Item | Cantidad | Valor | Estado\nBalón | 12 | 40.000 | nuevo\nMalla | 2 | 90.000 | usada"


def kind_of(name: str, text: str = "") -> set[EvidenceKind]:
    view = file_view(EvidenceFile("f", name, name), text)
    return set(kinds(view, shipped().kinds))


def test_days_for_columns_and_ticks_for_cells_are_seen() -> None:
    ticks, stock = text_signals(TICKS), text_signals(STOCK)
    assert ticks["columnas_dias"] == 1.0
    assert ticks["celdas_marca"] > 0.6
    assert "columnas_dias" not in stock
    assert stock.get("celdas_marca", 0.0) < 0.2


def test_people_named_in_a_row_are_seen() -> None:
    listed = text_signals("Asistieron Ana Ruiz, Luz Mora, Juan Paz, Rosa Gil y otras veinte.")
    assert listed["nombres_seguidos"] > text_signals("Se entregó el contrato a Ana.").get(
        "nombres_seguidos", 0.0
    )


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Acta 3 comité.docx", "ACTA No. 3. Siendo las 8:00 a. m. se da inicio. Orden del día.",
         EvidenceKind.ACTA),
        ("lista asistencia taller.pdf", "", EvidenceKind.ATTENDANCE),
        ("planilla martes.xlsx", TICKS, EvidenceKind.ATTENDANCE),
        ("IMG_20210914_103322.jpg", "", EvidenceKind.PHOTOS),
        ("WhatsApp Image 2021-09-14 at 10.33.22.jpeg", "", EvidenceKind.PHOTOS),
        ("CTO 044-2021.pdf", "CONTRATO DE PRESTACIÓN DE SERVICIOS. OBJETO: dictar clases. VALOR: "
         "$ 8.000.000. PLAZO: 4 meses. SUPERVISOR: el secretario.", EvidenceKind.CONTRACT),
        ("informe mensual octubre.docx", "INFORME DE ACTIVIDADES. En octubre se realizaron cuatro "
         "visitas y se atendieron veinte familias.", EvidenceKind.REPORT),
        ("afiche feria.png", "", EvidenceKind.PUBLICATION),
        ("poliza contrato.pdf", "PÓLIZA DE SEGURO DE CUMPLIMIENTO. Tomador, asegurado, amparos y "
         "vigencia desde el 1 de marzo.", EvidenceKind.OTHER),
        ("asist taller.jpg", "", EvidenceKind.ATTENDANCE),
        ("afiche taller lectura.jpg", "", EvidenceKind.PUBLICATION),
        ("certificado curso.pdf", "El instituto certifica que asistió y aprobó el curso. "
         "Intensidad: 40 horas.", EvidenceKind.CERTIFICATE),
    ],
)  # fmt: skip
def test_papers_are_known_for_what_they_are(name: str, text: str, kind: EvidenceKind) -> None:
    assert kind_of(name, text) == {kind}


@pytest.mark.parametrize("name", ["scan0017.pdf", "001.jpg", "doc 3.pdf"])
def test_a_file_that_says_nothing_is_not_taken_for_what_it_is_asked_to_prove(name: str) -> None:
    view = file_view(EvidenceFile("f", name, name), "")
    wanted = {kind.value: 1.0 for kind in EvidenceKind}
    assert asked(view, wanted) == signals(view)
    assert kinds(view, shipped().kinds, wanted) == kinds(view, shipped().kinds)


def test_what_an_activity_asks_helps_with_a_file_that_says_something() -> None:
    for name, text in (("lista taller.pdf", ""), ("scan0017.pdf", "Ana Ruiz, 19 años")):
        view = file_view(EvidenceFile("f", name, name), text)
        assert asked(view, {"asistencia": 0.8})["pide_asistencia"] == 0.8


def test_files_that_look_alike_are_each_judged_by_what_their_own_activities_ask() -> None:
    view = file_view(EvidenceFile("f", "planilla.xlsx", "planilla.xlsx"), "Nombre | Dato")
    wanted = [{"asistencia": 1.0}, {}, {"formato": 1.0}]
    together = judge([view] * 3, shipped().kinds, wanted)
    assert together == [kinds(view, shipped().kinds, mine) for mine in wanted]
    assert len(set(together)) > 1
