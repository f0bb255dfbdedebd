"""Blocks of a board: a chart or bars, a sentence that sums it up, the table with the same numbers, its CSV file.

They must not lay out a page, nor compute.
"""

from dashboards.blocs.creneaux import bloc_creneaux
from dashboards.blocs.enfants import bloc_enfants
from dashboards.blocs.parts import bloc_durees, bloc_equipements, bloc_profils, bloc_services
from dashboards.blocs.serie import bloc_serie

__all__ = [
    "bloc_creneaux",
    "bloc_durees",
    "bloc_enfants",
    "bloc_equipements",
    "bloc_profils",
    "bloc_serie",
    "bloc_services",
]
