"""The words and the contracts: profiles, services, schemas. It must not know an engine or read data."""

from marking_plan.plan import MarkingPlan, load_plan

__all__ = ["MarkingPlan", "load_plan"]
