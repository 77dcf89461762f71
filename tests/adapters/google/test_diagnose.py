"""Each thing that can be wrong in Google, found by its own check, with cause and fix."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidencias import diagnosing, wiring
from evidencias.adapters.google import diagnose, diagnose_drive
from evidencias.config import Config, parse
from evidencias.domain.diagnosis import Check, Outcome
from tests.adapters.google.conftest import folder_url, quiet
from tests.adapters.google.register import sheet_url
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin

PERSON = {
    "type": "authorized_user",
    "client_id": "c",
    "client_secret": "de-prueba",
    "refresh_token": "de-prueba",
}


PLAN_ROWS: list[list[Any]] = [
    ["Código", "Actividad", "Meta", "Ejecutado"],
    ["A-1", "Dictar talleres", 2, 2],
]


class Place:
    """A workspace with everything in Google."""

    def __init__(self, standin: Standin, folder: Path, shared: bool) -> None:
        self.standin, self.person, self.folder = standin, Person(standin.core), folder
        self.root = standin.core.drive.add_drive("U") if shared else self.person.add_folder("E")
        inner = self.person.add_folder("A", self.root)
        self.person.add_file("a.pdf", inner, b"1")
        self.plan = self.person.create_sheet("Plan", {"Plan": PLAN_ROWS})
        self.book = self.person.create_sheet("Registro")
        self.report = self.person.add_file("Informe", None, mime=DOC, text="Informe")
        (folder / "c.json").write_text(json.dumps(PERSON))
        (folder / "c.json").chmod(0o600)

    def config(self) -> Config:
        document = f"https://docs.google.com/document/d/{self.report}/edit"
        data = {
            "politica": {"nombre": "P"},
            "periodo": {"semestre": "2021-2"},
            "plan": {"origen": sheet_url(self.plan)},
            "informe": {"origen": document},
            "evidencias": {"carpeta": folder_url(self.root)},
            "registro": {"destino": sheet_url(self.book)},
            "google": {"credenciales": "c.json", "endpoint": self.standin.url},
        }
        return parse(data, self.folder / "evidencias.toml")

    def checks(self) -> dict[str, Check]:
        config = self.config()
        with closing(wiring.workspace(config)) as ws:
            return {c.name: c for c in diagnosing.checks(config, ws, quiet)}


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_a_sound_workspace_passes_every_check(
    standin: Standin, tmp_path: Path, shared: bool
) -> None:
    place = Place(standin, tmp_path, shared)
    before = place.person.values(place.book, "Sheet1")
    checks = place.checks()
    wrong = {n: c for n, c in checks.items() if c.outcome is Outcome.WRONG}
    assert wrong == {}
    assert checks[diagnose_drive.SPACE].outcome is (Outcome.FINE if shared else Outcome.SKIPPED)
    assert len(checks) == 14
    assert place.person.values(place.book, "Sheet1") == before


Break = Callable[[Place], object]
BROKEN: list[tuple[str, Break, str, str]] = [
    ("clock", lambda p: p.standin.core.quirks.set(clock_skew=3600.0), diagnose.CLOCK, "automático"),
    (
        "consent",
        lambda p: p.standin.core.faults.add("invalid_grant", path="/token", times=None),
        diagnose.TOKEN,
        "diagnosticar",
    ),
    ("key", lambda p: (p.folder / "c.json").chmod(0o644), diagnose.CREDENTIALS, "chmod"),
    (
        "drive off",
        lambda p: p.standin.core.quirks.set(disabled_services={"drive"}),
        diagnose_drive.FOLDER,
        "Habilitar",
    ),
    (
        "sheets off",
        lambda p: p.standin.core.quirks.set(disabled_services={"sheets"}),
        diagnose.REGISTER,
        "Habilitar",
    ),
    ("folder", lambda p: p.person.take_away(p.root), diagnose_drive.FOLDER, "Compártala"),
    ("sheet", lambda p: p.person.take_away(p.book), diagnose.REGISTER, "Compártala"),
    ("plan", lambda p: p.person.take_away(p.plan), diagnose.PLAN, "Compártala"),
    (
        "plan without columns",
        lambda p: p.person.edit(p.plan, "Plan", 0, 1, "Notas"),
        diagnose.PLAN,
        "columna",
    ),
    ("report", lambda p: p.person.take_away(p.report), diagnose.REPORT, "Compártala"),
    (
        "quota",
        lambda p: p.standin.core.faults.add("429", path="/drive/v3/", at=2),
        diagnose.QUOTA,
        "misma cuota",
    ),
    (
        "read only",
        lambda p: setattr(p.person.file(p.book), "can_edit", False),
        diagnose.WRITE,
        "Editor",
    ),
]


@pytest.mark.parametrize(
    ("act", "name", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_what_is_wrong_is_told_by_its_own_check(
    standin: Standin, tmp_path: Path, act: Break, name: str, words: str
) -> None:
    place = Place(standin, tmp_path, False)
    act(place)
    check = place.checks()[name]
    assert check.outcome is Outcome.WRONG
    assert words in check.fix
    assert check.cause.endswith(".")


def test_the_page_size_that_google_serves_is_told(standin: Standin, tmp_path: Path) -> None:
    place = Place(standin, tmp_path, True)
    standin.core.quirks.set(page_cap=1)
    assert "1 de 1.000" in place.checks()[diagnose_drive.PAGES].detail


def test_a_workspace_without_google_has_nothing_to_check(standin: Standin, tmp_path: Path) -> None:
    data = {
        "politica": {"nombre": "P"},
        "periodo": {"semestre": "2021-2"},
        "plan": {"origen": "plan.xlsx"},
        "evidencias": {"carpeta": "E"},
        "registro": {"destino": "r.xlsx"},
    }
    config = parse(data, tmp_path / "evidencias.toml")
    with closing(wiring.workspace(config)) as ws:
        names = {check.name for check in diagnosing.checks(config, ws, quiet)}
    assert diagnose.CREDENTIALS not in names
