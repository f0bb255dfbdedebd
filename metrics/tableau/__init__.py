"""The typed content of a board: everything the pages show, already counted, shared out and labelled by code.

It must not format, translate or draw; and nothing here knows SQL or a file.
"""

from metrics.tableau.acces import Acces, Debit, Mois, Pic
from metrics.tableau.accompagnement import Accompagnement, Action, Constat, EcoleSuivie
from metrics.tableau.carte import Carte, Classe, Contour, Lieu
from metrics.tableau.ecoles import Enfant, FicheEcole
from metrics.tableau.offre import ANNEE, MOIS, SEMAINE, AnneeOffre, Offre, ProfilPublie
from metrics.tableau.parts import Coupe, Creneau, Part, PartService
from metrics.tableau.portee import AUCUN, RIEN, TOUT, Noeuds, Portee, join
from metrics.tableau.semblables import Comparaison, Semblables
from metrics.tableau.serie import Constant, Ecart, Point, Precedent, Rupture, Synthese, Taux
from metrics.tableau.tableau import Tableau
from metrics.tableau.vue import JourEnCours, Noeud, Publication, Trouvaille, Vue

__all__ = [
    "ANNEE",
    "AUCUN",
    "MOIS",
    "RIEN",
    "SEMAINE",
    "TOUT",
    "Acces",
    "Accompagnement",
    "Action",
    "AnneeOffre",
    "Carte",
    "Classe",
    "Comparaison",
    "Constant",
    "Constat",
    "Contour",
    "Coupe",
    "Creneau",
    "Debit",
    "Ecart",
    "EcoleSuivie",
    "Enfant",
    "FicheEcole",
    "JourEnCours",
    "Lieu",
    "Mois",
    "Noeud",
    "Noeuds",
    "Offre",
    "Part",
    "PartService",
    "Pic",
    "Point",
    "Portee",
    "Precedent",
    "ProfilPublie",
    "Publication",
    "Rupture",
    "Semblables",
    "Synthese",
    "Tableau",
    "Taux",
    "Trouvaille",
    "Vue",
    "join",
]
