"""The stand-in against recorded traffic of Google itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.google.schemas import problems, request_schema, response_schema
from tests.google.server import Standin
from tests.google.wire import Request


def test_answers_the_recordings_as_google_did(
    standin: Standin, shared: Path, tmp_path: Path
) -> None:
    report = tmp_path / "score.json"
    script = shared / "wire" / "replay.py"
    command = [sys.executable, str(script), standin.url, "--reset", "/_control/reset"]
    done = subprocess.run(
        [*command, "--min", "0.99", "--json", str(report)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert json.loads(report.read_text())["total"]["n"] > 1900


def test_the_recordings_fit_the_schemas_that_check_the_standin(
    standin: Standin, shared: Path
) -> None:
    """The checker must not refuse what Google really sent."""
    odd: list[str] = []
    for path in sorted((shared / "wire" / "recordings").glob("*.json"))[::6]:
        for one in json.loads(path.read_text())["interactions"]:
            odd += _oddities(standin, one["request"], one["response"])
    assert odd == []


def _oddities(standin: Standin, sent: dict[str, object], got: dict[str, object]) -> list[str]:
    request = Request(str(sent["method"]), str(sent["uri"]))
    service, operation, _ = standin.core.route(request)
    status, body = got["status"], got["body"]
    assert isinstance(status, dict)
    assert isinstance(body, dict)
    if status["code"] != 200 or operation.startswith("drive.v2") or "/export" in request.path:
        return []
    answered, asked = response_schema(service, operation), request_schema(service, operation)
    found = problems(answered, json.loads(body["string"])) if answered else []
    if asked and isinstance(sent["body"], str) and sent["body"].startswith("{"):
        found += problems(asked, json.loads(sent["body"]))
    return [f"{operation}: {problem}" for problem in found]


@pytest.mark.parametrize("target", ["/drive/v3/nada", "/v4/nada", "/otra/cosa"])
def test_an_unknown_path_is_not_found(standin: Standin, target: str) -> None:
    answer = standin.core.exchange(Request("GET", target, {"authorization": "Bearer x"}))
    assert answer.response.status == 404
