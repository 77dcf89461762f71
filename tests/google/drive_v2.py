"""The one answer of Drive v2 that gspread still reads: the file after an import of CSV."""

from __future__ import annotations

from typing import Any

from tests.google import exports
from tests.google.drive_state import Drive, File
from tests.google.drive_view import hash_text, user, web_link

Json = dict[str, Any]


def v2_file(drive: Drive, file: File) -> Json:
    """The v2 resource that gspread's import reads back (only what the recording shows)."""
    base = f"https://www.googleapis.com/drive/v2/files/{file.id}"
    owner = {k: v for k, v in user(file.owner).items() if k != "me"}
    owner |= {
        "isAuthenticatedUser": True,
        "picture": {"url": "https://lh3.googleusercontent.com/a/default-user=s64"},
    }
    etag = f'"{hash_text(file.id + file.modified):x}"'
    parent = {"selfLink": f"{base}/parents/{file.parent}", "id": file.parent, "isRoot": True}
    parent |= {
        "kind": "drive#parentReference",
        "parentLink": f"https://www.googleapis.com/drive/v2/files/{file.parent}",
    }
    links = {
        m: f"https://docs.google.com/spreadsheets/export?id={file.id}&exportFormat={e}"
        for m, e in exports.formats(file.mime).items()
    }
    modified = ("modifiedDate", "modifiedByMeDate", "lastViewedByMeDate")
    times: dict[str, Any] = dict.fromkeys(modified, file.modified)
    return {
        "kind": "drive#file",
        "id": file.id,
        "title": file.name,
        "mimeType": file.mime,
        "selfLink": base,
        "etag": etag,
        "userPermission": {
            "id": "me",
            "type": "user",
            "role": "owner",
            "kind": "drive#permission",
            "selfLink": f"{base}/permissions/me",
            "etag": etag,
            "pendingOwner": False,
        },
        "ownerNames": [owner["displayName"]],
        "owners": [owner],
        "lastModifyingUser": owner,
        "lastModifyingUserName": owner["displayName"],
        "editable": True,
        "copyable": True,
        "writersCanShare": True,
        "shared": False,
        "explicitlyTrashed": False,
        "appDataContents": False,
        "copyRequiresWriterPermission": False,
        "spaces": ["drive"],
        "parents": [parent],
        "exportLinks": links,
        "thumbnailLink": f"https://docs.google.com/feeds/vt?id={file.id}",
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file.mime}",
        "alternateLink": web_link(file),
        "embedLink": f"https://docs.google.com/spreadsheets/d/{file.id}/htmlembed",
        "fileSize": "1024",
        "quotaBytesUsed": "1024",
        "version": str(file.version),
        "labels": dict.fromkeys(("restricted", "starred", "hidden", "trashed"), False)
        | {"viewed": True},
        "createdDate": file.created,
        **times,
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "capabilities": {"canEdit": True, "canCopy": True},
    }
