"""What became of each sealed file, on disk and in Drive."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencias.domain.manifest_compare import Outcome, Present, compare, compare_paper
from evidencias.domain.manifest_files import FileSeal, as_json, from_json, seal_of
from evidencias.domain.model import Coverage, EvidenceFile

DAY = datetime(2021, 9, 14, 15, 30, tzinfo=UTC)
LATER = datetime(2021, 10, 2, 9, 0, tzinfo=UTC)


def local(path: str, print_: str = "", **more: Any) -> EvidenceFile:
    name = path.rpartition("/")[2]
    return EvidenceFile(
        path, path, name, size=5, md5=print_, sha256=print_ * 2, modified=DAY, **more
    )


def drive(id_: str, path: str, **more: Any) -> EvidenceFile:
    known: dict[str, Any] = {"size": 5, "md5": f"m{id_}", "modified": DAY, "shared_publicly": False}
    return EvidenceFile(id_, path, path.rpartition("/")[2], **{**known, **more})


def document(id_: str, path: str, version: str, modified: datetime) -> EvidenceFile:
    return EvidenceFile(
        id_, path, path.rpartition("/")[2], native=True, version=version, modified=modified
    )


def outcomes(sealed: list[FileSeal], *now: EvidenceFile, **more: Any) -> list[str]:
    return [c.outcome.value for c in compare(sealed, Present(now, **more))]


A = local("Taller/acta.pdf", "1")
LOCAL = [
    ([A], "intacto"),
    ([replace(A, modified=LATER, created=LATER)], "intacto"),  # another person's copy
    ([replace(A, md5="2", sha256="22")], "cambiado"),
    ([local("Otra/acta.pdf", "1")], "movido"),
    ([local("Taller/acta final.pdf", "1")], "renombrado"),
    ([local("Otra/final.pdf", "1")], "movido"),
    ([], "desaparecido"),
    ([local("Taller/otra.pdf", "3")], "desaparecido"),
    ([replace(A, md5="", sha256="")], "sin_acceso"),
    ([replace(A, md5="", sha256="", online_only=True)], "sin_acceso"),
    ([local("#recycle/acta.pdf", "1", trashed=True)], "en_papelera"),
    ([local("#recycle/acta.pdf", "1", trashed=True), local("Z/acta.pdf", "1")], "movido"),
]


@pytest.mark.parametrize(("now", "outcome"), LOCAL)
def test_a_local_file(now: list[EvidenceFile], outcome: str) -> None:
    assert outcomes([seal_of(A)], *now) == [outcome]


def test_nothing_is_gone_while_a_part_was_not_read() -> None:
    assert outcomes([seal_of(A)], coverage=Coverage(False, ("Taller",))) == ["sin_acceso"]


def test_a_copy_that_was_there_before_is_no_move() -> None:
    sealed = seal_of(A, copies=["Copias/acta.pdf"])
    (found,) = compare([sealed], Present([local("Copias/acta.pdf", "1")]))
    assert found.outcome is Outcome.GONE
    assert "Copias/acta.pdf" in found.note


def test_equal_bytes_sealed_twice_are_each_claimed_once() -> None:
    sealed = [seal_of(local("a/x.pdf", "1")), seal_of(local("b/y.pdf", "1"))]
    both = (local("n/x.pdf", "1"), local("n/y.pdf", "1"))
    assert outcomes(sealed, *both) == ["movido", "movido"]
    assert outcomes(sealed, both[1]) == ["desaparecido", "movido"]
    assert outcomes(sealed, local("b/y.pdf", "1")) == ["desaparecido", "intacto"]


def test_two_files_that_exchanged_their_names_both_changed() -> None:
    sealed = [seal_of(local("x.pdf", "1")), seal_of(local("y.pdf", "2"))]
    assert outcomes(sealed, local("x.pdf", "2"), local("y.pdf", "1")) == ["cambiado"] * 2


def test_empty_files_are_known_by_name_only() -> None:
    sealed = [seal_of(replace(local("a/x.pdf", "0"), size=0))]
    assert outcomes(sealed, replace(local("b/x.pdf", "0"), size=0)) == ["movido"]
    assert outcomes(sealed, replace(local("b/z.pdf", "0"), size=0)) == ["desaparecido"]


D = drive("1", "Taller/acta.pdf")
G = document("2", "Taller/acta", "7", DAY)
DRIVE = [
    (D, D, "intacto"),
    (D, replace(D, md5="otro"), "cambiado"),
    (D, replace(D, path="Otra/acta.pdf"), "movido"),
    (D, replace(D, path="Taller/acta 2.pdf", name="acta 2.pdf"), "renombrado"),
    (D, replace(D, shared_publicly=True), "ahora_publico"),
    (replace(D, shared_publicly=True), replace(D, shared_publicly=True), "intacto"),
    (replace(D, shared_publicly=True), D, "intacto"),
    (D, replace(D, trashed=True), "en_papelera"),
    (G, G, "intacto"),
    (G, replace(G, version="9", modified=LATER), "cambiado"),
    (G, replace(G, version="9"), "intacto"),  # moved, shared or commented: same text, same date
    (G, replace(G, version="9", path="Otra/acta"), "movido"),
    (G, replace(G, version=""), "sin_acceso"),  # it is there, but nothing tells what it says
]


@pytest.mark.parametrize(("before", "now", "outcome"), DRIVE)
def test_a_file_of_drive(before: EvidenceFile, now: EvidenceFile, outcome: str) -> None:
    assert outcomes([seal_of(before)], now, drive=True) == [outcome]


BEYOND: list[tuple[EvidenceFile | None, frozenset[str], str]] = [
    (replace(D, path="acta.pdf", trashed=True), frozenset({"Taller"}), "en_papelera"),
    (replace(D, path="acta.pdf"), frozenset({"Taller"}), "movido"),
    (replace(D, path="acta.pdf", md5="otro"), frozenset({"Taller"}), "cambiado"),
    (None, frozenset({"Taller"}), "desaparecido"),
    (None, frozenset(), "sin_acceso"),
]


@pytest.mark.parametrize(("found", "folders", "outcome"), BEYOND)
def test_a_file_of_drive_that_left_the_folder(
    found: EvidenceFile | None, folders: frozenset[str], outcome: str
) -> None:
    beyond = {D.id: found}
    assert outcomes([seal_of(D)], beyond=beyond, folders=folders, drive=True) == [outcome]


def test_uploaded_again_is_intact_and_said() -> None:
    (found,) = compare([seal_of(D)], Present([replace(D, id="9")], drive=True))
    assert found.outcome is Outcome.INTACT
    assert "subió de nuevo" in found.note


def test_two_things_at_once_are_both_said() -> None:
    now = replace(D, shared_publicly=True, path="Otra/acta.pdf")
    (found,) = compare([seal_of(D)], Present([now], drive=True))
    assert found.outcome is Outcome.NOW_PUBLIC
    assert "cambió de carpeta" in found.note


def test_a_manifest_of_drive_beside_a_copy_on_disk() -> None:
    sealed = [seal_of(D), seal_of(G)]
    copy = local("Taller/acta.pdf", "")
    copy = replace(copy, md5=D.md5)
    found = compare(sealed, Present([copy], same_source=False))
    assert [c.outcome for c in found] == [Outcome.INTACT, Outcome.NO_ACCESS]


@given(st.permutations(["a/1", "a/2", "b/1", "c/3"]), st.permutations(["a/1", "d/2", "b/9"]))
def test_the_order_of_the_listing_does_not_matter(sealed: list[str], now: list[str]) -> None:
    def one(path: str) -> EvidenceFile:
        return local(path, "1" if path in ("a/1", "b/9") else path)

    def run(s: list[str], n: list[str]) -> dict[str, str]:
        found = compare([seal_of(one(p)) for p in s], Present([one(p) for p in n]))
        return {c.seal.id: c.outcome.value for c in found}

    assert run(sealed, now) == run(sorted(sealed), sorted(now))


def test_a_document_without_version_is_known_by_what_it_says() -> None:
    plain = EvidenceFile("doc", "doc", "doc", native=True)
    sealed = seal_of(plain, content="x")
    assert compare_paper(sealed, seal_of(plain, content="x")).outcome is Outcome.INTACT
    assert compare_paper(sealed, seal_of(plain, content="y")).outcome is Outcome.CHANGED
    assert compare_paper(sealed, None).outcome is Outcome.GONE
    assert compare_paper(sealed, None, drive=True).outcome is Outcome.NO_ACCESS  # 404 says no more


@pytest.mark.parametrize("file", [A, D, G, replace(D, shortcut_target="9", broken=True)])
def test_a_seal_comes_back_from_json_as_it_was(file: EvidenceFile) -> None:
    seal = seal_of(file, copies=["b", "a"])
    assert from_json(json.loads(json.dumps(as_json(seal)))) == seal


def test_no_address_of_this_machine_is_sealed() -> None:
    assert seal_of(replace(A, url="file:///home/ana/acta.pdf")).url == ""
