"""Blocks of a report become its header and its sections with whole paragraphs."""

from __future__ import annotations

from evidencias.domain.report.sections import read_report

__all__ = ["read_report"]
