"""files.list and files.get as Google answers them: queries, pages, corpora, trash, shortcuts."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.google.conftest import Ask
from tests.google.core import Core
from tests.google.drive_query import parse
from tests.google.drive_state import DOC, FOLDER, FORM, SHEET, SHORTCUT
from tests.google.person import Person
from tests.google.seeding import seed_large, seed_tree
from tests.google.wire import ApiError, Request

ALL = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
TREE: list[dict[str, Any]] = [
    {"path": "A/acta.pdf", "content": "uno", "id": "1ACTA", "created": "2021-08-01T00:00:00Z"},
    {"path": "A/foto's.jpg", "content": "dos", "id": "1FOTO", "created": "2021-09-01T00:00:00Z"},
    {"path": "A/B/plan", "mime": DOC, "text": "El plan", "id": "1PLAN"},
    {"path": "A/B/registro", "mime": SHEET, "text": "a | b\nc | d", "id": "1HOJA"},
    {"path": "encuesta", "mime": FORM, "id": "1FORM"},
    {"path": "atajo", "target": "1ACTA", "id": "1ATAJO"},
    {"path": "roto", "target": "1NADA", "id": "1ROTO"},
]


def listed(ask: Ask, **query: str) -> list[str]:
    """The ids of all pages."""
    found: list[str] = []
    query.setdefault("fields", "nextPageToken,files(id)")
    token = ""
    while True:
        more = {"pageToken": token} if token else {}
        status, answer = ask("GET", "/drive/v3/files?" + urlencode({**query, **more}))
        assert status == 200, answer
        found += [file["id"] for file in answer["files"]]
        token = answer.get("nextPageToken", "")
        if not token:
            return found


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        ("'{A}' in parents", {"1ACTA", "1FOTO", "{B}"}),
        ('"{A}" in parents and trashed=false', {"1ACTA", "1FOTO", "{B}"}),
        (
            "('{A}' in parents or '{B}' in parents) and mimeType != '" + FOLDER + "'",
            {"1ACTA", "1FOTO", "1PLAN", "1HOJA"},
        ),
        ("name = 'acta.pdf'", {"1ACTA"}),
        (r"name = 'foto\'s.jpg'", {"1FOTO"}),
        ('name = "foto\'s.jpg"', {"1FOTO"}),
        ("name contains 'ACT'", {"1ACTA"}),
        ("name contains 'cta'", set()),
        (f"mimeType = '{SHORTCUT}'", {"1ATAJO", "1ROTO"}),
        ("mimeType contains 'image/'", {"1FOTO"}),
        ("fullText contains 'plan'", {"1PLAN"}),
        (
            "createdTime >= '2021-08-01' and createdTime < '2021-09-01T00:00:00Z'",
            {"1ACTA"},
        ),
        (
            "createdTime > '2021-08-31T19:00:00-05:00'",
            {"{A}", "{B}", "1PLAN", "1HOJA", "1FORM", "1ATAJO", "1ROTO", "{root}"},
        ),
        ("modifiedTime <= '2021-08-02T00:00:00'", {"1ACTA"}),
        ("not mimeType contains 'application' and not trashed = true", {"1FOTO"}),
        ("sharedWithMe", {"{root}"}),
        ("sharedWithMe = true and trashed = false", {"{root}"}),
        ("trashed = true", set()),
        (f"mimeType='{FORM}' or name = 'acta.pdf' and trashed = true", {"1FORM"}),
    ],
)
def test_q_selects_what_google_selects(core: Core, ask: Ask, q: str, wanted: set[str]) -> None:
    root = seed_tree(core, TREE)
    ids = {file.name: file.id for file in core.drive.files.values() if file.is_folder}
    names = {"{A}": ids["A"], "{B}": ids["B"], "{root}": root}
    for mark, real in names.items():
        q = q.replace(mark, real)
    assert set(listed(ask, q=q)) == {names.get(item, item) for item in wanted}


@pytest.mark.parametrize(
    "q",
    [
        "name",
        "name = ",
        "= 'x'",
        "'x' in",
        "'x' in nada",
        "name < 'x'",
        "trashed = 'si'",
        "(name='x'",
        "name = 'x' or",
        "color = 'x'",
        "createdTime > 'ayer'",
        "name ~ 'x'",
        "name = 'x' 'y'",
    ],
)
def test_a_bad_query_is_refused(ask: Ask, q: str) -> None:
    status, answer = ask("GET", "/drive/v3/files?" + urlencode({"q": q}))
    assert status == 400
    assert answer["error"]["errors"][0] == {
        "domain": "global",
        "reason": "invalid",
        "message": "Invalid Value",
        "locationType": "parameter",
        "location": "q",
    }


@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        parse(text)
    except ApiError as error:
        assert error.code == 400


@given(st.text(min_size=1, max_size=30))
def test_a_quoted_name_finds_its_file(name: str) -> None:
    core = Core()
    made = Person(core).add_file(name, content=b"x")
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    target = "/drive/v3/files?" + urlencode({"q": f"name = '{escaped}'"})
    answer = core.exchange(Request("GET", target, {"authorization": "Bearer x"})).response
    assert [file["id"] for file in answer.data["files"]] == [made]


def test_too_many_parents_are_too_complex(core: Core, ask: Ask) -> None:
    q = " or ".join(f"'1CARPETA{n}' in parents" for n in range(120))
    status, answer = ask("GET", "/drive/v3/files?" + urlencode({"q": q}))
    assert (status, answer["error"]["message"]) == (400, "The query is too complex.")


def test_a_missing_parent_alone_is_not_found(ask: Ask) -> None:
    status, answer = ask("GET", "/drive/v3/files?" + urlencode({"q": "'1NADA' in parents"}))
    assert (status, answer["error"]["message"]) == (404, "File not found: .")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("order", ["", "name", "modifiedTime desc,name"])
def test_pages_neither_lose_nor_repeat(core: Core, ask: Ask, size: int, order: str) -> None:
    seed_tree(core, TREE)
    query = {"pageSize": str(size), **({"orderBy": order} if order else {})}
    found = listed(ask, **query)
    assert len(found) == len(set(found)) == 10


def test_a_page_token_dies_when_a_parameter_changes(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    _, first = ask("GET", "/drive/v3/files?pageSize=2&q=trashed%3Dfalse")
    token = urlencode({"pageToken": first["nextPageToken"]})
    assert ask("GET", f"/drive/v3/files?pageSize=5&q=trashed%3Dfalse&{token}")[0] == 200
    status, answer = ask("GET", f"/drive/v3/files?pageSize=2&{token}")
    assert (status, answer["error"]["errors"][0]["location"]) == (400, "pageToken")
    core.expire_page_tokens()
    assert ask("GET", f"/drive/v3/files?pageSize=2&q=trashed%3Dfalse&{token}")[0] == 400


def test_paging_stops_silently_without_the_token_in_fields(core: Core, ask: Ask) -> None:
    seed_tree(core, TREE)
    _, answer = ask("GET", "/drive/v3/files?pageSize=2&fields=files(id)")
    assert list(answer) == ["files"]


@pytest.mark.parametrize(
    ("fields", "bad"), [("files(id,nombre)", "nombre"), ("nada", "nada"), ("files(id", "id")]
)
def test_an_unknown_field_is_refused(ask: Ask, fields: str, bad: str) -> None:
    status, answer = ask("GET", "/drive/v3/files?" + urlencode({"fields": fields}))
    assert status == 400
    assert answer["error"]["message"].startswith("Invalid field selection")


@pytest.mark.parametrize("size", ["0", "1001", "muchos"])
def test_page_size_has_its_range(ask: Ask, size: str) -> None:
    assert ask("GET", f"/drive/v3/files?pageSize={size}")[0] == 400


# --- shared drives ------------------------------------------------------------------


def test_a_shared_drive_needs_its_flags(core: Core, ask: Ask) -> None:
    root = seed_tree(core, TREE, shared_drive=True)
    flat = {"corpora": "drive", "driveId": root}
    assert len(listed(ask, **flat, **ALL)) == 9
    assert ask("GET", "/drive/v3/files?" + urlencode(flat))[0] == 403
    assert ask("GET", "/drive/v3/files?corpora=drive")[0] == 400
    assert listed(ask) == []
    assert listed(ask, **ALL) == []  # the user's corpus does not reach into shared drives
    assert len(listed(ask, corpora="allDrives", **ALL)) == 9
    assert len(listed(ask, q=f"'{root}' in parents", **ALL)) == 4
    assert ask("GET", "/drive/v3/files/1ACTA")[0] == 404
    status, file = ask("GET", "/drive/v3/files/1ACTA?supportsAllDrives=true&fields=*")
    assert (status, file["driveId"]) == (200, root)
    assert not {"owners", "permissions", "shared", "ownedByMe"} & set(file)
    assert ask("GET", f"/drive/v3/files/{root}?supportsAllDrives=true")[1]["name"] == "Drive"
    assert ask("GET", f"/drive/v3/drives/{root}")[1]["name"] == "Evidencias"
    assert [d["id"] for d in ask("GET", "/drive/v3/drives")[1]["drives"]] == [root]


def test_disjoint_slices_cover_a_large_drive(core: Core, ask: Ask) -> None:
    root = seed_large(core, files=900, folders=100)
    flat = {"corpora": "drive", "driveId": root, "pageSize": "1000", **ALL}
    edges = ["2000-01-01", "2023-09-01", "2024-06-01", "2025-03-01", "2100-01-01"]
    slices = [
        listed(ask, **flat, q=f"createdTime >= '{low}' and createdTime < '{high}'")
        for low, high in itertools.pairwise(edges)
    ]
    together = [file for one in slices for file in one]
    assert all(slices)
    assert sorted(together) == sorted(listed(ask, **flat))
    assert len(together) == 1000
