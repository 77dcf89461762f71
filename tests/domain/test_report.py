"""A report's blocks become its header and its sections with whole paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.model import Block, ReportHeader
from evidencias.domain.report import read_report
from evidencias.domain.report.header import read_day, read_period
from evidencias.domain.report.titles import section_kind, shown_title

LONG = "Se realizaron talleres con los productores de todas las veredas del municipio y"
REST = "sus familias, que aprendieron a llevar cuentas."
SHARED = Path(__file__).parents[3] / "shared"


def heading(text: str, level: int = 2) -> Block:
    return Block(text, "heading", level)


def row(*cells: str) -> Block:
    return Block(" ".join(cells), "row", cells=cells)


PERIODS = [
    ("Segundo semestre 2021", "2021-2"),
    ("Primer semestre de 2023", "2023-1"),
    ("II semestre de 2022", "2022-2"),
    ("I SEMESTRE 2020", "2020-1"),
    ("2do semestre 2021", "2021-2"),
    ("Semestre 1 de 2024", "2024-1"),
    ("FORMATO INFORME GESTIÓN POLÍTICAS PÚBLICAS 2021-2", "2021-2"),
    ("2021 - II", "2021-2"),
    ("enero a junio de 2022", "2022-1"),
    ("1 de julio al 31 de diciembre de 2022", "2022-2"),
    ("21 de enero de 2022", ""),
    ("vigencia 2021", ""),
    ("2021-12-31", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_periods(text: str, period: str) -> None:
    assert read_period(text) == period


DAYS = [
    ("21 de enero de 2022", "2022-01-21"),
    ("21/01/2022", "2022-01-21"),
    ("2022-01-21", "2022-01-21"),
    ("Segundo semestre 2021", ""),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    assert read_day(text) == day


TITLES = [
    ("ACTIVIDADES REALIZADAS", "actividades", "Actividades realizadas"),
    ("ESTRATEGIAS\nUTILIZADAS", "estrategias", "Estrategias utilizadas"),
    ("EVIDENCIAS DE LA ACTIVIDADES", "evidencias", "Evidencias de las actividades"),
    ("3. Logros obtenidos:", "logros", "Logros obtenidos"),
    ("1. LO QUE SE HIZO (actividades)", "actividades", "LO QUE SE HIZO (actividades)"),
    ("2) Logros y cifras de la vigencia:", "logros", "Logros y cifras de la vigencia"),
    ("Presupuesto ejecutado", "", "Presupuesto ejecutado"),
]


@pytest.mark.parametrize(("title", "kind", "shown"), TITLES)
def test_titles(title: str, kind: str, shown: str) -> None:
    assert (section_kind(title), shown_title(title)) == (kind, shown)


HEADS = {
    "rows": [row("POLÍTICA PÚBLICA", "Juventud"), row("RESPONSABLE", "Oficina X")],
    "tabs": [Block("POLITICA PUBLICA\tJuventud"), Block("RESPONSABLE\tOficina X")],
    "colons": [Block("Política pública: Juventud"), Block("Dependencia responsable: Oficina X")],
    "run together": [Block("Política pública: Juventud Responsable: Oficina X")],
    "four cells": [row("POLÍTICA", "Juventud", "RESPONSABLE", "Oficina X")],
}


@pytest.mark.parametrize("layout", HEADS)
def test_the_header_in_any_layout(layout: str) -> None:
    blocks = [
        *HEADS[layout],
        row("FECHA INFORME", "II semestre de 2022"),
        heading("LOGROS OBTENIDOS"),
    ]
    header = read_report(blocks).header
    assert header == ReportHeader("Juventud", "Oficina X", "2022-2", "II semestre de 2022")


def test_a_missing_header_is_empty_and_the_title_still_tells() -> None:
    blocks = [heading("INFORME POLÍTICA PÚBLICA DE JUVENTUD 2022-1", 1), heading("LOGROS")]
    header = read_report(blocks).header
    assert header == ReportHeader("JUVENTUD", "", "2022-1", "")


def test_a_title_split_over_two_lines() -> None:
    blocks = [Block("ACTIVIDADES"), heading("REALIZADAS", 7), Block("Se hizo una feria de empleo.")]
    (section,) = read_report(blocks).sections
    assert (section.title, section.paragraphs) == (
        "Actividades realizadas",
        ("Se hizo una feria de empleo.",),
    )


def test_a_title_inside_a_table_cell() -> None:
    blocks = [
        heading("LOGROS OBTENIDOS"),
        Block("Se logró."),
        row("EVIDENCIAS DE LA ACTIVIDADES", "Se encuentran consignadas una a una en el Drive"),
    ]
    titles = [s.title for s in read_report(blocks).sections]
    assert titles == ["Logros obtenidos", "Evidencias de las actividades"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Logros obtenidos: se firmaron dos alianzas.", "se firmaron dos alianzas."),
        ("LOGROS OBTENIDOS Se firmaron dos alianzas.", "Se firmaron dos alianzas."),  # a lost tab
        ("LOGROS OBTENIDOS A la fecha van dos.", "A la fecha van dos."),
    ],
)
def test_a_title_that_opens_its_paragraph(written: str, text: str) -> None:
    (section,) = read_report([Block(written)]).sections
    assert (section.title, section.paragraphs) == ("Logros obtenidos", (text,))


def test_a_few_words_and_a_colon_are_a_title() -> None:
    blocks = [Block("Logros:"), Block("Se atendieron 120 mujeres"), Block("Entre estas acciones:")]
    (section,) = read_report(blocks).sections
    assert (section.title, len(section.paragraphs)) == ("Logros obtenidos", 2)


def test_a_policy_named_by_the_title_ends_with_its_line() -> None:
    blocks = [Block("POLÍTICA PÚBLICA DE"), Block("MUJER"), Block("Informe"), Block("LOGROS")]
    assert read_report(blocks).header.policy == "MUJER"


@pytest.mark.parametrize(
    "furniture",
    [
        [heading("EQUIPO DE POLÍTICAS PÚBLICAS", 3)],
        [heading("EQUIPO DE POLÍTICAS PÚBLICAS", 3), Block("Página 2 de 5 · F-PL-11 V3")],
        [Block("- 3 -")],
        [Block("Alcaldía de Puerto Almendro", "header")],
    ],
)
def test_page_furniture_leaves_the_paragraph_whole(furniture: list[Block]) -> None:
    blocks = [heading("LOGROS OBTENIDOS"), Block(LONG), *furniture, Block(REST)]
    (section,) = read_report(blocks).sections
    assert section.paragraphs == (f"{LONG} {REST}",)


def test_a_paragraph_that_goes_on_over_the_page_is_one() -> None:
    blocks = [heading("LOGROS"), Block(LONG, page=1), Block(REST, page=2)]
    (section,) = read_report(blocks).sections
    assert (section.paragraphs, section.pages) == ((f"{LONG} {REST}",), (1,))


CUTS = [("innova", "ción y trabajo", "innovación y trabajo"), ("capaci-", "tación", "capacitación")]


@pytest.mark.parametrize(("left", "right", "whole"), CUTS)
def test_a_word_cut_by_the_page_is_mended(left: str, right: str, whole: str) -> None:
    blocks = [
        heading("LOGROS"),
        Block(f"Se abrió un espacio para las familias del municipio con nuevas formas de {left}"),
        heading("EQUIPO", 3),
        Block(f"{right} en la sede."),
    ]
    (section,) = read_report(blocks).sections
    assert section.paragraphs[0].endswith(f"formas de {whole} en la sede.")


def test_unknown_headings_open_sections_of_their_own_and_subtitles_do_not() -> None:
    blocks = [
        heading("ACTIVIDADES REALIZADAS"),
        heading("Eje 1. Salud", 3),
        Block("Se vacunó a los niños de las veredas."),
        heading("PRESUPUESTO", 2),
        Block("Se ejecutaron los recursos."),
    ]
    sections = read_report(blocks).sections
    assert [s.title for s in sections] == ["Actividades realizadas", "PRESUPUESTO"]
    assert sections[0].paragraphs[0] == "Eje 1. Salud"


def test_titles_of_other_formats_open_sections_also_before_a_known_one() -> None:
    blocks = [
        heading("INFORME DE AVANCE 2022-1", 1),
        heading("Balance del semestre", 2),
        Block(LONG),
        heading("Línea 3", 2),
        Block(LONG),
        heading("Anexos", 2),
        Block("Registro fotográfico."),
    ]
    titles = [s.title for s in read_report(blocks).sections]
    assert titles == ["Balance del semestre", "Línea 3", "Anexos"]


def test_the_heads_of_a_tables_columns_title_nothing() -> None:
    rows = [("EJE", "ACTIVIDAD", "AVANCE"), ("Salud", "Terapias", "Se dictaron 40 sesiones.")]
    blocks = [heading("LOGROS"), *(Block(" ".join(r), "row", cells=r) for r in rows)]
    (section,) = read_report(blocks).sections
    assert section.title == "LOGROS"
    assert section.paragraphs[0] == "EJE | ACTIVIDAD | AVANCE"


def test_a_row_with_numbers_stays_a_row_and_opens_no_section() -> None:
    row_ = ("E-1", "Dictar talleres de normas de tránsito en todas las veredas", "6", "6", "100 %")
    blocks = [heading("TABLA DE AVANCE", 2), Block(" ".join(row_), "row", cells=row_)]
    (section,) = read_report(blocks).sections
    assert (section.title, section.paragraphs) == ("TABLA DE AVANCE", (" | ".join(row_),))


def test_a_sentence_without_any_title_is_read() -> None:
    assert read_report([Block("Se dictaron seis talleres.")]).sections[0].paragraphs


def test_an_introduction_is_not_lost() -> None:
    blocks = [Block(f"{LONG} {REST}"), heading("LOGROS OBTENIDOS"), Block("Se logró.")]
    assert [s.title for s in read_report(blocks).sections] == ["", "Logros obtenidos"]


def test_nothing_yields_nothing() -> None:
    assert read_report([]).sections == ()


BLOCKS = st.builds(
    Block,
    st.text("aeiouábc LMN.,:\t\n1", max_size=80),
    st.sampled_from(["paragraph", "heading", "row", "header"]),
    st.integers(0, 7),
    st.one_of(st.none(), st.integers(1, 3)),
    st.lists(st.text("abc Z.\n", max_size=20), max_size=3).map(tuple),
)


@given(st.lists(BLOCKS, max_size=12))
def test_any_blocks_are_read_and_pages_stand_beside_paragraphs(blocks: list[Block]) -> None:
    for section in read_report(blocks).sections:
        assert len(section.pages) == len(section.paragraphs)
        assert all(paragraph.strip() for paragraph in section.paragraphs)


@pytest.mark.skipif(not SHARED.is_dir(), reason="sin ../shared: no hay informe real que leer")
def test_the_real_report_yields_its_six_sections_whole() -> None:
    from evidencias.adapters.local.report import LocalReport

    report = read_report(LocalReport(SHARED / "mission" / "informe-2021-2.md").read())
    assert report.header == ReportHeader(
        "Generación de Ingresos",
        "Secretaría de Desarrollo Económico",
        "2021-2",
        "Segundo semestre 2021",
    )
    assert [s.title for s in report.sections] == [
        "Actividades realizadas",
        "Estrategias utilizadas",
        "Logros obtenidos",
        "Dificultades presentadas",
        "Oportunidades de crecimiento",
        "Evidencias de las actividades",
    ]
    assert all(len(s.paragraphs) == 1 for s in report.sections)
    text = " ".join(p for s in report.sections for p in s.paragraphs)
    assert "es de resaltar la gran labor realizada" in text
    assert "la transformación de la desigualdad" in text
    assert "EQUIPO DE POLÍTICAS" not in text
