"""Small words as Colombians write them."""

from __future__ import annotations

import errno
from datetime import date

import pytest

from evidencias.domain.model import EvidenceKind
from evidencias.domain.spanish import day_words, lacking, listed, number, plural, system_reason

NUMBERS = [(0, "0"), (1200, "1.200"), (83.5, "83,5"), (83.04, "83"), (1234567.89, "1.234.567,9")]


@pytest.mark.parametrize(("value", "shown"), NUMBERS)
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


LISTS = [
    ([], ""),
    (["acta"], "acta"),
    (["acta", "fotos"], "acta y fotos"),
    (["acta", "fotos", "informe"], "acta, fotos e informe"),
]


@pytest.mark.parametrize(("items", "shown"), LISTS)
def test_lists(items: list[str], shown: str) -> None:
    assert listed(items) == shown


def test_what_is_lacking_agrees_in_number() -> None:
    assert lacking(EvidenceKind.ACTA) == "falta acta"
    assert lacking(EvidenceKind.PHOTOS) == "faltan fotos"


def test_days_and_plurals() -> None:
    assert day_words(date(2022, 1, 21)) == "21 de enero de 2022"
    assert day_words(None) == "fecha desconocida"
    assert [plural(n, "archivo", "archivos") for n in (0, 1, 1200)] == [
        "0 archivos",
        "1 archivo",
        "1.200 archivos",
    ]


REFUSALS = [
    (PermissionError(errno.EACCES, "Permission denied"), "no hay permiso"),
    (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no existe"),
    (OSError(errno.ENOSPC, "No space left on device"), "no queda espacio en el disco"),
    (OSError(71, "Protocol error"), "el sistema no lo permitió (código 71)"),
]


@pytest.mark.parametrize(("error", "told"), REFUSALS)
def test_the_system_s_refusals_in_spanish(error: OSError, told: str) -> None:
    assert system_reason(error) == told
