"""What a file says of itself, and innocent words that look like a sign and are none."""

from __future__ import annotations

import pytest

from evidencias.domain.linking.prepare import file_view
from evidencias.domain.linking.signs import FIELDS, blank_form, other_time, other_year, says, signs
from evidencias.domain.model import EvidenceFile
from evidencias.domain.period import semester
from tests.domain.linking.cases import told

PERIOD = semester("2024-1")
SIGNED = "\n".join(
    f"asistente {n}, vecina, vereda La Cumbre ______" for n in ("uno", "dos", "tres", "cuatro")
)


def borne(path: str, text: str = "") -> set[str]:
    """The signs that fire, whole, for a file of that path and text."""
    view = file_view(EvidenceFile(path, path, path.rsplit("/", 1)[-1]), text)
    return {name for name, value in zip(FIELDS, signs(view, PERIOD), strict=True) if value >= 1}


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("borrador acta junta de regantes.docx", "draft"),
        ("informe cabalgata PRELIMINAR.docx", "draft"),
        ("acta veeduría sin firma.pdf", "draft"),
        ("Acta_pendiente_de_firma.pdf", "draft"),
        ("Borradores/acta de huertas.docx", "draft_folder"),
        ("Plantilla lista de asistencia.docx", "template"),
        ("planilla de visitas en blanco.xlsx", "template"),
        ("modelo de invitación.docx", "template"),
        ("Machote/acta.docx", "template_folder"),
        ("factura 0218 sillas plásticas.pdf", "payment"),
        ("Cuenta de cobro tallerista de barro.pdf", "payment"),
        ("cotización carpas.pdf", "payment"),
        ("planilla de pago ARL.pdf", "payment"),
        ("Pagos/soporte mayo.pdf", "payment_folder"),
        ("receta de arequipe.docx", "personal"),
        ("cumpleaños de doña Stella.jpg", "personal"),
        ("Personales/foto 4.jpg", "personal_folder"),
        ("Plan de acción 2024.xlsx", "plan_paper"),
        ("resolución adopción reglamento.pdf", "plan_paper"),
        ("LÉAME.txt", "system"),
        ("Otras dependencias/acta.pdf", "other_programme_folder"),
    ],
)
def test_a_name_or_folder_says_that_a_file_is_no_evidence(path: str, sign: str) -> None:
    assert sign in borne(path)


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("Vereda Palo Blanco/acta de reunión.docx", "template_folder"),
        ("visita Vereda Palo Blanco.jpg", "template"),
        ("mesas de mantel blanco.jpg", "template"),
        ("Hato Viejo/lista de asistencia.pdf", "other_time_folder"),
        ("acta de recibo final cubierta del polideportivo.pdf", "payment"),
        ("recibido a satisfacción dotación.pdf", "payment"),
        ("entrega de recibidos kits.pdf", "payment"),
        ("pruebas rápidas de VIH en el parque.jpg", "draft"),
        ("prueba atlética intercolegial.jpg", "draft"),
        ("PENDIENTE ORGANIZAR/foto feria del maíz.jpg", "draft_folder"),
        ("compromisos pendientes mesa de agua.docx", "draft"),
        ("personería escolar posesión.jpg", "personal"),
        ("taller de personas cuidadoras.pdf", "personal"),
        ("curso de cocina y panadería.pdf", "personal"),
        ("modelado en arcilla.jpg", "template"),
        ("lógicas del cuidado.pdf", "template"),
        ("acta plan de manejo de la quebrada.docx", "plan_paper"),
        ("pagoda del parque.jpg", "payment"),
        ("apagones vereda El Salado.pdf", "payment"),
        ("potra suelta en la vía.jpg", "other_programme"),
    ],
)
def test_innocent_words_are_no_sign(path: str, sign: str) -> None:
    assert sign in set(FIELDS) - borne(path)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("BORRADOR. Acta de la mesa de apicultores", "draft_text"),
        ("FACTURA DE VENTA No. 771\nFerretería El Tornillo", "payment_text"),
        ("Receta de la abuela: envueltos de mazorca", "personal_text"),
        ("Informe del segundo semestre de 2023\nSe hicieron tres visitas", "other_time_text"),
    ],
)
def test_the_opening_lines_tell(text: str, sign: str) -> None:
    assert sign in borne("escaneo.pdf", text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (f"Acta de la mesa de apicultores. {'Se habló de la floración. ' * 8}BORRADOR",
         "draft_text"),
        (f"Acta de huertas. {'Se repartió abono. ' * 6} Como en el semestre 2023-2",
         "other_time_text"),
        ("Informe del primer semestre de 2024\nSe hicieron tres visitas", "other_time_text"),
    ],
)  # fmt: skip
def test_what_stands_further_down_or_is_of_now_does_not(text: str, sign: str) -> None:
    assert sign in set(FIELDS) - borne("escaneo.pdf", text)


