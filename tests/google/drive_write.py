"""Creating, changing, copying and deleting files, their permissions, and shared drives."""

from __future__ import annotations

from typing import Any

from tests.google.drive_files import lookup, mask_of, shaped
from tests.google.drive_state import (
    DOC,
    FOLDER,
    ME,
    SHEET,
    SHORTCUT,
    SLIDES,
    Drive,
    File,
    permission,
)
from tests.google.drive_view import all_permissions, user
from tests.google.exports import XLSX, formats
from tests.google.idents import rfc3339
from tests.google.masks import cut
from tests.google.quirks import Quirks
from tests.google.wire import ApiError, Json, Request

_PLAIN = ("description", "starred", "properties", "appProperties", "originalFilename")


def forbidden(message: str = "") -> ApiError:
    text = message or "The user does not have sufficient permissions for this file."
    return ApiError(403, text, "insufficientFilePermissions")


def parent_for(drive: Drive, request: Request, metadata: Json) -> str:
    parents = metadata.get("parents") or ["root"]
    if len(parents) > 1:
        raise ApiError(
            403, "A file cannot be added to multiple folders.", "multipleParentsNotSupported"
        )
    parent = lookup(drive, request, parents[0])
    if not parent.can_edit:
        raise forbidden("Insufficient permissions for the specified parent.")
    return parent.id


def create(drive: Drive, request: Request, metadata: Json, quirks: Quirks) -> File:
    """A new file without content (an upload adds it)."""
    parent = parent_for(drive, request, metadata)
    mime = metadata.get("mimeType") or "application/octet-stream"
    if quirks.no_storage and not drive.files[parent].drive and mime not in (FOLDER, SHORTCUT):
        raise ApiError(
            403,
            "Service Accounts do not have storage quota. Leverage shared drives, or use OAuth "
            "delegation instead.",
            "storageQuotaExceeded",
            domain="usageLimits",
        )
    now = drive.clock.tick()
    native = mime.startswith("application/vnd.google-apps.")
    file_id = metadata.get("id") or drive.idents.file(native and mime not in (FOLDER, SHORTCUT))
    if file_id in drive.files:
        raise ApiError(409, "A file already exists with the provided ID.", "fileIdInUse")
    file = File(
        file_id,
        metadata.get("name") or "Untitled",
        mime,
        parent,
        rfc3339(metadata["createdTime"]) if metadata.get("createdTime") else now,
        rfc3339(metadata["modifiedTime"]) if metadata.get("modifiedTime") else now,
    )
    file.extra.update({k: metadata[k] for k in _PLAIN if metadata.get(k) is not None})
    if mime == SHORTCUT:
        details = metadata.get("shortcutDetails") or {}
        target = lookup(drive, request, details.get("targetId", ""))
        file.target = target.id
        file.extra["targetMimeType"] = target.mime
    if not native:
        drive.set_content(file, b"")
    return drive.add(file)


def update(drive: Drive, request: Request, file: File, metadata: Json) -> File:
    if not file.can_edit:
        raise forbidden()
    _move(drive, request, file)
    if "name" in metadata:
        file.name = metadata["name"]
    if metadata.get("mimeType"):
        file.mime = metadata["mimeType"]
    file.extra.update({k: metadata[k] for k in _PLAIN if k in metadata})
    if "trashed" in metadata:
        file.trashed = bool(metadata["trashed"])
    if metadata.get("modifiedTime"):
        drive.touch(file, rfc3339(metadata["modifiedTime"]))
    elif metadata or not request.query.keys() & {"addParents", "removeParents"}:
        drive.note(file.id)
    return file


def _move(drive: Drive, request: Request, file: File) -> None:
    added = request.query.get("addParents")
    if not added:
        return
    parent = lookup(drive, request, added)
    if parent is file or any(up is file for up in drive.ancestors(parent)):
        raise ApiError(
            403, "The specified parent would create a cycle.", "cyclicMembershipsNotAllowed"
        )
    drive.move(file, parent.id)


def copy(drive: Drive, request: Request, source: File, metadata: Json, quirks: Quirks) -> File:
    if source.is_folder:
        raise ApiError(403, "This file cannot be copied by the user.", "cannotCopyFile")
    wanted = {
        **metadata,
        "mimeType": source.mime if source.is_native else metadata.get("mimeType") or source.mime,
    }
    wanted["name"] = metadata.get("name") or f"Copy of {source.name}"
    wanted.pop("shortcutDetails", None)
    made = create(drive, request, wanted, quirks)
    if not source.is_native:
        drive.set_content(made, source.data())
    made.exports = dict(source.exports)
    made.target = source.target
    return made


def delete(drive: Drive, file: File) -> None:
    if not file.can_edit or (file.owner != ME and not file.drive):
        raise forbidden("The user does not have sufficient permissions for this file.")
    drive.delete(file)


# --- permissions ------------------------------------------------------------------


