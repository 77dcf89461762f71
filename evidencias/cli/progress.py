"""The progress bar (rich): one line a phase, told on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from evidencias.domain.spanish import number
from evidencias.ports import Progress as Report


@contextmanager
def bar(console: Console) -> Iterator[Report]:
    """Yields the function that phases report to; the bar vanishes when the work ends."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def report(phase: str, done: int, total: int | None) -> None:
            if phase not in tasks:
                tasks[phase] = progress.add_task(phase, total=total, count="")
            progress.update(tasks[phase], completed=done, total=total, count=_count(done, total))

        yield report


def _count(done: int, total: int | None) -> str:
    """ "1.200 de 12.000", or how many so far where nobody knows how many there are."""
    if total is None:
        return number(done, 0) if done else ""
    return f"{number(done, 0)} de {number(total, 0)}"
