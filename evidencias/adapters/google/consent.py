"""The browser consent of a desktop application, and where its token is kept: never in the open."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from evidencias.errors import AccessError

log = logging.getLogger("evidencias.google")
TOKEN_FILE = "google-token.json"  # noqa: S105 - a file name
_SERVICE = "evidencias"
_DONE = "Permiso recibido. Ya puede cerrar esta pestaña y volver a evidencias."


class TokenStore:
    """Keeps one consented token in the system's keyring, else in a file of mode 0600."""

    def __init__(self, folder: Path, client_id: str) -> None:
        self.path = folder / TOKEN_FILE
        self.client_id = client_id

    def load(self) -> dict[str, Any] | None:
        """The stored token of this client, or None."""
        text = self._from_keyring() or self._from_file()
        try:
            held = json.loads(text) if text else None
        except ValueError:
            return None
        if not isinstance(held, dict) or held.get("client_id") != self.client_id:
            return None
        return held

    def save(self, text: str) -> None:
        """Replaces the stored token."""
        if not self._to_keyring(text):
            write_private(self.path, text)

    def forget(self) -> None:
        """Drops the stored token, so that consent is asked for again."""
        keyring = _keyring()
        if keyring is not None:
            with suppress(Exception):  # nothing stored, or a locked keyring: both mean "none"
                keyring.delete_password(_SERVICE, self.client_id)
        self.path.unlink(missing_ok=True)

    def _from_keyring(self) -> str | None:
        keyring = _keyring()
        if keyring is None:
            return None
        with suppress(Exception):  # a locked or absent keyring is the same as an empty one
            found = keyring.get_password(_SERVICE, self.client_id)
            return str(found) if found else None
        return None

    def _to_keyring(self, text: str) -> bool:
        keyring = _keyring()
        if keyring is None:
            return False
        try:
            keyring.set_password(_SERVICE, self.client_id, text)
        except Exception:
            return False
        return True

    def _from_file(self) -> str | None:
        if not self.path.is_file():
            return None
        from evidencias.adapters.google.auth import refuse_readable

        refuse_readable(self.path)
        return self.path.read_text(encoding="utf-8")


def _keyring() -> Any:
    """The keyring library when it is installed and has a place to keep things."""
    try:
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), NoKeyring) else keyring


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".nuevo")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def consented(
    info: Mapping[str, Any], scopes: Sequence[str], folder: Path, interactive: bool
) -> Any:
    """google-auth credentials of a person who consented; asks in the browser when it must.

    Raises AccessError when consent is missing and nobody is there to give it.
    """
    client = info.get("installed") or info.get("web") or {}
    store = TokenStore(folder, str(client.get("client_id", "")))
    held = store.load()
    if held and set(scopes) <= set(held.get("scopes") or ()):
        return _usable(held, client, store, interactive) or _ask(info, scopes, store, interactive)
    return _ask(info, scopes, store, interactive)


def _usable(
    held: Mapping[str, Any], client: Mapping[str, Any], store: TokenStore, interactive: bool
) -> Any:
    """Credentials of a stored token; None when it no longer works and consent can be asked for."""
    from google.auth.exceptions import RefreshError
    from google.auth.transport.requests import Request
    from google.oauth2.credentials import Credentials

    made = Credentials.from_authorized_user_info(dict(held), scopes=held.get("scopes"))
    made = made.with_token_uri(client.get("token_uri") or made.token_uri)
    if not interactive:
        return made
    try:
        made.refresh(Request())
    except RefreshError as error:
        if error.retryable:
            return made
        store.forget()
        return None
    return made


def _ask(
    info: Mapping[str, Any], scopes: Sequence[str], store: TokenStore, interactive: bool
) -> Any:
    if not interactive:
        raise AccessError(
            "Falta su permiso para entrar a Google Drive.",
            "Abra una terminal, ejecute «evidencias diagnosticar» y acepte en el navegador.",
        )
    from google_auth_oauthlib.flow import InstalledAppFlow

    flow = InstalledAppFlow.from_client_config(dict(info), scopes=list(scopes))
    made = flow.run_local_server(
        port=0,
        authorization_prompt_message="Acepte el permiso en el navegador: {url}",
        success_message=_DONE,
        prompt="consent",
    )
    store.save(made.to_json())
    log.info("Permiso guardado.")
    return made
