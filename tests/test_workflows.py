"""The laws of a run: nothing lost, nothing said from half a reading, the same end after death."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from evidencias import config, sample, snapshots, wiring, workflows
from evidencias.domain.model import (
    ActivityState,
    Block,
    Coverage,
    Document,
    EvidenceFile,
    FindingKind,
    LinkState,
    Listing,
    Presence,
)
from evidencias.domain.snapshot import Snapshot
from evidencias.errors import SafetyError
from evidencias.ports import FileSource, Progress, ReportSource, Workspace

WISHES = workflows.Wishes()


def silent(_phase: str, _done: int, _total: int | None) -> None:
    """No progress."""


@dataclass
class PartlyRead:
    """A folder in which some routes cannot be listed."""

    inner: FileSource
    unread: tuple[str, ...]

    def scan(self, progress: Progress) -> Listing:
        whole = self.inner.scan(progress)
        kept = tuple(f for f in whole.files if not f.path.startswith(self.unread))
        return replace(whole, files=kept, coverage=Coverage(False, self.unread))

    @property
    def readers(self) -> int:
        return self.inner.readers

    def document(self, file: EvidenceFile) -> Document:
        return self.inner.document(file)

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        return self.inner.exposure(files)


@dataclass
class Shuffled:
    """A folder that lists its files in another order."""

    inner: FileSource
    seed: int

    def scan(self, progress: Progress) -> Listing:
        whole = self.inner.scan(progress)
        files = list(whole.files)
        random.Random(self.seed).shuffle(files)
        return replace(whole, files=tuple(files))

    @property
    def readers(self) -> int:
        return self.inner.readers

    def document(self, file: EvidenceFile) -> Document:
        return self.inner.document(file)

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        return self.inner.exposure(files)


@dataclass
class OfAnother:
    """The same report, of another policy."""

    inner: ReportSource

    def read(self) -> tuple[Block, ...]:
        head = Block("POLÍTICA PÚBLICA | Minas", style="row", cells=("POLÍTICA PÚBLICA", "Minas"))
        told = (b for b in self.inner.read() if "POLÍTICA PÚBLICA" not in b.cells)
        return (head, *told)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "muestra"
    sample.unpack(place)
    return place


def run(folder: Path, wishes: workflows.Wishes = WISHES, **ports: Any) -> Snapshot:
    settings = config.load(folder / "evidencias.toml")
    ws = wiring.workspace(settings)
    changed: Workspace = replace(ws, **{k: make(getattr(ws, k)) for k, make in ports.items()})
    with closing(ws), ws.lock():
        return workflows.synchronise(settings, changed, ws.clock(), wishes, silent)


def states(snapshot: Snapshot) -> Counter[ActivityState]:
    a = snapshot.assessment
    reported = {x.code for x in a.activities if x.reported}
    return Counter(s.state for s in a.standings if s.activity in reported)


def top_folder(folder: Path) -> str:
    """The folder of the sample with most files."""
    tops = [p for p in (folder / "Evidencias").iterdir() if p.is_dir()]
    return max(tops, key=lambda p: len(list(p.rglob("*")))).name


def test_half_a_reading_asserts_nothing_but_what_is_proven(folder: Path) -> None:
    snapshot = run(folder, files=lambda inner: PartlyRead(inner, (top_folder(folder),)))
    found = states(snapshot)
    assert set(found) <= {ActivityState.SUPPORTED, ActivityState.UNVERIFIABLE}
    kinds = {f.kind for f in snapshot.assessment.findings}
    assert not kinds & {FindingKind.NO_EVIDENCE, FindingKind.MISSING_KIND}


def test_a_folder_unread_today_loses_no_link_and_is_no_withdrawal(folder: Path) -> None:
    before = run(folder)
    partly = run(folder, files=lambda inner: PartlyRead(inner, (top_folder(folder),)))
    assert FindingKind.EVIDENCE_GONE not in {f.kind for f in partly.assessment.findings}
    assert partly.summary.gone == 0
    unread = {i for i, f in partly.assessment.files.items() if f.presence is Presence.UNREAD}
    assert unread
    after = run(folder)
    assert states(after) == states(before)
    assert after.assessment.links == before.assessment.links


def test_a_linked_file_that_is_withdrawn_stays_named(folder: Path) -> None:
    before = run(folder).assessment
    taken = next(k for k in before.links if k.state is LinkState.AUTOMATIC)
    (folder / "Evidencias" / taken.file).unlink()
    for _ in range(2):  # also at the run after the next
        after = run(folder).assessment
        gone = [f for f in after.findings if f.kind is FindingKind.EVIDENCE_GONE]
        assert taken.file in {f.file for f in gone}


def test_a_linked_file_that_moves_is_not_withdrawn(folder: Path) -> None:
    before = run(folder).assessment
    taken = next(k for k in before.links if k.state is LinkState.AUTOMATIC)
    old = folder / "Evidencias" / taken.file
    shutil.move(old, folder / "Evidencias" / f"movido {old.name}")
    after = run(folder).assessment
    assert FindingKind.EVIDENCE_GONE not in {f.kind for f in after.findings}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_files_does_not_matter(folder: Path, seed: int) -> None:
    straight = run(folder, workflows.Wishes(simulate=True)).assessment
    mixed = run(
        folder, workflows.Wishes(simulate=True), files=lambda inner: Shuffled(inner, seed)
    ).assessment
    assert mixed.links == straight.links
    assert mixed.standings == straight.standings
    assert set(mixed.findings) == set(straight.findings)


def test_the_report_helps_to_link_and_says_so(folder: Path) -> None:
    links = run(folder).assessment.links
    assert any(r.signal == "informe" for link in links for r in link.reasons)


def test_the_report_of_another_policy_links_nothing(folder: Path) -> None:
    simulate = workflows.Wishes(simulate=True)
    without = run(folder, simulate, report=lambda _: None).assessment
    foreign = run(folder, simulate, report=OfAnother).assessment
    assert foreign.problems != without.problems
    assert foreign.links == without.links


def test_too_much_vanished_at_once_writes_nothing(folder: Path) -> None:
    run(folder)
    book = (folder / "registro.xlsx").read_bytes()
    for path in list((folder / "Evidencias").rglob("*.*"))[::2]:
        if path.is_file():
            path.unlink()
    with pytest.raises(SafetyError):
        run(folder)
    assert (folder / "registro.xlsx").read_bytes() == book


def test_the_state_comes_back_from_the_index_as_it_was(folder: Path) -> None:
    snapshot = run(folder)
    index = wiring.index(config.load(folder / "evidencias.toml"))
    assert snapshots.load(index) == snapshot


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="sin SIGKILL en este sistema")
def test_a_killed_run_leaves_the_next_one_to_end_as_an_unkilled_one(folder: Path) -> None:
    calm = folder.with_name("tranquila")
    shutil.copytree(folder, calm)
    wanted = run(calm).assessment
    start = time.monotonic()
    sample.unpack(folder.with_name("medida"))
    run(folder.with_name("medida"))
    whole = time.monotonic() - start
    for step in range(6):
        killed = subprocess.Popen(
            [sys.executable, "-m", "evidencias", "sincronizar", "-q"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(whole * (0.4 + 0.25 * step))
        killed.kill()
        killed.wait()
    after = run(folder).assessment
    assert after.standings == wanted.standings
    assert [k.id for k in after.links] == [k.id for k in wanted.links]
    settings = config.load(folder / "evidencias.toml")
    contents = wiring.workspace(settings).register.read()
    ids = [r.cells["ID"] for r in contents.review]
    assert len(ids) == len(set(ids))
    proposals = [(r.cells["ID"], r.cells["Después"]) for r in contents.history]
    assert len(proposals) == len(set(proposals))
