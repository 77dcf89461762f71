"""A small workspace with everything in Google, the day between two nights, and what a fault does
to a run: for the tests, and for the table of `bench.faults`."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidencias import config, wiring, workflows
from evidencias.adapters.google.retry import Patience
from evidencias.errors import EvidenciasError
from tests.adapters.google.conftest import folder_url, quiet
from tests.google.core import Core
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin

BRIEF = Patience(floor=0.001, cap=0.005, deadline=20.0, timeout=2.0, write_timeout=2.0)
PERSON = {"type": "authorized_user", "client_id": "i"}
KEY = json.dumps({**PERSON, "client_secret": "secreto", "refresh_token": "secreto"})
HEADER = ["Código", "Eje", "Actividad", "Dependencia", "Meta", "Ejecutado", "Evidencia requerida"]
PLAN: list[list[Any]] = [
    HEADER,
    ["VIA-01", "Vías", "Dictar talleres de seguridad vial", "Movilidad", 2, 2, "acta; asistencia"],
    ["VIA-02", "Vías", "Señalizar las zonas escolares", "Movilidad", 1, 1, "informe; fotos"],
    ["VIA-03", "Vías", "Divulgar el uso del casco en emisora", "Movilidad", 1, 1, "publicación"],
]
FILES = {
    "VIA-01 acta taller motociclistas.txt": "Acta del taller de seguridad vial a motociclistas",
    "VIA-02 informe señalización.txt": "Informe de señalización de zonas escolares",
    "suelto/emisora.txt": "Se divulgó en la emisora la campaña de uso del casco",
}
Tabs = dict[str, list[list[str]]]
REPORTED = "Reportamos talleres de seguridad vial a motociclistas."


@dataclass
class Place:
    """A stand-in with a whole workspace in it."""

    core: Core
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def planted(cls, shared: bool, core: Core | None = None) -> Place:
        place = cls(core or Core())
        person, ids = Person(place.core), place.ids
        root = place.core.drive.add_drive("U") if shared else person.add_folder("Evidencias")
        ids["suelto"], ids["root"] = person.add_folder("suelto", root), root
        for path, text in FILES.items():
            above = ids["suelto"] if "/" in path else root
            ids[path] = person.add_file(path.rpartition("/")[2], above, text.encode(), "text/plain")
        ids["doc"] = person.add_file(
            "VIA-03 pauta", root, mime=DOC, text=FILES["suelto/emisora.txt"]
        )
        ids["plan"] = person.create_sheet("Plan", {"Plan": PLAN})
        ids["report"] = person.add_file("Informe", None, mime=DOC, text=REPORTED)
        ids["book"] = person.create_sheet("Registro")
        return place

    def addresses(self) -> dict[str, str]:
        """Where each source is, by the name of its option."""
        sheets = "https://docs.google.com/spreadsheets/d"
        return {
            "plan": f"{sheets}/{self.ids['plan']}/edit",
            "informe": f"https://docs.google.com/document/d/{self.ids['report']}/edit",
            "carpeta": folder_url(self.ids["root"]),
            "registro": f"{sheets}/{self.ids['book']}/edit#gid=0",
        }

    def config(self, folder: Path, url: str) -> config.Config:
        where = self.addresses()
        data = {
            "politica": {"nombre": "Seguridad Vial"},
            "periodo": {"desde": "2025-12-01", "hasta": "2026-12-31", "corte": "2027-01-31"},
            "plan": {"origen": where["plan"]},
            "informe": {"origen": where["informe"]},
            "evidencias": {"carpeta": where["carpeta"]},
            "registro": {"destino": where["registro"]},
            "google": {"credenciales": "clave.json", "endpoint": url},
        }
        return config.parse(data, folder / "evidencias.toml")

    def day(self) -> None:
        """What happens between two nights."""
        person, book = Person(self.core), self.ids["book"]
        header = person.values(book, "Revisión")[0]
        rows = len(person.values(book, "Revisión"))
        for row in range(1, rows):
            person.edit(book, "Revisión", row, header.index("Observaciones"), f"nota {row}")
        if rows > 1:
            person.edit(book, "Revisión", 1, header.index("Decisión"), "Aceptar")
        person.sort(book, "Revisión", header.index("Código"), descending=True)
        person.move_column(book, "Revisión", header.index("Decisión"), 0)
        above = person.add_folder("nueva", self.ids["root"])
        text = "Lista de asistencia del taller de seguridad vial a motociclistas"
        person.add_file("VIA-01 asistencia.txt", above, text.encode(), "text/plain")
        person.move(self.ids["suelto"], above)
        person.trash(self.ids["VIA-02 informe señalización.txt"])

    def tabs(self) -> Tabs:
        person, book = Person(self.core), self.ids["book"]
        names = [t for t in person.tabs(book) if t not in ("Bitácora", "Historial", "Sheet1")]
        return {name: person.values(book, name) for name in names}


def run(place: Place, folder: Path, url: str) -> int:
    """One `sincronizar`; its exit code."""
    chosen = place.config(folder, url)
    try:
        with closing(wiring.workspace(chosen)) as ws, ws.lock():
            done = workflows.synchronise(chosen, ws, ws.clock(), workflows.Wishes(), quiet)
    except EvidenciasError as error:
        return error.exit_code
    return 0 if done.assessment.coverage.complete else 5


def notes(tabs: Tabs) -> set[tuple[str, ...]]:
    """What the person wrote, by the row's id."""
    header, *rows = tabs.get("Revisión") or [[]]
    at = [header.index(name) for name in ("ID", "Decisión", "Observaciones") if name in header]
    padded = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    kept = [tuple(row[n] for n in at) for row in padded]
    return {k for k in kept if any(k[1:])}


