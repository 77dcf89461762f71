"""The command line as a user runs it: whole processes on a copy of the sample workspace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Said:
    """What one process said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Place:
    """A folder in which commands are run."""

    folder: Path

    def run(self, *words: str, answers: str = "", **environment: str) -> Said:
        """Runs `evidencias words…` here, with nothing of this process's own settings."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("EVIDENCIAS_")}
        done = subprocess.run(
            [sys.executable, "-m", "evidencias", *words],
            check=False,
            cwd=self.folder,
            input=answers,
            capture_output=True,
            encoding="utf-8",
            env={**clean, "COLUMNS": "80", **environment},
            timeout=120,
        )
        return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def synchronised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, unpacked and synchronised once; tests get copies."""
    folder = tmp_path_factory.mktemp("muestra") / "muestra"
    done = Place(folder.parent).run("demo", "muestra")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def sample(synchronised: Path, tmp_path: Path) -> Place:
    """A synchronised sample workspace of one test's own; a workspace may be copied whole."""
    copy = tmp_path / "muestra"
    shutil.copytree(synchronised, copy)
    return Place(copy)


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    """An empty folder."""
    return Place(tmp_path)
