"""A running stand-in and an account on it, fresh for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidencias.adapters.google.auth import Account
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.endpoint import endpoint
from evidencias.adapters.google.retry import Patience
from evidencias.adapters.google.shared_credentials import SharedCredentials
from tests.google.person import Person
from tests.google.server import Standin

HASTY = Patience(floor=0.001, cap=0.01, deadline=30.0, timeout=15.0, write_timeout=15.0)
WHO = "servicio@proyecto-de-pruebas.iam.gserviceaccount.com"


def quiet(phase: str, done: int, total: int | None) -> None:
    """No progress."""


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture
def person(standin: Standin) -> Person:
    return Person(standin.core)


def connect(standin: Standin, patience: Patience = HASTY) -> Google:
    """An account that already holds a token, so that no call is one for a token."""
    return connect_url(standin.url, patience)


def connect_url(url: str, patience: Patience = HASTY) -> Google:
    """The same, by address."""
    from google.oauth2.credentials import Credentials

    account = Account(SharedCredentials(Credentials(token="a-token")), WHO)
    return Google(lambda: account, endpoint(url), patience)


@pytest.fixture
def google(standin: Standin) -> Iterator[Google]:
    with connect(standin) as connected:
        yield connected


def folder_url(folder: str) -> str:
    return f"https://drive.google.com/drive/folders/{folder}?usp=sharing"


Opened = Callable[..., DriveFolder]


@pytest.fixture
def opened(google: Google, tmp_path: Path) -> Iterator[Opened]:
    """opened(root, …) -> a DriveFolder whose listing is kept in the test's folder."""
    made: list[DriveFolder] = []

    def open_one(*roots: str, kept: str = "drive.sqlite", **options: object) -> DriveFolder:
        keep = tmp_path / kept if kept else None
        folder = DriveFolder(google, [folder_url(r) for r in roots], keep, **options)  # type: ignore[arg-type]  # passed on
        made.append(folder)
        return folder

    yield open_one
    for folder in made:
        folder.close()
