"""evidencias.toml -> Config: every key checked, all problems told at once, each with its key."""

from __future__ import annotations

from evidencias.config.loading import ENV_CONFIG, FILE_NAME, find, load, parse
from evidencias.config.schema import ENV_ENDPOINT, KINDS, Config, is_url

__all__ = [
    "ENV_CONFIG",
    "ENV_ENDPOINT",
    "FILE_NAME",
    "KINDS",
    "Config",
    "find",
    "is_url",
    "load",
    "parse",
]
