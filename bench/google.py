"""Listing a large Drive: calls and seconds of evidencias beside rclone's, on the same stand-in.

    python -m bench.google [--files 12000] [--folders 2000] [--latency 0.1] [--page-cap 0]

Each client runs in a process of its own; the server adds `latency` seconds to every answer. The
reading of evidencias is measured complete (nothing kept) and on a night without changes. The
ratio compares the best complete reading with the best of rclone: other work on the machine only
ever makes a run slower.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.google.core import Core
from tests.google.real_hosts import real_hosts
from tests.google.seeding import seed_large
from tests.google.server import Standin
from tests.google.test_real_clients import rclone

# The measured process: one reading by an account that holds a token, its figures as JSON.
SCAN = """
import json, sys, time
from google.oauth2.credentials import Credentials
from evidencias.adapters.google.auth import Account
from evidencias.adapters.google.clients import Google
from evidencias.adapters.google.drive import DriveFolder
from evidencias.adapters.google.endpoint import endpoint
from evidencias.adapters.google.shared_credentials import SharedCredentials
from pathlib import Path
url, root, kept = sys.argv[1:]
account = Account(SharedCredentials(Credentials(token="a-token")), "banco de pruebas")
with Google(lambda: account, endpoint(url)) as google:
    google.drive  # loads Google's library, as a run did when it read the register
    started = time.perf_counter()
    address = f"https://drive.google.com/drive/folders/{root}"
    folder = DriveFolder(google, [address], Path(kept))
    listing = folder.scan(lambda phase, done, total: None)
    seconds = time.perf_counter() - started
    folder.close()
print(json.dumps({"files": len(listing.files), "calls": listing.calls, "seconds": seconds}))
"""


@dataclass(frozen=True)
class Measured:
    """One listing: what was listed, with how many calls, how long it took, and with its start."""

    files: int
    calls: int
    seconds: float
    whole: float

    def __str__(self) -> str:
        start = f" ({self.whole:.2f} s with the start of Python)" if self.whole else ""
        return f"{self.files} files, {self.calls} calls, {self.seconds:.2f} s{start}"


def ours(standin: Standin, root: str, kept: Path) -> Measured:
    """Reads the drive in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, "-c", SCAN, standin.url, root, str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout), whole=time.perf_counter() - started)


def theirs(core: Core, root: str, directory: Path) -> Measured:
    """Runs `rclone lsjson -R`."""
    core.calls.clear()
    with real_hosts(core, directory) as hosts:
        started = time.perf_counter()
        listed = rclone(hosts, directory, root)
        seconds = time.perf_counter() - started
    files = sum(not item["IsDir"] for item in listed)
    return Measured(files, core.count(service="drive"), seconds, 0.0)


def main() -> None:
    """Reads the options, plants the tree, prints one line a client."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12_000)
    parser.add_argument("--folders", type=int, default=2_000)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--page-cap", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    core = Core()
    root = seed_large(core, files=options.files, folders=options.folders, shared_drive=True)
    core.latency = options.latency
    core.quirks.set(page_cap=options.page_cap)
    complete, other = [], []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            directory = Path(folder)
            with Standin(core) as standin:
                complete.append(ours(standin, root, directory / "drive.sqlite"))
                print("evidencias, all:     ", complete[-1])
                print("evidencias, a night: ", ours(standin, root, directory / "drive.sqlite"))
            other.append(theirs(core, root, directory))
            print("rclone lsjson -R:    ", other[-1])
    ratio = min(m.seconds for m in complete) / min(m.seconds for m in other)
    print(f"evidencias / rclone:   {ratio:.2f}")


if __name__ == "__main__":
    main()
