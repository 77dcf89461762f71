"""A file as files.get shows it: only the properties that were asked for are computed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from tests.google.drive_state import DOC, FORM, ME, SHEET, SHORTCUT, SLIDES, Drive, File

Json = dict[str, Any]
DEFAULT = ("kind", "id", "name", "mimeType", "driveId", "teamDriveId", "resourceKey")
_OPEN = {DOC: "document", SHEET: "spreadsheets", SLIDES: "presentation", FORM: "forms"}


def user(email: str) -> Json:
    return {
        "kind": "drive#user",
        "displayName": email.split("@", maxsplit=1)[0],
        "me": email == ME,
        "permissionId": str(abs(hash_text(email))).zfill(20)[:20],
        "emailAddress": email,
    }


def hash_text(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:16], 16)


def web_link(file: File) -> str:
    kind = _OPEN.get(file.mime)
    if kind:
        return f"https://docs.google.com/{kind}/d/{file.id}/edit?usp=drivesdk"
    if file.is_folder:
        return f"https://drive.google.com/drive/folders/{file.id}"
    return f"https://drive.google.com/file/d/{file.id}/view?usp=drivesdk"


def _shortcut(drive: Drive, file: File) -> Json | None:
    if file.mime != SHORTCUT:
        return None
    found: Json = {"targetId": file.target or ""}
    target = drive.files.get(file.target or "")
    # The type was recorded when the shortcut was made: it stays when the target is gone.
    mime = target.mime if target else file.extra.get("targetMimeType")
    if mime:
        found["targetMimeType"] = mime
    if target and target.resource_key:
        found["targetResourceKey"] = target.resource_key
    return found


def _capabilities(drive: Drive, file: File) -> Json:
    edit = file.can_edit
    found = {"canEdit": edit, "canCopy": not file.is_folder, "canRename": edit, "canTrash": edit}
    found |= {"canDownload": not file.is_folder, "canListChildren": file.is_folder}
    found |= {"canAddChildren": edit and file.is_folder, "canShare": edit}
    found |= {"canDelete": edit and (file.drive is not None or file.owner == ME)}
    return found


def _extension(file: File) -> str | None:
    if file.is_native:
        return None
    return file.name.rsplit(".", 1)[1] if "." in file.name else ""


def _permissions(drive: Drive, file: File) -> list[Json] | None:
    """Only who may share a file sees them; everybody sees `permissionIds`."""
    if file.drive or not file.can_edit:
        return None
    return [{"kind": "drive#permission", **p} for p in all_permissions(drive, file)]


def all_permissions(drive: Drive, file: File) -> list[Json]:
    """The owner's, the file's own and those inherited from folders."""
    found: dict[str, Json] = {}
    for holder in [*reversed(list(drive.ancestors(file))), file]:
        for held in holder.permissions.values():
            if held["role"] != "owner" or holder is file:
                found[held["id"]] = held
    if not file.drive and not any(p["role"] == "owner" for p in found.values()):
        owner = user(file.owner)
        first = {"id": owner["permissionId"], "type": "user", "role": "owner"}
        first |= {"emailAddress": file.owner, "displayName": owner["displayName"]}
        found = {first["id"]: first, **found}
    return list(found.values())


def _shared(drive: Drive, file: File) -> bool | None:
    if file.drive:
        return None
    return file.owner != ME or len(all_permissions(drive, file)) > 1


def _parents(drive: Drive, file: File) -> list[str] | None:
    parent = drive.visible_parent(file)
    return [parent] if parent else None


def _export_links(file: File) -> Json | None:
    from tests.google.exports import formats

    kind = _OPEN.get(file.mime)
    if not kind:
        return None
    base = f"https://docs.google.com/feeds/download/{kind}/Export?id={file.id}&exportFormat="
    return {mime: base + ext for mime, ext in formats(file.mime).items()}


def _download(file: File) -> str | None:
    if file.is_native:
        return None
    return f"https://drive.google.com/uc?id={file.id}&export=download"


def _sha(file: File, name: str) -> str | None:
    """Drive has them for most files; here, for those whose bytes are at hand."""
    if file.is_native or not isinstance(file.content, bytes):
        return None
    return hashlib.new(name, file.content).hexdigest()


def _size(drive: Drive, file: File) -> str | None:
    return None if file.is_native else str(file.size or 0)


def _inherited_trash(drive: Drive, file: File) -> bool:
    return drive.is_trashed(file)


_READ: dict[str, Callable[[Drive, File], Any]] = {
    "kind": lambda d, f: "drive#file",
    "id": lambda d, f: f.id,
    "name": lambda d, f: f.name,
    "mimeType": lambda d, f: f.mime,
    "description": lambda d, f: f.extra.get("description"),
    "starred": lambda d, f: bool(f.extra.get("starred", False)),
    "trashed": _inherited_trash,
    "explicitlyTrashed": lambda d, f: f.trashed,
    "trashedTime": lambda d, f: f.extra.get("trashedTime") if f.drive else None,
    "parents": _parents,
    "properties": lambda d, f: f.extra.get("properties"),
    "appProperties": lambda d, f: f.extra.get("appProperties"),
    "spaces": lambda d, f: ["drive"],
    "version": lambda d, f: str(f.version),
    "webContentLink": lambda d, f: _download(f),
    "webViewLink": lambda d, f: web_link(f),
    "iconLink": lambda d, f: f"https://drive-thirdparty.googleusercontent.com/16/type/{f.mime}",
    "hasThumbnail": lambda d, f: False,
    "thumbnailVersion": lambda d, f: "0",
    "viewedByMe": lambda d, f: False,
    "createdTime": lambda d, f: f.created,
    "modifiedTime": lambda d, f: f.modified,
    "modifiedByMe": lambda d, f: f.owner == ME and not f.drive,
    "sharedWithMeTime": lambda d, f: f.created if f.shared_with_me else None,
    "owners": lambda d, f: None if f.drive else [user(f.owner)],
    "ownedByMe": lambda d, f: None if f.drive else f.owner == ME,
    "driveId": lambda d, f: f.drive,
    "teamDriveId": lambda d, f: f.drive,
    "lastModifyingUser": lambda d, f: user(f.owner),
    "shared": _shared,
    "capabilities": _capabilities,
    "viewersCanCopyContent": lambda d, f: True,
    "copyRequiresWriterPermission": lambda d, f: False,
    "writersCanShare": lambda d, f: None if f.drive else True,
    "permissions": _permissions,
    "permissionIds": lambda d, f: None if f.drive else [p["id"] for p in all_permissions(d, f)],
    "hasAugmentedPermissions": lambda d, f: False if f.drive else None,
    "originalFilename": lambda d, f: (
        None if f.is_native else f.extra.get("originalFilename", f.name)
    ),
    "fullFileExtension": lambda d, f: _extension(f),
    "fileExtension": lambda d, f: _extension(f),
    "md5Checksum": lambda d, f: None if f.is_native else f.md5,
    "sha1Checksum": lambda d, f: _sha(f, "sha1"),
    "sha256Checksum": lambda d, f: _sha(f, "sha256"),
    "size": _size,
    "quotaBytesUsed": lambda d, f: "0" if f.is_native else str(f.size or 0),
    "headRevisionId": lambda d, f: None if f.is_native else f.head,
    "imageMediaMetadata": lambda d, f: f.extra.get("imageMediaMetadata"),
    "videoMediaMetadata": lambda d, f: f.extra.get("videoMediaMetadata"),
    "isAppAuthorized": lambda d, f: True,
    "exportLinks": lambda d, f: _export_links(f),
    "shortcutDetails": _shortcut,
    "linkShareMetadata": lambda d, f: {
        "securityUpdateEligible": False,
        "securityUpdateEnabled": True,
    },
    "resourceKey": lambda d, f: f.resource_key,
}


def view(drive: Drive, file: File, names: Iterable[str] | None = None) -> Json:
    """The resource with the named properties (all with None); absent ones are left out."""
    found: Json = {}
    for name in _READ if names is None else names:
        read = _READ.get(name)
        value = read(drive, file) if read else None
        if value is not None:
            found[name] = value
    return found
