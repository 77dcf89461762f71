"""A complete listing of one space, page by page in parallel, resumable after any interruption."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Protocol

from evidencias.adapters.google import slices
from evidencias.adapters.google.cache import DriveCache, Task
from evidencias.adapters.google.drive_api import GROUP, DriveApi, Page, in_parents, is_ours
from evidencias.adapters.google.drive_items import Item
from evidencias.adapters.google.failures import Failure, GoogleError

log = logging.getLogger("evidencias.google")
RESTARTS = 3
FOLDERS_WORTH_A_FLAT_LISTING = 250  # ten grouped queries
Told = Callable[[int], None]


class Way(Protocol):
    """How a space is cut into tasks."""

    def ask(self, task: Task) -> tuple[str, tuple[str, ...]]:
        """The query of a task, and the folders it names."""
        ...

    def after(self, task: Task, page: Page, seen: Mapping[str, Item]) -> list[str]:
        """New tasks that follow from a page, to be saved with it."""
        ...

    def refused(self, task: Task, failure: Failure) -> list[str] | None:
        """What to ask instead of a refused task, or None when the refusal ends the listing."""
        ...

    def idle(self, seen: Mapping[str, Item], nothing_runs: bool) -> list[str]:
        """New tasks from what is known so far."""
        ...


class Flat:
    """The whole shared drive: folders first, then its files in slices of time."""

    def ask(self, task: Task) -> tuple[str, tuple[str, ...]]:
        """The query as it was stored."""
        return task.query, ()

    def after(self, task: Task, page: Page, seen: Mapping[str, Item]) -> list[str]:
        """The first page of folders tells how to slice the files."""
        if task.query != slices.FOLDERS or task.page:
            return []
        now = datetime.now(UTC).isoformat()
        return slices.queries([item.created for item in page.items], bool(page.following), now)

    def refused(self, task: Task, failure: Failure) -> list[str] | None:
        """A refused page of a drive is a refused drive."""
        return None

    def idle(self, seen: Mapping[str, Item], nothing_runs: bool) -> list[str]:
        """Nothing: all tasks follow from pages."""
        return []


class Grouped:
    """Level by level below some folders, up to 25 parents a query.

    Google may answer such a query with the children of some parents only, or of none: each
    parent without a hit is asked again alone.
    """

    def __init__(self, folders: Iterable[str], covered: Iterable[str] = ()) -> None:
        self._waiting = dict.fromkeys(folders)
        self._known = {*self._waiting, *covered}
        self.unread: set[str] = set()
        self._hit: set[str] = set()

    @classmethod
    def resumed(
        cls, anchors: Iterable[str], seen: Mapping[str, Item], tasks: Iterable[Task]
    ) -> Grouped:
        """The same listing after an interruption: what no task covers still waits."""
        covered = {folder for task in tasks for folder in task.query.split(",")}
        found = [i.id for i in seen.values() if i.is_folder]
        made = cls([f for f in [*anchors, *found] if f not in covered], covered)
        made._hit = {item.parent for item in seen.values()}
        return made

    @property
    def folders(self) -> int:
        """Folders met so far."""
        return len(self._known)

    def ask(self, task: Task) -> tuple[str, tuple[str, ...]]:
        """The children of the task's folders."""
        folders = tuple(task.query.split(","))
        return in_parents(folders), folders

    def after(self, task: Task, page: Page, seen: Mapping[str, Item]) -> list[str]:
        """Folders found wait for their turn; parents without a hit are asked again alone."""
        self._hit.update(item.parent for item in page.items)
        for item in page.items:
            if item.is_folder and item.id not in self._known:
                self._known.add(item.id)
                self._waiting[item.id] = None
        folders = task.query.split(",")
        if page.following or len(folders) == 1:
            return []
        return [folder for folder in folders if folder not in self._hit]

    def refused(self, task: Task, failure: Failure) -> list[str] | None:
        """Of several folders each is asked alone; one alone is noted as unread."""
        if failure.status not in (403, 404) or is_ours(failure):
            return None
        folders = task.query.split(",")
        if len(folders) > 1:
            return folders
        self.unread.add(task.query)
        return []

    def idle(self, seen: Mapping[str, Item], nothing_runs: bool) -> list[str]:
        """Full groups at once, a smaller one only when there is nothing else to wait for."""
        made: list[str] = []
        while len(self._waiting) >= GROUP or (self._waiting and nothing_runs and not made):
            group = list(self._waiting)[:GROUP]
            for folder in group:
                del self._waiting[folder]
            made.append(",".join(group))
        return made


class Reading:
    """One complete listing under way: each part is read ahead by a thread of its own, and every
    page is saved before it counts."""

    def __init__(self, api: DriveApi, cache: DriveCache, space: str, told: Told) -> None:
        self.api, self.cache, self.space, self.told = api, cache, space, told
        self.seen: dict[str, Item] = cache.fresh(space)
        self._come: SimpleQueue[tuple[Task, Page | Exception]] = SimpleQueue()
        self._open = 0
        self._over = False
        self._restarts = 0

    def run(self, way: Way, stop: Callable[[], bool] = lambda: False) -> bool:
        """Reads everything; False when `stop` asked to end early. Raises GoogleError."""
        try:
            for task in self.cache.tasks(self.space):
                if not task.done:
                    self._submit(way, task)
            self._feed(way)
            while self._open and not stop():
                self._take(way, *self._come.get())
                self._feed(way)
            return not self._open
        finally:
            self._over = True

    def _submit(self, way: Way, task: Task) -> None:
        self._open += 1
        self.api.google.pool.submit(self._read, task, *way.ask(task))

    def _read(self, task: Task, query: str, folders: tuple[str, ...]) -> None:
        """Page after page of a part, so that Google works while the last page is being saved."""
        while not self._over:
            try:
                page = self.api.page(query, self.space, task.page, folders)
            except Exception as error:  # raised again by whoever takes it
                self._come.put((task, error))
                return
            self._come.put((task, page))
            if not page.following:
                return
            task = replace(task, page=page.following)

    def _feed(self, way: Way) -> None:
        for task in self.cache.add_tasks(self.space, way.idle(self.seen, not self._open)):
            self._submit(way, task)

    def _take(self, way: Way, task: Task, come: Page | Exception) -> None:
        if isinstance(come, Exception):
            self._open -= 1
            if not isinstance(come, GoogleError):
                raise come
            self._refused(way, task, come)
            return
        self._open -= not come.following
        self.seen.update((item.id, item) for item in come.items)
        more = way.after(task, come, self.seen)
        for added in self.cache.save_page(self.space, task.n, come.items, come.following, more):
            self._submit(way, added)
        self.told(len(self.seen))

    def _refused(self, way: Way, task: Task, error: GoogleError) -> None:
        if task.page and is_stale_page(error.failure) and self._restarts < RESTARTS:
            self._restarts += 1
            log.info("La página de un listado venció; esa parte se lee de nuevo.")
            self._submit(way, replace(task, page=""))
            return
        instead = way.refused(task, error.failure)
        if instead is None:
            raise error
        if not instead:
            return  # not noted as done: after an interruption it is asked again
        for added in self.cache.save_page(self.space, task.n, (), "", instead):
            self._submit(way, added)


def is_stale_page(failure: Failure) -> bool:
    """A page or change token that Google no longer takes."""
    return failure.status in (400, 404, 410) and "pageToken" in failure.reasons
