"""The pages in a real browser: notes open to their proof, filters work, paper and phone hold."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evidencias import config, sample, wiring, workflows
from evidencias.domain.snapshot import Snapshot
from evidencias.outputs import audit_page, dashboard

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="sin chromium ni chromedriver en este equipo"
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("paginas") / "muestra"
    sample.unpack(folder)
    settings = config.load(folder / "evidencias.toml")
    ws = wiring.workspace(settings)
    with closing(ws), ws.lock():
        return workflows.synchronise(
            settings, ws, ws.clock(), workflows.Wishes(), lambda _p, _d, _t: None
        )


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    profile = tmp_path_factory.mktemp("perfil")
    for flag in ("--headless=new", "--disable-gpu", "--no-first-run", "--disable-sync",
                 "--disable-background-networking", "--disable-component-update",
                 f"--user-data-dir={profile}"):  # fmt: skip
        options.add_argument(flag)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    driver = Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def opened(browser: Chrome, path: Path) -> None:
    browser.get(path.as_uri())
    errors = [e for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert not errors


@pytest.fixture
def audit(snapshot: Snapshot, tmp_path: Path) -> Path:
    target = tmp_path / "auditoria.html"
    audit_page.write(snapshot.assessment, target)
    return target


@pytest.fixture
def board(snapshot: Snapshot, tmp_path: Path) -> Path:
    target = tmp_path / "tablero.html"
    dashboard.write(snapshot, target)
    return target


def test_the_same_assessment_gives_the_same_page(snapshot: Snapshot) -> None:
    assert audit_page.render(snapshot.assessment) == audit_page.render(snapshot.assessment)
    assert dashboard.render(snapshot) == dashboard.render(snapshot)


def test_the_page_holds_the_whole_report_and_asks_nobody(snapshot: Snapshot) -> None:
    import html
    import re

    page = audit_page.render(snapshot.assessment)
    plain = html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", page))
    report = snapshot.assessment.report
    assert report is not None
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert paragraph in plain
    assert not re.search(r'(?:src|href)="https?://(?!drive|docs)', page)


@needs_browser
def test_a_note_opens_to_its_files(browser: Chrome, audit: Path) -> None:
    opened(browser, audit)
    find = browser.execute_script
    assert find("return document.querySelectorAll('details[open]').length") == 0
    find("document.querySelector('sup a').click()")
    assert find("return document.querySelectorAll('details[open]').length") == 1
    assert find("return document.querySelectorAll('details a[href^=\"file:\"]').length") > 10
    assert {"verde", "rojo"} <= set(
        find("return [...document.querySelectorAll('mark')].map(m => m.className)")
    )


@needs_browser
@pytest.mark.parametrize("name", ["audit", "board"])
def test_a_phone_needs_no_sideways_scroll(
    browser: Chrome, name: str, request: pytest.FixtureRequest
) -> None:
    browser.set_window_size(390, 800)
    try:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
        )
        opened(browser, request.getfixturevalue(name))
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@needs_browser
def test_paper_shows_the_notes(browser: Chrome, audit: Path, tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("sin pdftotext en este equipo")
    import subprocess

    opened(browser, audit)
    pdf = tmp_path / "auditoria.pdf"
    pdf.write_bytes(base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"]))
    text = subprocess.run(
        [pdftotext, "-layout", str(pdf), "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert "automático" in text
    assert ".jpg" in text


@needs_browser
def test_searching_and_filtering(browser: Chrome, board: Path) -> None:
    opened(browser, board)
    script = """
        const [id, value] = arguments, field = document.getElementById(id);
        field.value = value; field.dispatchEvent(new Event(id === 'buscar' ? 'input' : 'change'));
        return [...document.querySelectorAll('#actividades tbody tr')].filter(f => !f.hidden).length
    """
    every = browser.execute_script(script, "buscar", "")
    few = browser.execute_script(script, "buscar", "SEÑALIZACION")  # accents and case aside
    assert 0 < few < every
    assert browser.execute_script(script, "buscar", "nada de esto") == 0
    browser.execute_script(script, "buscar", "")
    assert 0 < browser.execute_script(script, "estado", "sin_evidencia") < every
