"""Kinds of evidence in the words of a plan."""

from __future__ import annotations

import pytest

from evidencias.domain.model import EvidenceKind
from evidencias.domain.plan.kinds import required_kinds

CASES = [
    ("acta;asistencia;fotos", "acta asistencia fotos"),
    ("Acta de reunión, Listado de asistencia, Registro fotográfico", "acta asistencia fotos"),
    ("Acta de reunión / Informe / Registro fotográfico", "acta informe fotos"),
    ("Formato diligenciado\nListado de asistencia", "formato asistencia"),
    ("informe técnico; acta de reunión o visita", "informe acta"),
    ("actas y fotos", "acta fotos"),
    ("Listas de asistencia o reporte Zoom, Fotografías", "asistencia fotos"),
    ("Contrato o convenio", "contrato"),
    ("Formato de asistencia", "asistencia"),
    ("Planilla de asistencia y evidencia fotográfica", "asistencia fotos"),
    ("Publicaciones en redes sociales", "publicacion"),
    ("Boletín de prensa, página web", "publicacion"),
    ("Certificados", "certificado"),
    ("Certificación de la Cámara de Comercio", "certificado"),
    ("Fichas de caracterización", "formato"),
    ("1. Actas 2. Informe final 3. Contratos", "acta informe contrato"),
    ("- Acta\n- Fotos", "acta fotos"),
    ("Informe con registro fotográfico", "informe fotos"),
    ("Registro audiovisual", "fotos"),
    ("ACTAS, LISTADOS DE ASISTENCIA E INFORMES", "acta asistencia informe"),
    ("Acta y/o informe", "acta informe"),
    ("publicacion;certificado;formato;contrato", "publicacion certificado formato contrato"),
    ("Cualquier soporte", ""),
    ("N/A", ""),
    (None, ""),
    ("Otros soportes", ""),
    ("Documento técnico", "informe"),
    ("Convenio interadministrativo firmado", "contrato"),
    ("Acta de entrega", "acta"),
    ("Constancia de asistencia", "asistencia"),
]


@pytest.mark.parametrize(("cell", "kinds"), CASES)
def test_kinds_of_a_cell(cell: object, kinds: str) -> None:
    required = required_kinds(cell)
    assert required.kinds == {EvidenceKind(kind) for kind in kinds.split()}
    assert not required.unknown


@pytest.mark.parametrize("kind", [k for k in EvidenceKind if k is not EvidenceKind.OTHER])
def test_every_word_of_the_contract_is_its_own_kind(kind: EvidenceKind) -> None:
    assert required_kinds(kind.value).kinds == {kind}


def test_an_unknown_paper_is_told_and_not_required() -> None:
    required = required_kinds("Resolución; acta")
    assert required.kinds == {EvidenceKind.ACTA}
    assert required.unknown == ("resolucion",)


def test_otro_requires_nothing() -> None:
    assert required_kinds("otro").kinds == frozenset()
