"""Reports on disk become blocks in reading order: Word, PDF and Markdown alike."""

from __future__ import annotations

from evidencias.adapters.local.report.source import LocalReport

__all__ = ["LocalReport"]
