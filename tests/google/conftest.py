"""What the tests of the stand-in share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.google.core import Core
from tests.google.person import Person
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


ROWS: list[list[Any]] = [
    ["Clave", "Nombre", "N"],
    ["k1", "beta", 2],
    ["k2", "Alfa", 1],
    ["k3", "", 3],
]


@pytest.fixture
def book(core: Core) -> str:
    return Person(core).create_sheet("Registro", {"Rev": ROWS, "Otra": []})


class Tool:
    """One book as the tool sees it."""

    def __init__(self, ask: Ask, book: str) -> None:
        self.ask, self.book = ask, book

    def send(self, *requests: dict[str, Any]) -> Any:
        status, answer = self.try_send(*requests)
        assert status == 200, answer
        return answer["replies"]

    def try_send(self, *requests: dict[str, Any]) -> tuple[int, Any]:
        body = {"requests": list(requests)}
        return self.ask("POST", f"/v4/spreadsheets/{self.book}:batchUpdate", body)

    def sheet(self, index: int = 0, fields: str = "sheets") -> dict[str, Any]:
        _, answer = self.ask("GET", f"/v4/spreadsheets/{self.book}?fields={fields}")
        found: dict[str, Any] = answer["sheets"][index]
        return found

    def rows(self, title: str = "Rev") -> Any:
        _, answer = self.ask("GET", f"/v4/spreadsheets/{self.book}/values/{title}")
        return answer.get("values", [])


@pytest.fixture
def tool(ask: Ask, book: str) -> Tool:
    return Tool(ask, book)
