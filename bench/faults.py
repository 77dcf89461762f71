"""Each fault at each call of a whole run with everything in Google, as a table.

    python -m bench.faults [--kinds 503,hang] [--runs primera,noche] [--shared-drive]

`primera` is a first synchronisation, `noche` one after a day in which files changed and a person
decided, sorted and moved columns. Every run is made on a copy of the same stand-in, with one fault
at one call; then the fault is gone and the next run follows. A run may end as the faultless one
or say so (exit 3, 4, 5); the next one ends as the faultless one, with no row twice, no cell of the
person lost, and no activity ever said to lack evidence that has it.
"""

from __future__ import annotations

import argparse
import copy
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evidencias import config, wiring, workflows
from evidencias.adapters.google import clients
from evidencias.adapters.google.retry import Patience
from evidencias.errors import EvidenciasError
from tests.adapters.google.conftest import quiet
from tests.google import faults
from tests.google.core import Core
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin

BRIEF = Patience(floor=0.001, cap=0.005, deadline=8.0, timeout=0.5, write_timeout=0.5)
KEY = '{"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}'
PLAN: list[list[Any]] = [
    ["Código", "Eje", "Actividad", "Dependencia", "Meta", "Ejecutado"],
    ["VIA-01", "Vías", "Dictar talleres de seguridad vial a motociclistas", "Movilidad", 2, 2],
    ["VIA-02", "Vías", "Señalizar las zonas escolares del casco urbano", "Movilidad", 1, 1],
    ["VIA-03", "Vías", "Divulgar la campaña de uso del casco en emisora", "Movilidad", 1, 1],
]
FILES = {
    "VIA-01 acta taller motociclistas.txt": "Acta del taller de seguridad vial a motociclistas",
    "VIA-02 informe señalización.txt": "Informe de señalización de zonas escolares",
    "suelto/emisora.txt": "Se divulgó en la emisora la campaña de uso del casco",
}
Tabs = dict[str, list[list[str]]]
ORDER = ("primera", "noche")
REPORTED = "Reportamos talleres de seguridad vial a motociclistas."


@dataclass
class Place:
    """A stand-in with a whole workspace in it."""

    core: Core
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def planted(cls, shared: bool) -> Place:
        place = cls(Core())
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

    def config(self, folder: Path, url: str) -> config.Config:
        data = {
            "politica": {"nombre": "Seguridad Vial"},
            "periodo": {"desde": "2025-12-01", "hasta": "2026-12-31", "corte": "2027-01-31"},
            "plan": {"origen": f"https://docs.google.com/spreadsheets/d/{self.ids['plan']}/edit"},
            "informe": {"origen": f"https://docs.google.com/document/d/{self.ids['report']}/edit"},
            "evidencias": {"carpeta": f"https://drive.google.com/drive/folders/{self.ids['root']}"},
            "registro": {
                "destino": f"https://docs.google.com/spreadsheets/d/{self.ids['book']}/edit"
            },
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
            person.edit(book, "Revisión", 1, header.index("Decisión"), "Confirmar")
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


@contextmanager
def copied(place: Place, folder: Path) -> Iterator[tuple[Place, Path, Standin]]:
    """A copy of a workspace and of what it talks to."""
    other = Place(copy.deepcopy(place.core), dict(place.ids))
    with tempfile.TemporaryDirectory() as made:
        work = Path(made) / "trabajo"
        shutil.copytree(folder, work)
        with Standin(other.core) as standin:
            yield other, work, standin


def notes(tabs: Tabs) -> set[tuple[str, str, str]]:
    """What the person wrote, by the row's id."""
    header, *rows = tabs.get("Revisión") or [[]]
    at = [header.index(name) for name in ("ID", "Decisión", "Observaciones") if name in header]
    padded = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    kept = [tuple(row[n] for n in at) for row in padded]
    return {k for k in kept if len(k) == 3 and any(k[1:])}


def lacking(tabs: Tabs) -> set[str]:
    header, *rows = tabs.get("Actividades") or [[]]
    return {row[0] for row in rows if "Sin evidencia" in row} if "Estado" in header else set()


def one(place: Place, folder: Path, kind: str, at: int, wanted: Tabs) -> str:
    """How a run with one fault at one call ended, or "MAL: …" for a broken promise."""
    with copied(place, folder) as (other, work, standin):
        before = notes(other.tabs())
        other.core.faults.add(kind, at=at, times=1, seconds=1.0)
        code = run(other, work, standin.url)
        first = other.tabs()
        other.core.faults.clear()
        again = run(other, work, standin.url)
        last = other.tabs()
        at_id = last["Revisión"][0].index("ID")
        ids = Counter(row[at_id] for row in last["Revisión"] if row[at_id:] and row[at_id])
        wrong = [
            ("código inesperado", code not in (0, 3, 4, 5) or again != 0),
            ("celda perdida", not (before <= notes(first) and before <= notes(last))),
            ("fila repetida", max(ids.values(), default=1) > 1),
            ("falso «sin evidencia»", not (lacking(first) | lacking(last)) <= lacking(wanted)),
            ("acabó distinto", code == 0 and first != wanted and kind != "changes_lag"),
            ("la siguiente acabó distinto", last != wanted),
        ]
        broken = [name for name, is_broken in wrong if is_broken]
    return f"MAL: {', '.join(broken)} (llamada {at})" if broken else str(code)


def measured(name: str, shared: bool, kinds: list[str]) -> Iterator[str]:
    """A table row for each kind of fault."""
    place = Place.planted(shared)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "clave.json").write_text(KEY)
        (folder / "clave.json").chmod(0o600)
        if name == "noche":
            with Standin(place.core) as standin:
                assert run(place, folder, standin.url) == 0
            place.day()
        place.core.calls.clear()
        with copied(place, folder) as (other, work, standin):
            assert run(other, work, standin.url) == 0
            wanted, calls = other.tabs(), len(other.core.calls)
        for kind in kinds:
            ends = Counter(one(place, folder, kind, at, wanted) for at in range(1, calls + 1))
            broken = "; ".join(end for end in ends if end.startswith("MAL")) or "ninguna"
            cells = " | ".join(str(ends[code]) for code in ("0", "3", "4", "5"))
            yield f"| {kind} | {name} | {calls} | {cells} | {broken} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default=",".join(sorted(faults.KINDS - {"latency"})))
    parser.add_argument("--runs", default=",".join(ORDER))
    parser.add_argument("--shared-drive", action="store_true")
    options = parser.parse_args()
    logging.disable()
    print("| falla | corrida | llamadas | como sin falla | 3 | 4 | 5 | promesas rotas |")
    print("|---|---|---|---|---|---|---|---|")
    with patch.object(clients, "Patience", lambda: BRIEF):  # nobody waits here
        for name in options.runs.split(","):
            for line in measured(name, options.shared_drive, options.kinds.split(",")):
                print(line, flush=True)


if __name__ == "__main__":
    main()
