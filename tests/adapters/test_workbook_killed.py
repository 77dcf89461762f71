"""Law 7 for the workbook: killed at any line of a save, the next run ends where it would have."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from types import FrameType

import pytest

from evidencias.adapters.local.workbook import Workbook
from evidencias.adapters.local.workbook import file as saving
from evidencias.domain.register import RegisterContents
from tests.adapters.test_workbook import Clock, plain, run
from tests.domain.registering import LINKS, LIST, suggested

MORE = (*LINKS, suggested("2.1", LIST, 0.9))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="hace falta fork")


def killed_after(path: Path, lines: int) -> bool:
    """Synchronises in a child that dies at that many lines of saving; whether it died."""
    child = os.fork()
    if child == 0:
        left = lines

        def trace(frame: FrameType, event: str, _: object) -> object:
            nonlocal left
            if frame.f_code.co_filename != saving.__file__:
                return None
            if event == "line":
                left -= 1
                if left < 0:
                    os._exit(9)
            return trace

        sys.settrace(trace)  # type: ignore[arg-type]  # a trace function may return itself
        run(path, Clock(), MORE)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def held(path: Path) -> RegisterContents:
    return plain(Workbook(path).read())


@pytest.mark.slow
def test_killed_at_any_line_it_is_the_old_or_the_new_and_the_next_run_completes(
    tmp_path: Path,
) -> None:
    start, path = tmp_path / "antes.xlsx", tmp_path / "trabajo" / "registro.xlsx"
    run(start, Clock())
    whole = tmp_path / "entero.xlsx"
    shutil.copy(start, whole)
    run(whole, Clock(), MORE)
    lines, died = 0, True
    while died:
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        shutil.copy(start, path)
        died = killed_after(path, lines)
        assert held(path) in (held(start), held(whole))
        run(path, Clock(), MORE)
        assert held(path) == held(whole)
        assert not list(path.parent.glob(".*.tmp"))
        lines += 7
    assert lines > 50
