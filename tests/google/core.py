"""The pure core: state and a request give an answer; no sockets, no clock, no chance."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from tests.google import checks, drive_service, faults, sheets_service
from tests.google.drive_state import Drive
from tests.google.idents import Clock, Idents
from tests.google.quirks import Quirks
from tests.google.quota import Quota, units_of
from tests.google.tokens import Tokens, check_scope
from tests.google.wire import ApiError, Json, Outcome, Request, Response, error_answer

_TOKEN_PATHS = ("/token", "/oauth2/v4/token", "/o/oauth2/token")


@dataclass(frozen=True)
class Call:
    """One entry of the log that tests count."""

    n: int
    at: float
    service: str
    operation: str
    method: str
    path: str
    target: str
    status: int
    units: int
    fault: str = ""


class Core:
    """Everything the stand-in knows. `exchange` is its one door for HTTP."""

    def __init__(self, strict: bool = True) -> None:
        self.strict = strict  # every answer is checked against Google's schemas
        self.mismatches: list[checks.MismatchError] = []  # tests want none
        self.reset()

    def reset(self) -> None:
        self.idents = Idents()
        self.clock = Clock()
        self.drive = Drive(self.idents, self.clock)
        self.sheets = sheets_service.Sheets(self.drive)
        self.files = drive_service.DriveService(self.drive, self.sheets, self.strict)
        self.tokens = Tokens()
        self.faults = faults.FaultPlan()
        self.quirks = Quirks()
        self.quota = Quota()
        self.latency = 0.0
        self.page_epoch = 1
        self.calls: list[Call] = []
        self.before_call: Callable[[Request], None] | None = None

    def expire_page_tokens(self) -> None:
        """Every page token given so far answers 400 from now on."""
        self.page_epoch += 1

    # --- one call -------------------------------------------------------------------

    def exchange(self, request: Request) -> Outcome:
        """Fault plan first, then the core; the transport carries out the delivery."""
        request = _overridden(request)
        if self.before_call:
            self.before_call(request)  # a person may act between any two calls
        self.drive.forget_lines()
        service, operation, parts = self.route(request)
        fault, delay = self.faults.decide(request)
        delay += self.latency
        outcome = self._faulted(request, service, operation, parts, fault)
        self._log(request, service, operation, outcome, fault)
        return replace(outcome, delay=outcome.delay + delay)

    def _faulted(
        self,
        request: Request,
        service: str,
        operation: str,
        parts: list[str],
        fault: faults.Fault | None,
    ) -> Outcome:
        if fault is None:
            return Outcome(self.answer(request, service, operation, parts, self.quirks))
        if fault.kind in faults.REFUSALS:
            return Outcome(faults.refusal(fault.kind, service, fault.retry_after))
        hang = fault.seconds if fault.kind in ("hang", "applied_hang") else 0.0
        if fault.kind in faults.LINE:
            return Outcome(Response(0), faults.LINE[fault.kind], hang)
        quirks = self.quirks.for_call(fault.kind, fault.value)
        response = self.answer(request, service, operation, parts, quirks)
        if fault.kind in ("applied_503", "applied_502html"):
            response = faults.refusal(
                fault.kind.removeprefix("applied_"), service, fault.retry_after
            )
        return Outcome(response, faults.AFTER.get(fault.kind, "send"), hang)

    def _log(
        self,
        request: Request,
        service: str,
        operation: str,
        outcome: Outcome,
        fault: faults.Fault | None,
    ) -> None:
        self.calls.append(
            Call(
                len(self.calls) + 1,
                request.at,
                service,
                operation,
                request.method,
                request.path,
                request.target,
                outcome.response.status,
                units_of(operation),
                fault.kind if fault else "",
            )
        )

    def route(self, request: Request) -> tuple[str, str, list[str]]:
        """(service, operation, the variable parts of the path)."""
        from urllib.parse import unquote

        path = request.path
        if path in _TOKEN_PATHS:
            return "token", "token", []
        for service, routes in (("drive", drive_service.ROUTES), ("sheets", sheets_service.ROUTES)):
            for method, pattern, operation in routes:
                found = pattern.fullmatch(path) if method == request.method else None
                if found:
                    media = operation == "drive.files.get" and request.query.get("alt") == "media"
                    named = operation + ".media" if media else operation
                    return service, named, [unquote(part) for part in found.groups()]
        first = path.split("/")[1] if "/" in path else ""
        return (
            {"v4": "sheets", "drive": "drive", "upload": "drive"}.get(first, "other"),
            "unknown",
            [],
        )

    def answer(
        self, request: Request, service: str, operation: str, parts: list[str], quirks: Quirks
    ) -> Response:
        """The faultless answer; a refusal of the core becomes Google's error body."""
        try:
            return self._answered(request, service, operation, parts, quirks)
        except ApiError as error:
            return error_answer(error, service)

    def _answered(
        self, request: Request, service: str, operation: str, parts: list[str], quirks: Quirks
    ) -> Response:
        if service == "token":
            return self._token(request, quirks)
        if operation == "unknown":
            return Response(
                404,
                b"<html><title>Error 404 (Not Found)!!1</title></html>",
                "text/html; charset=UTF-8",
            )
        if service in quirks.disabled_services:
            raise faults.disabled(service)
        check_scope(self.tokens.grant_of(request), operation)
        read = sheets_service.is_read(operation)
        self.quota.charge(operation, read, request.at)
        if service == "sheets":
            response = self.sheets.handle(operation, parts, request)
        else:
            plain = operation.removesuffix(".media")
            response = self.files.handle(plain, parts, request, quirks, self.page_epoch)
        if self.strict and not operation.startswith("drive.v2"):
            self._check(service, operation.removesuffix(".media"), response)
        return response

    def _check(self, service: str, operation: str, response: Response) -> None:
        try:
            checks.check_answer(service, operation, response.data)
        except checks.MismatchError as error:
            self.mismatches.append(error)

    def _token(self, request: Request, quirks: Quirks) -> Response:
        if abs(quirks.clock_skew) > 300:
            from tests.google.tokens import grant_error

            return grant_error(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim.",
            )
        return self.tokens.exchange(request)

    # --- counting -------------------------------------------------------------------

    def count(self, service: str = "", operation: str = "", path: str = "") -> int:
        """How many calls were received; every argument narrows (path is a regex)."""
        return sum(
            1
            for call in self.calls
            if (not service or call.service == service)
            and (not operation or call.operation == operation)
            and (not path or re.search(path, call.target))
        )

    def tally(self) -> Json:
        by_service: dict[str, int] = {}
        by_operation: dict[str, int] = {}
        for call in self.calls:
            by_service[call.service] = by_service.get(call.service, 0) + 1
            by_operation[call.operation] = by_operation.get(call.operation, 0) + 1
        return {
            "total": len(self.calls),
            "by_service": by_service,
            "by_operation": by_operation,
            "units": sum(call.units for call in self.calls if call.service == "drive"),
            "calls": [asdict(call) for call in self.calls],
        }


def _overridden(request: Request) -> Request:
    """A GET too long for a URI comes as a POST whose form is the query."""
    if request.header("x-http-method-override") != "GET" or request.method != "POST":
        return request
    joint = "&" if "?" in request.target else "?"
    form = request.body.decode("latin-1")
    parse_qsl(form, strict_parsing=bool(form))
    return replace(request, method="GET", target=request.target + joint + form, body=b"")


def as_json(value: Any) -> Any:
    """Sets become lists, for the control answers."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return sorted(value) if isinstance(value, set) else value
