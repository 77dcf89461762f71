"""What holds for a file whatever the activity, and whether an activity asks for it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evidencias.domain.linking.of_files import (
    OfFiles,
    asked,
    excused,
    expected,
    of_files,
    signals,
)
from evidencias.domain.linking.prepare import FileView, activity_view, file_view
from evidencias.domain.linking.vocabulary import plan
from evidencias.domain.model import Activity, EvidenceFile, EvidenceKind
from evidencias.domain.period import semester
from tests.domain.linking.cases import told

PERIOD = semester("2024-1")
FIRST = np.array([0])


def read(views: list[FileView], day: date | None = None) -> OfFiles:
    return of_files(views, [day] * len(views), (signals(v, day, PERIOD) for v in views))


def known_of(path: str, text: str = "", day: date | None = None) -> dict[str, float]:
    view = file_view(EvidenceFile(path, path, path.rsplit("/", 1)[-1]), text)
    columns = read([view], day).columns(FIRST)
    return {name: float(values[0]) for name, values in columns.items()}


def sign_for(title: str, sign: str, path: str) -> float:
    """How much a sign of a file still counts for an activity of that title."""
    wanted = asked(plan([activity_view(Activity("M-1", "Eje", title))], ""))
    columns = {name: np.array([value]) for name, value in known_of(path).items()}
    return float(excused(columns, wanted, FIRST)[sign][0])


@pytest.mark.parametrize(
    ("title", "sign", "path"),
    [
        ("Pagar subsidios de arriendo", "sign_payment", "pagos de marzo.pdf"),
        ("Pago de honorarios a sabedores", "sign_payment", "cuenta de cobro sabedora.pdf"),
        ("Expedir la factura del acueducto rural", "sign_payment_folder", "Pagos/lote 3.pdf"),
        ("Adoptar un modelo de huerta escolar", "sign_template", "modelo huerta.pdf"),
        ("Formular la política pública de lactancia", "sign_plan_paper", "política pública.pdf"),
    ],
)
def test_a_sign_that_is_the_activitys_own_matter_is_excused(
    title: str, sign: str, path: str
) -> None:
    assert known_of(path)[sign] == 1.0
    assert sign_for(title, sign, path) == 0.0


@pytest.mark.parametrize(
    ("title", "sign", "path"),
    [
        ("Dictar talleres de cerámica", "sign_payment", "cuenta de cobro tallerista.pdf"),
        ("Apagar conatos de incendio forestal", "sign_payment", "factura de palas.pdf"),
        ("Pago de honorarios a sabedores", "sign_template", "plantilla de honorarios.docx"),
        ("Formular la política pública de lactancia", "sign_draft", "borrador documento.docx"),
        ("Sembrar guadua en Palo Blanco", "sign_template", "formato en blanco siembra.docx"),
    ],
)
def test_any_other_sign_still_counts(title: str, sign: str, path: str) -> None:
    assert sign_for(title, sign, path) == 1.0


@pytest.mark.parametrize(
    ("path", "text", "fact", "value"),
    [
        ("taller.jpg", "", "image", 1.0),
        ("recorrido.mp4", "", "image", 1.0),
        ("taller.pdf", "", "image", 0.0),
        ("IMG_20240312_101500.jpg", "", "mute_name", 1.0),
        ("WhatsApp Image 2024-03-12.jpeg", "", "mute_name", 1.0),
        ("WhatsApp Video 2024-03-12 at 10.15.00 (2).mp4", "", "mute_name", 1.0),
        ("CamScanner 03-12-2024 10.22.pdf", "", "mute_name", 1.0),
        ("sancocho comunitario.jpg", "", "mute_name", 0.0),
        ("acta.pdf", "Acta de la mesa de regantes", "has_text", 1.0),
        ("acta.pdf", "", "has_text", 0.0),
        ("acta.pdf", "12 34\n-- 7", "has_text", 0.0),
    ],
)
def test_type_and_name_are_told(path: str, text: str, fact: str, value: float) -> None:
    assert known_of(path, text)[fact] == value


def expected_of(path: str, activity: Activity, day: date | None = None) -> dict[str, float]:
    view = file_view(EvidenceFile(path, path, path), "")
    wanted = asked(plan([activity_view(activity)], ""))
    found = expected(read([view], day), wanted, FIRST, FIRST)
    return {name: float(values[0]) for name, values in found.items()}


@pytest.mark.parametrize(
    ("path", "kinds", "fits"),
    [
        ("acta comité 4.pdf", {EvidenceKind.ACTA}, 1.0),
        ("acta comité 4.pdf", {EvidenceKind.ACTA, EvidenceKind.PHOTOS}, 1.0),
        ("IMG_20240312_101500.jpg", {EvidenceKind.PHOTOS}, 1.0),
        ("acta comité 4.pdf", {EvidenceKind.CERTIFICATE}, -1.0),
        ("IMG_20240312_101500.jpg", {EvidenceKind.CONTRACT}, -1.0),
        ("acta comité 4.pdf", set(), 0.0),
        ("cosas de la vereda.pdf", {EvidenceKind.ACTA}, 0.0),
    ],
    ids=told,
)
def test_the_kind_fits_what_is_required(path: str, kinds: set[EvidenceKind], fits: float) -> None:
    activity = Activity("M-1", "Eje", "Sostener la mesa de agua", required=frozenset(kinds))
    assert expected_of(path, activity)["kind_fits"] == fits


MARCH = (date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("day", "span", "value"),
    [
        (date(2024, 3, 1), MARCH, 1.0),
        (date(2024, 3, 31), MARCH, 1.0),
        (date(2024, 4, 15), MARCH, 0.0),
        (date(2024, 2, 15), MARCH, 0.0),
        (date(2024, 12, 1), MARCH, -1.0),
        (None, MARCH, 0.0),
        (date(2024, 12, 1), (None, None), 0.0),
        (date(2024, 12, 1), (MARCH[0], None), 1.0),
        (date(2023, 6, 1), (MARCH[0], None), -1.0),
        (date(2023, 6, 1), (None, MARCH[1]), 1.0),
    ],
    ids=told,
)
def test_the_day_lies_in_the_activitys_span(
    day: date | None, span: tuple[date | None, date | None], value: float
) -> None:
    activity = Activity("M-1", "Eje", "Sostener la mesa de agua", start=span[0], end=span[1])
    assert expected_of("acta.pdf", activity, day)["in_span"] == pytest.approx(value)


def test_each_file_keeps_its_own_row_among_equal_ones() -> None:
    names = ("factura palas.pdf", "minga.jpg", "factura carpas.pdf")
    known = read([file_view(EvidenceFile(n, n, n), "") for n in names])
    columns = known.columns(np.array([2, 1, 0]))
    assert columns["sign_payment"].tolist() == [1.0, 0.0, 1.0]
    assert columns["image"].tolist() == [0.0, 1.0, 0.0]
    assert len(known.values) == 2
