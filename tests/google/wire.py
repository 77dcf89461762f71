"""Requests, answers and errors as the pure core sees them: no sockets here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Json = dict[str, Any]

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


@dataclass(frozen=True)
class Request:
    """One HTTP request; `at` is the transport's clock in seconds (only quotas look at it)."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    at: float = 0.0

    @property
    def path(self) -> str:
        """The path as sent (still quoted): a range may contain an escaped slash."""
        return urlsplit(self.target).path

    @property
    def segments(self) -> list[str]:
        return [unquote(part) for part in self.path.strip("/").split("/")]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def query(self) -> dict[str, str]:
        return dict(self.pairs)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.query.get(name)
        return default if value is None else value.lower() in ("true", "1", "yes", "")

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True)
class Response:
    """One HTTP answer; `data` keeps the JSON for the schema check."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    data: Any = None


@dataclass(frozen=True)
class Outcome:
    """An answer and what the transport must do with it."""

    response: Response
    delivery: str = "send"  # send | drop | reset | truncate | hang
    delay: float = 0.0


class ApiError(Exception):
    """A refusal of the core, turned into Google's error body of the service that was called."""

    def __init__(self, code: int, message: str, reason: str = "", **extra: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.extra = extra


def answer(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = json.dumps(data, ensure_ascii=False).encode()
    return Response(status, body, headers=headers or {}, data=data)


def empty(status: int = 204) -> Response:
    return Response(status, b"", "text/html")


def error_answer(error: ApiError, service: str) -> Response:
    """Drive lists `errors[]`; Sheets says `status` and, at times, `details`."""
    body: Json = {"code": error.code, "message": error.message}
    if service == "sheets":
        body["status"] = error.extra.get("status") or STATUS_NAMES.get(error.code, "UNKNOWN")
    else:
        item = {"message": error.message, "domain": error.extra.get("domain", "global")}
        item["reason"] = error.reason or "invalid"
        for key in ("locationType", "location"):
            if key in error.extra:
                item[key] = error.extra[key]
        body["errors"] = [item]
        if "status" in error.extra:
            body["status"] = error.extra["status"]
    if "details" in error.extra:
        body["details"] = error.extra["details"]
    headers = error.extra.get("headers")
    return answer({"error": body}, error.code, headers)


def parameter_error(name: str, message: str = "Invalid Value", reason: str = "invalid") -> ApiError:
    return ApiError(400, message, reason, locationType="parameter", location=name)


def field_violations(problems: list[tuple[str, str]]) -> ApiError:
    """Google's answer to a body or query that its protos cannot hold."""
    violations = [
        {"field": where, "description": text} if where else {"description": text}
        for where, text in problems
    ]
    details = [
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
    ]
    return ApiError(400, "\n".join(text for _, text in problems), "badRequest", details=details)
