"""Each corpus in Drive gives what its materialised folder gives, on all that both can see.

Google documents and shortcuts are readable in Drive only: there they follow the gold, and locally
they are listed as not readable. `createdTime` is Drive's alone too, so both sides go without it.
"""

from __future__ import annotations

import csv
import importlib.util
import tomllib
import unicodedata
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidencias import config, wiring, workflows
from evidencias.domain.assessment import Assessment
from evidencias.domain.model import EvidenceFile, LinkState
from evidencias.domain.support import LINKED
from evidencias.workflows import Gathered
from tests.adapters.google.conftest import folder_url, quiet
from tests.google.seeding import seed_corpus
from tests.google.server import Standin

CORPORA = Path(__file__).parents[4] / "shared" / "corpus"
NAMES = sorted(p.parent.name for p in CORPORA.glob("*/caso.toml"))
pytestmark = pytest.mark.skipif(not NAMES, reason="sin ../shared/corpus en este equipo")
KEY = '{"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}'
NATIVE = "application/vnd.google-apps."
PERSONS_ONLY = 5  # the gold's level of what no text tells


class Case:
    """One corpus, its materialised folder, and what one reading of a place gathers from it."""

    def __init__(self, corpus: Path, work: Path) -> None:
        self.corpus, self.work = corpus, work
        self.tree = work / "Evidencias"
        _maker().materializar(str(corpus), str(self.tree))
        self.key = work / "credenciales.json"
        self.key.write_text(KEY, encoding="utf-8")
        self.key.chmod(0o600)

    def config(self, evidence: str) -> config.Config:
        case = tomllib.loads((self.corpus / "caso.toml").read_text(encoding="utf-8"))
        data = {
            "politica": {"nombre": case["politica"]},
            "periodo": {"semestre": case["semestre"]},
            "plan": {"origen": str(self.corpus / "plan.xlsx")},
            "informe": {"origen": str(self.corpus / "informe.docx")},
            "evidencias": {"carpeta": evidence},
            "registro": {"destino": "registro.xlsx"},
            "google": {"credenciales": str(self.key)},
        }
        return config.parse(data, self.work / "evidencias.toml")

    def local(self) -> Gathered:
        return self._gathered(str(self.tree))

    def drive(self, monkeypatch: pytest.MonkeyPatch, *, shared: bool) -> Gathered:
        with Standin() as google, monkeypatch.context() as patch:
            patch.setenv(config.ENV_ENDPOINT, google.url)
            root = seed_corpus(google.core, self.corpus, shared_drive=shared, made=self.tree)
            return self._gathered(folder_url(root))

    def _gathered(self, evidence: str) -> Gathered:
        chosen = self.config(evidence)
        with closing(wiring.workspace(chosen)) as ws:
            return workflows.gather(chosen, ws, workflows.Wishes(simulate=True), quiet)

    def concluded(self, gathered: Gathered) -> Assessment:
        chosen = self.config("Evidencias")
        with closing(wiring.workspace(chosen)) as ws:
            return workflows.conclude(chosen, ws, gathered)[0]

    def rows(self, name: str) -> list[dict[str, str]]:
        csv.field_size_limit(10**7)
        with (self.corpus / f"{name}.csv").open(encoding="utf-8", newline="") as held:
            return list(csv.DictReader(held))


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("materializar", CORPORA / "materializar.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    return maker


def drives_own(file: EvidenceFile) -> bool:
    """Whether only Drive can read it, or tell where it points."""
    return file.native or file.shortcut_target is not None


def seen_by_both(gathered: Gathered) -> Gathered:
    """What was gathered, without what only one of Drive and a local disk can know."""
    kept = [replace(f, created=None) for f in gathered.listing.files if not drives_own(f)]
    return replace(gathered, listing=replace(gathered.listing, files=tuple(kept)))


def told(a: Assessment) -> dict[str, Any]:
    """Links, states and findings by route, which both sides share; ids differ by nature."""
    route = {i: f.path for i, f in a.files.items()}
    return {
        "links": {
            (k.activity, route[k.file], k.state, k.score, k.reasons, k.against) for k in a.links
        },
        "states": {s.activity: (s.state, s.missing) for s in a.standings},
        "findings": {(f.kind, f.severity, f.activity, route.get(f.file, "")) for f in a.findings},
        "claims": {(c.text, c.activity, c.kind) for c in a.claims},
        "orphans": {route[o.file] for o in a.orphans},
    }


def listed(gathered: Gathered) -> object:
    """What the disk and Drive say of each file alike, and what both set aside."""
    files = {
        (f.path, f.name, f.size, f.md5, f.modified and f.modified.replace(microsecond=0))
        for f in seen_by_both(gathered).listing.files
    }
    return files, {s.path for s in gathered.listing.set_aside}


def without_exposure(gathered: Gathered) -> tuple[object, ...]:
    """All that was read; who else may open a file is listed in My Drive only."""
    files = [replace(f, shared_publicly=None) for f in gathered.listing.files]
    return files, gathered.listing.set_aside, gathered.listing.coverage, gathered.documents


def assert_not_readable_locally(case: Case, local: Gathered) -> None:
    """Every Google document and shortcut is listed, with the reason why it has no text."""
    files = {f.path.rpartition(".")[0]: f for f in local.listing.files if drives_own(f)}
    for row in shortcuts(case):
        route = unicodedata.normalize("NFC", row["ruta"])
        assert files[route].shortcut_target is not None, route
    for row in case.rows("arbol"):
        route = unicodedata.normalize("NFC", row["ruta"])
        if row["tipo"] == "archivo" and row["mime"].startswith(NATIVE):
            document = local.documents[files[route].id]
            assert document.problem and not document.text, route


def assert_follows_the_gold(case: Case, whole: Gathered) -> None:
    """What only Drive can read: nothing wrong is linked alone, most of the gold is in sight."""
    gold = defaultdict(set)
    for row in case.rows("oro_vinculos"):
        if int(row["nivel"]) < PERSONS_ONLY:
            gold[row["archivo_id"]].add(row["codigo"])
    links = case.concluded(whole).links
    offered = {(k.file, k.activity, k.state) for k in links}
    own = [f for f in whole.listing.files if drives_own(f)]
    right = {(f.id, code) for f in own for code in gold[f.id] | gold[f.shortcut_target or ""]}
    assert {(i, c) for i, c, s in offered if s in LINKED and i in {f.id for f in own}} <= right
    wanted = {(f.id, code) for f in own for code in gold[f.id]}
    found = wanted & {(i, c) for i, c, _ in offered}
    assert len(found) > len(wanted) / 2, wanted - found
    broken = {row["id"] for row in shortcuts(case) if row["texto"].strip() not in ids(case)}
    assert {f.id for f in own if f.broken} == broken
    for file in own:
        of_file = {(c, s) for i, c, s in offered if i == file.id}
        of_target = {(c, s) for i, c, s in offered if i == file.shortcut_target}
        assert file.shortcut_target is None or of_file == (set() if file.broken else of_target)


def shortcuts(case: Case) -> list[dict[str, str]]:
    return [row for row in case.rows("arbol") if row["tipo"] == "acceso_directo"]


def ids(case: Case) -> set[str]:
    return {row["id"] for row in case.rows("arbol")}


def assert_documents_are_exported(case: Case, whole: Gathered) -> None:
    """Documents, sheets and slides say what a person wrote in them."""
    for row in case.rows("arbol"):
        words = row["texto"].replace("|", " ").split()
        exported = row["mime"].startswith(NATIVE) and "form" not in row["mime"]
        if row["tipo"] == "archivo" and exported:
            text = whole.documents[row["id"]].text
            assert text.replace("|", " ").split() == words, row["ruta"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_drive_gives_what_the_folder_gives(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(CORPORA / name, tmp_path)
    local = case.local()
    mine = case.drive(monkeypatch, shared=False)
    assert listed(mine) == listed(local)
    expected, found = (told(case.concluded(seen_by_both(g))) for g in (local, mine))
    assert LinkState.AUTOMATIC in {state for _, _, state, *_ in expected["links"]}
    for part, wanted in expected.items():
        assert found[part] == wanted, part
    # What is gathered decides all the rest: where it is equal, so are links, states and findings.
    assert without_exposure(case.drive(monkeypatch, shared=True)) == without_exposure(mine)
    assert_not_readable_locally(case, local)
    assert_documents_are_exported(case, mine)
    assert_follows_the_gold(case, mine)
