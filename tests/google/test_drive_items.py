"""files.get and what a file is: kinds, trash, access, keys, content, permissions."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import docx
import openpyxl

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.exports import DOCX, XLSX
from tests.google.person import Person
from tests.google.seeding import seed_tree
from tests.google.test_drive_files import TREE, listed


def test_a_file_shows_what_its_kind_has(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    binary = ask("GET", "/drive/v3/files/1ACTA?fields=*")[1]
    assert (binary["size"], binary["md5Checksum"][:6]) == ("3", "1eaa8b")
    assert binary["owners"][0]["emailAddress"] == "ana@alcaldia.example"
    native = ask("GET", "/drive/v3/files/1PLAN?fields=*")[1]
    assert not {"md5Checksum", "size", "headRevisionId", "webContentLink"} & set(native)
    assert native["version"].isdigit()
    assert native["webViewLink"].startswith("https://docs.google.com/document/d/1PLAN/")
    link = ask("GET", "/drive/v3/files/1ATAJO?fields=*")[1]
    assert link["shortcutDetails"] == {"targetId": "1ACTA", "targetMimeType": "application/pdf"}
    broken = ask("GET", "/drive/v3/files/1ROTO?fields=shortcutDetails,size,md5Checksum")[1]
    assert broken == {"shortcutDetails": {"targetId": "1NADA"}}
    assert ask("GET", "/drive/v3/files/1ACTA")[1].keys() == {"kind", "id", "name", "mimeType"}
    status, answer = ask("GET", "/drive/v3/files/1NADA")
    assert (status, answer["error"]["message"]) == (404, "File not found: 1NADA.")


def test_trash_is_inherited_and_explicit_apart(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    folder = next(f.id for f in core.drive.files.values() if f.name == "A")
    Person(core).trash(folder)
    fields = "fields=trashed,explicitlyTrashed"
    assert ask("GET", f"/drive/v3/files/{folder}?{fields}")[1] == {
        "trashed": True,
        "explicitlyTrashed": True,
    }
    assert ask("GET", f"/drive/v3/files/1ACTA?{fields}")[1] == {
        "trashed": True,
        "explicitlyTrashed": False,
    }
    assert "1ACTA" not in listed(ask, q="trashed=false")
    assert "1ACTA" in listed(ask)
    Person(core).restore(folder)
    assert "1ACTA" in listed(ask, q="trashed=false")


def test_access_lost_is_not_found(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    folder = next(f.id for f in core.drive.files.values() if f.name == "A")
    Person(core).take_away(folder)
    assert ask("GET", "/drive/v3/files/1ACTA")[0] == 404
    assert "1ACTA" not in listed(ask)
    Person(core).give_back(folder)
    assert ask("GET", "/drive/v3/files/1ACTA")[0] == 200


def test_a_resource_key_opens_its_file(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    key = Person(core).require_key("1ACTA")
    assert ask("GET", "/drive/v3/files/1ACTA")[0] == 404
    header = {"x_goog_drive_resource_keys": f"1OTRO/0-x,1ACTA/{key}"}
    status, file = ask("GET", "/drive/v3/files/1ACTA", **header)
    assert (status, file["resourceKey"]) == (200, key)


def test_media_comes_whole_or_in_ranges(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    target = "/drive/v3/files/1ACTA?alt=media"
    assert ask("GET", target) == (200, b"uno")
    assert ask("GET", target, range="bytes=1-") == (206, b"no")
    assert ask("GET", target, range="bytes=0-1") == (206, b"un")
    assert ask("GET", target, range="bytes=-2") == (206, b"no")
    assert ask("GET", target, range="bytes=9-")[0] == 416
    status, answer = ask("GET", "/drive/v3/files/1PLAN?alt=media")
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "fileNotDownloadable")


def exported(ask: Ask, file_id: str, mime: str) -> bytes:
    status, data = ask("GET", f"/drive/v3/files/{file_id}/export?mimeType={mime}")
    assert status == 200
    assert isinstance(data, bytes)
    return data


def test_native_files_are_exported(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    plain = ask("GET", "/drive/v3/files/1PLAN/export?mimeType=text/plain")
    assert plain == (200, "\ufeffEl plan".encode())
    assert ask("GET", "/drive/v3/files/1HOJA/export?mimeType=text/csv") == (200, b"a,b\r\nc,d")
    book = openpyxl.load_workbook(io.BytesIO(exported(ask, "1HOJA", XLSX)))
    assert [[cell.value for cell in row] for row in book["Hoja 1"].iter_rows()] == [
        ["a", "b"],
        ["c", "d"],
    ]
    document = docx.Document(io.BytesIO(exported(ask, "1PLAN", DOCX)))
    assert document.paragraphs[0].text == "El plan"
    assert ask("GET", "/drive/v3/files/1HOJA/export?mimeType=text/plain")[0] == 400
    assert ask("GET", "/drive/v3/files/1FORM/export?mimeType=text/plain")[0] == 400
    status, answer = ask("GET", "/drive/v3/files/1ACTA/export?mimeType=text/plain")
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "fileNotExportable")
    core.drive.files["1PLAN"].exports["text/plain"] = lambda: b"x" * (11 << 20)
    status, answer = ask("GET", "/drive/v3/files/1PLAN/export?mimeType=text/plain")
    assert (status, answer["error"]["errors"][0]["reason"]) == (403, "exportSizeLimitExceeded")


def test_a_long_query_may_come_as_a_post(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    form = urlencode({"q": "name = 'acta.pdf'", "fields": "files(id)"}).encode()
    status, answer = ask("POST", "/drive/v3/files", form, x_http_method_override="GET")
    assert (status, answer) == (200, {"files": [{"id": "1ACTA"}]})


def test_permissions_tell_public_files(core: Core, ask: Ask) -> None:
    root = seed_tree(core, TREE, shared_drive=True)
    person = Person(core)
    target = (
        "/drive/v3/files/1ACTA/permissions?supportsAllDrives=true&fields=permissions(type,role)"
    )
    assert ask("GET", target)[1] == {"permissions": []}
    person.share_with_anyone(core.drive.files["1ACTA"].parent or root)
    assert ask("GET", target)[1] == {"permissions": [{"type": "anyone", "role": "reader"}]}
    person.unshare(core.drive.files["1ACTA"].parent or root)
    assert ask("GET", target)[1] == {"permissions": []}
