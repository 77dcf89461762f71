"""What every HTML page shares: the template environment, and writing whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from evidencias.domain.spanish import system_reason
from evidencias.errors import SourceError

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """Templates of this package; everything is escaped, an unknown name is a defect."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("evidencias.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_page(page: str, target: Path) -> None:
    """Writes the page whole or not at all. Raises SourceError where it cannot be written."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(page, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourceError(
            f"No puedo escribir «{target}»: {system_reason(error)}.",
            "Elija otra carpeta en --salida, o cierre el archivo si está abierto.",
        ) from error
