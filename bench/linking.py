"""How good the links are: `python -m bench.linking DIR [DIR…] [--left-out] [--deform] [--json]`."""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.corpora import Corpus, deformed, find, load
from bench.fit import unseen
from bench.linked import SHIPPED, Fitted, linked
from bench.linking_measures import Measures, measure

HEADS = (
    ("P", "precision"), ("R", "recall"), ("F1", "f1"), ("distr", "distractors"),
    ("3 prim", "first_three"), ("3 n5", "first_three_5"), ("1.º", "first_place"),
    ("afirm", "asserted_right"), ("revisar", "to_review"), ("resp", "answered_right"),
    ("f.sop", "false_supported"), ("f.sin", "false_none"), ("clases", "kinds_right"),
    ("s", "seconds"), ("MB", "megabytes"),
)  # fmt: skip


def judged(corpus: Corpus, by: Fitted = SHIPPED) -> Measures:
    start = time.perf_counter()
    linking = linked(corpus, by)
    seconds = time.perf_counter() - start
    out = measure(corpus, linking)
    out.seconds = seconds
    out.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out


def _weights_for(corpus: Corpus, roots: Sequence[Path], *, left_out: bool) -> Fitted:
    return unseen(corpus.name, *roots) if left_out and corpus.states else SHIPPED


def measured(
    roots: Sequence[Path], *, left_out: bool, deform: bool, local: bool
) -> Iterator[Measures]:
    """One line a corpus (and a deformation), each by weights that never saw it if `left_out`."""
    for folder in (f for root in roots for f in find(root)):
        corpus = load(folder, local=local)
        by = _weights_for(corpus, roots, left_out=left_out)
        yield judged(corpus, by)
        if deform and corpus.states:
            for name, other in deformed(corpus).items():
                line = judged(other, by)
                line.name = f"  {name}"
                yield line


def _cell(name: str, value: float) -> str:
    return f"{value:7.1f}" if name in {"seconds", "megabytes"} else f"{100 * value:7.1f}"


def table(lines: Sequence[Measures]) -> str:
    head = " " * 24 + "".join(f"{h:>7}" for h, _ in HEADS)
    rows = [f"{x.name:24}" + "".join(_cell(n, getattr(x, n)) for _, n in HEADS) for x in lines]
    return "\n".join([head, *rows])


def by_level(lines: Sequence[Measures]) -> str:
    rows = ["aciertos/oro (de más) por nivel, y de más en distractores"]
    for x in lines:
        cells = [f"n{n} {hit}/{gold} ({wrong})" for n, (gold, hit, wrong) in x.levels.items()]
        rows.append(f"{x.name:24}" + "   ".join(cells))
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    for flag in ("--left-out", "--deform", "--local", "--json", "--baselines", "--learn"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--mistakes", type=Path, help="write every left-out mistake to this CSV")
    options = parser.parse_args()
    if options.mistakes:
        from bench.linking_mistakes import write

        print(write(options.folders, options.mistakes))
        return
    if options.learn:
        from bench.linking_learn import simulate

        print(simulate(options.folders))
        return
    found = measured(
        options.folders, left_out=options.left_out, deform=options.deform, local=options.local
    )
    lines = list(found)
    if options.json:
        print(json.dumps([asdict(x) for x in lines], ensure_ascii=False, indent=1))
        return
    print(table(lines), by_level(lines), sep="\n\n")
    if options.baselines:
        from bench.linking_baselines import compare

        print(*(compare(folder) for folder in options.folders), sep="\n")


if __name__ == "__main__":
    main()
