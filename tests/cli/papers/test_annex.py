"""`anexo` as a user runs it, and the papers that name the manifest they belong to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Place
from tests.cli.papers.given import (
    MANIFEST,
    report_changed,
    sealed,
)


def annex_text(place: Place, *words: str) -> str:
    import docx

    done = place.run("anexo", "--salida", "salida/anexo.docx", *words)
    assert done.code == 0, done.err
    read = docx.Document(str(place.folder / "salida" / "anexo.docx"))
    return "\n".join(p.text for p in read.paragraphs)


def test_annex_and_audit_name_their_manifest_once_there_is_one(sample: Place) -> None:
    assert MANIFEST not in annex_text(sample)
    assert sample.run("congelar", "--forzar").code == 0
    seal = sealed(sample)["sha256"]
    assert f"SHA-256 {seal}" in annex_text(sample)
    sample.run("auditar", "--salida", "a.html")
    assert seal in (sample.folder / "a.html").read_text("utf-8")
    link = sample.run("vinculos", "--estado", "automatico", "--formato", "json").data[0]["id"]
    sample.run("decidir", link, "rechazar")
    assert "lo juzgado cambió después" in annex_text(sample)
    assert seal not in annex_text(sample)


def test_another_report_does_not_belong_to_the_manifest(frozen: Place) -> None:
    """Nor did what was judged change."""
    shutil.copy(frozen.folder / "informe.docx", frozen.folder / "otro.docx")
    report_changed(frozen.folder)
    (frozen.folder / "informe.docx").rename(frozen.folder / "largo.docx")
    (frozen.folder / "otro.docx").rename(frozen.folder / "informe.docx")
    frozen.run("auditar", "largo.docx", "--salida", "a.html")
    assert "o es otro informe" in (frozen.folder / "a.html").read_text("utf-8")


def test_the_links_of_the_annex_open_after_the_workspace_moved(sample: Place) -> None:
    from urllib.parse import unquote

    import docx

    annex_text(sample)  # the copy was never synchronised where it is now
    read = docx.Document(str(sample.folder / "salida" / "anexo.docx"))
    targets = [r.target_ref for r in read.part.rels.values() if r.reltype.endswith("/hyperlink")]
    assert len(targets) > 50
    on_disk = [t for t in targets if not t.startswith("https://")]  # a .gdoc opens its document
    assert all((sample.folder / "salida" / unquote(t)).is_file() for t in on_disk)
    assert not any(t.startswith(("file:", "/")) for t in targets)


def test_the_same_state_gives_the_same_annex(sample: Place) -> None:
    for name in ("uno.docx", "dos.docx"):
        assert sample.run("anexo", "--salida", name).code == 0
    assert (sample.folder / "uno.docx").read_bytes() == (sample.folder / "dos.docx").read_bytes()


def test_the_default_names(sample: Place) -> None:
    assert sample.run("anexo").code == 0
    done = sample.run("anexo", "--publico")
    assert "Se omitieron" in done.out
    assert {p.name for p in sample.folder.glob("*.docx")} >= {
        "anexo-2024-1.docx",
        "anexo-2024-1-publico.docx",
    }


def test_the_annex_of_drive_opens_drive(in_drive: Place) -> None:
    import docx

    assert in_drive.run("anexo", "--salida", "a.docx").code == 0
    rels = docx.Document(str(in_drive.folder / "a.docx")).part.rels.values()
    targets = [r.target_ref for r in rels if r.reltype.endswith("/hyperlink")]
    assert targets
    assert all(t.startswith("https://d") for t in targets)


def test_a_document_read_in_part_is_not_shown_to_everyone(sample: Place) -> None:
    """What its other pages say nobody knows."""
    paper = next((sample.folder / "Evidencias").rglob("cuña radial*.txt"))
    told = paper.name in public_files(sample)
    about = paper.stat()
    paper.write_text(paper.read_text("utf-8") + "\nla velocidad mata " * 12_000, encoding="utf-8")
    os.utime(paper, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert sample.run("sincronizar").code == 0
    assert (told, paper.name in public_files(sample)) == (True, False)


def public_files(place: Place) -> str:
    """Every word in the tables of the public annex."""
    import docx

    done = place.run("anexo", "--publico", "--salida", "p.docx")
    assert done.code == 0, done.err
    read = docx.Document(str(place.folder / "p.docx"))
    return "\n".join(c.text for t in read.tables for r in t.rows for c in r.cells)


@pytest.mark.parametrize("command", ["anexo", "congelar", "auditar", "tablero"])
@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("informe.docx", "escribir ahí lo borraría"),
        ("./plan.xlsx", "escribir ahí lo borraría"),
        ("registro.xlsx", "escribir ahí lo borraría"),
        ("evidencias.toml", "escribir ahí lo borraría"),
        ("Evidencias/anexo.docx", "lo tomaría por evidencia"),
        ("copias/../Evidencias/a/b.json", "lo tomaría por evidencia"),
    ],
)
def test_no_paper_is_written_over_a_source_or_among_the_evidence(
    sample: Place, command: str, target: str, why: str
) -> None:
    before = moments(sample.folder)
    done = sample.run(command, "--salida", target)
    assert (done.code, why in done.err) == (2, True)
    assert moments(sample.folder) == before


def moments(folder: Path) -> dict[Path, int]:
    """When each file of a workspace was written."""
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*") if ".evidencias" not in p.parts}
