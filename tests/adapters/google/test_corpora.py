"""Each corpus in Drive gives what its materialised folder gives, on all that both can see.

Google documents (exported text) and shortcuts are readable on one side only and are left out of
both; so is `createdTime`, which a local disk here does not know.
"""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from evidencias import config, wiring, workflows
from evidencias.domain.assessment import Assessment
from evidencias.domain.model import Document, EvidenceFile, LinkState, Listing
from evidencias.ports import FileSource, Progress
from tests.adapters.google.conftest import folder_url, quiet
from tests.google.seeding import seed_corpus
from tests.google.server import Standin

CORPORA = Path(__file__).parents[4] / "shared" / "corpus"
NAMES = sorted(p.parent.name for p in CORPORA.glob("*/caso.toml"))
pytestmark = pytest.mark.skipif(not NAMES, reason="sin ../shared/corpus en este equipo")


@dataclass
class SeenByBoth:
    """A folder without what only one of Drive and a local disk can read."""

    inner: FileSource

    @property
    def readers(self) -> int:
        return self.inner.readers

    def scan(self, progress: Progress) -> Listing:
        whole = self.inner.scan(progress)
        kept = [f for f in whole.files if not f.native and f.shortcut_target is None]
        return replace(whole, files=tuple(replace(f, created=None, broken=False) for f in kept))

    def document(self, file: EvidenceFile) -> Document:
        return self.inner.document(file)

    def exposure(self, files: Iterable[EvidenceFile]) -> Mapping[str, bool | None]:
        return {f.id: None for f in files}


def settings(corpus: Path, folder: Path, evidence: str) -> config.Config:
    case = tomllib.loads((corpus / "caso.toml").read_text(encoding="utf-8"))
    data = {
        "politica": {"nombre": case["politica"]},
        "periodo": {"semestre": case["semestre"]},
        "plan": {"origen": str(corpus / "plan.xlsx")},
        "informe": {"origen": str(corpus / "informe.docx")},
        "evidencias": {"carpeta": evidence},
        "registro": {"destino": "registro.xlsx"},
    }
    folder.mkdir()
    return config.parse(data, folder / "evidencias.toml")


def concluded(chosen: config.Config) -> Assessment:
    ws = wiring.workspace(chosen)
    with closing(ws):
        seen = replace(ws, files=SeenByBoth(ws.files))
        wishes = workflows.Wishes(simulate=True)
        return workflows.synchronise(chosen, seen, ws.clock(), wishes, quiet).assessment


def told(a: Assessment) -> dict[str, Any]:
    """Links, states and findings by route, which both sides share; ids differ by nature."""
    route = {i: f.path for i, f in a.files.items()}
    return {
        "links": {
            (k.activity, route[k.file], k.state, round(k.score, 6))
            for k in a.links
            if k.state is LinkState.AUTOMATIC or k.id in a.pending
        },
        "states": {s.activity: (s.state, s.missing) for s in a.standings},
        "findings": {(f.kind, f.severity, f.activity, route.get(f.file, "")) for f in a.findings},
    }


@pytest.fixture(scope="module", params=NAMES)
def corpus(request: pytest.FixtureRequest) -> Path:
    return CORPORA / str(request.param)


@pytest.fixture(scope="module")
def local(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("materializar", CORPORA / "materializar.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    sys.modules["materializar"] = maker
    spec.loader.exec_module(maker)
    base = tmp_path_factory.mktemp("corpus")
    maker.materializar(str(corpus), str(base / "Evidencias"))
    return told(concluded(settings(corpus, base / "trabajo", str(base / "Evidencias"))))


@pytest.mark.parametrize("shared_drive", [False, True], ids=["mi-unidad", "unidad-compartida"])
def test_drive_gives_what_the_folder_gives(
    corpus: Path,
    local: dict[str, Any],
    shared_drive: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = tmp_path / "credenciales.json"
    key.write_text(
        '{"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}',
        encoding="utf-8",
    )
    key.chmod(0o600)
    with Standin() as google:
        monkeypatch.setenv(config.ENV_ENDPOINT, google.url)
        root = seed_corpus(google.core, corpus, shared_drive=shared_drive)
        chosen = settings(corpus, tmp_path / "trabajo", folder_url(root))
        chosen = chosen.model_copy(update={"google": config.GooglePart(credenciales=str(key))})
        found = told(concluded(chosen))
    for part, expected in local.items():
        assert found[part] == expected, part
