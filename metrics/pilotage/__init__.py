"""Steering figures from published cells alone: comparable weeks, constant perimeter, schools to support.

It must not read the lake or a count that is not published.
"""

from metrics.pilotage.accompagnement import write_accompagnement
from metrics.pilotage.comparables import comparables_table, find_jour_equivalent, pair_weeks
from metrics.pilotage.perimetre_constant import Evolution, PerimetreConstant, read_evolution

__all__ = [
    "Evolution",
    "PerimetreConstant",
    "comparables_table",
    "find_jour_equivalent",
    "pair_weeks",
    "read_evolution",
    "write_accompagnement",
]
