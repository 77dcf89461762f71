"""A plan of faults: which call gets which, once, some times or always; pure and countable."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.google.wire import ApiError, Request, Response, error_answer

# Answered before the core is asked: nothing was applied.
REFUSALS = {
    "400",
    "401",
    "403",
    "403user",
    "403forbidden",
    "404",
    "408",
    "429",
    "500",
    "502html",
    "503",
    "invalid_grant",
    "accessNotConfigured",
    "storageQuotaExceeded",
    "dailyLimitExceeded",
}
# The connection fails and nothing was applied.
LINE = {"drop": "drop", "reset": "reset", "hang": "hang"}
# The core applied the call and the client does not see (all of) its answer.
AFTER = {
    "truncated": "truncate",
    "applied_drop": "drop",
    "applied_reset": "reset",
    "applied_hang": "hang",
    "applied_503": "send",
    "applied_502html": "send",
}
# The core answers, but oddly, for this call only.
ODD = {"incompleteSearch", "expired_page_token", "partial_or_parents", "page_cap", "changes_lag"}
KINDS = REFUSALS | set(LINE) | set(AFTER) | ODD | {"latency"}


@dataclass
class Fault:
    """One rule: `kind` at the `at`-th matching call (0: from the first), `times` times."""

    kind: str
    method: str = ".*"
    path: str = ".*"
    at: int = 0
    times: int | None = 1
    seconds: float = 30.0
    retry_after: str = ""
    value: int = 0
    seen: int = field(default=0, compare=False)
    fired: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {sorted(KINDS)}")

    def takes(self, request: Request) -> bool:
        if not re.fullmatch(self.method, request.method):
            return False
        if not re.search(self.path, request.target):
            return False
        self.seen += 1
        if self.seen < self.at or (self.times is not None and self.fired >= self.times):
            return False
        self.fired += 1
        return True


class FaultPlan:
    """The rules in force; the first that takes a call decides, latencies add up."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def add(self, kind: str, **options: Any) -> Fault:
        rule = Fault(kind, **options)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        self.rules.clear()

    def decide(self, request: Request) -> tuple[Fault | None, float]:
        chosen: Fault | None = None
        delay = 0.0
        for rule in self.rules:
            if not rule.takes(request):
                continue
            if rule.kind == "latency":
                delay += rule.seconds
            elif chosen is None:
                chosen = rule
        return chosen, delay

    def describe(self) -> list[dict[str, Any]]:
        return [asdict(rule) for rule in self.rules]


HTML_502 = (
    b"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 502 (Server Error)!!1</title>"
    b"<p><b>502.</b> <ins>That\xe2\x80\x99s an error.</ins><p>The server encountered a temporary "
    b"error and could not complete your request.<p>Please try again in 30 seconds.</html>"
)
_PLAIN = {
    "400": (400, "Bad Request", "badRequest"),
    "404": (404, "File not found: .", "notFound"),
    "408": (408, "Request Timeout", "requestTimeout"),
    "500": (500, "Internal Error", "internalError"),
    "503": (503, "The service is currently unavailable.", "backendError"),
    "403forbidden": (
        403,
        "The user does not have sufficient permissions for this file.",
        "insufficientFilePermissions",
    ),
    "storageQuotaExceeded": (
        403,
        "The user's Drive storage quota has been exceeded.",
        "storageQuotaExceeded",
    ),
    "dailyLimitExceeded": (403, "Daily Limit Exceeded", "dailyLimitExceeded"),
    "403": (403, "Rate Limit Exceeded", "rateLimitExceeded"),
    "403user": (403, "User Rate Limit Exceeded", "userRateLimitExceeded"),
}
_USAGE = {"403", "403user", "storageQuotaExceeded", "dailyLimitExceeded"}


def refusal(kind: str, service: str, retry_after: str = "") -> Response:
    """The answer of a refusal, in the words of the service that was called."""
    headers = {"Retry-After": retry_after} if retry_after else {}
    if kind == "502html":
        return Response(502, HTML_502, "text/html; charset=UTF-8", headers)
    if kind == "invalid_grant":
        from tests.google.tokens import grant_error

        return grant_error("invalid_grant", "Token has been expired or revoked.")
    if kind == "429":
        return error_answer(rate_limited(service, headers=headers), service)
    if kind == "accessNotConfigured":
        return error_answer(disabled(service), service)
    if kind == "401":
        return error_answer(unauthenticated(), service)
    code, message, reason = _PLAIN[kind]
    extra: dict[str, Any] = {"headers": headers}
    if kind in _USAGE:
        extra["domain"] = "usageLimits"
        if service == "sheets":
            extra["details"] = [_info(reason, service)]
    return error_answer(ApiError(code, message, reason, **extra), service)


def _info(reason: str, service: str, **metadata: str) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": f"{service}.googleapis.com", **metadata},
    }


def rate_limited(
    service: str, write: bool = False, headers: dict[str, str] | None = None
) -> ApiError:
    """The 429 that names its metric and, as recorded, carries no Retry-After."""
    kind = "Write" if write else "Read"
    metric = f"{kind} requests" if service == "sheets" else "Queries"
    limit = f"{metric} per minute per user"
    message = (
        f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service "
        f"'{service}.googleapis.com' for consumer 'project_number:123456789012'."
    )
    info = _info(
        "RATE_LIMIT_EXCEEDED",
        service,
        quota_limit=f"{kind}RequestsPerMinutePerUser",
        quota_limit_value="60",
        quota_metric=f"{service}.googleapis.com/{kind.lower()}_requests",
        quota_location="global",
        consumer="projects/123456789012",
    )
    help_link = {
        "@type": "type.googleapis.com/google.rpc.Help",
        "links": [
            {
                "description": "Request a higher quota limit.",
                "url": "https://cloud.google.com/docs/quotas/help/request_increase",
            }
        ],
    }
    return ApiError(
        429,
        message,
        "rateLimitExceeded",
        domain="global",
        status="RESOURCE_EXHAUSTED",
        details=[info, help_link],
        headers=headers or {},
    )


def disabled(service: str) -> ApiError:
    name = {"drive": "Google Drive API", "sheets": "Google Sheets API"}.get(service, service)
    url = f"https://console.developers.google.com/apis/api/{service}.googleapis.com/overview?project=123456789012"
    message = (
        f"{name} has not been used in project 123456789012 before or it is disabled. Enable it by "
        f"visiting {url} then retry. If you enabled this API recently, wait a few minutes for the "
        "action to propagate to our systems and retry."
    )
    return ApiError(
        403,
        message,
        "accessNotConfigured",
        domain="usageLimits",
        status="PERMISSION_DENIED",
        details=[_info("SERVICE_DISABLED", service, consumer="projects/123456789012")],
    )


def unauthenticated() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        "authError",
        locationType="header",
        location="Authorization",
        status="UNAUTHENTICATED",
    )
