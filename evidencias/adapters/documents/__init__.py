"""Bytes of a document become plain text, or a Spanish phrase that says why there is none."""

from __future__ import annotations

from evidencias.adapters.documents.extract import content_key, extract
from evidencias.adapters.documents.isolated import Isolated
from evidencias.adapters.documents.limits import EXTRACTOR, Limits

__all__ = ["EXTRACTOR", "Isolated", "Limits", "content_key", "extract"]
