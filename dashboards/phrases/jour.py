"""Sentences on the running day: how far it goes, what came, and what the figure is not.

They must not compute: figures are in the Tableau.
"""

from datetime import date

from dashboards import formats
from marking_plan.phrases import count_fr
from metrics.tableau import JourEnCours

COMPTE = (
    "Visites commencées depuis minuit et déjà reçues, tous profils et services ensemble. "
    "Les autres chiffres s’arrêtent à la veille."
)
SECRET = (
    "Trop peu de personnes, une seule école, ou un chiffre qui en donnerait un autre par différence. "
    "Les autres chiffres s’arrêtent à la veille."
)


def describe_jour(jour: JourEnCours, aujourdhui: date | None = None) -> str:
    """« Aujourd’hui, jusqu’à 14 h 05 : 1 234 visites de 410 personnes (provisoire). » Read on another day, or in a file that
    will be, it says which day it was."""
    quand = "Aujourd’hui" if jour.jour == aujourdhui else f"Le {formats.jour(jour.jour)}"
    minute = f"{formats.heure(jour.arrete_a.hour)}{formats.ESPACE}{jour.arrete_a.minute:02d}"
    return f"{quand}, jusqu’à {minute}\u00a0: {_figure(jour)}."


def _figure(jour: JourEnCours) -> str:
    if jour.visites is None or jour.utilisateurs is None:
        return "secret statistique"
    visites = count_fr(jour.visites, "visite", "visites")
    return f"{visites} de {count_fr(jour.utilisateurs, 'personne', 'personnes')} (provisoire)"


def explain_jour(jour: JourEnCours) -> str:
    """What the figure is, or why there is none."""
    return SECRET if jour.visites is None else COMPTE
