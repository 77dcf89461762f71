"""The thin transport: HTTP/1.1 on loopback, keep-alive, and the faults of a connection."""

from __future__ import annotations

import email.utils
import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.google import control
from tests.google.core import Core
from tests.google.wire import Outcome, Request, Response


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Nagle's algorithm would make every answer wait 40 ms for an acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 120
    server: _Server

    def _serve(self) -> None:
        request = self._request()
        if request is None:
            return
        if request.path.startswith("/_control/"):
            with self.server.lock:
                response = control.handle(self.server.core, request)
            self._send(response)
            return
        self._deliver(self.server.exchange(request))

    def _request(self) -> Request | None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers["x-standin-scheme"] = self.server.scheme
        if "chunked" in headers.get("transfer-encoding", ""):
            body = self._chunks()
        else:
            body = self.rfile.read(int(headers.get("content-length") or 0))
        return Request(self.command, self.path, headers, body, time.monotonic())

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    # --- out ------------------------------------------------------------------------

    def _deliver(self, outcome: Outcome) -> None:
        if outcome.delay and self.server.stopping.wait(outcome.delay):
            self.close_connection = True
            return
        if outcome.delivery in ("drop", "hang"):
            self.close_connection = True
        elif outcome.delivery == "reset":
            self._reset()
        elif outcome.delivery == "truncate":
            self._send(outcome.response, cut=True)
            self.close_connection = True
        else:
            self._send(outcome.response)

    def _send(self, response: Response, cut: bool = False) -> None:
        now = time.time() + self.server.core.quirks.clock_skew
        body = response.body
        lines = [f"HTTP/1.1 {response.status} {_reason(response.status)}"]
        headers = {
            "Content-Type": response.content_type,
            "Date": email.utils.formatdate(now, usegmt=True),
            "Server": "ESF",
            **response.headers,
        }
        if response.status != 204:
            headers["Content-Length"] = str(len(body))
        lines += [f"{name}: {value}" for name, value in headers.items()]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.wfile.write(data + (body[: max(1, len(body) // 2)] if cut else body))
        self.wfile.flush()

    def _reset(self) -> None:
        """Close with a RST instead of a FIN."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError, ssl.SSLError, OSError, ValueError):
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: the call log is the core's."""


for _verb in ("GET", "POST", "PUT", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_verb}", _Handler._serve)


def _reason(status: int) -> str:
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, core: Core, port: int, tls: ssl.SSLContext | None) -> None:
        self.core = core
        self.lock = threading.RLock()
        self.stopping = threading.Event()
        self.scheme = "https" if tls else "http"
        self.failures: list[BaseException] = []
        super().__init__(("127.0.0.1", port), _Handler)
        if tls:
            # The handshake belongs to the connection's thread, not to accept().
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def exchange(self, request: Request) -> Outcome:
        """The core is sequential; waiting happens outside of the lock."""
        try:
            with self.lock:
                return self.core.exchange(request)
        except Exception as error:  # a fault of the stand-in must not pass for Google's
            self.failures.append(error)
            text = f"stand-in: {type(error).__name__}: {error}"
            return Outcome(Response(599, text.encode(), "text/plain; charset=utf-8"))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class Standin:
    """A running stand-in: `with Standin() as google: google.url …; google.core …`."""

    def __init__(
        self, core: Core | None = None, port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.core = core or Core()
        self._server = _Server(self.core, port, tls)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{self._server.scheme}://127.0.0.1:{self.port}"

    @property
    def lock(self) -> threading.RLock:
        """Hold it to change the core while clients are calling."""
        return self._server.lock

    @property
    def failures(self) -> list[BaseException]:
        """Exceptions inside the stand-in and answers off Google's schemas: tests want none."""
        return [*self._server.failures, *self.core.mismatches]

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()
        if self.failures:
            raise AssertionError(f"the stand-in failed: {self.failures[:3]}")
