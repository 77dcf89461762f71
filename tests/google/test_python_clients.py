"""gspread and google-api-python-client, as the tool uses them, against the stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import google.auth.transport.requests
import gspread
import gspread.http_client
import pytest
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from tests.google.person import Person
from tests.google.seeding import seed_tree
from tests.google.server import Standin

SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


class Moved(gspread.http_client.HTTPClient):
    """Every call of gspread to the stand-in."""

    base = ""

    def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> Any:
        parts = urlsplit(endpoint)
        return super().request(method, self.base + parts.path, *args, **options)


@pytest.fixture
def sheets(standin: Standin) -> Iterator[gspread.Client]:
    import requests

    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = "Bearer x"
    Moved.base = standin.url
    client = gspread.Client(user_credentials.Credentials("x"), session=session, http_client=Moved)
    yield client
    session.close()


def test_gspread_reads_writes_and_appends(standin: Standin, sheets: gspread.Client) -> None:
    key = Person(standin.core).create_sheet("Registro", {"Revisión": [["Clave", "Decisión"]]})
    book = sheets.open_by_key(key)
    tab = book.worksheet("Revisión")
    tab.append_row(["k1", "=1+1"], value_input_option=gspread.utils.ValueInputOption.raw)
    assert tab.get_all_values() == [["Clave", "Decisión"], ["k1", "=1+1"]]
    tab.update([["sí"]], "B2")
    assert tab.acell("B2").value == "sí"
    tab.format("A1:B1", {"textFormat": {"bold": True}})
    tab.freeze(rows=1)
    assert tab.frozen_row_count == 1
    tab.add_rows(5)
    tab.insert_note("A1", "no tocar")
    assert tab.get_note("A1") == "no tocar"
    tab.set_basic_filter("A1:B10")
    tab.add_validation("B2:B9", gspread.utils.ValidationConditionType.one_of_list, ["sí", "no"])
    other = book.add_worksheet("Otra", 10, 5)
    assert [sheet.title for sheet in book.worksheets()] == ["Revisión", "Otra"]
    other.copy_to(key)
    book.del_worksheet(other)
    assert [held["name"] for held in sheets.list_spreadsheet_files()] == ["Registro"]


def test_gspread_shares_copies_and_exports(standin: Standin, sheets: gspread.Client) -> None:
    book = sheets.create("Nueva")
    book.sheet1.update([["a", "b"], ["1", "2"]], "A1")
    assert book.export(gspread.utils.ExportFormat.CSV) == b"a,b\r\n1,2"
    book.share("ana@alcaldia.example", perm_type="user", role="writer", notify=False)
    assert {p["role"] for p in book.list_permissions()} == {"owner", "writer"}
    copied = sheets.copy(book.id, title="Copia", copy_permissions=True)
    assert copied.sheet1.get_all_values() == [["a", "b"], ["1", "2"]]
    sheets.import_csv(copied.id, b"x,y\n1,2\n")
    assert sheets.open("Copia").sheet1.get_all_values() == [["x", "y"], ["1", "2"]]
    sheets.del_spreadsheet(copied.id)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        sheets.open_by_key(copied.id)


def test_the_library_client_walks_files_and_downloads(standin: Standin) -> None:
    import httplib2
    from googleapiclient.discovery import build_from_document
    from googleapiclient.discovery_cache import get_static_doc
    from googleapiclient.http import MediaInMemoryUpload

    document = json.loads(get_static_doc("drive", "v3"))
    document["rootUrl"] = standin.url + "/"
    document.pop("mtlsRootUrl", None)
    plain = httplib2.Http(proxy_info=None, timeout=5)
    plain.redirect_codes = plain.redirect_codes - {308}  # as googleapiclient.http.build_http does
    token = user_credentials.Credentials("x")
    import google_auth_httplib2

    drive = build_from_document(document, http=google_auth_httplib2.AuthorizedHttp(token, plain))
    seed_tree(standin.core, [{"path": f"A/{n}.txt", "content": str(n)} for n in range(25)])
    request = drive.files().list(pageSize=10, fields="nextPageToken,files(id,name)")
    names: list[str] = []
    pages = 0
    while request is not None:
        answer = request.execute()
        names += [file["name"] for file in answer["files"]]
        pages += 1
        request = drive.files().list_next(request, answer)
    assert (len(names), pages) == (27, 3)
    made = drive.files().create(body={"name": "x.txt"}, media_body=MediaInMemoryUpload(b"hola"))
    file_id = made.execute()["id"]
    assert drive.files().get_media(fileId=file_id).execute() == b"hola"
    large = MediaInMemoryUpload(b"y" * 300_000, resumable=True, chunksize=262_144)
    sent = drive.files().create(body={"name": "y.bin"}, media_body=large, fields="size").execute()
    assert sent == {"size": "300000"}
    # Past 2,048 characters the client turns its GET into a POST.
    q = " or ".join(f"'{file_id}' in parents" for _ in range(60))
    assert drive.files().list(q=q).execute()["files"] == []
    assert drive.changes().getStartPageToken().execute()["startPageToken"].isdigit()
    plain.close()


def test_a_service_account_gets_its_token(standin: Standin) -> None:
    key = _private_key()
    info = {
        "type": "service_account",
        "client_email": "servicio@proyecto-de-pruebas.iam.gserviceaccount.com",
        "private_key": key,
        "token_uri": standin.url + "/token",
        "project_id": "proyecto-de-pruebas",
    }
    made = service_account.Credentials.from_service_account_info(info, scopes=SCOPES[:1])
    made.refresh(_transport())
    assert made.token in standin.core.tokens.issued
    headers = {"Authorization": f"Bearer {made.token}"}
    assert _status(standin, "/drive/v3/files", headers) == 403  # only spreadsheets was granted
    assert _status(standin, "/v4/spreadsheets/x", headers) == 404
    standin.core.tokens.expire_all()
    assert _status(standin, "/v4/spreadsheets/x", headers) == 401


def test_a_revoked_consent_is_invalid_grant(standin: Standin) -> None:
    import google.auth.exceptions

    made = user_credentials.Credentials(
        None,
        refresh_token="1//x",
        client_id="c",
        client_secret="s",
        token_uri=standin.url + "/token",
    )
    made.refresh(_transport())
    assert made.valid
    standin.core.tokens.revoked_refresh.add("1//x")
    with pytest.raises(google.auth.exceptions.RefreshError, match="invalid_grant"):
        made.refresh(_transport())
    standin.core.tokens.revoked_refresh.clear()
    standin.core.faults.add("invalid_grant", path="/token")
    with pytest.raises(google.auth.exceptions.RefreshError, match="invalid_grant"):
        made.refresh(_transport())


def _transport() -> Any:
    import requests

    session = requests.Session()
    session.trust_env = False
    return google.auth.transport.requests.Request(session)


def _status(standin: Standin, target: str, headers: dict[str, str]) -> int:
    import requests

    with requests.Session() as session:
        session.trust_env = False
        return session.get(standin.url + target, headers=headers, timeout=5).status_code


def _private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
