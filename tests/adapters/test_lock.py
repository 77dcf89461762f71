"""One run at a time, and a folder that refuses is told in Spanish and left free."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidencias.adapters.local.lock import workspace_lock
from evidencias.errors import LockedError, SourceError


def test_the_second_run_is_told_who_holds_the_first(tmp_path: Path) -> None:
    with workspace_lock(tmp_path):
        note = json.loads((tmp_path / "candado.json").read_text("utf-8"))
        with pytest.raises(LockedError, match=note["equipo"]), workspace_lock(tmp_path):
            pass
    assert not (tmp_path / "candado.json").exists()
    with workspace_lock(tmp_path):
        pass


def test_a_folder_that_refuses_is_a_failure_for_now_and_holds_no_lock(tmp_path: Path) -> None:
    refusing = tmp_path / "candado.json"
    refusing.mkdir()
    with pytest.raises(SourceError, match="No puedo escribir"), workspace_lock(tmp_path):
        pass
    refusing.rmdir()
    with workspace_lock(tmp_path):
        pass
