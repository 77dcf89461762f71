"""The arrows between the rooms: who may import whom, and how long a room may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "evidencias"
MODULES = sorted(PACKAGE.rglob("*.py"))
# room -> the rooms it may import; a module directly in the package is its own room.
MAY_IMPORT = {
    "domain": {"domain", "errors"},
    "ports": {"domain", "errors"},
    "errors": set(),
    "config": {"config", "domain", "errors"},
    "adapters": {"adapters", "domain", "errors", "ports", "config"},
    "outputs": {"outputs", "domain", "errors"},
    "sample": {"domain", "errors"},
    "processes": {"domain"},
}
PURE = {"os", "sqlite3", "subprocess", "socket", "urllib.request", "time", "random", "pathlib"}


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def rooms_imported(path: Path) -> set[str]:
    ours = (m.split(".") for m in imported(path) if m.startswith("evidencias."))
    return {parts[1] for parts in ours}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_run_one_way(path: Path) -> None:
    allowed = MAY_IMPORT.get(room(path))
    if allowed is not None:
        assert rooms_imported(path) <= allowed
    if room(path) != "wiring":
        assert room(path) == "adapters" or "adapters" not in rooms_imported(path)
    if room(path) not in ("cli", "__main__"):
        assert "cli" not in rooms_imported(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_domain_touches_nothing_outside(path: Path) -> None:
    if room(path) == "domain":
        assert not PURE.intersection(imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_room_is_too_long() -> None:
    long = {
        str(p.relative_to(PACKAGE)): n
        for p in MODULES
        if (n := p.read_text(encoding="utf-8").count("\n")) > 350
    }
    assert not long


def test_nothing_in_the_package_knows_of_tests() -> None:
    for path in MODULES:
        assert not any(m.split(".")[0] in {"tests", "pytest", "bench"} for m in imported(path))
