"""What the tests of the stand-in share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.google.core import Core
from tests.google.server import Standin
from tests.google.wire import Request

SHARED = Path(__file__).parents[3] / "shared"
Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def core() -> Iterator[Core]:
    made = Core()
    yield made
    assert made.mismatches == []


@pytest.fixture
def ask(core: Core) -> Ask:
    """One call to the core without sockets: (status, JSON or text)."""

    def call(method: str, target: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
        given = {
            "authorization": "Bearer x",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        response = core.exchange(Request(method, target, given, sent)).response
        if response.data is not None:
            return response.status, response.data
        return response.status, response.body

    return call


@pytest.fixture
def standin(core: Core) -> Iterator[Standin]:
    with Standin(core) as running:
        yield running


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"no shared material beside the repository ({SHARED.name}/)")
    return SHARED
