"""The house rules of the stand-in itself: determinism, checks, counting."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.masks import cut, parse_mask
from tests.google.person import Person
from tests.google.schemas import named, problems
from tests.google.seeding import seed_tree
from tests.google.server import Standin
from tests.google.wire import ApiError, Request

CALLS = [
    (
        "POST",
        "/drive/v3/files",
        {"name": "a", "mimeType": "application/vnd.google-apps.spreadsheet"},
    ),
    ("POST", "/v4/spreadsheets", {"properties": {"title": "b"}}),
    ("GET", "/drive/v3/files?fields=*", None),
    ("GET", "/drive/v3/changes?pageToken=1", None),
]


def test_the_same_calls_give_the_same_answers() -> None:
    def run() -> list[bytes]:
        core = Core()
        head = {"authorization": "Bearer x"}
        return [
            core.exchange(Request(m, t, head, json.dumps(b).encode() if b else b"")).response.body
            for m, t, b in CALLS
        ]

    assert run() == run()


def test_reset_forgets_everything(core: Core, ask: Ask) -> None:
    before = {name: type(value) for name, value in vars(core).items()}
    seed_tree(core, [{"path": "A/x.pdf"}])
    core.faults.add("503")
    core.quirks.set(page_cap=1)
    core.reset()
    assert {name: type(value) for name, value in vars(core).items()} == before
    assert ask("GET", "/drive/v3/files")[1]["files"] == []


def test_an_answer_off_the_schema_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.google import drive_view

    monkeypatch.setitem(drive_view._READ, "name", lambda drive, file: 7)
    with pytest.raises(AssertionError, match=r"files\[0\]\.name: type"), Standin() as standin:
        Person(standin.core).add_file("x")
        standin.core.exchange(Request("GET", "/drive/v3/files", {"authorization": "Bearer x"}))


def test_a_body_off_the_schema_is_refused(ask: Ask) -> None:
    status, answer = ask("POST", "/drive/v3/files", {"nombre": "x"})
    assert (status, answer["error"]["errors"][0]["reason"]) == (400, "standInSchema")


def test_calls_are_counted(core: Core, ask: Ask) -> None:
    seen: list[str] = []
    core.before_call = lambda request: seen.append(request.path)
    ask("GET", "/drive/v3/files?q=trashed=false")
    ask("GET", "/v4/spreadsheets/x")
    ask("GET", "/v1/otra")
    assert core.count() == 3
    assert (core.count(service="drive"), core.count(service="sheets")) == (1, 1)
    assert core.count(operation="drive.files.list") == core.count(path="trashed") == 1
    assert seen == ["/drive/v3/files", "/v4/spreadsheets/x", "/v1/otra"]
    assert core.tally()["units"] == 100


def test_without_a_token_nobody_gets_in(core: Core) -> None:
    for headers in ({}, {"authorization": "Basic eA=="}):
        assert core.exchange(Request("GET", "/drive/v3/files", headers)).response.status == 401


MASKS: list[tuple[str, Any]] = [
    ("a", {"a": 1}),
    ("b(c,d/e)", {"b": [{"c": 1, "d": {"e": 2}}, {}]}),
    ("b.c,b.d", {"b": [{"c": 1, "d": {"e": 2, "f": 3}}, {}]}),
    ("b/*", {"b": [{"c": 1, "d": {"e": 2, "f": 3}}, {}]}),
    ("b(*)", {"b": [{"c": 1, "d": {"e": 2, "f": 3}}, {}]}),
    ("*", {"a": 1, "b": [{"c": 1, "d": {"e": 2, "f": 3}}, {}]}),
    ("z", {}),
    (" a , b ( c ) ", {"a": 1, "b": [{"c": 1}, {}]}),
]


@pytest.mark.parametrize(("mask", "left"), MASKS)
def test_a_mask_cuts(mask: str, left: Any) -> None:
    whole = {"a": 1, "b": [{"c": 1, "d": {"e": 2, "f": 3}}, {}]}
    assert cut(whole, parse_mask(mask)) == left


@given(st.text(alphabet="ab(),/.* ", max_size=15))
def test_any_mask_parses_or_is_refused(text: str) -> None:
    try:
        parse_mask(text)
    except ApiError as error:
        assert error.code == 400


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ({"id": "x", "size": "3", "trashed": False, "parents": ["a"]}, []),
        ({"size": 3}, ["type"]),
        ({"trashed": "no"}, ["type"]),
        ({"parents": "a"}, ["type"]),
        ({"color": "x"}, ["unknown"]),
        ({"properties": {"k": "v"}}, []),
        ({"properties": {"k": 1}}, ["type"]),
        ({"shortcutDetails": {"destino": "x"}}, ["unknown"]),
        ([], ["type"]),
        (None, []),
    ],
)
def test_the_schema_checker(value: Any, kinds: list[str]) -> None:
    assert [problem.kind for problem in problems(named("drive", "File"), value)] == kinds
