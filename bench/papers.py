"""Annex and manifest of a very large plan: `python -m bench.papers [ACTIVITIES] [FILES]`.

Prints seconds and the highest memory of each step, each in a process of its own that also loads
the state, so that its memory counts. The mark: 60 s and 600 MB for 10,000 activities and 100,000
links.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidencias.adapters.index import SqliteIndex
from evidencias.domain.assessment import Assessment, Rules, Run
from evidencias.domain.judgement import judge
from evidencias.domain.manifest import Freezing, build
from evidencias.domain.manifest_files import FileSeal
from evidencias.domain.manifest_read import same_matter
from evidencias.domain.manifest_text import Manifest, sealed
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    EvidenceKind,
    FileFacts,
    Link,
    LinkState,
    Reason,
    Verdict,
)
from evidencias.domain.period import semester
from evidencias.domain.privacy import PERSONAL_KINDS, reserve
from evidencias.domain.snapshot import Snapshot, SyncSummary

START = datetime(2021, 9, 14, 15, 0, tzinfo=UTC)
KINDS = list(EvidenceKind)


def activities(count: int) -> Iterator[Activity]:
    for n in range(count):
        name = (
            f"Realizar la jornada número {n} de formación con las comunidades de la vereda {n % 97}"
        )
        yield Activity(
            f"ACT-{n:05d}", f"Eje {n * 40 // count + 1}", name, f"Secretaría {n % 12}",
            target=4, achieved=n % 6, row=n + 2, reported=n % 10 != 0,
        )  # fmt: skip


def files(count: int) -> Iterator[EvidenceFile]:
    for n in range(count):
        name = f"Acta de la jornada {n:06d} con asistencia y registro fotográfico (final) v2.pdf"
        path = f"Eje {n % 40 + 1}/Actividad {n % 10_000:05d}/Soportes y evidencias/{name}"
        day = START + timedelta(minutes=n % 100_000)
        yield EvidenceFile(
            path, path, name, "application/pdf", 100_000 + n, f"{n:032x}", day, day,
            f"file:///datos/Evidencias/{path.replace(' ', '%20')}", sha256=f"{n:064x}",
        )  # fmt: skip


def assessment(lines: int, papers: int) -> Assessment:
    """A plan with ten links a line in all, a tenth of them confirmed."""
    plan, folder = tuple(activities(lines)), {f.id: f for f in files(papers)}
    reason = (Reason("codigo", "El código está en la carpeta.", 3.0),)
    links = tuple(
        Link(plan[n % lines].code, f, LinkState.AUTOMATIC, 0.9, reason)
        for n, f in enumerate(folder)
    )
    decisions = tuple(
        Decision(k.id, Verdict.CONFIRM, k.activity, k.file, by="Ana Ruiz") for k in links[::10]
    )
    facts = {
        f: FileFacts(kinds := frozenset({KINDS[n % 8]}), personal_data=bool(PERSONAL_KINDS & kinds))
        for n, f in enumerate(folder)
    }
    return judge(
        Assessment(
            policy="Desarrollo Rural",
            responsible="Secretaría de Agricultura",
            period=semester("2021-2"),
            rules=Rules(),
            activities=plan,
            files=folder,
            facts=facts,
            proposed=links,
            decisions=decisions,
        )
    )


@dataclass(frozen=True)
class Place:
    """Where one run keeps its state and its papers."""

    folder: Path

    @property
    def index(self) -> SqliteIndex:
        """The index of a workspace there."""
        return SqliteIndex(self.folder / "indice.sqlite")


def make_annex(a: Assessment, place: Place) -> str:
    from evidencias.outputs import annex
    from evidencias.outputs.annex_view import Annex

    target = place.folder / "anexo.docx"
    address = annex.addresses([("/datos/Evidencias", "")], place.folder)
    annex.write(Annex(a, address), target, START)
    return f"{target.stat().st_size / 1e6:.1f} MB"


def make_public_annex(a: Assessment, place: Place) -> str:
    """Every file asked whether it may be shown, as `anexo --publico` does."""
    from evidencias.outputs import annex
    from evidencias.outputs.annex_view import Annex

    held = {i: why for i, f in a.files.items() if (why := reserve(f, a.facts[i], "x"))}
    target = place.folder / "anexo-publico.docx"
    annex.write(Annex(a, lambda file: file.url, reserved=held), target, START)
    return f"{target.stat().st_size / 1e6:.1f} MB, {len(held)} archivos omitidos"


def make_manifest(a: Assessment, place: Place) -> str:
    paper = FileSeal("plan.xlsx", "plan.xlsx", sha256="0" * 64)
    freezing = Freezing(
        moment=START, by="Ana Ruiz", forced=True, version="0", run=Run("r", START), plan=paper,
        report=paper, drive=False,
    )  # fmt: skip
    target = place.folder / "congelado.json"
    with target.open("wb") as out:
        out.writelines(sealed(lambda: build(a, freezing)).lines)
    return f"{target.stat().st_size / 1e6:.1f} MB"


def open_and_compare(a: Assessment, place: Place) -> str:
    read = Manifest("congelado.json", (place.folder / "congelado.json").read_bytes())
    return "es el mismo" if same_matter(read, a) else "NO es el mismo"


def measured(step: Callable[[Assessment, Place], str], place: Place) -> None:
    """Runs a step on the kept state in this process and prints its cost."""
    from evidencias import snapshots

    started = time.perf_counter()
    a = _loaded(snapshots.load(place.index)).assessment
    loaded, held = time.perf_counter(), _peak()
    paper = step(a, place)
    ended = time.perf_counter()
    told = f"{step.__name__:17} {ended - loaded:6.1f} s  {_peak():5.0f} MB  {paper}"
    print(f"{told} (leer el estado: {loaded - started:.1f} s, {held:.0f} MB)", flush=True)


def _peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _loaded(snapshot: Snapshot | None) -> Snapshot:
    if snapshot is None:
        raise SystemExit("el estado no se dejó leer")
    return snapshot


def keep(lines: int, papers: int, place: Place) -> None:
    """Keeps a state as a synchronisation does."""
    from evidencias import snapshots

    started = time.perf_counter()
    state = Snapshot(assessment(lines, papers), SyncSummary("r", START, START))
    judged = time.perf_counter()
    snapshots.keep(place.index, state)
    ended = time.perf_counter()
    print(f"{lines} actividades, {papers} vínculos: juzgar {judged - started:.1f} s, "
          f"guardar el estado {ended - judged:.1f} s", flush=True)  # fmt: skip


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    lines, papers = [*given, *[10_000, 100_000][len(given) :]]
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        steps = (make_annex, make_public_annex, make_manifest, open_and_compare)
        jobs = [(keep, (lines, papers, place)), *((measured, (s, place)) for s in steps)]
        for target, words in jobs:
            process = context.Process(target=target, args=words)  # type: ignore[arg-type]  # two shapes
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
