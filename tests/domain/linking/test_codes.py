"""Codes as people write them, and what looks like a code and is none."""

from __future__ import annotations

import pytest

from evidencias.domain.linking.codes import completed, read
from evidencias.domain.linking.notation import notation

LETTERS = [f"ZX-{n:02d}" for n in range(1, 31)]
LONG = [f"PL-RUR-{n:02d}" for n in range(1, 31)]
LEVELS = ["1.1", "1.2", "2.1", "2.10", "3.4"]
DOTTED = [f"{axis}-{n}.{m}" for axis in ("SX", "BX") for n in (1, 2) for m in range(1, 8)]
DEEP = [f"L{a}-P{b}-A{c:02d}" for a in (1, 2) for b in (1, 2) for c in (1, 2, 3)]


def codes_in(text: str, plan: list[str]) -> set[str]:
    return {plan[hit.activity] for hit in read(text, notation(plan))}


@pytest.mark.parametrize(
    ("text", "plan", "expected"),
    [
        ("ZX-05 acta", LETTERS, {"ZX-05"}),
        ("zx_05_acta", LETTERS, {"ZX-05"}),
        ("ZX 5 lista", LETTERS, {"ZX-05"}),
        ("ZX05", LETTERS, {"ZX-05"}),
        ("acta zx-005", LETTERS, {"ZX-05"}),
        ("RUR-07 jornada", LONG, {"PL-RUR-07"}),
        ("PL07 cuadro", LONG, {"PL-RUR-07"}),
        ("rur_07", LONG, {"PL-RUR-07"}),
        ("2.10 listado", LEVELS, {"2.10"}),
        ("2-1 afiche", LEVELS, {"2.1"}),
        ("L1-P2-A03 informe", DEEP, {"L1-P2-A03"}),
        ("L1P2A3", DEEP, {"L1-P2-A03"}),
        ("1.2.3 firmas", DEEP, {"L1-P2-A03"}),
        ("123 firmas", DEEP, {"L1-P2-A03"}),
        ("ZX-05 y ZX-06 resumen", LETTERS, {"ZX-05", "ZX-06"}),
        ("SX13 planilla", DOTTED, {"SX-1.3"}),
        ("acta bx 24 oct", DOTTED, {"BX-2.4"}),
        ("BX_1_2 lista", DOTTED, {"BX-1.2"}),
        ("cierre E2-10", LEVELS, {"2.10"}),
        ("acta eje 2.1", LEVELS, {"2.1"}),
        ("Línea 2-1 fotos", LEVELS, {"2.1"}),
        ("act. 2_10 último grupo", LEVELS, {"2.10"}),
    ],
)
def test_a_code_is_read_in_any_notation(text: str, plan: list[str], expected: set[str]) -> None:
    assert codes_in(text, plan) == expected


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("Acta 3", LETTERS),
        ("AV-0241-2022", LETTERS),
        ("RP 1.2.3 rubro", DEEP),
        ("CDP 123", DEEP),
        ("afiche P1 A4", DEEP),
        ("22-11-33 recibo", LEVELS),
        ("tubo de 2.1 m", LEVELS),
        ("2021-02-10", LEVELS),
        ("IMG_20210210_101010", LEVELS),
        ("versión 1.2", LEVELS),
        ("contrato No 2-1", LEVELS),
        ("de 8 a 2-1", LEVELS),
        ("Eje 1, 2 y 3 acta", LEVELS),
        ("Linea 1 - 2 - 3 salidas", LEVELS),
        ("Evidencia 1 (2)", LEVELS),
        ("Foto eje 2 (1)", LEVELS),
        ("Acta eje 2 1 de mayo", LEVELS),
        ("Programa 2-1-2024", LEVELS),
        ("Act. 1-2 de 2024", LEVELS),
        ("Plan de accion 1-2 semestre", LEVELS),
        ("Programa 1 - 1er trimestre", LEVELS),
        ("Contrato prog 2-1", LEVELS),
        ("comite est 2-1", LEVELS),
        ("L1 P2 1 fotos", LEVELS),
        ("Eje 1 02.03.2024", DEEP),
        ("13 planilla", DOTTED),
        ("SX 2013", DOTTED),
    ],
)
def test_what_looks_like_a_code_is_none(text: str, plan: list[str]) -> None:
    assert codes_in(text, plan) == set()


def test_the_letters_of_an_hour_are_no_prefix() -> None:
    plan = [f"AM {n}" for n in range(1, 12)]
    assert codes_in("reunión 10 AM 5 foto", plan) == set()
    assert codes_in("AM 5 foto", plan) == {"AM 5"}


@pytest.mark.parametrize(
    ("parts", "way", "code"),
    [
        (("EJE 1 formación", "Act 2 informe"), "split", "1.2"),
        (("eje 2", "num 10 lista"), "split", "2.10"),
        (("Línea 3", "4. fotos"), "splitlead", "3.4"),
        (("varios", "E1A2 balance"), "split", "1.2"),
        (("E2", "Act 1 informe"), "split", "2.1"),
        (("E1 Deporte", "E2 lista"), "split", "1.2"),
        (("E2 Cultura", "10 planilla"), "splitlead", "2.10"),
    ],
)
def test_a_code_may_be_spread_over_folders_and_name(
    parts: tuple[str, ...], way: str, code: str
) -> None:
    hits = completed(parts, notation(LEVELS))
    assert {(LEVELS[h.activity], h.way) for h in hits} == {(code, way)}


def test_the_number_of_a_level_is_not_the_activity_s_too() -> None:
    hits = completed(("varios", "E2 balance"), notation(["1.1", "1.2", "2.2"]))
    assert {h.way for h in hits} == {"label"}


def test_a_loose_number_is_only_a_hint_shared_by_all_that_end_in_it() -> None:
    hits = completed(("varios", "Act 1 informe"), notation(LEVELS))
    assert {(LEVELS[h.activity], h.way, h.share) for h in hits} == {
        ("1.1", "label", 0.5),
        ("2.1", "label", 0.5),
    }


def test_a_leading_number_hints_at_a_flat_code_but_a_date_does_not() -> None:
    plan = notation(LETTERS)
    assert {h.way for h in completed(("trimestre", "05 cercas"), plan)} == {"lead"}
    assert completed(("trimestre", "05-10-2022 visita"), plan) == ()
