"""What clients write to Drive, and the log of changes that follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.drive_state import FOLDER, SHEET
from tests.google.person import Person
from tests.google.seeding import seed_tree

LIST = "includeItemsFromAllDrives=true&supportsAllDrives=true"


def start(ask: Ask, drive: str = "") -> str:
    more = f"&driveId={drive}" if drive else ""
    token: str = ask("GET", f"/drive/v3/changes/startPageToken?supportsAllDrives=true{more}")[1][
        "startPageToken"
    ]
    return token


def changes(ask: Ask, token: str, **more: str) -> tuple[list[tuple[str, bool]], str]:
    found: list[tuple[str, bool]] = []
    extra = "".join(f"&{key}={value}" for key, value in more.items())
    while True:
        status, answer = ask("GET", f"/drive/v3/changes?{LIST}&pageToken={token}{extra}")
        assert status == 200, answer
        found += [(change["fileId"], change["removed"]) for change in answer["changes"]]
        if "newStartPageToken" in answer:
            return found, answer["newStartPageToken"]
        token = answer["nextPageToken"]


def tree(core: Core, shared: bool = False) -> tuple[str, dict[str, str]]:
    root = seed_tree(core, [{"path": "A/B/uno.pdf"}, {"path": "C/dos.pdf"}], shared_drive=shared)
    return root, {file.name: file.id for file in core.drive.files.values()}


@pytest.mark.parametrize("shared", [False, True], ids=["my-drive", "shared-drive"])
def test_each_change_says_the_current_state_once(core: Core, ask: Ask, shared: bool) -> None:
    _, ids = tree(core, shared)
    token = start(ask)
    assert changes(ask, token) == ([], token)
    person = Person(core)
    person.rename(ids["uno.pdf"], "tres.pdf")
    person.replace_content(ids["uno.pdf"], b"nuevo")
    person.trash(ids["dos.pdf"])
    found, after = changes(ask, token)
    assert found == [(ids["uno.pdf"], False), (ids["dos.pdf"], False)]
    assert changes(ask, after) == ([], after)
    assert changes(ask, token)[0] == found  # a start token does not expire
    _, answer = ask(
        "GET", f"/drive/v3/changes?{LIST}&pageToken={token}&fields=changes(file(name,trashed))"
    )
    assert answer["changes"] == [
        {"file": {"name": "tres.pdf", "trashed": False}},
        {"file": {"name": "dos.pdf", "trashed": True}},
    ]


def test_a_moved_folder_is_one_change(core: Core, ask: Ask) -> None:
    _, ids = tree(core)
    token = start(ask)
    Person(core).move(ids["B"], ids["C"])
    assert changes(ask, token)[0] == [(ids["B"], False)]


def test_deleted_and_lost_are_both_removed(core: Core, ask: Ask) -> None:
    _, ids = tree(core)
    token = start(ask)
    Person(core).delete(ids["dos.pdf"])
    Person(core).take_away(ids["uno.pdf"])
    assert changes(ask, token)[0] == [(ids["dos.pdf"], True), (ids["uno.pdf"], True)]
    assert changes(ask, token, includeRemoved="false")[0] == []
    Person(core).give_back(ids["uno.pdf"])
    assert (ids["uno.pdf"], False) in changes(ask, token)[0]


def test_moved_out_of_reach_is_removed(core: Core, ask: Ask) -> None:
    _, ids = tree(core)
    token = start(ask)
    Person(core).move(ids["C"], None)
    assert changes(ask, token)[0] == [(ids["C"], True)]
    assert ask("GET", f"/drive/v3/files/{ids['dos.pdf']}")[0] == 404


def test_a_shared_drive_has_its_own_log(core: Core, ask: Ask) -> None:
    root, ids = tree(core, shared=True)
    mine = Person(core).add_file("mío.pdf")
    token = start(ask, root)
    Person(core).rename(mine, "otro.pdf")
    Person(core).rename(ids["dos.pdf"], "x.pdf")
    assert changes(ask, token, driveId=root)[0] == [(ids["dos.pdf"], False)]
    assert [f for f, _ in changes(ask, token)[0]] == [mine, ids["dos.pdf"]]
    assert ask("GET", f"/drive/v3/changes?pageToken={token}&driveId=0ANADA")[0] == 404


def test_changes_come_in_pages_and_late(core: Core, ask: Ask) -> None:
    _, ids = tree(core)
    token = start(ask)
    for name in ("uno.pdf", "dos.pdf", "A", "C"):
        Person(core).rename(ids[name], "x " + name)
    assert len(changes(ask, token, pageSize="1")[0]) == 4
    core.quirks.set(changes_lag=3)
    early, later = changes(ask, token)
    assert early == [(ids["uno.pdf"], False)]
    core.quirks.set(changes_lag=0)
    assert [f for f, _ in changes(ask, later)[0]] == [ids["dos.pdf"], ids["A"], ids["C"]]
    assert ask("GET", "/drive/v3/changes?pageToken=nada")[0] == 400
    assert ask("GET", "/drive/v3/changes")[0] == 400


# --- writes -------------------------------------------------------------------------


def test_files_are_created_moved_copied_and_deleted(core: Core, ask: Ask) -> None:
    _, folder = ask("POST", "/drive/v3/files", {"name": "Nueva", "mimeType": FOLDER})
    body = {"name": "hoja", "mimeType": SHEET, "parents": [folder["id"]]}
    _, made = ask("POST", "/drive/v3/files", body)
    assert ask("GET", f"/v4/spreadsheets/{made['id']}")[0] == 200
    _, copied = ask("POST", f"/drive/v3/files/{made['id']}/copy", {"parents": ["root"]})
    assert copied["name"] == "Copy of hoja"
    target = f"/drive/v3/files/{copied['id']}?addParents={folder['id']}&fields=parents,name"
    moved = ask("PATCH", target, {"name": "otra"})[1]
    assert moved == {"parents": [folder["id"]], "name": "otra"}
    status, _ = ask("PATCH", f"/drive/v3/files/{folder['id']}?addParents={folder['id']}", {})
    assert status == 403
    assert ask("DELETE", f"/drive/v3/files/{folder['id']}")[0] == 204
    assert ask("GET", f"/drive/v3/files/{copied['id']}")[0] == 404


def test_what_a_person_only_shared_may_not_be_written(core: Core, ask: Ask) -> None:
    root, ids = tree(core)
    assert ask("POST", "/drive/v3/files", {"name": "x", "parents": [root]})[0] == 403
    status, answer = ask("DELETE", f"/drive/v3/files/{ids['uno.pdf']}")
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "insufficientFilePermissions")
    core.quirks.set(no_storage=True)
    status, answer = ask("POST", "/drive/v3/files", {"name": "x", "mimeType": SHEET})
    assert answer["error"]["errors"][0]["reason"] == "storageQuotaExceeded"
    assert answer["error"]["errors"][0]["domain"] == "usageLimits"


def test_uploads_in_one_part_in_two_and_in_many(core: Core, ask: Ask) -> None:
    url = "/upload/drive/v3/files?uploadType="
    assert ask("POST", url + "media&fields=size", b"hola", content_type="text/plain")[1] == {
        "size": "4"
    }
    two = (
        b'--x\r\nContent-Type: application/json\r\n\r\n{"name": "dos.txt"}\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nhola\r\n--x--\r\n"
    )
    kind = "multipart/related; boundary=x"
    made = ask("POST", url + "multipart&fields=name,size,mimeType", two, content_type=kind)[1]
    assert made == {"name": "dos.txt", "size": "4", "mimeType": "text/plain"}
    assert _resumable(core, ask, url) == {"name": "tres.bin", "size": "6"}


def _resumable(core: Core, ask: Ask, url: str) -> Any:
    from tests.google.wire import Request

    headers = {"authorization": "Bearer x", "host": "127.0.0.1"}
    opened = core.exchange(
        Request("POST", url + "resumable&fields=name,size", headers, b'{"name": "tres.bin"}')
    ).response
    where = opened.headers["Location"].removeprefix("http://127.0.0.1")
    assert ask("PUT", where, b"abc", content_range="bytes 0-2/*")[0] == 308
    assert ask("PUT", where, b"", content_range="bytes */6")[0] == 308
    return ask("PUT", where, b"def", content_range="bytes 3-5/6")[1]


def test_about_names_the_account_and_needs_fields(ask: Ask) -> None:
    assert ask("GET", "/drive/v3/about")[0] == 400
    email = ask("GET", "/drive/v3/about?fields=user(emailAddress)")[1]["user"]["emailAddress"]
    assert email.endswith(".iam.gserviceaccount.com")
