"""Whole runs with everything in Google: the commands as a person calls them, and faults in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidencias.adapters.google import clients
from evidencias.cli.main import group
from evidencias.config import ENV_ENDPOINT
from tests.adapters.google.place import BRIEF, KEY, Place, Prepared
from tests.google.person import Person
from tests.google.server import Standin


@pytest.mark.slow
def test_any_call_of_a_night_may_be_done_and_its_answer_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst fault, for a write was made; `bench.faults` makes the table of all of them."""
    monkeypatch.setattr(clients, "Patience", lambda: BRIEF)
    place = Prepared(tmp_path, True, "noche")
    assert {place.verdict("applied_drop", at) for at in range(1, place.calls + 1)} == {"0"}


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_the_commands_from_the_first_to_a_decision(
    shared: bool, standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place.planted(shared, standin.core)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENV_ENDPOINT, standin.url)
    key = tmp_path / "credentials.json"
    key.write_text(KEY)
    key.chmod(0o600)

    def ask(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(group, list(arguments))
        assert done.exit_code == code, done.output
        assert "secreto" not in done.output
        return done.stdout

    sources = place.addresses()
    options = [part for name, url in sources.items() for part in (f"--{name}", url)]
    ask("iniciar", *options, "--semestre", "2026-1", "--politica", "Seguridad Vial")
    assert "✗" not in ask("diagnosticar")
    counted = json.loads(ask("sincronizar", "--formato", "json"))
    assert counted["archivos"]["vistos"] == 4
    assert counted["cobertura"]["completa"]
    standin.core.calls.clear()
    ask("sincronizar")
    services = [c.service for c in standin.core.calls if c.service != "token"]
    assert len(services) <= 6  # plan and report are in Google too
    listed = json.loads(ask("faltantes", "--todas", "--formato", "json"))
    assert {row["codigo"] for row in listed} >= {"VIA-01", "VIA-02", "VIA-03"}
    ask("auditar", code=1)  # the plan asks for kinds of evidence that nobody filed
    link = json.loads(ask("vinculos", "--formato", "json"))[0]
    ask("decidir", link["id"], "rechazar", "--responsable", "Ana")
    ask("sincronizar")
    assert link["id"] in {
        r["id"] for r in json.loads(ask("vinculos", "--estado", "rechazado", "--formato", "json"))
    }
    rows = Person(standin.core).values(place.ids["book"], "Revisión")
    assert [row for row in rows if link["id"] in row and "Rechazar" in row and "Ana" in row]
