"""The configured Drive addresses made into folders that can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencias.adapters.google import urls
from evidencias.adapters.google.cache import DriveCache
from evidencias.adapters.google.drive_api import DriveApi
from evidencias.adapters.google.drive_items import Item, segment
from evidencias.adapters.google.failures import GoogleError
from evidencias.adapters.google.messages import told
from evidencias.errors import AccessError, ConfigError, EvidenciasError

# What shared drives' ids look like; only a hint of which question to ask first.
_LIKE_A_DRIVE = re.compile(r"0A[\w-]{14,}PVA")


@dataclass(frozen=True, slots=True)
class Root:
    """A configured folder: the id that was asked for, and the folder behind it.

    `token` is a change token taken while it was looked up, "" if none was.
    """

    asked: str
    item: Item
    token: str = ""


def references(origins: Sequence[str]) -> tuple[urls.Ref, ...]:
    """The folders that `[evidencias] carpeta` names. Raises ConfigError with every bad one."""
    pairs = [(origin, urls.parse(origin)) for origin in origins]
    wanted = (urls.Kind.FOLDER, urls.Kind.ANY)
    bad = [origin for origin, ref in pairs if ref is None or ref.kind not in wanted]
    if bad:
        raise ConfigError(
            "[evidencias] carpeta tiene una dirección que no es de una carpeta de Google Drive.",
            tuple(f"evidencias.carpeta: «{origin}»" for origin in bad),
            "Abra la carpeta en el navegador y copie la dirección completa "
            "(https://drive.google.com/drive/folders/…).",
        )
    return tuple(dict.fromkeys(ref for _, ref in pairs if ref))


class Roots:
    """Looks folders up once and remembers them, so that a quiet night asks for none."""

    def __init__(self, api: DriveApi, cache: DriveCache, complete: bool) -> None:
        self.api, self.cache = api, cache
        self._known = {} if complete else cache.roots()
        self.failed: dict[str, EvidenciasError] = {}

    def find(self, refs: Sequence[urls.Ref]) -> list[Root]:
        """Those that can be read; the others are in `failed`. Raises when none can."""
        found: list[Root] = []
        for ref in refs:
            if ref.resource_key:
                self.api.keys[ref.id] = ref.resource_key
            try:
                found.append(self._one(ref, alone=len(refs) == 1))
            except EvidenciasError as error:
                self.failed[ref.id] = error
        if not found:
            raise next(iter(self.failed.values()))
        return found

    def _one(self, ref: urls.Ref, alone: bool) -> Root:
        if ref.id in self._known:
            return Root(ref.id, self._known[ref.id])
        try:
            root = self._asked(ref, alone)
        except GoogleError as error:
            raise told(error.failure, _named(ref.id), self.api.google.who) from error
        self.cache.note_root(ref.id, root.item)
        return root

    def _asked(self, ref: urls.Ref, alone: bool) -> Root:
        if alone and _LIKE_A_DRIVE.fullmatch(ref.id):
            # One question tells both that it is a shared drive and where its log ends.
            try:
                token = self.api.start_token(ref.id)
                return Root(ref.id, Item(ref.id, "", urls.FOLDER, space=ref.id), token)
            except GoogleError as error:
                if error.failure.status != 404:
                    raise
        item = self.api.get(ref.id)
        if item.is_shortcut and item.target:
            self.api.keys.update({item.target: item.target_key} if item.target_key else {})
            item = self.api.get(item.target)
        return Root(ref.id, _checked(item))


def _checked(item: Item) -> Item:
    if not item.is_folder:
        raise ConfigError(
            f"[evidencias] carpeta: «{item.name}» no es una carpeta de Drive.",
            (f"evidencias.carpeta: «{item.name}» no es una carpeta",),
            "Copie la dirección de la carpeta, no la de un archivo.",
        )
    if item.trashed:
        raise AccessError(
            f"La carpeta «{item.name}» está en la papelera de Google Drive.",
            "Restáurela, o corrija [evidencias] carpeta.",
        )
    return item


def lost(item: Item, who: str) -> AccessError:
    """The error of a root that was there and can no longer be read."""
    return AccessError(
        f"{_named(item.id, item.name)[:1].upper()}{_named(item.id, item.name)[1:]} ya no está "
        f"compartida con {who}, o fue borrada.",
        f"Compártala de nuevo con {who} como Lector y ejecute otra vez. No se cambió nada.",
    )


def _named(folder: str, name: str = "") -> str:
    return f"la carpeta de evidencias «{name}»" if name else f"la carpeta de Drive {folder}"


def labels(roots: Sequence[Root], api: DriveApi) -> dict[str, str]:
    """The route at which each root begins: "" for the only one, else each one's own name."""
    if len(roots) == 1:
        return {roots[0].item.id: ""}
    found: dict[str, str] = {}
    for root in roots:
        name = segment(_own_name(root.item, api))
        twins = sum(label.split(" (")[0] == name for label in found.values())
        found.setdefault(root.item.id, f"{name} ({twins + 1})" if twins else name)
    return found


def _own_name(item: Item, api: DriveApi) -> str:
    """A shared drive's root folder is called "Drive": its own name is asked for."""
    if item.space == item.id:
        return api.drive_name(item.id) or "Unidad compartida"
    return item.name
