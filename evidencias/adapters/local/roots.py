"""The roots of the evidence: whether they are there, and how their names prefix the ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidencias.adapters.local import disk, names
from evidencias.errors import AccessError, SourceError


def labelled(roots: Sequence[Path]) -> list[tuple[str, Path]]:
    """The roots with the prefix of their ids: none for one root, else each one's own name."""
    whole = [disk.extended(root) for root in roots]
    apart = [
        root
        for n, root in enumerate(whole)
        if not any(
            disk.within(root, other) and (n > m or not disk.within(other, root))
            for m, other in enumerate(whole)
            if m != n
        )
    ]
    if len(apart) == 1:
        return [("", apart[0])]
    labels: dict[str, int] = {}
    numbered = []
    for root in apart:
        label = names.readable(root.name or "raíz")
        labels[label] = labels.get(label, 0) + 1
        numbered.append((f"{label} ({labels[label]})" if labels[label] > 1 else label, root))
    return numbered


def check_root(root: Path) -> None:
    """Raises AccessError or SourceError where the root cannot be read at all."""
    shown = disk.shown(root)
    try:
        there, folder = root.exists(), root.is_dir()
    except PermissionError as error:
        raise AccessError(
            f"No tengo permiso para ver la carpeta de evidencias «{shown}».",
            "Pida permiso de lectura a quien la administra y ejecute de nuevo.",
        ) from error
    if folder:
        return
    if there:
        raise SourceError(
            f"«{shown}» no es una carpeta.", "Corrija [evidencias] carpeta en evidencias.toml."
        )
    raise SourceError(
        f"No encuentro la carpeta de evidencias «{shown}».",
        "Revise [evidencias] carpeta; si es de Google Drive o de red, ábrala antes y ejecute de "
        "nuevo.",
    )
