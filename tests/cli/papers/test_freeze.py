"""`congelar` as a user runs it: what it refuses, what it seals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Place
from tests.cli.papers.given import (
    MANIFEST,
    decided,
    evidence_changed,
    evidence_changed_in_silence,
    plan_changed,
    report_changed,
    rules_changed,
    sealed,
)


def test_blocking_findings_refuse_the_freeze_and_are_listed(sample: Place) -> None:
    audit = sample.run("auditar", "--formato", "json").data
    standing = [f["id"] for f in audit["hallazgos"] if f["severidad"] == "bloqueante"]
    done = sample.run("congelar")
    assert done.code == 1
    assert standing
    assert all(name in done.out for name in standing)
    assert not (sample.folder / MANIFEST).exists()


def test_a_forced_freeze_says_so_and_by_whom(frozen: Place) -> None:
    told = sealed(frozen)["congelado"]
    assert (told["forzado"], told["por"]) == (True, "Ana Ruiz")
    assert told["bloqueantes"]


def test_a_manifest_says_what_was_judged(frozen: Place) -> None:
    read = sealed(frozen)
    links = frozen.run("vinculos", "--formato", "json").data
    assert {v["id"]: v["estado"] for v in read["vinculos"]} == {k["id"]: k["estado"] for k in links}
    linked = {k["archivo"] for k in links if k["estado"] in ("automatico", "confirmado")}
    assert {f["archivo"] for f in read["archivos"]} == linked
    assert all(len(f["sha256"]) == 64 for f in read["archivos"] if not f["nativo"])
    audit = frozen.run("auditar", "--formato", "json").data
    assert [c["afirmado"] for c in read["cifras"]] == [c["afirmado"] for c in audit["cifras"]]
    assert read["informe"]["archivo"] == "informe.docx"
    assert read["plan"]["archivo"] == "plan.xlsx"
    assert str(frozen.folder) not in (frozen.folder / MANIFEST).read_text("utf-8")


def test_a_manifest_is_never_overwritten(frozen: Place) -> None:
    before = (frozen.folder / MANIFEST).read_bytes()
    done = frozen.run("congelar", "--forzar")
    assert (done.code, "no se sobrescribe" in done.err) == (2, True)
    assert (frozen.folder / MANIFEST).read_bytes() == before


CHANGES = [
    plan_changed, report_changed, evidence_changed, evidence_changed_in_silence, rules_changed,
    decided,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_it_was_judged_is_not_sealed(
    sample: Place, change: Callable[[Path], str]
) -> None:
    told = change(sample.folder)
    done = sample.run("congelar", "--forzar")
    assert done.code == 2, done.out
    assert told in done.err
    assert "sincronizar" in done.err
    assert not (sample.folder / MANIFEST).exists()


def test_after_a_silent_change_synchronising_is_enough_to_freeze(sample: Place) -> None:
    """Else the advice of the refusal would lead nowhere."""
    evidence_changed_in_silence(sample.folder)
    assert sample.run("congelar", "--forzar").code == 2
    assert sample.run("sincronizar").code == 0
    assert sample.run("congelar", "--forzar").code == 0
    assert sample.run("verificar", MANIFEST).code == 0
