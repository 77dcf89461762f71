"""changes.list: the current state of what changed, once per file, from the caller's view."""

from __future__ import annotations

from tests.google.drive_files import mask_of, pack_token, sees_all_drives, shaped, unpack_token
from tests.google.drive_state import Change, Drive
from tests.google.masks import Mask, cut
from tests.google.quirks import Quirks
from tests.google.wire import ApiError, Json, Request, parameter_error


def _end(drive: Drive, quirks: Quirks) -> int:
    """One past the newest change that can be seen: with a lag the log ends earlier."""
    return max(1, len(drive.log) + 1 - quirks.changes_lag)


def start_token(drive: Drive, request: Request, quirks: Quirks) -> Json:
    if drive_id := request.query.get("driveId"):
        _check_drive(drive, request, drive_id)
    return {"kind": "drive#startPageToken", "startPageToken": str(_end(drive, quirks))}


def _check_drive(drive: Drive, request: Request, drive_id: str) -> None:
    if drive_id not in drive.drives or not request.flag("supportsAllDrives"):
        raise ApiError(
            404,
            f"Shared drive not found: {drive_id}",
            "notFound",
            locationType="parameter",
            location="driveId",
        )


def list_changes(drive: Drive, request: Request, quirks: Quirks, epoch: int) -> Json:
    mask = mask_of(request, "ChangeList")
    drive_id = request.query.get("driveId")
    if drive_id:
        _check_drive(drive, request, drive_id)
    start = _start(request, quirks, epoch)
    size = min(int(request.query.get("pageSize") or 100), 1000)
    size = min(size, quirks.page_cap) if quirks.page_cap else size
    end = _end(drive, quirks)
    if start > len(drive.log) + 1:
        raise parameter_error("pageToken")
    found: list[Json] = []
    following: int | None = None
    inner = None if mask is None else mask.get("changes") or {"*": None}
    for entry in drive.log[start - 1 : end - 1]:
        if not _concerns(drive, request, entry, drive_id, end):
            continue
        if len(found) == size:
            following = entry.seq
            break
        shown = _shown(drive, entry, inner)
        if shown["removed"] and not request.flag("includeRemoved", True):
            continue
        found.append(shown)
    whole: Json = {"kind": "drive#changeList"}
    if following is None:
        whole["newStartPageToken"] = str(end)
    else:
        whole["nextPageToken"] = pack_token("changes", e=epoch, n=following)
    whole["changes"] = found
    if mask is None:
        return whole
    shown_list: Json = cut(whole, mask)
    return shown_list


def _start(request: Request, quirks: Quirks, epoch: int) -> int:
    """A start token never expires; the token of a following page does."""
    token = request.query.get("pageToken", "")
    if not token:
        raise ApiError(
            400,
            "Required parameter: pageToken",
            "required",
            locationType="parameter",
            location="pageToken",
        )
    if token.isdigit() and int(token) >= 1:
        return int(token)
    held = unpack_token("changes", token)
    if quirks.expired_page_tokens or held["e"] != epoch:
        raise parameter_error("pageToken")
    return int(held["n"])


def _concerns(
    drive: Drive, request: Request, entry: Change, drive_id: str | None, end: int
) -> bool:
    newest = drive.latest[entry.file_id]
    if newest != entry.seq and newest < end:
        return False  # an older entry of the same file: only the newest shows
    if drive_id:
        return entry.drive == drive_id
    if entry.drive and not sees_all_drives(request):
        return False
    return not (entry.drive and request.flag("restrictToMyDrive"))


def _shown(drive: Drive, entry: Change, mask: Mask | None) -> Json:
    file = drive.files.get(entry.file_id)
    gone = file is None or not drive.is_readable(file)
    shown: Json = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": entry.time,
        "removed": gone,
        "fileId": entry.file_id,
    }
    if file is None or gone:
        return shown
    if mask is None:
        shown["file"] = shaped(drive, file, None)
    elif "file" in mask or "*" in mask:
        shown["file"] = shaped(drive, file, mask.get("file") or {"*": None})
    return shown
