"""The OAuth token endpoint: JWT-bearer and refresh grants, and what each token may do."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tests.google.wire import ApiError, Json, Request, Response, answer

BASE = "https://www.googleapis.com/auth/"
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass(frozen=True)
class Grant:
    """Who holds a token and for what; no scopes means that nothing is checked."""

    subject: str
    scopes: frozenset[str]


def grant_error(error: str, description: str, status: int = 400) -> Response:
    return answer({"error": error, "error_description": description}, status)


class Tokens:
    """Tokens given out here are known; any other bearer token is taken as full access."""

    def __init__(self) -> None:
        self.issued: dict[str, Grant] = {}
        self.expired: set[str] = set()
        self.revoked_refresh: set[str] = set()
        self.lifetime = 3599

    def expire_all(self) -> None:
        """Every token given so far answers 401 from now on."""
        self.expired |= set(self.issued)

    def exchange(self, request: Request) -> Response:
        form = dict(parse_qsl(request.body.decode("latin-1"), keep_blank_values=True))
        grant = form.get("grant_type")
        if grant == _JWT:
            claims = _claims(form.get("assertion", ""))
            if claims is None:
                return grant_error("invalid_grant", "Invalid JWT: Failed to parse.")
            return self._issue(str(claims.get("iss", "")), str(claims.get("scope", "")))
        if grant == "refresh_token":
            if form.get("refresh_token", "") in self.revoked_refresh | {""}:
                return grant_error("invalid_grant", "Token has been expired or revoked.")
            return self._issue(form.get("client_id", ""), form.get("scope", ""))
        if grant == "authorization_code":
            issued = self._issue(form.get("client_id", ""), form.get("scope", ""))
            return answer({**issued.data, "refresh_token": "1//refresco-de-prueba"})
        return grant_error("unsupported_grant_type", f"Invalid grant_type: {grant}")

    def _issue(self, subject: str, scope: str) -> Response:
        token = f"ya29.prueba-{len(self.issued) + 1}"
        self.issued[token] = Grant(subject, frozenset(scope.split()))
        body: Json = {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}
        if scope:
            body["scope"] = scope
        return answer(body)

    def grant_of(self, request: Request) -> Grant:
        """The grant behind the bearer token; raises the 401 of a missing or expired one."""
        from tests.google.faults import unauthenticated

        kind, _, token = request.header("authorization").partition(" ")
        token = token.strip() if kind else request.query.get("access_token", "")
        if (kind and kind.lower() != "bearer") or not token or token in self.expired:
            raise unauthenticated()
        return self.issued.get(token, Grant("", frozenset()))


def _claims(assertion: str) -> Json | None:
    parts = assertion.split(".")
    if len(parts) != 3:
        return None
    try:
        held = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error):
        return None
    return held if isinstance(held, dict) else None


_CONTENT = {BASE + "drive", BASE + "drive.file", BASE + "drive.readonly"}


def needed(operation: str) -> set[str]:
    """The scopes of which one must be granted, as the discovery document lists them."""
    from tests.google.schemas import methods

    if operation == "drive.files.get.media":
        return _CONTENT
    method = methods(operation.split(".", maxsplit=1)[0]).get(operation)
    return set(method.get("scopes", [])) if method else set()


def check_scope(grant: Grant, operation: str) -> None:
    wanted = needed(operation)
    if not grant.scopes or not wanted or grant.scopes & wanted:
        return
    service = operation.split(".", maxsplit=1)[0]
    raise ApiError(
        403,
        "Request had insufficient authentication scopes.",
        "insufficientPermissions",
        status="PERMISSION_DENIED",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
                "metadata": {"service": f"{service}.googleapis.com", "method": operation},
            }
        ],
    )
