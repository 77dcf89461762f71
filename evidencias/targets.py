"""Where a paper may be written: never over what the tool reads, never among the evidence."""

from __future__ import annotations

from pathlib import Path

from evidencias.config import FILE_NAME, Config
from evidencias.errors import InputError


def check_target(config: Config, target: Path) -> None:
    """Raises InputError for a path that would destroy a source, or become evidence itself: an
    annex names every code and every activity, and would support them all."""
    place = target.absolute().resolve()
    if any(place == own for own in _sources(config)):
        raise InputError(
            f"«{target}» es un archivo que la herramienta lee o lleva; escribir ahí lo borraría.",
            "Dé otro nombre en --salida.",
        )
    for origin in config.evidencias.carpeta:
        folder = config.resolve(origin)
        if isinstance(folder, Path) and place.is_relative_to(folder):
            raise InputError(
                f"«{target}» está dentro de la carpeta de evidencias: la próxima sincronización lo "
                "tomaría por evidencia.",
                "Dé en --salida una ruta fuera de esa carpeta.",
            )


def _sources(config: Config) -> list[str | Path]:
    origins = [config.plan.origen, config.registro.destino, FILE_NAME]
    origins += [config.informe.origen] if config.informe else []
    return [config.resolve(origin) for origin in origins]
