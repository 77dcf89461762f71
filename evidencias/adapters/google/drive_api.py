"""The few Drive calls the tool makes, each as one small method that returns frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive_items import FIELDS, LISTED, Item, item_of
from evidencias.adapters.google.failures import Failure, GoogleError, Outcome

PAGE_SIZE = 1000
LIST_UNITS, GET_UNITS, DOWNLOAD_UNITS = 100, 5, 200
# Past a URI of 2,048 characters the library turns GET into POST; big sets are "too complex".
GROUP = 25


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing; `following` is "" only on the last one."""

    items: tuple[Item, ...]
    following: str


@dataclass(frozen=True, slots=True)
class Change:
    """The present state of something that changed; `item` is None when it is out of reach."""

    id: str
    item: Item | None


class DriveApi:
    """Drive as one account sees it. Every method raises GoogleError."""

    def __init__(self, google: Google) -> None:
        self.google = google
        self.keys: dict[str, str] = {}

    def get(self, file_id: str) -> Item:
        """One item by id; a shared drive's id gives its root folder."""
        request = self.google.drive.files().get(
            fileId=file_id, fields=FIELDS, supportsAllDrives=True
        )
        return item_of(self._ask(request, GET_UNITS, (file_id,)))

    def find(self, file_id: str) -> Item | None:
        """One item by id, or None when it does not exist or is not shared with us."""
        try:
            return self.get(file_id)
        except GoogleError as error:
            if error.failure.status in (403, 404) and not is_ours(error.failure):
                return None
            raise

    def page(
        self,
        query: str,
        space: str,
        token: str = "",
        folders: Sequence[str] = (),
    ) -> Page:
        """A page of a listing; `folders` are those the query names, for their resource keys."""
        where = {"corpora": "drive", "driveId": space} if space else {"corpora": "user"}
        # Drive does not tell holders, and we know the drive, of what a shared drive lists.
        fields = LISTED if space else f"{LISTED},permissionIds"
        request = self.google.drive.files().list(
            q=query,
            pageSize=PAGE_SIZE,
            pageToken=token or None,
            fields=f"nextPageToken,incompleteSearch,files({fields})",
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
            **where,
        )
        answer = self._ask(request, LIST_UNITS, folders, _refuse_incomplete)
        items = tuple(item_of(file, space) for file in answer.get("files", ()))
        return Page(items, answer.get("nextPageToken", ""))

    def start_token(self, space: str) -> str:
        """Where the log of changes ends now; the token does not expire."""
        request = self.google.drive.changes().getStartPageToken(
            supportsAllDrives=True, driveId=space or None
        )
        return str(self._ask(request, LIST_UNITS)["startPageToken"])

    def changes(self, token: str, space: str) -> tuple[list[Change], str]:
        """Everything that changed since the token, and the next token."""
        found: list[Change] = []
        while True:
            answer = self._ask(self._changes_page(token, space), LIST_UNITS)
            found += [_change(entry) for entry in answer.get("changes", ()) if "fileId" in entry]
            if "newStartPageToken" in answer:
                return found, str(answer["newStartPageToken"])
            token = str(answer["nextPageToken"])

    def _changes_page(self, token: str, space: str) -> Any:
        return self.google.drive.changes().list(
            pageToken=token,
            pageSize=PAGE_SIZE,
            driveId=space or None,
            includeRemoved=True,
            restrictToMyDrive=False,  # true would hide what others share with us
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
            fields="nextPageToken,newStartPageToken,"
            f"changes(changeType,removed,fileId,file({FIELDS}))",
        )

    def public(self, file_id: str) -> bool | None:
        """Whether anyone with the link can open it; None when we may not know."""
        token: str | None = None
        try:
            while True:
                request = self.google.drive.permissions().list(
                    fileId=file_id,
                    pageToken=token,
                    fields="nextPageToken,permissions(type)",
                    supportsAllDrives=True,
                )
                answer = self._ask(request, GET_UNITS, (file_id,))
                if any(held.get("type") == "anyone" for held in answer.get("permissions", ())):
                    return True
                token = answer.get("nextPageToken")
                if not token:
                    return False
        except GoogleError as error:
            if error.failure.status in (403, 404) and not is_ours(error.failure):
                return None
            raise

    def drive_name(self, space: str) -> str:
        """The name of a shared drive, "" when our scope does not let us ask."""
        try:
            request = self.google.drive.drives().get(driveId=space, fields="name")
            return str(self._ask(request, GET_UNITS).get("name", ""))
        except GoogleError as error:
            if error.failure.passing:
                raise
            return ""

    def download(self, file_id: str) -> bytes:
        """The bytes of a file that has them."""
        request = self.google.drive.files().get_media(fileId=file_id, supportsAllDrives=True)
        return bytes(self._ask(request, DOWNLOAD_UNITS, (file_id,)))

    def export(self, file_id: str, mime: str) -> bytes:
        """A Google document in another format; Google gives at most 10 MB."""
        request = self.google.drive.files().export_media(fileId=file_id, mimeType=mime)
        # Google's description of export lacks the parameter that its other by-id calls need.
        request.uri += "&supportsAllDrives=true"
        return bytes(self._ask(request, DOWNLOAD_UNITS, (file_id,)))

    def _ask(
        self,
        request: Any,
        units: int,
        ids: Sequence[str] = (),
        check: Callable[[Any], None] = lambda _: None,
    ) -> Any:
        keys = {file: self.keys[file] for file in ids if file in self.keys}
        return self.google.ask(request, units, keys, check)


def _refuse_incomplete(answer: Mapping[str, Any]) -> None:
    """Google says that it did not search everything: a failed scan, not a short one."""
    if answer.get("incompleteSearch"):
        reason = "incompleteSearch"
        raise GoogleError(Failure(Outcome.UNCLEAR, 200, frozenset({reason}), reason))


def _change(entry: Mapping[str, Any]) -> Change:
    file = entry.get("file")
    gone = entry.get("removed") or not file
    return Change(str(entry["fileId"]), None if gone else item_of(file or {}))


def is_ours(failure: Failure) -> bool:
    """A 403 about the account or the project, not about this one file."""
    ours = {"accessNotConfigured", "SERVICE_DISABLED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
    ours |= {"insufficientPermissions", "dailyLimitExceeded", "domainPolicy"}
    return bool(failure.reasons & ours)


def in_parents(folders: Sequence[str]) -> str:
    """The query for the children of some folders, trash left out."""
    each = " or ".join(f"'{folder}' in parents" for folder in folders)
    return f"({each}) and trashed=false" if len(folders) > 1 else f"{each} and trashed=false"
