"""The door for tests that speak HTTP: /_control/… with JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.google.core import Core, as_json
from tests.google.wire import Json, Request, Response, answer


def handle(core: Core, request: Request) -> Response:
    """Run one command; a wrong one is a 400 that says what is known."""
    name = request.path.removeprefix("/_control/").strip("/")
    command = _COMMANDS.get((request.method, name))
    if command is None:
        known = sorted(f"{method} /_control/{path}" for method, path in _COMMANDS)
        return answer({"error": f"unknown command {name!r}", "known": known}, 404)
    try:
        body = json.loads(request.body) if request.body.strip() else {}
        return answer(as_json(command(core, body)))
    except (ValueError, TypeError, KeyError) as error:
        return answer({"error": f"{type(error).__name__}: {error}"}, 400)


def _reset(core: Core, body: Json) -> Json:
    core.reset()
    return {"ok": True}


def _seed(core: Core, body: Json) -> Json:
    from tests.google import seeding

    shared = bool(body.get("shared_drive"))
    if "corpus" in body:
        return {"root": seeding.seed_corpus(core, Path(body["corpus"]), shared)}
    if "directory" in body:
        return {"root": seeding.seed_directory(core, Path(body["directory"]), shared)}
    return {"root": seeding.seed_tree(core, body["tree"], body.get("name", "Evidencias"), shared)}


def _fault(core: Core, body: Any) -> Json:
    for one in body if isinstance(body, list) else [body]:
        options = dict(one)
        core.faults.add(options.pop("kind"), **options)
    return {"faults": core.faults.describe()}


def _clear_faults(core: Core, body: Json) -> Json:
    core.faults.clear()
    return {"faults": []}


def _quirks(core: Core, body: Json) -> Json:
    core.quirks.set(**body)
    return asdict(core.quirks)


def _quota(core: Core, body: Json) -> Json:
    core.quota.set(**body)
    return {"ok": True}


def _latency(core: Core, body: Json) -> Json:
    core.latency = float(body.get("seconds", 0))
    return {"seconds": core.latency}


def _calls(core: Core, body: Json) -> Json:
    return core.tally()


def _forget(core: Core, body: Json) -> Json:
    core.calls.clear()
    return {"ok": True}


def _expire_pages(core: Core, body: Json) -> Json:
    core.expire_page_tokens()
    return {"ok": True}


def _expire_tokens(core: Core, body: Json) -> Json:
    core.tokens.expire_all()
    return {"ok": True}


def _person(core: Core, body: Json) -> Json:
    from tests.google.person import Person

    options = dict(body)
    action = getattr(Person(core), options.pop("do"))
    return {"result": action(**options)}


_COMMANDS: dict[tuple[str, str], Callable[[Core, Any], Json]] = {
    ("POST", "reset"): _reset,
    ("POST", "seed"): _seed,
    ("POST", "faults"): _fault,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "faults/clear"): _clear_faults,
    ("GET", "faults"): lambda core, body: {"faults": core.faults.describe()},
    ("POST", "quirks"): _quirks,
    ("POST", "quota"): _quota,
    ("POST", "latency"): _latency,
    ("GET", "calls"): _calls,
    ("POST", "calls/clear"): _forget,
    ("POST", "expire-page-tokens"): _expire_pages,
    ("POST", "expire-access-tokens"): _expire_tokens,
    ("POST", "person"): _person,
}
