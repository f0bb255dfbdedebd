"""The typed content of a board: everything the pages show, already counted, shared out and labelled by code.

It must not format, translate or draw; and nothing here knows SQL or a file.
"""

from metrics.tableau.ecoles import Enfant, FicheEcole
from metrics.tableau.parts import Creneau, Part, PartService
from metrics.tableau.serie import Point, Synthese
from metrics.tableau.tableau import Tableau
from metrics.tableau.vue import Noeud, Periode, Publication, Vue

__all__ = [
    "Creneau",
    "Enfant",
    "FicheEcole",
    "Noeud",
    "Part",
    "PartService",
    "Periode",
    "Point",
    "Publication",
    "Synthese",
    "Tableau",
    "Vue",
]
