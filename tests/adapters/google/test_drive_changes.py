"""After any change, a reading of what changed gives what a reading of everything gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencias.adapters.google.drive import DriveFolder
from evidencias.domain.model import EvidenceFile, Listing
from evidencias.errors import AccessError
from tests.adapters.google.conftest import Opened, connect, folder_url, quiet
from tests.google.drive_state import DOC
from tests.google.person import Person
from tests.google.server import Standin


@dataclass
class Scene:
    """A tree with something of each kind, and the ids by name."""

    person: Person
    shared: bool
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        person, ids = self.person, self.ids
        core = person.core
        ids["root"] = core.drive.add_drive("Unidad") if self.shared else person.add_folder("Raíz")
        ids["outside"] = core.drive.add_drive("Otra") if self.shared else person.add_folder("Otra")
        for name, parent in (
            ("A", "root"),
            ("B", "A"),
            ("C", "root"),
            ("X", "outside"),
            ("Y", "X"),
        ):
            ids[name] = person.add_folder(name, ids[parent])
        files = (("a1", "A"), ("b1", "B"), ("c1", "C"), ("r1", "root"), ("x1", "X"), ("y1", "Y"))
        for name, parent in files:
            ids[name] = person.add_file(f"{name}.pdf", ids[parent], name.encode())
        ids["doc"] = person.add_file("doc", ids["C"], mime=DOC, text="uno")
        ids["to_b1"] = person.add_shortcut("atajo a b1", ids["C"], ids["b1"])
        ids["to_x1"] = person.add_shortcut("atajo a x1", ids["C"], ids["x1"])

    def trash_and_restore(self) -> None:
        self.person.trash(self["A"])
        self.person.restore(self["A"])

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


Act = Callable[[Scene], object]
CHANGES: dict[str, tuple[Act, ...]] = {
    "nothing": (),
    "a new file": (lambda s: s.person.add_file("nuevo.pdf", s["B"], b"n"),),
    "a new folder with a file": (
        lambda s: s.person.add_file("n.pdf", s.person.add_folder("N", s["B"]), b"n"),
    ),
    "a renamed file": (lambda s: s.person.rename(s["b1"], "otro.pdf"),),
    "a renamed folder": (lambda s: s.person.rename(s["A"], "Alfa"),),
    "a file moved inside": (lambda s: s.person.move(s["b1"], s["C"]),),
    "a folder moved inside": (lambda s: s.person.move(s["B"], s["C"]),),
    "a file moved out": (lambda s: s.person.move(s["b1"], s["outside"]),),
    "a folder moved out": (lambda s: s.person.move(s["A"], s["outside"]),),
    "a file moved in": (lambda s: s.person.move(s["x1"], s["B"]),),
    "a folder moved in": (lambda s: s.person.move(s["X"], s["B"]),),
    "a folder out, another in its place": (
        lambda s: s.person.move(s["A"], s["outside"]),
        lambda s: s.person.move(s["X"], s["root"]),
    ),
    "a file in the trash": (lambda s: s.person.trash(s["b1"]),),
    "a folder in the trash": (lambda s: s.person.trash(s["A"]),),
    "a file restored": (lambda s: s.person.trash(s["b1"]), lambda s: s.person.restore(s["b1"])),
    "a folder restored": (lambda s: s.person.trash(s["A"]), lambda s: s.person.restore(s["A"])),
    "a folder restored the same day": (lambda s: s.trash_and_restore(),),
    "replaced content": (lambda s: s.person.replace_content(s["b1"], b"otro contenido"),),
    "a rewritten document": (lambda s: s.person.rewrite(s["doc"], "dos"),),
    "a deleted file": (lambda s: s.person.delete(s["b1"]),),
    "a deleted folder": (lambda s: s.person.delete(s["A"]),),
    "access to a file lost": (lambda s: s.person.take_away(s["c1"]),),
    "access to a folder lost": (lambda s: s.person.take_away(s["A"]),),
    "access lost and given back": (
        lambda s: s.person.take_away(s["A"]),
        lambda s: s.person.give_back(s["A"]),
    ),
    "a shortcut broken": (lambda s: s.person.delete(s["b1"]),),
    "a shortcut's target in the trash": (lambda s: s.person.trash(s["b1"]),),
    "a shortcut to elsewhere broken": (lambda s: s.person.delete(s["x1"]),),
    "a shortcut to a folder elsewhere": (
        lambda s: s.person.add_shortcut("a X", s["C"], s["X"]),
        lambda s: s.person.add_file("x2.pdf", s["X"], b"x2"),
        lambda s: s.person.trash(s["x1"]),
    ),
    "a folder opened by a shortcut moves in": (
        lambda s: s.person.add_shortcut("a X", s["C"], s["X"]),
        lambda s: s.person.move(s["X"], s["A"]),
    ),
    "a new shortcut": (lambda s: s.person.add_shortcut("a c1", s["A"], s["c1"]),),
}


def known(listing: Listing) -> list[EvidenceFile]:
    return sorted(listing.files, key=lambda file: (file.path, file.id))


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
@pytest.mark.parametrize("change", CHANGES)
def test_changes_give_what_a_complete_reading_gives(
    standin: Standin, person: Person, opened: Opened, change: str, shared: bool
) -> None:
    scene = Scene(person, shared)
    nightly = opened(scene["root"])
    nightly.scan(quiet)
    for act in CHANGES[change]:
        with standin.lock:
            act(scene)
        found = nightly.scan(quiet)
        whole = opened(scene["root"], kept="").scan(quiet)
        assert known(found) == known(whole)
        assert found.coverage == whole.coverage


@pytest.mark.parametrize("shared", [False, True], ids=["mi-unidad", "compartida"])
def test_the_root_itself_may_be_lost_and_come_back(
    standin: Standin, person: Person, opened: Opened, shared: bool
) -> None:
    scene = Scene(person, shared)
    nightly = opened(scene["root"])
    before = known(nightly.scan(quiet))
    person.take_away(scene["root"])
    for _ in range(2):
        with pytest.raises(AccessError):
            nightly.scan(quiet)
    person.delete(scene["c1"])
    person.give_back(scene["root"])
    after = known(nightly.scan(quiet))
    assert [f for f in before if f.id != scene["c1"]] == after


def test_what_the_log_shows_late_is_seen_when_it_shows(
    standin: Standin, person: Person, opened: Opened
) -> None:
    scene = Scene(person, True)
    nightly = opened(scene["root"])
    nightly.scan(quiet)
    folder = person.add_folder("N", scene["B"])
    person.add_file("n.pdf", folder, b"n")
    standin.core.quirks.set(changes_lag=2)
    nightly.scan(quiet)
    standin.core.quirks.set(changes_lag=0)
    assert known(nightly.scan(quiet)) == known(opened(scene["root"], kept="").scan(quiet))


def test_a_simulated_reading_leaves_what_is_kept_as_it_is(
    standin: Standin, person: Person, opened: Opened
) -> None:
    scene = Scene(person, False)
    opened(scene["root"]).scan(quiet)
    person.rename(scene["b1"], "otro.pdf")
    trial = opened(scene["root"], simulate=True)
    first, second = trial.scan(quiet), opened(scene["root"], simulate=True).scan(quiet)
    assert known(first) == known(second)
    assert any(f.path == "A/B/otro.pdf" for f in first.files)


@pytest.mark.parametrize("damage", [b"", b"esto no es sqlite" * 400])
def test_a_damaged_cache_is_only_slower(
    standin: Standin, person: Person, opened: Opened, tmp_path: object, damage: bytes
) -> None:
    from pathlib import Path

    scene = Scene(person, False)
    before = known(opened(scene["root"]).scan(quiet))
    (Path(str(tmp_path)) / "drive.sqlite").write_bytes(damage)
    assert known(opened(scene["root"]).scan(quiet)) == before


NAMES = ["A", "B", "C", "X", "Y"]
FILES = ["a1", "b1", "c1", "r1", "x1", "y1"]
MOVES = st.one_of(
    st.tuples(
        st.just("move"),
        st.sampled_from(NAMES + FILES),
        st.sampled_from([*NAMES, "root", "outside"]),
    ),
    st.tuples(st.just("trash"), st.sampled_from(NAMES + FILES), st.just("")),
    st.tuples(st.just("restore"), st.sampled_from(NAMES + FILES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES + FILES), st.sampled_from(["p", "q"])),
    st.tuples(st.just("add"), st.sampled_from(NAMES), st.sampled_from(["m.pdf", "n.pdf"])),
    st.tuples(st.just("scan"), st.just(""), st.just("")),
)


def _loops(scene: Scene, what: str, where: str) -> bool:
    drive = scene.person.drive
    held = drive.files[scene[where]]
    return scene[what] in {held.id, *(above.id for above in drive.ancestors(held))}


def _do(scene: Scene, move: tuple[str, str, str]) -> None:
    kind, what, where = move
    if kind == "move" and not _loops(scene, what, where):
        scene.person.move(scene[what], scene[where])
    elif kind == "trash":
        scene.person.trash(scene[what])
    elif kind == "restore":
        scene.person.restore(scene[what])
    elif kind == "rename":
        scene.person.rename(scene[what], where)
    elif kind == "add":
        scene.person.add_file(where, scene[what], where.encode())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=st.lists(MOVES, max_size=12), shared=st.booleans())
def test_any_history_of_moves_gives_what_a_complete_reading_gives(
    moves: list[tuple[str, str, str]], shared: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Standin() as standin, connect(standin) as google:
        scene = Scene(Person(standin.core), shared)
        keep = tmp_path_factory.mktemp("historia") / "d.sqlite"
        nightly = DriveFolder(google, [folder_url(scene["root"])], keep)
        nightly.scan(quiet)
        for move in moves:
            _do(scene, move)
            if move[0] == "scan":
                nightly.scan(quiet)
        whole = DriveFolder(google, [folder_url(scene["root"])], None)
        assert known(nightly.scan(quiet)) == known(whole.scan(quiet))
        for folder in (nightly, whole):
            folder.close()
