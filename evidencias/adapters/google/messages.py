"""What a failed Google call says to an official: cause and step, in the tool's voice."""

from __future__ import annotations

from evidencias.adapters.google.failures import Failure, Outcome
from evidencias.errors import AccessError, EvidenciasError, SourceError

_DISABLED = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_SCOPES = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
_APIS = {"drive": "Google Drive API", "sheets": "Google Sheets API"}


def told(failure: Failure, thing: str, who: str, service: str = "drive") -> EvidenciasError:
    """The error for a person. `thing` names what was asked for, as «la carpeta de evidencias».

    `who` is the account to share with: an e-mail, or "su cuenta".
    """
    if failure.outcome is Outcome.CREDENTIALS:
        return credentials_error(failure, who)
    if failure.passing:
        return SourceError(
            f"Google no respondió bien al leer o escribir {thing} ({_short(failure)}).",
            "No se perdió nada. Ejecute de nuevo en unos minutos.",
        )
    return _refusal(failure, thing, who, service)


def _refusal(failure: Failure, thing: str, who: str, service: str) -> EvidenciasError:
    if failure.reasons & _DISABLED:
        return AccessError(
            f"La {_APIS[service]} no está habilitada en el proyecto de Google de las credenciales.",
            "Ábrala en https://console.cloud.google.com/apis/library, oprima «Habilitar», "
            "espere unos minutos y ejecute de nuevo.",
        )
    if failure.reasons & _SCOPES or "insufficient authentication scopes" in failure.message:
        return AccessError(
            f"El permiso dado a {who} no alcanza para {thing}.",
            "Borre el permiso guardado y vuelva a darlo con «evidencias diagnosticar».",
        )
    if failure.status == 401:
        return AccessError(
            f"Google no aceptó las credenciales de {who}.",
            "Ejecute «evidencias diagnosticar» y siga el paso que indique.",
        )
    return _out_of_room(failure, thing, who) or _not_shared(failure, thing, who)


def _out_of_room(failure: Failure, thing: str, who: str) -> EvidenciasError | None:
    if "dailyLimitExceeded" in failure.reasons:
        return AccessError(
            "El proyecto de Google agotó su cuota del día.",
            "Ejecute mañana, o pida más cuota en la consola de Google Cloud.",
        )
    if "storageQuotaExceeded" in failure.reasons:
        return AccessError(
            f"No hay espacio en Google Drive para escribir {thing}.",
            "Una cuenta de servicio no puede tener archivos: cree la hoja usted y compártala "
            f"con {who} como Editor.",
        )
    if "domainPolicy" in failure.reasons:
        return AccessError(
            f"La organización no permite que {who} abra {thing}.",
            "Pida al administrador de Google Workspace que lo autorice.",
        )
    return None


def _not_shared(failure: Failure, thing: str, who: str) -> EvidenciasError:
    whom = who if "@" in who else "la cuenta de Google con la que usted dio el permiso"
    if failure.status == 404:
        return AccessError(
            f"No encuentro {thing}: no existe o no está compartida con {who}.",
            f"Compártala con {whom} y ejecute de nuevo. Si ya está compartida, revise la "
            "dirección.",
        )
    if failure.status == 403:
        return AccessError(
            f"{who[:1].upper()}{who[1:]} no tiene permiso para {thing}.",
            f"Compártala con {whom} (la carpeta como Lector, la hoja del registro como Editor).",
        )
    return SourceError(
        f"Google no aceptó lo que se le pidió sobre {thing} ({_short(failure)}).",
        "No se perdió nada. Ejecute de nuevo; si se repite, envíe el registro (-v) a soporte.",
    )


def _short(failure: Failure) -> str:
    if not failure.status:
        return "se cortó la conexión o tardó demasiado"
    return f"código {failure.status}"


def credentials_error(failure: Failure, who: str) -> EvidenciasError:
    """No token: expired consent, a deleted key, a wrong clock, a wrong scope."""
    words = failure.message.lower()
    if any(w in words for w in ("short-lived", "iat", "reasonable timeframe", "clock")):
        return AccessError(
            "Google rechazó las credenciales porque la hora de este equipo no es correcta.",
            "Ponga la hora en automático (Configuración, Hora e idioma) y ejecute de nuevo.",
        )
    if failure.reasons & {"invalid_scope", "unauthorized_client", "access_denied"}:
        return AccessError(
            f"Google no concede a {who} los permisos que se necesitan.",
            "Vuelva a dar el consentimiento con «evidencias diagnosticar», o pida al "
            "administrador que autorice la cuenta.",
        )
    if "invalid_grant" in failure.reasons and "@" not in who:
        return AccessError(
            "El consentimiento dado a Google venció o fue retirado.",
            "Vuelva a darlo con «evidencias diagnosticar» (o con «gcloud auth application-default "
            "login», si así lo dio). Si vence cada 7 días, la aplicación está en modo de prueba "
            "(Testing): publíquela como interna en Google Cloud.",
        )
    return AccessError(
        f"Google no aceptó las credenciales de {who}.",
        "La clave fue borrada o la cuenta está inhabilitada: cree otra clave en Google Cloud y "
        "ponga su ruta en [google] credenciales.",
    )
