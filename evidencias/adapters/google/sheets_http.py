"""gspread's HTTP client on our terms: base address, time-outs, retries and counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gspread.http_client import HTTPClient

from evidencias.adapters.google.failures import GoogleError, of_answer

if TYPE_CHECKING:
    from evidencias.adapters.google.clients import Google

_CONNECT = 20.0


class SheetsHttp(HTTPClient):
    """Sends every call of gspread through the account's policy.

    gspread's own client waits for ever and its retrying one never gives up.
    """

    google: Google

    def request(  # type: ignore[override]  # gspread names every other argument
        self, method: str, endpoint: str, **kwargs: Any
    ) -> Any:
        """One call; a POST or PUT is a write and is not sent again after an unclear answer.

        Raises GoogleError. gspread's own error cannot hold the answer of a proxy.
        """
        google = self.google
        write = method.lower() not in ("get", "head")
        silence = google.patience.write_timeout if write else google.patience.timeout

        def once() -> Any:
            google.count("sheets")
            answer = self.session.request(
                method, google.where.move(endpoint), timeout=(_CONNECT, silence), **kwargs
            )
            if not answer.ok:
                now = datetime.now(UTC)
                failure = of_answer(answer.status_code, answer.headers, answer.content, now)
                raise GoogleError(failure)
            answer.json()  # an answer cut short fails here, where it is asked again
            return answer

        return google.paced(once, write)


def open_client(google: Google) -> SheetsHttp:
    """A client for this account. Close its `session` in the end."""
    from google.auth.transport.requests import AuthorizedSession

    session = AuthorizedSession(
        google.account.credentials,
        max_refresh_attempts=1,
        refresh_timeout=google.patience.timeout,
    )
    client = SheetsHttp(google.account.credentials, session=session)
    client.google = google
    return client
