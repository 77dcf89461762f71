"""What `evidencias --help` costs beside a bare Click program, run in turn: `python -m bench.start`.

Whole processes, A B A B …, after a warm-up of each; the median of the pairwise ratios is the
figure. The bare program is what any Click tool must pay: import click, one command, its help.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BARE = "import click\n@click.command()\ndef main(): 'Nothing.'\nmain(prog_name='bare')"
OURS = "from evidencias.cli.main import main; main()"
RUNS = 21


def seconds(program: str, *arguments: str) -> float:
    """Wall seconds of one whole interpreter running the program."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints both medians and the median ratio."""
    for program in (BARE, OURS):
        seconds(program, "--help")
    pairs = [(seconds(OURS, "--help"), seconds(BARE, "--help")) for _ in range(RUNS)]
    ratios = [ours / bare for ours, bare in pairs]
    print(f"evidencias --help   {1000 * statistics.median(o for o, _ in pairs):6.1f} ms")
    print(f"bare click --help   {1000 * statistics.median(b for _, b in pairs):6.1f} ms")
    print(f"ratio (median)      {statistics.median(ratios):6.2f}   of {RUNS} pairs")
    print(f"ratio (min … max)   {min(ratios):6.2f} … {max(ratios):.2f}")


if __name__ == "__main__":
    main()
