"""What Drive answers about a file, kept small: `Item`, and the `EvidenceFile` it becomes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from evidencias.adapters.google import urls
from evidencias.adapters.local import names
from evidencias.domain.model import EvidenceFile

# Narrow on purpose: wide masks make Google serve 100 files a page instead of 1,000.
LISTED = (
    "id,name,mimeType,parents,size,md5Checksum,sha256Checksum,createdTime,modifiedTime,version,"
    "resourceKey,shortcutDetails(targetId,targetMimeType,targetResourceKey),"
    "imageMediaMetadata(time,width)"
)
FIELDS = f"{LISTED},driveId,trashed,permissionIds"


class Item(NamedTuple):
    """A file, folder or shortcut as Drive describes it; times as RFC 3339 text.

    `space` is the shared drive's id, "" in My Drive. `decoded`: Drive opened it as a picture, so
    it is not damaged. `public` is None where Drive does not tell.
    """

    id: str
    name: str
    mime: str
    parent: str = ""
    space: str = ""
    size: int | None = None
    md5: str = ""
    sha256: str = ""
    created: str = ""
    modified: str = ""
    version: str = ""
    trashed: bool = False
    resource_key: str = ""
    target: str = ""
    target_mime: str = ""
    target_key: str = ""
    photo: str = ""
    decoded: bool = False
    public: bool | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it can hold others."""
        return self.mime == urls.FOLDER

    @property
    def is_shortcut(self) -> bool:
        """Whether it only points at another item."""
        return self.mime == urls.SHORTCUT


def item_of(answer: Mapping[str, Any], space: str = "") -> Item:
    """An `Item` of a Drive `File` resource; `space` is where a listing that omits it was made."""
    get = answer.get
    shortcut = get("shortcutDetails") or {}
    size, holders = get("size"), get("permissionIds")
    picture = get("imageMediaMetadata") or {}
    return Item(
        id=answer["id"],
        name=get("name", ""),
        mime=get("mimeType", ""),
        parent=(get("parents") or [""])[0],
        space=get("driveId", space),
        size=None if size is None else int(size),
        md5=get("md5Checksum", ""),
        sha256=get("sha256Checksum", ""),
        created=get("createdTime", ""),
        modified=get("modifiedTime", ""),
        version=get("version", ""),
        trashed=bool(get("trashed")),
        resource_key=get("resourceKey", ""),
        target=shortcut.get("targetId", ""),
        target_mime=shortcut.get("targetMimeType", ""),
        target_key=shortcut.get("targetResourceKey", ""),
        photo=picture.get("time", ""),
        decoded=bool(picture.get("width")),
        public=None if holders is None else any(h.startswith("anyone") for h in holders),
    )


def segment(name: str) -> str:
    """A name as one step of a route: NFC, and a "/" inside it cannot look like a folder."""
    return unicodedata.normalize("NFC", name).replace("/", "∕")  # U+2215


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _photo_moment(text: str) -> datetime | None:
    """EXIF writes "2021:09:14 10:33:22"; cameras without a clock write zeros."""
    if not text:
        return None
    try:
        return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


def _points_at(item: Item) -> str | None:
    """The target of a shortcut; "" for an uploaded Windows or web shortcut, which opens nothing
    for anyone else; None for a file."""
    if item.is_shortcut:
        return item.target
    return "" if names.ending(item.name) in names.SHORTCUTS else None


def evidence(
    item: Item, path: str, target: Item | None = None, public: bool | None = None
) -> EvidenceFile:
    """The file as the domain knows it. `target` is what a shortcut points at, None if unreadable.

    `public` is what `permissions.list` told, for items whose holders Drive does not list.
    """
    native = item.mime.startswith(urls.NATIVE) and not item.is_shortcut
    mime = (target.mime if target else item.target_mime) if item.is_shortcut else item.mime
    return EvidenceFile(
        id=item.id,
        path=path,
        name=unicodedata.normalize("NFC", item.name),
        mime=mime or item.mime,
        size=item.size,
        md5=item.md5,
        sha256=item.sha256,
        created=_moment(item.created),
        modified=_moment(item.modified),
        url=urls.browser_url(item.id, item.mime, item.resource_key),
        trashed=item.trashed,
        shared_publicly=item.public if item.public is not None else public,
        shortcut_target=_points_at(item),
        broken=item.is_shortcut and (target is None or target.trashed),
        native=native,
        version=item.version if native else "",
        photo_taken=_photo_moment(item.photo),
    )
