"""A small made-up archive for the linker's tests."""

from __future__ import annotations

from datetime import UTC, datetime

from evidencias.domain.linking import link
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    EvidenceKind,
    Link,
    Linking,
    LinkState,
)
from evidencias.domain.period import semester

PERIOD = semester("2024-1")
ACTIVITIES = (
    Activity(
        "RUR-01",
        "Eje 1 Campo",
        "Realizar mercados campesinos en la plaza",
        required=frozenset({EvidenceKind.ACTA, EvidenceKind.PHOTOS}),
        row=1,
    ),
    Activity(
        "RUR-02", "Eje 1 Campo", "Dictar talleres de apicultura a jóvenes",
        "Secretaría de Agricultura", required=frozenset({EvidenceKind.ATTENDANCE}), row=2,
    ),
    Activity("DEP-01", "Eje 2 Deporte", "Organizar el torneo de ajedrez escolar", row=3),
    Activity("DEP-02", "Eje 2 Deporte", "Sostener la escuela de natación", row=4),
)  # fmt: skip


def file(
    path: str, day: int = 10, month: int = 4, year: int = 2024, **more: object
) -> EvidenceFile:
    moment = datetime(year, month, day, 15, tzinfo=UTC)
    name = path.rsplit("/", 1)[-1]
    return EvidenceFile(path, path, name, size=10, modified=moment, **more)  # type: ignore[arg-type]  # test helper


FILES = (
    file("RUR-01 Mercados campesinos/RUR-01 acta mercado campesino abril.docx"),
    file("RUR-01 Mercados campesinos/IMG_20240410_100000.jpg"),
    file("RUR-01 Mercados campesinos/IMG_20240410_100500.jpg"),
    file("Apicultura/lista taller apicultura jóvenes.xlsx", 12),
    file("Apicultura/colmenas y abejas grupo 1.jpg", 12),
    file("Deporte/torneo de ajedrez escolar fotos.jpg", 20),
    file("Plantillas/RUR-01 formato acta en blanco.docx"),
    file("2023-2/RUR-01 acta mercado campesino.docx", 3, 10, 2023),
    file("personal/receta ajiaco.docx"),
)
TEXTS = {
    FILES[
        0
    ].id: "ACTA\nMercado campesino en la plaza, 10 de abril de 2024. Participaron 20 puestos.",
    FILES[3].id: "LISTA DE ASISTENCIA\nTaller de apicultura\nNombre | Edad\nAna Pérez | 19",
    FILES[6].id: "ACTA No. ____\nFecha: ____\nLugar: ____",
}


def run(
    activities: tuple[Activity, ...] = ACTIVITIES,
    files: tuple[EvidenceFile, ...] = FILES,
    decisions: tuple[Decision, ...] = (),
    texts: dict[str, str] | None = None,
) -> Linking:
    return link(
        activities,
        files,
        TEXTS if texts is None else texts,
        policy="Desarrollo rural",
        period=PERIOD,
        decisions=decisions,
    )


def of(linking: Linking, path: str) -> list[Link]:
    return [x for x in linking.links if x.file == path]


def automatic(linking: Linking) -> set[tuple[str, str]]:
    return {(x.file, x.activity) for x in linking.links if x.state is LinkState.AUTOMATIC}


def told(value: object) -> str:
    """The name of an example: sets in order, so that all workers of a run call it alike."""
    return str(sorted(value, key=str) if isinstance(value, set | frozenset) else value)
