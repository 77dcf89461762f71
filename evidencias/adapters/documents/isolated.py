"""Reading documents in a process of its own, so that a file that hangs or crashes harms nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import queue
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from evidencias.adapters.documents.extract import extract
from evidencias.adapters.documents.limits import Limits
from evidencias.domain.model import Document

_GRACE = 10.0  # start of the process and the last step of a reader that checks its own clock


class Isolated:
    """Extracts documents in one helper process, started when first needed and after a failure.

    Use it as a context manager; `read` may be called from one thread at a time, `close` from any.
    """

    def __init__(self, limits: Limits = Limits(), patience: float | None = None) -> None:
        self.limits = limits
        self.patience = limits.seconds + _GRACE if patience is None else patience
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._closed = False
        self._answers: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> Isolated:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The helper's process id, None while there is none."""
        return self._process.pid if self._process else None

    def read(self, name: str, mime: str, path: Path) -> Document:
        """The document at `path`; a helper that dies twice or takes too long is a `problem`."""
        request = json.dumps([name, mime, str(path)]).encode("ascii") + b"\n"
        try:
            answer = self._ask(request) or self._ask(request)
        except queue.Empty:
            self._end()
            problem = "tardó demasiado en leerse; no se leyó su texto"
            return Document(problem=problem, lasting=False)
        if self._closed:
            return Document(problem="se interrumpió la lectura", lasting=False)
        if answer is None:
            problem = "no se pudo leer su texto: el archivo hace fallar al lector"
            return Document(problem=problem, lasting=False)
        return _decode(answer)

    def _ask(self, request: bytes) -> bytes | None:
        """The helper's answer, None where it died; raises queue.Empty where it takes too long."""
        try:
            self._send(request)
            answer = self._answers.get(timeout=self.patience)
        except OSError:
            answer = b""
        if not answer:
            self._end()
        return answer or None

    def close(self) -> None:
        """Ends the helper process, if any, and starts no other: a reading under way gives up."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._listener is not None:
            self._listener.join()  # before its pipe is closed under it
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # a request it did not take is still waiting
                    pipe.close()

    def _send(self, request: bytes) -> None:
        if self._closed:
            raise BrokenPipeError
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(request)
        self._process.stdin.flush()

    def _start(self) -> None:
        self._end()
        self._answers = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "evidencias.adapters.documents.isolated", *_argv(self.limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdout is not None
        self._listener = threading.Thread(
            target=_listen, args=(self._process.stdout, self._answers), daemon=True
        )
        self._listener.start()


def _listen(pipe: IO[bytes], answers: queue.Queue[bytes]) -> None:
    """Passes every answer on; an empty one tells that the process ended."""
    try:
        for line in pipe:
            answers.put(line)
    except ValueError:  # the pipe was closed meanwhile
        pass
    answers.put(b"")


def _argv(limits: Limits) -> list[str]:
    return [json.dumps(dataclasses.asdict(limits))]


def _encode(document: Document) -> bytes:
    taken = document.photo_taken.isoformat() if document.photo_taken else None
    fields = [document.text, taken, document.problem, document.damaged, document.lasting]
    return json.dumps(fields).encode("ascii") + b"\n"


def _decode(answer: bytes) -> Document:
    text, taken, problem, damaged, lasting = json.loads(answer)
    moment = datetime.fromisoformat(taken) if taken else None
    return Document(text, moment, problem, damaged, lasting)


def _serve(argv: list[str]) -> None:
    """The helper: one request line in, one answer line out, until its input ends."""
    limits = Limits(**json.loads(argv[0]))
    _bound_memory(limits.memory)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing a library prints may mix with the answers
    for line in sys.stdin.buffer:
        name, mime, path = json.loads(line)
        answers.write(_encode(extract(name, mime, Path(path), limits)))
        answers.flush()


def _bound_memory(size: int) -> None:
    """Where the system allows it, a document that wants too much memory ends only the helper."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))


if __name__ == "__main__":
    _serve(sys.argv[1:])
