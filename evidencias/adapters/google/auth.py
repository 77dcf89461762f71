"""Credentials in the documented order, refused with the step to take when they cannot serve."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencias.adapters.google.consent import consented
from evidencias.adapters.google.endpoint import Endpoint
from evidencias.adapters.google.shared_credentials import SharedCredentials
from evidencias.errors import AccessError

METADATA = "https://www.googleapis.com/auth/drive.metadata.readonly"
CONTENT = "https://www.googleapis.com/auth/drive.readonly"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"
SHEETS_READ = "https://www.googleapis.com/auth/spreadsheets.readonly"
YOUR_ACCOUNT = "su cuenta"
ADC_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
_PLACEHOLDERS = ("REEMPLACE", "REPLACE", "YOUR_", "YOUR-", "<")
_EXAMPLE_HINT = (
    "Siga los pasos de docs/google.md para descargar el suyo y ponga su ruta en "
    "[google] credenciales."
)
_AWS, _PROGRAM = "environment_id", "executable"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a workspace asks of Google; the least scopes follow from it."""

    listing: bool = False
    content: bool = False
    write_sheets: bool = False
    read_sheets: bool = False

    @property
    def scopes(self) -> tuple[str, ...]:
        """`drive.readonly` holds `drive.metadata.readonly`, `spreadsheets` its read-only one."""
        drive = (CONTENT,) if self.content else (METADATA,) if self.listing else ()
        sheets = (SHEETS,) if self.write_sheets else (SHEETS_READ,) if self.read_sheets else ()
        return drive + sheets


@dataclass(frozen=True, slots=True)
class Account:
    """Credentials ready to sign calls, and who they are: an e-mail, or "su cuenta"."""

    credentials: SharedCredentials
    who: str
    warning: str = ""


def account(
    path: Path | None, needs: Needs, where: Endpoint, keep: Path, interactive: bool | None = None
) -> Account:
    """The account to work as. `path` is `[google] credenciales`; None means Application Default.

    `keep` is the workspace's private folder, where a consented token may be stored. Raises
    AccessError with the step to take.
    """
    path = path or _default_file()
    if path is None:
        return _ambient(needs, where)
    info = read_file(path)
    ask = sys.stdin.isatty() if interactive is None else interactive
    if "installed" in info or "web" in info:
        signed = consented(_moved(info, where), needs.scopes, keep, ask)
        return Account(SharedCredentials(signed), YOUR_ACCOUNT)
    return Account(
        SharedCredentials(_of_info(_moved(info, where), needs.scopes, where)),
        _who(info),
        _key_warning(info),
    )


def _default_file() -> Path | None:
    named = os.environ.get(ADC_VARIABLE, "").strip()
    return Path(named) if named else None


def read_file(path: Path) -> dict[str, Any]:
    """The credentials in a file, checked. Raises AccessError: missing, open to others, example."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AccessError(
            f"No puedo leer las credenciales de Google en «{path}».", _EXAMPLE_HINT
        ) from error
    refuse_readable(path)
    try:
        info = json.loads(text)
    except ValueError:
        info = None
    if not isinstance(info, dict):
        raise AccessError(f"«{path.name}» no es un archivo de credenciales.", _EXAMPLE_HINT)
    _refuse_placeholders(path, info)
    return info


def refuse_readable(path: Path) -> None:
    """On POSIX a key that group or others can read is no secret any more."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise AccessError(
            f"Otras personas de este equipo pueden leer «{path.name}».",
            f"Ejecute: chmod 600 '{path}'",
        )


def _refuse_placeholders(path: Path, info: Mapping[str, Any]) -> None:
    inner = info.get("installed") or info.get("web") or info
    texts = [str(value) for value in inner.values()] if isinstance(inner, dict) else []
    if any(t.lstrip().upper().startswith(_PLACEHOLDERS) for t in texts):
        raise AccessError(f"«{path.name}» todavía es el ejemplo, sin sus datos.", _EXAMPLE_HINT)


def _moved(value: Any, where: Endpoint) -> Any:
    """The same credentials with every service address at the endpoint."""
    if not where.base:
        return value
    if isinstance(value, dict):
        return {key: _moved_field(key, inner, where) for key, inner in value.items()}
    return value


