"""The sample frozen, on disk and in the stand-in of Drive."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Place
from tests.google.person import Person
from tests.google.seeding import seed_directory
from tests.google.server import Standin

DOC = "application/vnd.google-apps.document"


@pytest.fixture
def frozen(sample: Place) -> Place:
    """The sample, frozen by force."""
    done = sample.run("congelar", "--forzar", "--responsable", "Ana Ruiz")
    assert done.code == 0, done.err
    return sample


@pytest.fixture
def google() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture(params=[False, True], ids=["mi unidad", "unidad compartida"])
def in_drive(
    sample: Place, google: Standin, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """The sample with its evidence in Drive, synchronised and frozen."""
    folder = sample.folder
    root = seed_directory(google.core, folder / "Evidencias", shared_drive=request.param)
    person = Person(google.core)
    parent = next(f.parent for f in google.core.drive.files.values() if "PV-101 Acta" in f.name)
    text = "Acta 9 del taller urbano PV-101, instituciones educativas del casco urbano, 2024-03-01"
    person.add_file("PV-101 Acta 09 taller urbano", parent, mime=DOC, text=text)
    secret = {"type": "authorized_user", "client_id": "c", "client_secret": "s",
              "refresh_token": "r"}  # fmt: skip
    (folder / "credentials.json").write_text(json.dumps(secret))
    (folder / "credentials.json").chmod(0o600)
    toml = (folder / "evidencias.toml").read_text("utf-8")
    toml = toml.replace('"Evidencias"', f'"https://drive.google.com/drive/folders/{root}"')
    toml += f'\n[google]\ncredenciales = "credentials.json"\nendpoint = "{google.url}"\n'
    (folder / "evidencias.toml").write_text(toml, encoding="utf-8")
    shutil.rmtree(folder / ".evidencias")
    (folder / "registro.xlsx").unlink()
    shutil.rmtree(folder / "Evidencias")
    assert sample.run("sincronizar").code == 0
    done = sample.run("congelar", "--forzar")
    assert done.code == 0, done.err
    return sample