def _permission_view(held: Json, mask: Any) -> Json:
    full: Json = {"kind": "drive#permission", **held}
    if mask is None:
        full = {k: full[k] for k in ("kind", "id", "type", "role") if k in full} | {
            k: full[k] for k in ("allowFileDiscovery",) if k in full
        }
    shown: Json = cut(full, mask)
    return shown


def list_permissions(drive: Drive, request: Request, file: File) -> Json:
    if not file.can_edit and not file.drive:
        raise forbidden()
    mask = mask_of(request, "PermissionList")
    inner = None if mask is None else mask.get("permissions", mask.get("*"))
    if mask is not None and inner is None:
        inner = {"*": None}
    held = all_permissions(drive, file)
    size = int(request.query.get("pageSize") or 100)
    start = int(request.query.get("pageToken") or 0)
    whole: Json = {"kind": "drive#permissionList"}
    if start + size < len(held):
        whole["nextPageToken"] = str(start + size)
    whole["permissions"] = [_permission_view(p, inner) for p in held[start : start + size]]
    return whole if mask is None else {k: v for k, v in whole.items() if k in mask or "*" in mask}


def get_permission(drive: Drive, request: Request, file: File, pid: str) -> Json:
    mask = mask_of(request, "Permission")
    for held in all_permissions(drive, file):
        if held["id"] == pid:
            return _permission_view(held, mask)
    raise ApiError(
        404,
        f"Permission not found: {pid}.",
        "notFound",
        locationType="parameter",
        location="permissionId",
    )


def create_permission(drive: Drive, request: Request, file: File, body: Json) -> Json:
    if not file.can_edit:
        raise forbidden()
    kind, role = body.get("type"), body.get("role")
    if kind not in ("user", "group", "domain", "anyone") or not role:
        raise ApiError(400, "The permission type field is required.", "required")
    if kind == "anyone":
        pid = "anyoneWithLink"
    else:
        pid = str(user(body.get("emailAddress") or body.get("domain") or "")["permissionId"])
    more = {k: body[k] for k in ("allowFileDiscovery", "domain") if k in body}
    file.permissions[pid] = permission(pid, kind, role, body.get("emailAddress", ""), **more)
    drive.note(file.id)
    return _permission_view(file.permissions[pid], mask_of(request, "Permission"))


def update_permission(drive: Drive, request: Request, file: File, pid: str, body: Json) -> Json:
    get_permission(drive, request, file, pid)
    held = file.permissions.setdefault(pid, {"id": pid, "type": "user"})
    held.update({k: v for k, v in body.items() if k in ("role", "pendingOwner")})
    drive.note(file.id)
    return _permission_view(held, mask_of(request, "Permission"))


def delete_permission(drive: Drive, request: Request, file: File, pid: str) -> None:
    get_permission(drive, request, file, pid)
    file.permissions.pop(pid, None)
    drive.note(file.id)


# --- shared drives and about ------------------------------------------------------


def show_drive(drive: Drive, request: Request, drive_id: str) -> Json:
    if drive_id not in drive.drives:
        raise ApiError(
            404,
            f"Shared drive not found: {drive_id}",
            "notFound",
            locationType="parameter",
            location="driveId",
        )
    full = {"kind": "drive#drive", **drive.drives[drive_id]}
    mask = mask_of(request, "Drive")
    shown: Json = cut(full, mask) if mask else {k: full[k] for k in ("kind", "id", "name")}
    return shown


def list_drives(drive: Drive, request: Request) -> Json:
    mask = mask_of(request, "DriveList")
    size = min(int(request.query.get("pageSize") or 10), 100)
    start = int(request.query.get("pageToken") or 0)
    held = [{"kind": "drive#drive", **d} for d in drive.drives.values()]
    whole: Json = {"kind": "drive#driveList"}
    if start + size < len(held):
        whole["nextPageToken"] = str(start + size)
    whole["drives"] = held[start : start + size]
    if mask is None:
        whole["drives"] = [{k: d[k] for k in ("kind", "id", "name")} for d in whole["drives"]]
        return whole
    shown: Json = cut(whole, mask)
    return shown


def about(request: Request) -> Json:
    mask = mask_of(request, "About")
    if mask is None:
        raise ApiError(
            400,
            "The 'fields' parameter is required for this method.",
            "required",
            locationType="parameter",
            location="fields",
        )
    quota = {"limit": "16106127360", "usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0"}
    whole: Json = {"kind": "drive#about", "user": user(ME), "storageQuota": quota}
    whole |= {"maxUploadSize": "5242880000000", "appInstalled": False, "canCreateDrives": False}
    whole["exportFormats"] = {mime: list(formats(mime)) for mime in (DOC, SHEET, SLIDES)}
    whole["importFormats"] = {"text/csv": [SHEET], "text/plain": [DOC], XLSX: [SHEET]}
    shown: Json = cut(whole, mask)
    return shown


def shown(drive: Drive, request: Request, file: File) -> Json:
    return shaped(drive, file, mask_of(request, "File"))


def is_sheet(file: File) -> bool:
    return file.mime == SHEET