def _moved_field(key: str, value: Any, where: Endpoint) -> Any:
    if key in ("token_uri", "token_url"):
        return where.token_url
    if key.endswith("_url") and isinstance(value, str) and key != "auth_provider_x509_cert_url":
        return where.move(value)
    return _moved(value, where)


def _of_info(info: Mapping[str, Any], scopes: tuple[str, ...], where: Endpoint) -> Any:
    """google-auth's credentials for the file's type; each loader is named, never guessed."""
    makers = {
        "service_account": _service_account,
        "authorized_user": _authorized_user,
        "external_account": _external,
        "impersonated_service_account": _impersonated,
    }
    kind = str(info.get("type", ""))
    if kind not in makers:
        raise AccessError(
            f"No conozco credenciales de tipo «{kind or 'sin tipo'}».",
            "Sirven: cuenta de servicio, usuario autorizado, cuenta externa, cuenta "
            "suplantada o aplicación de escritorio (docs/google.md).",
        )
    try:
        return makers[kind](info, scopes, where)
    except (ValueError, KeyError, TypeError) as error:
        raise AccessError(
            "Las credenciales de Google están incompletas o dañadas.",
            "Descárguelas otra vez de Google Cloud, sin editarlas.",
        ) from error


def _service_account(info: Mapping[str, Any], scopes: tuple[str, ...], _: Endpoint) -> Any:
    from google.oauth2 import service_account

    return service_account.Credentials.from_service_account_info(info, scopes=scopes)


def _authorized_user(info: Mapping[str, Any], scopes: tuple[str, ...], where: Endpoint) -> Any:
    from google.oauth2 import credentials

    made = credentials.Credentials.from_authorized_user_info(info, scopes=scopes)
    # google-auth overrides the token address of these files; this puts ours back.
    return made.with_token_uri(where.token_url) if where.base else made


def _external(info: Mapping[str, Any], scopes: tuple[str, ...], _: Endpoint) -> Any:
    from google.auth import aws, identity_pool, pluggable

    source = info["credential_source"]
    maker = aws if _AWS in source else pluggable if _PROGRAM in source else identity_pool
    return maker.Credentials.from_info(info, scopes=scopes)


def _impersonated(info: Mapping[str, Any], scopes: tuple[str, ...], where: Endpoint) -> Any:
    from google.auth import impersonated_credentials

    source = _of_info(info["source_credentials"], (_CLOUD,), where)
    target = str(info["service_account_impersonation_url"]).rpartition("/")[2].partition(":")[0]
    override = where.move(_IAM.format(target)) if where.base else None
    return impersonated_credentials.Credentials(
        source_credentials=source,
        target_principal=target,
        target_scopes=list(scopes),
        delegates=info.get("delegates"),
        iam_endpoint_override=override,
    )


_CLOUD = "https://www.googleapis.com/auth/cloud-platform"
_IAM = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{}:generateAccessToken"


def _ambient(needs: Needs, where: Endpoint) -> Account:
    """Application Default Credentials: an attached account, federation or gcloud's login."""
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    try:
        found, _ = google.auth.default(scopes=list(needs.scopes))
    except DefaultCredentialsError as error:
        raise AccessError(
            "No hay credenciales de Google en este equipo.",
            "Guárdelas como «credentials.json» en la carpeta de evidencias.toml (docs/google.md "
            "dice cómo obtenerlas) y ejecute de nuevo. Si evidencias.toml ya existe, escriba en "
            '[google] credenciales = "credentials.json".',
        ) from error
    if where.base and hasattr(found, "with_token_uri"):
        found = found.with_token_uri(where.token_url)
    email = str(getattr(found, "service_account_email", "") or "")
    return Account(SharedCredentials(found), email if "@" in email else YOUR_ACCOUNT)


def _who(info: Mapping[str, Any]) -> str:
    if email := info.get("client_email"):
        return str(email)
    url = str(info.get("service_account_impersonation_url", ""))
    target = url.rpartition("/")[2].partition(":")[0]
    return target if "@" in target else YOUR_ACCOUNT


def _key_warning(info: Mapping[str, Any]) -> str:
    if info.get("type") != "service_account":
        return ""
    return (
        "Las credenciales son una clave de cuenta de servicio: guárdela como una contraseña y "
        "cámbiela cada año."
    )
