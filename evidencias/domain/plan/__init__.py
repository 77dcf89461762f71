"""Rows of a plan de acción, as people keep it, become activities (contract, "The plan")."""

from __future__ import annotations

from evidencias.domain.plan.sheets import Plan, read_plan

__all__ = ["Plan", "read_plan"]
