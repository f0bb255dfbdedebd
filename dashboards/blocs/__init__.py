"""Blocks of a board: a chart or bars, a sentence that sums it up, the table with the same numbers, its CSV file.

They must not lay out a page, nor compute.
"""

from dashboards.blocs.acces import bloc_acces, bloc_convention, bloc_mois
from dashboards.blocs.accompagnement import bloc_accompagnement, bloc_suivi
from dashboards.blocs.carte import bloc_carte
from dashboards.blocs.coupes import blocs_coupes
from dashboards.blocs.creneaux import bloc_creneaux
from dashboards.blocs.emporter import bloc_emporter
from dashboards.blocs.enfants import bloc_enfants
from dashboards.blocs.parts import bloc_durees, bloc_equipements, bloc_profils, bloc_services
from dashboards.blocs.reception import bloc_reception
from dashboards.blocs.semblables import bloc_semblables
from dashboards.blocs.serie import bloc_serie

__all__ = [
    "bloc_acces",
    "bloc_accompagnement",
    "bloc_carte",
    "bloc_convention",
    "bloc_creneaux",
    "bloc_durees",
    "bloc_emporter",
    "bloc_enfants",
    "bloc_equipements",
    "bloc_mois",
    "bloc_profils",
    "bloc_reception",
    "bloc_semblables",
    "bloc_serie",
    "bloc_services",
    "bloc_suivi",
    "blocs_coupes",
]
