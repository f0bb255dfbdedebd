"""The sentence that names the busiest hour.

It must not compute: the largest row of the table is chosen.
"""

from dashboards.formats import JOURS, heure, pourcentage
from marking_plan.phrases import count_fr
from metrics.tableau import Coupe, Creneau


def resume_creneaux(creneaux: tuple[Creneau, ...], coupe: Coupe) -> str:
    """Busiest hour of the week, unless the masked ones together may hold more, and how many those are."""
    connus = [(creneau.visites, creneau) for creneau in creneaux if creneau.visites is not None]
    if not connus:
        return "Aucun chiffre n’est publié pour cette sélection."
    visites, pointe = max(connus, key=lambda connu: connu[0])
    masquees = count_fr(len(coupe.secrets), "heure est masquée", "heures sont masquées")
    suite = f" {masquees} une fois au moins sur la période (secret statistique)." if coupe.secrets else ""
    if visites <= coupe.reste:
        inconnues = f"{pourcentage(coupe.part_reste)} des visites ne sont pas détaillées par heure"
        return f"{inconnues}\u202f: on ne sait pas quel moment vient en tête.{suite}"
    return (
        f"Le moment le plus fréquenté est le {JOURS[pointe.jour - 1]} à partir de {heure(pointe.heure)} "
        f"({count_fr(visites, 'visite', 'visites')} commencées sur la période).{suite}"
    )
