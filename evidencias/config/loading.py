"""Finding evidencias.toml and reading it into a Config; telling all that is wrong with it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencias.config.problems import problem
from evidencias.config.schema import Config
from evidencias.domain.spanish import system_reason
from evidencias.errors import ConfigError

FILE_NAME = "evidencias.toml"
ENV_CONFIG = "EVIDENCIAS_CONFIG"


def find(explicit: str | None = None, start: Path | None = None) -> Path:
    """The configuration file: -c, else EVIDENCIAS_CONFIG, else here or in a parent folder."""
    chosen = explicit or os.environ.get(ENV_CONFIG)
    if chosen:
        path = Path(chosen).expanduser()
        path = path / FILE_NAME if path.is_dir() else path
        if not path.is_file():
            raise ConfigError(
                f"No encuentro el archivo de configuración «{path}».",
                hint="Revise la ruta dada en -c o en EVIDENCIAS_CONFIG.",
            )
        return path.resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        f"No encuentro {FILE_NAME} en esta carpeta ni en las de arriba.",
        hint="Ejecute «evidencias iniciar» para crearlo, o «evidencias demo» para ver un ejemplo.",
    )


def load(path: Path) -> Config:
    """Reads and checks the file. Raises ConfigError with every problem it has."""
    return parse(_read(path), path)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        # A Windows Notepad may save a byte order mark, which TOML does not allow.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"No puedo leer «{path}»: {system_reason(error)}.",
            hint="Revise el archivo y sus permisos, y ejecute de nuevo.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"«{path.name}» no está en UTF-8.",
            hint="Ábralo en el Bloc de notas y guárdelo con codificación UTF-8.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"«{path.name}» no se puede leer como TOML: {_toml_place(error)}.",
            hint="Revise comillas y corchetes. En rutas de Windows use / o comillas simples: "
            r"'C:\Evidencias'.",
        ) from error


def _toml_place(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    if found and found[1]:
        return f"línea {found[1]}, columna {found[2]}"
    return "el archivo termina antes de tiempo"


def parse(data: Mapping[str, Any], path: Path) -> Config:
    """Checks the keys of a parsed file; `path` places the workspace."""
    try:
        return Config.model_validate({**data, "path": path})
    except ValidationError as error:
        problems = tuple(problem(dict(e)) for e in error.errors())
        raise ConfigError(
            f"«{path.name}» tiene {len(problems)} "
            f"{'problema' if len(problems) == 1 else 'problemas'}:",
            problems,
            hint=f"Corríjalos en {path} y ejecute de nuevo.",
        ) from error
