"""The stand-in under Google's own host names: TLS with a test authority behind a proxy."""

from __future__ import annotations

import contextlib
import os
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.google.core import Core
from tests.google.proxy import Proxy
from tests.google.server import Standin


@dataclass(frozen=True)
class RealHosts:
    """What a client outside of this process needs to find the stand-in."""

    standin: Standin
    proxy: Proxy
    authority: Path

    @property
    def environment(self) -> dict[str, str]:
        """The caller's environment with every call to Google led here."""
        kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        own = {"HTTPS_PROXY": self.proxy.url, "https_proxy": self.proxy.url}
        return {**kept, **own, "SSL_CERT_FILE": str(self.authority)}


@contextlib.contextmanager
def real_hosts(core: Core, directory: Path) -> Iterator[RealHosts]:
    """Serve `core` as *.googleapis.com; the authority's certificate is written to `directory`."""
    import trustme

    authority = trustme.CA()
    certificate = authority.issue_cert("*.googleapis.com", "*.google.com")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    path = directory / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    with Standin(core, tls=context) as standin, Proxy(standin.port) as proxy:
        yield RealHosts(standin, proxy, path)
