"""The sentence that names the busiest hour.

It must not compute: the largest row of the table is chosen.
"""

from dashboards.formats import JOURS, accord, heure
from metrics.tableau import Creneau


def resume_creneaux(creneaux: tuple[Creneau, ...]) -> str:
    """Busiest hour of the week."""
    if not creneaux:
        return "Aucun chiffre n’est publié pour cette sélection."
    pointe = max(creneaux, key=lambda c: c.visites)
    return (
        f"Le moment le plus fréquenté est le {JOURS[pointe.jour - 1]} à partir de {heure(pointe.heure)} "
        f"({accord(pointe.visites, 'visite', 'visites')} commencées sur la période)."
    )
