"""A CONNECT proxy that leads real clients, which insist on Google's hosts, to the stand-in."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from typing import Self

_GOOGLE = re.compile(r"(.+\.)?(googleapis|google)\.com")


class Proxy:
    """Tunnels `*.googleapis.com:443` to one loopback port and refuses every other host."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        # Closing alone leaves accept() waiting on some systems.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._tunnel, args=(client,), daemon=True).start()

    def _tunnel(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            host = self._asked_host(client)
            if not _GOOGLE.fullmatch(host):
                client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self.target)) as upstream:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=_pump, args=(upstream, client), daemon=True)
                back.start()
                _pump(client, upstream)
                back.join()

    def _asked_host(self, client: socket.socket) -> str:
        head = b""
        while b"\r\n\r\n" not in head:
            data = client.recv(4096)
            if not data:
                return ""
            head += data
        line = head.split(b"\r\n", 1)[0].decode("latin-1")
        self.asked.append(line)
        found = re.match(r"CONNECT ([^:]+):443 ", line)
        return found[1] if found else ""


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
