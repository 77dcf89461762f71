"""Plan, report, register and the like are never evidence, wherever people keep them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from evidencias import config, wiring
from evidencias.domain.model import Listing
from tests.adapters.google.conftest import folder_url, quiet
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin

KEY = '{"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}'


def scanned(folder: Path, **origins: Any) -> Listing:
    data = {
        "politica": {"nombre": "P"},
        "periodo": {"semestre": "2021-2"},
        "plan": {"origen": origins["plan"]},
        "informe": {"origen": origins["report"]},
        "evidencias": {"carpeta": origins["evidence"]},
        "registro": {"destino": origins["register"]},
        "google": {"credenciales": "clave.json"},
    }
    with closing(wiring.workspace(config.parse(data, folder / "evidencias.toml"))) as ws:
        return ws.files.scan(quiet)


@pytest.mark.parametrize(
    ("roots", "prefix"), [(["."], ""), (["Evidencias", "."], ""), ([".", "../Otra"], "mía/")]
)
def test_what_lies_beside_the_evidence_on_disk_is_set_aside(
    tmp_path: Path, roots: list[str], prefix: str
) -> None:
    folder = tmp_path / "mía"
    for route in (
        "plan.xlsx", "informe.docx", "registro.xlsx", "evidencias.toml", "clave.json",
        "copias/registro 2021.xlsx", "Evidencias/acta.pdf", "../Otra/lista.pdf",
    ):  # fmt: skip
        path = folder / route
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    listing = scanned(
        folder, plan="plan.xlsx", report="informe.docx", register="registro.xlsx", evidence=roots
    )
    kept = [f.path for f in listing.files if f.path.startswith(prefix)]
    assert kept == [f"{prefix}Evidencias/acta.pdf"]
    assert {s.path.removeprefix(prefix): s.reason for s in listing.set_aside} == {
        "plan.xlsx": "es el plan de acción",
        "informe.docx": "es el informe",
        "registro.xlsx": "es el registro",
        "copias/registro 2021.xlsx": "son copias del registro",
        "evidencias.toml": "es la configuración",
        "clave.json": "son las credenciales",
    }


def test_what_lies_in_the_same_folder_of_drive_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clave.json").write_text(KEY)
    (tmp_path / "clave.json").chmod(0o600)
    with Standin() as google:
        monkeypatch.setenv(config.ENV_ENDPOINT, google.url)
        person = Person(google.core)
        root = person.add_folder("Evidencias")
        plan = person.create_sheet("Plan", parent=root)
        register = person.create_sheet("Registro", parent=root)
        report = person.add_file("Informe", root, mime=DOC, text="Informe")
        person.add_shortcut("al plan", root, plan)
        person.add_file("acta.pdf", root, b"1")
        listing = scanned(
            tmp_path,
            plan=f"https://docs.google.com/spreadsheets/d/{plan}/edit",
            report=f"https://docs.google.com/document/d/{report}/edit",
            register=f"https://docs.google.com/spreadsheets/d/{register}/edit",
            evidence=folder_url(root),
        )
    assert [f.path for f in listing.files] == ["acta.pdf"]
    assert {s.path for s in listing.set_aside} == {"Informe", "Plan", "Registro", "al plan"}


def test_a_stub_of_the_register_on_disk_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "E").mkdir()
    (tmp_path / "E" / "Registro.gsheet").write_text('{"doc_id": "1RegistroRegistroRegistro"}')
    (tmp_path / "E" / "Otra.gsheet").write_text('{"doc_id": "1OtraOtraOtraOtraOtra"}')
    listing = scanned(
        tmp_path,
        plan="plan.xlsx",
        report="informe.docx",
        register="https://docs.google.com/spreadsheets/d/1RegistroRegistroRegistro/edit",
        evidence="E",
    )
    assert [f.path for f in listing.files] == ["Otra.gsheet"]
