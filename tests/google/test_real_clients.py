"""rclone and google-drive-to-sqlite, under Google's host names, list exactly the seeded tree."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.google.core import Core
from tests.google.drive_state import DOC, FOLDER, SHORTCUT
from tests.google.real_hosts import RealHosts, real_hosts
from tests.google.seeding import seed_large, seed_tree

TREE: list[dict[str, Any]] = [
    {"path": "01 Primera línea/acta 1.pdf", "content": "uno"},
    {"path": "01 Primera línea/acta 1.pdf", "content": "otro archivo del mismo nombre"},
    {"path": "01 Primera línea/fotos/IMG_20210803_101500.jpg", "content": "foto"},
    {"path": "01 Primera línea/informe", "mime": DOC, "text": "Informe\nde gestión"},
    {"path": "02 Segunda línea/año 2021/«listado» de asistencia.xlsx", "content": "tabla"},
    {"path": "03 vacía", "mime": FOLDER},
    {"path": "suelto.txt", "content": "hola"},
]


def client(name: str) -> str:
    """A client installed beside this Python, or on the path."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def run(command: list[str], hosts: RealHosts, directory: Path) -> str:
    home = {"HOME": str(directory), "XDG_CONFIG_HOME": str(directory)}
    environment = {**hosts.environment, **home}
    done = subprocess.run(
        command,
        env=environment,
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def paths(core: Core, root: str) -> list[str]:
    """The tree as the core holds it."""
    found: list[str] = []

    def walk(folder: str, above: str) -> None:
        for child in core.drive.children.get(folder, {}):
            file = core.drive.files[child]
            found.append(above + file.name)
            walk(child, f"{above}{file.name}/")

    walk(root, "")
    return sorted(found)


def rclone(hosts: RealHosts, directory: Path, root: str, *options: str) -> list[dict[str, Any]]:
    token = {"access_token": "t", "token_type": "Bearer", "expiry": "2099-01-01T00:00:00Z"}
    config = directory / "rclone.conf"
    lines = ["[r]", "type = drive", "scope = drive.readonly", f"token = {json.dumps(token)}"]
    where = "team_drive" if root.startswith("0A") else "root_folder_id"
    config.write_text("\n".join([*lines, f"{where} = {root}", ""]))
    command = [client("rclone"), "--config", str(config), "--ca-cert", str(hosts.authority)]
    text = run([*command, "--retries", "1", "lsjson", "-R", *options, "r:"], hosts, directory)
    listed: list[dict[str, Any]] = json.loads(text)
    return listed


@pytest.mark.parametrize("shared_drive", [False, True], ids=["my-drive", "shared-drive"])
@pytest.mark.parametrize("options", [(), ("--disable", "ListR")], ids=["grouped", "by-folder"])
def test_rclone_lists_the_tree(
    core: Core, tmp_path: Path, shared_drive: bool, options: tuple[str, ...]
) -> None:
    root = seed_tree(core, TREE, shared_drive=shared_drive)
    with real_hosts(core, tmp_path) as hosts:
        listed = rclone(hosts, tmp_path, root, *options)
    names = sorted(item["Path"].removesuffix(".docx") for item in listed)
    assert names == paths(core, root)
    sizes = {item["Path"]: item["Size"] for item in listed if not item["IsDir"]}
    assert sizes["suelto.txt"] == 4


def test_rclone_misses_files_when_or_parents_is_broken(core: Core, tmp_path: Path) -> None:
    """The defect is the real one: a client that trusts the answer loses files without a word."""
    tree = [{"path": f"carpeta {n}/acta.pdf", "content": "x"} for n in range(12)]
    root = seed_tree(core, tree)
    core.quirks.set(partial_or_parents="first")
    with real_hosts(core, tmp_path) as hosts:
        listed = rclone(hosts, tmp_path, root)
    assert len(listed) < len(paths(core, root))


def test_rclone_lists_a_large_shared_drive(core: Core, tmp_path: Path) -> None:
    root = seed_large(core, files=1200, folders=200)
    with real_hosts(core, tmp_path) as hosts:
        listed = rclone(hosts, tmp_path, root)
    assert sorted(item["Path"] for item in listed) == paths(core, root)


def test_google_drive_to_sqlite_lists_the_tree(core: Core, tmp_path: Path) -> None:
    inside = [{"path": "atajos/a la primera", "mime": SHORTCUT, "target": "1nada"}]
    root = seed_tree(core, [*TREE, *inside])
    keys = ("google_client_id", "google_client_secret", "refresh_token")
    keyring = {"google-drive-to-sqlite": dict.fromkeys(keys, "de-prueba")}
    (tmp_path / "auth.json").write_text(json.dumps(keyring))
    program = client("google-drive-to-sqlite")
    with real_hosts(core, tmp_path) as hosts:
        run([program, "files", "files.db", "--folder", root], hosts, tmp_path)
    with sqlite3.connect(tmp_path / "files.db") as database:
        names = [row[0] for row in database.execute("select name from drive_files")]
        names += [row[0] for row in database.execute("select name from drive_folders")]
    database.close()
    wanted = sorted(path.rsplit("/", 1)[-1] for path in paths(core, root))
    # Some versions list the folder itself too.
    assert sorted(name for name in names if name != "Evidencias") == wanted
