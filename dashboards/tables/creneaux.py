"""The table of the hours of the week.

It must not hold anything that isn't in the Tableau.
"""

from dashboards import formats
from dashboards.tables.base import Colonne, Ligne, Table, or_manque
from marking_plan import MarkingPlan
from metrics.tableau import Tableau

SECRET = "secret"


def creneaux(tableau: Tableau, plan: MarkingPlan) -> Table:
    """One row an hour, one column a weekday: reads well on a narrow screen. A masked hour says so."""
    visites = {(c.jour, c.heure): c.visites for c in tableau.creneaux}
    colonnes = (Colonne("Heure de début"), *(Colonne(formats.majuscule(j), "nombre") for j in formats.JOURS))
    lignes = tuple(
        Ligne((formats.heure(heure), *(or_manque(visites.get((jour, heure), 0), SECRET, plan) for jour in range(1, 8))))
        for heure in range(24)
        if visites
    )
    return Table("creneaux", "Visites par jour et par heure de début", colonnes, lignes)