@pytest.mark.parametrize(
    "part",
    ["2023-2", "II semestre 2022", "Semestre anterior", "vigencia pasada", "Antiguos",
     "Fotos viejas", "NO TOCAR", "historico", "Informes históricos", "Contratos cerrados",
     "2024 - S2", "Semestre II 2024", "semestre 2 de 2023", "SEM_2_2024"],
)  # fmt: skip
def test_a_part_is_of_another_time(part: str) -> None:
    assert other_time(part, PERIOD) == 1.0


@pytest.mark.parametrize(
    "part",
    ["2024-1", "primer semestre 2024", "Semestre I 2024", "sem 1-2024", "mesas 2 2024",
     "Hato Viejo", "Vereda Pueblo Viejo", "Casa Antigua taller",
     "Puerto Viejo 2024", "adultos viejos y sabios", "centro histórico recorrido",
     "Barrio Centro Histórico", "S2 2024",
     "casco_historico", "coliseo cerrado", "fotos vía cerrada", "circuito cerrado de cámaras",
     "2023-2 y 2024-1 consolidado"],
)  # fmt: skip
def test_a_part_is_not_of_another_time(part: str) -> None:
    assert other_time(part, PERIOD) == 0.0


@pytest.mark.parametrize(
    "part",
    ["2023", "Año 2022", "acta 14 de mayo de 2021", "fotos feria 2025", "12-03-2023 minga"],
)
def test_a_part_is_of_another_year(part: str) -> None:
    assert other_year(part, PERIOD) == 1.0


@pytest.mark.parametrize(
    "part",
    ["contrato 131-2023", "Convenio 045 de 2023", "Decreto 1072 de 2015", "2023-2024",
     "acta 20 de junio de 2024", "inventario 1957 casonas", "acta 3",
     "Ley 1801 de 2016 socialización", "código 20231 vivero"],
)  # fmt: skip
def test_a_part_is_not_of_another_year(part: str) -> None:
    assert other_year(part, PERIOD) == 0.0


def test_what_a_contract_says_of_its_year_is_no_sign_of_the_whole_file() -> None:
    assert not {"other_year", "other_time"} & borne("contrato 131-2023 tallerista.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "ACTA No. ____\nFecha: ____\nLugar: ____\nAsistentes: ____",
        "Nombre:\nVereda:\nTeléfono:\nFirma:",
        "FICHA [número]\nBeneficiario [nombre completo]\nPredio [vereda]",
        "Yo ........ de la vereda ........ recibí ........",
    ],
)
def test_a_form_with_nothing_filled_in_is_blank(text: str) -> None:
    assert blank_form(text) > 0.75


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        SIGNED,
        f"LISTA DE ASISTENCIA\nCharla de abonos orgánicos\n{SIGNED}",
        "ACTA No. 7\nFecha: 3 de mayo\nLugar: caseta\nSe sembraron 90 guaduas.\nFirma: ____",
        "Vereda Palo Blanco\nLote blanco\nSe visitó el vivero",
        "Nombre: Rosalba Tique\nVereda: El Salado\nTeléfono: 310\nFirma: Rosalba T.",
        "Nombre | Vereda | Firma\nRosalba Tique | El Salado | R. T.\nNoé Lasso | La Cumbre | N. L.",
        "Continuará... se sigue con la siembra.\nTodo quedó sembrado.",
    ],
)
def test_a_form_that_was_filled_in_or_signed_is_not_blank(text: str) -> None:
    assert blank_form(text) <= 0.3


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pago de subsidios de arriendo", {"payment"}),
        ("Pagar incentivos a guardabosques", {"payment"}),
        ("Apagar conatos de incendio", set()),
        ("Formular la política pública de lactancia", {"plan_paper"}),
        ("Adoptar un modelo de huerta escolar", {"template"}),
        ("Recibo y custodia de semillas nativas", set()),
        ("Aplicar pruebas rápidas de VIH", set()),
        ("Reforestar el cerro del Blanco", set()),
    ],
    ids=told,
)
def test_a_title_bears_the_signs_of_its_own_matter(title: str, expected: set[str]) -> None:
    assert says(title) == expected