def lacking(tabs: Tabs) -> set[str]:
    """The activities that are said to have no evidence."""
    header, *rows = tabs.get("Actividades") or [[]]
    return {row[0] for row in rows if "Sin evidencia" in row} if "Estado" in header else set()


def twice(tabs: Tabs) -> list[str]:
    """The ids that have more than one row in `Revisión`."""
    header, *rows = tabs["Revisión"]
    at = header.index("ID")
    counted = Counter(row[at] for row in rows if row[at:] and row[at])
    return [key for key, number in counted.items() if number > 1]


class Prepared:
    """A workspace before a run, which is made on copies: the first one (`primera`), or the one
    after a day (`noche`)."""

    def __init__(self, folder: Path, shared: bool, name: str) -> None:
        self.folder, self.place = folder, Place.planted(shared)
        (folder / "clave.json").write_text(KEY)
        (folder / "clave.json").chmod(0o600)
        if name == "noche":
            with Standin(self.place.core) as standin:
                assert run(self.place, folder, standin.url) == 0
            self.place.day()
        self.place.core.calls.clear()
        with self._copied() as (other, work, standin):
            assert run(other, work, standin.url) == 0
            self.wanted, self.calls = other.tabs(), len(other.core.calls)

    @contextmanager
    def _copied(self) -> Iterator[tuple[Place, Path, Standin]]:
        """A copy of the workspace and of what it talks to."""
        other = Place(copy.deepcopy(self.place.core), dict(self.place.ids))
        with tempfile.TemporaryDirectory() as made:
            work = Path(made) / "trabajo"
            shutil.copytree(self.folder, work)
            with Standin(other.core) as standin:
                yield other, work, standin

    def verdict(self, kind: str, at: int) -> str:
        """How a run with one fault at one call ends, or "MAL: …" for a broken promise."""
        with self._copied() as (other, work, standin):
            before = notes(other.tabs())
            other.core.faults.add(kind, at=at, times=1, seconds=3.0)
            code = run(other, work, standin.url)
            first = other.tabs()
            other.core.faults.clear()
            again = run(other, work, standin.url)
            last = other.tabs()
        wrong = [
            (f"código inesperado ({code}, {again})", code not in (0, 3, 4, 5) or again != 0),
            ("celda perdida", not (before <= notes(first) and before <= notes(last))),
            ("fila repetida", bool(twice(last))),
            ("falso «sin evidencia»", not lacking(first) | lacking(last) <= lacking(self.wanted)),
            ("acabó distinto", code == 0 and first != self.wanted and kind != "changes_lag"),
            ("la siguiente acabó distinto", last != self.wanted),
        ]
        broken = [name for name, is_broken in wrong if is_broken]
        return f"MAL: {', '.join(broken)} (llamada {at})" if broken else str(code)
