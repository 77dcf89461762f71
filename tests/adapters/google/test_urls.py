"""Addresses as people paste them, and the only hosts an endpoint may name."""

from __future__ import annotations

import pytest

from evidencias.adapters.google import urls
from evidencias.adapters.google.endpoint import Endpoint, endpoint
from evidencias.adapters.google.urls import Kind
from evidencias.errors import ConfigError

ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz_012345"

PASTED = [
    (f"https://drive.google.com/drive/folders/{ID}", Kind.FOLDER, ""),
    (f"https://drive.google.com/drive/folders/{ID}?usp=sharing", Kind.FOLDER, ""),
    (f"https://drive.google.com/drive/u/1/folders/{ID}", Kind.FOLDER, ""),
    (f"  <https://drive.google.com/drive/u/0/mobile/folders/{ID}>  ", Kind.FOLDER, ""),
    (f"«https://drive.google.com/drive/folders/{ID}»", Kind.FOLDER, ""),
    (f"https://drive.google.com/a/alcaldia.gov.co/drive/folders/{ID}", Kind.FOLDER, ""),
    (f"https://drive.google.com/folderview?id={ID}&usp=drive_web", Kind.FOLDER, ""),
    (f"https://drive.google.com/drive/folders/{ID}?resourcekey=0-AbC", Kind.FOLDER, "0-AbC"),
    (f"drive.google.com/drive/folders/{ID}", Kind.FOLDER, ""),
    (f"https://drive.google.com/file/d/{ID}/view?usp=drive_link", Kind.FILE, ""),
    (f"https://drive.google.com/open?id={ID}", Kind.ANY, ""),
    (f"https://drive.google.com/uc?export=download&id={ID}", Kind.ANY, ""),
    (f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0", Kind.SPREADSHEET, ""),
    (f"https://docs.google.com/spreadsheets/u/0/d/{ID}/htmlview", Kind.SPREADSHEET, ""),
    (f"https://docs.google.com/a/x.gov.co/spreadsheets/d/{ID}/edit", Kind.SPREADSHEET, ""),
    (f"https://docs.google.com/document/d/{ID}/edit?tab=t.0", Kind.DOCUMENT, ""),
    (f"https://docs.google.com/presentation/d/{ID}/edit", Kind.PRESENTATION, ""),
    (f"https://docs.google.com/forms/d/{ID}/edit", Kind.FORM, ""),
    (
        f"https://www.google.com/url?q=https%3A%2F%2Fdrive.google.com%2Ffile%2Fd%2F{ID}%2Fview",
        Kind.FILE,
        "",
    ),
]


@pytest.mark.parametrize(("text", "kind", "key"), PASTED)
def test_a_pasted_address_names_its_item(text: str, kind: Kind, key: str) -> None:
    assert urls.parse(text) == urls.Ref(kind, ID, key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Evidencias/2021",
        "https://example.org/drive/folders/" + ID,
        "https://drive.google.com/drive/shared-drives",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQabcdefgh/pubhtml",
        "https://evil.example/?u=drive.google.com/file/d/" + ID,
        "https://drive.google.com.evil.example/file/d/" + ID,
        ID,
    ],
)
def test_other_texts_name_none(text: str) -> None:
    assert urls.parse(text) is None


def test_a_bare_id_is_taken_only_where_it_may_stand() -> None:
    assert urls.parse_id(f" {ID} ") == urls.Ref(Kind.ANY, ID)
    assert urls.parse_id("acta.pdf") is None


@pytest.mark.parametrize(
    "mime",
    [urls.FOLDER, urls.DOCUMENT, urls.SPREADSHEET, urls.PRESENTATION, urls.FORM, "image/jpeg"],
)
def test_the_addresses_shown_are_understood_again(mime: str) -> None:
    found = urls.parse(urls.browser_url(ID, mime, "0-llave"))
    assert found is not None
    assert (found.id, found.resource_key) == (ID, "0-llave")


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8080", "http://localhost:9/", "http://[::1]:80", "https://127.1.2.3"]
)
def test_this_machine_may_stand_for_google(text: str) -> None:
    moved = endpoint(text).move("https://sheets.googleapis.com/v4/spreadsheets/x?a=1")
    assert moved == f"{text.rstrip('/')}/v4/spreadsheets/x?a=1"
    assert endpoint(text).token_url.endswith("/token")


@pytest.mark.parametrize(
    "text",
    [
        "https://www.googleapis.com",
        "http://10.0.0.1:80",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "http://user@127.0.0.1",
        "http://0.0.0.0:80",
    ],
)
def test_no_other_host_may(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        endpoint(text)
    assert text in caught.value.problems[0]


def test_without_an_endpoint_google_is_google() -> None:
    assert endpoint("  ") == Endpoint()
    assert Endpoint().move("https://x.example/y?z=1") == "https://x.example/y?z=1"
