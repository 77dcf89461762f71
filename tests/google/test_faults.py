"""Every fault, once at the core and once as a client on a socket meets it."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

import pytest
import requests

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.faults import AFTER, KINDS, LINE, REFUSALS
from tests.google.person import Person
from tests.google.seeding import seed_tree
from tests.google.server import Standin

HEADERS = {"Authorization": "Bearer x"}
APPEND = {"values": [["fila"]]}


def session() -> requests.Session:
    made = requests.Session()
    made.trust_env = False
    made.headers.update(HEADERS)
    return made


REASONS: list[tuple[str, int, str, str]] = [
    ("403", 403, "rateLimitExceeded", "usageLimits"),
    ("403user", 403, "userRateLimitExceeded", "usageLimits"),
    ("403forbidden", 403, "insufficientFilePermissions", "global"),
    ("429", 429, "rateLimitExceeded", "global"),
    ("500", 500, "internalError", "global"),
    ("503", 503, "backendError", "global"),
    ("400", 400, "badRequest", "global"),
    ("401", 401, "authError", "global"),
    ("404", 404, "notFound", "global"),
    ("408", 408, "requestTimeout", "global"),
    ("accessNotConfigured", 403, "accessNotConfigured", "usageLimits"),
    ("storageQuotaExceeded", 403, "storageQuotaExceeded", "usageLimits"),
    ("dailyLimitExceeded", 403, "dailyLimitExceeded", "usageLimits"),
]


@pytest.mark.parametrize(("kind", "code", "reason", "domain"), REASONS)
def test_drive_refuses_in_its_own_words(
    core: Core, ask: Ask, kind: str, code: int, reason: str, domain: str
) -> None:
    core.faults.add(kind)
    status, answer = ask("GET", "/drive/v3/files")
    item = answer["error"]["errors"][0]
    assert (status, item["reason"], item["domain"]) == (code, reason, domain)
    assert ask("GET", "/drive/v3/files")[0] == 200  # once


def test_sheets_refuses_as_recorded(core: Core, ask: Ask) -> None:
    core.faults.add("429")
    _, answer = ask("GET", "/v4/spreadsheets/x")
    error = answer["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert "errors" not in error
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert "sheets.googleapis.com" in error["message"]


def test_a_fault_waits_for_its_call(core: Core, ask: Ask) -> None:
    core.faults.add("503", method="GET", path=r"/files\?", at=2, times=2)
    statuses = [ask("GET", "/drive/v3/files?pageSize=5")[0] for _ in range(5)]
    assert statuses == [200, 503, 503, 200, 200]
    assert ask("GET", "/drive/v3/about?fields=user")[0] == 200


def test_an_unknown_fault_is_an_error(core: Core) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        core.faults.add("lluvia")
    with pytest.raises(ValueError, match="unknown quirk"):
        core.quirks.set(lluvia=True)


def test_incomplete_search_and_or_parents(core: Core, ask: Ask) -> None:
    seed_tree(core, [{"path": "A/1.pdf"}, {"path": "B/2.pdf"}])
    ids = {file.name: file.id for file in core.drive.files.values()}
    either = f"/drive/v3/files?q='{ids['A']}'+in+parents+or+'{ids['B']}'+in+parents"
    core.faults.add("incompleteSearch")
    assert ask("GET", either)[1]["incompleteSearch"] is True
    core.faults.add("partial_or_parents")
    assert [f["name"] for f in ask("GET", either)[1]["files"]] == ["1.pdf"]
    core.faults.add("partial_or_parents", value=1)
    assert ask("GET", either)[1]["files"] == []
    core.quirks.set(partial_or_parents="first")
    alone = f"/drive/v3/files?q='{ids['B']}'+in+parents"
    assert [f["name"] for f in ask("GET", alone)[1]["files"]] == ["2.pdf"]
    core.quirks.set(partial_or_parents="", page_cap=1)
    assert len(ask("GET", either + "&pageSize=1000")[1]["files"]) == 1


def test_quotas_are_counted_in_units(core: Core, ask: Ask) -> None:
    core.quota.set(drive_units=210, sheets_reads=1)
    assert [ask("GET", "/drive/v3/files")[0] for _ in range(3)] == [200, 200, 403]
    assert ask("GET", "/drive/v3/changes/startPageToken")[0] == 200  # 5 units still fit
    sheet = Person(core).create_sheet("x")
    target = f"/v4/spreadsheets/{sheet}"
    assert [ask("GET", target)[0] for _ in range(2)] == [200, 429]
    with pytest.raises(ValueError, match="unknown quota"):
        core.quota.set(nada=1)


def test_a_disabled_api_says_how_to_enable_it(core: Core, ask: Ask) -> None:
    core.quirks.set(disabled_services={"drive"})
    status, answer = ask("GET", "/drive/v3/files")
    assert status == 403
    assert "console.developers.google.com" in answer["error"]["message"]
    assert answer["error"]["details"][0]["reason"] == "SERVICE_DISABLED"


# --- on a socket --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop", "reset", "hang", "truncated"])
def test_a_broken_line(standin: Standin, kind: str) -> None:
    standin.core.faults.add(kind, seconds=0.2)
    with session() as client:
        with pytest.raises(requests.RequestException):
            client.get(standin.url + "/drive/v3/files", timeout=5)
        assert client.get(standin.url + "/drive/v3/files", timeout=5).ok


def test_a_client_gives_up_on_a_hanging_answer(standin: Standin) -> None:
    standin.core.faults.add("hang", seconds=20)
    started = time.monotonic()
    with session() as client, pytest.raises(requests.Timeout):
        client.get(standin.url + "/drive/v3/files", timeout=0.2)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("kind", sorted(AFTER))
def test_the_write_was_applied_although_nobody_heard(standin: Standin, kind: str) -> None:
    sheet = Person(standin.core).create_sheet("x", {"Hoja": [["título"]]})
    standin.core.faults.add(kind, method="POST", path=":append", seconds=0.1)
    url = f"{standin.url}/v4/spreadsheets/{sheet}/values/Hoja:append?valueInputOption=RAW"
    with session() as client:
        try:
            answer = client.post(url, json=APPEND, timeout=5)
        except requests.RequestException:
            assert kind != "applied_503"
        else:
            assert answer.status_code in (502, 503)
    assert Person(standin.core).values(sheet, "Hoja") == [["título"], ["fila"]]


@pytest.mark.parametrize("kind", sorted(REFUSALS | set(LINE)))
def test_the_write_was_not_applied(standin: Standin, kind: str) -> None:
    sheet = Person(standin.core).create_sheet("x", {"Hoja": [["título"]]})
    standin.core.faults.add(kind, method="POST", seconds=0.1)
    url = f"{standin.url}/v4/spreadsheets/{sheet}/values/Hoja:append?valueInputOption=RAW"
    with session() as client:
        try:
            assert not client.post(url, json=APPEND, timeout=5).ok
        except requests.RequestException:
            assert kind in LINE
    assert Person(standin.core).values(sheet, "Hoja") == [["título"]]


def test_html_instead_of_json(standin: Standin) -> None:
    standin.core.faults.add("502html")
    with session() as client:
        answer = client.get(standin.url + "/drive/v3/files", timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (502, "text/html")


def test_retry_after_only_where_asked(standin: Standin) -> None:
    standin.core.faults.add("429")
    standin.core.faults.add("429", at=2, retry_after="7")
    with session() as client:
        first = client.get(standin.url + "/drive/v3/files", timeout=5)
        second = client.get(standin.url + "/drive/v3/files", timeout=5)
    assert "Retry-After" not in first.headers
    assert second.headers["Retry-After"] == "7"


def test_latency_does_not_serialise_clients(standin: Standin) -> None:
    from concurrent.futures import ThreadPoolExecutor

    standin.core.latency = 0.2

    def one(_: int) -> bool:
        with session() as client:
            return client.get(standin.url + "/drive/v3/files", timeout=5).ok

    started = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(one, range(16)))
    assert 0.2 <= time.monotonic() - started < 2  # one after the other: 3.2


def test_the_connection_is_kept(standin: Standin) -> None:
    line = http.client.HTTPConnection("127.0.0.1", standin.port, timeout=5)
    sockets = set()
    for _ in range(3):
        line.request("GET", "/drive/v3/files", headers=HEADERS)
        line.getresponse().read()
        assert line.sock is not None
        sockets.add(line.sock.getsockname())
    line.close()
    assert len(sockets) == 1


# --- the door for tests ---------------------------------------------------------------


def test_control_over_http(standin: Standin) -> None:
    tree = {"tree": [{"path": "A/x.pdf", "content": "x"}], "shared_drive": True}

    def control(method: str, name: str, body: Any = None) -> Any:
        answer = client.request(method, f"{standin.url}/_control/{name}", json=body, timeout=5)
        assert answer.ok, answer.text
        return answer.json()

    with session() as client:
        root = control("POST", "seed", tree)["root"]
        assert root in standin.core.drive.drives
        control("POST", "faults", {"kind": "503", "path": "/files", "at": 2})
        control("POST", "quirks", {"page_cap": 10, "disabled_services": ["sheets"]})
        control("POST", "quota", {"sheets_reads": 60})
        control("POST", "latency", {"seconds": 0})
        statuses = [
            client.get(standin.url + "/drive/v3/files", timeout=5).status_code for _ in "12"
        ]
        assert statuses == [200, 503]
        calls = control("GET", "calls")
        assert calls["by_service"] == {"drive": 2}
        assert calls["by_operation"] == {"drive.files.list": 2}
        assert [call["fault"] for call in calls["calls"]] == ["", "503"]
        made = control("POST", "person", {"do": "create_sheet", "title": "R"})["result"]
        assert made in standin.core.sheets.books
        control("POST", "calls/clear")
        control("DELETE", "faults")
        control("POST", "expire-page-tokens")
        control("POST", "expire-access-tokens")
        bad = client.post(standin.url + "/_control/faults", json={"kind": "nada"}, timeout=5)
        assert bad.status_code == 400
        assert client.post(standin.url + "/_control/nada", timeout=5).status_code == 404
        control("POST", "reset")
    assert standin.core.calls == []
    assert standin.core.drive.drives == {}


def test_every_kind_is_documented_and_tried() -> None:
    from pathlib import Path

    text = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    assert [kind for kind in sorted(KINDS - {"latency"}) if kind not in text] == []


def test_by_hand_it_prints_its_address() -> None:
    import subprocess
    import sys
    from pathlib import Path

    command = [sys.executable, "-m", "tests.google", "--port", "0"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            with session() as client:
                answer = client.get(address + "/drive/v3/files", timeout=5)
            assert json.loads(answer.text)["files"] == []
        finally:
            process.terminate()
