"""Listing a large Drive: calls and seconds of evidencias beside rclone's, on the same stand-in.

    python -m bench.google [--files 12000] [--folders 2000] [--latency 0.1] [--page-cap 0]

Each client runs in a process of its own; the server adds `latency` seconds to every answer. The
reading of evidencias is measured complete (nothing kept) and on a night without changes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evidencias.adapters.google.drive import DriveFolder
from tests.adapters.google.conftest import connect_url, folder_url, quiet
from tests.google.core import Core
from tests.google.real_hosts import real_hosts
from tests.google.seeding import seed_large
from tests.google.server import Standin
from tests.google.test_real_clients import rclone


def scan(url: str, root: str, kept: str) -> None:
    """The measured process: one reading, its figures as JSON on standard output."""
    started = time.perf_counter()
    with connect_url(url) as google:
        folder = DriveFolder(google, [folder_url(root)], Path(kept))
        listing = folder.scan(quiet)
        folder.close()
    seconds = time.perf_counter() - started
    print(json.dumps({"files": len(listing.files), "calls": listing.calls, "seconds": seconds}))


def ours(standin: Standin, root: str, kept: Path) -> str:
    """Runs `scan` in a process of its own and says what it did."""
    command = [sys.executable, "-m", "bench.google", "--scan", standin.url, root, str(kept)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = time.perf_counter() - started
    told = json.loads(done.stdout)
    return (
        f"{told['files']} files, {told['calls']} calls, {told['seconds']:.2f} s "
        f"({whole:.2f} s with the start of Python)"
    )


def theirs(core: Core, root: str, directory: Path) -> str:
    """Runs `rclone lsjson -R` and says what it did."""
    core.calls.clear()
    with real_hosts(core, directory) as hosts:
        started = time.perf_counter()
        listed = rclone(hosts, directory, root)
        seconds = time.perf_counter() - started
    files = sum(not item["IsDir"] for item in listed)
    return f"{files} files, {core.count(service='drive')} calls, {seconds:.2f} s"


def main() -> None:
    """Reads the options, plants the tree, prints one line a client."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12_000)
    parser.add_argument("--folders", type=int, default=2_000)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--page-cap", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--scan", nargs=3, metavar=("URL", "ROOT", "KEPT"))
    options = parser.parse_args()
    if options.scan:
        scan(*options.scan)
        return
    core = Core()
    root = seed_large(core, files=options.files, folders=options.folders, shared_drive=True)
    core.latency = options.latency
    core.quirks.set(page_cap=options.page_cap)
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            directory = Path(folder)
            with Standin(core) as standin:
                print("evidencias, all:     ", ours(standin, root, directory / "drive.sqlite"))
                print("evidencias, a night: ", ours(standin, root, directory / "drive.sqlite"))
            print("rclone lsjson -R:    ", theirs(core, root, directory))


if __name__ == "__main__":
    main()
