"""Where Google's services are: at Google, or all of them below one loopback address."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from evidencias.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`base` is a loopback URL without a final slash, or "" for Google itself."""

    base: str = ""

    def move(self, url: str) -> str:
        """The same path and query at the endpoint; the URL itself when Google is meant."""
        if not self.base:
            return url
        parts = urlsplit(url)
        return f"{self.base}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    @property
    def token_url(self) -> str:
        """Where tokens are granted, or "" to keep what the credentials say."""
        return f"{self.base}/token" if self.base else ""


def endpoint(text: str) -> Endpoint:
    """Reads `[google] endpoint`. Raises ConfigError for any host but this machine's own."""
    text = text.strip().rstrip("/")
    if not text:
        return Endpoint()
    if not _is_loopback(text):
        raise ConfigError(
            f"[google] endpoint: «{text}» no está en este equipo.",
            (f"[google] endpoint: «{text}» no es una dirección local",),
            "Solo se acepta una dirección como http://127.0.0.1:8080 (es para ensayos). "
            "Para usar Google, deje la clave vacía y quite EVIDENCIAS_GOOGLE_ENDPOINT.",
        )
    return Endpoint(text)


def _is_loopback(text: str) -> bool:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        return False
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
