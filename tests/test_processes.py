"""Linking in processes of their own gives what linking in this one gives."""

from __future__ import annotations

import pytest

from bench import names
from evidencias import processes
from evidencias.domain.claims.narrator import narrator
from evidencias.domain.linking import link
from evidencias.domain.model import Linking, Report, ReportHeader, Section
from evidencias.domain.period import semester

ACTIVITIES = names.plan(60)
FILES = names.files(ACTIVITIES, 300)


TOLD = narrator(
    Report(
        ReportHeader(),
        (Section("ACTIVIDADES REALIZADAS", tuple(f"Se hizo {f.name}." for f in FILES[:40])),),
    ),
    ACTIVITIES,
)


def linked() -> Linking:
    return processes.link_all(
        ACTIVITIES, FILES, {}, policy="Prueba", period=semester("2022-1"), narrator=TOLD
    )


@pytest.mark.slow
def test_two_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    here = link(ACTIVITIES, FILES, {}, policy="Prueba", period=semester("2022-1"), narrator=TOLD)
    monkeypatch.setattr(processes, "MANY", 1)
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    assert linked() == here


def test_where_no_process_can_be_started_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> object:
        raise PermissionError("no")

    monkeypatch.setattr(processes, "MANY", 1)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", refused)
    assert linked().links
