"""The documents tell the truth: commands, options, links, configuration and transcripts."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from evidencias import config, errors, sample
from evidencias.cli.main import COMMANDS, group

ROOT = Path(__file__).parents[1]
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "guia.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md"]
FOR_USERS = [README, GUIDE]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def invocations(page: Path) -> Iterator[str]:
    """Every `evidencias …` that a page tells to type: whole lines, or inside backquotes."""
    for line in text_of(page).splitlines():
        typed = re.sub(r"^\s*(\$ )?", "", line)
        if typed.startswith("evidencias ") and line.startswith(("    ", "$ ")):
            yield typed
        yield from re.findall(r"`(evidencias [^`]+)`", line)


def words(invocation: str) -> list[str]:
    return shlex.split(invocation.split(" > ", maxsplit=1)[0].replace("\\", "/"))[1:]


def command_of(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None, name
    return found


def options_of(command: click.Command) -> set[str]:
    named = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    return named | {"-h", "--help"}


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: page.name)
def test_every_command_and_option_told_exists(page: Path) -> None:
    told = list(invocations(page))
    assert told
    for invocation in told:
        first, *rest = words(invocation)
        if first.startswith("-"):
            assert first in options_of(group), invocation
            continue
        assert first in COMMANDS, invocation
        known = options_of(command_of(first))
        assert {word for word in rest if word.startswith("-")} <= known, invocation


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: page.name)
def test_every_option_named_alone_exists_somewhere(page: Path) -> None:
    every = set().union(*(options_of(command_of(name)) for name in COMMANDS))
    for option in re.findall(r"`(--?[a-z-]+)(?: [^`]*)?`", text_of(page)):
        assert option in every | options_of(group), option


def test_the_guide_tells_every_command() -> None:
    told = {words(invocation)[0] for invocation in invocations(GUIDE)}
    told |= set(re.findall(r"`([a-z]+)`", text_of(GUIDE)))
    assert set(COMMANDS) <= told


# --- links


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = [c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LN"]
    return "".join(kept).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    plain = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    return {slug(title) for title in re.findall(r"^#+ (.+)$", plain, flags=re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        linked = (page.parent / file) if file else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


# --- configuration and codes


def test_the_guide_s_configuration_is_valid_and_tells_the_defaults(tmp_path: Path) -> None:
    whole = re.search(r"```toml\n(.*?)```", text_of(GUIDE), re.DOTALL)
    assert whole
    (tmp_path / config.FILE_NAME).write_text(whole[1], encoding="utf-8")
    told = config.load(tmp_path / config.FILE_NAME)
    required = "".join(
        f"[{table}]\n{keys}\n"
        for table, keys in {
            "politica": 'nombre = "X"',
            "periodo": 'semestre = "2024-1"',
            "plan": 'origen = "plan.xlsx"',
            "evidencias": 'carpeta = "Evidencias"',
            "registro": 'destino = "registro.xlsx"',
        }.items()
    )
    (tmp_path / config.FILE_NAME).write_text(required, encoding="utf-8")
    bare = config.load(tmp_path / config.FILE_NAME)
    assert told.cumplimiento == bare.cumplimiento
    assert told.evidencias.leer_contenido == bare.evidencias.leer_contenido
    assert told.rules.default == bare.rules.default == ()


def codes_told(page: Path) -> set[int]:
    return {int(code) for code in re.findall(r"^\| (\d+) \|", text_of(page), re.MULTILINE)}


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: page.name)
def test_every_exit_code_is_told(page: Path) -> None:
    raised = {kind.exit_code for kind in errors.EvidenciasError.__subclasses__()}
    assert codes_told(page) == raised | {0, 1, 3, 5, 70, 130}


# --- what the pages show happens


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where `evidencias demo` already ran."""
    folder = tmp_path_factory.mktemp("lector")
    run(["demo"], folder)
    return folder


def run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The command as a user runs it: exit code and standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "evidencias", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    output = done.stdout.decode("utf-8")
    assert done.returncode in {0, 1}, f"{arguments}: {output}\n{done.stderr.decode('utf-8')}"
    return done.returncode, output


def transcripts(page: Path) -> list[tuple[str, str]]:
    """The (command, shown output) pairs of the ```console blocks; "..." stands for anything."""
    shown = []
    for block in re.findall(r"```console\n(.*?)```", text_of(page), re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            shown.append((command, output))
    return shown


def test_the_readme_shows_what_happens(demo: Path) -> None:
    here = demo
    shown = transcripts(README)
    assert len(shown) >= 3
    for command, expected in shown:
        if command.startswith("cd "):
            here = demo / command.removeprefix("cd ")
            continue
        _, output = run(words(command), here)
        assert _shows(output, expected), f"{command} does not show:\n{expected}\nbut:\n{output}"


def _shows(output: str, expected: str) -> bool:
    """Whether the output holds, in order, what stands between the "..."; blanks are all one."""
    passages = [" ".join(piece.split()) for piece in expected.split("...")]
    wanted = ".*?".join(re.escape(passage) for passage in passages if passage)
    return re.search(wanted, " ".join(output.split())) is not None


REPEATABLE = {"faltantes", "vinculos", "huerfanos", "historial", "auditar", "sincronizar"}


def test_the_guide_s_examples_run_on_the_sample(demo: Path) -> None:
    (demo / "evidencias-demo" / "borrador.docx").write_bytes(
        (demo / "evidencias-demo" / "informe.docx").read_bytes()
    )
    ran = set()
    for invocation in dict.fromkeys(invocations(GUIDE)):
        name, *rest = words(invocation)
        if name in REPEATABLE and "--forzar" not in rest:
            code, _ = run([name, *rest], demo / "evidencias-demo")
            assert code in ({0, 1} if name == "auditar" or "--estricto" in rest else {0})
            ran.add(name)
    assert ran >= REPEATABLE


def test_the_demo_of_the_guide_is_the_sample(demo: Path) -> None:
    assert sample.is_sample(demo / "evidencias-demo")
    assert (demo / "evidencias-demo" / "registro.xlsx").exists()
