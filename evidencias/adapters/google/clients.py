"""The two client libraries under one account: paced, patient, counted, and closed at the end."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, TypeVar

from evidencias.adapters.google.auth import Account
from evidencias.adapters.google.endpoint import Endpoint
from evidencias.adapters.google.retry import Limiter, Patience, insist

T = TypeVar("T")
WORKERS = 8
DRIVE_UNITS = 300_000  # of Google's 325,000 a minute and user: others use the account too
SHEETS_CALLS = 55  # of Google's 60 reads, and 60 writes, a minute and user


class Google:
    """Everything the adapters ask of Google goes through here.

    Safe to use from several threads: httplib2 is not, so each thread has its own connection.
    `opening` gives the account when it is first needed, or raises AccessError. Close it (or use it
    as a context manager) when the run ends.
    """

    def __init__(
        self, opening: Callable[[], Account], where: Endpoint, patience: Patience | None = None
    ) -> None:
        self._opening = opening
        self.where = where
        self.patience = patience or Patience()
        self._counts: Counter[str] = Counter({"drive": 0, "sheets": 0})
        self._counting = threading.Lock()
        self._own = threading.local()
        self._opened: list[Any] = []
        self._drive_limit = Limiter(DRIVE_UNITS)
        self._reads = Limiter(SHEETS_CALLS)
        self._writes = Limiter(SHEETS_CALLS)

    @cached_property
    def account(self) -> Account:
        """Who works here, with credentials that can sign calls. Raises AccessError."""
        return self._opening()

    @property
    def who(self) -> str:
        """The account to share things with: an e-mail, or "su cuenta"."""
        return self.account.who

    @property
    def calls(self) -> Mapping[str, int]:
        """Calls made so far to each service, every attempt counted."""
        with self._counting:
            return dict(self._counts)

    @property
    def waits(self) -> int:
        """How many times a service asked to wait."""
        return sum(limit.pauses for limit in (self._drive_limit, self._reads, self._writes))

    def count(self, service: str) -> None:
        """Notes one call about to be sent."""
        with self._counting:
            self._counts[service] += 1

    # --- Drive ------------------------------------------------------------------------

    @cached_property
    def drive(self) -> Any:
        """The Drive v3 resource, built from the library's own copy of Google's description."""
        import json

        from googleapiclient.discovery import build_from_document
        from googleapiclient.discovery_cache import get_static_doc

        document = json.loads(get_static_doc("drive", "v3"))
        if self.where.base:
            document["rootUrl"] = self.where.base + "/"
            document["baseUrl"] = self.where.move(document["baseUrl"])
            document.pop("mtlsRootUrl", None)
        return build_from_document(document, http=self._connection())

    def _connection(self) -> Any:
        """This thread's own signed connection."""
        if not hasattr(self._own, "http"):
            import httplib2
            from google_auth_httplib2 import AuthorizedHttp

            plain = httplib2.Http(timeout=self.patience.timeout)
            # One refresh after a 401: a second 401 is an answer.
            self._own.http = AuthorizedHttp(
                self.account.credentials, http=plain, max_refresh_attempts=1
            )
            with self._counting:
                self._opened.append(self._own.http)
        return self._own.http

    def ask(
        self,
        request: Any,
        units: int,
        keys: Mapping[str, str] | None = None,
        check: Callable[[Any], None] = lambda _: None,
    ) -> Any:
        """The answer to one Drive request (JSON, or bytes). Raises GoogleError.

        `keys` are resource keys by id, for old items shared by link. `check` may refuse an answer
        by raising GoogleError; a passing failure is asked again.
        """
        if keys:
            pairs = ",".join(f"{file}/{key}" for file, key in sorted(keys.items()))
            request.headers["X-Goog-Drive-Resource-Keys"] = pairs

        def once() -> Any:
            self.count("drive")
            answer = request.execute(http=self._connection(), num_retries=0)
            check(answer)
            return answer

        return insist(once, self.patience, self._drive_limit, units)

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        """Threads for calls that do not wait for one another."""
        return ThreadPoolExecutor(WORKERS, thread_name_prefix="google")

    # --- Sheets -----------------------------------------------------------------------

    @cached_property
    def sheets(self) -> Any:
        """gspread's HTTP client on our terms (see `sheets_http`)."""
        from evidencias.adapters.google.sheets_http import open_client

        client = open_client(self)
        self._opened.append(client.session)
        return client

    def paced(self, ask: Callable[[], T], write: bool) -> T:
        """One Sheets call under its quota and the retry policy; a write is never sent blindly."""
        return insist(ask, self.patience, self._writes if write else self._reads, 1, write=write)

    # --- end --------------------------------------------------------------------------

    def close(self) -> None:
        """Ends threads and connections; harmless when called twice."""
        if "pool" in self.__dict__:
            self.pool.shutdown(cancel_futures=True)
            del self.__dict__["pool"]
        while self._opened:
            self._opened.pop().close()
        self._own = threading.local()
        for name in ("drive", "sheets"):
            self.__dict__.pop(name, None)

    def __enter__(self) -> Google:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
