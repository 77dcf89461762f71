"""Which listed files are no evidence: locks, system files and what `ignorar` names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidencias.adapters.local import names
from evidencias.domain.model import SetAside


class Sifter:
    """The same rules as for a local folder, applied to routes of Drive."""

    def __init__(self, ignore: Sequence[str] = ()) -> None:
        self._matches = _matcher(ignore) if ignore else None
        self._folders: dict[str, SetAside | None] = {"": None}

    def aside(self, route: str) -> SetAside | None:
        """What sets a file aside: itself or the topmost folder above it; None keeps it."""
        above, _, name = route.rpartition("/")
        if folder := self._folder(above):
            return folder
        reason = names.no_evidence(name) or self._ignored(route)
        return SetAside(route, reason) if reason else None

    def _folder(self, route: str) -> SetAside | None:
        if route not in self._folders:
            above, _, name = route.rpartition("/")
            self._folders[route] = self._folder(above) or self._own(route, name)
        return self._folders[route]

    def _own(self, route: str, name: str) -> SetAside | None:
        reason = "carpeta del sistema" if names.system_folder(name) else self._ignored(f"{route}/")
        return SetAside(route, reason) if reason else None

    def _ignored(self, route: str) -> str | None:
        matched = self._matches is not None and self._matches(route.casefold())
        return "coincide con «ignorar»" if matched else None


def _matcher(ignore: Sequence[str]) -> Callable[[str], bool]:
    import pathspec

    globs = (names.readable(glob).replace("\\", "/").casefold() for glob in ignore)
    return pathspec.GitIgnoreSpec.from_lines(globs).match_file
