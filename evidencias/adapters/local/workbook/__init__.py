"""The register in Excel: the tool's tabs redrawn, people's cells never touched."""

from __future__ import annotations

from evidencias.adapters.local.workbook.book import Workbook

__all__ = ["Workbook"]
