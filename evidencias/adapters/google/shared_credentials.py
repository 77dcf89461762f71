"""One token for all threads: credentials that are refreshed by one caller at a time."""

from __future__ import annotations

import threading
from typing import Any

from google.auth import credentials


class SharedCredentials(credentials.Credentials):
    """Wraps any google-auth credentials.

    google-auth's own objects refresh once per thread that finds the token stale, and start
    background look-ups of regional boundaries that the tool has no use for; a plain wrapper does
    neither.
    """

    def __init__(self, inner: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        self.inner = inner
        self._lock = threading.Lock()
        self._adopt()

    def _adopt(self) -> None:
        self.token, self.expiry = self.inner.token, self.inner.expiry

    @property
    def quota_project_id(self) -> str | None:
        """The project that answers for the quota of a person's credentials."""
        found = getattr(self.inner, "quota_project_id", None)
        return str(found) if found else None

    def refresh(self, request: Any) -> None:
        """A new token, unless another thread brought one while this one waited."""
        stale = self.token
        with self._lock:
            if self.token != stale and self.valid:
                return
            self.inner.refresh(request)
            self._adopt()

    def apply(self, headers: Any, token: str | None = None) -> None:
        """Signs a call."""
        super().apply(headers, token)  # type: ignore[no-untyped-call]  # likewise
        if self.quota_project_id:
            headers["x-goog-user-project"] = self.quota_project_id
