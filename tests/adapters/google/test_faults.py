"""Each fault at each call of a run: it ends as the faultless one, or says so and the next does."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.retry import Patience
from evidencias.adapters.google.sheets import SheetRegister
from evidencias.domain.model import Listing
from evidencias.errors import AccessError, EvidenciasError, InputError, SourceError
from tests.adapters.google.conftest import connect, folder_url, quiet
from tests.adapters.google.register import changes, log_of, sheet_url, snapshot
from tests.google.core import Core
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin

BRIEF = Patience(floor=0.001, cap=0.005, deadline=20.0, timeout=1.5, write_timeout=1.5)
# One of each way to fail; test_retry holds that the others are judged as these.
PASSING = ["429", "403", "503", "502html", "drop", "reset", "hang", "truncated"]
REFUSED = ["400", "404", "403forbidden", "401"]
ODD = ["incompleteSearch", "expired_page_token", "partial_or_parents", "page_cap", "changes_lag"]
APPLIED = ["applied_drop", "applied_reset", "applied_hang", "applied_503", "applied_502html"]
FILES = ["A/a.pdf", "A/B/b.pdf", "C/c.pdf", "r.pdf"]


def key(listing: Listing) -> list[tuple[str, str, str, bool]]:
    return [(f.id, f.path, f.md5, f.broken) for f in listing.files]


@dataclass
class Drive:
    """A tree on a stand-in, read by a folder that keeps its listing."""

    standin: Standin
    google: Google
    root: str
    keep: Path

    def scan(self) -> Listing:
        folder = DriveFolder(self.google, [folder_url(self.root)], self.keep)
        try:
            return folder.scan(quiet)
        finally:
            folder.close()


@contextmanager
def drive(keep: Path, shared: bool) -> Iterator[Drive]:
    with Standin() as standin, connect(standin, BRIEF) as google:
        person = Person(standin.core)
        root = standin.core.drive.add_drive("Unidad") if shared else person.add_folder("Raíz")
        folders = {"": root}
        for path in FILES:
            above = ""
            for name in path.split("/")[:-1]:
                here = f"{above}/{name}".strip("/")
                if here not in folders:
                    folders[here] = person.add_folder(name, folders[above])
                above = here
            person.add_file(path.rpartition("/")[2], folders[above], path.encode())
        person.add_file("doc", root, mime=DOC, text="x")
        person.add_shortcut("roto", root, "1NoExisteNoExisteNoExiste")
        yield Drive(standin, google, root, keep)


def change(scene: Drive) -> None:
    """What happens in the day between two nights."""
    person = Person(scene.standin.core)
    by_name = {f.name: f.id for f in scene.standin.core.drive.files.values()}
    person.move(by_name["B"], by_name["C"])
    person.trash(by_name["r.pdf"])
    folder = person.add_folder("N", by_name["A"])
    person.add_file("n.pdf", folder, b"n")
    person.delete(by_name["a.pdf"])


Prepare = Callable[[Drive], None]


def first(scene: Drive) -> None:
    """Nothing was read before."""


def night(scene: Drive) -> None:
    scene.scan()
    change(scene)


@pytest.mark.parametrize("prepare", [first, night], ids=["primera", "noche"])
@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
@pytest.mark.parametrize("kind", PASSING + REFUSED + ODD)
def test_a_reading_of_drive(tmp_path: Path, kind: str, shared: bool, prepare: Prepare) -> None:
    with drive(tmp_path / "sin-fallas", shared) as scene:
        prepare(scene)
        scene.standin.core.calls.clear()
        wanted = key(scene.scan())
        calls = scene.standin.core.count(service="drive")
    places = range(1, calls + 1) if kind not in ("hang",) else range(1, calls + 1, 3)
    for at in places:
        with drive(tmp_path / f"{kind}-{at}", shared) as scene:
            prepare(scene)
            fault = scene.standin.core.faults.add(
                kind, path="/drive/v3/", at=at, times=1, seconds=2
            )
            try:
                found = scene.scan()
                if found.coverage.complete and kind != "changes_lag":
                    assert key(found) == wanted, (kind, at)
                else:  # what could not be read is said, and is never more than there is
                    assert {k[0] for k in key(found)} <= {k[0] for k in wanted} | _before(scene)
            except (SourceError, AccessError):
                assert fault.fired
            scene.standin.core.faults.clear()
            assert key(scene.scan()) == wanted, (kind, at, "the next run")


def _before(scene: Drive) -> set[str]:
    return set(scene.standin.core.drive.files) | {"1NoExisteNoExisteNoExiste"} | _deleted(scene)


def _deleted(scene: Drive) -> set[str]:
    return set(scene.standin.core.drive.removed_drive)


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_a_lasting_failure_keeps_what_was_read(tmp_path: Path, shared: bool) -> None:
    """Broken off again and again after some pages, a listing goes on from there and ends."""
    with drive(tmp_path / "d", shared) as scene:
        scene.standin.core.quirks.set(page_cap=2)
        for _ in range(20):
            rule = scene.standin.core.faults.add("400", path="/drive/v3/", at=9, times=None)
            try:
                found = scene.scan()
                break
            except (SourceError, AccessError):
                pass
            finally:
                scene.standin.core.faults.rules.remove(rule)
        else:
            pytest.fail("it never ends")
        scene.standin.core.quirks.set(page_cap=0)
        assert len(found.files) == len(FILES) + 2


# --- the register --------------------------------------------------------------------------


@contextmanager
def register(before: Core | None = None) -> Iterator[tuple[Standin, SheetRegister, str]]:
    """A register on a copy of an earlier stand-in, or an empty Sheet."""
    with Standin(copy.deepcopy(before)) as standin, connect(standin, BRIEF) as google:
        books = standin.core.sheets.books
        made = next(iter(books)) if books else Person(standin.core).create_sheet("Registro")
        yield standin, SheetRegister(google, sheet_url(made)), made


def write(sheet: SheetRegister, number: int) -> bool:
    """One run of the tool: it reads, decides, and writes."""
    contents = sheet.read()
    proposed = {str(row.cells["ID"]) for row in contents.review}
    return sheet.record(changes(number, known=proposed, runs=log_of(contents)))


@pytest.mark.parametrize(
    ("runs", "kind"),
    [(1, kind) for kind in ("503", "400", "drop", *APPLIED)]
    + [(2, kind) for kind in PASSING + REFUSED + APPLIED],
)
def test_a_run_on_the_register(kind: str, runs: int) -> None:
    """`runs` 1: the tabs are made; 2: rows are inserted, removed and appended."""
    with register() as (standin, sheet, book):
        for number in range(1, runs):
            write(sheet, number)
        before = copy.deepcopy(standin.core)
        standin.core.calls.clear()
        write(sheet, runs)
        wanted = snapshot(standin, book)
        calls = standin.core.count(service="sheets")
    for at in range(1, calls + 1):
        with register(before) as (standin, sheet, book):
            standin.core.faults.add(kind, path="/v4/", at=at, times=1, seconds=2)
            with suppress(SourceError, AccessError, InputError):
                write(sheet, runs)
            standin.core.faults.clear()
            write(sheet, runs)
            assert snapshot(standin, book) == wanted, (kind, at)


@pytest.mark.parametrize("kind", ["503", "applied_503", "applied_drop", "429"])
def test_a_lasting_failure_of_the_register_says_so_in_time(kind: str) -> None:
    ends_well = kind.startswith("applied")
    deadline = 30.0 if ends_well else 0.3
    brief = Patience(floor=0.001, cap=0.005, deadline=deadline, timeout=15.0, write_timeout=15.0)
    with Standin() as standin, connect(standin, brief) as google:
        book = Person(standin.core).create_sheet("Registro")
        sheet = SheetRegister(google, sheet_url(book))
        sheet.read()
        standin.core.faults.add(kind, method="POST", path="/v4/", times=None)
        if ends_well:  # every answer is lost, and still everything is written once
            assert sheet.record(changes(1))
        else:
            with pytest.raises(EvidenciasError):
                sheet.record(changes(1))
        standin.core.faults.clear()
        write(sheet, 1)
        rows = snapshot(standin, book)["Revisión"]
        assert len(rows) == len({tuple(row) for row in rows})
