"""Steering figures from published cells alone: comparable weeks, constant perimeter, schools to support.

It must not read the lake or a count that is not published.
"""

from metrics.pilotage.accompagnement import write_accompagnement
from metrics.pilotage.comparables import comparables_table, find_jour_equivalent, pair_weeks
from metrics.pilotage.perimetre_constant import (
    SANS_EQUIVALENT,
    Evolution,
    PerimetreConstant,
    read_comparees,
    read_evolution,
)
from metrics.pilotage.silences import write_services_muets

__all__ = [
    "SANS_EQUIVALENT",
    "Evolution",
    "PerimetreConstant",
    "comparables_table",
    "find_jour_equivalent",
    "pair_weeks",
    "read_comparees",
    "read_evolution",
    "write_accompagnement",
    "write_services_muets",
]
