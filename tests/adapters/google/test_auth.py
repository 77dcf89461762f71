"""Credentials of every kind, over the real token endpoint; and those that are refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from evidencias.adapters.google.auth import (
    CONTENT,
    METADATA,
    SHEETS,
    SHEETS_READ,
    Needs,
    account,
    read_file,
)
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.consent import TokenStore, write_private
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.endpoint import endpoint
from evidencias.errors import AccessError
from tests.adapters.google.conftest import HASTY, folder_url, quiet
from tests.google.person import Person
from tests.google.server import Standin

EXAMPLE = Path(__file__).parents[3] / "credentials.example.json"
EMAIL = "lectora@proyecto.iam.gserviceaccount.com"
ALL = Needs(listing=True, content=True, write_sheets=True)


@pytest.fixture(scope="session")
def private_key() -> str:
    """A key made for this run only."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def service_account(key: str) -> dict[str, Any]:
    return {
        "type": "service_account",
        "project_id": "proyecto",
        "private_key_id": "1",
        "private_key": key,
        "client_email": EMAIL,
        "client_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }


PERSON = {
    "type": "authorized_user",
    "client_id": "cliente",
    "client_secret": "de-prueba",
    "refresh_token": "de-prueba",
}


def keep(path: Path, info: object, mode: int = 0o600) -> Path:
    path.write_text(json.dumps(info))
    path.chmod(mode)
    return path


def listed(standin: Standin, path: Path | None, folder: Path) -> tuple[int, str]:
    """How many files an account lists, and who it says it is."""
    person = Person(standin.core)
    root = person.add_folder("Evidencias")
    person.add_file("a.pdf", root, b"1")
    where = endpoint(standin.url)
    found = account(path, ALL, where, folder, interactive=False)
    with Google(lambda: found, where, HASTY) as google:
        source = DriveFolder(google, [folder_url(root)], None)
        files = source.scan(quiet).files
        source.close()
        return len(files), google.who


def test_the_least_scopes_are_asked_for() -> None:
    assert Needs(listing=True).scopes == (METADATA,)
    assert Needs(listing=True, content=True).scopes == (CONTENT,)
    assert Needs(write_sheets=True, read_sheets=True).scopes == (SHEETS,)
    assert Needs(read_sheets=True).scopes == (SHEETS_READ,)
    assert Needs().scopes == ()


def test_a_service_account_asks_for_one_token(
    standin: Standin, tmp_path: Path, private_key: str
) -> None:
    path = keep(tmp_path / "c.json", service_account(private_key))
    assert listed(standin, path, tmp_path) == (1, EMAIL)
    assert standin.core.count(service="token") == 1


def test_a_persons_credentials_use_the_endpoint_too(standin: Standin, tmp_path: Path) -> None:
    path = keep(tmp_path / "c.json", PERSON)
    assert listed(standin, path, tmp_path) == (1, "su cuenta")
    assert standin.core.count(service="token") == 1


def test_default_credentials_are_the_second_choice(
    standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(keep(tmp_path / "c.json", PERSON)))
    assert listed(standin, None, tmp_path)[0] == 1


def test_a_consented_token_is_used_again(standin: Standin, tmp_path: Path) -> None:
    installed = {
        "installed": {"client_id": "c", "client_secret": "s", "token_uri": "https://x/token"}
    }
    path = keep(tmp_path / "c.json", installed)
    stored = {
        **PERSON,
        "client_id": "c",
        "scopes": list(ALL.scopes),
        "token_uri": "https://x/token",
    }
    write_private(tmp_path / "google-token.json", json.dumps(stored))
    assert listed(standin, path, tmp_path)[0] == 1


def test_missing_consent_says_how_to_give_it(standin: Standin, tmp_path: Path) -> None:
    path = keep(tmp_path / "c.json", {"installed": {"client_id": "c", "client_secret": "s"}})
    with pytest.raises(AccessError) as caught:
        listed(standin, path, tmp_path)
    assert "diagnosticar" in caught.value.hint


def test_expired_consent_is_told_and_never_insisted_upon(standin: Standin, tmp_path: Path) -> None:
    path = keep(tmp_path / "c.json", PERSON)
    standin.core.faults.add("invalid_grant", path="/token", times=None)
    with pytest.raises(AccessError) as caught:
        listed(standin, path, tmp_path)
    assert "consentimiento" in caught.value.message
    assert standin.core.count(service="token") == 1


def test_a_token_that_expires_halfway_is_renewed(
    standin: Standin, tmp_path: Path, private_key: str
) -> None:
    person = Person(standin.core)
    root = person.add_folder("Evidencias")
    person.add_file("a.pdf", root, b"1")
    where = endpoint(standin.url)
    path = keep(tmp_path / "c.json", service_account(private_key))
    with Google(lambda: account(path, ALL, where, tmp_path), where, HASTY) as google:
        source = DriveFolder(google, [folder_url(root)], None)
        source.scan(quiet)
        standin.core.tokens.expire_all()
        assert len(source.scan(quiet).files) == 1
        source.close()


@pytest.mark.skipif(os.name != "posix", reason="los permisos de archivo son de POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(AccessError) as caught:
        read_file(keep(tmp_path / "c.json", PERSON, mode))
    assert "chmod 600" in caught.value.hint


def test_the_example_is_refused_with_the_step(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_bytes(EXAMPLE.read_bytes())
    path.chmod(0o600)
    with pytest.raises(AccessError) as caught:
        read_file(path)
    assert "docs/google.md" in caught.value.hint
    assert "BEGIN" not in EXAMPLE.read_text()


@pytest.mark.parametrize(
    "info",
    [[], "x", {}, {"type": "otra"}, {"type": "service_account"}, {"type": "authorized_user"}],
)
def test_what_is_no_credential_is_refused(tmp_path: Path, info: object) -> None:
    path = keep(tmp_path / "c.json", info)
    with pytest.raises(AccessError):
        account(path, ALL, endpoint(""), tmp_path, interactive=False)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AccessError):
        account(tmp_path / "no.json", ALL, endpoint(""), tmp_path)


def test_a_stored_token_is_private_and_can_be_forgotten(tmp_path: Path) -> None:
    store = TokenStore(tmp_path, "c")
    store.path.unlink(missing_ok=True)
    write_private(store.path, json.dumps({"client_id": "c", "scopes": []}))
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.load() == {"client_id": "c", "scopes": []}
    assert TokenStore(tmp_path, "otro").load() is None
    store.forget()
    assert store.load() is None


def test_no_secret_is_ever_logged(
    standin: Standin, tmp_path: Path, private_key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="evidencias")
    standin.core.faults.add("503", path="/drive/v3/", at=2)
    listed(standin, keep(tmp_path / "c.json", service_account(private_key)), tmp_path)
    assert "PRIVATE KEY" not in caplog.text
    assert "Bearer" not in caplog.text
