"""Each fault at each call of a whole run with everything in Google, as a table.

    python -m bench.faults [--kinds 503,hang] [--runs primera,noche] [--shared-drive]

`primera` is a first synchronisation, `noche` one after a day in which files changed and a person
decided, sorted and moved columns. Every run is made on a copy of the same stand-in, with one fault
at one call; then the fault is gone and the next run follows. A run may end as the faultless one
or say so (exit 3, 4, 5); the next one ends as the faultless one, with no row twice, no cell of the
person lost, and no activity ever said to lack evidence that has it.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from evidencias.adapters.google import clients
from tests.adapters.google.place import BRIEF, Prepared
from tests.google import faults


def measured(name: str, shared: bool, kinds: list[str]) -> Iterator[str]:
    """A table row for each kind of fault."""
    with tempfile.TemporaryDirectory() as made:
        place = Prepared(Path(made), shared, name)
        for kind in kinds:
            ends = Counter(place.verdict(kind, at) for at in range(1, place.calls + 1))
            broken = "; ".join(end for end in ends if end.startswith("MAL")) or "ninguna"
            cells = " | ".join(str(ends[code]) for code in ("0", "3", "4", "5"))
            yield f"| {kind} | {name} | {place.calls} | {cells} | {broken} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default=",".join(sorted(faults.KINDS - {"latency"})))
    parser.add_argument("--runs", default="primera,noche")
    parser.add_argument("--shared-drive", action="store_true")
    options = parser.parse_args()
    logging.disable()
    print("| falla | corrida | llamadas | como sin falla | 3 | 4 | 5 | promesas rotas |")
    print("|---|---|---|---|---|---|---|---|")
    with patch.object(clients, "Patience", lambda: BRIEF):  # nobody waits here
        for name in options.runs.split(","):
            for line in measured(name, options.shared_drive, options.kinds.split(",")):
                print(line, flush=True)


if __name__ == "__main__":
    main()
