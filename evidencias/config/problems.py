"""What is wrong with a key of evidencias.toml, in Spanish."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from evidencias.config.schema import File

_SPANISH = {
    "missing": "falta",
    "string_type": "debe ser un texto entre comillas",
    "string_too_short": "está vacío",
    "bool_parsing": "debe ser true o false",
    "bool_type": "debe ser true o false",
    "list_type": "debe ser una lista entre corchetes",
    "too_short": "está vacío",
    "float_parsing": "debe ser un número",
    "float_type": "debe ser un número",
    "dict_type": "debe ser una sección",
    "model_type": "debe ser una sección entre corchetes",
    "model_attributes_type": "debe ser una sección entre corchetes",
}


def problem(error: dict[str, Any]) -> str:
    """One problem that pydantic found, with its key."""
    named = (part for part in error["loc"] if isinstance(part, str) and part != "[key]")
    key = ".".join(named) or "el archivo"
    kind = str(error["type"])
    if kind == "extra_forbidden":
        return f"{key}: no conozco esta clave{_suggestion(error['loc'])}"
    if kind == "value_error":
        return f"{key}: {error['ctx']['error']}"
    if kind == "literal_error":
        return f"{key}: debe ser uno de {str(error['ctx']['expected']).replace(' or ', ' o ')}"
    if kind.startswith("date"):
        return f"{key}: debe ser una fecha sin comillas, p. ej. 2021-12-31"
    return f"{key}: {_SPANISH.get(kind, 'no tiene un valor válido')}"


def _suggestion(loc: tuple[int | str, ...]) -> str:
    fields: Mapping[str, Any] = File.model_fields
    for part in loc[:-1]:
        annotation = fields[str(part)].annotation if str(part) in fields else None
        fields = getattr(annotation, "model_fields", {})
    near = difflib.get_close_matches(str(loc[-1]), fields, n=1)
    return f"; ¿quiso decir «{near[0]}»?" if near else ""
