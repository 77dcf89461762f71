"""What a failed Google call means: one frozen value, whichever library raised it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

# Matched on reason: `accessNotConfigured` and `storageQuotaExceeded` share their domain with these.
RATE_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504})


class Outcome(Enum):
    """What can be done about a failed call."""

    REFUSED = "the service said no; asking again gives the same"
    BUSY = "the service did nothing and asks to wait"
    UNCLEAR = "no trustworthy answer; a write may or may not have been applied"
    CREDENTIALS = "no token was granted, so nothing was asked"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call. `status` is 0 without an HTTP answer; `retry_after` in seconds."""

    outcome: Outcome
    status: int = 0
    reasons: frozenset[str] = frozenset()
    message: str = ""
    retry_after: float | None = None

    @property
    def passing(self) -> bool:
        """Whether the same question may succeed later."""
        return self.outcome in (Outcome.BUSY, Outcome.UNCLEAR)


class GoogleError(Exception):
    """A call that ended in `failure`; never leaves this package (see `messages`)."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.status} {sorted(failure.reasons)} {failure.message}")
        self.failure = failure


def of_answer(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Failure:
    """The failure an HTTP answer tells of (`status` 400 or above)."""
    reasons, message = _reasons(body)
    wait = _retry_after(headers.get("retry-after") or headers.get("Retry-After") or "", now)
    if status == 429 or (status == 403 and reasons & RATE_REASONS):
        outcome = Outcome.BUSY
    elif status in RETRIED_STATUSES or status >= 500:
        outcome = Outcome.UNCLEAR
    else:
        outcome = Outcome.REFUSED
    return Failure(outcome, status, reasons, message, wait)


def _reasons(body: bytes) -> tuple[frozenset[str], str]:
    """Every reason named in Drive's `errors` or in `details`, the status, and the message."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return frozenset(), ""
    if not isinstance(error, dict):  # the token service answers {"error": "invalid_grant"}
        return frozenset({str(error)}), ""
    parts: list[Any] = [*(error.get("errors") or []), *(error.get("details") or [])]
    named = {str(p["reason"]) for p in parts if isinstance(p, dict) and p.get("reason")}
    named |= {str(p["location"]) for p in parts if isinstance(p, dict) and p.get("location")}
    status = error.get("status")
    return frozenset(named | ({str(status)} if status else set())), str(error.get("message", ""))


def _retry_after(text: str, now: datetime) -> float | None:
    if not text.strip():
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (then - now).total_seconds()) if then.tzinfo else None


def of_exception(error: BaseException) -> Failure | None:
    """The failure behind an exception of the client libraries; None for a defect of ours."""
    now = datetime.now(UTC)
    if isinstance(error, GoogleError):
        return error.failure
    answer = _answer_of(error)
    if answer is not None:
        return of_answer(*answer, now)
    return _of_credentials(error) or _of_connection(error)


def _answer_of(error: BaseException) -> tuple[int, Mapping[str, str], bytes] | None:
    from googleapiclient.errors import HttpError

    if isinstance(error, HttpError):
        return int(error.resp.status), dict(error.resp), error.content or b""
    return None


def _of_credentials(error: BaseException) -> Failure | None:
    from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

    if isinstance(error, TransportError):
        return Failure(Outcome.UNCLEAR, message=str(error))
    if isinstance(error, RefreshError):
        return _of_refresh(error)
    if isinstance(error, GoogleAuthError):
        return Failure(Outcome.CREDENTIALS, message=str(error))
    return None


def _of_refresh(error: Any) -> Failure:
    """The token service refused the grant, unless its answer is of another kind altogether."""
    body = error.args[1] if len(error.args) > 1 else None
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        status = int(body["error"].get("code") or 0)
        return of_answer(status, {}, json.dumps(body).encode(), datetime.now(UTC))
    page = str(error.args[0]).lstrip().startswith("<")  # of a proxy or a balancer, not of OAuth
    if error.retryable or page:
        return Failure(Outcome.UNCLEAR, message=str(error))
    return Failure(Outcome.CREDENTIALS, 0, _grant_reasons(error), str(error.args[0]))


def _grant_reasons(error: BaseException) -> frozenset[str]:
    """google-auth gives ("invalid_grant: words", {"error": "invalid_grant", …})."""
    body = error.args[1] if len(error.args) > 1 else None
    if isinstance(body, dict) and isinstance(body.get("error"), str):
        return frozenset({body["error"]})
    return frozenset({str(error.args[0]).split(":", 1)[0]}) if error.args else frozenset()


def _of_connection(error: BaseException) -> Failure | None:
    """Dropped, reset, cut short or late: the answer, if any, cannot be trusted."""
    import http.client

    import httplib2
    import requests
    from googleapiclient.errors import UnexpectedBodyError

    kinds = (
        OSError,  # also requests' errors, socket time-outs and resets
        http.client.HTTPException,
        httplib2.HttpLib2Error,
        UnexpectedBodyError,
        requests.RequestException,
        json.JSONDecodeError,
        UnicodeDecodeError,
    )
    return Failure(Outcome.UNCLEAR, message=str(error)) if isinstance(error, kinds) else None
