"""Start the stand-in by hand: python -m tests.google --port 0 [--seed CORPUS] [--shared-drive]."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading
from pathlib import Path

from tests.google.core import Core
from tests.google.server import Standin


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.google", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=Path, help="a corpus (with arbol.csv) or any directory")
    parser.add_argument("--shared-drive", action="store_true", help="seed as a shared drive")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds per answer")
    parser.add_argument("--no-check", action="store_true", help="skip the schema check of answers")
    options = parser.parse_args()
    core = Core(strict=not options.no_check)
    line = ""
    if options.seed:
        from tests.google import seeding

        is_corpus = (options.seed / "arbol.csv").is_file()
        seed = seeding.seed_corpus if is_corpus else seeding.seed_directory
        line = " root=" + seed(core, options.seed, options.shared_drive)
    core.latency = options.latency
    with Standin(core, options.port) as google:
        print(google.url + line, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            shown = 0
            while not threading.Event().wait(1):
                for failure in google.failures[shown:]:
                    print(failure, file=sys.stderr, flush=True)
                shown = len(google.failures)


if __name__ == "__main__":
    main()
