"""Which failures are asked again, how long for, and that a write never is after an unclear one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.adapters.google.auth import Account, Needs, account
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.endpoint import endpoint
from evidencias.adapters.google.failures import (
    Failure,
    GoogleError,
    Outcome,
    of_answer,
    of_exception,
)
from evidencias.adapters.google.messages import told
from evidencias.adapters.google.retry import Limiter, Patience, insist
from evidencias.errors import AccessError, SourceError
from tests.adapters.google.conftest import HASTY
from tests.google.server import Standin

PERSON = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"}
NOW = datetime(2026, 1, 15, tzinfo=UTC)


def drive_body(reason: str) -> bytes:
    error = {"domain": "usageLimits", "reason": reason, "message": "m"}
    return json.dumps({"error": {"code": 403, "errors": [error], "message": "m"}}).encode()


def sheets_body(reason: str, status: str) -> bytes:
    return json.dumps(
        {"error": {"code": 429, "status": status, "details": [{"reason": reason}], "message": "m"}}
    ).encode()


CASES: list[tuple[int, bytes, Outcome]] = [
    (403, drive_body("rateLimitExceeded"), Outcome.BUSY),
    (403, drive_body("userRateLimitExceeded"), Outcome.BUSY),
    (429, b"", Outcome.BUSY),
    (429, sheets_body("RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"), Outcome.BUSY),
    (403, sheets_body("RATE_LIMIT_EXCEEDED", "PERMISSION_DENIED"), Outcome.BUSY),
    (403, drive_body("accessNotConfigured"), Outcome.REFUSED),
    (403, drive_body("storageQuotaExceeded"), Outcome.REFUSED),
    (403, drive_body("dailyLimitExceeded"), Outcome.REFUSED),
    (403, drive_body("insufficientFilePermissions"), Outcome.REFUSED),
    (403, drive_body("domainPolicy"), Outcome.REFUSED),
    (403, b"<html>", Outcome.REFUSED),
    (400, b"{}", Outcome.REFUSED),
    (401, b"", Outcome.REFUSED),
    (404, b"", Outcome.REFUSED),
    (408, b"", Outcome.UNCLEAR),
    (500, b"", Outcome.UNCLEAR),
    (502, b"<!DOCTYPE html>", Outcome.UNCLEAR),
    (503, b"{}", Outcome.UNCLEAR),
]


@pytest.mark.parametrize(("status", "body", "outcome"), CASES)
def test_an_answer_is_judged_by_its_reason(status: int, body: bytes, outcome: Outcome) -> None:
    assert of_answer(status, {}, body, NOW).outcome is outcome


@pytest.mark.parametrize("kind", ["502html", "503", "429", "403", "hang", "drop", "truncated"])
def test_a_token_service_that_stumbles_is_asked_again(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "clave.json"
    path.write_text(json.dumps(PERSON))
    path.chmod(0o600)
    with Standin() as standin:
        standin.core.faults.add(kind, path="/token", times=1, seconds=0.1)
        where = endpoint(standin.url)

        def opening() -> Account:
            return account(path, Needs(listing=True), where, tmp_path)

        with Google(opening, where, HASTY) as google:
            assert DriveApi(google).find("1NadaNadaNadaNada") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nunca", None),
        ("Thu, 15 Jan 2026 00:00:30 GMT", 30.0),
        ("Wed, 14 Jan 2026 00:00:30 GMT", 0.0),
    ],
)
def test_retry_after_is_read_in_both_forms(text: str, seconds: float | None) -> None:
    assert of_answer(503, {"retry-after": text}, b"", NOW).retry_after == seconds


def test_a_defect_of_ours_is_no_failure_of_google() -> None:
    assert of_exception(KeyError("x")) is None
    assert of_exception(ConnectionResetError()) is not None


class Script:
    """A call that fails as told, then answers."""

    def __init__(self, *failures: Failure) -> None:
        self.left = list(failures)
        self.calls = 0
        self.slept: list[float] = []

    def __call__(self) -> str:
        self.calls += 1
        if self.left:
            raise GoogleError(self.left.pop(0))
        return "bien"

    def run(self, *, write: bool = False, patience: Patience = Patience()) -> str:
        limiter = Limiter(1e9, sleep=lambda _: None)
        return insist(self, patience, limiter, 1, write=write, sleep=self.slept.append)


BUSY = Failure(Outcome.BUSY, 429)
UNCLEAR = Failure(Outcome.UNCLEAR, 503)
REFUSED = Failure(Outcome.REFUSED, 404)


def test_a_read_is_asked_again_after_any_passing_failure() -> None:
    script = Script(BUSY, UNCLEAR, UNCLEAR)
    assert script.run() == "bien"
    assert script.calls == 4


def test_a_write_is_sent_again_only_when_nothing_was_done() -> None:
    assert Script(BUSY, BUSY).run(write=True) == "bien"
    script = Script(UNCLEAR)
    with pytest.raises(GoogleError):
        script.run(write=True)
    assert script.calls == 1


def test_a_refusal_is_final() -> None:
    script = Script(REFUSED)
    with pytest.raises(GoogleError):
        script.run()
    assert script.calls == 1


def test_what_google_asks_to_wait_is_waited() -> None:
    script = Script(Failure(Outcome.BUSY, 429, retry_after=33.0))
    script.run()
    assert script.slept[0] >= 33.0


def test_nobody_sleeps_past_the_deadline() -> None:
    script = Script(Failure(Outcome.BUSY, 429, retry_after=301.0))
    with pytest.raises(GoogleError):
        script.run()
    assert script.slept == []


@given(
    st.integers(1, 60),
    st.floats(0.01, 5),
    st.floats(5, 100),
    st.none() | st.floats(0, 500),
)
def test_a_wait_has_a_floor_and_a_cap(
    attempt: int, floor: float, cap: float, asked: float | None
) -> None:
    patience = Patience(floor=floor, cap=cap)
    wait = patience.wait(attempt, Failure(Outcome.BUSY, retry_after=asked))
    assert wait >= max(floor, asked or 0)
    assert wait <= max(floor + cap, asked or 0)


@given(st.lists(st.floats(1, 400), min_size=1, max_size=40))
def test_the_limiter_never_gives_more_than_its_rate(takes: list[float]) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    limiter = Limiter(600, clock=lambda: now[0], sleep=sleep)
    for units in takes:
        limiter.take(units)
    # A full bucket at the start, then ten units a second.
    assert sum(takes) <= 600 + now[0] * 10 + 1e-6


def test_a_pause_holds_everybody() -> None:
    now = [0.0]
    slept: list[float] = []
    limiter = Limiter(600, clock=lambda: now[0], sleep=slept.append)
    limiter.pause(20)
    limiter.take(1)
    assert slept == [20]


WHO = "cuenta@proyecto.iam.gserviceaccount.com"
REFUSALS: list[tuple[Failure, type[Exception], str]] = [
    (Failure(Outcome.REFUSED, 404), AccessError, "Compártala con " + WHO),
    (Failure(Outcome.REFUSED, 403), AccessError, WHO),
    (Failure(Outcome.REFUSED, 401), AccessError, "diagnosticar"),
    (
        Failure(Outcome.REFUSED, 403, frozenset({"accessNotConfigured"})),
        AccessError,
        "Habilitar",
    ),
    (
        Failure(Outcome.REFUSED, 403, frozenset({"storageQuotaExceeded"})),
        AccessError,
        "cree la hoja usted",
    ),
    (Failure(Outcome.REFUSED, 403, frozenset({"dailyLimitExceeded"})), AccessError, "mañana"),
    (Failure(Outcome.UNCLEAR, 503), SourceError, "No se perdió nada"),
    (Failure(Outcome.BUSY, 429), SourceError, "No se perdió nada"),
    (
        Failure(Outcome.CREDENTIALS, 0, frozenset({"invalid_grant"}), "Token must be short-lived"),
        AccessError,
        "hora",
    ),
    (
        Failure(Outcome.CREDENTIALS, 0, frozenset({"invalid_grant"}), "account not found"),
        AccessError,
        "otra clave",
    ),
    (Failure(Outcome.CREDENTIALS, 0, frozenset({"invalid_scope"})), AccessError, "consentimiento"),
]


@pytest.mark.parametrize(("failure", "kind", "words"), REFUSALS)
def test_a_person_is_told_cause_and_step(
    failure: Failure, kind: type[Exception], words: str
) -> None:
    error = told(failure, "la carpeta", WHO)
    assert isinstance(error, kind)
    assert words in f"{error.message} {error.hint}"
    assert "!" not in f"{error.message} {error.hint}"


def test_expired_consent_says_why_it_may_expire_weekly() -> None:
    failure = Failure(Outcome.CREDENTIALS, 0, frozenset({"invalid_grant"}), "expired or revoked")
    error = told(failure, "la carpeta", "su cuenta")
    assert isinstance(error, AccessError)
    assert "7 días" in error.hint


def test_a_date_without_zone_is_no_date() -> None:
    text = "Thu, 15 Jan 2026 00:00:30 -0000"
    wait = of_answer(503, {"retry-after": text}, b"", NOW + timedelta(seconds=1)).retry_after
    assert wait is None or wait >= 0
