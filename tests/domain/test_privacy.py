"""What holds personal data: examples of each kind, and of what only looks like it."""

from __future__ import annotations

import pytest

from evidencias.domain.model import EvidenceFile, EvidenceKind, FileFacts
from evidencias.domain.privacy import (
    Reserve,
    holds_personal_data,
    named_personal,
    reserve,
    shows_personal_data,
)

TEXTS = [
    # numbers and addresses of one person
    ("C.C. 52.345.678", True), ("cédula 1023456789", True), ("cc 5234567", True),
    ("Tel: 310 555 22 11", True), ("celular +57 3105552211", True), ("Teléfono 6012345678", True),
    ("(310) 555-2211", True), ("310.555.22.11", True), ("T.I. 1.007.123.456", True),
    ("ana.ruiz@gmail.com", True), ("planeacion@guasuca.gov.co", False),
    ("Cuenta de ahorros No. 458-723910-02", True), ("su Nequi es 312 4", False),
    ("se abrió una cuenta de ahorros para el grupo", False),
    ("residente en la Carrera 5 # 4-20", True), ("en la carrera 4 entre calles 5 y 8", False),
    ("Fecha de nacimiento: 3 de mayo de 2015", True), ("nacido el 3 de mayo", True),
    ("Valor: $ 12.345.678", False), ("Radicado 2021-3105", False),
    ("traer la cédula el martes", False), ("Norma 280301194", False),
    ("coordenadas N 1.033.012", False), ("", False),
    # people one by one, with and without names
    ("No. | Nombre | Cédula | Firma", True), ("Nombre            Teléfono         Firma", True),
    ("N. | Persona | Sector | Huella", True), ("Firmaron 26 personas.", True),
    ("Firman 31 vecinos", True), ("Firman los 19 productores", True), ("(9 firmas)", True),
    ("Los abajo firmantes pedimos", True), ("Para constancia firman los asistentes", False),
    ("La persona encargada", False), ("Fecha | Asistentes | Tema", False),
    ("ref | edad | sexo | detalle | estado", True), ("No. | Edad | Barniz | Observación", True),
    ("marca,edad,area,zona", True), ("por edad, sexo, género y etnia", False),
    ("Turno | Especie | Sexo | Procedimiento", False), ("Edad mínima | 18", False),
    ("1 | músico | 71 años", True), ("Edades entre 18 y 54 años, jornada diurna", False),
    ("menor 1 | cambio de colegio", True), ("7 | niño 7 | patinaje", True),
    ("familia 1 | 1 | 4", True),
    ("Persona 14, vereda Piedra Ancha", True), ("asistente 1, propietario, La Laja ____", True),
    ("Asistentes 45, mujeres 20", False), ("Vereda 3 | 40 familias", False),
    ("4/03/23, 7:02 a. m. - Jefe: hoy hay clase", True),
    ("[4/03/2023, 19:02:11] Ana: llegué", True), ("4/03/23: hoy hay clase", False),
    # a private person by name
    ("visitó a la señora Ana Ruiz", True), ("el menor Juan de la Cruz", True),
    ("La estudiante Luz Marina explicó", True), ("Juan Pérez Gil | 52345678", True),
    ("Señora Ana Ruiz, cordial saludo", True), ("doña Rosa Díaz", True),
    ("Señor Personero Municipal", False), ("Señores Secretaría General", False),
    ("1 | 2021-09-14 | Celular | Huella", True),
    ("el señor Alcalde Municipal", False), ("se agradece a la señora del aseo", False),
    ("la Estudiante Escuela Normal", False), ("Contrato de Obra | 2021-0045", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "personal"), TEXTS)
def test_what_shows_personal_data(text: str, personal: bool) -> None:
    assert shows_personal_data(f"Título del documento\n{text}\nFin.") is personal


CERTIFICATES = [
    ("certifica que el PARTICIPANTE No. 1 asistió", True),
    ("hace constar que las gestantes relacionadas asistieron", True),
    ("Certificados del curso de guianza", True),
    ("El operador certifica que recibió 2.140 kg de equipos", False),
    ("Que la comparsa recibió bus y alimentación", False),
]


@pytest.mark.parametrize(("text", "personal"), CERTIFICATES)
def test_a_certificate_names_whom_it_certifies(text: str, personal: bool) -> None:
    assert holds_personal_data({EvidenceKind.CERTIFICATE}, text) is personal
    assert not holds_personal_data({EvidenceKind.ACTA}, text)


NAMES = [
    ("Cédula Juan Pérez 1.072.pdf", True), ("Copia de cedula.pdf", True), ("RUT.pdf", True),
    ("HV contratista 2021.pdf", True), ("Contratación/hoja de vida.docx", True),
    ("01_Fotocopia cédula.pdf", True), ("cedula_52345678.pdf", True),
    ("listado beneficiarios.xlsx", True), ("censo recicladores.xlsx", True),
    ("base busqueda niños.xls", True),
    ("censo damnificados.xlsx", True), ("Registro civil 2.pdf", True),
    ("Acta visita señora Ana Ruiz.docx", True),
    ("Taller hoja de vida.docx", False), ("ruta turística.docx", False),
    ("Registro fotográfico.pdf", False), ("Beneficiarios/acta 3.docx", False),
    ("cc festival sonido 1.3.pdf", False), ("base puntos críticos.xlsx", False),
]  # fmt: skip


@pytest.mark.parametrize(("path", "personal"), NAMES)
def test_what_a_name_tells(path: str, personal: bool) -> None:
    assert named_personal(path) is personal


PERSONAL, PLAIN = FileFacts(personal_data=True), FileFacts()


@pytest.mark.parametrize(
    ("name", "facts", "text", "why"),
    [
        ("lista.pdf", PERSONAL, "x", Reserve.PERSONAL),
        ("lista.pdf", PERSONAL, "", Reserve.PERSONAL),
        ("cedula_52345678.pdf", PLAIN, "x", Reserve.PERSONAL),
        ("acta.pdf", PLAIN, "Se levanta la sesión.", None),
        ("acta.pdf", PLAIN, "\n", Reserve.UNREAD),
        ("acta.pdf", None, "C.C. 52.345.678", Reserve.PERSONAL),
        ("acta.pdf", None, "", Reserve.UNREAD),
    ],
)
def test_why_a_file_stays_out(
    name: str, facts: FileFacts | None, text: str, why: Reserve | None
) -> None:
    file = EvidenceFile("f", f"Carpeta/{name}", name)
    assert reserve(file, facts, text) is why


@pytest.mark.parametrize("kind", [EvidenceKind.PHOTOS, EvidenceKind.ATTENDANCE])
def test_some_kinds_hold_personal_data_whatever_their_text(kind: EvidenceKind) -> None:
    assert holds_personal_data({kind}, "")


def test_long_texts_cost_in_proportion() -> None:
    """Quadratic patterns would never end here."""
    for piece in ("3", "a", "a@", "cc ", "nombre ", "tel (1 ", "Ana ", "Ana", "la niña ", "1 | "):
        shows_personal_data(piece * 60_000)
