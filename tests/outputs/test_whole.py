"""A file is written whole or not at all: whatever ends the writing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evidencias.errors import InputError, SourceError
from evidencias.outputs.whole import whole


@pytest.fixture(params=[None, b"antes"], ids=["nuevo", "existente"])
def target(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "sub" / "papel.json"
    if request.param is not None:
        path.parent.mkdir()
        path.write_bytes(request.param)
    return path


def left(target: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in target.parent.glob("*")}


def test_what_is_written_is_there(target: Path) -> None:
    with whole(target, "") as beside:
        beside.write_bytes(b"todo")
    assert left(target) == {"papel.json": b"todo"}


@pytest.mark.parametrize("failure", [InputError("no"), KeyboardInterrupt(), OSError(28, "full")])
def test_what_fails_midway_leaves_what_was_there(target: Path, failure: BaseException) -> None:
    before = left(target)
    told = SourceError if isinstance(failure, OSError) else type(failure)
    with pytest.raises(told), whole(target, "") as beside:
        beside.write_bytes(b"la mit")
        raise failure
    assert left(target) == before


def test_a_process_killed_midway_leaves_what_was_there(target: Path) -> None:
    before = left(target)
    killed = (
        "import os, sys; from pathlib import Path; from evidencias.outputs.whole import whole\n"
        "with whole(Path(sys.argv[1]), '') as beside:\n"
        "    beside.write_bytes(b'la mit'); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", killed, target], check=False, timeout=60)
    assert done.returncode == 9
    assert {k: v for k, v in left(target).items() if not k.startswith(".")} == before
